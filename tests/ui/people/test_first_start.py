"""The first start by keyboard: five questions, and the depot is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import i18n
from app.config import DATABASE, LANGUAGE, LAST_USER
from app.config import desk as desk_settings
from app.depot import open_depot
from app.domain.people import Role
from app.services import founding, people, settings
from tests.conftest import CHEAP, FOUNDING
from ui.people.first_start import FirstStart


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[FirstStart]:
    made = FirstStart(str(tmp_path / "new" / "depot.db"), hashing=CHEAP)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.done(0)
    made.deleteLater()


def answer(start: FirstStart, **values: object) -> None:
    """Type ``values`` into the step that is shown and go on."""
    step = start.steps[start._here]
    for name, value in values.items():
        step.fields[name].set_value(value)
    step.submit()


def up_to_the_place(start: FirstStart) -> None:
    answer(start)
    answer(start, depot_id="sh2", name="上海第二返修站", phone="021-1")
    answer(start, admin_name="陈思远", admin_login="chen", admin_password="ein-Wort-77", again="ein-Wort-77",
           admin_pin="5093")


def test_five_answers_found_the_depot(start: FirstStart, tmp_path: Path) -> None:
    answer(start, language="en")
    assert i18n.language() == "en"
    answer(start, depot_id="sh2", name="上海第二返修站", phone="021-1")
    answer(start, admin_name="陈思远", admin_login="chen", admin_password="ein-Wort-77", again="ein-Wort-77",
           admin_pin="5093")
    answer(start)
    answer(start, joins="now", centre="postgresql://depot_sh2@centre.example.cn/fanxiu")
    start.desk.wait_idle()
    assert start.founded is not None
    depot = open_depot(start.founded.target, hashing=CHEAP)
    assert (depot.depot_id, depot.identity.name) == ("SH2", "上海第二返修站")
    assert people.sign_in(depot, "chen", "ein-Wort-77").roles == {Role.ADMIN, Role.CLERK, Role.SUPERVISOR}
    assert "postgresql://depot_sh2@centre.example.cn/fanxiu" in settings.read(depot).values.values()
    depot.close()
    assert (desk_settings()[LANGUAGE], desk_settings()[LAST_USER]) == ("en", "chen")
    assert desk_settings()[DATABASE] == str(tmp_path / "new" / "depot.db")


def test_a_step_is_left_only_when_it_is_answered(start: FirstStart, qtbot: QtBot) -> None:
    answer(start)
    qtbot.keyClick(start._next, Qt.Key.Key_Space)
    assert start.depot.code.shown_problem()
    answer(start, depot_id="1", name="x")
    assert "cannot be a depot code" in start.depot.code.shown_problem()
    answer(start, depot_id="SH2")
    answer(start, admin_name="x", admin_login="ch", admin_password="ein-Wort-77", again="other", admin_pin="5093")
    assert "differ" in start.person.again.shown_problem()
    qtbot.mouseClick(start._back, Qt.MouseButton.LeftButton)
    assert start._here == 1


def test_a_place_with_a_depot_is_refused_and_left_alone(start: FirstStart, tmp_path: Path) -> None:
    taken = tmp_path / "taken.db"
    founding.found(taken, FOUNDING, hashing=CHEAP).close()
    up_to_the_place(start)
    answer(start, file=str(taken))
    answer(start)
    start.desk.wait_idle()
    assert start.founded is None
    assert start.steps[start._here] is start.place
    assert "There is a depot in" in start.notice.text()
    depot = open_depot(str(taken), hashing=CHEAP)
    assert depot.depot_id == "SH1"
    depot.close()


def test_esc_founds_nothing(start: FirstStart, tmp_path: Path, qtbot: QtBot) -> None:
    up_to_the_place(start)
    qtbot.keyClick(start, Qt.Key.Key_Escape)
    assert start.founded is None
    assert not (tmp_path / "new").exists()
