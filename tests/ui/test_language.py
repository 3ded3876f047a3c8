"""Switching the language or the person reaches what is not seen, and overrules nothing a page has decided."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QTabWidget

from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.main_window import MainWindow


def shown_buttons(window: MainWindow) -> list[str]:
    """The accessible names' actions do not matter: which buttons of the page can be seen, by their place."""
    page = window.page()
    assert page is not None
    return [f"{at}" for at, button in enumerate(page.findChildren(QPushButton)) if button.isVisible()]


def test_a_page_that_is_not_seen_is_said_again_when_it_is(window: MainWindow, desk: Desk) -> None:
    window.open("settings")
    desk.wait_idle()
    window.open("today")
    desk.wait_idle()
    window.speak("zh_CN")
    desk.wait_idle()
    window.open("settings")
    desk.wait_idle()
    page = window.page()
    assert page is not None
    tabs = page.findChildren(QTabWidget)[0]
    assert [tabs.tabText(at) for at in range(2)] == ["本机", "返修站"]


def test_buttons_that_a_page_hid_stay_hidden_in_another_language(window: MainWindow, desk: Desk) -> None:
    for page_id in ("return", "receiving"):
        window.open(page_id)
        desk.wait_idle()
        before = shown_buttons(window)
        window.open("today")
        desk.wait_idle()
        window.speak("zh_CN" if page_id == "return" else "en")
        window.open(page_id)
        desk.wait_idle()
        assert shown_buttons(window) == before


def test_a_page_that_is_not_seen_looks_again_for_the_next_person(window: MainWindow, desk: Desk) -> None:
    window.open("bench")
    desk.wait_idle()
    window.open("today")
    desk.wait_idle()
    bench = window.stack.widget(0)
    seen: list[str] = []
    reload = bench.reload
    bench.reload = lambda: (seen.append(desk.operator.login if desk.operator else ""), reload())
    sign_in(desk, "technician")
    assert desk.operator is not None
    window.welcome(desk.operator)
    desk.wait_idle()
    assert seen == []
    window.open("bench")
    desk.wait_idle()
    assert seen == ["technician"]
