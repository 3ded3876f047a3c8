"""Stock-takes, on both engines."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.places import Place
from app.domain.stocktaking import Finding
from app.errors import Refused
from app.persistence import handover, receiving
from app.services import stocktaking, storage, undoing
from app.services.stocktaking import Stocktake
from tests.app.services.test_storage import a_shelf
from tests.builders import a_customer, a_product, a_received_unit, own


@pytest.fixture
def units(depot: Depot) -> list[str]:
    """Four units: two on shelf A, one on B, one on none."""
    customer, product = a_customer(depot), a_product(depot)
    found = [
        a_received_unit(depot, f"S{n}", customer_id=customer.id, product_id=product.id).unit_id for n in range(4)
    ]
    storage.put_on_shelf(depot, found[:2], a_shelf(depot, "A"))
    storage.put_on_shelf(depot, found[2:3], a_shelf(depot, "B"))
    return found


def shelf_id(depot: Depot, code: str) -> str:
    found = storage.shelf_with_code(depot, Place.ZONE_PENDING, code)
    assert found is not None
    return found.id


def counting(depot: Depot) -> Stocktake:
    return stocktaking.start(depot, Place.ZONE_PENDING).stocktake


def test_differences_by_shelf_and_the_ledger_follows_the_shelf(depot: Depot, units: list[str]) -> None:
    taken = counting(depot)
    a, b = shelf_id(depot, "a"), shelf_id(depot, "B")
    assert stocktaking.count(depot, taken.id, "s0", a).finding is Finding.FOUND
    assert stocktaking.count(depot, taken.id, "S1", b).finding is Finding.MISPLACED
    assert stocktaking.count(depot, taken.id, "S1", b).again
    assert stocktaking.count(depot, taken.id, "SH1-R2611-00003", None).finding is Finding.FOUND
    assert stocktaking.count(depot, taken.id, "X-999", a).finding is Finding.UNKNOWN
    sheet = stocktaking.sheet(depot, taken.id)
    assert sheet.tally == {
        Finding.FOUND: 2, Finding.MISPLACED: 1, Finding.UNKNOWN: 1, Finding.MISSING: 1, Finding.UNEXPECTED: 0,
    }
    with pytest.raises(Refused, match=r"stocktaking\.unexplained"):
        stocktaking.finish(depot, taken.id, sheet.stocktake.seq, own())
    done = stocktaking.finish(depot, taken.id, sheet.stocktake.seq, own(), note="S3 is being looked for")
    assert done.corrected == (units[1],)
    assert [s.standing for s in storage.shelves(depot, Place.ZONE_PENDING)] == [1, 2]
    (kept,) = stocktaking.stocktakes(depot)
    assert kept.number == "SH1-N2611-00001"
    assert [line["finding"] for line in kept.differences["lines"]] == ["UNKNOWN", "MISPLACED", "MISSING"]
    with pytest.raises(Refused, match=r"stocktaking\.ended"):
        stocktaking.count(depot, taken.id, "S0", a)


def test_what_moves_during_the_count_is_no_difference(depot: Depot, units: list[str]) -> None:
    taken = counting(depot)
    stocktaking.count(depot, taken.id, "S0", shelf_id(depot, "A"))
    with depot.write() as tx:
        unit = receiving.unit(tx, units[0])
        assert unit is not None
        handover.move_unit(tx, unit, Place.COUNTER, case_id=unit.case_id)
    customer, product = a_customer(depot), a_product(depot)
    a_received_unit(depot, "NEW", customer_id=customer.id, product_id=product.id)
    findings = {line.scanned: line.finding for line in stocktaking.sheet(depot, taken.id).lines}
    assert findings["S0"] is Finding.FOUND
    assert "NEW" not in findings
    assert findings["S3"] is Finding.MISSING


def test_a_unit_that_the_ledger_has_elsewhere_is_unexpected(depot: Depot, units: list[str]) -> None:
    with depot.write() as tx:
        unit = receiving.unit(tx, units[0])
        assert unit is not None
        handover.move_unit(tx, unit, Place.COUNTER, case_id=unit.case_id)
    seen = stocktaking.count(depot, counting(depot).id, "S0", None)
    assert seen.finding is Finding.UNEXPECTED
    assert seen.unit is not None
    assert seen.unit.place is Place.COUNTER


def test_the_newest_count_of_a_unit_holds_and_a_scan_can_be_taken_back(depot: Depot, units: list[str]) -> None:
    taken = counting(depot)
    a, b = shelf_id(depot, "A"), shelf_id(depot, "B")
    stocktaking.count(depot, taken.id, "S0", a)
    wrong = stocktaking.count(depot, taken.id, "S0", b)
    assert stocktaking.sheet(depot, taken.id).tally[Finding.MISPLACED] == 1
    stocktaking.take_back_count(depot, wrong.count_id)
    assert stocktaking.sheet(depot, taken.id).tally[Finding.MISPLACED] == 0


def test_one_stock_take_of_a_zone_at_a_time(depot: Depot) -> None:
    first = stocktaking.start(depot, Place.ZONE_PENDING)
    with pytest.raises(Refused, match=r"stocktaking\.already-open"):
        counting(depot)
    undoing.undo(depot, first.entry_id)
    again = counting(depot)
    assert again.number == "SH1-N2611-00002"
    stocktaking.abandon(depot, again.id, "wrong zone")
    assert stocktaking.running(depot, Place.ZONE_PENDING) is None


def test_only_who_may_take_stock_signs(depot: Depot) -> None:
    taken = counting(depot)
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        stocktaking.finish(depot, taken.id, taken.seq, own("technician"))
