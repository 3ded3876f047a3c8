"""Production asked for a unit when no spare is free, and the unit it builds. On both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.depot import Depot
from app.domain.emergency import BuildState, Built, Requesting
from app.domain.places import Place
from app.domain.signing import Party
from app.domain.spares import Reserving, Sending
from app.errors import Refused
from app.services import emergency, slips, spares, undoing
from tests.builders import a_customer, a_product, a_received_unit, as_person, outside, own
from tests.spare_builders import TODAY, a_spare, unit_of

STORES = outside("仓管 钱伟", Party.STORES)
SOON = TODAY + timedelta(5)


def refused(operation: Any) -> Refused:
    """The refusal of ``operation``."""
    with pytest.raises(Refused) as refusal:
        operation()
    return refusal.value


def a_request(depot: Depot, **values: Any) -> emergency.Requested:
    """A request that can be made as it is."""
    if "product_id" not in values:
        values["product_id"] = a_product(depot).id
    if "customer_id" not in values:
        values["customer_id"] = a_customer(depot, "长沙地铁").id
    return emergency.request(depot, Requesting(**{"quantity": 1, "need_by": SOON, "reason": "停运", **values}))


def built(build_id: str, serial: str = "N-1", **values: Any) -> Built:
    """A unit as production hands it in."""
    return Built(**{
        "build_id": build_id, "serial": serial, "lot": "L2611", "manufactured_on": TODAY, "file_number": "DA-17",
        **values,
    })


def test_from_the_request_to_the_site(depot: Depot) -> None:
    got = a_received_unit(depot)
    product, customer = a_product(depot, "PLC-X20"), a_customer(depot, "长沙地铁")
    asked = a_request(depot, product_id=product.id, customer_id=customer.id, case_number=got.case_number)
    (row,) = emergency.builds(depot)
    assert (row.state, row.case_number, row.days_left) == (BuildState.REQUESTED, got.case_number, 5)
    assert refused(lambda: emergency.register(as_person(depot, "planner"), built(asked.build_id))).code == (
        "emergency.not-confirmed")
    emergency.confirm(depot, asked.build_id, SOON, own("planner"))
    planner = as_person(depot, "planner")
    made = emergency.register(planner, built(asked.build_id, " n-1 "))
    assert (made.serial, made.missing) == ("N-1", 0)
    assert unit_of(depot, made.unit_id).place is Place.STORES
    (done,) = emergency.builds(depot, ended=True)
    assert (done.state, done.units[0].file_number) == (BuildState.BUILT, "DA-17")
    assert slips.paper(depot, None, asked.number).pages == 1
    sending = Sending(made.unit_id, customer.id, "5 号线", "停运")
    field = outside("郭师傅", Party.FIELD_STAFF)
    assert refused(lambda: spares.send_to_site(depot, sending, own(), field)).code == "spares.stores-give"
    going = spares.send_to_site(depot, sending, STORES, field)
    assert refused(lambda: spares.bring_back(depot, going.use_id, field, own())).code == "spares.stores-take"
    spares.bring_back(depot, going.use_id, field, STORES)
    assert unit_of(depot, made.unit_id).place is Place.STORES


def test_a_free_spare_goes_before_production(depot: Depot) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    got = refused(lambda: a_request(depot, product_id=spare.product_id))
    assert (got.code, got.facts["free"]) == ("emergency.pool-has", 1)
    spares.reserve(depot, Reserving(spare.unit_id, customer.id, SOON))
    asked = a_request(depot, product_id=spare.product_id)
    undoing.undo(depot, asked.entry_id)
    (row,) = emergency.builds(depot, ended=True)
    assert row.state is BuildState.CANCELLED


@pytest.mark.parametrize(("values", "code"), [
    ({"product_id": ""}, "emergency.product-missing"), ({"customer_id": ""}, "emergency.customer-missing"),
    ({"quantity": 0}, "emergency.quantity"), ({"quantity": -3}, "emergency.quantity"),
    ({"quantity": None}, "emergency.quantity"), ({"need_by": None}, "emergency.need-by"),
    ({"need_by": TODAY - timedelta(1)}, "emergency.need-by-past"), ({"reason": " "}, "emergency.reason-missing"),
    ({"product_id": "nothing"}, "emergency.unknown-product"),
])
def test_what_is_not_asked(sqlite_depot: Depot, values: dict[str, Any], code: str) -> None:
    assert refused(lambda: a_request(sqlite_depot, **values)).code == code
    assert emergency.builds(sqlite_depot) == ()


@pytest.mark.parametrize(("values", "code"), [
    ({"serial": ""}, "serial.missing"), ({"manufactured_on": None}, "emergency.made-missing"),
    ({"manufactured_on": TODAY + timedelta(1)}, "emergency.made-future"),
    ({"file_number": ""}, "emergency.file-missing"),
    ({"complete": False}, "emergency.file-incomplete"), ({"build_id": "nothing"}, "emergency.unknown"),
])
def test_what_is_not_registered(sqlite_depot: Depot, values: dict[str, Any], code: str) -> None:
    depot = sqlite_depot
    asked = a_request(depot)
    assert refused(lambda: emergency.confirm(depot, asked.build_id, SOON, own("clerk"))).code == "people.not-allowed"
    assert refused(
        lambda: emergency.confirm(depot, asked.build_id, TODAY - timedelta(1), own("planner"))
    ).code == "emergency.promise-past"
    emergency.confirm(depot, asked.build_id, SOON, own("planner"))
    unit = built(**{"build_id": asked.build_id, **values})
    assert refused(lambda: emergency.register(as_person(depot, "planner"), unit)).code == code
    (row,) = emergency.builds(depot)
    assert row.units == ()


def test_a_serial_on_record_is_no_new_unit_and_an_end_needs_its_reason(sqlite_depot: Depot) -> None:
    depot, planner = sqlite_depot, as_person(sqlite_depot, "planner")
    product = a_product(depot)
    got = a_received_unit(depot, "N-1", product_id=product.id)
    asked = a_request(depot, product_id=product.id, quantity=2)
    emergency.confirm(depot, asked.build_id, SOON, own("planner"))
    assert refused(lambda: emergency.register(planner, built(asked.build_id, got.serial))).code == (
        "emergency.serial-known")
    assert refused(lambda: emergency.decline(planner, asked.build_id, "")).code == "emergency.end-reason"
    emergency.decline(planner, asked.build_id, "缺料")
    assert refused(lambda: emergency.cancel(depot, asked.build_id, "不要了")).code == "emergency.ended"
