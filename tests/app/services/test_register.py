"""The return register, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.depot import Depot
from app.domain.register import Selection, Standing
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import receiving, register, undoing
from tests.builders import a_customer, an_intake, outside, own
from tests.conftest import FakeClock


def fill(depot: Depot, clock: FakeClock) -> list[receiving.ReceivedUnit]:
    """Five cases on five days: the first returned, the fourth void, the second of another customer."""
    model = an_intake(depot)
    other = a_customer(depot, "东方电厂")
    got = []
    for n in range(5):
        intake = replace(model, serial=f"S{n}", customer_id=other.id if n == 1 else model.customer_id)
        done = receiving.receive(depot, receiving.Receipt((intake,), outside(), own()))
        got.append(done.units[0])
        if n == 3:
            undoing.undo(depot, done.entry_id)
        clock.advance(days=1)
    with depot.write() as tx:
        rows.change_case(tx, got[0].case_id, stage=Stage.RETURNED, returned_at=tx.at)
    return got


def test_the_register_lists_newest_first_and_pages_by_key(depot: Depot, clock: FakeClock) -> None:
    fill(depot, clock)
    first = register.page(depot, Selection(), limit=2)
    second = register.page(depot, Selection(), first[-1], limit=9)
    assert [row.serial for row in (*first, *second)] == ["S4", "S3", "S2", "S1", "S0"]
    for order in ("received", "due", "number"):
        for down in (True, False):
            some = register.page(depot, Selection(), None, 2, (order, down))
            rest = register.page(depot, Selection(), some[-1], 9, (order, down))
            assert {row.serial for row in (*some, *rest)} == {"S0", "S1", "S2", "S3", "S4"}
            assert len(some) + len(rest) == 5


def test_period_standing_customer_and_text_choose(depot: Depot, clock: FakeClock) -> None:
    fill(depot, clock)

    def serials(**values: object) -> list[str]:
        return [row.serial for row in register.page(depot, Selection(**values))]  # type: ignore[arg-type]

    assert serials(start=date(2026, 11, 4), end=date(2026, 11, 5)) == ["S2", "S1"]
    assert serials(standing=Standing.VOID) == ["S3"]
    assert serials(standing=Standing.ENDED) == ["S0"]
    assert serials(stage=Stage.RECEIVED, text="东方") == ["S1"]
    assert serials(text="SH1-R2611-00003") == ["S2"]
    clock.advance(days=12)
    assert serials(standing=Standing.OVERDUE) == ["S2", "S1"]


def test_totals_are_counted_by_the_database(depot: Depot, clock: FakeClock) -> None:
    fill(depot, clock)
    clock.advance(days=20)
    totals = register.totals(depot, Selection())
    assert (totals.cases, totals.open, totals.overdue, totals.returned, totals.void) == (4, 3, 3, 1, 1)


def test_the_whole_register_has_days_and_lateness(depot: Depot, clock: FakeClock) -> None:
    fill(depot, clock)
    whole = register.register(depot, Selection(standing=Standing.OPEN))
    assert [(line.row.serial, line.days, line.overdue) for line in whole.lines] == [
        ("S1", 4, False), ("S2", 3, False), ("S4", 1, False)]
