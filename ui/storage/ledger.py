"""The ledgers: what came and went in a period, or what stood there on any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.depot import Depot
from app.domain.ledger import LedgerHead, LedgerLine, StoodThere
from app.domain.places import ZONES, Place
from app.i18n import N_, _
from app.labels import label, labels_of
from app.services import ledger
from ui.form import DateField
from ui.models import Column, Table
from ui.models.rows import Order
from ui.storage.papers import ledger_job
from ui.storage.words import moment, product_words
from ui.tones import Tone
from ui.widgets import Segmented, Tile
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.dialogs.preview import PrintJob
    from ui.storage.page import ZonesPage

PERIOD, AS_OF = "period", "as-of"


def _direction(line: LedgerLine) -> str:
    return _("in") if line.incoming else _("out")


LINES: tuple[Column[LedgerLine], ...] = (
    Column("at", N_("Time"), text=lambda m: moment(m.at), sort=lambda m: m.at, width=136, tabular=True),
    Column("way", N_("In or out"), text=_direction, chip=True, width=80,
           tone=lambda m: Tone.INFO if m.incoming else Tone.MUTE),
    Column("serial", N_("Serial number"), text=lambda m: m.serial, bold=True, tabular=True, width=140),
    Column("product", N_("Product"), text=product_words, grow=True),
    Column("case", N_("Return case"), text=lambda m: m.case_number or "", tabular=True, width=150),
    Column("other", N_("From or to"), text=lambda m: label(m.other_place), width=150),
    Column("document", N_("Document"), text=lambda m: m.document_number or m.reason, tabular=True, width=150),
    Column("shelf", N_("Shelf"), text=lambda m: m.shelf or "", width=70, tabular=True),
    Column("by", N_("By"), text=lambda m: m.by_name or "", width=90),
    Column("balance", N_("Balance"), text=lambda m: str(m.balance), sort=lambda m: m.balance, align="right", width=80),
)
STOOD: tuple[Column[StoodThere], ...] = (
    Column("no", N_("Line"), text=lambda m: str(m.no), sort=lambda m: m.no, align="right", width=60),
    Column("serial", N_("Serial number"), text=lambda m: m.serial, bold=True, tabular=True, width=150),
    Column("product", N_("Product"), text=product_words, grow=True),
    Column("case", N_("Return case"), text=lambda m: m.case_number or "", tabular=True, width=150),
    Column("shelf", N_("Shelf"), text=lambda m: m.shelf or "", width=90, tabular=True),
    Column("since", N_("There since"), text=lambda m: moment(m.since), sort=lambda m: m.since, width=140, tabular=True),
    Column("left", N_("Left the zone"), text=lambda m: moment(m.left_at), sort=lambda m: m.left_at, width=140,
           tabular=True),
)


class LedgerTab(QWidget):
    """Zone, days, four figures that add up, and the lines that make them."""

    def __init__(self, page: ZonesPage) -> None:
        super().__init__()
        self._page = page
        self.zone = ZONES[0]
        self.head: LedgerHead | None = None
        self._today: date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        bar = Flow()
        bar.setSpacing(8)
        self.zones = Segmented([(zone, labels_of(Place)[zone]) for zone in ZONES], N_("Zone"))
        self.zones.chosen.connect(self._zone_chosen)
        bar.addWidget(self.zones)
        bar.addStretch(1)
        column.addLayout(bar)
        column.addLayout(self._choices())
        column.addLayout(self._figures())
        self.tables = QStackedWidget()
        self.lines = Table(LINES, name="zones.ledger", key=lambda m: m.id, title=N_("Lines of the ledger"))
        self.lines.set_empty("ph.book-open", N_("No unit came or left"), N_("Choose other days or another zone."))
        self.stood = Table(STOOD, name="zones.stood", key=lambda m: m.unit_id, title=N_("Units on that day"))
        self.stood.set_empty("ph.tray", N_("Nothing stood here on that day"))
        for table in (self.lines, self.stood):
            table.activated.connect(lambda row: page.frame.show_unit(row.unit_id))
            self.tables.addWidget(table)
        column.addWidget(self.tables, 1)

    def _choices(self) -> QHBoxLayout:
        row = Flow()
        row.setSpacing(12)
        self.mode = Segmented([(PERIOD, N_("Period")), (AS_OF, N_("As on a day"))], N_("What to show"))
        self.mode.chosen.connect(lambda _mode: self._mode_chosen())
        self.start = DateField("start", N_("From"))
        self.end = DateField("end", N_("To"))
        self.day = DateField("day", N_("On"))
        for field in (self.start, self.end, self.day):
            field.setMaximumWidth(170)
            field.left.connect(self._days_changed)
            field.entered.connect(self._days_changed)
        row.addWidget(self.mode, 0, Qt.AlignmentFlag.AlignBottom)
        for field in (self.start, self.end, self.day):
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.day.hide()
        return row

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.opening, self.came, self.left, self.closing = (
            Tile(N_("Opening")), Tile(N_("Entered the zone")), Tile(N_("Left the zone")), Tile(N_("Closing"))
        )
        self.there = Tile(N_("Standing there"))
        for tile in (self.opening, self.came, self.left, self.closing, self.there):
            row.addWidget(tile, 1)
        self.there.hide()
        return row

    # -- content -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the ledger again."""
        if self._today is None:
            self._page.run(lambda depot: depot.today(), self._begin, quiet=True, replace="today")
        elif self.mode.value() == AS_OF:
            self._load_day()
        else:
            self._load_period()

    def _begin(self, today: date) -> None:
        self._today = today
        self.start.set_value(today.replace(day=1))
        self.end.set_value(today)
        self.day.set_value(today - timedelta(days=1))
        self.reload()

    def _load_period(self) -> None:
        start, end, zone = self.start.value(), self.end.value(), self.zone
        if start is None or end is None:
            return
        self._page.run(
            lambda depot: ledger.head(depot, zone, start, end), self._head_came, self._period_refused,
            quiet=True, replace="head",
        )

    def _period_refused(self, error: Exception) -> bool:
        from app.errors import Refused
        from app.messages import sentence

        if not isinstance(error, Refused):
            return False
        self.end.show_problem(sentence(error))
        return True

    def _head_came(self, head: LedgerHead) -> None:
        self.head = head
        self.end.show_problem("")
        self.opening.show_figure(str(head.opening), f"{head.start:%Y-%m-%d}")
        self.came.show_figure(f"+{head.came}")
        self.left.show_figure(f"−{head.left}")
        self.closing.show_figure(str(head.closing), f"{head.end:%Y-%m-%d}")

        def fetch(depot: Depot, after: LedgerLine | None, limit: int, _order: Order) -> Sequence[LedgerLine]:
            return ledger.lines(depot, head, after=after, limit=limit)

        self.lines.load(self._page.desk, fetch)

    def _load_day(self) -> None:
        day, zone = self.day.value(), self.zone
        if day is None:
            return

        def fetch(depot: Depot, after: StoodThere | None, limit: int, _order: Order) -> Sequence[StoodThere]:
            return ledger.stood_on(depot, zone, day, after=after, limit=limit)

        self.stood.load(self._page.desk, fetch)
        self._page.run(
            lambda depot: ledger.count_on(depot, zone, day),
            lambda count: self.there.show_figure(str(count), f"{day:%Y-%m-%d}"), quiet=True, replace="count-on",
        )

    def paper(self) -> PrintJob | None:
        """The ledger of the days shown."""
        as_of = self.mode.value() == AS_OF
        start, end = (self.day.value(),) * 2 if as_of else (self.start.value(), self.end.value())
        return ledger_job(self.zone, start, end) if start is not None and end is not None else None

    # -- choices -----------------------------------------------------------------------------------------------

    def _zone_chosen(self, zone: object) -> None:
        if isinstance(zone, Place):
            self.zone = zone
            self.reload()

    def _mode_chosen(self) -> None:
        as_of = self.mode.value() == AS_OF
        for widget in (self.start, self.end, self.opening, self.came, self.left, self.closing):
            widget.setVisible(not as_of)
        for widget in (self.day, self.there):
            widget.setVisible(as_of)
        self.tables.setCurrentWidget(self.stood if as_of else self.lines)
        self.reload()

    def _days_changed(self) -> None:
        if self._today is not None:
            self.reload()
