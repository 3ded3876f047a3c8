"""Shelves, boards and moves between shelves, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.places import Place
from app.domain.storage import NO_SHELF, ShelfDraft, Show, StandingOrder, Wanted
from app.errors import Refused
from app.services import storage, undoing
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock, as_person


def a_shelf(depot: Depot, code: str = "A-01-1", **values: object) -> str:
    """A shelf in zone 1."""
    draft = ShelfDraft(**{"place": Place.ZONE_PENDING, "code": code, **values})  # type: ignore[arg-type]
    return storage.add_shelf(as_person(depot, "supervisor"), draft).shelf_id


def shelf_of(depot: Depot, unit_id: str) -> str | None:
    return next(u.shelf_code for u in storage.zone_units(depot, Wanted(Place.ZONE_PENDING)) if u.unit_id == unit_id)


def test_a_unit_is_put_on_a_shelf_and_back(depot: Depot) -> None:
    unit = a_received_unit(depot)
    first, second = a_shelf(depot, "A-01-1"), a_shelf(depot, "A-01-2")
    storage.put_on_shelf(depot, [unit.unit_id], first)
    moved = storage.put_on_shelf(depot, [unit.unit_id], second)
    assert shelf_of(depot, unit.unit_id) == "A-01-2"
    undoing.undo(depot, *moved.entry_ids)
    assert shelf_of(depot, unit.unit_id) == "A-01-1"
    assert [s.standing for s in storage.shelves(depot, Place.ZONE_PENDING)] == [1, 0]


def test_scanning_a_unit_twice_onto_its_shelf_writes_nothing(depot: Depot) -> None:
    unit, shelf = a_received_unit(depot), a_shelf(depot)
    storage.put_on_shelf(depot, [unit.unit_id], shelf)
    again = storage.put_on_shelf(depot, [unit.unit_id], shelf)
    assert (again.moved, again.stayed, again.entry_ids) == ((), (unit.unit_id,), ())


def test_an_older_move_is_not_undone_under_a_newer_one(depot: Depot) -> None:
    unit = a_received_unit(depot)
    moved = storage.put_on_shelf(depot, [unit.unit_id], a_shelf(depot, "A-01-1"))
    storage.put_on_shelf(depot, [unit.unit_id], a_shelf(depot, "A-01-2"))
    with pytest.raises(Refused, match=r"undo\.moved-since"):
        undoing.undo(depot, *moved.entry_ids)


def test_a_shelf_takes_only_units_whose_condition_it_meets(depot: Depot) -> None:
    product = a_product(depot, "LCD-12", storage_condition="DRY")
    unit = a_received_unit(depot, product_id=product.id)
    with pytest.raises(Refused, match=r"storage\.condition"):
        storage.put_on_shelf(depot, [unit.unit_id], a_shelf(depot, provides=("ESD",)))
    dry = a_shelf(depot, "A-02-1", provides=("ESD", "DRY"))
    storage.put_on_shelf(depot, [unit.unit_id], dry)
    seen = next(s for s in storage.shelves(depot) if s.id == dry)
    with pytest.raises(Refused, match=r"storage\.shelf-condition-needed"):
        storage.edit_shelf(as_person(depot, "supervisor"), dry, seen.seq, ShelfDraft(Place.ZONE_PENDING, "A-02-1"))


def test_a_shelf_of_another_zone_is_refused(depot: Depot) -> None:
    unit = a_received_unit(depot)
    with pytest.raises(Refused, match=r"storage\.other-zone"):
        storage.put_on_shelf(depot, [unit.unit_id], a_shelf(depot, "B-1", place=Place.ZONE_REPAIRED))


def test_more_units_than_a_shelf_is_for_is_a_warning(depot: Depot) -> None:
    shelf = a_shelf(depot, capacity=1)
    storage.put_on_shelf(depot, [a_received_unit(depot, "S1").unit_id], shelf)
    customer, product = a_customer(depot), a_product(depot)
    unit = a_received_unit(depot, "S2", customer_id=customer.id, product_id=product.id)
    assert storage.put_on_shelf(depot, [unit.unit_id], shelf).over == 1


def test_a_shelf_with_units_is_not_taken_out_of_use(depot: Depot) -> None:
    shelf = a_shelf(depot)
    moved = storage.put_on_shelf(depot, [a_received_unit(depot).unit_id], shelf)
    supervisor = as_person(depot, "supervisor")
    seen = storage.shelves(depot)[0]
    draft = ShelfDraft(Place.ZONE_PENDING, "A-01-1")
    with pytest.raises(Refused, match=r"storage\.shelf-in-use"):
        storage.edit_shelf(supervisor, shelf, seen.seq, draft, active=False)
    undoing.undo(depot, *moved.entry_ids)
    kept = storage.edit_shelf(supervisor, shelf, seen.seq, draft, active=False)
    with pytest.raises(Refused, match=r"storage\.shelf-changed-meanwhile"):
        storage.edit_shelf(supervisor, shelf, seen.seq, draft)
    undoing.undo(supervisor, kept.entry_id)
    assert storage.shelves(depot)[0].active


def test_the_code_of_a_shelf_is_there_once_in_a_zone(depot: Depot) -> None:
    a_shelf(depot, "A-01-1")
    with pytest.raises(Refused, match=r"storage\.shelf-code-taken"):
        a_shelf(depot, "a-01-1")
    a_shelf(depot, "A-01-1", place=Place.ZONE_SPARE)


def test_a_clerk_does_not_set_up_shelves(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        storage.add_shelf(depot, ShelfDraft(Place.ZONE_PENDING, "A-01-1"))


def test_the_board_counts_ages_and_dates(depot: Depot, clock: FakeClock) -> None:
    customer, product = a_customer(depot), a_product(depot)
    for n in range(3):
        a_received_unit(depot, f"S{n}", customer_id=customer.id, product_id=product.id)
        clock.advance(days=8)
    a_shelf(depot, capacity=5)
    zone = storage.board(depot).zones[0]
    assert (zone.standing, zone.capacity, zone.ages) == (3, 5, (0, 0, 3))
    assert (zone.due_soon, zone.overdue, zone.came_today) == (0, 2, 0)
    late = storage.zone_units(depot, Wanted(Place.ZONE_PENDING, Show.OVERDUE))
    assert [u.serial for u in late] == ["S0", "S1"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", list(StandingOrder))
def test_pages_of_a_zone_follow_one_another(depot: Depot, order: StandingOrder, descending: bool) -> None:
    customer, product = a_customer(depot), a_product(depot)
    for n in range(7):
        promised = date(2026, 12, 20 - n) if n % 2 else None
        a_received_unit(depot, f"S{n}", customer_id=customer.id, product_id=product.id, promised_on=promised)
    wanted = Wanted(Place.ZONE_PENDING, product_id=product.id, customer_id=customer.id, shelf_id=NO_SHELF)
    whole = storage.zone_units(depot, wanted, order, descending=descending)
    assert len(whole) == storage.count_units(depot, wanted) == 7
    paged: list[object] = []
    after = None
    while page := storage.zone_units(depot, wanted, order, after=after, limit=3, descending=descending):
        paged += page
        after = page[-1]
    assert paged == list(whole)
    if order is StandingOrder.DUE and not descending:
        assert [u.serial for u in whole] == ["S0", "S2", "S4", "S6", "S5", "S3", "S1"]


def test_the_board_is_narrowed_to_what_is_there(depot: Depot) -> None:
    unit = a_received_unit(depot)
    there = storage.present(depot, Place.ZONE_PENDING)
    assert [text for _id, text in there.products] == ["PSU-4800W"]
    assert [text for _id, text in there.customers] == ["中车株洲所"]
    assert storage.present(depot, Place.ZONE_SPARE).products == ()
    assert storage.zone_units(depot, Wanted(Place.ZONE_PENDING, Show.MINE))[0].unit_id == unit.unit_id
    assert storage.zone_units(as_person(depot, "clerk2"), Wanted(Place.ZONE_PENDING, Show.MINE)) == ()
