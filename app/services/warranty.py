"""Whether a unit is in warranty, folded from what the record holds of it (spec 1 §7).

One source for each fact: the dates of the unit (made, shipped, accepted) start the term and stand on the unit; all
else is an entry of the append-only ledger. Repairs handed back before there was a ledger are read from their visits,
by the policy of the day they ended. The verdict is stored on the case as a word and in the journal with its trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.depot import Depot
from app.domain.codes import Blame, CauseClass, Responsibility, blame
from app.domain.masterdata import KeyPart, Product
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairPart
from app.domain.visits import same_symptom
from app.domain.warranty import Judgement, Warranty, WarrantyState, carry, judge
from app.domain.warranty_entries import (
    Carry,
    Downtime,
    Entry,
    RepairWarranted,
    Reversed,
    Started,
    StartEvent,
    WarrantyTerms,
)
from app.domain.warranty_fold import fold
from app.errors import Refused
from app.persistence import editing, masterdata
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.persistence import warranty as entry_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.persistence.warranty import WarrantyRow


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """The verdict on a case is another than it was: warranty state, rule number and outcomes, before and after.

    ``reason`` is what somebody gave; a rule of 0 means that no row ruled. ``at`` and ``by_name``: the newest change.
    """

    at: datetime
    by_name: str
    reason: str
    before: WarrantyState
    after: WarrantyState
    rule_before: int
    rule_after: int
    outcomes_before: tuple[str, ...]
    outcomes_after: tuple[str, ...]


# -- the ledger --------------------------------------------------------------------------------------------------


def ledger(depot: Depot, tx: Tx, unit: Unit, but_case: str = "") -> Warranty:
    """The warranty of ``unit`` as its entries come to; ``but_case``: a visit whose own entries do not count yet."""
    product = masterdata.get(tx, Product, unit.product_id)
    terms = WarrantyTerms.from_dict(product.warranty) if product else None
    return fold(terms, entries(depot, tx, unit, but_case))


def entries(
    depot: Depot, tx: Tx, unit: Unit, but_case: str = "", as_of: datetime | None = None
) -> tuple[Entry, ...]:
    """All that counts for ``unit``: its dates, its ledger, and the warranted repairs from before there was one.

    ``as_of``: what was entered or ended later does not count.
    """
    starts: tuple[tuple[StartEvent, date | None], ...] = (
        (StartEvent.MANUFACTURE, unit.manufactured_on), (StartEvent.SHIPMENT, unit.shipped_on),
        (StartEvent.ACCEPTANCE, unit.accepted_on),
    )
    found: list[Entry] = [Started(f"{unit.id}:{event}", day, event) for event, day in starts if day is not None]
    written = entry_rows.of_unit(tx, unit.id)
    found += [
        row.entry for row in written
        if (not but_case or row.case_id != but_case) and (as_of is None or row.at <= as_of)
    ]
    told = {row.case_id for row in written if row.kind == Downtime.__name__}
    for visit in rows.cases_of_unit(tx, unit.id):
        if visit.id == but_case or visit.id in told or visit.warranty != WarrantyState.IN.value:
            continue
        if visit.received_at and visit.returned_at and (as_of is None or visit.returned_at <= as_of):
            back = depot.local_day(visit.returned_at)
            counts = depot.policy(tx, back).switch(PolicyName.DOWNTIME_EXTENDS)
            found.append(Downtime(visit.id, depot.local_day(visit.received_at), back, visit.number, counts))
    return tuple(found)


def add_entry(
    depot: Depot, tx: Tx, unit_id: str, entry: Entry, *, reason: str = "", case_id: str | None = None
) -> WarrantyRow:
    """Write ``entry`` into the ledger of a unit (its ``entry_id`` is given here), for steps that have judged it.

    The journal is the calling step's. Refused: ``lookup.unknown-unit``.
    """
    del depot
    if rows.unit(tx, unit_id) is None:
        raise Refused("lookup.unknown-unit", value=unit_id)
    return entry_rows.add(tx, unit_id, replace(entry, entry_id=tx.new_id()), reason=reason, case_id=case_id)


def carry_over(
    depot: Depot, tx: Tx, old_unit: Unit, new_unit: Unit, day: date, document: str, case_id: str | None = None
) -> WarrantyRow:
    """``new_unit`` takes the place of ``old_unit`` at the customer on ``day``: its warranty by the policy of that day.

    Used by the exchange and by the spare left at a site; what the new unit went through before does not count.
    """
    mode = Carry(depot.policy(tx, day).text(PolicyName.EXCHANGE_WARRANTY))
    taken = carry(ledger(depot, tx, old_unit), old_unit.serial, mode, day, "", document)
    return add_entry(depot, tx, new_unit.id, taken, case_id=case_id)


# -- the verdict -------------------------------------------------------------------------------------------------


def judgement(
    depot: Depot,
    tx: Tx,
    unit: Unit,
    product: Product,
    case: ReturnCase,
    cause: CauseClass | None = None,
    responsibility: Responsibility | None = None,
) -> Judgement:
    """Whether the fault of ``case`` is covered: on the day it was received, for the cause found so far (if any).

    Once QA has passed the unit, or it has left, what is entered later does not touch the verdict any more.
    Where the bench replaced key parts only their own terms count too: all of them must be covered. A fault as in the
    last chargeable repair falls under the warranty on that repair.
    """
    on = depot.local_day(case.received_at or case.reported_at)
    settled = case.passed_at or case.returned_at or case.closed_at
    folded = fold(WarrantyTerms.from_dict(product.warranty), entries(depot, tx, unit, case.id, settled))
    known = cause or CauseClass.UNDETERMINED
    held = blame(known, responsibility or Responsibility.UNKNOWN) if cause is not None else Blame.OPEN
    again = _same_fault(tx, unit, case)
    parts = key_parts_of(tx, case.id, product.id) or ("",)
    judged = [judge(folded, on, known, held, part=part, same_fault=again) for part in parts]
    return min(judged, key=lambda j: (_WORST[j.state], j.until or date.max))


def judgement_on(depot: Depot, tx: Tx, unit: Unit, product: Product, on: date, case_id: str = "") -> Judgement:
    """Whether ``unit`` is in warranty on ``on``, before anybody knows the cause; ``case_id``: a visit left out."""
    folded = fold(WarrantyTerms.from_dict(product.warranty), entries(depot, tx, unit, case_id))
    judged = judge(folded, on, CauseClass.UNDETERMINED, Blame.OPEN)
    return replace(judged, trace=tuple(line for line in judged.trace if line.code != "warranty.cause-open"))


def changed_since(depot: Depot, tx: Tx, case_id: str, moment: datetime) -> VerdictChange | None:
    """How the verdict on a case changed after ``moment``; ``None``: it did not, or it is again what it was.

    For whoever told somebody a verdict (a disposition, a quotation) and must know whether it still holds.
    """
    return _change(depot, entry_rows.verdicts(tx, case_id, moment))


def last_change(depot: Depot, tx: Tx, case_id: str) -> VerdictChange | None:
    """The newest change of a verdict that somebody had diagnosed before; ``None``: there was none."""
    case = rows.case(tx, case_id)
    found = entry_rows.verdicts(tx, case_id, case.reported_at) if case else ()
    return _change(depot, [entry for entry in found if entry.facts["before"]["diagnosed"]][-1:])


def _change(depot: Depot, found: Sequence[JournalEntry]) -> VerdictChange | None:
    if not found:
        return None
    before, after = found[0].facts["before"], found[-1].facts["after"]
    if {**before, "diagnosed": True} == {**after, "diagnosed": True}:
        return None
    return VerdictChange(
        found[-1].at.astimezone(depot.zone), found[-1].actor_name, found[-1].facts["reason"],
        WarrantyState(before["warranty"]), WarrantyState(after["warranty"]),
        before["rule"], after["rule"], tuple(before["outcomes"]), tuple(after["outcomes"]),
    )


_WORST = {WarrantyState.OUT: 0, WarrantyState.UNKNOWN: 1, WarrantyState.IN: 2}


# -- key parts and repairs ---------------------------------------------------------------------------------------


def key_part(listed: Sequence[KeyPart], used: RepairPart) -> KeyPart | None:
    """The key part of the product that ``used`` is, by its number, else by its name."""
    numbered = {part.part_no: part for part in listed if part.part_no}
    named = {name: part for part in listed for name in (part.name_zh, part.name_en) if name}
    return numbered.get(used.part_no) or named.get(used.name)


def key_parts_of(tx: Tx, case_id: str, product_id: str) -> tuple[str, ...]:
    """The names of the key parts that the bench replaced in a case."""
    order = repair_rows.order_of_case(tx, case_id)
    used = [p for p in repair_rows.parts(tx, order.id) if p.key_part] if order else []
    if not used:
        return ()
    listed = editing.belonging(tx, KeyPart, product_id=product_id)
    found = [(known.name_zh if (known := key_part(listed, part)) else part.name) for part in used]
    return tuple(dict.fromkeys(found))


def _same_fault(tx: Tx, unit: Unit, case: ReturnCase) -> bool:
    """Whether the unit came with the symptom of its last chargeable repair."""
    written = entry_rows.of_unit(tx, unit.id)
    gone = {row.reverses for row in written if row.kind == Reversed.__name__}
    repaired = [
        row.case_id for row in written
        if row.kind == RepairWarranted.__name__ and row.id not in gone and row.case_id not in {None, case.id}
    ]
    before = rows.case(tx, repaired[-1] or "") if repaired else None
    return before is not None and bool(
        same_symptom(case.symptom, before.symptom, case.symptom_code, before.symptom_code)
    )
