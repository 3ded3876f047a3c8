"""Receiving: a crate is signed for; each unit gets its case, traveller and place in zone 1 (art. 7, 8.5, 12.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.changes import Changes
from app.depot import Depot
from app.domain.handover import Item, LineKind, Refusal
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Custodian, Place
from app.domain.receiving import Intake
from app.domain.signing import Signature
from app.domain.stages import Step, after
from app.errors import Refused
from app.persistence import drafts, journal, node
from app.persistence import loaners as loaner_rows
from app.persistence import receiving as rows
from app.persistence import spares as spare_rows
from app.persistence.transaction import Tx
from app.services import arrivals, custody, reporting, site_swaps, transfer_arrivals, unreceiving
from app.services.arrivals import Arrival

_CHANGED = Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS | Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is signed for at once: one unit or a crate. ``giver``: who hands it in; ``receiver``: our clerk.

    ``announced``: how many units the giver says there are. ``refused``: index of an intake → why it is not taken; the
    unit stays with the giver, its case stays ``REPORTED``. ``note`` explains a count that does not match. ``draft``:
    what the operator typed this in; it ends with the receipt, so that a crate signed for never comes back as a draft.
    """

    intakes: tuple[Intake, ...]
    giver: Signature
    receiver: Signature
    note: str = ""
    announced: int | None = None
    refused: Mapping[int, Refusal] = field(default_factory=dict)
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedUnit:
    """One unit now in zone 1; or, when ``refused``, one that stays with the giver."""

    unit_id: str
    case_id: str
    case_number: str
    traveller_number: str
    serial: str
    visit_no: int
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """The receipt as written: ``number`` of the handover, ``receipt_number`` of the paper for the customer (F2).

    ``entry_ids``: the journal entry of each case taken in; taken back together they undo the crate.
    """

    handover_id: str
    number: str
    receipt_number: str
    units: tuple[ReceivedUnit, ...]
    entry_ids: tuple[str, ...]
    changes: Changes = _CHANGED

    @property
    def entry_id(self) -> str:
        """The journal entry of the first case."""
        return self.entry_ids[0]


@dataclass(frozen=True, slots=True)
class LateReceipt:
    """A unit found at the repair department without a receipt: both handovers are booked late (art. 8.6).

    ``giver``: who brought it there (on paper, if gone); ``clerk``: for after-sales; ``technician``: for repair.
    ``note``: how it came about, for the breach log. ``draft``: as in :class:`Receipt`.
    """

    intake: Intake
    giver: Signature
    clerk: Signature
    technician: Signature
    note: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedLate:
    """Booked: the unit is on record where it was found. ``numbers``: of the two handovers."""

    unit: ReceivedUnit
    numbers: tuple[str, str]
    receipt_number: str
    entry_id: str
    changes: Changes = _CHANGED


def receive(depot: Depot, receipt: Receipt) -> Received:
    """Sign for a crate: handover, cases, travellers, moves to ``ZONE_PENDING``, journal; all or nothing.

    Refused: ``receiving.nothing``, ``receiving.count-mismatch``, the codes of :func:`arrivals.prepare` and of signing.
    """
    depot.require(Action.RECEIVE)
    _check_count(receipt)
    with depot.write() as tx:
        custody.require_signer(tx, receipt.receiver, Custodian.AFTER_SALES, "receiver")
        crate = arrivals.prepare(depot, tx, receipt.intakes, depot.policy(tx), refused=receipt.refused)
        arrivals.write(tx, crate)
        refused = {
            thing: why
            for index, why in receipt.refused.items()
            for thing in (crate[index].unit.id, crate[index].traveller.id)
        }
        handover_id, number = _take(
            depot, tx, crate, receipt.giver, receipt.receiver, refused, receipt.note, receipt.announced
        )
        taken = [arrival for index, arrival in enumerate(crate) if index not in receipt.refused]
        _owed(tx, taken)
        _joined(depot, tx, crate, receipt.refused)
        receipt_number = _receipt_number(depot, tx, handover_id, taken)
        entries = _record(tx, crate, receipt, number, receipt_number)
        if receipt.draft:
            drafts.drop(tx, receipt.draft, "")
    return Received(
        handover_id, number, receipt_number,
        tuple(_result(arrival, refused=index in receipt.refused) for index, arrival in enumerate(crate)), entries,
    )


def receive_late(depot: Depot, late: LateReceipt) -> ReceivedLate:
    """Book the receipt that was passed over, with both handovers, and log the breach (art. 8.6; spec 1 §3).

    Refused: ``receiving.breach-story``, the codes of :func:`arrivals.prepare` and of signing.
    """
    depot.require(Action.FOUND_AT_REPAIR)
    if not late.note.strip():
        raise Refused("receiving.breach-story", field="note")
    with depot.write() as tx:
        custody.require_signer(tx, late.clerk, Custodian.AFTER_SALES, "clerk")
        custody.require_signer(tx, late.technician, Custodian.REPAIR, "technician")
        crate = arrivals.prepare(depot, tx, (late.intake,), depot.policy(tx))
        arrivals.write(tx, crate)
        handover_id, first = _take(depot, tx, crate, late.giver, late.clerk, {}, late.note, None)
        _owed(tx, crate)
        _joined(depot, tx, crate, {})
        receipt_number = _receipt_number(depot, tx, handover_id, crate)
        (arrival,) = crate
        second = _to_repair(depot, tx, arrival, late)
        about = {
            "subject_kind": "case", "subject_id": arrival.case.id, "subject_number": arrival.case.number,
            "case_id": arrival.case.id, "unit_id": arrival.unit.id,
        }
        facts = {"serial": arrival.unit.serial, "handovers": [first, second], "note": late.note.strip()}
        entry_id = journal.record(tx, "receiving.found-at-repair", **about, facts=facts)
        journal.record(tx, "receiving.breach", **about, facts={**facts, "article": "8.6"})
        if late.draft:
            drafts.drop(tx, late.draft, "")
    return ReceivedLate(_result(arrival, refused=False), (first, second), receipt_number, entry_id)


def _owed(tx: Tx, taken: Sequence[Arrival]) -> None:
    """Faulty units that were owed for a spare left at a site: repaired for the pool from now on (art. 11.1)."""
    for arrival in taken:
        if arrival.before is not None:  # a unit that is owed is on record since the swap
            _refuse_ours(tx, arrival)
            site_swaps.arrived(tx, arrival.unit, arrival.case.id)


def _joined(depot: Depot, tx: Tx, crate: Sequence[Arrival], refused: Mapping[int, Refusal]) -> None:
    """Units that another depot handed on: their transfers end here, or are told to be refused."""
    for index, arrival in enumerate(crate):
        if arrival.joined is None:
            continue
        if index not in refused:
            transfer_arrivals.arrived(depot, tx, arrival.joined, arrival.case, arrival.unit)
        elif arrival.joined.coming is not None:
            why = refused[index]
            transfer_arrivals.refused(tx, arrival.joined, why.text.strip() or why.reason.value)
            if arrival.reported is None:
                reporting.end_case(tx, arrival.case.id)      # it goes back; nobody awaits it here


def _refuse_ours(tx: Tx, arrival: Arrival) -> None:
    """A spare on its way to a site and a lent loaner come back on the page Spares; a case would double them."""
    use = spare_rows.on_the_way(tx, arrival.unit.id)
    if use is not None:
        raise Refused("receiving.spare-out", field="serial", serial=arrival.unit.serial, number=use.number)
    for lent in loaner_rows.out(tx, unit_id=arrival.unit.id):
        raise Refused("receiving.loaner-out", field="serial", serial=arrival.unit.serial, number=lent.number)


def _check_count(receipt: Receipt) -> None:
    if not receipt.intakes:
        raise Refused("receiving.nothing", field="serial")
    found = len(receipt.intakes) - len(receipt.refused)
    if receipt.announced is not None and receipt.announced != found and not receipt.note.strip():
        raise Refused("receiving.count-mismatch", field="announced", announced=receipt.announced, found=found)


def _take(
    depot: Depot,
    tx: Tx,
    crate: Sequence[Arrival],
    giver: Signature,
    receiver: Signature,
    refused: Mapping[str, Refusal],
    note: str,
    announced: int | None,
) -> tuple[str, str]:
    """The handover from outside to after-sales and the moves into zone 1; returns the handover's id and number."""
    offered, accepted = custody.pass_over(
        depot, tx, _origin(crate), Place.ZONE_PENDING, _items(crate), giver, receiver, refused=refused,
        note=note.strip(), announced=announced,
    )
    known = {thing.id: thing for arrival in crate for thing in (arrival.unit, arrival.traveller)}
    custody.move_accepted(tx, offered, accepted, Place.ZONE_PENDING, known=known)
    return offered.offer.id, offered.offer.number


def _to_repair(depot: Depot, tx: Tx, arrival: Arrival, late: LateReceipt) -> str:
    """The second handover of a late receipt: after-sales → repair, where the unit already stands."""
    offered, accepted = custody.pass_over(
        depot, tx, Place.ZONE_PENDING, Place.REPAIR, _items([arrival]), late.clerk, late.technician,
        note=late.note.strip(),
    )
    stage = after(Step.FOUND_AT_REPAIR, arrival.case.stage)
    rows.change_case(tx, arrival.case.id, stage=stage, found_at_repair=True)
    custody.move_accepted(tx, offered, accepted, Place.REPAIR)
    return offered.offer.number


def _origin(crate: Sequence[Arrival]) -> Place:
    """Where the crate comes from, as the slip says it: by carrier, from the customer, else from the field."""
    places = {arrival.unit.place for arrival in crate}
    if Place.INBOUND in places or places & {Place.OUTBOUND}:
        return Place.INBOUND
    return places.pop() if len(places) == 1 else Place.FIELD


def _items(crate: Sequence[Arrival]) -> list[Item]:
    return [
        item
        for arrival in crate
        for item in (
            Item(LineKind.UNIT, arrival.unit.id, arrival.case.id),
            Item(LineKind.TRAVELLER, arrival.traveller.id, arrival.case.id),
        )
    ]


def _receipt_number(depot: Depot, tx: Tx, handover_id: str, taken: Sequence[Arrival]) -> str:
    """The number of the receipt for the customer (F2); none when nothing was taken."""
    if not taken:
        return ""
    (number,) = node.next_number(tx, DocumentType.RECEIVING_RECEIPT, depot.local_day(tx.at))
    node.record_document(
        tx, number, DocumentType.RECEIVING_RECEIPT, "F2", subject_kind="handover", subject_id=handover_id,
        case_id=taken[0].case.id if len(taken) == 1 else None,
    )
    return number


def _record(
    tx: Tx, crate: Sequence[Arrival], receipt: Receipt, number: str, receipt_number: str
) -> tuple[str, ...]:
    """The journal: one entry per case taken, one per line refused; returns those of the cases taken."""

    def entry(arrival: Arrival, **facts: object) -> dict[str, object]:
        return {
            "subject_kind": "case", "subject_id": arrival.case.id, "subject_number": arrival.case.number,
            "case_id": arrival.case.id, "unit_id": arrival.unit.id,
            "facts": {"serial": arrival.unit.serial, "handover": number, **facts}, "undoes": None,
        }

    refused = [
        entry(crate[index], reason=why.reason.value, text=why.text) for index, why in sorted(receipt.refused.items())
    ]
    taken = [
        entry(
            arrival, receipt=receipt_number, reported=arrival.reported is not None, new_unit=arrival.before is None,
            replaced_unit=arrival.replaced_unit_id, unit=unreceiving.learnt(arrival.before, arrival.unit),
        )
        for index, arrival in enumerate(crate) if index not in receipt.refused
    ]
    if refused:
        journal.record_many(tx, "receiving.refuse-line", refused)
    return tuple(journal.record_many(tx, "receiving.receive", taken)) if taken else ()


def _result(arrival: Arrival, *, refused: bool) -> ReceivedUnit:
    return ReceivedUnit(
        arrival.unit.id, arrival.case.id, arrival.case.number, arrival.traveller.number, arrival.unit.serial,
        arrival.case.visit_no, refused,
    )


UNDO = {"receiving.receive": unreceiving.WAY}

__all__ = ["LateReceipt", "Receipt", "Received", "ReceivedLate", "ReceivedUnit", "receive", "receive_late"]
