"""The walks run on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.walks.hands import Hands
from ui.background import Desk
from ui.main_window import MainWindow


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Callable[[str], None]) -> Hands:
    return Hands(window, desk, qtbot, scanner)
