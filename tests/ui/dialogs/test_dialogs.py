"""Dialogues: forms, signatures, papers, progress."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import i18n
from app.depot import Depot
from app.domain.people import Role
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature
from app.errors import Refused, Unavailable
from app.i18n import LANGUAGES, N_, _
from tests.conftest import PIN
from tests.ui.sample_page import PAGES_OF_THE_TEST, SAMPLE, SamplePage
from ui.background import Desk, Progress
from ui.dialogs.dialog import FormDialog, Question, ask
from ui.dialogs.help import HELP, KEYS, HelpDialog, help_page
from ui.dialogs.preview import PreviewDialog, PrintJob
from ui.dialogs.printing import paper_kind
from ui.dialogs.progress import APPEARS_AFTER_MS, ProgressDialog
from ui.dialogs.raster import Sheet, raster, sheets
from ui.dialogs.sign import SignDialog, SignRequest
from ui.form import Form, TextField
from ui.main_window import MainWindow
from ui.pages import PageSpec
from ui.widgets.signature import SignaturePad


@pytest.fixture
def pages() -> tuple[PageSpec, ...]:
    return PAGES_OF_THE_TEST


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> SamplePage:
    window.open(SAMPLE.id)
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, SamplePage)
    return page


def _press(holder: object, text: str, qtbot: QtBot) -> None:
    button = next(b for b in holder.findChildren(QPushButton) if b.text() == _(text) and b.isVisible())  # type: ignore[attr-defined]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# -- a form in a dialogue ----------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(page: SamplePage) -> Iterator[FormDialog]:
    form = Form()
    form.add(TextField("name", N_("Name"), required=True))
    made = FormDialog(page, N_("Receiving"), form, accept=N_("Save"))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.done(0)
    made.deleteLater()


def test_enter_in_the_last_field_submits_once_it_is_good(dialog: FormDialog, qtbot: QtBot) -> None:
    submitted: list[int] = []
    dialog.submitted.connect(lambda: submitted.append(1))
    name = dialog.form.fields["name"]
    qtbot.keyClick(name.editor, Qt.Key.Key_Return)
    assert submitted == []
    assert "missing" in name.shown_problem()
    qtbot.keyClicks(name.editor, "Huaxing")
    qtbot.keyClick(name.editor, Qt.Key.Key_Return)
    assert submitted == [1]
    dialog.done_well()
    assert not dialog.isVisible()


def test_escape_closes_an_untouched_dialogue_and_asks_about_a_typed_one(dialog: FormDialog, qtbot: QtBot) -> None:
    name = dialog.form.fields["name"]
    qtbot.keyClicks(name.editor, "Huaxing")
    qtbot.keyClick(name.editor, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert name.value() == "Huaxing"
    assert _("What you typed is not saved.") in dialog.notice.text()
    _press(dialog, "Discard and close", qtbot)
    assert not dialog.isVisible()


def test_escape_closes_an_untouched_dialogue(dialog: FormDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_refusal_of_the_service_stays_in_the_dialogue(dialog: FormDialog, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.form.fields["name"].editor, "Huaxing")

    def refuse(_depot: Depot) -> None:
        raise Refused("form.not-in-list", field="name", label="Name", value="Huaxing")

    dialog.run(refuse)
    desk.wait_idle()
    assert "Huaxing" in dialog.form.fields["name"].shown_problem()
    assert dialog.form.fields["name"].value() == "Huaxing"


def test_a_question_has_the_safe_answer_ready(page: SamplePage, qtbot: QtBot) -> None:
    answered: list[int] = []
    question = ask(page, N_("Receiving"), "Really?", N_("Save"), lambda: answered.append(1), danger=True)
    assert QTest.qWaitForWindowActive(question)
    focused = question.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == _("Cancel")
    _press(question, "Save", qtbot)
    assert answered == [1]
    assert isinstance(question, Question)


# -- signing -----------------------------------------------------------------------------------------------------------


def _sign(window: MainWindow, page: SamplePage, request: SignRequest) -> tuple[SignDialog, list[Signature]]:
    given: list[Signature] = []
    window.sign(page, request, given.append)
    dialog = window.findChild(SignDialog)
    assert dialog is not None
    assert QTest.qWaitForWindowActive(dialog)
    return dialog, given


def test_one_of_ours_signs_with_the_pin(desk: Desk, window: MainWindow, page: SamplePage, qtbot: QtBot) -> None:
    dialog, given = _sign(window, page, SignRequest("Receive 2 units"))
    assert dialog.login.value() == "clerk"
    qtbot.keyClicks(dialog.secret.edit, "1234")
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert given == []
    assert dialog.secret.value() == "", "a wrong secret is not kept"
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert given == [OwnSignature("clerk", PIN)]


def test_another_of_ours_may_step_up_but_only_with_the_role(
    desk: Desk, window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    dialog, given = _sign(window, page, SignRequest("Pass", other=True, roles=(Role.INSPECTOR,)))
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert given == []
    assert dialog.login.shown_problem() != ""
    dialog.login.edit.setText("inspector")
    dialog.secret.edit.setFocus()
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert given == [OwnSignature("inspector", PIN)]


def _draw(pad: SignaturePad, qtbot: QtBot, *points: tuple[int, int]) -> None:
    first, *rest = (QPoint(x, y) for x, y in points)
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in rest:
        qtbot.mouseMove(pad, point)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=rest[-1])


def test_a_customer_draws_and_the_strokes_are_kept_as_vectors(
    window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    dialog, given = _sign(window, page, SignRequest("Collect 2 units", party=Party.CUSTOMER))
    dialog.name.edit.setText("张三")
    dialog.form.submit()
    assert given == [], "nothing drawn yet"
    pad = dialog.pad
    width, height = pad.width(), pad.height()
    _draw(pad, qtbot, (1, 1), (width // 4, height // 2), (width // 2, height // 4), (width - 1, height - 1))
    _draw(pad, qtbot, (10, 10), (40, 60))
    assert dialog.form.is_good()
    dialog.form.submit()
    (signature,) = given
    assert isinstance(signature, OutsideSignature)
    assert (signature.party, signature.name, signature.on_paper) == (Party.CUSTOMER, "张三", False)
    assert len(signature.strokes) == 2
    assert all(0 <= x <= 1 and 0 <= y <= 1 for stroke in signature.strokes for x, y in stroke)
    assert max(signature.strokes[0][0]) < 0.01
    assert signature.strokes[0][-1][0] > 0.99


def test_clearing_the_pad_closes_the_gate_again(window: MainWindow, page: SamplePage, qtbot: QtBot) -> None:
    dialog, _given = _sign(window, page, SignRequest("Collect", party=Party.CUSTOMER, name="张三"))
    _draw(dialog.pad, qtbot, (5, 5), (60, 60), (90, 20), (120, 80), (150, 30))
    assert dialog.form.is_good()
    _press(dialog, "Clear and sign again", qtbot)
    assert dialog.pad.is_empty()
    assert not dialog.form.is_good()
    dialog.reject()


def test_it_may_be_signed_on_paper(window: MainWindow, page: SamplePage) -> None:
    dialog, given = _sign(window, page, SignRequest("Collect", party=Party.CARRIER, name="顺丰"))
    dialog.way.set_value("paper")
    dialog.form.submit()
    assert given == [OutsideSignature(Party.CARRIER, "顺丰", (), on_paper=True)]


# -- papers ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """What a slip service gives."""

    pdf: bytes
    missing_glyphs: tuple[str, ...] = ()


def _pdf(pages: int = 2, size: tuple[int, int] = (420, 595)) -> bytes:
    leaves = [Image.new("RGB", size, (255, 255 - 200 * place, 0)) for place in range(pages)]
    file = io.BytesIO()
    leaves[0].save(file, "PDF", save_all=True, append_images=leaves[1:], resolution=72)
    return file.getvalue()


def _preview(window: MainWindow, desk: Desk, job: PrintJob) -> PreviewDialog:
    window.preview(job)
    dialog = window.findChild(PreviewDialog)
    assert dialog is not None
    assert QTest.qWaitForWindowActive(dialog)
    desk.wait_idle()
    return dialog


def test_pages_are_drawn_outside_the_windows_thread(window: MainWindow, desk: Desk) -> None:
    dialog = _preview(window, desk, PrintJob("Receipt", "F2", lambda _depot: Slip(_pdf())))
    assert [(round(s.width), round(s.height)) for s in dialog.pages.sheets] == [(420, 595), (420, 595)]
    desk.wait_idle()
    dialog.grab()
    desk.wait_idle()
    box = dialog.pages.grab().toImage()
    assert box.pixelColor(box.width() // 2, 100).name() == "#ffff00"
    scale = dialog.pages.scale()
    dialog.zoom(1.25)
    assert dialog.pages.scale() == pytest.approx(scale * 1.25)
    dialog.close()
    desk.wait_idle()


def test_missing_characters_are_announced_before_printing(window: MainWindow, desk: Desk) -> None:
    dialog = _preview(window, desk, PrintJob("Receipt", "F2", lambda _depot: Slip(_pdf(), ("𡊄",))))
    assert "𡊄" in dialog.notice.text()
    dialog.close()
    desk.wait_idle()


def test_a_paper_is_printed_page_by_page_in_its_true_size_and_recorded(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    recorded: list[str] = []
    job = PrintJob("Receipt", "F2", lambda _depot: Slip(_pdf()), record=lambda depot: recorded.append(depot.depot_id))
    dialog = _preview(window, desk, job)
    target = tmp_path / "out.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(150)
    printer.setOutputFileName(str(target))
    dialog.put_on(printer)
    desk.wait_idle()
    printed = target.read_bytes()
    assert [(round(s.width), round(s.height)) for s in sheets(printed)] == [(420, 595), (420, 595)]
    first = raster(printed, 0, 36)
    assert first.pixelColor(first.width() // 2, first.height() // 2).name() == "#ffff00"
    assert recorded == ["SH1"]


def test_a_paper_is_saved_and_a_full_disk_is_said(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    pdf = _pdf(1)
    dialog = _preview(window, desk, PrintJob("Receipt", "F2", lambda _depot: Slip(pdf)))
    dialog.save_to(tmp_path / "receipt.pdf")
    desk.wait_idle()
    assert (tmp_path / "receipt.pdf").read_bytes() == pdf
    dialog.save_to(tmp_path / "no such folder" / "receipt.pdf")
    desk.wait_idle()
    assert any("no such folder" in said for said in window.banners())
    dialog.close()
    desk.wait_idle()


def test_a_slip_that_is_refused_is_said(window: MainWindow, desk: Desk) -> None:
    def refuse(_depot: Depot) -> Slip:
        raise Unavailable("database.locked")

    dialog = _preview(window, desk, PrintJob("Receipt", "F2", refuse))
    assert len(window.banners()) == 1
    assert not dialog.print_button.isEnabled()
    dialog.close()


@pytest.mark.parametrize(
    ("form", "millimetres", "kind"),
    [
        ("F1", (210, 297), "A4"),
        ("F3", (297, 210), "A4"),
        ("F2", (148, 210), "A5"),
        ("F6", (60, 40), "LABEL"),
        ("F7", (40, 30), "MARK"),
    ],
)
def test_each_size_of_paper_has_its_printer(form: str, millimetres: tuple[int, int], kind: str) -> None:
    width, height = (length * 72 / 25.4 for length in millimetres)
    assert paper_kind(form, (Sheet(width, height),)) == kind


# -- long work ---------------------------------------------------------------------------------------------------------


def test_long_work_shows_how_far_it_is_and_stops_when_asked(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    stopped = threading.Event()

    def count(_depot: Depot, progress: Progress) -> None:
        progress.step(1200, 24_000, "Reading")
        try:
            while not stopped.wait(0.01):
                progress.step(1200, 24_000)
        finally:
            stopped.set()

    desk.run_long(window, count, title="Import")
    assert window.findChild(ProgressDialog) is not None
    qtbot.waitUntil(lambda: window.findChild(ProgressDialog).isVisible(), timeout=APPEARS_AFTER_MS + 3000)
    dialog = window.findChild(ProgressDialog)
    assert "1,200 / 24,000" in " ".join(label.text() for label in dialog.findChildren(type(dialog.notice._text)))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.wait_idle()
    assert stopped.is_set()
    qtbot.waitUntil(lambda: window.findChild(ProgressDialog) is None)
    assert window.toasts() == []


def test_short_work_shows_no_dialogue(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.run_long(window, lambda _depot, progress: progress.step(1, 1), title="Import")
    desk.wait_idle()
    qtbot.waitUntil(lambda: window.findChild(ProgressDialog) is None)


# -- help --------------------------------------------------------------------------------------------------------------


def test_every_help_page_exists_in_both_languages_with_the_same_headings() -> None:
    pages = {
        spoken: {file.stem: file.read_text("utf-8") for file in (HELP / spoken).glob("*.md")} for spoken in LANGUAGES
    }
    assert pages["en"].keys() == pages["zh_CN"].keys() != set()
    for topic, english in pages["en"].items():
        assert english.startswith("# ")
        assert english.count("\n## ") == pages["zh_CN"][topic].count("\n## "), topic


def test_help_shows_the_page_and_its_keys_in_the_language_of_the_screen(window: MainWindow) -> None:
    window.help("start")
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert "First steps" in dialog.page.toPlainText()
    dialog.open_topic(KEYS)
    assert "Ctrl+P" in dialog.page.toPlainText()
    dialog.close()
    assert "扫描" in help_page_in("zh_CN", "start")


def help_page_in(language: str, topic: str) -> str:
    """The help page in another language than the test's."""
    i18n.use(language)
    try:
        return help_page(topic)
    finally:
        i18n.use("en")
