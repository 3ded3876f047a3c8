"""A unit goes on to another depot: the sender closes its visit with a transfer, the receiver opens its own (spec 4).

Decided: only a unit that awaits its repair and with which nothing is half-done is handed on. The sender's chain of
moves ends with the carrier, under the number of the handover, which is the number of the transfer; where the unit is
from then on the receiver's own row says. Both halves are one visit: the sender's is no return for the counters and no
repair for the report, and the clock that the customer sees runs on from the first receipt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any

from app.domain.numbering import DocumentType, parse_number
from app.domain.places import Place
from app.domain.receiving import AccessoryIn, BroughtBy, Intake, Phase, ReturnMethod, Urgency
from app.domain.spares import Carriage
from app.domain.stages import Stage
from app.errors import Problem

#: How a case ends that goes on elsewhere: the word in its outcome.
TRANSFERRED = "TRANSFERRED"


class Answer(StrEnum):
    """What the other depot said."""

    RECEIVED = "RECEIVED"
    REFUSED = "REFUSED"


class TransferState(StrEnum):
    """How far a transfer is, as its sender sees it."""

    UNDER_WAY = "UNDER_WAY"
    RECEIVED = "RECEIVED"
    REFUSED = "REFUSED"          # the unit is on its way back, or waits to be taken back
    TAKEN_BACK = "TAKEN_BACK"


@dataclass(frozen=True, slots=True)
class Transferring:
    """A transfer as the clerk enters it."""

    case_id: str
    to_depot: str
    reason: str
    carriage: Carriage = Carriage.COURIER
    carrier: str = ""
    waybill: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known of a case before its unit may leave for another depot.

    ``offered_in``: the handover it waits in; ``loaners_out``: serials lent to its customer; ``quotation``: an open
    one; ``owed_for``: the spare use for which the unit was owed (it is the depot's own then).
    """

    number: str
    serial: str
    stage: Stage
    place: Place
    offered_in: str = ""
    loaners_out: tuple[str, ...] = ()
    quotation: str = ""
    owed_for: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer on record at its sender. ``number``: of the handover to the carrier. ``carried``: what goes with it.

    ``answer…``: what the other depot said, as the night brought it; ``answered_number``: its case there.
    """

    id: str
    number: str
    case_id: str
    unit_id: str
    to_depot: str
    case_number: str
    serial: str
    product_id: str
    reason: str
    carriage: str
    carrier: str
    waybill: str
    note: str
    carried: Mapping[str, Any]
    sent_at: datetime
    sent_by: str
    sent_by_name: str
    answer: str | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    answered_number: str = ""
    answer_reason: str = ""
    deleted_at: datetime | None = None

    @property
    def state(self) -> TransferState:
        """How far it is."""
        if self.deleted_at is not None:
            return TransferState.TAKEN_BACK
        return TransferState(self.answer) if self.answer else TransferState.UNDER_WAY


@dataclass(frozen=True, slots=True)
class Coming:
    """A transfer that another depot (``from_depot``) announced to this one. ``withdrawn``: taken back there."""

    id: str
    number: str
    from_depot: str
    case_number: str
    serial: str
    product_id: str
    reason: str
    carriage: str
    carrier: str
    waybill: str
    note: str
    carried: Mapping[str, Any]
    sent_at: datetime
    sent_by_name: str
    withdrawn: datetime | None = None

    @property
    def story(self) -> Carried:
        """What came with it."""
        return carried_from_dict(self.carried)


@dataclass(frozen=True, slots=True)
class Receipt:
    """This depot's answer to a transfer. ``settled_at``: when what it carries was taken over; where only the paper
    came, after the night that brought the rest."""

    id: str
    number: str
    from_depot: str
    answer: str
    case_id: str | None
    case_number: str
    unit_id: str | None
    reason: str
    at: datetime
    by: str
    by_name: str
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """One earlier visit at the sender, for the paper."""

    number: str
    received_on: date | None
    symptom: str
    fault: str
    result: str


@dataclass(frozen=True, slots=True)
class Carried:
    """All that goes with a unit, so that nothing is typed again. ``received_at``: the first receipt of this visit.

    ``warranty``: the entries of the unit's ledger as plain values.
    """

    intake: Intake
    case_number: str
    traveller: str
    visit_no: int
    received_at: datetime
    due_on: date | None
    model: str
    product_zh: str
    product_en: str
    customer: str
    warranty: tuple[Mapping[str, Any], ...] = ()
    visits: tuple[EarlierVisit, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            **{f.name: _plain(getattr(self, f.name)) for f in fields(self)},
            "intake": {f.name: _plain(getattr(self.intake, f.name)) for f in fields(Intake)},
            "received_at": self.received_at.isoformat(), "warranty": [dict(entry) for entry in self.warranty],
            "visits": [{name: _plain(value) for name, value in asdict(visit).items()} for visit in self.visits],
        }


_DAYS = frozenset({
    "manufactured_on", "shipped_on", "accepted_on", "fault_on", "back_on", "promised_on", "due_on", "received_on"})
_WORDS: Mapping[str, type[StrEnum]] = {
    "method": ReturnMethod, "brought_by": BroughtBy, "phase": Phase, "urgency": Urgency}


def carried_from_dict(values: Mapping[str, Any]) -> Carried:
    """What :meth:`Carried.as_dict` wrote; what a newer program added is passed over."""
    intake = {name: _typed(name, value) for name, value in values["intake"].items() if name in Intake.__slots__}
    intake["accessories"] = tuple(AccessoryIn(**each) for each in intake.get("accessories", ()))
    plain = {f.name: _typed(f.name, values[f.name]) for f in fields(Carried) if f.name in values}
    return Carried(**{
        **plain, "intake": Intake(**intake), "received_at": datetime.fromisoformat(values["received_at"]),
        "warranty": tuple(values.get("warranty", ())),
        "visits": tuple(
            EarlierVisit(**{name: _typed(name, value) for name, value in each.items()})
            for each in values.get("visits", ())
        ),
    })


def problems(transferring: Transferring, own_depot: str, known: frozenset[str]) -> list[Problem]:
    """What is wrong with the form. ``known``: the depots the night has told of.

    Codes: ``transfers.no-depots``, ``transfers.depot-missing``, ``transfers.to-itself``, ``transfers.depot-unknown``,
    ``transfers.reason-missing``, ``transfers.carrier-missing``, ``transfers.waybill-missing``.
    """
    found = []
    wanted = transferring.to_depot.strip()
    if not known:
        found.append(Problem("to_depot", "transfers.no-depots"))
    elif not wanted:
        found.append(Problem("to_depot", "transfers.depot-missing"))
    elif wanted == own_depot:
        found.append(Problem("to_depot", "transfers.to-itself", {"depot": wanted}))
    elif wanted not in known:
        facts = {"depot": wanted, "known": ", ".join(sorted(known))}
        found.append(Problem("to_depot", "transfers.depot-unknown", facts))
    if not transferring.reason.strip():
        found.append(Problem("reason", "transfers.reason-missing"))
    if transferring.carriage is Carriage.COURIER:
        if not transferring.carrier.strip():
            found.append(Problem("carrier", "transfers.carrier-missing"))
        if not transferring.waybill.strip():
            found.append(Problem("waybill", "transfers.waybill-missing"))
    return found


#: Why a unit at a stage stays, and what to do first; of the others: the work here goes on.
_STAYS: Mapping[Stage, str] = {
    Stage.REPORTED: "transfers.not-here", Stage.PLANNED: "transfers.planned", Stage.RELEASED: "transfers.released",
    Stage.CLOSED: "transfers.over", Stage.VOID: "transfers.over", Stage.RETURNED: "transfers.over",
}


def obstacle(standing: Standing) -> Problem | None:
    """Why the unit may not go on to another depot; ``None`` when it may.

    Codes: ``transfers.not-here``, ``transfers.planned``, ``transfers.released``, ``transfers.over``,
    ``transfers.working``, ``transfers.elsewhere``, ``transfers.offered``, ``transfers.loaner``,
    ``transfers.quotation``, ``transfers.owed``.
    """
    facts: dict[str, object] = {
        "number": standing.number, "serial": standing.serial, "stage": standing.stage, "place": standing.place}
    if standing.stage is not Stage.RECEIVED:
        return Problem("case_id", _STAYS.get(standing.stage, "transfers.working"), facts)
    if standing.place is not Place.ZONE_PENDING:
        return Problem("case_id", "transfers.elsewhere", facts)
    for held, code in (
        (standing.offered_in, "transfers.offered"), (", ".join(standing.loaners_out), "transfers.loaner"),
        (standing.quotation, "transfers.quotation"), (standing.owed_for, "transfers.owed"),
    ):
        if held:
            return Problem("case_id", code, {**facts, "detail": held})
    return None


def sender_of(number: str, own_depot: str) -> str | None:
    """The depot whose transfer ``number`` is; ``None``: no number of another depot's handover."""
    found = parse_number(number)
    if found is None or found.type is not DocumentType.HANDOVER or found.depot == own_depot:
        return None
    return found.depot


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [asdict(each) if isinstance(each, AccessoryIn) else _plain(each) for each in value]
    return value


def _typed(name: str, value: Any) -> Any:
    if value is not None and name in _DAYS:
        return date.fromisoformat(value)
    return _WORDS[name](value) if name in _WORDS else value


__all__ = [
    "TRANSFERRED", "Answer", "Carriage", "Carried", "Coming", "EarlierVisit", "Receipt", "Standing", "Transfer",
    "TransferState", "Transferring", "carried_from_dict", "obstacle", "problems", "sender_of",
]
