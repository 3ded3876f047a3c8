"""A desk of head office on the centre: what is set there comes down, and every depot's visits are seen (spec 4)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.depot import Depot, open_depot
from app.domain.masterdata import Customer, Product
from app.domain.people import Role
from app.domain.policy_values import PolicyName
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.errors import Refused
from app.persistence import settings
from app.services import customers, founding, night, people, policies, products, tariffs
from app.sync import registry, run
from app.sync.server import Centre
from tests.builders import a_received_unit, as_person
from tests.conftest import CHEAP, FOUNDING, PASSWORD, PIN, Ids, PostgresServer

pytestmark = pytest.mark.postgres
_names = itertools.count(1)
HQ = founding.Founding("HQ", "总部", "office", "总部", PASSWORD, PIN,
                       admin_roles=frozenset({Role.SUPERVISOR, Role.MANAGER}))


@dataclass
class Firm:
    """A centre, a desk of head office on it with its own login, and two depots."""

    office: Depot
    depots: dict[str, Depot]
    logins: dict[str, registry.NewLogin]

    def night(self, code: str) -> None:
        centre = Centre(self.logins[code].address, password=self.logins[code].password)
        run.night(self.depots[code], centre)
        night.after(self.depots[code])
        centre.close()


@pytest.fixture
def firm(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Firm]:
    url = postgres_server.create(f"head_office_{next(_names)}")
    founding.found(url, HQ, hashing=CHEAP).close()
    registry.prepare(url)
    logins = {code: registry.add_depot(url, code, code, datetime.now(UTC)) for code in ("SH1", "CD1")}
    login = registry.add_head_office_login(url, "office_desk")
    desk = open_depot(login.address, hashing=CHEAP)
    operator = people.sign_in(desk, "office", PASSWORD)
    depots = {}
    for n, code in enumerate(logins):
        told = founding.found(tmp_path / f"{code}.db", replace(FOUNDING, depot_id=code), hashing=CHEAP,
                              new_id=Ids(itertools.count(1_000_000 * (n + 1))))
        people.add_user(told, people.NewUser("clerk", "何静", PASSWORD, PIN, frozenset({Role.CLERK})))
        depots[code] = as_person(told, "clerk")
    made = Firm(desk.as_operator(operator), depots, logins)
    yield made
    for depot in (made.office, *depots.values()):
        depot.close()


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
