"""A spare on its way and a lent loaner are not received as a return: they come back where they went out."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.errors import Refused
from app.services import receiving
from tests.builders import a_customer, an_intake, outside, own
from tests.spare_builders import a_spare, sent


def test_a_spare_on_its_way_does_not_come_in_as_a_return(depot: Depot) -> None:
    spare, customer = a_spare(depot, "SP-1"), a_customer(depot, "长沙地铁")
    use = sent(depot, spare, customer.id)
    intake = an_intake(depot, "SP-1", product_id=spare.product_id, customer_id=customer.id)
    with pytest.raises(Refused) as refusal:
        receiving.receive(depot, receiving.Receipt((intake,), outside(), own()))
    assert (refusal.value.code, refusal.value.facts["number"]) == ("receiving.spare-out", use.number)
