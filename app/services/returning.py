"""The way back to the customer, or onto the spare shelf: put away, pack, send, prove delivery (art. 10.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain import returning as rules
from app.domain.clocks import PauseReason
from app.domain.handover import Item, LineKind
from app.domain.masterdata import Customer
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Custodian, Place
from app.domain.receiving import Accessory, ReturnCase, Unit
from app.domain.returning import Gate, GateState, Packing, Proof, ReturnRow, SendMethod, Shipment
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature
from app.domain.stages import Step, after
from app.errors import Refused
from app.persistence import exchange as exchange_rows
from app.persistence import handover as handover_rows
from app.persistence import journal, masterdata, node, pauses
from app.persistence import loaners as loaner_rows
from app.persistence import receiving as receiving_rows
from app.persistence import returning as rows
from app.persistence import spares as spare_rows
from app.persistence.transaction import Tx
from app.services import (
    claims,
    clocks,
    custody,
    departures,
    determination,
    exchange,
    returning_undoing,
    travellers,
)
from app.services.departures import Departure

UNDO = returning_undoing.UNDO
_CHANGES = Changes.UNITS | Changes.CASES | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class PutAway:
    """Units were put away; ``entry_ids`` can be taken back."""

    entry_ids: tuple[str, ...]
    place: Place
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Packed:
    """A shipment was packed; ``slip_numbers``: repair slip (F8) and feedback slip (F9) number per case id."""

    shipment_id: str
    number: str
    slip_numbers: tuple[tuple[str, str, str], ...]
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class PackingStart:
    """What the packing form begins with: the customer's address, and what came in with the units."""

    consignee: str
    phone: str
    address: str
    accessories: tuple[Accessory, ...]
    loaners_out: tuple[str, ...] = ()    # serials of loaners that are out for these cases


@dataclass(frozen=True, slots=True)
class Sent:
    """Custody went over: to the carrier, or straight to the customer (``delivered``)."""

    handover_number: str
    delivered: bool
    closed: tuple[str, ...]
    changes: Changes = _CHANGES | Changes.HANDOVERS


def put_away(
    depot: Depot, case_ids: Sequence[str], *, return_needed: bool, shelves: dict[str, str] | None = None
) -> PutAway:
    """Passed units go to zone 2 (return needed) or zone 3 (spare). ``shelves``: unit id → shelf id.

    Refused: ``returning.not-passed``, ``returning.not-at-counter``, ``returning.for-the-pool`` (owed for a spare that
    was left at a site: it is the depot's), ``returning.kept`` (kept by a ruling: it never goes back), the laws of the
    zones.
    """
    depot.require(Action.PUT_AWAY)
    if not case_ids:
        raise Refused("returning.nothing", field="case_ids")
    place = Place.ZONE_REPAIRED if return_needed else Place.ZONE_SPARE
    step = Step.PUT_AWAY_RETURN if return_needed else Step.PUT_AWAY_SPARE
    entry_ids = []
    with depot.write() as tx:
        for case_id in case_ids:
            case, unit = _case_and_unit(tx, case_id)
            stage = after(step, case.stage)
            if stage is None:
                raise Refused("returning.not-passed", number=case.number, stage=case.stage)
            use = spare_rows.recovered_by(tx, case.id) if return_needed else None
            if use is not None:
                raise Refused("returning.for-the-pool", serial=unit.serial, use=use.number)
            if unit.place is not Place.COUNTER:
                raise Refused("returning.not-at-counter", serial=unit.serial, place=unit.place)
            if return_needed and determination.is_kept(tx, case.id):
                raise Refused("returning.kept", field="return_needed", serial=unit.serial, number=case.number)
            receiving_rows.change_case(tx, case.id, stage=stage, return_needed=return_needed)
            movement_id = handover_rows.move_unit(
                tx, unit, place, case_id=case.id, to_shelf_id=(shelves or {}).get(unit.id), reason="put away"
            )
            entry_ids.append(
                journal.record(
                    tx, "returning.put_away", subject_kind="case", subject_id=case.id, subject_number=case.number,
                    case_id=case.id, unit_id=unit.id,
                    facts={"to": place.value, "movement": movement_id, "return_needed_before": case.return_needed},
                )
            )
            if not return_needed:
                travellers.close_when_complete(depot, tx, case.id)
    return PutAway(tuple(entry_ids), place)


def checklist(depot: Depot, case_id: str) -> tuple[GateState, ...]:
    """The gates of a case as they stand now."""
    with depot.read() as tx:
        return departures.checklist(depot, tx, *_case_and_unit(tx, case_id))


def packing_start(depot: Depot, case_ids: Sequence[str]) -> PackingStart:
    """Proposals for packing ``case_ids``: contact of the case before the customer's own, all accessories."""
    with depot.read() as tx:
        pairs = [_case_and_unit(tx, case_id) for case_id in case_ids]
        first = pairs[0][0]
        customer = masterdata.get(tx, Customer, first.customer_id)
        accessories = [a for case, _unit in pairs for a in receiving_rows.accessories_of_case(tx, case.id)]
        out = tuple(serial for case, _unit in pairs for serial in loaner_rows.out_numbers(tx, case.id))
    return PackingStart(
        first.contact or (customer.contact or customer.name if customer else ""),
        first.contact_phone or (customer.phone if customer else ""), customer.address if customer else "",
        tuple(accessories), out,
    )


def pack(depot: Depot, packing: Packing) -> Packed:
    """Pack units of one customer: packing slip, repair slip and feedback slip get their numbers.

    Refused: ``returning.nothing``, ``returning.several-customers``, ``returning.gate-<gate>``,
    ``returning.accessory-quantity`` and the other codes of the packing form.
    """
    depot.require(Action.RETURN)
    wrong = rules.packing_problems(packing)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        cases = [_case_and_unit(tx, case_id) for case_id in dict.fromkeys(packing.case_ids)]
        if len({case.customer_id for case, _ in cases}) > 1:
            raise Refused("returning.several-customers", field="case_ids")
        _pack_accessories(tx, cases, dict(packing.accessories))
        leaving = [departure for pair in cases for departure in departures.of_case(tx, *pair)]
        for departure in leaving:
            departures.require_gates(
                depot, tx, departure, passed={Gate.LOANER_BACK} if packing.loaner_in_exchange else ()
            )
        today = depot.local_day(tx.at)
        (number,) = node.next_number(tx, DocumentType.PACKING_SLIP, today)
        shipment = Shipment(
            tx.new_id(), number, cases[0][0].customer_id, packing.method.value, packing.carrier.strip(),
            packing.waybill.strip(), packing.consignee.strip(), packing.phone.strip(), packing.address.strip(), tx.at,
            tx.by, None, None, None, None, "",
        )
        rows.add_shipment(tx, shipment, [(departure.case.id, departure.unit.id) for departure in leaving])
        if packing.method is SendMethod.COLLECTED:
            _wait_for_the_customer(tx, [case for case, _ in cases])
        only = cases[0][0].id if len(cases) == 1 else None
        node.record_document(
            tx, number, DocumentType.PACKING_SLIP, "F10", subject_kind="shipment", subject_id=shipment.id, case_id=only
        )
        slips = _slip_numbers(depot, tx, shipment.id, leaving)
        entry_id = journal.record(
            tx, "returning.pack", subject_kind="shipment", subject_id=shipment.id, subject_number=number, case_id=only,
            facts={"cases": [case.number for case, _ in cases], "accessories": dict(packing.accessories)},
        )
    return Packed(shipment.id, number, slips, entry_id)


def send(depot: Depot, shipment_id: str, giver: OwnSignature, receiver: Signature) -> Sent:
    """Hand a packed shipment over: to courier or field person (→ ``OUTBOUND``), or to the customer at the counter.

    Refused: ``returning.unknown-shipment``, ``returning.sent-already``, ``returning.customer-signs``, the
    codes of ``custody.require_signer`` and of signing.
    """
    depot.require(Action.RETURN)
    with depot.write() as tx:
        shipment = _shipment(tx, shipment_id)
        if shipment.sent_at is not None:
            raise Refused("returning.sent-already", number=shipment.number)
        collected = shipment.method == SendMethod.COLLECTED.value
        if collected and not (isinstance(receiver, OutsideSignature) and receiver.party is not Party.CARRIER):
            raise Refused("returning.customer-signs", field="receiver", number=shipment.number)
        custody.require_signer(tx, giver, Custodian.AFTER_SALES, "giver")
        target = Place.CUSTOMER if collected else Place.OUTBOUND
        number = _hand_over(depot, tx, shipment, target, giver, receiver)
        rows.change_shipment(tx, shipment.id, sent_at=tx.at)
        closed: tuple[str, ...] = ()
        if collected:
            paper = isinstance(receiver, OutsideSignature) and receiver.on_paper
            closed = _delivered(depot, tx, shipment, Proof.PAPER if paper else Proof.SIGNED, "")
        _record(tx, "returning.send", shipment, {"handover": number, "to": target.value})
    return Sent(number, collected, closed)


def deliver(
    depot: Depot, shipment_id: str, carrier: Signature, customer: OutsideSignature, *, proof: Proof, note: str = ""
) -> Sent:
    """Record delivery: the carrier gives, the customer receives, by signature, on paper, or the carrier confirms.

    Refused: ``returning.unknown-shipment``, ``returning.not-sent``, ``returning.delivered-already``,
    ``returning.proof-note`` (a carrier's confirmation needs its reference).
    """
    depot.require(Action.RECORD_DELIVERY)
    if proof is Proof.CARRIER and not note.strip():
        raise Refused("returning.proof-note", field="note")
    with depot.write() as tx:
        shipment = _shipment(tx, shipment_id)
        if shipment.sent_at is None:
            raise Refused("returning.not-sent", number=shipment.number)
        if shipment.delivered_at is not None:
            raise Refused("returning.delivered-already", number=shipment.number)
        number = _hand_over(depot, tx, shipment, Place.CUSTOMER, carrier, customer)
        closed = _delivered(depot, tx, shipment, proof, note.strip())
        _record(tx, "returning.deliver", shipment, {"handover": number, "proof": proof.value, "note": note.strip()})
    return Sent(number, delivered=True, closed=closed)


def listed(depot: Depot, name: str, limit: int = 200, last: ReturnRow | None = None) -> tuple[ReturnRow, ...]:
    """Cases ``put_away`` (at the counter), ``ready`` (zone 2), ``on_the_way``; by due day, page after ``last``."""
    with depot.read() as tx:
        place = (last.due_on.isoformat() if last.due_on else "9999-12-31", last.case_id) if last else None
        return rows.rows(tx, name, limit=limit, after=place)


def shipment_of(depot: Depot, shipment_id: str) -> Shipment:
    """A shipment. Refused: ``returning.unknown-shipment``."""
    with depot.read() as tx:
        return _shipment(tx, shipment_id)


def _pack_accessories(tx: Tx, pairs: Sequence[tuple[ReturnCase, Unit]], packed: dict[str, int]) -> None:
    for case, _unit in pairs:
        accessories = receiving_rows.accessories_of_case(tx, case.id)
        wrong = rules.quantity_problems(accessories, packed)
        if wrong:
            raise Refused.because(wrong)
        for accessory in accessories:
            if accessory.id in packed:
                receiving_rows.change_accessory(tx, accessory.id, quantity_out=packed[accessory.id])


def _wait_for_the_customer(tx: Tx, cases: Sequence[ReturnCase]) -> None:
    """What is packed for the customer to collect is done: the clock stands still until it is collected (spec 1 §6)."""
    for case in cases:
        pauses.start(tx, case.id, PauseReason.CUSTOMER_COLLECTS.value)
        receiving_rows.change_case(
            tx, case.id, paused_at=tx.at, pause_reason=PauseReason.CUSTOMER_COLLECTS.value
        )


def _slip_numbers(
    depot: Depot, tx: Tx, shipment_id: str, leaving: Sequence[Departure]
) -> tuple[tuple[str, str, str], ...]:
    """Repair slip and feedback slip of each unit; the paper of a unit given in exchange is its exchange slip (F12)."""
    today = depot.local_day(tx.at)
    found: dict[str, tuple[str, str]] = {}
    pairs = [(d.case, d.unit) for d in leaving if d.made is None]
    pairs += [(d.case, d.unit) for d in leaving if d.made is not None and d.case.id not in {c.id for c, _ in pairs}]
    swapped = {d.unit.id: d.made.number for d in leaving if d.made is not None}
    for case, unit in pairs:
        slip = swapped.get(unit.id) or _paper(tx, DocumentType.REPAIR_SLIP, "F8", today, shipment_id, case, unit)
        feedback = _paper(tx, DocumentType.FEEDBACK_SLIP, "F9", today, shipment_id, case, unit)
        found[case.id] = (slip, feedback)
    return tuple((case_id, slip, feedback) for case_id, (slip, feedback) in found.items())


def _paper(
    tx: Tx, type_: DocumentType, form: str, today: date, shipment_id: str, case: ReturnCase, unit: Unit
) -> str:
    (number,) = node.next_number(tx, type_, today)
    node.record_document(
        tx, number, type_, form, subject_kind="shipment", subject_id=shipment_id, case_id=case.id, unit_id=unit.id
    )
    return number


def _hand_over(
    depot: Depot, tx: Tx, shipment: Shipment, target: Place, giver: Signature, receiver: Signature
) -> str:
    """One handover per place that units leave from (zone 2, and the counter for exchanged ones); their numbers."""
    by_place: dict[Place, list[Item]] = {}
    for case_id, unit_id in rows.cases_of_shipment(tx, shipment.id):
        unit = receiving_rows.unit(tx, unit_id)
        if unit is None:
            raise LookupError(unit_id)
        by_place.setdefault(unit.place, []).append(Item(LineKind.UNIT, unit_id, case_id))
    numbers = []
    for origin, items in by_place.items():
        offered, accepted = custody.pass_over(
            depot, tx, origin, target, items, giver, receiver, note=shipment.number
        )
        custody.move_accepted(tx, offered, accepted, target)
        numbers.append(offered.offer.number)
    return ", ".join(numbers)


def _record(tx: Tx, action: str, shipment: Shipment, facts: dict[str, object]) -> None:
    """One entry per unit, so that each life-line tells it."""
    journal.record_many(
        tx, action,
        [
            {
                "subject_kind": "shipment", "subject_id": shipment.id, "subject_number": shipment.number,
                "case_id": case_id, "unit_id": unit_id, "facts": facts, "undoes": None,
            }
            for case_id, unit_id in rows.cases_of_shipment(tx, shipment.id)
        ],
    )


def _delivered(depot: Depot, tx: Tx, shipment: Shipment, proof: Proof, note: str) -> tuple[str, ...]:
    """The cases of a delivered shipment are returned; the ids of those that closed with it."""
    rows.change_shipment(tx, shipment.id, delivered_at=tx.at, proof=proof.value, proof_note=note)
    closed = []
    for case_id, unit_id in rows.cases_of_shipment(tx, shipment.id):
        case, _unit = _case_and_unit(tx, case_id)
        if unit_id != case.unit_id:
            closed += _exchanged(depot, tx, case)
            continue
        stage = after(Step.RETURN, case.stage)
        if stage is None:
            raise Refused("returning.not-ready", number=case.number, stage=case.stage)
        if case.paused_at is not None:
            pauses.end(tx, case_id)
        receiving_rows.change_case(
            tx, case_id, stage=stage, returned_at=tx.at, paused_at=None, pause_reason=None
        )
        clocks.refresh_due(depot, tx, case_id)
        claims.handed_back(depot, tx, case_id)
        if travellers.close_when_complete(depot, tx, case_id):
            closed.append(case_id)
    return tuple(closed)


def _exchanged(depot: Depot, tx: Tx, case: ReturnCase) -> list[str]:
    """The unit given in exchange is with the customer; the id of the case if that closed it."""
    made = exchange_rows.of_case(tx, case.id)
    if made is None:
        raise LookupError(f"no exchange of case {case.id}")
    if case.pause_reason == PauseReason.CUSTOMER_COLLECTS.value:
        pauses.end(tx, case.id)
        receiving_rows.change_case(tx, case.id, paused_at=None, pause_reason=None)
    closed = exchange.delivered(depot, tx, made)
    clocks.refresh_due(depot, tx, case.id)
    return [case.id] if closed else []


def _shipment(tx: Tx, shipment_id: str) -> Shipment:
    found = rows.shipment(tx, shipment_id)
    if found is None:
        raise Refused("returning.unknown-shipment")
    return found


def _case_and_unit(tx: Tx, case_id: str) -> tuple[ReturnCase, Unit]:
    case = receiving_rows.case(tx, case_id)
    unit = receiving_rows.unit(tx, case.unit_id) if case else None
    if case is None or unit is None:
        raise Refused("returning.unknown-case", value=case_id)
    return case, unit


__all__ = [
    "UNDO", "Packed", "PutAway", "Sent", "checklist", "deliver", "listed", "pack", "put_away", "send",
    "shipment_of",
]
