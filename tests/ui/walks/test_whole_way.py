"""A unit's whole way through the real window, by scanner and keyboard, on both engines (issue 1, done when 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from tests.builders import a_customer, a_product
from tests.ui.walks.hands import CTRL, Hands, paper
from ui.background import Desk
from ui.main_window import MainWindow

SERIAL = "H204817736"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Callable[[str], None]) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def receive(hands: Hands, side: Depot, serial: str = SERIAL) -> None:
    a_customer(side, "中车株洲所", address="湖南省株洲市石峰区", contact="刘工", phone="0731-2849 3000")
    a_product(side)
    hands.sit("clerk")
    page = hands.go("receiving")
    counter = page.counter
    hands.choose(counter.head.customer, "中车")
    hands.scan(serial)
    assert [line.intake.serial for line in counter.crate.lines] == [serial]
    hands.choose(counter.form.product, "psu")
    hands.type_into(counter.form.symptom.editor, "开机无输出")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.draw("刘师傅")
    hands.sign()


def test_a_unit_goes_all_the_way(hands: Hands, side: Depot) -> None:
    receive(hands, side)
    paper(side, "SH1-C2611-00001", SERIAL, "中车株洲所")
