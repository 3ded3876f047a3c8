"""The hands of the people in the walks: keys, scans, a pen. They know the window only from outside."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from zxingcpp import read_barcodes

from app.depot import Depot
from app.printing import Printed
from app.printing.raster import raster
from app.services import slips
from tests.app.printing.reading_back import PRINTED
from tests.conftest import PIN
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.sign import SignDialog
from ui.form import ChoiceField, Form
from ui.main_window import MainWindow

D = TypeVar("D", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """One pair of hands at one window."""

    def __init__(self, window: MainWindow, desk: Desk, bot: QtBot, scan: Callable[[str], None]) -> None:
        self.window, self.desk, self.bot, self.scan_code = window, desk, bot, scan

    # -- sitting down ------------------------------------------------------------------------------------------

    def sit(self, login: str) -> None:
        """Another person comes to the desk."""
        sign_in(self.desk, login)
        self.rest()

    def go(self, page_id: str) -> QWidget:
        """Open a page by its key in the navigation and wait until it is filled."""
        self.window.open(page_id)
        self.rest()
        page = self.window.page()
        assert page is not None
        return page

    def look_up(self) -> None:
        """Bring the window to the front, as a person does who turns to it."""
        if QApplication.activeWindow() is None:
            self.window.raise_()
            self.window.activateWindow()
            self.bot.waitUntil(lambda: QApplication.activeWindow() is not None, timeout=60_000)

    def rest(self) -> None:
        """Wait until nothing is under way."""
        for _ in range(3):
            self.desk.wait_idle()
            QApplication.processEvents()

    # -- keys and scans ----------------------------------------------------------------------------------------

    def scan(self, code: str) -> None:
        """A code is scanned, wherever the focus is."""
        self.look_up()
        if QApplication.focusWidget() is None:
            self.window.setFocus()
        self.scan_code(code)
        self.rest()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.look_up()
        self.bot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.rest()

    def type_into(self, widget: QWidget, text: str) -> None:
        """Type into a field."""
        self.look_up()
        self.shut_lists()
        widget.setFocus()
        for character in text:
            if character.isascii():
                self.bot.keyClicks(widget, character)
            else:       # what an input method sends; QTest itself only knows ASCII
                QApplication.sendEvent(
                    widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
                )
        self.rest()

    def shut_lists(self) -> None:
        """Esc, while something is offered that is not wanted: whoever types slowly is offered more."""
        offered = QApplication.activePopupWidget()
        if offered is not None:
            self.bot.keyClick(offered, Qt.Key.Key_Escape)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.type_into(focus, text)

    def choose(self, field: ChoiceField, text: str) -> None:
        """Type the beginning of a name and take the first of what is offered."""
        self.type_into(field.edit, text)
        self.bot.waitUntil(field.edit.list_open, timeout=60_000)
        popup = field.edit.completer().popup()
        self.bot.keyClick(popup, Qt.Key.Key_Down)
        self.bot.keyClick(popup, Qt.Key.Key_Return)
        self.bot.waitUntil(lambda: field.value() is not None, timeout=60_000)
        self.rest()

    # -- dialogues ---------------------------------------------------------------------------------------------

    def dialog(self, kind: type[D]) -> D:
        """The dialogue of this kind that is open."""
        self.bot.waitUntil(lambda: self._open(kind) is not None, timeout=60_000)
        found = self._open(kind)
        assert found is not None
        return found

    def _open(self, kind: type[D]) -> D | None:
        return next((w for w in self.window.findChildren(kind) if w.isVisible()), None)

    def answer(self, *, closes: bool = True, **values: object) -> None:
        """Fill the form of the dialogue that is open and submit it by key. ``closes``: not so when it asks on."""
        dialog = self.dialog(FormDialog)
        self.fill(dialog.form, **values)
        last = [field for field in dialog.form.fields.values() if field.isVisible()][-1]
        self.bot.keyClick(last.editor, Qt.Key.Key_Return, CTRL)
        if closes:
            self.gone(dialog)

    @staticmethod
    def fill(form: Form, **values: object) -> None:
        """Set fields of a form by name."""
        for name, value in values.items():
            form.fields[name].set_value(value)

    def sign(self, login: str = "") -> None:
        """One of ours signs with the PIN; ``login`` where somebody else steps up."""
        dialog = self.dialog(SignDialog)
        if login and dialog.login.value() != login:
            dialog.login.set_value(login)
        self.type_into(dialog.secret.editor, PIN)
        self.bot.keyClick(dialog.secret.editor, Qt.Key.Key_Return)
        self.gone(dialog)

    def draw(self, name: str) -> None:
        """Somebody outside writes their name and draws their signature."""
        dialog = self.dialog(SignDialog)
        dialog.name.set_value(name)
        pad = dialog.pad
        at = [QPoint(20, 40), QPoint(60, 20), QPoint(90, 60), QPoint(140, 30), QPoint(180, 50)]
        self.bot.mousePress(pad, Qt.MouseButton.LeftButton, pos=at[0])
        for point in at[1:]:
            self.bot.mouseMove(pad, point)
        self.bot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at[-1])
        self.bot.keyClick(dialog.name.editor, Qt.Key.Key_Return, CTRL)
        self.gone(dialog)

    def gone(self, dialog: QWidget) -> None:
        """Wait until a dialogue has closed."""
        self.bot.waitUntil(lambda: not self._alive(dialog), timeout=60_000)
        self.rest()

    @staticmethod
    def _alive(dialog: QWidget) -> bool:
        from shiboken6 import isValid

        return isValid(dialog) and dialog.isVisible()

    def print_out(self, number: str, folder: Path) -> None:
        """Ctrl+P: look at the paper of ``number`` and keep it as a file; its code is read from the file."""
        self.key(Qt.Key.Key_P, CTRL)
        preview = self.dialog(PreviewDialog)
        self.bot.waitUntil(preview.print_button.isEnabled, timeout=60_000)
        target = folder / f"{number}.pdf"
        preview.save_to(target)
        self.rest()
        self.close_preview()
        pdf = target.read_bytes()
        assert number in codes_on(pdf, len(PdfReader(io.BytesIO(pdf)).pages)), number

    def close_preview(self) -> None:
        """Put the preview away, if one is open."""
        found = self._open(PreviewDialog)
        if found is not None:
            self.rest()
            found.reject()
            self.rest()


def text_on(pdf: bytes) -> str:
    """Everything a paper says, without blanks: a line may break anywhere in Chinese."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def codes_on(pdf: bytes, pages: int) -> set[str]:
    """Every code that a scanner reads from a paper at 203 dpi, the coarsest that we print."""
    found = set()
    for page in range(pages):
        seen = raster(pdf, page, 203)
        image = Image.frombytes("RGBA", (seen.width, seen.height), seen.rgba).convert("L")
        found |= {code.text for code in read_barcodes(image, formats=PRINTED, try_downscale=False)}
    return found


def on_paper(printed: Printed, number: str, *words: str) -> None:
    """A paper says ``words``, every character of it has a glyph, and its code is read back."""
    codes = {code.partition("/")[0] for code in codes_on(printed.pdf, printed.pages)}   # a signed mark says more
    assert number in codes, number
    said = text_on(printed.pdf)
    assert not [word for word in words if "".join(word.split()) not in said], said
    assert printed.missing_glyphs == ()


def paper(depot: Depot, number: str, *words: str, form: slips.FormId | None = None) -> None:
    """The paper of ``number`` can be made, says ``words``, and its code is read back."""
    on_paper(slips.paper(depot, form, number), number, *words)
