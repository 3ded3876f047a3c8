"""Entering what a step cannot know: a sale, a proof shown, an extension approved, a void; and reversing a mistake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain.codes import Blame, CauseClass, Responsibility, blame
from app.domain.masterdata import Product
from app.domain.people import Action
from app.domain.receiving import ReturnCase, Unit
from app.domain.stages import Stage
from app.domain.warranty import Judgement, Warranty, WarrantyState
from app.domain.warranty_entering import entry_problems
from app.domain.warranty_entries import Entry, ProofShown, Reversed, Started, entry_as_dict
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.persistence import warranty as entry_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.persistence.warranty import WarrantyRow
from app.services import verdicts, warranty
from app.services.undoing import Way
from app.services.warranty import VerdictChange

#: What was not covered has been dealt with: the unit is at the customer's, or a spare for somebody else.
_WORK_DONE = frozenset({Stage.RETURNED, Stage.SPARE})
_CHANGES = Changes.WARRANTY | Changes.CASES | Changes.UNITS


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger for the screen; ``reversed_by``: the entry that took it back."""

    row: WarrantyRow
    reversed_by: WarrantyRow | None


@dataclass(frozen=True, slots=True)
class WarrantyView:
    """The warranty of a unit as a person looks at it; ``judgement``: today, by the calendar alone.

    ``excluded``: whose fault keeps the open case out of a warranty whose term runs (the user's, outside causes).
    ``proposed_day``: the day a new entry is usually of (the unit came in on it, else today).
    """

    unit: Unit
    model: str
    warranty: Warranty
    judgement: Judgement
    excluded: Blame | None
    lines: tuple[Line, ...]
    today: date
    proposed_day: date


@dataclass(frozen=True, slots=True)
class Entered:
    """The entry is in the ledger; ``change``: the verdict on the unit's open case is another now."""

    row_id: str
    entry_id: str
    until: date | None
    change: VerdictChange | None
    changes: Changes = _CHANGES


def view(depot: Depot, unit_id: str) -> WarrantyView:
    """The warranty of a unit with its entries, the newest first. Refused: ``lookup.unknown-unit``."""
    with depot.read() as tx:
        unit, product = _unit(tx, unit_id)
        written = entry_rows.of_unit(tx, unit_id)
        gone = {row.reverses: row for row in written if row.reverses}
        case = rows.open_case_of_unit(tx, unit_id)
        today = depot.local_day(tx.at)
        local = [replace(row, at=row.at.astimezone(depot.zone)) for row in written if not row.reverses]
        return WarrantyView(
            unit, product.model, warranty.ledger(depot, tx, unit),
            warranty.judgement_on(depot, tx, unit, product, today), _excluded(depot, tx, case),
            tuple(Line(row, gone.get(row.id)) for row in reversed(local)), today,
            depot.local_day(case.received_at) if case and case.received_at else today,
        )


def enter(depot: Depot, unit_id: str, entry: Entry, reason: str = "") -> Entered:
    """Write a sale or a proof shown (the counter), an extension or a void (the supervisor) into a unit's warranty.

    The unit's open case is judged anew. Refused: the codes of ``domain.warranty_entering.entry_problems``,
    ``lookup.unknown-unit``.
    """
    counter = isinstance(entry, Started | ProofShown)
    depot.require(Action.AMEND_CASE if counter else Action.EXTEND_WARRANTY)
    with depot.write() as tx:
        unit, _product = _unit(tx, unit_id)
        wrong = entry_problems(
            entry, reason, depot.local_day(tx.at), warranty.ledger(depot, tx, unit), unit.manufactured_on
        )
        if wrong:
            raise Refused.because(wrong)
        return _write(depot, tx, unit, entry, reason.strip())


def reverse(depot: Depot, row_id: str, reason: str) -> Entered:
    """An entry was a mistake: a new entry names it, and it does not count any more.

    Refused: ``warranty.unknown-entry``, ``warranty.reversed-already``, ``warranty.reverses-a-reversal``,
    ``warranty.reason-missing``.
    """
    depot.require(Action.EXTEND_WARRANTY)
    if not reason.strip():
        raise Refused("warranty.reason-missing", field="reason")
    with depot.write() as tx:
        row = entry_rows.entry(tx, row_id)
        if row is None:
            raise Refused("warranty.unknown-entry", value=row_id)
        standing = _standing(depot, tx, row)
        if standing is not None:
            raise standing
        unit, _product = _unit(tx, row.unit_id)
        return _write(depot, tx, unit, Reversed("", depot.local_day(tx.at), row.id), reason.strip())


def _write(depot: Depot, tx: Tx, unit: Unit, entry: Entry, reason: str) -> Entered:
    case_id = verdicts.of_unit(tx, unit.id)
    before = verdicts.standing(depot, tx, case_id) if case_id else None
    row = warranty.add_entry(depot, tx, unit.id, entry, reason=reason)
    entry_id = journal.record(
        tx, "warranty.reverse" if isinstance(entry, Reversed) else "warranty.enter", subject_kind="unit",
        subject_id=unit.id, subject_number=unit.serial, case_id=case_id, unit_id=unit.id,
        facts={"row": row.id, "entry": entry_as_dict(row.entry), "reason": reason},
    )
    change = None
    if case_id and before is not None:
        _judged, change = verdicts.rejudge(depot, tx, case_id, before, reason)
    return Entered(row.id, entry_id, warranty.ledger(depot, tx, unit).parts_until, change)


def _excluded(depot: Depot, tx: Tx, case: ReturnCase | None) -> Blame | None:
    if case is None or case.stage in _WORK_DONE:
        return None
    judged = verdicts.standing(depot, tx, case.id).judgement
    if judged.state is not WarrantyState.OUT or judged.period is not WarrantyState.IN:
        return None
    order = repair_rows.order_of_case(tx, case.id)
    if order is None or not order.cause_class:
        return None
    return blame(CauseClass(order.cause_class), Responsibility(order.responsibility or Responsibility.UNKNOWN))


def _unit(tx: Tx, unit_id: str) -> tuple[Unit, Product]:
    unit = rows.unit(tx, unit_id)
    product = masterdata.get(tx, Product, unit.product_id) if unit else None
    if unit is None or product is None:
        raise Refused("lookup.unknown-unit", value=unit_id)
    return unit, product


def _standing(depot: Depot, tx: Tx, row: WarrantyRow) -> Refused | None:
    """Why ``row`` cannot be reversed."""
    if row.reverses:
        return Refused("warranty.reverses-a-reversal")
    by = next((other for other in entry_rows.of_unit(tx, row.unit_id) if other.reverses == row.id), None)
    if by is None:
        return None
    return Refused(
        "warranty.reversed-already", day=row.day, at=by.at.astimezone(depot.zone), name=by.by_name
    )


# -- undo: an entry is taken back by its reversal ------------------------------------------------------------------


def _objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    row = entry_rows.entry(tx, entry.facts["row"])
    if row is None:
        return Refused("undo.unknown")
    if not isinstance(row.entry, Started | ProofShown):
        depot.require(Action.EXTEND_WARRANTY)
    return _standing(depot, tx, row)


def _take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    unit, _product = _unit(tx, entry.unit_id or "")
    case_id = verdicts.of_unit(tx, unit.id)
    before = verdicts.standing(depot, tx, case_id) if case_id else None
    warranty.add_entry(depot, tx, unit.id, Reversed("", depot.local_day(tx.at), entry.facts["row"]))
    if case_id and before is not None:
        verdicts.rejudge(depot, tx, case_id, before)
    return _CHANGES


def _final(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused:
    del depot, tx, entry
    return Refused("warranty.reverses-a-reversal")


UNDO = {
    "warranty.enter": Way(_take_back, _objection, Action.AMEND_CASE),
    "warranty.reverse": Way(_take_back, _final),
}
