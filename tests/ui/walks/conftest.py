"""The walks run on a file; the whole way and a crate on a server too: `ON_A_SERVER`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.walks.hands import Hands
from ui.background import Desk
from ui.main_window import MainWindow

#: What the services do on a server each of their own tests says; these say that the window does not mind.
ON_A_SERVER = {"test_whole_way", "test_crate"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each walk on a file, some on a server as well."""
    if "engine" in metafunc.fixturenames:
        server = pytest.param("postgresql", marks=pytest.mark.postgres)
        on_a_server = metafunc.module.__name__.rpartition(".")[2] in ON_A_SERVER
        metafunc.parametrize("engine", ["sqlite", server] if on_a_server else ["sqlite"])


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Callable[[str], None]) -> Hands:
    return Hands(window, desk, qtbot, scanner)
