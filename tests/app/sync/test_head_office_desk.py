"""Head office's desk over a whole night: all depots' cases, where a serial is, inboxes, proposals (spec 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.depot import SYSTEM, Depot
from app.domain.inspection import ItemKind, TestItem
from app.domain.masterdata import Code, CodeKind, Customer, Product
from app.domain.network import Selection
from app.domain.people import Role
from app.domain.places import Place
from app.domain.register import Standing
from app.domain.stages import Stage
from app.domain.sync.outcomes import Resolution
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.errors import Refused
from app.persistence import network as network_rows
from app.persistence import settings
from app.persistence import sync as sync_rows
from app.persistence.database import as_url
from app.persistence.tables import conflicts
from app.services import (
    adoption,
    codes,
    conflict_sheets,
    customers,
    life_line,
    network,
    night,
    products,
    receiving,
    tariffs,
    templates,
    whereabouts,
)
from tests.builders import a_received_unit, an_intake, as_person, outside, own
from tests.conftest import PostgresServer
from tests.firm import Firm, a_firm

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def firm(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firm]:
    """One firm for the module: each test works on serials and names of its own."""
    with a_firm(postgres_server, tmp_path_factory.mktemp("firm")) as made:
        yield made


def everywhere(firm: Firm) -> dict[str, Depot]:
    """Each depot with somebody who may do everything at the desk."""
    return {code: depot.as_operator(replace(depot.operator, roles=frozenset(Role)))
            for code, depot in firm.depots.items()}


def pages(office: Depot, wanted: Selection, order: tuple[str, bool], limit: int = 2) -> list[str]:
    """Every number of a selection, fetched page after page."""
    found: list[network.CaseRow] = []
    while True:
        more = network.cases(office, wanted, found[-1] if found else None, limit, order)
        found += more
        if len(more) < limit:
            return [row.number for row in found]


def test_the_cases_of_all_depots_are_filtered_sorted_and_paged(firm: Firm) -> None:
    office = firm.office
    for code, depot in firm.depots.items():
        for n in range(3):
            a_received_unit(depot, f"{code}N{n}7")
        with depot.as_operator(SYSTEM).write() as tx:
            tx.ask("UPDATE return_cases SET due_on = '2020-01-01' WHERE id IN "
                   "(SELECT c.id FROM return_cases c JOIN units u ON u.id = c.unit_id WHERE u.serial = ?)",
                   (f"{code}N07",))
        firm.night(code)
    seen = network.cases(office, Selection())
    assert {row.depot_id for row in seen} == {"SH1", "CD1"}
    assert len(seen) == 6
    for order in (("received", True), ("received", False), ("due", False), ("due", True), ("number", False)):
        every = pages(office, Selection(), order)
        assert len(every) == len(set(every)) == 6, order
    assert pages(office, Selection(), ("number", False)) == sorted(row.number for row in seen)
    assert {row.depot_id for row in network.cases(office, Selection(depot_id="CD1"))} == {"CD1"}
    late = network.cases(office, Selection(standing=Standing.OVERDUE))
    assert [row.serial for row in late] == ["CD1N07", "SH1N07"]
    for typed, serials in (("SH1N1", {"SH1N17"}), ("N27", {"SH1N27", "CD1N27"}), (late[0].number, {"CD1N07"}),
                           ("株洲", {row.serial for row in seen}), ("ZZZZ", set())):
        assert {row.serial for row in network.cases(office, Selection(text=typed))} == serials, typed
    assert network.cases(office, Selection(stage=Stage.CLOSED)) == ()
    assert len(network.cases(office, Selection(stage=Stage.RECEIVED))) == 6
    assert [(t.depot_id, t.cases, t.open, t.late) for t in network.totals(office, Selection())] == [
        ("CD1", 3, 3, 1), ("SH1", 3, 3, 1)]
    life = life_line.unit_life(network.at(office, "CD1"), late[0].unit_id)
    assert (life.unit.serial, life.unit.place, life.customer) == ("CD1N07", Place.ZONE_PENDING, "中车株洲所")
    with pytest.raises(Refused, match=r"people\.nobody-at-desk"), network.at(office, "CD1").write():
        pass
    assert [(d.code, d.name, d.outcome) for d in network.depots(office)] == [
        ("CD1", "成都返修站", "VERIFIED"), ("SH1", "上海返修站", "VERIFIED")]
    with pytest.raises(Refused, match=r"network\.head-office-only"):
        network.cases(firm.depots["SH1"], Selection())


def test_a_page_of_many_cases_is_found_by_an_index(firm: Firm, postgres_server: PostgresServer) -> None:
    office = firm.office
    if not network.cases(office, Selection()):
        a_received_unit(firm.depots["SH1"], "PATTERN")
        firm.night("SH1")
    owner = create_engine(as_url(postgres_server.base).set(database=as_url(firm.address).database),
                          poolclass=NullPool)
    with owner.begin() as link:
        link.exec_driver_sql("CREATE TEMP TABLE pattern AS SELECT * FROM return_cases LIMIT 1")
        names = [row[0] for row in link.exec_driver_sql(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'return_cases' "
            "AND table_schema = 'public'")]
        given = {"id": "'x' || n", "number": "'SH1-X' || n", "received_at": "n * 1000",
                 "due_on": "'2026-01-' || n % 28",
                 "closed_at": "CASE WHEN n % 50 > 0 THEN n END", "product_id": "'p' || n % 900",
                 "customer_id": "'k' || n % 900", "seq": "1000000 + n", "stage": "CASE WHEN n % 50 > 0 THEN 'CLOSED' "
                 "WHEN n % 100 > 0 THEN 'RECEIVED' ELSE 'REFERRED' END"}
        chosen = ", ".join(given.get(name, f'p."{name}"') for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        link.exec_driver_sql("ALTER TABLE return_cases DISABLE TRIGGER ALL")
        link.exec_driver_sql(
            f"INSERT INTO return_cases ({listed}) SELECT {chosen} FROM pattern p, generate_series(1, 20000) n"
            .replace("%", "%%"))
        link.exec_driver_sql("ANALYZE return_cases")
    try:
        with office.read() as tx:
            for wanted in (Selection(), Selection(depot_id="SH1"), Selection(standing=Standing.OVERDUE),
                           Selection(stage=Stage.REFERRED), Selection(product_id="p7"), Selection(customer_id="k7"),
                           Selection(text="SH1-X77")):
                conditions = network_rows.conditions(tx, wanted, office.today())
                for order in ("received", "due", "number"):
                    statement = network_rows.one_page(conditions, order, descending=True, after=None, limit=200)
                    made = statement.compile(tx.connection.engine, compile_kwargs={"literal_binds": True})
                    plan = "\n".join(row[0] for row in tx.execute(text(f"EXPLAIN {made}".replace(":", "\\:"))))
                    assert "Seq Scan on return_cases" not in plan, (wanted, order, plan)
    finally:
        with owner.begin() as link:
            link.exec_driver_sql("DELETE FROM return_cases WHERE seq > 1000000")
            link.exec_driver_sql("ALTER TABLE return_cases ENABLE TRIGGER ALL")
        owner.dispose()


def test_where_a_serial_is_is_answered_depot_by_depot(firm: Firm) -> None:
    office, depots = firm.office, firm.depots
    first = a_received_unit(depots["SH1"], "WHERE-1")
    firm.night("SH1")
    second = a_received_unit(depots["CD1"], "WHERE-1")
    firm.night("CD1")
    for asked in ("where-1", " ＷＨＥＲＥ-1 ", first.case_number):
        found = whereabouts.where_is(office, asked)
        assert [(s.depot_id, s.place, s.stage, s.case_number) for s in found.stands] == [
            ("CD1", Place.ZONE_PENDING, Stage.RECEIVED, second.case_number),
            ("SH1", Place.ZONE_PENDING, Stage.RECEIVED, first.case_number)], asked
        assert all(s.since is not None for s in found.stands)
        assert [v.number for v in found.visits] == [first.case_number, second.case_number]
    assert found.everywhere
    assert found.names["CD1"] == "成都返修站"
    assert {"SH1", "CD1"} <= set(found.told)
    there = whereabouts.where_is(depots["CD1"], "WHERE-1")
    assert [(s.depot_id, s.place, s.case_number) for s in there.stands] == [
        ("CD1", Place.ZONE_PENDING, second.case_number), ("SH1", None, first.case_number)]
    assert not there.everywhere
    assert "SH1" in there.told
    assert [v.depot_id for v in there.visits] == ["SH1", "CD1"]
    assert whereabouts.where_is(office, "NOBODY-KNOWS").stands == ()
    with pytest.raises(Refused, match=r"whereabouts\.nothing-asked"):
        whereabouts.where_is(office, "  ")


def test_conflicts_and_alerts_of_every_depot_are_read_at_head_office_and_decided_at_theirs(firm: Firm) -> None:
    for code, depot in firm.depots.items():
        with depot.write() as tx:
            sync_rows.alert(tx, "alert.clock", {"minutes": 12})
            tx.insert(conflicts, {
                "kind": "CONFLICT", "in_table": "customers", "row_id": "x", "mine": {"name": "甲"},
                "theirs": {"name": "乙"}, "at": tx.at, "resolved_at": None, "resolved_by": None, "resolution": None,
            })
        firm.night(code)
    found = night.conflicts(firm.office)
    assert sorted(one.depot_id for one in found) == ["CD1", "SH1"]
    assert [sheet.conflict for sheet in conflict_sheets.inbox(firm.office)] == list(found)
    assert [sheet.known_by for sheet in conflict_sheets.inbox(firm.office)] == [("甲",), ("甲",)]
    told = [one for one in night.alerts(firm.office) if one.kind == "alert.clock"]
    assert sorted(one.depot_id for one in told) == ["CD1", "SH1"]
    assert {row.code: (row.conflicts, row.alerts) for row in network.depots(firm.office)}["SH1"][0] == 1
    with pytest.raises(Refused, match=r"sync\.at-its-depot"):
        night.resolve_conflict(firm.office, found[0].id, Resolution.THEIRS)
    with pytest.raises(Refused, match=r"sync\.at-its-depot"):
        night.see_alert(firm.office, told[0].id)
    for depot in firm.depots.values():
        assert {one.depot_id for one in night.conflicts(depot)} == {depot.depot_id}
        (mine,) = [one for one in night.alerts(depot) if one.kind == "alert.clock"]
        night.see_alert(depot, mine.id)


def received(depot: Depot, serial: str, customer: Customer, product: Product) -> None:
    receiving.receive(depot, receiving.Receipt(
        (replace(an_intake(depot, serial), customer_id=customer.id, product_id=product.id),), outside(), own()))


def test_proposals_are_adopted_joined_and_declined_and_the_depot_follows_by_the_night(firm: Firm) -> None:
    office, depot = firm.office, everywhere(firm)["SH1"]
    known = customers.add(office, Customer(id="", code="K-1", name="中车时代")).customer
    clerk = firm.depots["SH1"]
    same, wrong = (customers.add(clerk, Customer(id="", code="", name=n)).customer for n in ("中车时代电气", "写错的"))
    product = products.add(clerk, Product(id="", model="PROP-9", name_zh="新电源", name_en="")).product
    sheet = (TestItem("T1", "输出电压", "Output", ItemKind.TICK),)
    templates.save(depot, product.id, sheet, "", 0)
    codes.add(depot, Code("", CodeKind.FAULT.value, "F987", "风扇轴承", "Fan bearing"))
    received(clerk, "PROP-A", same, product)
    received(clerk, "PROP-B", wrong, product)
    firm.night("SH1")
    waiting = {one.name: one for one in adoption.proposals(office)}
    assert {"中车时代电气", "写错的", "PROP-9", "F987"} <= set(waiting)
    assert waiting["中车时代电气"].alike == ((known.id, "中车时代"),)
    assert (waiting["PROP-9"].cases, waiting["写错的"].cases) == (2, 1)
    adoption.join(office, "customer", "SH1", same.id, known.id)
    made = adoption.adopt(office, "product", "SH1", product.id).into_id
    adoption.adopt(office, "code", "SH1", waiting["F987"].id)
    with pytest.raises(Refused, match=r"sync\.reason-missing"):
        adoption.decline(office, "customer", "SH1", wrong.id, "  ")
    adoption.decline(office, "customer", "SH1", wrong.id, "与“中车株洲所”是同一家")
    assert not {"中车时代电气", "写错的", "PROP-9", "F987"} & {one.name for one in adoption.proposals(office)}
    for again in (lambda: adoption.adopt(office, "customer", "SH1", wrong.id),
                  lambda: adoption.join(office, "customer", "SH1", same.id, known.id)):
        with pytest.raises(Refused, match=r"sync\.no-proposal"):
            again()
    firm.night("SH1")
    with depot.read() as tx:
        owners = dict(tx.ask("SELECT serial, customer_id FROM units WHERE serial LIKE 'PROP-%'"))
        of = {row[0] for row in tx.ask("SELECT product_id FROM units WHERE serial LIKE 'PROP-%'")}
    assert owners == {"PROP-A": known.id, "PROP-B": wrong.id}
    assert of == {made}
    followed = templates.active(depot, made)
    assert followed is not None
    assert followed.items == sheet
    assert [view.own for view in codes.codes(depot, CodeKind.FAULT) if view.code.code == "F987"] == [False]
    declined = customers.file(depot, wrong.id).customer
    assert (declined.active, declined.proposed) == (False, False)
    (told,) = [one for one in night.alerts(depot) if one.kind == "alert.proposal-declined"]
    assert told.facts == {"name": "写错的", "reason": "与“中车株洲所”是同一家"}
    firm.night("SH1")
    assert len([one for one in night.alerts(depot) if one.kind == "alert.proposal-declined"]) == 1
    assert "PROP-9" not in {one.name for one in adoption.proposals(office)}


def test_a_depot_with_a_centre_proposes_and_reads_what_is_head_offices(firm: Firm) -> None:
    office = firm.office.as_operator(replace(firm.office.operator, roles=frozenset(Role)))
    depot = everywhere(firm)["CD1"]
    theirs = customers.add(office, Customer(id="", code="K-2", name="宁波中心")).customer
    model = products.add(office, Product(id="", model="HQ-1", name_zh="总部电源", name_en="")).product
    sheet = (TestItem("T1", "输出电压", "Output", ItemKind.TICK),)
    templates.save(office, model.id, sheet, "", 0)
    firm.night("CD1")
    with depot.write() as tx:
        settings.put(tx, "centre", firm.logins["CD1"].address)
    file = customers.file(depot, theirs.id)
    assert not file.own
    assert products.file(depot, model.id).own is False
    proposed = customers.add(as_person(depot, "supervisor"), Customer(id="", code="", name="新提的")).customer
    assert proposed.proposed
    tries = {
        "masterdata.by-centre": (
            lambda: customers.edit(depot, replace(file.customer, phone="1"), (), file.seen),
            lambda: customers.switch(depot, theirs.id, active=False),
            lambda: customers.merge(depot, theirs.id, proposed.id),
            lambda: products.switch(depot, model.id, active=False),
            lambda: templates.save(depot, model.id, (*sheet, replace(sheet[0], code="T2")), "", 1),
        ),
        "masterdata.adopted-at-centre": (lambda: customers.adopt(depot, proposed.id),),
        "tariffs.by-centre": (lambda: tariffs.set_rate(
            depot, TariffEntry("", TariffKind.TRAVEL, RateClass.LOCAL, 350, 0, depot.today())),),
    }
    for code, attempts in tries.items():
        for attempt in attempts:
            with pytest.raises(Refused) as refusal:
                attempt()
            assert refusal.value.code == code
    assert customers.file(depot, theirs.id).customer == file.customer
    own_product = products.add(depot, Product(id="", model="OWN-1", name_zh="本站", name_en="", line="本站线")).product
    templates.save(depot, own_product.id, sheet, "", 0)
    firm.night("CD1")
    assert templates.versions(office, own_product.id) == ()       # not head office's until it is adopted
    assert "本站线" not in products.lines(office)
    assert "本站线" in products.lines(depot)
