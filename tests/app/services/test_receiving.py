"""Receiving, on both engines."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import receiving
from tests.builders import a_received_unit, an_intake, outside, own


def test_a_received_unit_stands_in_zone_one_with_its_traveller(depot: Depot) -> None:
    got = a_received_unit(depot, "h204 817736")
    with depot.read() as tx:
        unit = rows.unit(tx, got.unit_id)
        case = rows.case(tx, got.case_id)
        traveller = rows.traveller_of_case(tx, got.case_id)
    assert unit is not None
    assert case is not None
    assert traveller is not None
    assert (unit.serial, unit.place, unit.movement_no) == ("H204817736", Place.ZONE_PENDING, 1)
    assert (case.number, case.stage, case.visit_no) == ("SH1-R2611-00001", Stage.RECEIVED, 1)
    assert traveller.place is Place.ZONE_PENDING


def test_a_unit_in_the_house_is_not_received_twice(depot: Depot) -> None:
    first = an_intake(depot)
    receiving.receive(depot, receiving.Receipt((first,), outside(), own()))
    with pytest.raises(Refused) as refusal:
        receiving.receive(depot, receiving.Receipt((first,), outside(), own()))
    assert refusal.value.code == "receiving.already-here"
    assert refusal.value.facts["number"] == "SH1-R2611-00001"


def test_a_refused_receipt_writes_nothing_and_takes_no_number(depot: Depot) -> None:
    good = an_intake(depot)
    with pytest.raises(Refused):
        receiving.receive(depot, receiving.Receipt((good, good), outside(), own()))
    with depot.read() as tx:
        assert rows.units_with_serial(tx, "H204817736") == ()
    assert receiving.receive(depot, receiving.Receipt((good,), outside(), own())).number == "SH1-H2611-00001"
