"""The spare pool, swaps at a site and the units owed for them, on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.depot import Depot
from app.domain.clocks import Colour
from app.domain.places import Place
from app.domain.receiving import Unit
from app.domain.returning import Gate
from app.domain.signing import Party
from app.domain.spares import Carriage, Reserving, Sending, SpareGrade, SpareUse, Swapping, UseState
from app.errors import Refused
from app.persistence import receiving as rows
from app.persistence import spares as spare_rows
from app.services import receiving, reporting, returning, spares, undoing, visits
from tests.app.laws.laws import check_all, reading
from tests.builders import a_customer, an_intake, as_person, outside, own
from tests.conftest import FakeClock
from tests.spare_builders import TODAY, a_spare, a_swap, sent, unit_of

FIELD = outside("郭师傅", Party.FIELD_STAFF)


def refused(operation: Any) -> Refused:
    """The refusal of ``operation``."""
    with pytest.raises(Refused) as refusal:
        operation()
    return refusal.value


def use_of(depot: Depot, use_id: str) -> SpareUse:
    with depot.read() as tx:
        use = spare_rows.use(tx, use_id)
    assert use is not None
    return use


def test_the_pool_shows_age_and_condition(depot: Depot, clock: FakeClock) -> None:
    spare = a_spare(depot, manufactured_on=date(2025, 3, 1))
    clock.advance(days=12)
    spares.grade(depot, spare.unit_id, SpareGrade.GOOD)
    spares.grade(depot, spare.unit_id, SpareGrade.CHECK_FIRST, "风扇有异响")
    (row,) = spares.pool(depot)
    assert (row.serial, row.days, row.made_on) == (spare.serial, 12, date(2025, 3, 1))
    assert (row.grade, row.grade_note, row.reservation_id) == (SpareGrade.CHECK_FIRST, "风扇有异响", "")
    assert refused(lambda: spares.grade(depot, spare.unit_id, SpareGrade.CHECK_FIRST)).code == "spares.grade-note"


def test_a_reservation_keeps_others_off_until_it_lapses_or_is_released(depot: Depot, clock: FakeClock) -> None:
    spare, other = a_spare(depot), a_customer(depot, "长沙地铁")
    mine = a_customer(depot, "株洲车辆段")
    reserved = spares.reserve(depot, Reserving(spare.unit_id, mine.id, TODAY + timedelta(3), site="5 号线"))
    again = refused(lambda: spares.reserve(depot, Reserving(spare.unit_id, other.id, TODAY + timedelta(9))))
    assert (again.code, again.facts["customer"]) == ("spares.reserved", "株洲车辆段")
    away = refused(lambda: sent(depot, spare, other.id))
    assert (away.code, away.field) == ("spares.reserved", "unit_id")
    undoing.undo(depot, reserved.entry_id)
    assert spares.pool(depot)[0].reserved_for == ""
    spares.reserve(depot, Reserving(spare.unit_id, mine.id, TODAY + timedelta(3)))
    clock.advance(days=4)
    assert spares.pool(depot)[0].reservation_id == ""
    sent(depot, spare, other.id)


def test_a_spare_that_is_released_is_anybodys_again(depot: Depot) -> None:
    spare, mine, other = a_spare(depot), a_customer(depot, "株洲车辆段"), a_customer(depot, "长沙地铁")
    spares.reserve(depot, Reserving(spare.unit_id, mine.id, TODAY + timedelta(3)))
    assert spares.release(depot, spare.unit_id).serial == spare.serial
    assert refused(lambda: spares.release(depot, spare.unit_id)).code == "spares.not-reserved"
    assert spares.pool(depot)[0].reserved_for == ""
    sent(depot, spare, other.id)


@pytest.mark.parametrize(("values", "code"), [
    ({"customer_id": ""}, "spares.customer-missing"),
    ({"until": None}, "spares.until-missing"),
    ({"until": TODAY - timedelta(1)}, "spares.until-past"),
    ({"case_number": "SH1-R2611-09999"}, "spares.unknown-case"),
    ({"unit_id": "nobody"}, "spares.unknown-unit"),
])
def test_what_cannot_be_reserved(sqlite_depot: Depot, values: dict[str, Any], code: str) -> None:
    spare, customer = a_spare(sqlite_depot), a_customer(sqlite_depot, "长沙地铁")
    asked = Reserving(**{"unit_id": spare.unit_id, "customer_id": customer.id, "until": TODAY, **values})
    assert refused(lambda: spares.reserve(sqlite_depot, asked)).code == code
    assert spares.pool(sqlite_depot)[0].reservation_id == ""


def test_a_spare_stays_at_the_site_and_the_faulty_unit_is_ours(depot: Depot, clock: FakeClock) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    faulty = receiving_faulty(depot, customer.id, spare.product_id)
    going = sent(depot, spare, customer.id)
    assert unit_of(depot, spare.unit_id).place is Place.FIELD
    assert going.number.startswith("SH1-U2611-")
    clock.advance(days=1)
    done = a_swap(depot, going.use_id, "F-900", TODAY + timedelta(1))
    mine, theirs = unit_of(depot, done.replaced_unit_id), unit_of(depot, spare.unit_id)
    assert (theirs.place, theirs.customer_id) == (Place.CUSTOMER, customer.id)
    assert (mine.id, mine.customer_id) == (faulty.id, None)
    assert done.due_on == TODAY + timedelta(15)
    use = use_of(depot, going.use_id)
    assert (use.state, use.owed_days, use.user_name) == (UseState.OWED, 14, "刘师傅")
    with depot.read() as tx:
        from app.persistence import warranty as entry_rows

        (entry,) = entry_rows.of_unit(tx, spare.unit_id)
    assert entry.kind == "Carried"


def receiving_faulty(depot: Depot, customer_id: str, product_id: str) -> Unit:
    """A unit at the customer's that was announced by phone."""
    reporting.report(depot, an_intake(depot, "F-900", customer_id=customer_id, product_id=product_id))
    with depot.read() as tx:
        found = rows.unit_of_product(tx, product_id, "F-900")
    assert found is not None
    return found


def test_the_owed_unit_arrives_and_is_repaired_for_the_pool(depot: Depot, clock: FakeClock) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    going = sent(depot, spare, customer.id)
    a_swap(depot, going.use_id, "F-900", TODAY, product_id=spare.product_id)
    clock.advance(days=16)
    (waiting,) = spares.owed(depot)
    assert (waiting.state, waiting.colour, waiting.days_left) == (UseState.OWED, Colour.OVERDUE, -2)
    (news,) = visits.look(depot, "f-900").units
    assert news.owed is not None
    assert (news.owed.number, news.owed.since, news.owed.spare_serial) == (going.number, TODAY, spare.serial)
    received = receiving.receive(depot, receiving.Receipt(
        (an_intake(depot, "F-900", customer_id=customer.id, product_id=spare.product_id),), outside(), own()))
    got = received.units[0]
    with depot.read() as tx:
        case, unit = rows.case(tx, got.case_id), rows.unit(tx, got.unit_id)
    assert case is not None
    assert unit is not None
    assert (case.return_needed, case.spare_left_serial, unit.customer_id) == (False, spare.serial, None)
    assert spares.owed(depot) == ()
    (settled,) = spares.owed(depot, settled=True)
    assert (settled.state, settled.recovered_case, settled.days_owed) == (
        UseState.RECOVERED, got.case_number, 16)
    undoing.undo(depot, received.entry_id)
    (again,) = spares.owed(depot)
    assert again.state is UseState.OWED
    assert unit_of(depot, got.unit_id).customer_id is None


def test_a_recovered_unit_is_never_put_away_for_return(depot: Depot) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    going = sent(depot, spare, customer.id)
    a_swap(depot, going.use_id, "F-900", TODAY, product_id=spare.product_id)
    with_mark = a_spare(depot, "F-900", put_away=False, customer_id=customer.id, product_id=spare.product_id)
    wrong = refused(lambda: returning.put_away(depot, [with_mark.case_id], return_needed=True))
    assert (wrong.code, wrong.facts["use"]) == ("returning.for-the-pool", going.number)
    returning.put_away(depot, [with_mark.case_id], return_needed=False)
    assert [row.serial for row in spares.pool(depot)] == ["F-900"]
    assert Gate.STANDS_IN_ZONE in {state.gate for state in returning.checklist(depot, with_mark.case_id)}


def test_a_spare_by_courier_needs_a_handover_at_the_door(depot: Depot) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    asked = Sending(spare.unit_id, customer.id, "5 号线", "停运", Carriage.COURIER, carrier="顺丰")
    assert refused(lambda: spares.send_to_site(depot, asked, own(), FIELD)).code == "spares.who-takes"
    going = spares.send_to_site(depot, asked, own(), outside("快递员", Party.CARRIER))
    assert unit_of(depot, spare.unit_id).place is Place.OUTBOUND
    a_swap(depot, going.use_id, "F-900", TODAY, product_id=spare.product_id)
    assert unit_of(depot, spare.unit_id).place is Place.CUSTOMER


def test_an_unused_spare_comes_back_to_the_pool(depot: Depot) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    going = sent(depot, spare, customer.id)
    assert spares.pool(depot) == ()
    spares.bring_back(depot, going.use_id, FIELD, own())
    assert [row.serial for row in spares.pool(depot)] == [spare.serial]
    assert refused(lambda: a_swap(depot, going.use_id, "F-900", TODAY)).code == "spares.use-ended"


def test_an_owed_unit_that_never_comes_is_written_off_by_the_supervisor(depot: Depot) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    going = sent(depot, spare, customer.id)
    a_swap(depot, going.use_id, "F-900", TODAY, product_id=spare.product_id)
    assert refused(lambda: spares.write_off(depot, going.use_id, "丢失")).code == "people.not-allowed"
    boss = as_person(depot, "supervisor")
    assert refused(lambda: spares.write_off(boss, going.use_id, " ")).code == "spares.write-off-reason"
    done = spares.write_off(boss, going.use_id, "现场已丢失")
    assert use_of(depot, going.use_id).state is UseState.WRITTEN_OFF
    undoing.undo(boss, done.entry_id)
    assert use_of(depot, going.use_id).state is UseState.OWED


@pytest.mark.parametrize(("values", "code"), [
    ({"replaced_serial": " "}, "spares.replaced-missing"),
    ({"swapped_on": None}, "spares.swap-day-missing"),
    ({"swapped_on": TODAY + timedelta(1)}, "spares.swap-future"),
    ({"swapped_on": TODAY - timedelta(1)}, "spares.swap-before-sent"),
    ({"replaced_serial": "NEVER-SEEN"}, "spares.unknown-serial"),
    ({"replaced_serial": "6.37702E+15"}, "serial.spreadsheet-damage"),
    ({"use_id": "nobody"}, "spares.unknown-use"),
])
def test_what_cannot_be_swapped(sqlite_depot: Depot, values: dict[str, Any], code: str) -> None:
    spare, customer = a_spare(sqlite_depot), a_customer(sqlite_depot, "长沙地铁")
    going = sent(sqlite_depot, spare, customer.id)
    asked = {"use_id": going.use_id, "replaced_serial": spare.serial, "swapped_on": TODAY, **values}
    got = refused(lambda: spares.swap_at_site(sqlite_depot, Swapping(**asked), outside()))
    assert got.code.startswith(code.split(".", maxsplit=1)[0])
    assert got.code == code
    assert use_of(sqlite_depot, going.use_id).state is UseState.ON_THE_WAY


def test_the_spare_itself_and_a_unit_in_the_house_are_no_faulty_units(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    going = sent(depot, spare, customer.id)
    assert refused(lambda: a_swap(depot, going.use_id, spare.serial, TODAY)).code == "spares.same-unit"
    inside = a_spare(depot, "IN-1", product_id=spare.product_id)
    got = refused(lambda: a_swap(depot, going.use_id, inside.serial, TODAY))
    assert (got.code, got.facts["place"]) == ("spares.replaced-in-house", Place.ZONE_SPARE)


@pytest.mark.parametrize(("values", "code"), [
    ({"site": ""}, "spares.site-missing"), ({"reason": ""}, "spares.reason-missing"),
    ({"customer_id": ""}, "spares.customer-missing"),
    ({"carriage": Carriage.COURIER}, "spares.carrier-missing"),
])
def test_what_is_not_sent_to_a_site(sqlite_depot: Depot, values: dict[str, Any], code: str) -> None:
    spare, customer = a_spare(sqlite_depot), a_customer(sqlite_depot, "长沙地铁")
    asked = {"unit_id": spare.unit_id, "customer_id": customer.id, "site": "5 号线", "reason": "停运", **values}
    assert refused(lambda: spares.send_to_site(sqlite_depot, Sending(**asked), own(), FIELD)).code == code
    assert len(spares.pool(sqlite_depot)) == 1


def test_a_unit_that_waits_for_its_return_is_no_spare(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    passed = a_spare(depot, put_away=False)
    returning.put_away(depot, [passed.case_id], return_needed=True)
    customer = a_customer(depot, "长沙地铁")
    got = refused(lambda: sent(depot, passed, customer.id))
    assert (got.code, got.facts["place"]) == ("spares.not-in-pool", Place.ZONE_REPAIRED)


def test_no_unit_is_lost_on_its_way_to_the_site_and_back(sqlite_depot: Depot, clock: FakeClock) -> None:
    depot = sqlite_depot
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    for _round in range(2):
        spares.bring_back(depot, sent(depot, spare, customer.id).use_id, FIELD, own())
    going = sent(depot, spare, customer.id)
    clock.advance(days=1)
    a_swap(depot, going.use_id, "F-900", TODAY + timedelta(1), product_id=spare.product_id)
    owed = an_intake(depot, "F-900", customer_id=customer.id, product_id=spare.product_id)
    receiving.receive(depot, receiving.Receipt((owed,), outside(), own()))
    again = an_intake(depot, spare.serial, customer_id=customer.id, product_id=spare.product_id)
    receiving.receive(depot, receiving.Receipt((again,), outside(), own()))
    path = depot.database.path
    assert path is not None
    with reading(path) as connection:
        check_all(connection)
