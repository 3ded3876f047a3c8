"""Exchange: a spare of zone 3 or a new unit from the stores takes the place of the old one at the customer.

Decided: the new unit is taken to the counter when the exchange is made, and leaves from there in a shipment whose line
names the case of the old unit and the new unit (``services.returning``). The exchange is done when it is delivered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain import exchange as rules
from app.domain import serials
from app.domain.exchange import Candidate, Exchange, ExchangeRow, ExchangeSource, Exchanging
from app.domain.handover import Item, LineKind
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import CUSTODIAN, Place
from app.domain.policy_values import PolicyName
from app.domain.receiving import Unit
from app.domain.rulings import Outcome
from app.domain.signing import OwnSignature
from app.domain.stages import ENDED
from app.errors import Refused
from app.persistence import disposition as disposition_rows
from app.persistence import exchange as rows
from app.persistence import handover as handover_rows
from app.persistence import journal, masterdata, node, spares
from app.persistence import receiving as receiving_rows
from app.persistence.transaction import Tx
from app.services import bench, custody, disposition, exchange_undoing, spare_pool, travellers, warranty
from app.services.bench import Bench
from app.services.exchange_due import due

UNDO = exchange_undoing.UNDO
_CHANGES = (
    Changes.DISPOSITIONS | Changes.CASES | Changes.UNITS | Changes.DOCUMENTS | Changes.WARRANTY | Changes.SPARES
)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The customer's file names the new unit, which stands at the counter. ``number``: of the slip (F12)."""

    exchange_id: str
    number: str
    new_unit_id: str
    warranty_until: date | None
    charge_fen: int
    entry_id: str
    changes: Changes = _CHANGES


def exchange(depot: Depot, exchanging: Exchanging) -> Exchanged:
    """Make the exchange that was ruled.

    Refused: the codes of ``domain.exchange``, ``exchange.not-ruled``, ``exchange.made-already``,
    ``exchange.unknown-serial``, ``spares.not-in-pool``, ``spares.reserved``, ``exchange.not-in-stores``,
    ``exchange.same-unit``, the codes of serials, of ``disposition.required`` and of signing.
    """
    depot.require(Action.EXCHANGE)
    if wrong := rules.exchanging_problems(exchanging):
        raise Refused.because(wrong)
    with depot.write() as tx:
        found = bench.case_rows(tx, exchanging.case_id)
        both = _ordered(depot, tx, found)
        exchange_id = tx.new_id()
        (number,) = node.next_number(tx, DocumentType.EXCHANGE, depot.local_day(tx.at))
        taken = _from_stores if exchanging.source is ExchangeSource.STORES else _from_pool
        new, facts = taken(depot, tx, found, exchanging, number)
        row = _write(depot, tx, found, new, exchanging, Exchange(
            exchange_id, number, found.case.id, found.case.customer_id, found.unit.id, new.id,
            exchanging.source.value, exchanging.reason.strip(), exchanging.substitute_reason.strip(), both,
            depot.policy(tx).text(PolicyName.EXCHANGE_WARRANTY), None, None, exchanging.charge_fen,
            depot.policy(tx).version, str(facts["from"]), str(facts.get("handover", "")), tx.at, tx.by, tx.by_name,
        ), facts)
        entry_id = _record(tx, found, new, row, facts)
    return Exchanged(exchange_id, number, new.id, row.warranty_until, row.charge_fen, entry_id)


def delivered(depot: Depot, tx: Tx, made: Exchange) -> bool:
    """The new unit is with the customer: the turnaround ends; whether the case closed with it."""
    rows.change(tx, made.id, delivered_at=tx.at)
    case = receiving_rows.case(tx, made.case_id)
    if case is not None and case.returned_at is None and not made.both:
        receiving_rows.change_case(tx, case.id, returned_at=tx.at)
    return travellers.close_when_complete(depot, tx, made.case_id)


def open_rows(depot: Depot) -> tuple[ExchangeRow, ...]:
    """Cases in which an exchange is due or under way, the earliest due first."""
    with depot.read() as tx:
        return rows.open_rows(tx)


def of_case(depot: Depot, case_id: str) -> ExchangeRow | None:
    """How far the exchange of a case is."""
    with depot.read() as tx:
        return rows.row_of_case(tx, case_id)


def candidates(depot: Depot, case_id: str) -> tuple[Candidate, ...]:
    """Spares that could be given, of the same product first, the longest in the pool first; reserved ones are left out.
    """
    with depot.read() as tx:
        found = bench.case_rows(tx, case_id)
        return tuple(
            spare for spare in rows.in_pool(tx, found.product.id) if not _reserved(depot, tx, spare.unit_id, found)
        )


def _ordered(depot: Depot, tx: Tx, found: Bench) -> bool:
    """Whether the ruling gives the customer both units; refused unless it orders an exchange that nobody made yet."""
    number = found.case.number
    made = rows.of_case(tx, found.case.id)
    if made is not None:
        raise Refused("exchange.made-already", number=number, paper=made.number)
    ruled = disposition_rows.last(tx, found.case.id)
    if ruled is None or found.case.stage in ENDED:
        raise Refused("exchange.not-ruled", number=number)
    both = Outcome.BOTH_TO_CUSTOMER in ruled.decided
    if not both and Outcome.EXCHANGE not in ruled.decided:
        raise Refused("exchange.not-ruled", number=number)
    if ruled.ended_at is None:
        disposition.required(depot, tx, found, Outcome.BOTH_TO_CUSTOMER if both else Outcome.EXCHANGE)
    return both


def _from_pool(
    depot: Depot, tx: Tx, found: Bench, exchanging: Exchanging, number: str
) -> tuple[Unit, dict[str, object]]:
    serial = _read(exchanging.serial)
    same = receiving_rows.units_with_serial(tx, serial)
    if not same:
        raise Refused("exchange.unknown-serial", field="serial", value=exchanging.serial.strip())
    unit = next((u for u in same if u.place is Place.ZONE_SPARE), same[0])
    if unit.id == found.unit.id:
        raise Refused("exchange.same-unit", field="serial", serial=unit.serial)
    spare_pool.in_pool(tx, unit)
    _same_or_allowed(depot, tx, found, masterdata.get(tx, Product, unit.product_id) or found.product, exchanging)
    spare_pool.take_from_pool(tx, unit, today=depot.local_day(tx.at), customer_id=found.case.customer_id)
    movement = handover_rows.move_unit(
        tx, unit, Place.COUNTER, case_id=unit.case_id, document_number=number, reason="exchange"
    )
    return unit, {"from": Place.ZONE_SPARE.value, "movement": movement}


def _from_stores(
    depot: Depot, tx: Tx, found: Bench, exchanging: Exchanging, number: str
) -> tuple[Unit, dict[str, object]]:
    product = masterdata.get(tx, Product, exchanging.product_id or found.product.id)
    if product is None:
        raise Refused("exchange.unknown-product", field="product_id", value=exchanging.product_id)
    _same_or_allowed(depot, tx, found, product, exchanging)
    if wrong := serials.problems(exchanging.serial, product.rule, field="serial"):
        raise Refused.because(wrong)
    serial = serials.normalise(exchanging.serial, product.rule)
    unit = receiving_rows.unit_of_product(tx, product.id, serial)
    if unit is None:
        unit = Unit(
            tx.new_id(), product.id, serial, exchanging.serial.strip(), False, "", None, None, None, None,
            product.storage_condition, Place.STORES, None, tx.at, 0, None, "",
        )
        receiving_rows.add_units(tx, [unit])
    elif unit.id == found.unit.id:
        raise Refused("exchange.same-unit", field="serial", serial=serial)
    elif unit.place is not Place.STORES:
        raise Refused("exchange.not-in-stores", field="serial", serial=serial, place=unit.place)
    if exchanging.giver is None or not isinstance(exchanging.receiver, OwnSignature):
        raise Refused("exchange.signatures-missing", field="giver")
    custody.require_signer(tx, exchanging.receiver, CUSTODIAN[Place.COUNTER], "receiver")
    offered, accepted = custody.pass_over(
        depot, tx, Place.STORES, Place.COUNTER, [Item(LineKind.UNIT, unit.id, found.case.id)], exchanging.giver,
        exchanging.receiver, note=number,
    )
    custody.move_accepted(tx, offered, accepted, Place.COUNTER)
    moved = receiving_rows.unit(tx, unit.id) or unit
    return moved, {
        "from": Place.STORES.value, "handover": offered.offer.number,
        "movement": handover_rows.last_movement_id(tx, moved),
    }


def _same_or_allowed(depot: Depot, tx: Tx, found: Bench, new: Product, exchanging: Exchanging) -> None:
    allowed = depot.policy(tx).switch(PolicyName.EXCHANGE_SUBSTITUTE)
    if wrong := rules.product_problems(found.product, new, exchanging.substitute_reason, allowed=allowed):
        raise Refused.because(wrong)


def _write(
    depot: Depot, tx: Tx, found: Bench, new: Unit, exchanging: Exchanging, row: Exchange, facts: dict[str, object]
) -> Exchange:
    """Warranty, files and paper. The fee for both units is the policy's of the day."""
    today = depot.local_day(tx.at)
    before = warranty.judgement_on(depot, tx, found.unit, found.product, today)
    carried = warranty.carry_over(depot, tx, found.unit, new, today, row.number, found.case.id)
    product = masterdata.get(tx, Product, new.product_id)
    after = warranty.judgement_on(depot, tx, new, product, today) if product else before
    fee = depot.policy(tx).whole(PolicyName.BOTH_UNITS_FEE) if row.both else 0
    written = replace(
        row, warranty_old_until=before.until, warranty_until=after.until, charge_fen=exchanging.charge_fen + fee
    )
    rows.add(tx, written)
    facts |= {
        "warranty_entry": carried.id, "customer_before": new.customer_id, "old_customer": found.unit.customer_id,
    }
    receiving_rows.change_unit(tx, new.id, customer_id=found.case.customer_id)
    if not row.both:
        receiving_rows.change_unit(tx, found.unit.id, customer_id=None)
    node.record_document(
        tx, row.number, DocumentType.EXCHANGE, "F12", subject_kind="exchange", subject_id=row.id,
        case_id=found.case.id, unit_id=new.id,
    )
    return written


def _record(tx: Tx, found: Bench, new: Unit, row: Exchange, facts: dict[str, object]) -> str:
    """One entry on each life-line, each naming the other serial; the first is the one that can be taken back."""
    told = {
        "old_serial": found.unit.serial, "new_serial": new.serial, "source": row.source, "both": row.both,
        "charge_fen": row.charge_fen, "until": row.warranty_until.isoformat() if row.warranty_until else "",
    }
    subject = {"subject_kind": "exchange", "subject_id": row.id, "subject_number": row.number}
    entry_id = journal.record(
        tx, "exchange.make", **subject, case_id=found.case.id, unit_id=found.unit.id, facts={**told, **facts}
    )
    journal.record(tx, "exchange.came_in", **subject, unit_id=new.id, facts={**told, "case": found.case.number})
    return entry_id


def _reserved(depot: Depot, tx: Tx, unit_id: str, found: Bench) -> bool:
    """Whether a spare is kept for somebody else."""
    held = spares.open_reservation(tx, unit_id)
    return held is not None and held.holds(depot.local_day(tx.at)) and held.customer_id != found.case.customer_id


def _read(text: str) -> str:
    return serials.normalise(text, serials.ANY)


__all__ = [
    "UNDO", "Exchanged", "candidates", "delivered", "due", "exchange", "of_case", "open_rows",
]
