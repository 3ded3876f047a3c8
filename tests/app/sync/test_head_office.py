"""A desk of head office on the centre: what is set there comes down, and every depot's visits are seen (spec 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.masterdata import Customer, Product
from app.domain.people import Role
from app.domain.policy_values import PolicyName
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.errors import Refused
from app.persistence import settings
from app.services import customers, night, policies, products, tariffs
from tests.builders import a_received_unit
from tests.conftest import PostgresServer
from tests.firm import Firm, a_firm

pytestmark = pytest.mark.postgres


@pytest.fixture
def firm(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Firm]:
    with a_firm(postgres_server, tmp_path) as made:
        yield made


def test_what_head_office_sets_is_delivered_down(firm: Firm) -> None:
    office, depot = firm.office, firm.depots["SH1"]
    name = PolicyName.REPAIR_WARRANTY_MONTHS
    before = next(line.value for line in policies.values(depot) if line.name is name)
    value = str(int(before) + 1)
    customers.add(office, Customer(id=office.new_id(), code="C9", name="中车株洲所"))
    products.add(office, Product(id=office.new_id(), model="PSU-9", name_zh="电源", name_en="Power"))
    policies.set_value(office, name, value, office.today())
    rate = TariffEntry("", TariffKind.TRAVEL, RateClass.LOCAL, 350, 0, office.today())
    tariffs.set_rate(office, rate)
    firm.night("SH1")
    assert [one.entry.amount_fen for one in tariffs.history(depot, TariffKind.TRAVEL, RateClass.LOCAL)] == [350]
    assert [c.name for c in customers.find(depot, "中车")] == ["中车株洲所"]
    assert [p.model for p in products.find(depot, "PSU-9")] == ["PSU-9"]
    line = next(line for line in policies.values(depot) if line.name is name)
    assert line.value == value
    with depot.write() as tx:
        settings.put(tx, "centre", firm.logins["SH1"].address)
    assert not policies.editable(depot)
    assert policies.editable(office)
    manager = depot.as_operator(replace(depot.operator, roles=frozenset(Role)))
    with pytest.raises(Refused, match=r"policy\.by-centre"):
        policies.set_value(manager, name, before, depot.today())


def test_head_office_works_with_its_own_master_data_and_sees_every_visit(firm: Firm) -> None:
    office = firm.office
    for code, depot in firm.depots.items():
        manager = depot.as_operator(replace(depot.operator, roles=frozenset(Role)))
        policies.set_value(manager, PolicyName.REPAIR_WARRANTY_MONTHS, "9", depot.today())
        a_received_unit(depot, "SAME1")
        firm.night(code)
    line = next(line for line in policies.values(office) if line.name is PolicyName.REPAIR_WARRANTY_MONTHS)
    assert line.value != "9"                           # a depot's own setting is not head office's
    assert customers.find(office, "") == ()
    assert [visit.depot for visit in night.visits(office, "SAME1")] == ["SH1", "CD1"]
    assert night.visits(office, "NONE") == ()
