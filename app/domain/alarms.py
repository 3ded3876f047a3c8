"""Quality alarms (质量异常警报): a fault that may concern more than the one unit, put before R&D and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.codes import CauseClass
from app.errors import Problem


class AlarmOrigin(StrEnum):
    """Who found cause for alarm."""

    INSPECTOR = "INSPECTOR"      # an inspector who cannot judge what is measured
    SERIOUS = "SERIOUS"          # a serious fault found at work
    CUSTOMER = "CUSTOMER"        # a customer told of it


class Severity(StrEnum):
    """How bad it is. ``CRITICAL``: danger to people, or units must not be used."""

    CRITICAL = "CRITICAL"
    MAJOR = "MAJOR"
    MINOR = "MINOR"


class AlarmState(StrEnum):
    """How far an alarm has come."""

    RAISED = "RAISED"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"
    VOID = "VOID"                # taken back; the number stays visible


#: Alarms that still want something done.
OPEN = frozenset({AlarmState.RAISED, AlarmState.ANSWERED})


@dataclass(frozen=True, slots=True)
class LotUnit:
    """Another unit of the lot: where it stands, how often it came back."""

    unit_id: str
    serial: str
    place: str
    returns: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm with its answer (F23). Empty texts: not yet. ``answer_due_on``: by the policy of the day."""

    id: str
    number: str
    origin_kind: AlarmOrigin
    severity: Severity
    product_id: str
    lot: str
    symptom: str
    finding: str
    case_id: str | None
    unit_id: str | None
    others: tuple[LotUnit, ...]
    state: AlarmState
    raised_by: str
    raised_by_name: str
    raised_at: datetime
    answer_due_on: date | None
    investigation: str = ""
    cause_class: str = ""
    action: str = ""
    answered_at: datetime | None = None
    answered_by: str | None = None
    answered_by_name: str = ""
    result: str = ""
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_by_name: str = ""
    model: str = ""              # of the product, as read with it
    serial: str = ""             # of the unit that gave rise to it
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Raising:
    """An alarm as typed. ``case_id``: of the unit that gave rise to it, else product and lot are said."""

    origin_kind: AlarmOrigin
    severity: Severity | None
    symptom: str
    finding: str = ""
    case_id: str = ""
    product_id: str = ""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What R&D found and what is to be done."""

    investigation: str
    cause: CauseClass | None
    action: str


def raising_problems(raising: Raising) -> list[Problem]:
    """Codes: ``alarms.severity-missing``, ``alarms.symptom-missing``, ``alarms.product-missing``."""
    found = []
    if raising.severity is None:
        found.append(Problem("severity", "alarms.severity-missing"))
    if not raising.symptom.strip():
        found.append(Problem("symptom", "alarms.symptom-missing"))
    if not raising.case_id and not raising.product_id:
        found.append(Problem("product_id", "alarms.product-missing"))
    return found


def answer_problems(answer: Answer) -> list[Problem]:
    """Codes: ``alarms.investigation-missing``, ``alarms.cause-missing``, ``alarms.action-missing``."""
    found = []
    if not answer.investigation.strip():
        found.append(Problem("investigation", "alarms.investigation-missing"))
    if answer.cause is None:
        found.append(Problem("cause", "alarms.cause-missing"))
    if not answer.action.strip():
        found.append(Problem("action", "alarms.action-missing"))
    return found
