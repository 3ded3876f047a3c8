"""Parts at the bench: fitted from a place, taken out, kept for another unit; the stock follows, never below nothing."""

from __future__ import annotations

from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.money import Money, rounded, share
from app.domain.people import Action
from app.domain.repair import OldPart, PartEntry, PartUse, RepairOrder, RepairPart, part_problems
from app.domain.stock import MAIN_STORE, PartGrade, PartMove
from app.domain.tariffs import TariffKind
from app.errors import Refused
from app.persistence import masterdata, stock, tariffs
from app.persistence import repair as rows
from app.persistence.stock import Booking
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import part_ledger, verdicts
from app.services.bench import BenchEntry

_CHANGES = Changes.REPAIRS | Changes.CASES | Changes.MASTERDATA | Changes.PARTS


def use_part(depot: Depot, entry: PartEntry) -> BenchEntry:
    """Put a part in, take one out, or keep a good one for another unit; the stock of the part follows.

    A part fitted comes from the technician's own place if there is enough, else from the main store. A part kept
    waits for its re-inspection before anybody may fit it (service rules S4.8 11.5). Refused: the codes of
    ``domain.repair.part_problems``, ``repair.unknown-part``, ``repair.not-yours``, ``repair.finished``,
    ``part.stock-short``, ``stock.place-unknown``.
    """
    depot.require(Action.REPAIR)
    wrong = part_problems(entry)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench, order = bench_rows.working(depot, tx, entry.case_id)
        listed = masterdata.get(tx, Part, entry.part_id) if entry.part_id else None
        if entry.part_id and listed is None:
            raise Refused("repair.unknown-part", field="part", value=entry.part_no or entry.part_id)
        used = _entered(depot, tx, entry, order, listed)
        verdict = verdicts.standing(depot, tx, entry.case_id) if used.key_part else None
        rows.add_part(tx, used)
        if verdict is not None:  # the term of the part may cover what the unit's does not
            verdicts.rejudge(depot, tx, entry.case_id, verdict)
        booked = _moved(tx, used, order, listed) if listed else []
        entry_id = bench_rows.record(tx, "repair.part", bench, {
            "part": used.id, "kind": used.kind, "part_no": used.part_no, "name": used.name,
            "quantity": used.quantity, "removed": used.removed_serial, "fitted": used.fitted_serial,
            "old_part": used.old_part, "old_reason": used.old_reason, "booked": booked,
        })
        return BenchEntry(entry.case_id, entry_id, order.seq, _CHANGES)


def _entered(depot: Depot, tx: Tx, entry: PartEntry, order: RepairOrder, listed: Part | None) -> RepairPart:
    """The row: with the names and the price of the part of today, from the place it comes from or goes to."""
    grade = _grade(entry)
    price = listed.price_fen if listed else 0
    handed_in = entry.kind is PartUse.ADD and entry.old_part is OldPart.YES
    rate = tariffs.on(tx, depot.local_day(tx.at)).holds(TariffKind.OLD_FOR_NEW) if handed_in else None
    credit = rounded(share(Money(price), rate.percent)).fen if rate else 0
    return RepairPart(
        tx.new_id(), order.id, entry.part_id, listed.part_no if listed else entry.part_no.strip(),
        listed.name_zh if listed else entry.name.strip() or entry.part_no.strip(), entry.kind.value, entry.quantity,
        entry.removed_serial.strip(), entry.fitted_serial.strip(), entry.key_part, tx.at, tx.by,
        place_id=_place(tx, entry, grade) if listed else MAIN_STORE, grade=grade.value,
        name_en=listed.name_en if listed else "", price_fen=price,
        old_part=entry.old_part.value if entry.kind is PartUse.ADD else "",
        old_reason=entry.old_reason.strip() if entry.kind is PartUse.ADD else "", credit_fen=credit,
    )


def _grade(entry: PartEntry) -> PartGrade:
    if entry.kind is PartUse.RECYCLE:
        return PartGrade.UNCHECKED
    return PartGrade.USED if entry.used else PartGrade.NEW


def _place(tx: Tx, entry: PartEntry, grade: PartGrade) -> str:
    if entry.place_id is not None:
        return part_ledger.place(tx, entry.place_id).id
    if entry.kind is not PartUse.ADD or entry.part_id is None:
        return MAIN_STORE
    own = stock.place_of(tx, tx.by)
    enough = own is not None and stock.there(tx, entry.part_id, own.id, grade) >= entry.quantity
    return own.id if own is not None and enough else MAIN_STORE


def _moved(tx: Tx, used: RepairPart, order: RepairOrder, listed: Part) -> list[dict[str, Any]]:
    kind = {PartUse.ADD: PartMove.ISSUE, PartUse.RECYCLE: PartMove.HARVEST}.get(PartUse(used.kind))
    if kind is None:
        return []
    return part_ledger.post(tx, listed, Booking(
        listed.id, used.quantity * (-1 if kind is PartMove.ISSUE else 1), kind, f"repair:{used.kind}", used.place_id,
        PartGrade(used.grade), order.number, subject_id=used.id, repair_order_id=order.id,
    ))
