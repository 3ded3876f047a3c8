"""How long, and how long still: in words, with the colour that goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _, _n
from ui.theme import colour, ink, look
from ui.tones import Tone


def age(days: int) -> str:
    """``days`` as people say it: "3 天"."""
    return _n("{n} day", "{n} days", days).format(n=days)


def due(days_left: int, soon: int = 2) -> tuple[str, Tone]:
    """What to say of something due in ``days_left`` days (negative: overdue), ``soon`` days being a warning."""
    if days_left < 0:
        return _n("{n} day overdue", "{n} days overdue", -days_left).format(n=-days_left), Tone.BAD
    if days_left == 0:
        return _("due today"), Tone.WARN
    words = _n("{n} day left", "{n} days left", days_left).format(n=days_left)
    return words, Tone.WARN if days_left <= soon else Tone.MUTE


class Dated(Protocol):
    """A case, or a row that shows one: the day it is due, and since when its clock stands still."""

    @property
    def due_on(self) -> date | None: ...

    @property
    def paused_at(self) -> datetime | None: ...


def case_due(case: Dated, today: date) -> tuple[str, Tone]:
    """What every list says of the day a case is due: how long still; "clock paused" while it stands still."""
    if case.due_on is None:
        return "", Tone.MUTE
    if case.paused_at is not None:
        return _("clock paused"), Tone.MUTE
    return due((case.due_on - today).days)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an age bar: how many, in which colour, and what to say of them."""

    count: int
    tone: Tone
    text: str


class AgeBar(QWidget):
    """A thin bar cut by age class; the words stand in its tool tip and accessible name."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: tuple[Share, ...] = ()
        self._capacity = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_shares(self, shares: tuple[Share, ...], capacity: int = 0) -> None:
        """Show ``shares``; with ``capacity`` the rest of the bar is free room."""
        self._shares = shares
        self._capacity = capacity
        words = "\n".join(f"{share.text} {share.count}" for share in shares)
        self.setToolTip(words)
        self.setAccessibleName(words.replace("\n", " "))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(120, 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("border"))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        total = max(self._capacity, sum(share.count for share in self._shares))
        left = 0.0
        for share in self._shares:
            if not share.count:
                continue
            width = self.width() * share.count / total
            painter.setBrush(colour("border_strong") if share.tone is Tone.MUTE else ink(share.tone))
            painter.drawRoundedRect(QRectF(left, 0, max(width - 2, 3), self.height()), 3, 3)
            left += width
        painter.end()
