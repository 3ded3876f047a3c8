"""Receiving: a crate is signed for, each unit gets its case, traveller, label and place in zone 1 (art. 7, 8.5, 12.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import receiving as rules
from app.domain import serials
from app.domain.handover import Item, LineKind
from app.domain.masterdata import Customer, Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Place
from app.domain.policy import PolicySnapshot
from app.domain.receiving import Accessory, Intake, ReturnCase, ReturnMethod, Traveller, Unit
from app.domain.signing import Signature
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import journal, masterdata, node
from app.persistence import receiving as rows
from app.persistence.transaction import Tx
from app.services import custody, search


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is signed for at once: one unit or a crate. ``giver``: who hands it in; ``receiver``: our clerk."""

    intakes: tuple[Intake, ...]
    giver: Signature
    receiver: Signature
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedUnit:
    """One unit now in zone 1."""

    unit_id: str
    case_id: str
    case_number: str
    traveller_number: str
    serial: str
    visit_no: int


@dataclass(frozen=True, slots=True)
class Received:
    """The receipt as written: ``number`` of the handover, ``receipt_number`` of the paper for the customer (F2)."""

    number: str
    receipt_number: str
    units: tuple[ReceivedUnit, ...]
    entry_id: str
    changes: Changes = Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One intake with the rows it becomes."""

    intake: Intake
    unit: Unit
    known: bool
    case: ReturnCase
    traveller: Traveller


def receive(depot: Depot, receipt: Receipt) -> Received:
    """Sign for a crate: handover, cases, travellers, moves to ``ZONE_PENDING``, journal; all or nothing.

    Refused: the codes of ``domain.receiving.problems``, ``receiving.nothing``, ``receiving.already-here``,
    ``receiving.twice``, ``receiving.unknown-product``, ``receiving.unknown-customer``, the codes of signing.
    """
    depot.require(Action.RECEIVE)
    if not receipt.intakes:
        raise Refused("receiving.nothing", field="serial")
    with depot.write() as tx:
        policy = depot.policy(tx)
        arrivals = _arrivals(depot, tx, receipt.intakes, policy)
        _write(tx, arrivals)
        origins = {arrival.unit.place for arrival in arrivals}
        offered = custody.offer(
            depot, tx, Place.INBOUND if Place.INBOUND in origins else Place.FIELD, Place.ZONE_PENDING,
            [
                item
                for arrival in arrivals
                for item in (
                    Item(LineKind.UNIT, arrival.unit.id, arrival.case.id),
                    Item(LineKind.TRAVELLER, arrival.traveller.id, arrival.case.id),
                )
            ],
            receipt.giver, note=receipt.note,
        )
        accepted = custody.accept(depot, tx, offered, {}, receipt.receiver)
        custody.move_accepted(tx, offered, accepted, Place.ZONE_PENDING)
        (receipt_number,) = node.next_number(tx, DocumentType.RECEIVING_RECEIPT, depot.local_day(tx.at))
        node.record_document(
            tx, receipt_number, DocumentType.RECEIVING_RECEIPT, "F2", subject_kind="handover",
            subject_id=offered.offer.id, case_id=arrivals[0].case.id if len(arrivals) == 1 else None,
        )
        entries = journal.record_many(
            tx, "receiving.receive",
            [
                {
                    "subject_kind": "case", "subject_id": arrival.case.id, "subject_number": arrival.case.number,
                    "case_id": arrival.case.id, "unit_id": arrival.unit.id,
                    "facts": {"serial": arrival.unit.serial, "handover": offered.offer.number}, "undoes": None,
                }
                for arrival in arrivals
            ],
        )
    return Received(
        offered.offer.number, receipt_number,
        tuple(
            ReceivedUnit(a.unit.id, a.case.id, a.case.number, a.traveller.number, a.unit.serial, a.case.visit_no)
            for a in arrivals
        ),
        entries[0],
    )


def _arrivals(depot: Depot, tx: Tx, intakes: Sequence[Intake], policy: PolicySnapshot) -> list[_Arrival]:
    today = depot.local_day(tx.at)
    case_numbers = node.next_number(tx, DocumentType.RETURN_CASE, today, len(intakes))
    traveller_numbers = node.next_number(tx, DocumentType.TRAVELLER, today, len(intakes))
    seen: set[tuple[str, str]] = set()
    arrivals = []
    for intake, case_number, traveller_number in zip(intakes, case_numbers, traveller_numbers, strict=True):
        product = masterdata.get(tx, Product, intake.product_id) if intake.product_id else None
        if intake.product_id and product is None:
            raise Refused("receiving.unknown-product", field="product_id", value=intake.product_id)
        if intake.customer_id and masterdata.get(tx, Customer, intake.customer_id) is None:
            raise Refused("receiving.unknown-customer", field="customer_id", value=intake.customer_id)
        wrong = rules.problems(intake, product.rule if product else serials.ANY, today)
        if wrong or product is None:
            raise Refused.because(wrong)
        unit, known = _unit(depot, tx, intake, product)
        if (product.id, unit.serial) in seen:
            raise Refused("receiving.twice", field="serial", serial=unit.serial)
        seen.add((product.id, unit.serial))
        case = _case(tx, intake, unit, known, case_number, policy, depot)
        traveller = Traveller(
            tx.new_id(), traveller_number, case.id, unit.id, unit.place, tx.at, 0, None, None, ""
        )
        arrivals.append(_Arrival(intake, unit, known, case, traveller))
    return arrivals


def _unit(depot: Depot, tx: Tx, intake: Intake, product: Product) -> tuple[Unit, bool]:
    """The unit of an intake: the known one with this serial, or a new one; refused while its last visit is open."""
    if intake.unreadable:
        (n,) = node.next_in_series(tx, "tag")
        serial = serials.depot_tag(depot.depot_id, n)
    else:
        serial = serials.normalise(intake.serial, product.rule)
    known = rows.unit_of_product(tx, product.id, serial)
    if known is None:
        place = Place.INBOUND if intake.method is ReturnMethod.MAILED else Place.FIELD
        return Unit(
            tx.new_id(), product.id, serial, intake.serial.strip(), intake.unreadable, intake.lot.strip(),
            intake.manufactured_on, intake.shipped_on, intake.accepted_on, intake.customer_id,
            product.storage_condition, place, None, tx.at, 0, None, "",
        ), False
    visit = rows.open_case_of_unit(tx, known.id)
    if visit is not None:
        raise Refused("receiving.already-here", field="serial", serial=serial, number=visit.number, stage=visit.stage)
    return known, True


def _case(
    tx: Tx, intake: Intake, unit: Unit, known: bool, number: str, policy: PolicySnapshot, depot: Depot  # noqa: FBT001
) -> ReturnCase:
    from app.services import clocks

    today = depot.local_day(tx.at)
    visit_no = rows.visits(tx, unit.id) + 1 if known else 1
    return ReturnCase(
        id=tx.new_id(), number=number, unit_id=unit.id, product_id=unit.product_id, customer_id=intake.customer_id,
        stage=Stage.RECEIVED, visit_no=visit_no, urgency=intake.urgency.value, method=intake.method.value,
        brought_by=intake.brought_by.value, waybill=intake.waybill.strip(), site=intake.site.strip(),
        contact=intake.contact.strip(), contact_phone=intake.contact_phone.strip(), phase=intake.phase.value,
        fault_on=intake.fault_on, symptom=intake.symptom.strip(), symptom_code=intake.symptom_code,
        tried=intake.tried.strip(), condition=intake.condition.strip(), return_needed=intake.return_needed,
        spare_left_serial=intake.spare_left_serial.strip(), warranty_proof=intake.warranty_proof.strip(),
        warranty="", back_on=intake.back_on, reported_at=tx.at, received_at=tx.at, received_by=tx.by,
        promised_on=intake.promised_on, due_on=clocks.due_on(policy, today, intake.promised_on),
        found_at_repair=False, technician_id=None, result=None, outcome=None, passed_at=None, returned_at=None,
        closed_at=None, paused_at=None, pause_reason=None, policy_version=policy.version,
        external_id=intake.external_id, external_outcome=intake.external_outcome, import_batch_id=None,
        note=intake.note.strip(),
    )


def _write(tx: Tx, arrivals: Sequence[_Arrival]) -> None:
    rows.add_units(tx, [arrival.unit for arrival in arrivals if not arrival.known])
    rows.add_cases(tx, [arrival.case for arrival in arrivals])
    rows.add_travellers(tx, [arrival.traveller for arrival in arrivals])
    rows.add_accessories(
        tx,
        [
            Accessory(tx.new_id(), arrival.case.id, a.name.strip(), a.serial.strip(), a.condition.strip(), a.quantity, 0)
            for arrival in arrivals
            for a in arrival.intake.accessories
        ],
    )
    for arrival in arrivals:
        rows.change_unit(tx, arrival.unit.id, case_id=arrival.case.id)
    search.index_units(tx, [arrival.unit for arrival in arrivals])


__all__ = ["Receipt", "Received", "ReceivedUnit", "receive"]
