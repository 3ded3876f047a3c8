"""The way back to the customer, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.clocks import ClockName, PauseReason
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.places import Place
from app.domain.returning import Gate, Packing, SendMethod
from app.domain.signing import Party
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import clocks, handover, inspection, returning, travellers, undoing
from app.services.handover import Offering
from app.services.inspection import Passing
from app.services.receiving import ReceivedUnit
from tests.builders import a_unit_in_qa, as_person, outside, own
from tests.conftest import FakeClock


def a_passed_unit(depot: Depot) -> ReceivedUnit:
    """A unit with its mark, back at the counter."""
    got, qa = a_unit_in_qa(depot), as_person(depot, "inspector")
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    handover.hand_over(qa, Offering(Direction.PASSED, (got.case_id,), own("inspector")), own())
    return got


def a_packing(case_id: str) -> Packing:
    return Packing((case_id,), SendMethod.COURIER, "张工", address="株洲市", carrier="顺丰")


def test_after_sales_signs_for_what_leaves_the_house(depot: Depot) -> None:
    got = a_passed_unit(depot)
    returning.put_away(depot, [got.case_id], return_needed=True)
    packed = returning.pack(depot, a_packing(got.case_id))
    carrier = outside("快递员", Party.CARRIER)
    with pytest.raises(Refused) as refusal:
        returning.send(depot, packed.shipment_id, own("technician"), carrier)
    assert (refusal.value.code, refusal.value.field) == ("handover.not-yours", "giver")
    returning.send(depot, packed.shipment_id, own(), carrier)
    with depot.read() as tx:
        unit = rows.unit(tx, got.unit_id)
    assert unit is not None
    assert unit.place is Place.OUTBOUND


def test_the_clock_of_a_spare_stops_on_the_shelf_not_in_the_archive(depot: Depot, clock: FakeClock) -> None:
    got = a_passed_unit(depot)
    clock.advance(days=3)
    returning.put_away(depot, [got.case_id], return_needed=False)
    clock.advance(days=30)
    (standing,) = clocks.of_case(depot, got.case_id)
    with depot.read() as tx:
        traveller = rows.traveller_of_case(tx, got.case_id)
    assert traveller is not None
    filing = travellers.Filing((traveller.id,), "B1", own(), own("inspector"))
    assert travellers.archive(as_person(depot, "inspector"), filing).closed == (got.case_number,)
    (closed,) = clocks.of_case(depot, got.case_id)
    for state in (standing, closed):
        assert (state.name, state.elapsed, state.stopped, state.due) == (
            ClockName.TURNAROUND, 3, True, date(2026, 11, 17))


def test_the_clock_stands_still_until_the_customer_collects(depot: Depot, clock: FakeClock) -> None:
    got = a_passed_unit(depot)
    returning.put_away(depot, [got.case_id], return_needed=True)
    packing = Packing((got.case_id,), SendMethod.COLLECTED, "张工")
    clock.advance(days=1)
    by_mistake = returning.pack(depot, packing)
    clock.advance(days=2)
    undoing.undo(depot, by_mistake.entry_id)
    (running,) = clocks.of_case(depot, got.case_id)
    assert (running.elapsed, running.pause, running.due) == (3, None, date(2026, 11, 17))
    packed = returning.pack(depot, packing)
    clock.advance(days=30)
    (waiting,) = clocks.of_case(depot, got.case_id)
    assert (waiting.elapsed, waiting.pause) == (3, PauseReason.CUSTOMER_COLLECTS)
    shut = {state.gate for state in returning.checklist(depot, got.case_id) if not state.open}
    assert shut == {Gate.NOT_PACKED}
    returning.send(depot, packed.shipment_id, own(), outside())
    (stopped,) = clocks.of_case(depot, got.case_id)
    assert (stopped.elapsed, stopped.stopped, stopped.due) == (3, True, date(2026, 12, 17))
    with depot.read() as tx:
        case = rows.case(tx, got.case_id)
    assert case is not None
    assert (case.paused_at, case.due_on) == (None, date(2026, 12, 17))
