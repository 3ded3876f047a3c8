"""The ledgers of the zones, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.depot import Depot
from app.domain.places import ZONES, Place
from app.domain.storage import ShelfDraft
from app.errors import Refused
from app.persistence import handover, receiving
from app.services import ledger, storage
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock, as_person


@pytest.fixture
def history(depot: Depot, clock: FakeClock) -> list[str]:
    """One unit received on each of five days from 3 November on; the second left again on the 6th."""
    customer, product = a_customer(depot), a_product(depot)
    found = []
    for n in range(5):
        found.append(a_received_unit(depot, f"S{n}", customer_id=customer.id, product_id=product.id).unit_id)
        if n == 3:
            with depot.write() as tx:
                unit = receiving.unit(tx, found[1])
                assert unit is not None
                handover.move_unit(tx, unit, Place.COUNTER, case_id=unit.case_id, reason="test")
        clock.advance(days=1)
    return found


def test_opening_in_out_closing(depot: Depot, history: list[str]) -> None:
    head = ledger.head(depot, Place.ZONE_PENDING, date(2026, 11, 4), date(2026, 11, 6))
    assert (head.opening, head.came, head.left, head.closing) == (1, 3, 1, 3)
    lines = ledger.lines(depot, head)
    assert [(line.serial, line.incoming, line.balance) for line in lines] == [
        ("S1", True, 2), ("S2", True, 3), ("S3", True, 4), ("S1", False, 3),
    ]
    assert lines[0].document_number == "SH1-H2611-00002"
    assert lines[0].by_name == "何静"
    assert lines[-1].other_place is Place.COUNTER
    paged = []
    after = None
    while page := ledger.lines(depot, head, after=after, limit=2):
        paged += page
        after = page[-1]
    assert paged == list(lines)


def test_what_stood_there_on_a_past_day(depot: Depot, history: list[str]) -> None:
    def on(day: date, limit: int = 100) -> list[str]:
        rows: list[str] = []
        after = None
        while page := ledger.stood_on(depot, Place.ZONE_PENDING, day, after=after, limit=limit):
            rows += [row.serial for row in page]
            after = page[-1]
        return rows

    assert on(date(2026, 11, 2)) == []
    assert on(date(2026, 11, 4)) == on(date(2026, 11, 4), limit=1) == ["S0", "S1"]
    assert on(date(2026, 11, 5)) == on(date(2026, 11, 5), limit=2) == ["S0", "S2", "S1"]
    assert on(date(2026, 11, 7)) == ["S0", "S2", "S3", "S4"]
    gone = ledger.stood_on(depot, Place.ZONE_PENDING, date(2026, 11, 5))[-1]
    assert gone.no == 3
    assert gone.left_at is not None


def test_a_shelf_move_is_no_line_but_the_shelf_of_a_past_day_is_known(
    depot: Depot, clock: FakeClock, history: list[str]
) -> None:
    shelf = storage.add_shelf(as_person(depot, "supervisor"), ShelfDraft(Place.ZONE_PENDING, "A-1")).shelf_id
    storage.put_on_shelf(depot, [history[0]], shelf)
    today = depot.today()
    head = ledger.head(depot, Place.ZONE_PENDING, today, today)
    assert (head.came, head.left, ledger.lines(depot, head)) == (0, 0, ())
    before, after = (
        ledger.stood_on(depot, Place.ZONE_PENDING, day)[0] for day in (today - timedelta(days=1), today)
    )
    assert (before.shelf, after.shelf) == (None, "A-1")
    assert before.since == after.since


def test_the_two_sides_of_the_ledger_agree_at_every_moment(depot: Depot, history: list[str]) -> None:
    with depot.read() as tx:
        for day in range(2, 9):
            at = storage.day_begins(depot, date(2026, 11, day))
            for zone in ZONES:
                left, right = ledger.check_balance(tx, zone, at)
                assert left == right == ledger.balance(tx, zone, at)


def test_a_period_that_ends_before_it_begins(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"ledger\.period"):
        ledger.head(depot, Place.ZONE_PENDING, date(2026, 11, 4), date(2026, 11, 3))
