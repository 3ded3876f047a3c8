"""How a cell of a table is drawn: chips, and the bar at the left of the row that is selected."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.column import Column
from ui.models.rows import COLUMN, ROW
from ui.theme import colour
from ui.tones import Tone
from ui.widgets.chip import chip_width, paint_chip

ROW_HEIGHT = 36


class CellDelegate(QStyledItemDelegate):
    """Draws chips; leaves the rest to the style."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column: Column[object] = index.data(COLUMN)
        if not column.chip:
            super().paint(painter, option, index)
        else:
            self._paint_chip(painter, option, index, column)
        if index.column() == 0 and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRectF(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                             colour("accent"))

    def _paint_chip(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
        column: Column[object],
    ) -> None:
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        text = blank.text
        blank.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        if text:
            box = option.rect
            tone = (column.tone(index.data(ROW)) if column.tone else None) or Tone.MUTE
            paint_chip(painter, QPointF(box.left() + 8, box.center().y() + 0.5), text, tone, box.width() - 12)

    def sizeHint(  # noqa: N802  Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        column: Column[object] = index.data(COLUMN)
        if column.chip:
            return QSize(round(chip_width(column.text(index.data(ROW)))) + 18, ROW_HEIGHT)
        return QSize(super().sizeHint(option, index).width() + 12, ROW_HEIGHT)
