"""Widgets of equal width beside each other, as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class Tiling(QWidget):
    """``least``: how narrow one may become before a row holds fewer; ``most``: how many a row holds at most."""

    def __init__(self, least: int, most: int, spacing: int = 12) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._least, self._most = least, most
        self._across = 0
        self._tiles: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)

    def add(self, tile: QWidget) -> None:
        """Put ``tile`` behind the last one."""
        self.show_tiles([*self._tiles, tile])

    def show_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Hold these, in this order; one that is held no more stays with its owner, hidden."""
        for gone in self._tiles:
            if gone not in tiles:
                self._grid.removeWidget(gone)
                gone.hide()
        for tile in tiles:
            tile.setMinimumWidth(1)         # its share of the row, not its longest word, says how wide it is
        self._tiles = list(tiles)
        self._across = 0
        self._lay()

    def across(self) -> int:
        """How many stand in a row now."""
        return self._across

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(self._least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        room = self.width() + self._grid.spacing()
        n = max(1, len(self._tiles))
        fit = max(1, min(self._most, n, room // (self._least + self._grid.spacing())))
        across = -(-n // -(-n // fit))      # rows as equally long as they can be
        if across == self._across:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // across, number % across)
        for column in range(across):
            self._grid.setColumnStretch(column, 1)
        self._across = across
