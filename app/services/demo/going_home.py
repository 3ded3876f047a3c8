"""The way back in the demonstration: put away, pack, send, deliver, archive, count."""

from __future__ import annotations

from collections import defaultdict

from app.domain.people import Role
from app.domain.places import Place
from app.domain.returning import Packing, Proof, SendMethod
from app.domain.signing import OutsideSignature, Party, Signature
from app.domain.storage import Wanted, meets
from app.services import returning, stocktaking, storage, travellers
from app.services.demo.fates import Goal, Life, Phase
from app.services.demo.house import House

_SPARES = frozenset({Goal.SPARE, Goal.SPARE_CLOSED})


def put_away(house: House) -> None:
    """Passed units go to zone 2, or to zone 3 where nobody wants them back."""
    for spare in (False, True):
        going = [life for life in house.due(Phase.PUT_AWAY) if (life.fate.goal in _SPARES) is spare]
        if going:
            place = Place.ZONE_SPARE if spare else Place.ZONE_REPAIRED
            returning.put_away(
                house.at(Role.CLERK), [life.case_id for life in going], return_needed=not spare,
                shelves={life.unit_id: _shelf(house, life, place) for life in going})


def _shelf(house: House, life: Life, place: Place) -> str:
    condition = house.products[life.product].storage_condition
    fit = [shelf for shelf in house.shelves[place] if meets(condition, shelf.provides)]
    return (house.chance.choice(fit) if condition else fit[life.number % max(1, len(fit) - 1)]).id


def pack(house: House) -> None:
    """One shipment per customer and way: by courier, by our own people, or collected at the counter."""
    parcels: dict[tuple[str, SendMethod, int, int], list[Life]] = defaultdict(list)
    for life in house.due(Phase.PACK):
        sent = life.fate.days.get(Phase.SEND, house.last + 1)
        delivered = life.fate.days.get(Phase.DELIVER, house.last + 1)
        parcels[life.customer, _method(house, life, sent, delivered), sent, delivered].append(life)
    for (code, method, _sent, _delivered), lives in parcels.items():
        customer, depot = house.customers[code], house.at(Role.CLERK)
        case_ids = tuple(life.case_id for life in lives)
        start = returning.packing_start(depot, case_ids)
        courier = method is SendMethod.COURIER
        done = returning.pack(depot, Packing(
            case_ids, method, start.consignee or customer.name, start.phone, start.address or customer.name,
            house.chance.choice(house.sample.depot["carriers"]) if courier else "",
            f"SF{house.chance.randrange(10**12, 10**13)}" if courier else "",
            tuple((each.id, each.quantity_in) for each in start.accessories)))
        house.shipments[done.shipment_id] = lives


def _method(house: House, life: Life, sent: int, delivered: int) -> SendMethod:
    if sent == delivered <= house.last:
        return SendMethod.COLLECTED
    return SendMethod.OWN_STAFF if house.customers[life.customer].kind == "FIELD_TEAM" else SendMethod.COURIER


def send(house: House) -> None:
    """Parcels leave the house."""
    for shipment_id, lives in house.shipments.items():
        if lives[0].fate.days.get(Phase.SEND) == house.day:
            method = SendMethod(returning.shipment_of(house.depot, shipment_id).method)
            returning.send(house.at(Role.CLERK), shipment_id, house.own(Role.CLERK), _taker(house, lives[0], method))


def deliver(house: House) -> None:
    """Proofs of delivery come in: signed on screen, on paper, or the courier's word."""
    for shipment_id, lives in house.shipments.items():
        if lives[0].fate.days.get(Phase.DELIVER) != house.day:
            continue
        shipment = returning.shipment_of(house.depot, shipment_id)
        if shipment.delivered_at is not None:
            continue
        contact = house.customers[lives[0].customer].contact
        customer = OutsideSignature(Party.CUSTOMER, contact, on_paper=True)
        proof = Proof.PAPER if len(lives) > 1 or lives[0].number % 3 == 0 else Proof.CARRIER
        returning.deliver(
            house.at(Role.CLERK), shipment_id, _taker(house, lives[0], SendMethod(shipment.method)), customer,
            proof=proof, note=f"签收单 {shipment.waybill or shipment.number}" if proof is Proof.CARRIER else "")


def _taker(house: House, life: Life, method: SendMethod) -> Signature:
    if method is SendMethod.COLLECTED:
        return house.outside(Party.CUSTOMER, house.customers[life.customer].contact)
    if method is SendMethod.OWN_STAFF:
        return house.outside(Party.FIELD_STAFF, "蒲晓")
    return house.outside(Party.CARRIER, house.chance.choice(house.sample.depot["drivers"]))


def archive(house: House) -> None:
    """Originals whose circulation is over go into QA's cabinet."""
    ids = []
    for life in house.due(Phase.ARCHIVE):
        row = travellers.scanned(house.depot, life.traveller_number)
        if row is not None and row.ready:
            ids.append(row.traveller_id)
    if ids:
        position = f"{house.sample.depot['archive']}-{house.today:%Y%m}-{house.today.day:02d}"
        travellers.archive(
            house.at(Role.INSPECTOR),
            travellers.Filing(tuple(ids), position, house.own(Role.CLERK), house.own(Role.INSPECTOR)))


def take_stock(house: House) -> None:
    """A stock-take of zone 3: one unit stands on another shelf than the ledger has it."""
    depot = house.at(Role.CLERK)
    standing = storage.zone_units(depot, Wanted(Place.ZONE_SPARE))
    begun = stocktaking.start(depot, Place.ZONE_SPARE).stocktake
    shelves = house.shelves[Place.ZONE_SPARE]
    for n, unit in enumerate(standing):
        shelf_id = unit.shelf_id
        if n == 0:
            shelf_id = next((s.id for s in shelves if s.id != unit.shelf_id), unit.shelf_id)
        stocktaking.count(depot, begun.id, unit.serial, shelf_id)
    seq = stocktaking.sheet(depot, begun.id).stocktake.seq
    stocktaking.finish(depot, begun.id, seq, house.own(Role.CLERK), note="月中抽盘")


__all__ = ["archive", "deliver", "pack", "put_away", "send", "take_stock"]
