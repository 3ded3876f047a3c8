"""The figures of a role; each opens the list it is the number of, and a line of the list opens its unit."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.dashboard import PAGE, Figure, Gauge, Line
from app.domain.money import Money
from app.i18n import N_, _n
from app.labels import label, labels_of
from app.services import dashboard
from ui import moments
from ui.dialogs.dialog import Dialog
from ui.models import Column, Table
from ui.page import Page
from ui.tones import Tone
from ui.widgets import Tile
from ui.widgets.tiling import Tiling

_TILE = 200          # how narrow a figure may become
_BAD = frozenset({Gauge.LONG_HERE, Gauge.OFTEN_FAILED})
_WARN = frozenset({Gauge.APPROVALS, Gauge.ALARMS})
#: Figures of parts, tests, alarms and questions are not counted in units.
_UNITS = frozenset({
    Gauge.RECEIVED_MONTH, Gauge.RETURNED_MONTH, Gauge.LONG_HERE, Gauge.TO_TEST, Gauge.OFTEN_FAILED,
})

COLUMNS: tuple[Column[Line], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r.serial, bold=True, tabular=True, width=140),
    Column("model", N_("Model"), text=lambda r: r.model, width=120),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=150),
    Column("at", N_("When"), text=lambda r: moments.minute(r.at), sort=lambda r: r.at, tabular=True, width=140),
    Column("note", N_("What it is about"), text=lambda r: r.note, grow=True),
    Column("case", N_("Case"), text=lambda r: r.case_number, tabular=True, width=150),
)


class GaugeRow(QWidget):
    """Hidden for a role that has no figures of its own."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self.tiles: dict[Gauge, Tile] = {}
        self._row = Tiling(_TILE, len(Gauge))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self.hide()

    def reload(self) -> None:
        """Look at the figures again."""
        self._page.run(dashboard.figures, self._show, quiet=True, replace="gauges")

    def open_list(self, gauge: Gauge) -> None:
        """The list behind a figure."""
        ListDialog(self._page, gauge).open()

    def _show(self, figures: tuple[Figure, ...]) -> None:
        wanted = [figure.gauge for figure in figures]
        for gauge in [g for g in self.tiles if g not in wanted]:
            self.tiles.pop(gauge).deleteLater()
        for figure in figures:
            tile = self.tiles.get(figure.gauge)
            if tile is None:
                tile = Tile(labels_of(Gauge)[figure.gauge], leads=True)
                tile.pressed.connect(partial(self.open_list, figure.gauge))
                self.tiles[figure.gauge] = tile
            _fill(tile, figure)
        self._row.show_tiles([self.tiles[gauge] for gauge in wanted])
        self.setVisible(bool(figures))


def _fill(tile: Tile, figure: Figure) -> None:
    gauge, number = figure.gauge, figure.number
    tone = (Tone.BAD if gauge in _BAD else Tone.WARN if gauge in _WARN else None) if number else None
    if gauge is Gauge.FIRST_PASS:
        shown = "–" if figure.share is None else f"{100 * figure.share:.0f}%"
        tile.show_figure(shown, _n("{n} failed", "{n} failed", number).format(n=number))
    elif figure.fen is not None:
        tile.show_figure(str(Money(figure.fen)), _n("{n} line", "{n} lines", number).format(n=number))
    else:
        tile.show_figure(str(number), tone=tone, unit=_n("unit", "units", number) if gauge in _UNITS else "")


class ListDialog(Dialog):
    """The lines behind a figure; Enter opens the unit of the line."""

    def __init__(self, page: Page, gauge: Gauge) -> None:
        super().__init__(page, labels_of(Gauge)[gauge], width=960)
        self._page, self._gauge = page, gauge
        self.table: Table[Line] = Table(COLUMNS, name="today.gauge", key=lambda r: r.key, title=label(gauge))
        self.table.set_empty("ph.check-circle", N_("Nothing is behind this figure"), N_("It is zero."))
        self.table.setMinimumHeight(360)
        self.table.activated.connect(self._open_unit)
        self.body.addWidget(self.table, 1)
        self.add_button(N_("Close"), self.reject)
        if gauge in PAGE:
            self.add_button(N_("Go to the page"), self._open_page)
        show = self.add_button(N_("Show the unit"), lambda: self._open_unit(self.table.current()), "primary")
        show.setDefault(True)
        self.run(lambda depot: dashboard.lines(depot, gauge), self._filled)

    def _filled(self, lines: tuple[Line, ...]) -> None:
        self.table.set_rows(lines)
        if lines:
            self.table.select_key(lines[0].key)
            self.table.setFocus()

    def _open_unit(self, line: Line | None) -> None:
        if line is not None and line.unit_id:
            self.accept()
            self._page.frame.open("lookup", line.unit_id)

    def _open_page(self) -> None:
        self.accept()
        self._page.frame.open(PAGE[self._gauge], "alarms" if self._gauge is Gauge.ALARMS else None)


__all__ = ["GaugeRow", "ListDialog"]
