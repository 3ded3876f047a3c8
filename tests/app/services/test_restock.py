"""Back to the stores: only when all four figures hold. On both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.depot import Depot
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.restock import Condition, Figure
from app.domain.signing import Party
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import policies, restock, slips, spares, undoing
from app.services.restock import Restocking
from tests.builders import a_customer, a_product, as_person, outside, own
from tests.spare_builders import TODAY, a_spare, sent, unit_of

STORES = outside("仓管 钱伟", Party.STORES)


def refused(operation: Any) -> Refused:
    """The refusal of ``operation``."""
    with pytest.raises(Refused) as refusal:
        operation()
    return refusal.value


def two_are_many(depot: Depot) -> None:
    """The limit of the quantity is two."""
    policies.set_value(as_person(depot, "manager"), PolicyName.RESTOCK_QUANTITY, "2", TODAY)


def goes(depot: Depot, unit_id: str, value: int | None = 600_000) -> restock.Restocked:
    """The supervisor approves and hands over."""
    boss = as_person(depot, "supervisor")
    return restock.restock(boss, Restocking(unit_id, value), own("supervisor"), own("supervisor"), STORES)


def test_all_four_hold_and_the_spare_goes(depot: Depot) -> None:
    two_are_many(depot)
    product = a_product(depot)
    first = a_spare(depot, "S-1", product_id=product.id, manufactured_on=date(2026, 5, 3))
    a_spare(depot, "S-2", product_id=product.id)
    sheet = restock.sheet(depot, first.unit_id, 600_000)
    assert sheet.figures == (
        Figure(Condition.AGE, 6, 12), Figure(Condition.VALUE, 600_000, 500_000), Figure(Condition.QUANTITY, 2, 2),
        Figure(Condition.USES, 0, 1),
    )
    assert sheet.may
    done = goes(depot, first.unit_id)
    assert unit_of(depot, first.unit_id).place is Place.STORES
    with depot.read() as tx:
        case = rows.case(tx, first.case_id)
    assert case is not None
    assert case.stage is Stage.RESTOCKED
    assert [row.serial for row in spares.pool(depot)] == ["S-2"]
    (row,) = restock.history(depot)
    assert (row.number, row.approved_by, row.handover) == (done.number, "陈思远", done.handover_number)
    assert slips.paper(depot, None, done.number).pages == 1
    assert restock.sheet(depot, spares.pool(depot)[0].unit_id).known_value == 600_000


@pytest.mark.parametrize(("made", "value", "quantity", "used", "code"), [
    (date(2024, 1, 1), 600_000, 2, 0, "restock.age"),
    (None, 600_000, 2, 0, "restock.age-unknown"),
    (date(2026, 5, 3), 499_999, 2, 0, "restock.value"),
    (date(2026, 5, 3), 600_000, 3, 0, "restock.quantity"),
    (date(2026, 5, 3), 600_000, 2, 2, "restock.uses"),
    (date(2026, 5, 3), None, 2, 0, "restock.value-missing"),
    (date(2026, 5, 3), -1, 2, 0, "restock.value-range"),
])
def test_one_that_does_not_hold_is_enough(
    sqlite_depot: Depot, made: date | None, value: int | None, quantity: int, used: int, code: str
) -> None:
    depot = sqlite_depot
    policies.set_value(as_person(depot, "manager"), PolicyName.RESTOCK_QUANTITY, str(quantity), TODAY)
    product, customer = a_product(depot), a_customer(depot, "长沙")
    one = a_spare(depot, "S-1", product_id=product.id, manufactured_on=made)
    a_spare(depot, "S-2", product_id=product.id)
    for n in range(used):
        sent(depot, a_spare(depot, f"U-{n}", product_id=product.id), customer.id)
    assert refused(lambda: goes(depot, one.unit_id, value)).code == code
    assert unit_of(depot, one.unit_id).place is Place.ZONE_SPARE
    assert restock.history(depot) == ()


def test_the_stores_sign_and_the_supervisor_approves(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    two_are_many(depot)
    product = a_product(depot)
    one = a_spare(depot, "S-1", product_id=product.id, manufactured_on=date(2026, 5, 3))
    a_spare(depot, "S-2", product_id=product.id)
    asked, boss = Restocking(one.unit_id, 600_000), as_person(depot, "supervisor")
    assert refused(lambda: restock.restock(depot, asked, own(), own(), STORES)).code == "people.not-allowed"
    assert refused(
        lambda: restock.restock(boss, asked, own("clerk"), own(), STORES)).code == "people.not-allowed"
    assert refused(
        lambda: restock.restock(boss, asked, own("supervisor"), own(), outside())).code == "restock.stores-sign"
    assert undoing.way_back("restock.restock") is not None
