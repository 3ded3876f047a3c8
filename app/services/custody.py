"""The one way in which custody changes: an offer, a receipt line by line, then the moves (art. 7; spec 1 §2, law 3).

Every step that crosses custodians (receiving, dispatch, to QA, back, delivery) uses these inside its own
transaction; the steps add their stage changes between :func:`accept` and :func:`move_accepted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.depot import Depot
from app.domain.handover import Item, Line, LineKind, Offer, ReceiptKind, Refusal, RefusalReason
from app.domain.numbering import DocumentType
from app.domain.people import Role, answers_for
from app.domain.places import Custodian, Place
from app.domain.receiving import Traveller, Unit
from app.domain.signing import OwnSignature, Signature
from app.errors import Refused
from app.persistence import handover as rows
from app.persistence import node
from app.persistence import people as people_rows
from app.persistence import receiving as receiving_rows
from app.persistence.transaction import Tx
from app.services import signing


@dataclass(frozen=True, slots=True)
class Offered:
    """A written offer and its lines."""

    offer: Offer
    lines: tuple[Line, ...]


def offer(
    depot: Depot,
    tx: Tx,
    from_place: Place,
    to_place: Place,
    items: Sequence[Item],
    giver: Signature,
    *,
    note: str = "",
    announced: int | None = None,
) -> Offered:
    """The giver's half. The document number and its entry in the list of documents are made here.

    Refused: ``handover.empty``, the codes of signing.
    """
    if not items:
        raise Refused("handover.empty", field="lines")
    handover_id = tx.new_id()
    signed = signing.sign(
        depot, tx, giver, purpose="handover.give", subject_kind="handover", subject_id=handover_id, field="giver"
    )
    (number,) = node.next_number(tx, DocumentType.HANDOVER, depot.local_day(tx.at))
    written = Offer(handover_id, number, from_place, to_place, signed.name, signed.id, note, tx.at, tx.by, announced)
    lines = rows.add_offer(tx, written, items)
    cases = {item.case_id for item in items}
    node.record_document(
        tx, number, DocumentType.HANDOVER, "F5", subject_kind="handover", subject_id=handover_id,
        case_id=next(iter(cases)) if len(cases) == 1 else None,
    )
    return Offered(written, lines)


def accept(
    depot: Depot,
    tx: Tx,
    offered: Offered,
    refused: Mapping[str, Refusal],
    receiver: Signature,
    *,
    note: str = "",
) -> tuple[Line, ...]:
    """The receiver's half; returns the accepted lines. ``refused``: line id → why.

    Refused: ``handover.ended``, ``handover.refusal-reason``, the codes of signing.
    """
    if rows.is_ended(tx, offered.offer.id):
        raise Refused("handover.ended", number=offered.offer.number)
    return _receive(depot, tx, offered, refused, receiver, note)


def require_signer(tx: Tx, signature: Signature, custodian: Custodian, field: str) -> None:
    """Inside the house a signature is given by somebody of the department that answers (spec 1 §10).

    Refused: ``handover.own-people``, ``handover.not-yours``. An unknown login is refused when the signature is proved.
    """
    if not isinstance(signature, OwnSignature):
        raise Refused("handover.own-people", field=field, department=custodian)
    user = people_rows.by_login(tx, signature.login.strip())
    if user is not None and not answers_for(frozenset(Role(role) for role in user.roles), custodian):
        raise Refused("handover.not-yours", field=field, name=user.name, department=custodian)


def pass_over(
    depot: Depot,
    tx: Tx,
    from_place: Place,
    to_place: Place,
    items: Sequence[Item],
    giver: Signature,
    receiver: Signature,
    *,
    refused: Mapping[str, Refusal] | None = None,
    note: str = "",
    announced: int | None = None,
) -> tuple[Offered, tuple[Line, ...]]:
    """Both halves at one desk. ``refused``: id of a unit or traveller → why; returns the offer and the accepted lines.

    Refused: as :func:`offer` and :func:`accept`.
    """
    offered = offer(depot, tx, from_place, to_place, items, giver, note=note, announced=announced)
    by_line = {
        line.id: refused[thing]
        for line in offered.lines
        if refused and (thing := line.unit_id or line.traveller_id or "") in refused
    }
    return offered, _receive(depot, tx, offered, by_line, receiver, "")


def _receive(
    depot: Depot, tx: Tx, offered: Offered, refused: Mapping[str, Refusal], receiver: Signature, note: str
) -> tuple[Line, ...]:
    for refusal in refused.values():
        if refusal.reason is RefusalReason.OTHER and not refusal.text.strip():
            raise Refused("handover.refusal-reason", field="reason")
    signed = signing.sign(
        depot, tx, receiver, purpose="handover.receive", subject_kind="handover", subject_id=offered.offer.id,
        field="receiver",
    )
    verdicts = {line.id: refused.get(line.id) for line in offered.lines}
    rows.add_receipt(tx, offered.offer.id, ReceiptKind.RECEIVED, signed.name, signed.id, note, verdicts)
    return tuple(line for line in offered.lines if line.id not in refused)


def move_accepted(
    tx: Tx,
    offered: Offered,
    accepted: Sequence[Line],
    to_place: Place,
    *,
    shelves: Mapping[str, str] | None = None,
    known: Mapping[str, Unit | Traveller] | None = None,
) -> None:
    """Move what was accepted to ``to_place``. ``shelves``: unit id → shelf id at the target.

    ``known``: units and travellers by id that the step has just read or written; the others are read here.
    Call it after the stages of the cases were set: the zones look at them (law 4).
    """
    unit_moves = []
    traveller_moves = []
    for line in accepted:
        if line.kind is LineKind.UNIT and line.unit_id:
            unit = (known or {}).get(line.unit_id) or receiving_rows.unit(tx, line.unit_id)
            if not isinstance(unit, Unit):
                raise LookupError(f"no unit {line.unit_id}")
            unit_moves.append((unit, line.case_id, line.id, (shelves or {}).get(unit.id)))
        elif line.traveller_id:
            traveller = (known or {}).get(line.traveller_id) or receiving_rows.traveller(tx, line.traveller_id)
            if not isinstance(traveller, Traveller):
                raise LookupError(f"no traveller {line.traveller_id}")
            traveller_moves.append((traveller, line.id))
    rows.move_units(tx, unit_moves, to_place, document_number=offered.offer.number)
    rows.move_travellers(tx, traveller_moves, to_place)
