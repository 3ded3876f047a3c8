"""Scrapping: ruled, approved by another person, zone 4, destination; on both engines."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Unit
from app.domain.scrap import Destining, ScrapDestination, ScrapWay
from app.domain.signing import Party
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import disposition as disposition_rows
from app.persistence import receiving as rows
from app.services import approvals, clocks, disposition, scrap, undoing
from app.services.scrap import Scrapping
from tests.builders import a_received_unit, as_person, outside, own
from tests.conftest import FakeClock
from tests.ends import a_ber_unit, a_decided_unit, a_scrapped_unit, approve_scrap, archive, the_product


def state(depot: Depot, case_id: str) -> tuple[ReturnCase, Unit]:
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        assert case is not None
        unit = rows.unit(tx, case.unit_id)
    assert unit is not None
    return case, unit


def code_of(work: object) -> str:
    with pytest.raises(Refused) as refusal:
        work()  # type: ignore[operator]
    return refusal.value.code


def a_destining(scrap_id: str, **values: object) -> Destining:
    return Destining(**{  # type: ignore[arg-type]
        "scrap_id": scrap_id, "destination": ScrapDestination.DISPOSED, "giver": own(),
        "receiver": outside("回收站张师傅", Party.PARTNER), "how": ScrapWay.RECYCLER, "by_whom": "绿源再生公司",
        "witness": "周颖", **values,
    })


def test_asked_approved_scrapped_disposed_of(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    assert code_of(lambda: scrap.carry_out(depot, Scrapping(got.case_id))) == "scrap.not-approved"
    asked = scrap.request(depot, got.case_id, "维修费用超过残值")
    assert code_of(lambda: scrap.carry_out(depot, Scrapping(got.case_id))) == "scrap.not-approved"
    assert [row.approved for row in scrap.under_way(depot)] == [None]
    approvals.decide(depot, asked.approval_id, approved=True, signature=own("manager"))
    done = scrap.carry_out(depot, Scrapping(got.case_id))
    assert (done.number, done.closed) == ("SH1-W2611-00001", False)
    case, unit = state(depot, got.case_id)
    assert (case.stage, unit.place) == (Stage.SCRAPPED, Place.ZONE_SCRAP)
    (row,) = scrap.waiting(depot)
    assert (row.number, row.serial, row.decided_by_name) == (done.number, unit.serial, "总经理")
    gone = scrap.dispose(depot, a_destining(done.scrap_id))
    assert (state(depot, got.case_id)[1].place, scrap.waiting(depot)) == (Place.DISPOSED, ())
    assert code_of(lambda: scrap.dispose(depot, a_destining(done.scrap_id))) == "scrap.gone"
    assert code_of(lambda: undoing.undo(depot, gone.entry_id)) == "undo.signed-custody"


def test_a_scrapped_case_waits_for_the_exchange_but_not_for_the_destination(depot: Depot) -> None:
    product = the_product(depot)
    waits = a_scrapped_unit(depot, product)
    assert archive(depot, waits.case_id) == ()
    plain = a_scrapped_unit(depot, product, "H204817737", return_needed=False)
    assert archive(depot, plain.case_id) == (plain.case_number,)
    assert state(depot, plain.case_id)[1].place is Place.ZONE_SCRAP


def test_refused_by_the_manager_it_is_not_scrapped(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    asked = scrap.request(depot, got.case_id, "维修费用超过残值")
    approvals.decide(depot, asked.approval_id, approved=False, signature=own("manager"), reason="拆件备用")
    with pytest.raises(Refused) as refusal:
        scrap.carry_out(depot, Scrapping(got.case_id))
    assert (refusal.value.code, refusal.value.facts["reason"]) == ("scrap.refused", "拆件备用")
    assert state(depot, got.case_id)[1].place is Place.COUNTER


def test_nothing_is_scrapped_without_a_ruling(depot: Depot) -> None:
    got = a_received_unit(depot)
    assert code_of(lambda: scrap.request(depot, got.case_id, "坏了")) == "scrap.not-ruled"
    kept = a_decided_unit(depot, the_product(depot, "PSU-2"), serial="H204817740")
    assert code_of(lambda: scrap.request(depot, kept.case_id, "坏了")) == "disposition.otherwise"
    assert code_of(lambda: scrap.dispose(depot, a_destining("nothing"))) == "scrap.unknown"


def test_taken_back_it_stands_at_the_counter_again(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    approve_scrap(depot, got.case_id)
    done = scrap.carry_out(depot, Scrapping(got.case_id))
    undoing.undo(depot, done.entry_id)
    case, unit = state(depot, got.case_id)
    assert (case.stage, unit.place, scrap.waiting(depot)) == (Stage.REFERRED, Place.COUNTER, ())
    again = scrap.carry_out(depot, Scrapping(got.case_id))
    assert again.number == "SH1-W2611-00002"
    archive(depot, got.case_id)
    assert code_of(lambda: undoing.undo(depot, again.entry_id)) == "undo.worked-since"


@pytest.mark.parametrize(("values", "code"), [
    ({"how": None}, "scrap.how-missing"), ({"by_whom": " "}, "scrap.by-whom-missing"),
    ({"witness": ""}, "scrap.witness-missing"), ({"witness": "绿源再生公司"}, "scrap.witness-same"),
    ({"giver": own("technician")}, "handover.not-yours"),
    ({"destination": ScrapDestination.LAB, "receiver": own("technician")}, "handover.not-yours"),
])
def test_a_destination_that_is_not_complete(sqlite_depot: Depot, values: dict[str, object], code: str) -> None:
    depot = sqlite_depot
    got = a_scrapped_unit(depot, the_product(depot))
    (row,) = scrap.waiting(depot)
    assert code_of(lambda: scrap.dispose(depot, a_destining(row.scrap_id, **values))) == code
    assert state(depot, got.case_id)[1].place is Place.ZONE_SCRAP


def test_a_scrapped_unit_may_go_to_the_lab(depot: Depot) -> None:
    got = a_scrapped_unit(depot, the_product(depot))
    (row,) = scrap.waiting(depot)
    scrap.dispose(depot, a_destining(
        row.scrap_id, destination=ScrapDestination.LAB, receiver=own("engineer"), how=None, by_whom="", witness=""
    ))
    assert state(depot, got.case_id)[1].place is Place.LAB


def test_the_clock_stops_in_zone_four_unless_somebody_waits_for_another_unit(
    sqlite_depot: Depot, clock: FakeClock
) -> None:
    depot, product = sqlite_depot, the_product(sqlite_depot)
    alone = a_scrapped_unit(depot, product, return_needed=False)
    waited_for = a_scrapped_unit(depot, product, "H204817737")
    clock.advance(days=5)
    assert [clocks.of_case(depot, got.case_id)[0].stopped for got in (alone, waited_for)] == [True, False]


def test_technicians_do_not_put_units_into_zone_four(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    approve_scrap(depot, got.case_id)
    bench = as_person(depot, "technician")
    assert code_of(lambda: scrap.carry_out(bench, Scrapping(got.case_id))) == "people.not-allowed"


def test_a_ruling_stands_while_its_scrapping_is_asked_for_or_approved(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    with depot.read() as tx:
        ruled = disposition_rows.current(tx, got.case_id)
    assert ruled is not None
    clerk, boss = as_person(depot, "clerk"), as_person(depot, "supervisor")
    asked = scrap.request(clerk, got.case_id, "无修复价值")
    with pytest.raises(Refused) as waits:
        disposition.take_back(boss, ruled.id)
    assert (waits.value.code, waits.value.facts["name"]) == ("disposition.scrap-asked", "何静")
    undoing.undo(clerk, asked.entry_id)
    again = scrap.request(clerk, got.case_id, "无修复价值")
    approvals.decide(depot, again.approval_id, approved=True, signature=own("manager"))
    with pytest.raises(Refused) as stands:
        disposition.take_back(boss, ruled.id)
    assert stands.value.code == "disposition.scrap-approved"


def test_a_ruling_whose_scrapping_was_refused_may_be_taken_back(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    asked = scrap.request(as_person(depot, "clerk"), got.case_id, "无修复价值")
    approvals.decide(depot, asked.approval_id, approved=False, signature=own("manager"), reason="再修一次")
    with depot.read() as tx:
        ruled = disposition_rows.current(tx, got.case_id)
    assert ruled is not None
    disposition.take_back(as_person(depot, "supervisor"), ruled.id)
    assert [one.row.case_id for one in disposition.waiting(depot)] == [got.case_id]
