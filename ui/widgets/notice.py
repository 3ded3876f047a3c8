"""What stands where there is nothing to show, and what must be read before going on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.i18n import N_
from ui import icons
from ui.tones import Tone
from ui.widgets.labels import heading, muted, restyle, text_label
from ui.words import bind

#: An empty place this high shows all it has; it may become as low as the other.
ROOMY, LOW = 170, 88
#: What is left around its words, and in a small place.
AROUND, CLOSE = 24, 6
_ICONS = {Tone.OK: "ph.check-circle", Tone.WARN: "ph.warning", Tone.BAD: "ph.warning-octagon"}


class IconLabel(QLabel):
    """An icon as a picture."""

    def __init__(self, name: str, size: int = 18, role: str = "text2") -> None:
        super().__init__()
        self._size = size
        self.setFixedSize(size, size)
        icons.put(self.set_icon, name, role)

    def change(self, name: str, role: str) -> None:
        """Show another icon."""
        icons.put(self.set_icon, name, role)

    def set_icon(self, icon: QIcon) -> None:
        """Draw ``icon`` at the label's size."""
        self.setPixmap(icon.pixmap(QSize(self._size, self._size)))


class EmptyState(QWidget):
    """A designed nothing: what would stand here, and what to do to get it."""

    def __init__(self, icon: str, title: str, text: str = "", action: tuple[str, Callable[[], object]] | None = None):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)     # in the place of a list: the keys of the page go on working
        bind(self.setAccessibleName, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        column.setSpacing(6)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._picture = IconLabel(icon, 36, "text3")
        column.addWidget(self._picture, 0, centre)
        column.addSpacing(4)
        column.addWidget(heading(title), 0, centre)
        if text:
            words = muted(text, wrap=True)
            words.setAlignment(centre)
            words.setMaximumWidth(440)
            words.setMinimumWidth(180)
            # Between stretches, not aligned: an aligned label would get the height of the full width, one line.
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(words, 8)
            row.addStretch(1)
            column.addLayout(row)
        if action:
            button = QPushButton()
            bind(button.setText, action[0])
            bind(button.setAccessibleName, action[0])
            button.clicked.connect(lambda _checked=False: action[1]())
            column.addSpacing(6)
            column.addWidget(button, 0, centre)
        column.addStretch(3)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        whole = super().minimumSizeHint()
        around = self.layout()
        side = around.contentsMargins().left() if around else CLOSE
        return QSize(whole.width() - 2 * (side - CLOSE), min(whole.height(), LOW))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return super().sizeHint().expandedTo(QSize(0, ROOMY))

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        return max(ROOMY, super().heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """In a low place the words come first: no picture, little around them."""
        super().resizeEvent(event)
        roomy = event.size().height() >= ROOMY
        self._picture.setVisible(roomy)
        around = self.layout()
        if around is not None:
            side = AROUND if self.minimumSizeHint().width() + 2 * (AROUND - CLOSE) <= event.size().width() else CLOSE
            above = AROUND if roomy else CLOSE
            around.setContentsMargins(side, above, side, above)


class Notice(QFrame):
    """A sentence on a soft ground, with an action at the right. Used inside pages and dialogs, and as banner."""

    closed = Signal()

    def __init__(self, *, closable: bool = False) -> None:
        super().__init__()
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        self._icon = IconLabel("ph.info")
        self._text = text_label("body", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.setAutoDefault(False)
        self._slot: Callable[[], object] | None = None
        self._button.clicked.connect(self._pressed)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._close = QToolButton()
        icons.put(self._close.setIcon, "ph.x")
        bind(self._close.setAccessibleName, N_("Close"))
        bind(self._close.setToolTip, N_("Close"))
        self._close.clicked.connect(self.closed)
        self._close.setVisible(closable)
        row.addWidget(self._close)
        self.hide()

    def say(self, text: str, tone: Tone = Tone.INFO, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show ``text``; ``action`` is (text, what to do)."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setProperty("notice", tone.value)
        restyle(self)
        restyle(self._text)
        self._icon.change(_ICONS.get(tone, "ph.info"), "accent_ink" if tone is Tone.ACCENT else tone.value)
        self._slot = action[1] if action else None
        self._button.setVisible(action is not None)
        if action:
            self._button.setText(action[0])
            self._button.setAccessibleName(action[0])
        self.show()

    def text(self) -> str:
        """What it says; empty when hidden."""
        return "" if self.isHidden() else self._text.text()

    def _pressed(self) -> None:
        if self._slot:
            self._slot()
