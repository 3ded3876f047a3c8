"""What was done, said for a few seconds at the foot of the page, with the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import icons
from ui.tones import Tone
from ui.widgets.labels import text_label
from ui.widgets.notice import IconLabel

SECONDS, SECONDS_WITH_ACTION = 5, 12
MOST = 3
WIDEST = 480
_ICONS = {Tone.OK: "ph.check-circle", Tone.WARN: "ph.warning", Tone.BAD: "ph.warning-octagon"}


class Toast(QFrame):
    """One sentence. Stays while the mouse is on it."""

    def __init__(self, text: str, tone: Tone, action: tuple[str, Callable[[], object]] | None) -> None:
        super().__init__()
        self.setObjectName("toast")
        self.text = text
        self._slot = action[1] if action else None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(10)
        row.addWidget(IconLabel(_ICONS.get(tone, "ph.info"), 18, "surface"))
        words = text_label("body", wrap=True)
        words.setText(text)
        words.setFixedWidth(min(WIDEST, words.fontMetrics().horizontalAdvance(text) + 12))
        row.addWidget(words, 1)
        self.button: QPushButton | None = None
        if action:
            self.button = QPushButton(action[0])
            self.button.setAccessibleName(action[0])
            self.button.setAutoDefault(False)
            self.button.clicked.connect(self._press)
            row.addWidget(self.button)
        close = QPushButton()
        close.setProperty("kind", "quiet")
        icons.put(close.setIcon, "ph.x", "surface")
        close.setAccessibleName("×")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.go)
        row.addWidget(close)
        self.setAccessibleName(text)
        self._timer = QTimer(self, interval=1000 * (SECONDS_WITH_ACTION if action else SECONDS), singleShot=True)
        self._timer.timeout.connect(self.go)
        self._timer.start()

    def go(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _press(self) -> None:
        self.go()
        if self._slot:
            self._slot()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  Qt's name
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        self._timer.start()
        super().leaveEvent(event)


class Toasts(QWidget):
    """Lies over the foot of ``over`` and holds the toasts, the newest below."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 10, 20, 18)
        self._column.setSpacing(8)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, tone: Tone, action: tuple[str, Callable[[], object]] | None = None) -> Toast:
        """Show ``text``; with more than three the oldest goes."""
        shown = self.shown()
        for old in shown[: max(0, len(shown) - MOST + 1)]:
            old.go()
        toast = Toast(text, tone, action)
        shadow = QGraphicsDropShadowEffect(toast)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        toast.setGraphicsEffect(shadow)
        toast.destroyed.connect(self._settle)
        self._column.addWidget(toast, 0, Qt.AlignmentFlag.AlignHCenter)
        toast.show()
        self.show()
        self._settle()
        return toast

    def shown(self) -> list[Toast]:
        """The toasts now to be seen, the oldest first."""
        return [toast for toast in self.findChildren(Toast) if not toast.isHidden()]

    def _settle(self) -> None:
        self.setVisible(bool(self.shown()))
        size = self.sizeHint()
        width = min(self._over.width(), max(size.width(), 320))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else size.height()
        self.setGeometry((self._over.width() - width) // 2, self._over.height() - height, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._settle()
        return False
