"""Quality alarms (F23): raised at the test bench or at the counter, answered by R&D, closed by QA when it helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.alarms import (
    Alarm,
    AlarmState,
    Answer,
    LotUnit,
    Raising,
    Severity,
    answer_problems,
    raising_problems,
)
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.errors import Refused
from app.persistence import alarms as rows
from app.persistence import journal, masterdata, node
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Alarmed:
    """An alarm was raised or went on; ``entry_id`` can be undone."""

    alarm_id: str
    number: str
    entry_id: str
    changes: Changes = Changes.QUALITY | Changes.DOCUMENTS


def listed(depot: Depot, *, open_only: bool = False) -> tuple[Alarm, ...]:
    """The alarms, the newest first, in the depot's hours."""
    with depot.read() as tx:
        found = rows.listed(tx, open_only=open_only)
    return tuple(replace(alarm, raised_at=alarm.raised_at.astimezone(depot.zone)) for alarm in found)


def alarm(depot: Depot, alarm_id: str) -> Alarm:
    """One alarm. Refused: ``alarms.unknown``."""
    with depot.read() as tx:
        return _known(tx, alarm_id)


def same_lot(depot: Depot, alarm_id: str) -> tuple[LotUnit, ...]:
    """The other units of the lot as they stand now; none where the lot is not known. Refused: ``alarms.unknown``."""
    with depot.read() as tx:
        found = _known(tx, alarm_id)
        return rows.of_lot(tx, found.product_id, found.lot, found.unit_id) if found.lot else ()


def raise_alarm(depot: Depot, raising: Raising) -> Alarmed:
    """Raise an alarm: it gets its number, and R&D a day by which to answer (policy).

    Refused: the codes of ``domain.alarms.raising_problems``, ``alarms.unknown-case``, ``alarms.unknown-product``.
    """
    depot.require(Action.RAISE_ALARM)
    wrong = raising_problems(raising)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        case = receiving_rows.case(tx, raising.case_id) if raising.case_id else None
        if raising.case_id and case is None:
            raise Refused("alarms.unknown-case", field="case_id")
        unit = receiving_rows.unit(tx, case.unit_id) if case else None
        product = masterdata.get(tx, Product, case.product_id if case else raising.product_id)
        if product is None:
            raise Refused("alarms.unknown-product", field="product_id")
        lot = raising.lot.strip() or (unit.lot if unit else "")
        today = depot.local_day(tx.at)
        (number,) = node.next_number(tx, DocumentType.QUALITY_ALARM, today)
        made = Alarm(
            tx.new_id(), number, raising.origin_kind, raising.severity or Severity.MINOR, product.id, lot,
            raising.symptom.strip(), raising.finding.strip(), case.id if case else None, unit.id if unit else None,
            rows.of_lot(tx, product.id, lot, unit.id if unit else None) if lot else (), AlarmState.RAISED, tx.by,
            tx.by_name, tx.at, today + timedelta(days=depot.policy(tx).whole(PolicyName.ALARM_ANSWER_DAYS)),
        )
        rows.add(tx, made)
        node.record_document(
            tx, number, DocumentType.QUALITY_ALARM, "F23", subject_kind="alarm", subject_id=made.id,
            case_id=made.case_id, unit_id=made.unit_id,
        )
        return _record(tx, "alarms.raise", made, {"symptom": made.symptom, "lot": lot})


def answer(depot: Depot, alarm_id: str, answered: Answer) -> Alarmed:
    """R&D says what was found and what is to be done (F23, feedback).

    Refused: the codes of ``domain.alarms.answer_problems``, ``alarms.unknown``, ``alarms.not-open``.
    """
    depot.require(Action.ANSWER_ALARM)
    wrong = answer_problems(answered)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        found = _in_state(tx, alarm_id, AlarmState.RAISED)
        rows.change(
            tx, alarm_id, state=AlarmState.ANSWERED, investigation=answered.investigation.strip(),
            cause_class=answered.cause.value if answered.cause else "", action=answered.action.strip(),
            answered_at=tx.at, answered_by=tx.by, answered_by_name=tx.by_name,
        )
        return _record(tx, "alarms.answer", found, {"action": answered.action.strip()})


def close(depot: Depot, alarm_id: str, result: str) -> Alarmed:
    """QA closes an answered alarm and says whether the measure helped.

    Refused: ``alarms.result-missing``, ``alarms.unknown``, ``alarms.not-answered``.
    """
    depot.require(Action.QUALITY_REPORT)
    if not result.strip():
        raise Refused("alarms.result-missing", field="result")
    with depot.write() as tx:
        found = _in_state(tx, alarm_id, AlarmState.ANSWERED)
        rows.change(
            tx, alarm_id, state=AlarmState.CLOSED, result=result.strip(), closed_at=tx.at, closed_by=tx.by,
            closed_by_name=tx.by_name,
        )
        return _record(tx, "alarms.close", found, {"result": result.strip()})


def _known(tx: Tx, alarm_id: str) -> Alarm:
    found = rows.get(tx, alarm_id)
    if found is None:
        raise Refused("alarms.unknown")
    return found


def _in_state(tx: Tx, alarm_id: str, wanted: AlarmState) -> Alarm:
    found = _known(tx, alarm_id)
    if found.state is not wanted:
        code = "alarms.not-open" if wanted is AlarmState.RAISED else "alarms.not-answered"
        raise Refused(code, number=found.number, state=found.state)
    return found


def _record(tx: Tx, action: str, about: Alarm, facts: Mapping[str, Any]) -> Alarmed:
    entry_id = journal.record(
        tx, action, subject_kind="alarm", subject_id=about.id, subject_number=about.number, case_id=about.case_id,
        unit_id=about.unit_id, facts=dict(facts),
    )
    return Alarmed(about.id, about.number, entry_id)


def _went_on(state: AlarmState) -> Any:
    def objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
        """``alarms.went-on``: a later step was made."""
        del depot
        found = _known(tx, entry.subject_id)
        return None if found.state is state else Refused("alarms.went-on", number=found.number, state=found.state)

    return objection


def _unraise(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    rows.change(tx, entry.subject_id, state=AlarmState.VOID)
    node.void_documents(tx, [entry.subject_id], "alarms.taken-back")
    return Changes.QUALITY | Changes.DOCUMENTS


def _unanswer(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    rows.change(
        tx, entry.subject_id, state=AlarmState.RAISED, investigation="", cause_class="", action="", answered_at=None,
        answered_by=None, answered_by_name="",
    )
    return Changes.QUALITY


def _unclose(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    rows.change(
        tx, entry.subject_id, state=AlarmState.ANSWERED, result="", closed_at=None, closed_by=None, closed_by_name="")
    return Changes.QUALITY


UNDO: Mapping[str, Way] = {
    "alarms.raise": Way(_unraise, _went_on(AlarmState.RAISED), Action.RAISE_ALARM),
    "alarms.answer": Way(_unanswer, _went_on(AlarmState.ANSWERED), Action.ANSWER_ALARM),
    "alarms.close": Way(_unclose, _went_on(AlarmState.CLOSED), Action.QUALITY_REPORT),
}
