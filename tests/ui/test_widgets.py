"""The small things."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.i18n import N_
from tests.ui.conftest import text_of
from ui.tones import Tone
from ui.widgets import Checklist, Chip, DefinitionList, LifeEvent, LifeLine, Segmented, Tile, age, case_due, due
from ui.widgets.ages import AgeBar, Share
from ui.widgets.tables import Gate

AT = datetime(2026, 11, 21, 9, 12)  # noqa: DTZ001  the depot's own time, as the life-line is given it


class _Case(NamedTuple):
    due_on: date | None
    paused_at: datetime | None


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-2, "2 days overdue", Tone.BAD),
        (-1, "1 day overdue", Tone.BAD),
        (0, "due today", Tone.WARN),
        (1, "1 day left", Tone.WARN),
        (9, "9 days left", Tone.MUTE),
    ],
)
def test_what_is_due_is_said_in_words_with_its_colour(days: int, words: str, tone: Tone) -> None:
    assert due(days) == (words, tone)


def test_a_case_whose_clock_stands_still_is_not_counted_down() -> None:
    today, day = AT.date(), AT.date() - timedelta(days=3)
    assert case_due(_Case(None, None), today) == ("", Tone.MUTE)
    assert case_due(_Case(day, None), today) == ("3 days overdue", Tone.BAD)
    assert case_due(_Case(day, AT), today) == ("clock paused", Tone.MUTE)


def test_an_age_is_said_in_days() -> None:
    assert (age(1), age(3)) == ("1 day", "3 days")


def test_segments_are_walked_with_the_arrows(qtbot: QtBot) -> None:
    chosen: list[object] = []
    made = Segmented([("a", N_("Name")), ("b", N_("Quantity")), ("c", N_("Age"))])
    qtbot.addWidget(made)
    made.show()
    made.chosen.connect(chosen.append)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.keyClick(made, Qt.Key.Key_Left)
    assert chosen == ["b", "c", "b"]
    made.set_value("not offered")
    assert made.value() is None


def test_a_tile_that_leads_somewhere_is_pressed_by_key_and_mouse(qtbot: QtBot) -> None:
    pressed: list[int] = []
    tile = Tile(N_("Name"), leads=True)
    qtbot.addWidget(tile)
    tile.pressed.connect(lambda: pressed.append(1))
    tile.show_figure("7", "2 today", Tone.BAD, "units")
    tile.show()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert pressed == [1, 1]
    assert tile.accessibleDescription() == "7 units 2 today"


def test_the_life_line_is_walked_by_keyboard_over_what_can_be_pressed(qtbot: QtBot) -> None:
    pressed: list[object] = []
    line = LifeLine()
    qtbot.addWidget(line)
    line.pressed.connect(pressed.append)
    line.show_events(
        [LifeEvent(AT, "Passed", "all items", key="e3"), LifeEvent(AT, "Moved"), LifeEvent(AT, "Received", key="e1")]
    )
    line.resize(300, line.minimumHeight())
    line.show()
    line.activateWindow()
    assert QTest.qWaitForWindowActive(line)
    line.setFocus()
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Return,
        Qt.Key.Key_Down,
        Qt.Key.Key_Return,
        Qt.Key.Key_Down,
        Qt.Key.Key_Return,
    ):
        qtbot.keyClick(line, key)
    assert pressed == ["e3", "e1", "e1"]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    assert pressed[-1] == "e3"
    assert "2026-11-21 09:12 Received" in line.accessibleDescription()
    line.grab()


def test_colour_is_never_alone(qtbot: QtBot) -> None:
    bar, chip = AgeBar(), Chip("In QA", Tone.INFO)
    for widget in (bar, chip):
        qtbot.addWidget(widget)
    bar.show_shares((Share(3, Tone.MUTE, "≤3 days"), Share(1, Tone.BAD, ">7 days")), capacity=10)
    assert bar.accessibleName() == "≤3 days 3 >7 days 1"
    assert bar.toolTip() == "≤3 days 3\n>7 days 1"
    assert chip.accessibleName() == "In QA"
    chip.show_state("Passed", Tone.OK)
    assert (chip.text(), chip.accessibleName()) == ("Passed", "Passed")


def test_gates_say_what_is_open_and_why(qtbot: QtBot) -> None:
    gates = Checklist()
    qtbot.addWidget(gates)
    gates.show_gates(
        [
            Gate("Accessories counted", ok=True),
            Gate("Quotation closed", ok=None),
            Gate("Signed", ok=False, detail="by nobody yet"),
        ]
    )
    gates.show()
    assert text_of(gates).split("\n") == ["Accessories counted", "Quotation closed", "Signed", "by nobody yet"]
    gates.show_gates([Gate("Signed", ok=True)])
    qtbot.waitUntil(lambda: text_of(gates) == "Signed")


def test_a_pair_without_a_value_is_left_out(qtbot: QtBot) -> None:
    pairs = DefinitionList()
    qtbot.addWidget(pairs)
    pairs.show_pairs([("Customer", "华星"), ("Lot", ""), ("Serial", "H2048")])
    pairs.show()
    assert text_of(pairs).split("\n") == ["Customer", "华星", "Serial", "H2048"]
