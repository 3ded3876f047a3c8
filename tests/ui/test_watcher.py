"""What another desk changed is seen without a key pressed."""

from __future__ import annotations

import pytest

from app.changes import Changes
from app.depot import Depot
from tests.builders import a_received_unit
from ui.background import Desk
from ui.frame.watcher import Watcher
from ui.main_window import MainWindow
from ui.register.page import RegisterPage


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_page_looks_again_when_another_desk_wrote(window: MainWindow, desk: Desk, side: Depot) -> None:
    window.open("register")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, RegisterPage)
    watcher = Watcher(window)
    watcher.look()
    desk.wait_idle()
    assert page.table.rows() == []
    a_received_unit(side)                       # at another desk
    watcher.look()
    desk.wait_idle()
    assert [row.serial for row in page.table.rows()] == ["H204817736"]


def test_what_this_desk_wrote_is_not_told_twice(window: MainWindow, desk: Desk, side: Depot) -> None:
    watcher = Watcher(window)
    watcher.look()
    desk.wait_idle()
    heard: list[Changes] = []
    a_received_unit(side)
    desk.changed.emit(Changes.UNITS)            # as after an errand of this window's own
    desk.changed.connect(heard.append)
    watcher.look()
    desk.wait_idle()
    assert heard == []
