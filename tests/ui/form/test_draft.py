"""What is typed is kept by itself, and comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.i18n import N_
from app.services import drafts
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.form import Draft, Form, MultilineField, TextField
from ui.form.draft import PAUSE_MS
from ui.main_window import MainWindow

Make = Callable[[], Form]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made() -> Form:
        form = Form()
        form.add(TextField("name", N_("Name")))
        form.add(MultilineField("words", N_("Symptom")))
        qtbot.addWidget(form)
        return form

    return made


def test_typing_is_saved_within_three_seconds_and_comes_back(desk: Desk, make: Make, qtbot: QtBot) -> None:
    assert PAUSE_MS <= 3000
    sign_in(desk, "clerk")
    form = make()
    Draft(desk, form, "receiving.intake")
    desk.wait_idle()
    qtbot.keyClicks(form.fields["words"].editor, "no output after switch-on")
    found: list[str | None] = []

    def look() -> bool:
        desk.run(desk, lambda depot: drafts.load_draft(depot, "receiving.intake", ""), found.append)
        desk.wait_idle()
        return found[-1] is not None

    qtbot.waitUntil(look, timeout=3500)
    again = make()
    with qtbot.waitSignal(Draft(desk, again, "receiving.intake").restored):
        pass
    assert again.fields["words"].value() == "no output after switch-on"


def test_a_draft_belongs_to_who_typed_it_and_to_its_subject(desk: Desk, make: Make, qtbot: QtBot) -> None:
    sign_in(desk, "clerk")
    form = make()
    draft = Draft(desk, form, "customer", "a")
    desk.wait_idle()
    qtbot.keyClicks(form.fields["name"].editor, "Huaxing")
    draft.save()
    desk.wait_idle()
    other = make()
    Draft(desk, other, "customer", "b")
    desk.wait_idle()
    assert other.fields["name"].value() == ""
    sign_in(desk, "inspector")
    foreign = make()
    Draft(desk, foreign, "customer", "a")
    desk.wait_idle()
    assert foreign.fields["name"].value() == ""


def test_a_dropped_draft_does_not_come_back(desk: Desk, make: Make, qtbot: QtBot) -> None:
    sign_in(desk, "clerk")
    form = make()
    draft = Draft(desk, form, "customer")
    desk.wait_idle()
    qtbot.keyClicks(form.fields["name"].editor, "Huaxing")
    draft.save()
    draft.drop()
    desk.wait_idle()
    again = make()
    Draft(desk, again, "customer")
    desk.wait_idle()
    assert again.fields["name"].value() == ""


def test_a_person_quicker_than_the_database_keeps_what_they_typed(desk: Desk, make: Make, qtbot: QtBot) -> None:
    sign_in(desk, "clerk")
    first = make()
    draft = Draft(desk, first, "customer")
    desk.wait_idle()
    qtbot.keyClicks(first.fields["name"].editor, "old")
    draft.save()
    desk.wait_idle()
    second = make()
    Draft(desk, second, "customer")
    qtbot.keyClicks(second.fields["name"].editor, "new")
    desk.wait_idle()
    assert second.fields["name"].value() == "new"


def test_locking_saves_what_was_just_typed(
    desk: Desk, window: MainWindow, make: Make, qtbot: QtBot, side: Depot
) -> None:
    form = make()
    form.setParent(window)
    Draft(desk, form, "customer")
    desk.wait_idle()
    form.fields["name"].set_value("just now")
    window.lock()
    desk.wait_idle()
    assert "just now" in (drafts.load_draft(side, "customer", "") or "")
    del qtbot
