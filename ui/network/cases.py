"""Every case of every depot, for head office: filtered, sorted, counted by depot; a line opens its unit, read only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.codes import RepairResult
from app.domain.network import CaseRow, DepotTotals, Selection
from app.domain.register import IN_HAND, Standing
from app.domain.stages import Stage
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.services import network
from ui import moments, naming
from ui.form import ChoiceField, Form, Option, SegmentField, TextField
from ui.models import Column, Order, Table
from ui.network.words import day
from ui.receiving.intake_form import find_customers
from ui.receiving.known import KnownProducts
from ui.stages import PLACE_TONE, STAGE_TONE
from ui.tones import Tone
from ui.widgets import Tile, muted
from ui.widgets.ages import case_due

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk
    from ui.network.page import NetworkPage

_TYPING_MS = 250
_NAMED = 12


def columns(today: date) -> tuple[Column[CaseRow], ...]:
    """The columns; ``today`` is head office's."""

    def due_words(row: CaseRow) -> tuple[str, Tone | None]:
        if row.due_on is not None and row.stage not in IN_HAND:
            return row.due_on.isoformat(), None
        return case_due(row, today)

    return (
        Column("depot", N_("Depot"), text=lambda r: r.depot_id, bold=True, tabular=True, width=70),
        Column("number", N_("Case"), text=lambda r: r.number, tabular=True, width=140, order="number"),
        Column("received", N_("Received on"), text=lambda r: day(r.received_at), tabular=True, width=100,
               order="received", sort=lambda r: r.received_at or datetime(1970, 1, 1, tzinfo=UTC)),
        Column("serial", N_("Serial number"), text=lambda r: r.serial, bold=True, tabular=True, width=132),
        Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en), width=150),
        Column("customer", N_("Customer"), text=lambda r: r.customer, grow=True),
        Column("stage", N_("Stage"), text=lambda r: label(r.stage), tone=lambda r: STAGE_TONE[r.stage], chip=True,
               width=140),
        Column("place", N_("Place"), text=lambda r: label(r.place) if r.place else "", width=130, hidden=True,
               tone=lambda r: PLACE_TONE.get(r.place) if r.place else None),
        Column("due", N_("Due"), text=lambda r: due_words(r)[0], tone=lambda r: due_words(r)[1], width=120,
               order="due", tip=lambda r: r.due_on.isoformat() if r.due_on else "",
               bold=lambda r: due_words(r)[1] is Tone.BAD),
        Column("visit", N_("Visit"), text=lambda r: str(r.visit_no), align="right", tabular=True, width=56,
               hidden=True),
        Column("returned", N_("Returned on"), text=lambda r: day(r.returned_at), tabular=True, width=100,
               hidden=True),
        Column("closed", N_("Closed"), text=lambda r: day(r.closed_at), tabular=True, width=100, hidden=True),
        Column("symptom", N_("Symptom"), text=lambda r: r.symptom, width=200, hidden=True),
        Column("result", N_("Result"), text=lambda r: label(RepairResult(r.result)) if r.result else "", width=110,
               hidden=True),
    )


def find_depots(depot: Depot, text: str) -> list[Option]:
    """Depots for what was typed: part of code or name."""
    wanted = text.strip().casefold()
    return [Option(row.code, f"{row.code} {row.name}" if row.name != row.code else row.code)
            for row in network.depots(depot) if wanted in f"{row.code} {row.name}".casefold()]


class FilterForm(Form):
    """Which cases."""

    def __init__(self, desk: Desk, products: KnownProducts) -> None:
        super().__init__(columns=6)
        self.standing = self.add(
            SegmentField("standing", N_("Standing"), Standing, chosen=Standing.ANY), span=2)
        self.depot = self.add(ChoiceField("depot_id", N_("Depot"), search=find_depots, desk=desk))
        self.text = self.add(
            TextField("text", N_("Number, serial, name"), placeholder=N_("also the last digits")))
        words = labels_of(Stage)
        self.stage = self.add(ChoiceField("stage", N_("Stage"), [(stage, words[stage]) for stage in Stage]), span=2)
        self.customer = self.add(ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk), span=2)
        self.product = self.add(ChoiceField("product_id", N_("Product"), search=products.find, desk=desk), span=2)

    def selection(self) -> Selection:
        """The filter as the service wants it."""
        return Selection(
            depot_id=str(self.depot.value() or ""), standing=cast("Standing", self.standing.value() or Standing.ANY),
            stage=cast("Stage | None", self.stage.value()), customer_id=str(self.customer.value() or ""),
            product_id=str(self.product.value() or ""), text=self.text.value(),
        )


class CasesPane(QWidget):
    """The list under its filter, with totals."""

    def __init__(self, page: NetworkPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self.today = moments.today()
        self.filter = FilterForm(page.desk, KnownProducts())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filter)
        column.addLayout(self._tiles())
        self.by_depot = muted(wrap=True)
        column.addWidget(self.by_depot)
        self.table: Table[CaseRow] = Table(
            columns(self.today), name="network.cases", key=lambda row: (row.depot_id, row.case_id),
            title=N_("Cases of all depots"))
        self.table.set_empty(
            "ph.buildings", N_("No case under this filter"),
            N_("Clear the filter. Cases appear with the first sync of their depot."))
        self.table.activated.connect(self._show)
        self.table.selected.connect(lambda row: self._show(row) if row else None)
        column.addWidget(self.table, 1)
        self._pause = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._pause.timeout.connect(self.fetch)
        self.filter.changed.connect(self._pause.start)
        self.setFocusProxy(self.table)

    def _tiles(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.tiles = {
            "cases": Tile(N_("Cases"), leads=True), "open": Tile(N_("In the depots"), leads=True),
            "late": Tile(N_("Overdue"), leads=True),
        }
        for tile, standing in zip(
            self.tiles.values(), (Standing.ANY, Standing.OPEN, Standing.OVERDUE), strict=True
        ):
            tile.pressed.connect(partial(self._stand, standing))
            row.addWidget(tile, 1)
        return row

    def know(self, today: date) -> None:
        """Head office's day."""
        if today != self.today:
            self.today = today
            self.table.model.columns = columns(today)

    def fetch(self) -> None:
        """List and totals under the filter as it stands."""
        wanted = self.filter.selection()

        def rows(depot: Depot, after: CaseRow | None, limit: int, order: Order) -> Sequence[CaseRow]:
            return network.cases(depot, wanted, after, limit, order if order[0] else ("received", True))

        self.table.load(self._page.desk, rows)
        self._page.run(lambda depot: network.totals(depot, wanted), self._counted, quiet=True, replace="totals")

    def clear(self) -> None:
        """No restriction."""
        self.filter.clear()
        self.fetch()

    def _counted(self, totals: tuple[DepotTotals, ...]) -> None:
        late = sum(t.late for t in totals)
        self.tiles["cases"].show_figure(f"{sum(t.cases for t in totals):,}")
        self.tiles["open"].show_figure(f"{sum(t.open for t in totals):,}")
        self.tiles["late"].show_figure(f"{late:,}", tone=Tone.BAD if late else None)
        shown = [
            _("{depot} {cases}, {late} overdue").format(depot=t.depot_id, cases=f"{t.cases:,}", late=t.late)
            if t.late else f"{t.depot_id} {t.cases:,}" for t in totals[:_NAMED]
        ]
        more = len(totals) - _NAMED
        if more > 0:
            shown.append(_n("and {n} more depot", "and {n} more depots", more).format(n=more))
        self.by_depot.setText("  ·  ".join(shown))

    def _stand(self, standing: Standing) -> None:
        self.filter.standing.set_value(standing)
        self.fetch()

    def _show(self, row: CaseRow) -> None:
        self._page.frame.show_unit(row.unit_id, row.depot_id)
