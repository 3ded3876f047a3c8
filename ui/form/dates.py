"""Dates as people type them, and the field for them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QVBoxLayout, QWidget

from app.errors import Problem
from app.i18n import N_, _
from ui import moments
from ui.form.field import Field
from ui.theme import BODY, font, look, tokens
from ui.words import bind


def read_date(text: str, today: date) -> date | None:
    """``2026-11-21``, ``20261121``, ``11-21``, ``1121``, ``21`` (this month), ``+3``, ``-2``, ``0`` (today).

    Chinese writing (``2026年11月21日``), slashes and dots are understood, full-width digits folded.
    ``None`` = not a date, or a day that does not exist.
    """
    plain = normalize("NFKC", text).strip()
    if re.fullmatch(r"[+-]\d{1,4}|0", plain):
        return today + timedelta(days=int(plain))
    numbers = [int(n) for n in re.split(r"[-/.年月日\s]+", plain) if n.isdigit()]
    joined = re.fullmatch(r"(\d{4})?(\d{2})(\d{2})", plain)
    if joined:
        numbers = [int(n) for n in joined.groups() if n]
    elif not re.fullmatch(r"\d{1,4}(?:[-/.年月日\s]+\d{1,2}){0,2}\s*日?", plain):
        return None
    missing = [today.year, today.month][: 3 - len(numbers)]
    try:
        return date(*missing, *numbers)
    except (ValueError, TypeError):
        return None


class _Calendar(QWidget):
    """The calendar that drops down."""

    def __init__(self, field: DateField) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(_as_qdate(field.value() or field.today()))
        self._field = field
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        column.addWidget(self.calendar)

    def _take(self, day: QDate) -> None:
        self._field.set_value(date(day.year(), day.month(), day.day()))
        self.close()


def _as_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


class DateField(Field):
    """A date, typed or taken from the calendar (Alt+Down). Up and Down go a day on or back."""

    def __init__(
        self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "",
        earliest: date | None = None, latest: date | None = None,
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        self._earliest, self._latest = earliest, latest
        self.edit = QLineEdit()
        self.edit.setFont(font(BODY, tabular=True))
        bind(self.edit.setPlaceholderText, N_("yyyy-mm-dd"))
        self._drop = QAction(self)
        bind(self._drop.setText, N_("Calendar"))
        self._drop.triggered.connect(self.drop_down)
        self.edit.addAction(self._drop, QLineEdit.ActionPosition.TrailingPosition)
        self._paint_icon()
        look.changed.connect(self._paint_icon)
        self.place(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.left.connect(self._tidy)
        self.entered.connect(self._tidy)
        self.edit.keyPressEvent = self._keys  # type: ignore[method-assign]  # Up, Down and Alt+Down

    def today(self) -> date:
        """The day at this desk."""
        return moments.today()

    def value(self) -> date | None:
        """The date; ``None`` when empty or unreadable."""
        return read_date(self.edit.text(), self.today()) if self.edit.text().strip() else None

    def set_value(self, value: object) -> None:
        """Show a date, its text, or nothing."""
        text = value.isoformat() if isinstance(value, date) else str(value or "")
        if text != self.edit.text():
            self.edit.setText(text)

    def keep(self) -> object:
        """The text as typed."""
        return self.edit.text()

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.edit.text().strip()

    def own_problems(self) -> list[Problem]:
        """Not a date; before the earliest, after the latest."""
        if self.is_empty():
            return []
        day = self.value()
        facts: dict[str, object] = {"label": _(self.label), "value": self.edit.text().strip()}
        if day is None:
            return [Problem(self.name, "form.not-a-date", facts)]
        if self._earliest and day < self._earliest:
            return [Problem(self.name, "form.date-too-early", facts | {"earliest": self._earliest})]
        if self._latest and day > self._latest:
            return [Problem(self.name, "form.date-too-late", facts | {"latest": self._latest})]
        return []

    def drop_down(self) -> None:
        """Open the calendar."""
        popup = _Calendar(self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.move(self.edit.mapToGlobal(QPoint(0, self.edit.height() + 2)))
        popup.show()
        popup.calendar.setFocus()

    def _tidy(self) -> None:
        day = self.value()
        if day:
            self.set_value(day)

    def _keys(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.drop_down()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = timedelta(days=1 if event.key() == Qt.Key.Key_Up else -1)
            day = self.value()
            self.set_value(day + step if day else self.today())
        else:
            QLineEdit.keyPressEvent(self.edit, event)

    def _paint_icon(self) -> None:
        self._drop.setIcon(QIcon(f"icons:calendar-{tokens().name}.svg"))
