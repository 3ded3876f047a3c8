"""The board: four zones side by side as cards, and the zone in hand as rows below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.depot import Depot
from app.domain.places import ZONES, Place
from app.domain.storage import Present, Show, StandingOrder, StandingUnit, Wanted
from app.i18n import N_, _
from app.labels import label, labels_of
from app.services import storage
from ui import moments
from ui.models import Column, Table
from ui.models.rows import Fetch, Order
from ui.stages import STAGE_TONE
from ui.storage.cards import ZoneColumn
from ui.storage.shelving import ShelvingDialog
from ui.storage.words import age_words, due_words, moment, product_words
from ui.tones import Tone
from ui.widgets import Segmented, heading, muted
from ui.widgets.flow import Flow
from ui.words import bind

if TYPE_CHECKING:
    from ui.storage.page import ZonesPage


class BoardTab(QWidget):
    """Shows what stands where; narrowed by mine, date, product, customer."""

    def __init__(self, page: ZonesPage) -> None:
        super().__init__()
        self._page = page
        self.today = date.min
        self.zone = ZONES[0]
        self._seen: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._filters())
        self.columns = {zone: ZoneColumn(zone) for zone in ZONES}
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._cards())
        splitter.addWidget(self._rows())
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        column.addWidget(splitter, 1)

    # -- building ----------------------------------------------------------------------------------------------

    def _filters(self) -> QHBoxLayout:
        row = Flow()
        row.setSpacing(8)
        self.show_only = Segmented([(show, labels_of(Show)[show]) for show in Show], N_("Which units"))
        self.show_only.chosen.connect(lambda _show: self._filter_changed())
        self.product, self.customer = QComboBox(), QComboBox()
        for box, name in ((self.product, N_("Product")), (self.customer, N_("Customer"))):
            box.setMinimumWidth(170)
            box.setMaximumWidth(280)
            bind(box.setAccessibleName, name)
            box.currentIndexChanged.connect(lambda _at: self._filter_changed())
        row.addWidget(self.show_only)
        row.addStretch(1)
        row.addWidget(self.product)
        row.addWidget(self.customer)
        return row

    def _cards(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for zone, made in self.columns.items():
            row.addWidget(made, 1)
            made.entered.connect(self._take_zone)
            made.selected.connect(self._card_selected)
            made.activated.connect(self._show_unit)
            del zone
        return holder

    def _rows(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        head = Flow()
        self.zone_title = heading()
        self.zone_note = muted()
        head.addWidget(self.zone_title)
        head.addWidget(self.zone_note, 1)
        self.pool_button = self._page.button("zones.spares", lambda: self._page.frame.open("spares", "pool"))
        head.addWidget(self.pool_button)
        head.addWidget(self._page.button("zones.shelve", self.shelve))
        column.addLayout(head)
        self.table = Table(
            self._columns(), name="zones.rows", key=lambda unit: unit.unit_id, many=True, title=N_("Units of the zone")
        )
        self.table.set_empty("ph.tray", N_("Nothing stands here"), N_("No unit of this zone meets the filter."))
        self.table.activated.connect(self._show_unit)
        column.addWidget(self.table, 1)
        return holder

    def _columns(self) -> Sequence[Column[StandingUnit]]:
        return (
            Column("serial", N_("Serial number"), text=lambda u: u.serial, width=150, bold=True, tabular=True,
                   order=StandingOrder.SERIAL),
            Column("case", N_("Return case"), text=lambda u: u.case_number or "", width=150, tabular=True),
            Column("product", N_("Product"), text=product_words, width=200),
            Column("customer", N_("Customer"), text=lambda u: u.customer or "", width=170, grow=True),
            Column("shelf", N_("Shelf"), text=lambda u: u.shelf_code or "", width=80, tabular=True),
            Column("stage", N_("Stage"), text=lambda u: label(u.stage) if u.stage else "", chip=True, width=130,
                   tone=lambda u: STAGE_TONE[u.stage] if u.stage else Tone.MUTE),
            Column("due", N_("Due"), text=lambda u: due_words(u, self.today)[0], width=120,
                   sort=lambda u: u.due_on, order=StandingOrder.DUE,
                   tone=lambda u: due_words(u, self.today)[1],
                   bold=lambda u: due_words(u, self.today)[1] is Tone.BAD,
                   tip=lambda u: u.due_on.isoformat() if u.due_on else ""),
            Column("age", N_("In the zone"), text=lambda u: age_words(u, self.today), width=100, align="right",
                   sort=lambda u: (self.today - moments.day(u.placed_at)).days, order=StandingOrder.AGE,
                   tip=lambda u: moment(u.placed_at)),
            Column("visit", N_("Visit"), text=lambda u: str(u.visit_no or ""), align="right", hidden=True),
            Column("symptom", N_("Symptom"), text=lambda u: u.symptom or "", hidden=True),
        )

    # -- content -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look at the record again."""
        self._page.run(storage.board, self._board_came, quiet=True, replace="board")
        zone = self.zone
        self._page.run(
            lambda depot: storage.present(depot, zone), self._offer, quiet=True, replace="present"
        )

    def _board_came(self, board: storage.Board) -> None:
        self.today = board.today
        standing = sum(zone.standing for zone in board.zones)
        came, left = (sum(getattr(zone, name) for zone in board.zones) for name in ("came_today", "left_today"))
        self._page.header.subtitle(
            _("{n} units in the zones, {came} came and {left} left today").format(n=standing, came=came, left=left)
        )
        words = [label(show) for show in Show]
        for show, n in ((Show.DUE_SOON, sum(z.due_soon for z in board.zones)),
                        (Show.OVERDUE, sum(z.overdue for z in board.zones))):
            words[list(Show).index(show)] = f"{label(show)} {n}"
        self.show_only.set_texts(words)
        for figures in board.zones:
            self.columns[figures.zone].show_figures(figures, board.today)
            self.columns[figures.zone].load(self._page.desk, self._fetch(figures.zone))
        self._load_rows()

    def wanted(self, zone: Place) -> Wanted:
        """What the filters ask for."""
        show = self.show_only.value()
        return Wanted(
            zone, show if isinstance(show, Show) else Show.ALL, str(self.product.currentData() or ""),
            str(self.customer.currentData() or ""),
        )

    def _fetch(self, zone: Place) -> Fetch[StandingUnit]:
        wanted = self.wanted(zone)

        def fetch(
            depot: Depot, after: StandingUnit | None, limit: int, order: Order
        ) -> Sequence[StandingUnit]:
            by = StandingOrder(order[0]) if order[0] else StandingOrder.DUE
            return storage.zone_units(depot, wanted, by, after=after, limit=limit, descending=order[1])

        return fetch

    def _load_rows(self) -> None:
        self.zone_title.setText(label(self.zone))
        self.pool_button.setVisible(self.zone is Place.ZONE_SPARE)
        self.table.load(self._page.desk, self._fetch(self.zone))
        wanted = self.wanted(self.zone)
        self._page.run(lambda depot: storage.count_units(depot, wanted), self._counted, quiet=True, replace="count")

    def _counted(self, count: int) -> None:
        self.zone_note.setText(_("{n} units").format(n=count))

    def _offer(self, present: Present) -> None:
        for box, everything, choices in (
            (self.product, _("All products"), present.products), (self.customer, _("All customers"), present.customers)
        ):
            chosen = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                box.addItem(everything, "")
                for value, text in choices:
                    box.addItem(text or "", value)
                box.setCurrentIndex(max(0, box.findData(chosen)))

    def _filter_changed(self) -> None:
        for zone, made in self.columns.items():
            made.load(self._page.desk, self._fetch(zone))
        self._load_rows()

    # -- doing -------------------------------------------------------------------------------------------------

    def show_overdue(self) -> None:
        """Narrow the board to what is overdue."""
        self.show_only.set_value(Show.OVERDUE)
        self._filter_changed()

    def select(self, unit_id: str) -> bool:
        """Mark a unit wherever it is shown."""
        return any(made.select(unit_id) for made in self.columns.values())

    def _take_zone(self, zone: Place) -> None:
        if zone is not self.zone:
            self.zone = zone
            self._load_rows()
            self._page.run(lambda depot: storage.present(depot, zone), self._offer, quiet=True, replace="present")

    def _card_selected(self, unit: StandingUnit) -> None:
        self.table.select_key(unit.unit_id)

    def _show_unit(self, unit: StandingUnit) -> None:
        self._page.frame.show_unit(unit.unit_id)

    def shelve(self) -> None:
        """Put the units marked on a shelf."""
        units = self.table.selected_rows()
        if not units and (card := self.columns[self.zone].current()) is not None:
            units = [card]
        if units:
            ShelvingDialog(self._page, units).open()
        else:
            self._page.frame.toast(_("Mark the units first: click a card or rows."), Tone.WARN)
