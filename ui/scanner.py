"""Scans: telling a scanner from a typist, understanding what was scanned, and finding who it is for.

A wedge scanner types like a person, only faster, and presses Enter. The watch sees every key of the window; when a
burst turns out to be a scan, what it typed into the field that happened to have the focus is taken back and the scan
goes the way of all scans: the field itself if it wants codes, the page, the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from unicodedata import category, normalize

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from app.config import SCANNER_GAP
from app.config import desk as desk_settings
from app.domain.numbering import Number, parse_number, parse_page

COMMAND_PREFIX = "CMD:"
GROUP_SEPARATOR = "\x1d"     # FNC1 between the fields of a GS1 code
LEAST_CHARACTERS = 4
TWICE_WITHIN_MS = 2000


class ScanKind(StrEnum):
    """What a code turned out to be."""

    COMMAND = "COMMAND"      # form F25: a place, a verdict, an action, a badge
    DOCUMENT = "DOCUMENT"    # a number of ours
    GS1 = "GS1"              # element string or Digital Link with application identifiers
    TEXT = "TEXT"            # a serial, or anything else


@dataclass(frozen=True, slots=True)
class Scan:
    """One code, folded to plain characters. ``typed``: by hand into the scan box."""

    text: str
    kind: ScanKind
    typed: bool = False
    number: Number | None = None
    command: str = ""            # what follows CMD:, e.g. "PLACE:QA"
    serial: str = ""             # GS1 (21); of plain text the text itself
    gtin: str = ""               # GS1 (01)
    lot: str = ""                # GS1 (10)
    doubtful: bool = False       # GS1 with a wrong check digit
    proof: bool = False          # a number of ours with the signature of a QA mark behind it

    @property
    def verb(self) -> str:
        """The first word of the command: PLACE, VERDICT, DO, BADGE."""
        return self.command.partition(":")[0]

    @property
    def value(self) -> str:
        """What follows the first word of the command."""
        return self.command.partition(":")[2]


def fold(text: str) -> str:
    """``text`` as plain characters: full-width letters of a Chinese keyboard are folded, blanks around are dropped.

    Control characters are noise, but for the one that parts the fields of a GS1 code.
    """
    plain = "".join(one for one in text if one == GROUP_SEPARATOR or category(one) != "Cc")
    return normalize("NFKC", plain).strip()


def read_scan(text: str, *, typed: bool = False) -> Scan:
    """Understand ``text``."""
    plain = fold(text)
    if plain.upper().startswith(COMMAND_PREFIX):
        return Scan(plain, ScanKind.COMMAND, typed, command=plain[len(COMMAND_PREFIX):].strip())
    number = parse_number(plain)
    if number:
        return Scan(plain, ScanKind.DOCUMENT, typed, number=number)
    of_page = parse_page(plain)     # a later page of a paper, or a number with the signature of a mark behind it
    if of_page:
        return Scan(plain, ScanKind.DOCUMENT, typed, number=of_page[0], proof="/" in plain)
    if _looks_like_gs1(plain):
        return _read_gs1(plain, typed=typed)
    return Scan(plain, ScanKind.TEXT, typed, serial=plain)


def _looks_like_gs1(text: str) -> bool:
    marks = ("]C1", "]d2", "]Q3", "]e0", "(01)", "(21)", "(8006)")
    return GROUP_SEPARATOR in text or text.startswith(marks) or "/01/" in text


def _read_gs1(text: str, *, typed: bool) -> Scan:
    """Application identifiers; a text that only looks like them stays a text."""
    import biip

    try:
        if text.startswith("("):
            from biip.gs1_messages import GS1Message

            message: GS1Message | None = GS1Message.parse_hri(text)
        else:
            message = biip.parse(text).gs1_message
    except biip.ParseError:
        message = None
    if message is None:
        return Scan(text, ScanKind.TEXT, typed, serial=text)
    found = {element.ai.ai: element for element in message.element_strings}

    def value(ai: str) -> str:
        return found[ai].value if ai in found else ""

    # A wrong check digit still parses; the error stands beside the value.
    doubtful = any(getattr(element, "gtin_error", None) for element in found.values())
    return Scan(
        text, ScanKind.GS1, typed, serial=value("21"), gtin=value("01"), lot=value("10"), doubtful=doubtful,
    )


class Burst:
    """Characters that came one after the other, with the time of each. Knows whether a machine typed them."""

    def __init__(self, slowest_ms: int = 35) -> None:
        self.slowest = slowest_ms
        self.text = ""
        self._times: list[int] = []

    def add(self, characters: str, at_ms: int) -> bool:
        """Take ``characters`` at a time; ``True`` when they begin a new burst (the ones before came too long ago)."""
        new = not self._times or at_ms - self._times[-1] > 4 * self.slowest
        if new:
            self.text, self._times = "", []
        self.text += characters
        self._times.append(at_ms)
        return new

    def is_scan(self, enter_ms: int) -> bool:
        """Whether the burst, closed by Enter at ``enter_ms``, came from a scanner."""
        if len(self.text) < LEAST_CHARACTERS or not enter_ms:
            return False
        times = [*self._times, enter_ms]
        gaps = [after - before for before, after in pairwise(times)]
        gaps.sort()
        return gaps[len(gaps) // 2] <= self.slowest and gaps[-1] <= 4 * self.slowest

    def forget(self) -> None:
        """Begin anew."""
        self.text, self._times = "", []


class KeyWatch(QObject):
    """Sees the keys of one window and picks out the scans."""

    scanned = Signal(str)
    touched = Signal()                  # a key or the mouse: somebody is there

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._burst = Burst(desk_settings()[SCANNER_GAP])
        self._before: Callable[[], None] | None = None
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        # every event of the program comes by here: its class is asked first, which costs a tenth of asking its type
        if not isinstance(event, (QKeyEvent, QMouseEvent)):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.touched.emit()
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        self.touched.emit()
        # Qt offers the key to the native window first and then to the widget; we count it once, at the widget.
        if not isinstance(watched, QWidget) or watched is not QApplication.focusWidget() or not self._is_ours(watched):
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _CHORD:
            return self._entered(watched, event)
        types = event.text().isprintable() or event.text() == GROUP_SEPARATOR
        if event.text() and types and not event.modifiers() & _CHORD and self._burst.add(event.text(), _time(event)):
            self._burst.slowest = desk_settings()[SCANNER_GAP]
            self._before = _snapshot(watched)
        return False

    def _is_ours(self, widget: QWidget) -> bool:
        return widget.window() is self._window.window()

    def _entered(self, widget: QWidget, event: QKeyEvent) -> bool:
        text, scan = self._burst.text, self._burst.is_scan(_time(event))
        self._burst.forget()
        if not scan:
            return False
        field = _field_that_takes(widget)
        command = fold(text).upper().startswith(COMMAND_PREFIX)
        if field and not command:
            return False                 # the code stays where it was scanned, and Enter goes on
        if self._before:
            self._before()
        self.scanned.emit(text)
        return True


_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def _time(event: QKeyEvent) -> int:
    """When the key was pressed by the system's clock, in ms, so that a busy moment of ours does not distort it.

    0 = unknown: the event was made by a program, which is nobody's scanner.
    """
    return event.timestamp()


def _field_that_takes(widget: QWidget | None) -> bool:
    while widget is not None:
        if getattr(widget, "takes_scans", False):
            return True
        widget = widget.parentWidget()
    return False


def _snapshot(widget: QWidget) -> Callable[[], None] | None:
    """How to bring back what stood in ``widget`` before the burst."""
    if isinstance(widget, QLineEdit):
        text, cursor = widget.text(), widget.cursorPosition()

        def back() -> None:
            if isValid(widget):
                widget.setText(text)
                widget.setCursorPosition(cursor)
                if text == "":
                    widget.setModified(False)

        return back
    if isinstance(widget, QPlainTextEdit):
        text, at = widget.toPlainText(), widget.textCursor().position()

        def back_lines() -> None:
            if isValid(widget):
                widget.setPlainText(text)
                moved = widget.textCursor()
                moved.setPosition(at)
                widget.setTextCursor(moved)

        return back_lines
    return None


class Twice:
    """Recognises the same code scanned again at once: the finger was still on the trigger."""

    def __init__(self) -> None:
        self._text = ""
        self._at = -TWICE_WITHIN_MS * 2

    def again(self, text: str, at_ms: int) -> bool:
        """Whether ``text`` is the same as the last one, less than two seconds ago."""
        same = text == self._text and at_ms - self._at < TWICE_WITHIN_MS
        self._text = text
        if not same:
            self._at = at_ms
        return same

