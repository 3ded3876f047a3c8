"""The window fits the screen of a counter PC (1366×768, less its task bar), whatever page and language it shows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.depot import Depot
from tests.builders import a_received_unit
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel

WIDE, HIGH = 1280, 680


def least(window: MainWindow, page_id: str) -> tuple[str, int, int]:
    """What the window needs with the page shown."""
    window.open(page_id)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    needed = window.minimumSizeHint()
    return page_id, needed.width(), needed.height()


def test_no_page_makes_the_window_wider_or_higher_than_a_small_screen(
    window: MainWindow, desk: Desk, side: Depot
) -> None:
    a_received_unit(side)
    sign_in(desk, "supervisor")
    for language in ("en", "zh_CN"):
        window.speak(language)
        needed = [least(window, spec.id) for spec in PAGES]
        assert [page for page in needed if page[1] > WIDE or page[2] > HIGH] == []
        desk.wait_idle()        # in the other language the pages are measured with what they fetched


def test_the_detail_lies_over_a_page_that_leaves_no_room_for_it(window: MainWindow, side: Depot) -> None:
    least(window, "zones")
    window.desk.wait_idle()
    _page, wide, _high = least(window, "zones")
    window.resize(wide, HIGH)
    window.show_unit(a_received_unit(side).unit_id)
    window.desk.wait_idle()
    QTest.qWait(1)
    page = window.page()
    assert page is not None
    assert window.minimumSizeHint().width() == wide
    assert window.detail.isVisible()
    at = window.detail.mapTo(window, window.detail.rect().topRight())
    assert at.x() == window.width() - 1                     # whole in sight
    assert page.mapTo(window, page.rect().topRight()).x() == at.x()
    window.resize(1800, HIGH)                               # room for both: side by side
    assert page.mapTo(window, page.rect().topRight()).x() < window.detail.mapTo(window, QPoint(0, 0)).x()


def row_of(*words: str) -> tuple[QWidget, list[QPushButton]]:
    """A row: the first word at the left, the others behind a stretch."""
    around, row = QWidget(), Flow()
    buttons = [QPushButton(word) for word in words]
    around.setLayout(row)
    row.addWidget(buttons[0])
    row.addStretch(1)
    for button in buttons[1:]:
        row.addWidget(button)
    return around, buttons


def test_a_row_of_tools_goes_on_in_the_next_line_and_comes_back(qtbot: object) -> None:
    around, buttons = row_of("find a unit", "take it in", "send it back", "print")
    del qtbot
    one_line = around.sizeHint().width()
    around.resize(one_line, 40)
    around.show()
    assert len({button.y() for button in buttons}) == 1
    around.resize(one_line - 20, 80)
    assert buttons[0].y() < buttons[1].y() == buttons[2].y() == buttons[3].y()
    assert buttons[3].geometry().right() == around.width() - 1      # what stood at the right still does
    assert around.minimumSizeHint().width() == max(button.minimumSizeHint().width() for button in buttons)
    around.resize(around.minimumSizeHint().width(), 200)
    assert len({button.y() for button in buttons}) == 4
    buttons[1].hide()
    around.resize(one_line, 40)
    assert len({button.y() for button in buttons if button.isVisible()}) == 1
    around.close()


def test_a_line_that_is_cut_says_the_whole_as_its_tip(qtbot: object) -> None:
    del qtbot
    line = ElidedLabel()
    line.setText("43 cases, 12 of them overdue, 7 due today")
    line.resize(line.sizeHint())
    line.show()
    assert line.toolTip() == ""
    line.resize(80, 20)
    assert line.toolTip() == line.text()
    assert line.minimumSizeHint().width() < 80
    line.close()
