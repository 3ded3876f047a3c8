"""Labels in the text roles of the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.tones import Tone
from ui.words import bind


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
