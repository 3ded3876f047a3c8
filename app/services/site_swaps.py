"""A repaired spare goes to a site and stays there; the faulty unit is owed until it arrives (art. 11.1; spec 1 §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from app.changes import Changes
from app.depot import Depot
from app.domain import serials
from app.domain import spares as rules
from app.domain.calendars import WorkingCalendar
from app.domain.clocks import Colour, read
from app.domain.deadlines import owed_unit
from app.domain.handover import Item, LineKind
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.policy_values import PolicyName
from app.domain.receiving import Unit
from app.domain.signing import OutsideSignature, Party, Signature
from app.domain.spares import Carriage, Sending, SpareUse, Swapping, UseRow, UseState
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import emergency as emergency_rows
from app.persistence import journal, masterdata, node
from app.persistence import receiving as receiving_rows
from app.persistence import spares as rows
from app.persistence.transaction import Tx
from app.services import clocks, custody, request_swaps, search, signing, warranty
from app.services.spare_pool import case_of, customer_of, take_from_pool, unit_of

_CHANGES = (
    Changes.SPARES | Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS | Changes.REQUESTS
)
#: Who takes a spare to the site, and where it is then.
_WAYS = {
    Carriage.FIELD_STAFF: (Party.FIELD_STAFF, Place.FIELD),
    Carriage.COURIER: (Party.CARRIER, Place.OUTBOUND),
}
_OUTSIDE = frozenset({Custodian.OUTSIDE, Custodian.CARRIER})


@dataclass(frozen=True, slots=True)
class SentToSite:
    """A spare left for a site. ``number``: of the spare use record (F15)."""

    use_id: str
    number: str
    handover_number: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Swapped:
    """A spare stays at the site; ``replaced_serial`` is owed until ``due_on``."""

    number: str
    replaced_unit_id: str
    replaced_serial: str
    due_on: date
    changes: Changes = _CHANGES | Changes.WARRANTY


@dataclass(frozen=True, slots=True)
class Settled:
    """A spare use came to an end; ``entry_id`` can be taken back where it is given."""

    number: str
    entry_id: str = ""
    changes: Changes = _CHANGES


def send_to_site(depot: Depot, sending: Sending, giver: Signature, receiver: Signature) -> SentToSite:
    """A spare leaves zone 3, or a unit built in a hurry leaves the stores, by handover to field person or courier.

    Refused: the codes of ``domain.spares.sending_problems``, ``spares.not-in-pool``, ``spares.reserved``,
    ``spares.who-takes``, ``spares.stores-give``, the codes of ``request_swaps.asked`` and of signing.
    """
    depot.require(Action.SPARE_SWAP)
    wrong = rules.sending_problems(sending)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        unit, case = unit_of(tx, sending.unit_id), case_of(tx, sending.case_number)
        customer_of(tx, sending.customer_id)
        request = request_swaps.asked(tx, sending.request_number, sending.customer_id)
        today = depot.local_day(tx.at)
        party, target = _WAYS[sending.carriage]
        if not (isinstance(receiver, OutsideSignature) and receiver.party is party):
            raise Refused("spares.who-takes", field="receiver", party=party)
        _may_leave(tx, unit, sending.customer_id, today, giver)
        (number,) = node.next_number(tx, DocumentType.SPARE_USE, today)
        handover = _hand_over(depot, tx, unit, target, giver, receiver, number)
        use = SpareUse(
            id=tx.new_id(), number=number, unit_id=unit.id, customer_id=sending.customer_id,
            case_id=case.id if case else None, site=sending.site.strip(), contact=sending.contact.strip(),
            contact_phone=sending.contact_phone.strip(), reason=sending.reason.strip(),
            carrier=sending.carrier.strip(), waybill=sending.waybill.strip(), from_place=unit.place.value,
            out_handover=handover, sent_at=tx.at, sent_by=tx.by, replaced_unit_id=None, replaced_serial="",
            swapped_on=None, swapped_at=None, swapped_by=None, user_name="", user_signature_id=None, owed_since=None,
            owed_due_on=None, owed_days=None, policy_version="", recovered_at=None, recovered_case_id=None,
            written_off_at=None, written_off_by=None, written_off_reason="", unused_at=None, unused_handover="",
            note="", request_id=request.id if request else None,
        )
        rows.add_use(tx, use)
        node.record_document(
            tx, number, DocumentType.SPARE_USE, "F15", subject_kind="spare_use", subject_id=use.id,
            case_id=use.case_id, unit_id=unit.id,
        )
        _record(tx, "spares.send", use, unit.id, unit.case_id, {
            "who": customer_of(tx, use.customer_id).name, "text": use.site, "note": use.reason, "handover": handover,
        })
        request_swaps.sent(tx, request, use, unit.serial)
    return SentToSite(use.id, number, handover)


def swap_at_site(
    depot: Depot, swapping: Swapping, user: Signature, carrier: Signature | None = None
) -> Swapped:
    """The spare stays with the customer; the faulty unit is ours and owed. The user signs the record (F15).

    ``carrier``: who delivered it, where a courier took it; on paper unless given. Warranty is carried over to the
    spare, ownership of both serials switches, an announced case of the faulty unit is marked for the pool.

    Refused: the codes of ``domain.spares.swapping_problems``, ``spares.unknown-use``, ``spares.use-ended``,
    ``spares.user-signs``, ``spares.unknown-serial``, ``spares.same-unit``, ``spares.replaced-in-house``,
    ``spares.owed-already``, the codes of serials and signing.
    """
    depot.require(Action.SPARE_SWAP)
    with depot.write() as tx:
        use = _use(tx, swapping.use_id, UseState.ON_THE_WAY)
        today = depot.local_day(tx.at)
        wrong = rules.swapping_problems(swapping, depot.local_day(use.sent_at), today)
        if wrong or swapping.swapped_on is None:
            raise Refused.because(wrong)
        if not (isinstance(user, OutsideSignature) and user.party is not Party.CARRIER):
            raise Refused("spares.user-signs", field="user")
        spare = unit_of(tx, use.unit_id)
        faulty = _replaced(tx, swapping, spare)
        _deliver(depot, tx, use, spare, user, carrier)
        signed = signing.sign(
            depot, tx, user, purpose="spares.swap", subject_kind="spare_use", subject_id=use.id, field="user"
        )
        since = min(datetime.combine(swapping.swapped_on, time(12), depot.zone), tx.at)
        policy = depot.policy(tx, swapping.swapped_on)
        due = read(owed_unit(since, None, policy), tx.at, WorkingCalendar(depot.zone)).due
        _announced(tx, faulty, spare)
        _switch(depot, tx, use, spare, faulty, swapping.swapped_on)
        rows.change_use(
            tx, use.id, replaced_unit_id=faulty.id, replaced_serial=faulty.serial, swapped_on=swapping.swapped_on,
            swapped_at=tx.at, swapped_by=tx.by, user_name=signed.name, user_signature_id=signed.id, owed_since=since,
            owed_due_on=due, owed_days=policy.whole(PolicyName.OWED_UNIT_DAYS), policy_version=policy.version,
            note=swapping.note.strip(),
        )
        facts = {"spare": spare.serial, "replaced": faulty.serial, "who": signed.name, "due": due.isoformat()}
        _record(tx, "spares.swap", use, spare.id, spare.case_id, facts)
        _record(tx, "spares.owed", use, faulty.id, faulty.case_id, facts)
        request_swaps.swapped(tx, use, spare.serial, faulty.serial)
    return Swapped(use.number, faulty.id, faulty.serial, due)


def bring_back(depot: Depot, use_id: str, giver: Signature, receiver: Signature) -> Settled:
    """A spare comes back unused: to zone 3, or to the stores if it was built in a hurry and never returned.

    Refused: ``spares.unknown-use``, ``spares.use-ended``, ``spares.cannot-rejoin``, the codes of signing.
    """
    depot.require(Action.SPARE_SWAP)
    with depot.write() as tx:
        use = _use(tx, use_id, UseState.ON_THE_WAY)
        unit = unit_of(tx, use.unit_id)
        target = Place(use.from_place)
        if target is Place.ZONE_SPARE:
            case = receiving_rows.case(tx, unit.case_id or "")
            if case is None or case.stage not in rules.POOLED:
                raise Refused("spares.cannot-rejoin", serial=unit.serial)
            custody.require_signer(tx, receiver, Custodian.AFTER_SALES, "receiver")
        elif not (isinstance(receiver, OutsideSignature) and receiver.party is Party.STORES):
            raise Refused("spares.stores-take", field="receiver", serial=unit.serial)
        handover = _hand_over(depot, tx, unit, target, giver, receiver, use.number)
        rows.change_use(tx, use.id, unused_at=tx.at, unused_handover=handover)
        _record(tx, "spares.unused", use, unit.id, unit.case_id, {"handover": handover})
        request_swaps.came_back(tx, use)
    return Settled(use.number)


def write_off(depot: Depot, use_id: str, reason: str) -> Settled:
    """The owed unit will not come (lost, scrapped at the site): the supervisor says why. It may still turn up.

    Refused: ``spares.unknown-use``, ``spares.use-ended``, ``spares.write-off-reason``.
    """
    depot.require(Action.OVERRIDE)
    if not reason.strip():
        raise Refused("spares.write-off-reason", field="reason")
    with depot.write() as tx:
        use = _use(tx, use_id, UseState.OWED)
        rows.change_use(
            tx, use.id, written_off_at=tx.at, written_off_by=tx.by, written_off_reason=reason.strip()
        )
        entry_id = _record(
            tx, "spares.write-off", use, use.replaced_unit_id or use.unit_id, None, {"reason": reason.strip()}
        )
    return Settled(use.number, entry_id, Changes.SPARES)


def owed(depot: Depot, *, settled: bool = False, limit: int = 500) -> tuple[UseRow, ...]:
    """Spares on the way and units owed, the latest first; or, ``settled``, what came to an end, newest first."""
    with depot.read() as tx:
        today, policy = depot.local_day(tx.at), depot.policy(tx)
        found = rows.use_rows(tx, settled=settled, limit=limit)
    shown = []
    for row in found:
        state = rules.state_of(row.swapped_at, row.recovered_at, row.written_off_at, row.unused_at)
        waits = state is UseState.OWED
        end = depot.local_day(row.recovered_at) if row.recovered_at else today
        shown.append(UseRow(
            use_id=row.id, number=row.number, state=state, spare_unit_id=row.unit_id, spare_serial=row.spare_serial,
            spare_place=row.spare_place, model=row.model or "", name_zh=row.name_zh or "", name_en=row.name_en or "",
            replaced_unit_id=row.replaced_unit_id, replaced_serial=row.replaced_serial, customer_id=row.customer_id,
            customer=row.customer, contact=row.contact, contact_phone=row.contact_phone, site=row.site,
            sent_at=row.sent_at, swapped_on=row.swapped_on, owed_due_on=row.owed_due_on,
            days_owed=(end - row.swapped_on).days if row.swapped_on else 0,
            days_left=(row.owed_due_on - today).days if waits and row.owed_due_on else None,
            colour=clocks.colour_of(row.owed_due_on, today, policy) if waits else Colour.CALM,
            recovered_at=row.recovered_at, recovered_case=row.recovered_case,
            written_off_reason=row.written_off_reason, request_number=row.request_number,
        ))
    return tuple(shown)


def arrived(tx: Tx, unit: Unit, case_id: str) -> SpareUse | None:
    """An owed unit is at the counter, inside the receipt: its case is repaired for the pool, the record closes."""
    use = rows.owed_for(tx, unit.id)
    if use is None:
        return None
    spare = unit_of(tx, use.unit_id)
    rows.change_use(tx, use.id, recovered_at=tx.at, recovered_case_id=case_id)
    receiving_rows.change_case(tx, case_id, return_needed=False, spare_left_serial=spare.serial)
    receiving_rows.change_unit(tx, unit.id, customer_id=None)
    _record(tx, "spares.arrived", use, unit.id, case_id, {"spare": spare.serial})
    return use


def unarrived(tx: Tx, case_id: str) -> None:
    """The receipt by which an owed unit arrived was undone: it is owed again."""
    use = rows.recovered_by(tx, case_id)
    if use is not None:
        rows.change_use(tx, use.id, recovered_at=None, recovered_case_id=None)


# -- how ---------------------------------------------------------------------------------------------------------


def _may_leave(tx: Tx, unit: Unit, customer_id: str, today: date, giver: Signature) -> None:
    if unit.place is Place.STORES and emergency_rows.build_of_unit(tx, unit.id) is not None:
        if not (isinstance(giver, OutsideSignature) and giver.party is Party.STORES):
            raise Refused("spares.stores-give", field="giver", serial=unit.serial)
        return
    take_from_pool(tx, unit, today=today, customer_id=customer_id)
    custody.require_signer(tx, giver, Custodian.AFTER_SALES, "giver")


def _hand_over(
    depot: Depot, tx: Tx, unit: Unit, target: Place, giver: Signature, receiver: Signature, note: str
) -> str:
    offered, accepted = custody.pass_over(
        depot, tx, unit.place, target, [Item(LineKind.UNIT, unit.id, unit.case_id)], giver, receiver, note=note
    )
    custody.move_accepted(tx, offered, accepted, target)
    return offered.offer.number


def _deliver(
    depot: Depot, tx: Tx, use: SpareUse, spare: Unit, user: Signature, carrier: Signature | None
) -> None:
    """The spare is in the user's hands: from the field person it changes no custodian, from the courier it does."""
    if spare.place is Place.OUTBOUND:
        gave = carrier or OutsideSignature(Party.CARRIER, use.carrier, on_paper=True)
        _hand_over(depot, tx, spare, Place.CUSTOMER, gave, user, use.number)
        return
    from app.persistence import handover as handover_rows

    if spare.place is Place.FIELD:
        handover_rows.move_unit(
            tx, spare, Place.CUSTOMER, case_id=spare.case_id, document_number=use.number, reason="swapped in"
        )


def _replaced(tx: Tx, swapping: Swapping, spare: Unit) -> Unit:
    """The faulty unit: on record, or entered now by product and serial."""
    product = masterdata.get(tx, Product, swapping.product_id or spare.product_id)
    if product is None:
        raise Refused("spares.unknown-product", field="product_id")
    wrong = serials.problems(swapping.replaced_serial, product.rule, field="replaced_serial")
    if wrong:
        raise Refused.because(wrong)
    serial = serials.normalise(swapping.replaced_serial, product.rule)
    found = receiving_rows.unit_of_product(tx, product.id, serial)
    if found is None and not swapping.product_id:
        raise Refused("spares.unknown-serial", field="replaced_serial", serial=serial, model=product.model)
    if found is None:
        found = new_unit(tx, product, serial, swapping.replaced_serial, Place.CUSTOMER)
    if found.id == spare.id:
        raise Refused("spares.same-unit", field="replaced_serial", serial=serial)
    if CUSTODIAN[found.place] not in _OUTSIDE:
        raise Refused("spares.replaced-in-house", field="replaced_serial", serial=serial, place=found.place)
    owed_by = rows.owed_for(tx, found.id)
    if owed_by is not None:
        raise Refused("spares.owed-already", field="replaced_serial", serial=serial, number=owed_by.number)
    return found


def new_unit(
    tx: Tx, product: Product, serial: str, as_read: str, place: Place, *, lot: str = "",
    manufactured_on: date | None = None, shipped_on: date | None = None, note: str = "",
) -> Unit:
    """Enter a unit that has no visit yet; it stands at ``place`` and has not moved."""
    unit = Unit(
        id=tx.new_id(), product_id=product.id, serial=serial, serial_as_read=as_read.strip(), tagged=False, lot=lot,
        manufactured_on=manufactured_on, shipped_on=shipped_on, accepted_on=None, customer_id=None,
        storage_condition=product.storage_condition, place=place, shelf_id=None, placed_at=tx.at, movement_no=0,
        case_id=None, note=note,
    )
    receiving_rows.add_units(tx, [unit])
    search.index_units(tx, [unit], fresh=True, named=[product])
    return unit


def _announced(tx: Tx, faulty: Unit, spare: Unit) -> None:
    """A case that announced the faulty unit says from now on that it is repaired for the pool."""
    case = receiving_rows.open_case_of_unit(tx, faulty.id)
    if case is not None and case.stage is Stage.REPORTED:
        receiving_rows.change_case(tx, case.id, spare_left_serial=spare.serial, return_needed=False)


def _switch(depot: Depot, tx: Tx, use: SpareUse, spare: Unit, faulty: Unit, day: date) -> None:
    """Ownership of both serials: the spare is the customer's, with the faulty unit's warranty; the faulty one ours."""
    warranty.carry_over(depot, tx, faulty, spare, day, use.number)
    receiving_rows.change_unit(tx, spare.id, customer_id=use.customer_id)
    receiving_rows.change_unit(tx, faulty.id, customer_id=None)
    search.index_units(tx, [replace(spare, customer_id=use.customer_id), replace(faulty, customer_id=None)])


def _use(tx: Tx, use_id: str, wanted: UseState) -> SpareUse:
    use = rows.use(tx, use_id)
    if use is None:
        raise Refused("spares.unknown-use", value=use_id)
    if use.state is not wanted:
        raise Refused("spares.use-ended", number=use.number, state=use.state)
    return use


def _record(
    tx: Tx, action: str, use: SpareUse, unit_id: str, case_id: str | None, facts: Mapping[str, object]
) -> str:
    return journal.record(
        tx, action, subject_kind="spare_use", subject_id=use.id, subject_number=use.number, case_id=case_id,
        unit_id=unit_id, facts={"number": use.number, **facts},
    )


__all__ = [
    "SentToSite", "Settled", "Swapped", "arrived", "bring_back", "new_unit", "owed", "send_to_site",
    "swap_at_site", "unarrived", "write_off",
]
