"""Handing units and travellers over inside the house, line by line, with both signatures (art. 7, 10; spec 1 §3).

An offer bears the giver's signature and waits; the receiver accepts or refuses each unit with its traveller. At one
desk both sign at once (:func:`hand_over`). What is refused stays with the giver, and its case where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.handover import (
    ROUTES,
    Candidate,
    Direction,
    Item,
    LineKind,
    Offer,
    ReceiptKind,
    Refusal,
    Route,
    refusal_problems,
    route_between,
)
from app.domain.people import Action, Role, answers_for
from app.domain.places import CUSTODIAN, Custodian
from app.domain.signing import Signature
from app.domain.stages import Step, after
from app.errors import Refused
from app.persistence import handover as rows
from app.persistence import handover_lists as lists
from app.persistence import journal, node
from app.persistence import receiving as receiving_rows
from app.persistence import repair as repair_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import custody, handover_lists
from app.services.custody import Offered
from app.services.handover_lists import (
    HandoverSheet,
    for_case,
    history,
    look,
    objection,
    open_offers,
    ready,
    ready_counts,
    scanned,
    sheet,
    sheet_by_number,
)
from app.services.undoing import Way

_CHANGES = Changes.HANDOVERS | Changes.UNITS | Changes.CASES | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Offering:
    """What the giver offers: cases (each a unit with its traveller) on one direction, signed by the giver."""

    direction: Direction
    case_ids: tuple[str, ...]
    giver: Signature
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferMade:
    """An offer waits for its receiver."""

    handover_id: str
    number: str
    units: int
    entry_id: str
    changes: Changes = Changes.HANDOVERS | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says: refusals by case id, everything else is accepted; signed by the receiver."""

    handover_id: str
    receiver: Signature
    refused: Mapping[str, Refusal]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A handover is complete. ``accepted`` and ``refused`` are case ids."""

    handover_id: str
    number: str
    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The giver took an offer back before it was answered."""

    number: str
    changes: Changes = Changes.HANDOVERS | Changes.DOCUMENTS


# -- doing -------------------------------------------------------------------------------------------------------


def offer(depot: Depot, offering: Offering) -> OfferMade:
    """Sign as the giver; the units stay where they are until somebody accepts.

    Refused: ``handover.empty``, ``handover.unknown-case``, ``handover.not-yours``, the codes of
    ``domain.handover.readiness_problem`` and of signing.
    """
    depot.require(Action.HAND_OVER)
    with depot.write() as tx:
        offered, found = _offer(depot, tx, offering)
        entry_id = _record_offer(tx, offering, offered, len(found))
    return OfferMade(offered.offer.id, offered.offer.number, len(found), entry_id)


def accept(depot: Depot, answer: Answer) -> Answered:
    """Sign as the receiver: accepted units and travellers move, refused ones stay with the giver.

    Refused: ``handover.unknown``, ``handover.ended``, ``handover.not-yours``, ``handover.refusal-reason``,
    ``handover.changed`` (an accepted line no longer fits), the codes of signing.
    """
    depot.require(Action.HAND_OVER)
    with depot.write() as tx:
        given = rows.offer(tx, answer.handover_id)
        if given is None:
            raise Refused("handover.unknown")
        offered = Offered(given, rows.lines(tx, given.id))
        return _answer(depot, tx, offered, answer.refused, answer.receiver, answer.note)


def hand_over(
    depot: Depot, offering: Offering, receiver: Signature, refused: Mapping[str, Refusal] | None = None, note: str = ""
) -> Answered:
    """Both sign at one desk: :func:`offer` and :func:`accept` in one step."""
    depot.require(Action.HAND_OVER)
    with depot.write() as tx:
        offered, found = _offer(depot, tx, offering)
        _record_offer(tx, offering, offered, len(found))
        return _answer(depot, tx, offered, refused or {}, receiver, note)


def withdraw(depot: Depot, handover_id: str, reason: str = "") -> Withdrawn:
    """Take an unanswered offer back; its number stays and says that it was withdrawn.

    Refused: ``handover.unknown``, ``handover.ended``, ``handover.not-yours``.
    """
    depot.require(Action.HAND_OVER)
    with depot.write() as tx:
        given = rows.offer(tx, handover_id)
        if given is None:
            raise Refused("handover.unknown")
        if rows.is_ended(tx, given.id):
            raise Refused("handover.ended", number=given.number)
        _require_department(depot.operator.roles, CUSTODIAN[given.from_place], depot.operator.name, "")
        _write_withdrawal(tx, given, reason)
        journal.record(
            tx, "handover.withdraw", subject_kind="handover", subject_id=given.id, subject_number=given.number,
            facts={"reason": reason.strip()},
        )
    return Withdrawn(given.number)


# -- how ---------------------------------------------------------------------------------------------------------


def _offer(depot: Depot, tx: Tx, offering: Offering) -> tuple[Offered, tuple[Candidate, ...]]:
    route = ROUTES[offering.direction]
    case_ids = tuple(dict.fromkeys(offering.case_ids))
    if not case_ids:
        raise Refused("handover.empty", field="lines")
    found = lists.candidates(tx, case_ids)
    if len(found) < len(case_ids):
        raise Refused("handover.unknown-case", field="lines")
    for candidate in found:
        if handover_lists.stopped_by(route, candidate):
            raise handover_lists.refusal(route, candidate)
    custody.require_signer(tx, offering.giver, CUSTODIAN[route.from_place], "giver")
    items = [
        item
        for candidate in found
        for item in (
            Item(LineKind.UNIT, candidate.unit_id, candidate.case_id),
            Item(LineKind.TRAVELLER, candidate.traveller_id or "", candidate.case_id),
        )
        if item.kind is LineKind.UNIT or not candidate.archived
    ]
    offered = custody.offer(
        depot, tx, route.from_place, route.to_place, items, offering.giver, note=offering.note.strip()
    )
    return offered, found


def _record_offer(tx: Tx, offering: Offering, offered: Offered, units: int) -> str:
    return journal.record(
        tx, "handover.offer", subject_kind="handover", subject_id=offered.offer.id,
        subject_number=offered.offer.number,
        case_id=offering.case_ids[0] if units == 1 else None,
        unit_id=offered.lines[0].unit_id if units == 1 else None,
        facts={"direction": offering.direction.value, "units": units, "giver": offered.offer.giver_name},
    )


def _answer(
    depot: Depot, tx: Tx, offered: Offered, refused: Mapping[str, Refusal], receiver: Signature, note: str
) -> Answered:
    given = offered.offer
    route = route_between(given.from_place, given.to_place)
    if route is None:
        raise Refused("handover.unknown")
    case_ids = tuple(dict.fromkeys(line.case_id for line in offered.lines if line.case_id))
    for case_id, refusal in refused.items():
        if case_id not in case_ids:
            raise Refused("handover.unknown-case", field="lines")
        wrong = refusal_problems(refusal)
        if wrong:
            raise Refused.because(wrong)
    custody.require_signer(tx, receiver, CUSTODIAN[given.to_place], "receiver")
    # Unit and traveller go together (art. 10.1): what is said of a case is said of both of its lines.
    by_line = {line.id: refused[line.case_id] for line in offered.lines if line.case_id in refused and line.case_id}
    accepted_lines = custody.accept(depot, tx, offered, by_line, receiver, note=note.strip())
    accepted = tuple(case_id for case_id in case_ids if case_id not in refused)
    _advance(tx, route, accepted, given.number)
    custody.move_accepted(tx, offered, accepted_lines, given.to_place)
    _record_answer(tx, offered, accepted, refused)
    return Answered(given.id, given.number, accepted, tuple(c for c in case_ids if c in refused))


def _advance(tx: Tx, route: Route, case_ids: Sequence[str], number: str) -> None:
    """Take the route's step for every accepted case. The cases are looked at anew: an offer may have waited long."""
    for candidate in lists.candidates(tx, case_ids):
        if candidate.place is not route.from_place or candidate.stage is not route.stage:
            raise Refused(
                "handover.changed", field="lines", number=number, serial=candidate.serial, place=candidate.place,
                stage=candidate.stage,
            )
        if route.step is None:
            continue
        target = after(route.step, candidate.stage)
        if target is None:
            raise LookupError(f"no arrow {route.step} from {candidate.stage}")
        receiving_rows.change_case(tx, candidate.case_id, stage=target)
        if route.step is Step.FAIL:
            repair_rows.reopen_order(tx, candidate.case_id)


def _record_answer(tx: Tx, offered: Offered, accepted: Sequence[str], refused: Mapping[str, Refusal]) -> None:
    units = {line.case_id: line.unit_id for line in offered.lines if line.kind is LineKind.UNIT}
    given = offered.offer
    for action, case_ids in (("handover.accept", accepted), ("handover.refuse", tuple(refused))):
        if not case_ids:
            continue
        journal.record_many(
            tx, action,
            [
                {
                    "subject_kind": "handover", "subject_id": given.id, "subject_number": given.number,
                    "case_id": case_id, "unit_id": units.get(case_id), "undoes": None,
                    "facts": {
                        "from": given.from_place.value, "to": given.to_place.value,
                        **(
                            {"reason": refused[case_id].reason.value, "text": refused[case_id].text.strip()}
                            if case_id in refused else {}
                        ),
                    },
                }
                for case_id in case_ids
            ],
        )


def _require_department(roles: frozenset[Role], custodian: Custodian, name: str, field: str) -> None:
    if not answers_for(roles, custodian):
        raise Refused("handover.not-yours", field=field, name=name, department=custodian)


def _write_withdrawal(tx: Tx, given: Offer, reason: str) -> None:
    rows.add_receipt(tx, given.id, ReceiptKind.WITHDRAWN, tx.by_name, None, reason.strip(), {})
    node.void_documents(tx, [given.id], reason.strip() or "withdrawn")


# -- undo --------------------------------------------------------------------------------------------------------


def _offer_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    if rows.is_ended(tx, entry.subject_id):
        return Refused("handover.ended", number=entry.subject_number)
    given = rows.offer(tx, entry.subject_id)
    if given is not None and not answers_for(depot.operator.roles, CUSTODIAN[given.from_place]):
        return Refused("handover.not-yours", name=depot.operator.name, department=CUSTODIAN[given.from_place])
    return None


def _take_offer_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    given = rows.offer(tx, entry.subject_id)
    if given is None:
        raise LookupError(f"no handover {entry.subject_id}")
    _write_withdrawal(tx, given, "")
    return Changes.HANDOVERS | Changes.DOCUMENTS


def _signed_custody(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot, tx
    return Refused("undo.signed-custody", number=entry.subject_number)


def _never(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} of {tx.depot_id} is never taken back for {depot.operator.login}")


UNDO: Mapping[str, Way] = {
    "handover.offer": Way(_take_offer_back, _offer_objection, Action.HAND_OVER),
    "handover.accept": Way(_never, _signed_custody),
    "handover.refuse": Way(_never, _signed_custody),
}

__all__ = [
    "UNDO", "Answer", "Answered", "HandoverSheet", "OfferMade", "Offering", "Withdrawn", "accept", "for_case",
    "hand_over",
    "history", "look", "objection", "offer", "open_offers", "ready", "ready_counts", "scanned", "sheet",
    "sheet_by_number", "withdraw",
]
