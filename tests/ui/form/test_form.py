"""Forms: judged live, gated, walked with Enter, never losing what was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.people import Role
from app.errors import Problem, Refused
from app.i18n import N_
from ui.background import Desk
from ui.form import (
    ChoiceField,
    DateField,
    FilesField,
    Form,
    MultilineField,
    NumberField,
    Option,
    SegmentField,
    SerialField,
    TextField,
    TickField,
)
from ui.form.dates import read_date
from ui.form.field import Field

TODAY = date(2026, 11, 21)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(columns=2)
    qtbot.addWidget(made)
    made.add(TextField("name", N_("Name"), required=True))
    made.add(NumberField("amount", N_("Quantity"), decimals=1, low=0, high=100))
    made.add(MultilineField("words", N_("Symptom")), span=2)
    made.add(DateField("day", N_("Fault date")))
    made.judge(
        lambda: (
            [Problem("name", "form.not-in-list", {"label": "Name", "value": "no"})]
            if made.fields["name"].value() == "no"
            else []
        )
    )
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def _type(qtbot: QtBot, field: Field, text: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field.editor, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-21", TODAY),
        ("20261121", TODAY),
        ("11-21", TODAY),
        ("1121", TODAY),
        ("21", TODAY),
        ("0", TODAY),
        ("+3", date(2026, 11, 24)),
        ("-21", date(2026, 10, 31)),
        ("2026/2/3", date(2026, 2, 3)),
        ("2026.2.3", date(2026, 2, 3)),
        ("2026年2月3日", date(2026, 2, 3)),
        ("２０２６－０２－０３", date(2026, 2, 3)),
        ("2月3日", date(2026, 2, 3)),
        ("2026-02-30", None),
        ("1301", None),
        ("tomorrow", None),
        ("2026-11-21-1", None),
        ("32", None),
        ("", None),
        ("6.3E5", None),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, day: date | None) -> None:
    assert read_date(text, TODAY) == day


def test_nothing_is_complained_about_before_it_was_touched(form: Form) -> None:
    assert not form.is_good()
    assert [field.shown_problem() for field in form.fields.values()] == ["", "", "", ""]


def test_a_problem_appears_when_the_field_is_left_and_goes_as_soon_as_it_is_mended(form: Form, qtbot: QtBot) -> None:
    name = form.fields["name"]
    _type(qtbot, name, "no")
    assert name.shown_problem() == ""
    qtbot.keyClick(name.editor, Qt.Key.Key_Tab)
    assert "not in the list" in name.shown_problem()
    qtbot.keyClicks(name.editor, "thing")
    assert name.shown_problem() == ""


def test_the_gate_opens_with_the_last_problem_and_says_before_what_is_open(form: Form, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    form.gate(button)
    assert not button.isEnabled()
    assert "Name is missing" in button.toolTip()
    _type(qtbot, form.fields["name"], "yes")
    assert button.isEnabled()
    assert "missing" not in button.toolTip()


def test_enter_goes_from_field_to_field_and_submits_at_the_end(form: Form, qtbot: QtBot) -> None:
    submitted: list[int] = []
    form.submitted.connect(lambda: submitted.append(1))
    _type(qtbot, form.fields["name"], "x")
    qtbot.keyClick(form.fields["name"].editor, Qt.Key.Key_Return)
    assert form.fields["amount"].editor.hasFocus()
    qtbot.keyClick(form.fields["amount"].editor, Qt.Key.Key_Return)
    assert form.fields["words"].editor.hasFocus()
    qtbot.keyClick(form.fields["words"].editor, Qt.Key.Key_Return)
    assert form.fields["words"].editor.hasFocus(), "Enter is a new line here"
    qtbot.keyClick(form.fields["words"].editor, Qt.Key.Key_Tab)
    assert form.fields["day"].editor.hasFocus()
    assert submitted == []
    qtbot.keyClick(form.fields["day"].editor, Qt.Key.Key_Return)
    assert submitted == [1]


def test_control_enter_submits_from_anywhere(form: Form, qtbot: QtBot) -> None:
    submitted: list[int] = []
    form.submitted.connect(lambda: submitted.append(1))
    _type(qtbot, form.fields["name"], "x")
    _type(qtbot, form.fields["words"], "a")
    qtbot.keyClick(form.fields["words"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert submitted == [1]


def test_submitting_too_early_shows_every_problem_and_goes_to_the_first(form: Form, qtbot: QtBot) -> None:
    submitted: list[int] = []
    form.submitted.connect(lambda: submitted.append(1))
    _type(qtbot, form.fields["day"], "31-31")
    form.submit()
    assert submitted == []
    assert "missing" in form.fields["name"].shown_problem()
    assert "not a date" in form.fields["day"].shown_problem()
    assert form.fields["name"].editor.hasFocus()
    assert form.fields["name"].editor.accessibleDescription() == form.fields["name"].shown_problem()


def test_escape_loses_nothing(form: Form, qtbot: QtBot) -> None:
    for name in ("name", "words"):
        _type(qtbot, form.fields[name], "typed")
        qtbot.keyClick(form.fields[name].editor, Qt.Key.Key_Escape)
        assert form.fields[name].value() == "typed"


def test_what_the_service_refused_stands_at_its_field(form: Form) -> None:
    assert form.show_refusal(Refused("form.missing", field="amount", label="Quantity"))
    assert "Quantity is missing" in form.fields["amount"].shown_problem()
    assert not form.show_refusal(Refused("form.missing", field="elsewhere", label="x"))


def test_the_content_goes_into_a_draft_and_comes_back_half_typed_as_it_was(form: Form, qtbot: QtBot) -> None:
    _type(qtbot, form.fields["name"], " half ")
    _type(qtbot, form.fields["amount"], "12,")
    _type(qtbot, form.fields["day"], "2026-1")
    kept = form.content()
    form.clear()
    assert form.fields["name"].value() == ""
    form.fill({**kept, "a field of an older version": 1})
    assert form.content() == kept


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("12", Decimal(12), ""),
        ("１２.５", Decimal("12.5"), ""),
        ("12.55", Decimal("12.55"), "form.too-many-places"),
        ("101", Decimal(101), "form.too-large"),
        ("-1", Decimal(-1), "form.too-small"),
        ("a", None, "form.not-a-number"),
        ("NaN", None, "form.not-a-number"),
        ("12.50", Decimal("12.50"), ""),
        ("1E1", Decimal("1E1"), ""),
        ("9E999999", None, "form.not-a-number"),
    ],
)
def test_a_number_is_read_exactly_or_refused(form: Form, text: str, value: Decimal | None, problem: str) -> None:
    amount = form.fields["amount"]
    assert isinstance(amount, NumberField)
    amount.edit.setText(text)
    assert amount.value() == value
    assert [found.code for found in amount.own_problems()] == ([problem] if problem else [])


def test_what_was_pasted_is_kept_bounded_and_without_control_characters(qtbot: QtBot) -> None:
    line, story = TextField("name", N_("Name"), required=True), MultilineField("note", N_("Note"))
    form = Form()
    qtbot.addWidget(form)
    form.add(line)
    form.add(story)
    line.set_value(" PSU\x07-48\x1b00W ")
    story.set_value("one\ntwo\x00 three")
    assert (line.value(), story.value(), form.is_good()) == ("PSU-4800W", "one\ntwo three", True)
    line.set_value("长" * 3000)
    form.submit()
    assert "3000 characters are too many; at most 400" in line.shown_problem()
    assert form.content()["name"] == "长" * 3000


def test_an_empty_required_field_is_missing_rather_than_wrong(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    login = form.add(TextField("login", N_("User name"), required=True))
    form.judge(lambda: [Problem("login", "people.login-form", {"value": login.value()})])
    form.submit()
    assert login.shown_problem() == "User name is missing."
    login.set_value("a b")
    assert '"a b" cannot be a login name' in login.shown_problem()


def test_arrows_step_a_number_and_a_day(form: Form, qtbot: QtBot) -> None:
    amount, day = form.fields["amount"], form.fields["day"]
    amount.set_value(99)
    for _ in range(3):
        qtbot.keyClick(amount.editor, Qt.Key.Key_Up)
    assert amount.value() == 100
    day.set_value(date(2026, 2, 28))
    qtbot.keyClick(day.editor, Qt.Key.Key_Up)
    assert day.value() == date(2026, 3, 1)


def test_a_day_is_tidied_when_it_is_left(form: Form, qtbot: QtBot) -> None:
    day = form.fields["day"]
    _type(qtbot, day, "20260203")
    qtbot.keyClick(day.editor, Qt.Key.Key_Return)
    assert isinstance(day, DateField)
    assert day.edit.text() == "2026-02-03"


def test_a_serial_is_folded(qtbot: QtBot) -> None:
    field = SerialField("serial", N_("Serial number"))
    qtbot.addWidget(field)
    field.edit.setText(" Ｈ２０４８１ ")
    assert field.value() == "H20481"


def test_ticks_and_segments_keep_what_they_are(qtbot: QtBot) -> None:
    tick = TickField("back", N_("Return needed"), ticked=True)
    way = SegmentField("role", N_("Role"), Role, chosen=Role.CLERK)
    for field in (tick, way):
        qtbot.addWidget(field)
    way.set_value(Role.MANAGER)
    kept = way.keep()
    way.clear()
    assert way.value() is Role.CLERK
    way.restore(kept)
    assert way.value() is Role.MANAGER
    tick.set_value(False)
    tick.clear()
    assert tick.value() is True


# -- choices -----------------------------------------------------------------------------------------------------------


def _choice(qtbot: QtBot, **kwargs: object) -> ChoiceField:
    field = ChoiceField("role", N_("Role"), **kwargs)  # type: ignore[arg-type]
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    assert QTest.qWaitForWindowActive(field)
    field.setFocus()
    return field


def test_a_choice_is_found_by_typing_a_part_of_it(qtbot: QtBot) -> None:
    field = _choice(qtbot, options=[("a", N_("Name")), ("b", N_("Quantity"))])
    qtbot.keyClicks(field.edit, "quan")
    assert field.value() is None
    assert [found.code for found in field.own_problems()] == ["form.not-in-list"]
    assert field.edit.list_open()
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    field.edit.completer().popup().hide()
    field.left.emit()
    assert field.value() == "b"
    assert field.edit.text() == "Quantity"


def test_an_enumeration_is_offered_by_its_labels(qtbot: QtBot) -> None:
    field = _choice(qtbot, options=Role)
    field.set_value(Role.INSPECTOR)
    kept = field.keep()
    field.clear()
    field.restore(kept)
    assert field.value() is Role.INSPECTOR


def test_typing_after_choosing_unchooses(qtbot: QtBot) -> None:
    field = _choice(qtbot, options=Role)
    field.set_value(Role.CLERK)
    qtbot.keyClicks(field.edit, "x")
    assert field.value() is None


def test_a_new_text_is_allowed_where_proposals_are(qtbot: QtBot) -> None:
    field = _choice(qtbot, options=[("a", N_("Name"))], new=True)
    committed = QInputMethodEvent()  # as a Chinese keyboard sends it
    committed.setCommitString("华星仪表厂")
    QApplication.sendEvent(field.edit, committed)
    assert (field.value(), field.text(), field.own_problems(), field.is_empty()) == (None, "华星仪表厂", [], False)


def test_a_long_list_is_asked_of_the_desk(qtbot: QtBot, desk: Desk) -> None:
    asked: list[str] = []

    def search(_depot: object, text: str) -> list[Option]:
        asked.append(text)
        return [Option(7, f"{text} Ltd", "Shanghai")]

    field = _choice(qtbot, search=search, desk=desk)
    qtbot.keyClicks(field.edit, "hua")
    qtbot.waitUntil(lambda: asked == ["hua"])
    desk.wait_idle()
    assert field.edit.list_open()
    qtbot.keyClick(field.edit.completer().popup(), Qt.Key.Key_Down)
    qtbot.keyClick(field.edit.completer().popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.value() == 7)
    assert field.edit.text() == "hua Ltd"
    kept = field.keep()
    field.clear()
    field.restore(kept)
    assert field.edit.text() == "hua Ltd"


# -- files -------------------------------------------------------------------------------------------------------------


def _drop(field: FilesField, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    field.area.dropEvent(
        QDropEvent(
            QPoint(5, 5).toPointF(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_files_are_dropped_once_each_and_taken_away_again(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "front.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    paper = tmp_path / "slip.pdf"
    paper.write_bytes(b"%PDF-1.4")
    field = FilesField("photos", N_("Photos"))
    qtbot.addWidget(field)
    _drop(field, picture, paper, picture, tmp_path / "gone.png")
    assert field.value() == [picture, paper]
    field.set_value([paper])
    assert field.keep() == [str(paper)]
    paper.unlink()
    field.restore([str(paper)])
    assert field.value() == []


def test_only_the_kinds_asked_for_are_taken(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = tmp_path / "list.xlsx"
    sheet.write_bytes(b"x")
    other = tmp_path / "list.exe"
    other.write_bytes(b"x")
    field = FilesField("file", N_("Photos"), kinds=(".xlsx",), single=True)
    qtbot.addWidget(field)
    field.take([other])
    assert field.value() == []
    field.take([sheet, other])
    assert field.value() == [sheet]
