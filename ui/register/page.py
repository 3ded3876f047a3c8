"""The return register: every case, by period, standing, customer, product and text (art. 8.5; form F3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.changes import Changes
from app.domain.register import PeriodOf, RegisterRow, Selection, Standing, Totals
from app.domain.stages import Stage
from app.i18n import N_, _, _n
from app.labels import labels_of
from app.services import register, undoing
from ui import moments
from ui.form import ChoiceField, DateField, Form, SegmentField, TextField
from ui.models import Order, Table
from ui.page import Page
from ui.receiving.intake_form import find_customers
from ui.receiving.known import KnownProducts
from ui.register.amending import AmendDialog
from ui.register.columns import columns
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Tile

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk
    from ui.dialogs.preview import PrintJob

_TYPING_MS = 250


class FilterForm(Form):
    """What the register shows."""

    def __init__(self, desk: Desk, products: KnownProducts) -> None:
        super().__init__(columns=6)
        self.standing = self.add(
            SegmentField("standing", N_("Standing"), Standing, chosen=Standing.ANY), span=2)
        self.text = self.add(
            TextField("text", N_("Number, serial, model or name"), placeholder=N_("also pinyin initials")))
        self.text.title_label().setWordWrap(True)       # beside the detail the six columns are narrow
        self.customer = self.add(ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk))
        self.product = self.add(ChoiceField("product_id", N_("Product"), search=products.find, desk=desk))
        words = labels_of(Stage)
        self.stage = self.add(ChoiceField("stage", N_("Stage"), [(stage, words[stage]) for stage in Stage]))
        self.period_of = self.add(
            SegmentField("period_of", N_("Period of"), PeriodOf, chosen=PeriodOf.RECEIVED), span=2)
        self.start = self.add(DateField("start", N_("From")))
        self.end = self.add(DateField("end", N_("To")))

    def selection(self) -> Selection:
        """The filter as the service wants it."""
        return Selection(
            start=self.start.value(), end=self.end.value(),
            period_of=cast("PeriodOf", self.period_of.value() or PeriodOf.RECEIVED),
            standing=cast("Standing", self.standing.value() or Standing.ANY),
            stage=cast("Stage | None", self.stage.value()), customer_id=str(self.customer.value() or ""),
            product_id=str(self.product.value() or ""), text=self.text.value(),
        )


class RegisterPage(Page):
    """The list under its filter, with totals."""

    watches = Changes.CASES | Changes.UNITS | Changes.MASTERDATA

    def build(self) -> None:
        self.products = KnownProducts()
        self.today = moments.today()
        self.filter = FilterForm(self.desk, self.products)
        self.filter.changed.connect(self._filter_typed)
        self.header.add(self.button("register.clear", self._clear))
        self.header.add(self.button("register.amend", self._amend))
        self.header.add(self.button("register.print", lambda: self.frame.preview(self._job()), kind="primary"))
        self.act("register.find", lambda: self.filter.focus("text"))
        self.act("register.undo-receipt", self._undo_receipt)
        self.body.addWidget(self.filter)
        self.body.addWidget(self._tiles())
        self.table: Table[RegisterRow] = Table(
            columns(self.today), name="register", key=lambda row: row.case_id, title=N_("Return register"))
        self.table.set_empty(
            "ph.list-dashes", N_("No case under this filter"),
            N_("Widen the period or clear the filter. Cases appear when units are received."))
        self.table.activated.connect(lambda row: self.frame.show_unit(row.unit_id))
        self.table.selected.connect(self._selected)
        self.body.addWidget(self.table, 1)
        self._pause = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._pause.timeout.connect(self._fetch)
        self._shown = Selection()

    def _tiles(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.tiles = {
            "cases": Tile(N_("Cases"), leads=True), "open": Tile(N_("In the depot"), leads=True),
            "overdue": Tile(N_("Overdue"), leads=True), "returned": Tile(N_("Returned")),
            "spares": Tile(N_("Spares")), "void": Tile(N_("Void"), leads=True),
        }
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        for name, standing in (("cases", Standing.ANY), ("open", Standing.OPEN), ("overdue", Standing.OVERDUE),
                               ("void", Standing.VOID)):
            self.tiles[name].pressed.connect(partial(self._stand, standing))
        return box

    # -- fetching ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """The depot's day first, then list and totals."""
        self.run(lambda depot: depot.today(), self._day, quiet=True, replace="day")

    def _day(self, today: date) -> None:
        if today != self.today:
            self.today = today
            self.table.model.columns = columns(today)
        self._fetch()

    def _fetch(self) -> None:
        wanted = self._shown = self.filter.selection()

        def fetch(
            depot: Depot, after: RegisterRow | None, limit: int, order: Order
        ) -> Sequence[RegisterRow]:
            return register.page(depot, wanted, after, limit, order if order[0] else ("number", True))

        self.table.load(self.desk, fetch)
        self.run(lambda depot: register.totals(depot, wanted), self._totals, quiet=True, replace="totals")

    def _totals(self, totals: Totals) -> None:
        n = totals.cases
        self.header.subtitle(_n("{n} case", "{n} cases", n).format(n=n))
        self.tiles["cases"].show_figure(str(totals.cases), _("{n} announced").format(n=totals.reported))
        self.tiles["open"].show_figure(str(totals.open))
        self.tiles["overdue"].show_figure(str(totals.overdue), tone=Tone.BAD if totals.overdue else None)
        self.tiles["returned"].show_figure(str(totals.returned))
        self.tiles["spares"].show_figure(str(totals.spares), _("{n} scrapped").format(n=totals.scrapped))
        self.tiles["void"].show_figure(str(totals.void))

    def _filter_typed(self) -> None:
        self._pause.start()

    def _stand(self, standing: Standing) -> None:
        self.filter.standing.set_value(standing)
        self._fetch()

    def _clear(self) -> None:
        self.filter.clear()
        self._fetch()

    # -- scanning and choosing ---------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A number or serial becomes the filter, so that the case and its earlier visits stand together."""
        if scan.kind is ScanKind.COMMAND:
            return False
        self.filter.clear()
        self.filter.text.set_value(str(scan.number) if scan.number else scan.serial or scan.text)
        self.frame.chime(good=True)
        self._fetch()
        return True

    def open_subject(self, subject: object) -> None:
        """A selection, or the text to look for."""
        self.filter.clear()
        if isinstance(subject, Standing):
            self.filter.standing.set_value(subject)
        elif isinstance(subject, str):
            self.filter.text.set_value(subject)
        self._fetch()

    def _selected(self, row: RegisterRow | None) -> None:
        self.follow(row.unit_id if row else "")

    # -- doing -------------------------------------------------------------------------------------------------

    def _amend(self) -> None:
        row = self.table.current()
        if row is None:
            self.frame.toast(_("Choose a case first."), Tone.WARN)
            return
        AmendDialog.open_for(self, self.products, row.case_id)

    def _undo_receipt(self) -> None:
        row = self.table.current()
        if row is None:
            return
        case_id = row.case_id

        def operation(depot: Depot) -> undoing.Undone:
            from app.services import receipts

            return undoing.undo(depot, receipts.entry_of(depot, case_id))

        self.run(operation, lambda _done: self.frame.toast(
            _("The receipt of {number} is undone; the number stays visible as void.").format(number=row.number)))

    def _job(self) -> PrintJob:
        from app.services import slips
        from ui.dialogs.preview import PrintJob

        wanted = self._shown
        return PrintJob(
            title=_("Return register"), form="F3", make=lambda depot: slips.register(depot, wanted),
            file_name=_("Return register"), long=True,
        )

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: form F3 of what is shown."""
        return self._job()


