"""Settings: the desk's form, the depot's card, policy with its day, the calendar, codes as a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import i18n
from app.config import LABEL_MEDIA, LANGUAGE, SCANNER_GAP
from app.config import desk as desk_settings
from app.depot import Depot, Operator
from app.domain.masterdata import CodeKind, DayKind
from app.domain.settings import DepotSetting
from app.services import codes, people, settings, workdays
from tests.conftest import FakeClock
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.main_window import MainWindow
from ui.settings.calendar_tab import CalendarTab, DayForm
from ui.settings.codes_tab import CodeForm, CodesTab
from ui.settings.depot_tab import DepotTab
from ui.settings.desk_tab import DeskTab
from ui.settings.page import SettingsPage
from ui.settings.tab import Tab

CONTROL = Qt.KeyboardModifier.ControlModifier
T = TypeVar("T", bound=Tab)


def tab_of(window: MainWindow, desk: Desk, login: str, name: str, kind: type[T]) -> T:
    sign_in(desk, login)
    window.open("settings", name)
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, SettingsPage)
    tab = page.by_name[name]
    assert isinstance(tab, kind)
    desk.wait_idle()
    return tab


def dialog_of(tab: Tab) -> FormDialog:
    tab.desk.wait_idle()
    (dialog,) = [d for d in tab.findChildren(FormDialog) if d.isVisible()]
    return dialog


def test_the_desk_speaks_another_language_at_once(window: MainWindow, desk: Desk) -> None:
    tab = tab_of(window, desk, "clerk", "desk", DeskTab)
    assert tab.form.fields["language"].value() == "zh_CN"
    desk_settings()[LANGUAGE] = "en"
    tab.reload()
    tab.form.fields["language"].set_value("zh_CN")
    tab.form.fields["label_media"].set_value("70x50")
    tab.form.fields["scanner_gap_ms"].set_value(60)
    tab.form.submit()
    assert i18n.language() == "zh_CN"
    assert (desk_settings()[LABEL_MEDIA], desk_settings()[SCANNER_GAP]) == ("70x50", 60)


def test_a_number_out_of_range_is_not_saved(window: MainWindow, desk: Desk) -> None:
    tab = tab_of(window, desk, "clerk", "desk", DeskTab)
    tab.form.fields["scanner_gap_ms"].set_value(5000)
    tab.form.submit()
    assert [problem.field for problem in tab.form.problems()] == ["scanner_gap_ms"]
    assert desk_settings()[SCANNER_GAP] == 35


def test_the_depots_card_is_written_and_undone(window: MainWindow, desk: Desk, side: Depot) -> None:
    tab = tab_of(window, desk, "admin", "depot", DepotTab)
    tab.form.name.set_value("上海第一返修站")
    tab.form.fields[DepotSetting.CAPTIONS.value].set_value("both")
    tab.form.submit()
    desk.wait_idle()
    assert settings.read(side).card.name == "上海第一返修站"
    assert settings.read(side).values[DepotSetting.CAPTIONS] == "both"
    window.voice.undo_last()
    desk.wait_idle()
    assert tab.form.name.value() == "上海返修站"


def test_only_the_administrator_changes_the_depot(window: MainWindow, desk: Desk) -> None:
    tab = tab_of(window, desk, "clerk", "depot", DepotTab)
    assert not tab.form.isEnabled()
    assert "Only an administrator" in text_of(tab)


def test_a_logo_that_is_no_picture_is_named(window: MainWindow, desk: Desk) -> None:
    tab = tab_of(window, desk, "admin", "depot", DepotTab)
    tab.take_logo(b"GIF89a")
    assert [problem.code for problem in tab.form.problems()] == ["settings.logo-kind"]


def test_an_undecreed_year_warns_and_an_own_day_counts(
    window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    tab = tab_of(window, desk, "admin", "calendar", CalendarTab)
    before = workdays.year(side, 2026).working_days
    assert not tab.notice.isVisible()
    qtbot.keyClick(tab.table.view, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form = dialog_of(tab).form
    assert isinstance(form, DayForm)
    form.day.set_value(date(2026, 11, 20))
    form.kind.set_value(DayKind.HOLIDAY)
    form.submit()
    desk.wait_idle()
    assert workdays.year(side, 2026).working_days == before - 1
    tab.table.select_key(date(2026, 11, 20))
    next(a for a in tab.actions() if a.objectName() == "settings.remove-day").trigger()
    desk.wait_idle()
    assert workdays.year(side, 2026).working_days == before
    tab.years.set_value(1)
    tab.reload()
    desk.wait_idle()
    assert tab.notice.isVisible() is not workdays.year(side, 2027).decreed


def test_codes_go_out_as_a_list_and_come_back(
    window: MainWindow, desk: Desk, side: Depot, tmp_path: Path, qtbot: QtBot
) -> None:
    tab = tab_of(window, desk, "supervisor", "codes", CodesTab)
    target = tmp_path / "codes.csv"
    tab.save_list(target)
    desk.wait_idle()
    text = target.read_text(encoding="utf-8-sig").replace("不上电", "不能上电")
    target.write_text(text, encoding="utf-8")
    tab.read_list(target)
    desk.wait_idle()
    assert {v.code.code: v.code.name_zh for v in codes.codes(side, CodeKind.SYMPTOM)}["S10"] == "不能上电"
    window.voice.undo_last()
    desk.wait_idle()
    assert {v.code.code: v.code.name_zh for v in codes.codes(side, CodeKind.SYMPTOM)}["S10"] == "不上电"
    del qtbot


def test_a_code_is_entered_by_keyboard(window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot) -> None:
    tab = tab_of(window, desk, "supervisor", "codes", CodesTab)
    qtbot.keyClick(tab.table.view, Qt.Key.Key_N, CONTROL)
    form = dialog_of(tab).form
    assert isinstance(form, CodeForm)
    qtbot.keyClicks(form.code.edit, "s77")
    form.name_zh.set_value("闪烁")
    form.submit()
    desk.wait_idle()
    assert "S77" in {v.code.code for v in codes.codes(side, CodeKind.SYMPTOM)}


def test_in_december_whoever_looks_after_the_depot_is_told(
    window: MainWindow, desk: Desk, side: Depot, clock: FakeClock
) -> None:
    clock.advance(days=30)
    unknown = workdays.year(side, 2027).decreed is False
    admin = next(u for u in people.users(side) if u.login == "admin")
    clerk = next(u for u in people.users(side) if u.login == "clerk")
    for user, told in ((clerk, False), (admin, unknown)):
        window.lock()
        window.guard.welcome(Operator(user.id, user.login, user.name, user.roles))
        desk.wait_idle()
        assert any("2027" in text for text in window.banners()) is told
