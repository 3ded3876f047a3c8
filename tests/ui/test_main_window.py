"""The window as a whole: scanning, saying things, locking, languages, looks."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.conftest import Scanner, sign_in
from ui.background import Desk
from ui.main_window import MainWindow


def test_the_window_opens_with_its_pages_listed(window: MainWindow) -> None:
    assert window.isVisible()
    assert window.navigation.list.model().rowCount() >= 10
