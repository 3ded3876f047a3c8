"""What a test needs, with defaults: say only what matters."""

from __future__ import annotations

from typing import Any

from app.depot import SYSTEM, Depot
from app.domain.masterdata import Customer, Product
from app.domain.receiving import Intake
from app.domain.signing import OutsideSignature, OwnSignature, Party
from app.persistence import masterdata
from app.services import receiving

PIN = "4071"
STROKES = (((0.1, 0.5), (0.3, 0.2), (0.5, 0.8), (0.9, 0.4)),)


def a_customer(depot: Depot, name: str = "中车株洲所", **values: Any) -> Customer:
    """A customer in the record."""
    with depot.as_operator(SYSTEM).write() as tx:
        row = Customer(id=tx.new_id(), code=values.pop("code", f"C{tx.at:%H%M%S%f}"), name=name, **values)
        masterdata.add(tx, row)
    return row


def a_product(depot: Depot, model: str = "PSU-4800W", **values: Any) -> Product:
    """A product in the record."""
    values = {"name_zh": "电源模块", "name_en": "Power module", **values}
    with depot.as_operator(SYSTEM).write() as tx:
        row = Product(id=tx.new_id(), model=model, **values)
        masterdata.add(tx, row)
    return row


def own(login: str = "clerk", secret: str = PIN) -> OwnSignature:
    """The signature of one of the depot's people."""
    return OwnSignature(login, secret)


def outside(name: str = "刘师傅", party: Party = Party.CUSTOMER) -> OutsideSignature:
    """The drawn signature of somebody outside."""
    return OutsideSignature(party, name, STROKES)


def an_intake(depot: Depot, serial: str = "H204817736", **values: Any) -> Intake:
    """An intake that can be taken as it is; customer and product are made unless given."""
    if "customer_id" not in values:
        values["customer_id"] = a_customer(depot).id
    if "product_id" not in values:
        values["product_id"] = a_product(depot).id
    return Intake(**{"serial": serial, "symptom": "开机无输出", **values})


def a_received_unit(depot: Depot, serial: str = "H204817736", **values: Any) -> receiving.ReceivedUnit:
    """A unit that came in and stands in zone 1."""
    received = receiving.receive(depot, receiving.Receipt((an_intake(depot, serial, **values),), outside(), own()))
    return received.units[0]
