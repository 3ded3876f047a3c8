"""How a step of a service request is written, and how the newest one is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.requests import RequestState, ServiceRequest
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import journal, node
from app.persistence import receiving as receiving_rows
from app.persistence import requests as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import reporting
from app.services.undoing import Way

_MOMENTS = frozenset({
    "passed_on_at", "answered_at", "planned_at", "quoted_at", "consent_at", "closed_at",
})


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step was made; ``entry_id`` can be undone. ``subject_id``: the trip, where the step was about one."""

    request_id: str
    number: str
    entry_id: str
    case_id: str = ""
    subject_id: str = ""
    slip_number: str = ""
    changes: Changes = Changes.REQUESTS | Changes.DOCUMENTS | Changes.CASES | Changes.UNITS | Changes.MASTERDATA


def require_open(tx: Tx, request_id: str) -> ServiceRequest:
    """The request, which must be open. Refused: ``requests.unknown``, ``requests.not-open``."""
    request = rows.get(tx, request_id)
    if request is None:
        raise Refused("requests.unknown")
    if request.state is not RequestState.OPEN:
        raise Refused("requests.not-open", number=request.number, state=request.state)
    return request


def change(tx: Tx, action: str, request: ServiceRequest, said: str, **values: Any) -> Stepped:
    """Set ``values`` on ``request`` and write down what was done; what stood there before goes into the journal."""
    before = {name: _plain(getattr(request, name)) for name in values}
    rows.change(tx, request.id, **values)
    return record(tx, action, request, said, before, case_id=values.get("case_id") or request.case_id)


def record(
    tx: Tx, action: str, request: ServiceRequest, said: str, before: Mapping[str, Any], *,
    case_id: str | None = None, facts: Mapping[str, Any] | None = None,
) -> Stepped:
    """Write down a step: for people as an event of the request, and in the journal."""
    ordinal = rows.add_event(tx, request.id, action, said)
    entry_id = journal.record(
        tx, action, subject_kind="request", subject_id=request.id, subject_number=request.number, case_id=case_id,
        unit_id=request.unit_id, facts={"event": ordinal, "said": said, "before": dict(before), **(facts or {})},
    )
    return Stepped(request.id, request.number, entry_id, case_id or "")


def is_newest(tx: Tx, entry: JournalEntry) -> Refused | None:
    """``requests.went-on`` unless the step of ``entry`` is the last that still counts."""
    standing: list[int] = []
    for event in rows.events(tx, entry.subject_id):
        if event.what.endswith(".undo"):
            standing.pop()
        else:
            standing.append(event.ordinal)
    if standing and standing[-1] == entry.facts["event"]:
        return None
    return Refused("requests.went-on", number=entry.subject_number)


def put_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """What stood there before the step stands there again."""
    before = {
        name: datetime.fromisoformat(value) if name in _MOMENTS and value is not None else value
        for name, value in entry.facts["before"].items()
    }
    if before:
        rows.change(tx, entry.subject_id, **before)
    rows.add_event(tx, entry.subject_id, f"{entry.action}.undo", "")
    return Changes.REQUESTS


def _newest(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    return is_newest(tx, entry)


def _untake(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change(tx, entry.subject_id, state=RequestState.VOID, closed_at=tx.at)
    node.void_documents(tx, [entry.subject_id], "requests.taken-back")
    return put_back(depot, tx, entry) | Changes.DOCUMENTS


def _return_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    case = receiving_rows.case(tx, entry.case_id or "")
    if case is None or case.stage is not Stage.REPORTED:
        return Refused("requests.case-went-on", case=case.number if case else entry.subject_number)
    return is_newest(tx, entry)


def _unreturn(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    reporting.end_case(tx, entry.case_id or "")
    return put_back(depot, tx, entry) | Changes.CASES | Changes.UNITS | Changes.DOCUMENTS


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


UNDO: Mapping[str, Way] = {
    "requests.take": Way(_untake, _newest, Action.REPORT),
    **{
        f"requests.{step}": Way(put_back, _newest, Action.SERVICE)
        for step in ("pass_on", "answer", "plan", "quote", "consent", "decline", "close", "reopen")
    },
    "requests.return_unit": Way(_unreturn, _return_objection, Action.REPORT),
}
