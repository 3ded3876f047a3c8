"""The navigation: the steps of the depot's work, each with how much waits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
)

from app.i18n import N_, _
from ui import icons
from ui.pages import PageSpec
from ui.theme import BODY, SMALL, colour, font, ink, look, soft
from ui.tones import Tone
from ui.widgets.labels import text_label
from ui.words import bind

WIDE, NARROW = 208, 60
ROW, BREAK = 38, 13
#: In a low window lines stand closer, so that all pages are seen without scrolling; not closer than this.
LEAST_ROW = 25
_DOT = 9                # what the dot beside a number takes
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Count:
    """What waits on a page: how many, how urgent the worst of them is, and how many are as urgent as that."""

    number: int
    tone: Tone = Tone.MUTE
    urgent: int = 0


class _Lines(QAbstractListModel):
    """The pages that are shown, with their counts."""

    def __init__(self, specs: tuple[PageSpec, ...]) -> None:
        super().__init__()
        self.specs = specs
        self.counts: Mapping[str, Count] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's name and default
        return 0 if parent.isValid() else len(self.specs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spec = self.specs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(spec.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self._spoken(spec)}  ({spec.shortcut})" if spec.shortcut else self._spoken(spec)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(spec)
        return None

    def _spoken(self, spec: PageSpec) -> str:
        """Title, number and urgency in words."""
        count = self.count(spec)
        if not count:
            return _(spec.title)
        words = {Tone.BAD: _("{n} of them overdue"), Tone.WARN: _("{n} of them due soon")}.get(count.tone, "")
        urgent = words.format(n=count.urgent)
        return " ".join(part for part in (_(spec.title), str(count.number), urgent) if part)

    def count(self, spec: PageSpec) -> Count | None:
        """What waits on the page of ``spec``; ``None`` = nothing."""
        count = self.counts.get(spec.counted) if spec.counted else None
        return count if count and count.number else None

    def begins_group(self, row: int) -> bool:
        """Whether a line is drawn above the row."""
        return row > 0 and self.specs[row].group != self.specs[row - 1].group


class _Painter(QStyledItemDelegate):
    """Draws one line: bar, icon, title, count."""

    narrow = False
    row = ROW

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  Qt's name
        model = index.model()
        assert isinstance(model, _Lines)
        return QSize(NARROW, self.row + (BREAK if model.begins_group(index.row()) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Lines)
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if model.begins_group(index.row()):
            painter.fillRect(QRectF(box.left() + 14, box.top() + BREAK / 2, box.width() - 28, 1), colour("border"))
            box.setTop(box.top() + BREAK)
        box.adjust(8, 1, -8, -1)
        here = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if here or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft" if here else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if here:
            painter.setBrush(colour("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            inset = box.height() / 4
            painter.drawRoundedRect(QRectF(box.left(), box.top() + inset, 3, box.height() - 2 * inset), 1.5, 1.5)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        self._paint_words(painter, box, model.specs[index.row()], model.count(model.specs[index.row()]), here=here)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, box: QRectF, spec: PageSpec, count: Count | None, *, here: bool
    ) -> None:
        role = "accent_ink" if here else "text2"
        left = box.left() + (box.width() - 18) / 2 if self.narrow else box.left() + 12
        icons.icon(spec.icon, role).paint(painter, round(left), round(box.center().y()) - 9, 18, 18)
        if self.narrow:
            if count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink(count.tone))
                painter.drawEllipse(QPointF(left + 19, box.top() + 9), 3.5, 3.5)
            return
        right = box.right() - 6
        if count:
            right = self._paint_count(painter, right, box.center().y(), count)
        painter.setFont(font(BODY, bold=here))
        painter.setPen(colour("accent_ink" if here else "text"))
        room = QRectF(left + 30, box.top(), right - left - 34, box.height())
        metrics, title = QFontMetricsF(painter.font()), _(spec.title)
        if spec.short and metrics.horizontalAdvance(title) > room.width():
            title = _(spec.short)
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_count(self, painter: QPainter, right: float, middle: float, count: Count) -> float:
        text = str(count.number) if count.number < 10_000 else "9999+"
        painter.setFont(font(SMALL, bold=True))
        # The number is coloured where all are as urgent as the worst; a dot beside it says that some are.
        some = 0 < count.urgent < count.number
        tone, dot = (Tone.MUTE, _DOT) if some else (count.tone, 0)
        width = max(20.0, QFontMetricsF(painter.font()).horizontalAdvance(text) + 12 + dot)
        pill = QRectF(right - width, middle - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft(tone))
        painter.drawRoundedRect(pill, 10, 10)
        if some:
            painter.setBrush(ink(count.tone))
            painter.drawEllipse(QPointF(pill.left() + _DOT, middle), 3, 3)
        painter.setPen(ink(tone))
        painter.drawText(pill.adjusted(dot, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, text)
        return pill.left()


class _List(QListView):
    """Goes where the arrows point only when Enter says so; a click goes at once."""

    went = Signal(int)

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: N802  Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.went.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class Navigation(QFrame):
    """The bar at the left. Folds to icons."""

    chosen = Signal(str)        # the page's id

    def __init__(self, specs: tuple[PageSpec, ...]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self._lines = _Lines(specs)
        self._painter = _Painter()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 8, 4)
        self._fold = QToolButton()
        icons.put(self._fold.setIcon, "ph.list")
        bind(self._fold.setAccessibleName, N_("Fold the navigation"))
        bind(self._fold.setToolTip, N_("Fold the navigation"))
        self._fold.clicked.connect(lambda: self.fold(folded=not self._painter.narrow))
        self._brand = text_label("brand", N_("Return depot"))
        head.addWidget(self._fold)
        head.addWidget(self._brand, 1)
        column.addLayout(head)
        self.list = _List()
        self.list.setModel(self._lines)
        self.list.setItemDelegate(self._painter)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        bind(self.list.setAccessibleName, N_("Pages"))
        self.list.went.connect(self._go)
        self.list.clicked.connect(lambda index: self._go(index.row()))
        column.addWidget(self.list, 1)
        self.setFixedWidth(WIDE)
        look.changed.connect(self.list.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        lines = len(self._lines.specs)
        breaks = sum(self._lines.begins_group(row) for row in range(lines)) * BREAK
        room = (self.list.viewport().height() - breaks) // max(lines, 1)
        row = max(LEAST_ROW, min(ROW, room))
        if row != self._painter.row:
            self._painter.row = row
            self.list.doItemsLayout()
        self.list.scrollTo(self.list.currentIndex())        # in a low window too the page shown is in sight

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._lines.specs):
            self.chosen.emit(self._lines.specs[row].id)

    def show_here(self, page_id: str) -> None:
        """Mark the page that is shown."""
        for row, spec in enumerate(self._lines.specs):
            if spec.id == page_id:
                self.list.setCurrentIndex(self._lines.index(row))
                self.list.scrollTo(self._lines.index(row))

    def show_counts(self, counts: Mapping[str, Count]) -> None:
        """Show what waits where."""
        self._lines.counts = counts
        self.list.viewport().update()

    def count(self, page_id: str) -> int:
        """The number shown at ``page_id``."""
        spec = next(spec for spec in self._lines.specs if spec.id == page_id)
        shown = self._lines.count(spec)
        return shown.number if shown else 0

    def fold(self, *, folded: bool) -> None:
        """Icons only, or icons and words."""
        self._painter.narrow = folded
        self._brand.setVisible(not folded)
        self.setFixedWidth(NARROW if folded else WIDE)
        self.list.doItemsLayout()

    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._painter.narrow

    def look_again(self) -> None:
        """Draw anew: icons came, or the language was switched."""
        self.list.viewport().update()
