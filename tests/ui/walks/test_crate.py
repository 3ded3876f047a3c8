"""A crate of forty in one go, its way back by one key, and a crate that is half scanned when the light goes out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.places import Place
from app.domain.register import Selection
from app.domain.stages import Stage
from app.services import register
from tests.ui.walks.hands import CTRL, Hands
from tests.ui.walks.steps import fill_crate, furnish

FORTY = [f"H2048{n:05d}" for n in range(1, 41)]


def standing(side: Depot) -> set[tuple[Stage, Place]]:
    """Where the units of all cases are."""
    return {(row.stage, row.place) for row in register.page(side, Selection(), limit=100)}


def test_forty_units_are_received_and_taken_back(hands: Hands, side: Depot, tmp_path: Path) -> None:
    furnish(side)
    fill_crate(hands, FORTY)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.draw("刘师傅")
    hands.sign()
    assert register.totals(side, Selection()).cases == 40
    assert standing(side) == {(Stage.RECEIVED, Place.ZONE_PENDING)}
    hands.print_out("SH1-C2611-00001", tmp_path)
    hands.window.setFocus()
    hands.key(Qt.Key.Key_Z, CTRL)
    assert standing(side) == {(Stage.VOID, Place.FIELD)}
