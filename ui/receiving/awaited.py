"""Reported units that have not come yet: taken into the crate, added to by phone, or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.receiving import BroughtBy, ReturnMethod, report_problems
from app.domain.register import AwaitedCase
from app.i18n import N_, _
from app.labels import label
from app.services import reporting
from ui import moments, naming
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.form import Form, TextField
from ui.models import Column, Table
from ui.receiving.intake_form import IntakeForm
from ui.receiving.known import KnownProducts
from ui.tones import Tone
from ui.widgets import age

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.receiving.page import ReceivingPage

_LATE_DAYS = 14


_COLUMNS: tuple[Column[AwaitedCase], ...] = (
    Column("number", N_("Case"), text=lambda r: r.number, tabular=True, width=150),
    Column("serial", N_("Serial number"), text=lambda r: "" if r.tagged else r.serial, bold=True, tabular=True,
           width=150),
    Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en), width=200),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=180),
    Column("symptom", N_("Symptom"), text=lambda r: r.symptom, grow=True),
    Column("way", N_("Way of return"),
           text=lambda r: f"{label(ReturnMethod(r.method))} · {label(BroughtBy(r.brought_by))}", width=150),
    Column("waybill", N_("Waybill"), text=lambda r: r.waybill, tabular=True, width=130),
)


def _columns(today: Callable[[], date]) -> tuple[Column[AwaitedCase], ...]:
    """With the age at the end, counted from the depot's day."""

    def days(row: AwaitedCase) -> int:
        return max((today() - moments.day(row.reported_at)).days, 0)

    aged: Column[AwaitedCase] = Column(
        "age", N_("Reported"), text=lambda r: age(days(r)), sort=days, align="right", width=90,
        tone=lambda r: Tone.WARN if days(r) > _LATE_DAYS else None,
        tip=lambda r: moments.minute(r.reported_at),
    )
    return (*_COLUMNS, aged)


class Awaited(QWidget):
    """The list; ``chosen(case)``: this one has arrived."""

    chosen = Signal(object)
    counted = Signal(int)

    def __init__(self, page: ReceivingPage) -> None:
        super().__init__()
        self._page = page
        self.table: Table[AwaitedCase] = Table(
            _columns(lambda: page.counter.today), name="receiving.awaited", key=lambda row: row.case_id,
            title=N_("Reported units"),
        )
        self.table.set_empty(
            "ph.phone", N_("No unit is awaited"),
            N_("When a customer or our field staff reports a unit by phone, its traveller begins here."))
        self.table.activated.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def reload(self) -> None:
        """Fetch the list."""
        self._page.run(lambda depot: reporting.awaited(depot, limit=2000), self._filled, quiet=True, replace="awaited")

    def current(self) -> AwaitedCase | None:
        """The report the cursor is on."""
        return self.table.current()

    def report(self, text: str) -> AwaitedCase | None:
        """The report with this number, serial or waybill."""
        wanted = text.strip().upper()
        return next((row for row in self.table.rows() if wanted in {row.number, row.serial, row.waybill.upper()}), None)

    def _filled(self, rows: Sequence[AwaitedCase]) -> None:
        self.table.set_rows(rows)
        self.counted.emit(len(rows))


class ReportDialog(FormDialog):
    """A unit is reported by phone: the field section as far as it is known."""

    def __init__(self, page: ReceivingPage) -> None:
        self._page_form = ReportForm(page.desk, page.counter.products)
        super().__init__(
            page, N_("Report a unit"), self._page_form, accept=N_("Open the case"),
            text=N_("The unit is still outside. What is not known yet can be added when it arrives."),
            draft="receiving.report", width=760,
        )
        self._frame = page.frame
        self.submitted.connect(self._submit)
        self._page_form.judge(
            lambda: report_problems(
                self._page_form.intake(), page.counter.products.rule(self._page_form.intake().product_id),
                page.counter.today,
            )
        )

    def _submit(self) -> None:
        intake = self._page_form.intake()
        self.run(lambda depot: reporting.report(depot, intake), self._reported)

    def _reported(self, told: reporting.Reported) -> None:
        from app.services import undoing

        self.done_well()
        self._frame.toast(
            _("{number} is opened; the unit is awaited").format(number=told.number),
            undo=lambda depot: undoing.undo(depot, told.entry_id),
        )


class ReportForm(IntakeForm):
    """The intake with its way of return, without photos."""

    def __init__(self, desk: Desk, products: KnownProducts) -> None:
        super().__init__(desk, products, arrival=True, photos=False)


class CancelForm(Form):
    """Why a reported unit will not come."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(TextField("reason", N_("Reason"), required=True))


def cancel_dialog(page: ReceivingPage, case: AwaitedCase) -> None:
    """Ask why, then void the report."""
    form = CancelForm()
    dialog = FormDialog(
        page, N_("The unit will not come"), form, accept=N_("Cancel the report"), danger=True,
        text=N_("The case becomes void; its number stays visible in the register."),
    )

    def submit() -> None:
        reason = form.reason.value()

        def operation(depot: Depot) -> reporting.ReportCancelled:
            return reporting.cancel(depot, case.case_id, reason)

        dialog.run(operation, cancelled)

    def cancelled(done: reporting.ReportCancelled) -> None:
        dialog.done_well()
        page.frame.toast(_("{number} is void").format(number=done.number))

    dialog.submitted.connect(submit)
    dialog.open()
