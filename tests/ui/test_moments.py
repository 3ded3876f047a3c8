"""What the screen says of time is the depot's, wherever the machine stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.depot import Depot
from app.persistence import sync as rows
from tests.conftest import FakeClock
from tests.ui.conftest import sign_in
from ui import moments
from ui.background import Desk
from ui.main_window import MainWindow
from ui.sync.page import SyncPage

EVENING = datetime(2026, 11, 3, 17, 30, tzinfo=UTC)     # in Shanghai the next day has begun


@pytest.fixture(autouse=True)
def machine_abroad(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's own clock is Los Angeles'."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_depot_at_the_desk_says_what_time_it_is(desk: Desk) -> None:
    sign_in(desk, "clerk")
    assert moments.minute(EVENING) == "2026-11-04 01:30"
    assert moments.short(EVENING) == "11-04 01:30"
    assert moments.day(EVENING) == date(2026, 11, 4)


def test_before_a_depot_is_open_it_is_the_machine(desk: Desk) -> None:
    del desk
    moments.follow(None)
    assert moments.minute(EVENING) == "2026-11-03 09:30"


def test_a_list_shows_the_depots_time(window: MainWindow, desk: Desk, side: Depot, clock: FakeClock) -> None:
    clock.now = EVENING
    with side.write() as tx:
        rows.begin(tx, "schedule")
    sign_in(desk, "supervisor")
    window.open("sync")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, SyncPage)
    model = page.nights.view.model()
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "2026-11-04 01:30" in texts
