"""One column of the board: a zone with its letter, count, ages, and its units as cards."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from app.domain.places import Place
from app.domain.storage import AGE_CLASSES, StandingUnit, ZoneFigures
from app.i18n import N_, _
from app.labels import label, labels_of
from ui.background import Desk
from ui.models import Column
from ui.models.rows import ROW, Fetch, Rows
from ui.stages import PLACE_TONE, STAGE_TONE
from ui.storage.words import ZONE_LETTER, age_words, due_words, product_words
from ui.theme import BODY, SMALL, colour, font, ink, look, soft
from ui.tones import Tone
from ui.widgets import AgeBar, EmptyState
from ui.widgets.ages import Share
from ui.widgets.chip import paint_chip
from ui.widgets.labels import ElidedLabel, restyle, text_label
from ui.words import bind

CARD_HEIGHT = 84
_COLUMNS: tuple[Column[StandingUnit], ...] = (
    Column("card", N_("Unit"), text=lambda u: f"{u.serial} {u.model} {u.customer or ''} {u.case_number or ''}"),
)


class ZoneColumn(QFrame):
    """A zone on the board."""

    activated = Signal(object)      # StandingUnit: Enter or double click
    selected = Signal(object)       # StandingUnit now current
    entered = Signal(object)        # Place: somebody works in this column

    def __init__(self, zone: Place) -> None:
        super().__init__()
        self.zone = zone
        self.setObjectName("well")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 6, 6)
        column.setSpacing(6)
        column.addLayout(self._head())
        self.bar = AgeBar()
        self.bar.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.bar)
        self.legend = ElidedLabel()
        self.legend.setProperty("role", "caption")
        column.addWidget(self.legend)
        self.model: Rows[StandingUnit] = Rows(_COLUMNS, lambda unit: unit.unit_id, self)
        self.list = _Cards(self.model)
        bind(self.list.setAccessibleName, labels_of(Place)[zone])
        self.list.installEventFilter(self)
        self.list.doubleClicked.connect(lambda index: self.activated.emit(index.data(ROW)))
        self.list.selectionModel().currentChanged.connect(self._current)
        self.model.arrived.connect(self._show_state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(EmptyState("ph.tray", N_("Nothing stands here")))
        column.addWidget(self._stack, 1)
        look.changed.connect(self._dress)
        self._dress()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.letter = QLabel(ZONE_LETTER[self.zone])
        self.letter.setFixedSize(24, 24)
        self.letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = ElidedLabel()
        self.title.setProperty("role", "heading")
        bind(self.title.setText, labels_of(Place)[self.zone])
        self.title.setMinimumWidth(40)
        self.count = text_label("strong")
        self.count.setFont(font(BODY, bold=True, tabular=True))
        row.addWidget(self.letter)
        row.addWidget(self.title, 1)
        row.addWidget(self.count)
        return row

    def _dress(self) -> None:
        tone = PLACE_TONE.get(self.zone, Tone.MUTE)
        self.letter.setStyleSheet(
            f"background: {soft(tone).name()}; color: {ink(tone).name()}; border-radius: 5px; font-weight: 700;"
        )
        self.list.viewport().update()

    def show_figures(self, zone: ZoneFigures, today: date) -> None:
        """Show count, capacity and ages."""
        self.list.today = today
        room = f" / {zone.capacity}" if zone.capacity else ""
        self.count.setText(f"{zone.standing}{room}")
        over = 0 < zone.capacity < zone.standing
        self.count.setProperty("tone", "bad" if over else "")
        restyle(self.count)
        low, high = AGE_CLASSES
        names = (
            _("≤ {n} days").format(n=low), _("{low}–{high} days").format(low=low + 1, high=high),
            _("> {n} days").format(n=high),
        )
        tones = (Tone.MUTE, Tone.WARN, Tone.BAD)
        shares = tuple(Share(n, tone, name) for n, tone, name in zip(zone.ages, tones, names, strict=True))
        self.bar.show_shares(shares, zone.capacity)
        self.legend.setText("   ".join(f"{share.text} {share.count}" for share in shares))
        spoken = _("{zone}: {n} units").format(zone=label(self.zone), n=zone.standing)
        self.setAccessibleName(spoken)

    def load(self, desk: Desk, fetch: Fetch[StandingUnit]) -> None:
        """Fill the cards, page by page."""
        self.model.load(desk, fetch)

    def _show_state(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def current(self) -> StandingUnit | None:
        """The card that is marked."""
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def select(self, unit_id: str) -> bool:
        """Mark the card of a unit; ``False`` when it is not (yet) here."""
        at = self.model.place(unit_id)
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at, 0))
        return at >= 0

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selected.emit(self.model.row(index.row()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.zone)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            unit = self.current()
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and unit is not None:
                self.activated.emit(unit)
                return True
            if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
                return True
        return super().eventFilter(watched, event)


class _Cards(QListView):
    """The cards, one below the other."""

    def __init__(self, model: Rows[StandingUnit]) -> None:
        super().__init__()
        self.today = date.min
        self.setModel(model)
        self.setObjectName("plain")
        self.setItemDelegate(_CardDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; } QListView::item { padding: 0; }")
        self.setTabKeyNavigation(False)
        look.changed.connect(self.viewport().update)


class _CardDelegate(QStyledItemDelegate):
    """Paints a unit as a card: serial and date, product and customer, stage, shelf and age."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(120, CARD_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        unit: StandingUnit = index.data(ROW)
        view = self.parent()
        assert isinstance(view, _Cards)
        words, tone = due_words(unit, view.today)
        box = QRectF(option.rect).adjusted(1, 1, -5, -7)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent" if chosen else "border"), 2 if focused else 1))
        painter.setBrush(colour("accent_soft") if chosen and not focused else colour("surface"))
        painter.drawRoundedRect(box, 7, 7)
        if tone is Tone.BAD:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(Tone.BAD))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3.5, box.height() - 16), 2, 2)
        self._lines(painter, box.adjusted(12, 7, -10, -7), unit, (words, tone), view.today)
        painter.restore()

    def _lines(
        self, painter: QPainter, room: QRectF, unit: StandingUnit, due: tuple[str, Tone], today: date
    ) -> None:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        line = QRectF(room.left(), room.top(), room.width(), 20)
        small = font(SMALL, bold=due[1] is Tone.BAD)
        width = QFontMetricsF(small).horizontalAdvance(due[0]) + 2
        painter.setFont(small)
        painter.setPen(ink(due[1]))
        painter.drawText(line, right | middle, due[0])
        _text(painter, line.adjusted(0, 0, -width - 6, 0), unit.serial, font(BODY, bold=True, tabular=True), "text")
        line.translate(0, 21)
        _text(painter, line, f"{product_words(unit)}　{unit.customer or ''}".strip(), font(SMALL), "text2")
        line.translate(0, 24)
        old = age_words(unit, today)
        painter.setFont(font(SMALL))
        painter.setPen(colour("text2"))
        painter.drawText(line, right | middle, old)
        room_left = line.width() - QFontMetricsF(font(SMALL)).horizontalAdvance(old) - 8
        used = 0.0
        if unit.stage is not None:
            at = QPointF(line.left(), line.center().y())
            used = paint_chip(painter, at, label(unit.stage), STAGE_TONE[unit.stage], room_left) + 8
        shelf = QRectF(line.left() + used, line.top(), max(0, room_left - used), line.height())
        _text(painter, shelf, unit.shelf_code or "", font(SMALL, tabular=True), "text2", left)


def _text(
    painter: QPainter, room: QRectF, text: str, face: QFont, role: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(face)
    painter.setPen(colour(role))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)


__all__ = ["ZoneColumn"]
