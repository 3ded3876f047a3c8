"""Labels in the text roles of the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.tones import Tone
from ui.words import bind

LEAST_ELIDED = 48      # pixels that remain of a line when the window is narrow


def text_label(role: str, message: str = "", *, wrap: bool = False) -> QLabel:
    """A label in ``role`` (title, heading, muted, caption, figure, strong, field, problem, hint)."""
    made = QLabel()
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if message:
        bind(made.setText, message)
    return made


def heading(message: str = "") -> QLabel:
    """The heading of a section."""
    return text_label("heading", message)


def muted(message: str = "", *, wrap: bool = False) -> QLabel:
    """Secondary text."""
    return text_label("muted", message, wrap=wrap)


def caption(message: str = "", *, wrap: bool = False) -> QLabel:
    """Small text that explains."""
    return text_label("caption", message, wrap=wrap)


class ElidedLabel(QLabel):
    """One line that ends in dots where there is no room for it; the whole is its tip then."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), LEAST_ELIDED), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        self._tip()

    def setText(self, text: str) -> None:  # noqa: N802  Qt's name
        super().setText(text)
        self._tip()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        if not self._cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), self.alignment(), shown)
        painter.end()

    def _cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _tip(self) -> None:
        self.setToolTip(self.text() if self._cut() else "")


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at ``widget`` again after one of its properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def set_tone(label: QLabel, tone: Tone | None) -> None:
    """Colour the text of ``label``."""
    label.setProperty("tone", tone.value if tone else "")
    restyle(label)


class KeyHint(QLabel):
    """The name of a key, as on the key."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys)
        self.setProperty("role", "key")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
