"""Reporting: a unit is announced by phone or from the field before it comes; its traveller begins (art. 6, 8.1-8.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.receiving import Intake, IntakeView
from app.domain.register import AwaitedCase
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import journal, node
from app.persistence import receiving as rows
from app.persistence import register as register_rows
from app.persistence import search as search_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import arrivals, intakes
from app.services.undoing import Way

_CHANGED = Changes.UNITS | Changes.CASES | Changes.DOCUMENTS | Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class Reported:
    """A case that is awaited. ``serial`` is a depot tag while the real one is not known."""

    case_id: str
    unit_id: str
    number: str
    traveller_number: str
    serial: str
    entry_id: str
    changes: Changes = _CHANGED


@dataclass(frozen=True, slots=True)
class ReportCancelled:
    """The unit will not come; the number stays visible as void."""

    number: str
    entry_id: str
    changes: Changes = Changes.CASES | Changes.UNITS | Changes.DOCUMENTS


def report(depot: Depot, intake: Intake) -> Reported:
    """Open a case for a unit that is still outside, with the field section as far as it is known.

    Refused: the codes of ``domain.receiving.report_problems`` and of :func:`arrivals.prepare`.
    """
    depot.require(Action.REPORT)
    with depot.write() as tx:
        return open_case(depot, tx, intake)


def open_case(depot: Depot, tx: Tx, intake: Intake) -> Reported:
    """:func:`report` inside a running transaction: a service request opens the case of the unit that comes back."""
    (arrival,) = arrivals.prepare(depot, tx, (intake,), depot.policy(tx), report=True)
    arrivals.write(tx, (arrival,))
    entry_id = journal.record(
        tx, "reporting.report", subject_kind="case", subject_id=arrival.case.id,
        subject_number=arrival.case.number, case_id=arrival.case.id, unit_id=arrival.unit.id,
        facts={"serial": arrival.unit.serial, "new_unit": arrival.before is None},
    )
    return Reported(
        arrival.case.id, arrival.unit.id, arrival.case.number, arrival.traveller.number, arrival.unit.serial, entry_id
    )


def cancel(depot: Depot, case_id: str, reason: str) -> ReportCancelled:
    """A reported unit will not come. Refused: ``receiving.report-cancelled``."""
    depot.require(Action.REPORT)
    with depot.write() as tx:
        case = rows.case(tx, case_id)
        if case is None or case.stage is not Stage.REPORTED:
            raise Refused("receiving.report-cancelled", number=case.number if case else case_id)
        _end(tx, case_id)
        entry_id = journal.record(
            tx, "reporting.cancel", subject_kind="case", subject_id=case.id, subject_number=case.number,
            case_id=case.id, unit_id=case.unit_id, facts={"reason": reason.strip()},
        )
    return ReportCancelled(case.number, entry_id)


def intake_of(depot: Depot, case_id: str) -> IntakeView:
    """The field section of a reported case, to be completed at the counter. Refused: ``receiving.unknown-case``."""
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        unit = rows.unit(tx, case.unit_id) if case else None
        if case is None or unit is None:
            raise Refused("receiving.unknown-case", number=case_id)
        return intakes.view(tx, case, unit)


def by_number(depot: Depot, number: str) -> tuple[str, IntakeView | None]:
    """The unit of the case ``number`` (empty: no such case), and its intake if the case is still awaited."""
    with depot.read() as tx:
        case = rows.case_by_number(tx, number)
        unit = rows.unit(tx, case.unit_id) if case else None
        if case is None or unit is None:
            return "", None
        return unit.id, intakes.view(tx, case, unit) if case.stage is Stage.REPORTED else None


def awaited(
    depot: Depot, *, after_row: AwaitedCase | None = None, limit: int = 200
) -> Sequence[AwaitedCase]:
    """Reported cases that have not arrived, the longest awaited first."""
    with depot.read() as tx:
        return register_rows.awaited(tx, after_row, limit)


def end_case(tx: Tx, case_id: str) -> None:
    """A reported case becomes void inside a running transaction; it must still be awaited."""
    _end(tx, case_id)


def _end(tx: Tx, case_id: str) -> None:
    case = rows.case(tx, case_id)
    traveller = rows.traveller_of_case(tx, case_id)
    if case is None or traveller is None:
        raise LookupError(f"no case {case_id}")
    rows.change_case(tx, case_id, stage=after(Step.VOID, case.stage))
    node.void_documents(tx, [case_id, traveller.id], "reporting.cancelled")
    standing = [visit for visit in rows.cases_of_unit(tx, case.unit_id) if visit.stage is not Stage.VOID]
    rows.change_unit(tx, case.unit_id, case_id=standing[-1].id if standing else None)
    if not standing:
        rows.change_unit(tx, case.unit_id, deleted_at=tx.at)
        search_rows.forget(tx, [case.unit_id])


def _objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    case = rows.case(tx, entry.subject_id)
    if case is None or case.stage is not Stage.REPORTED:
        return Refused("undo.worked-since", number=entry.subject_number, stage=case.stage if case else Stage.VOID)
    return None


def _take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    _end(tx, entry.subject_id)
    return _CHANGED


UNDO = {"reporting.report": Way(_take_back, _objection, Action.REPORT)}
