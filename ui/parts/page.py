"""Parts: what the bench consumes, how many there are, and where they went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.domain.numbering import DocumentType, parse_number
from app.domain.people import Action
from app.domain.stock import MAIN_STORE
from app.i18n import N_, _, _n
from app.labels import label
from app.services import parts, stock
from app.services.parts import PartFile, PartFilter, PartLine, StockBooked, StockLine
from ui import moments
from ui.dialogs.dialog import FormDialog
from ui.masterdata.catalogue import Catalogue
from ui.masterdata.words import allow, taken_back
from ui.models import Table
from ui.parts.columns import COLUMNS, LEDGER
from ui.parts.forms import PartForm
from ui.parts.ordering import OrderPane, ask_level
from ui.parts.pane import Pane
from ui.parts.stock_forms import CorrectForm, ReceiveForm, RecheckForm, ScrapForm, TransferForm
from ui.parts.words import lot_words
from ui.scanner import Scan, ScanKind
from ui.widgets import Card, DefinitionList, Segmented, heading
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.dialogs.preview import PrintJob
    from ui.form import Form

F = TypeVar("F", bound="Form")
R = TypeVar("R")

#: The views: the action ``parts.<name>``, the title (N_), the pane; the first is the list of parts itself.
PANES: tuple[tuple[str, str, str], ...] = (
    ("stock", N_("Stock"), ""), ("order", N_("To order"), "ui.parts.ordering.OrderPane"),
    ("loans", N_("Loans"), "ui.parts.loans.LoansPane"), ("places", N_("Stock places"), "ui.parts.places.PlacesPane"),
    ("count", N_("Stock-take"), "ui.parts.counting.CountingPane"),
)


#: The pane that shows a document of each type.
_PANE_OF = {DocumentType.LOAN: "loans", DocumentType.STOCK_TAKE: "count"}


class PartsPage(Catalogue[PartLine]):
    """The list of parts."""

    columns = COLUMNS
    watches = Changes.MASTERDATA | Changes.PARTS
    placeholder = N_("Part number, name or pinyin initials")
    empty = ("ph.nut", N_("No part here"), N_("Enter the parts that the bench uses with Ctrl+N."))
    toggles = (("low", N_("Below reorder level")), ("inactive", N_("Include inactive")))

    def build(self) -> None:
        """The list is the first of the panes; the others are made when they are first shown."""
        whole, holder = self.body, QWidget()
        holder.setObjectName("plain")
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self._holder = holder
        self.stack = QStackedWidget()
        self._panes: dict[str, Pane] = {}
        self._buttons: list[QPushButton] = []
        super().build()
        self.body = whole
        self.stack.addWidget(holder)
        whole.addWidget(self.stack, 1)

    def build_tools(self) -> None:
        self._buttons = [
            self.button("parts.switch", self._switch), self.button("parts.scrap", self._scrap),
            self.button("parts.recheck", self._recheck), self.button("parts.transfer", self._transfer),
            self.button("parts.correct", self._correct), self.button("parts.receive", self._receive),
            self.button("parts.edit", self._edit_current), self.button("parts.add", self._add, kind="primary"),
        ]
        tools = Flow()
        tools.setSpacing(8)
        tools.addStretch(1)
        for button in self._buttons:
            tools.addWidget(button)
        self.body.addLayout(tools)
        self.views = Segmented([(pane, title) for pane, title, _made in PANES], N_("View"))
        self.views.chosen.connect(self._chosen)
        self.header.add(self.views)
        for pane, _title, _made in PANES:
            self.act(f"parts.{pane}", partial(self.show_pane, pane))
        self.act("parts.find", self.line.setFocus)
        self.act("parts.level", self._level)
        self.desk.operator_changed.connect(self._permit)
        self._permit()

    # -- panes ---------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Pane | None:
        """The pane that is seen; ``None``: the list of parts."""
        return self._panes.get(str(self.views.value()))

    def show_pane(self, pane: str) -> None:
        """Show the pane ``pane``."""
        self.views.set_value(pane)
        self._chosen(pane)

    def _chosen(self, pane: object) -> None:
        made = next(module for name, _title, module in PANES if name == pane)
        if made and pane not in self._panes:
            module, _dot, name = made.rpartition(".")
            self._panes[str(pane)] = getattr(import_module(module), name)(self)
            self.stack.addWidget(self._panes[str(pane)])
        self.stack.setCurrentWidget(self.shown or self._holder)
        self.header.subtitle("")
        self._permit()
        self.reload()
        (self.shown or self.table.view).setFocus()

    def reload(self) -> None:
        if self.shown is None:
            super().reload()
        else:
            self.shown.reload()

    def print_job(self) -> PrintJob | None:
        return self.shown.print_job() if self.shown is not None else None

    def build_card(self) -> QWidget:
        self.card = Card()
        self.title, self.facts = heading(), DefinitionList()
        self.ledger: Table[StockLine] = Table(LEDGER, name="parts.ledger", key=lambda s: s.id, title=N_("Stock ledger"))
        self.ledger.set_empty("ph.scales", N_("Nothing was booked yet"))
        self.card.body.addWidget(self.title)
        self.card.body.addWidget(self.facts)
        self.card.body.addWidget(heading(N_("Stock ledger")))
        self.card.body.addWidget(self.ledger, 1)
        around = QWidget()
        around.setObjectName("plain")
        around.setMinimumWidth(420)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        return around

    # -- the list ------------------------------------------------------------------------------------------------

    def open_subject(self, subject: object) -> None:
        """A part's id, the name of a pane, or the number of a loan or stock-take."""
        text = str(subject or "")
        if text in {name for name, _title, _made in PANES}:
            self.show_pane(text)
        elif (number := parse_number(text)) is not None and number.type in _PANE_OF:
            self.show_pane(_PANE_OF[number.type])
            if self.shown is not None:
                self.shown.open_subject(text)
        else:
            if self.shown is not None:
                self.show_pane("stock")
            super().open_subject(subject)

    def key(self, line: PartLine) -> object:
        return line.id

    def _filter(self) -> PartFilter:
        return PartFilter(self.line.text().strip(), self.on("low"), self.on("inactive"))

    def fetcher(self) -> Callable[[Depot, PartLine | None, int, bool], Sequence[PartLine]]:
        wanted = self._filter()
        return lambda depot, after, limit, descending: parts.parts(depot, wanted, after, limit, descending=descending)

    def counter(self) -> Callable[[Depot], int]:
        wanted = self._filter()
        return lambda depot: parts.count(depot, wanted)

    def counted(self, number: int) -> str:
        return _n("{n} part", "{n} parts", number).format(n=number)

    def show_line(self, line: PartLine | None) -> None:
        self.card.setVisible(line is not None)
        self._permit()
        if line is not None:
            self.run(lambda depot: parts.file(depot, line.id), self._show, lambda _error: True,
                     quiet=True, replace="file")

    def _show(self, file: PartFile) -> None:
        part = file.part
        self.title.setText(part.part_no)
        self.facts.show_pairs((
            (_("Chinese name"), part.name_zh), (_("English name"), part.name_en),
            *((lot_words(file, place_id, grade), f"{pieces} {part.unit}".strip())
              for (place_id, grade), pieces in file.lots),
            (_("List price"), str(Money(part.price_fen)) if part.price_fen else ""), (_("Note"), part.note),
        ))
        self.facts.setToolTip("\n".join(
            f"{check.certificate}  {label(check.result)} ×{check.quantity}  {check.tested_by_name}  "
            f"{moments.day(check.at)}" for check in file.rechecks))
        self.ledger.set_rows(file.ledger)

    def scanned(self, scan: Scan) -> bool:
        """A drawer label: go to the part."""
        if self.shown is not None:
            return self.shown.scanned(scan)
        if scan.kind is not ScanKind.TEXT:
            return False

        def found(lines: tuple[PartLine, ...]) -> None:
            same = [line for line in lines if line.part.part_no.casefold() == scan.text.casefold()]
            self.frame.chime(good=bool(same))
            if same:
                self.line.clear()
                self.open_subject(same[0].id)
            else:
                self.line.setText(scan.text)

        self.run(lambda depot: parts.find(depot, scan.text), found)
        return True

    # -- what can be done ----------------------------------------------------------------------------------------

    def _permit(self) -> None:
        line = self.table.current() if self.shown is None else None
        master = self.desk.permits(Action.EDIT_MASTER)
        proposes = self.desk.permits(Action.PROPOSE_MASTER)
        keeps = line is not None and (master or proposes or self.desk.permits(Action.REPAIR))
        allow(
            self, "parts", add=(master or proposes) and self.shown is None, edit=master and line is not None,
            switch=master and line is not None, level=master, receive=keeps, correct=keeps,
            transfer=keeps, scrap=keeps,
            recheck=line is not None and line.unchecked > 0 and self.desk.permits(Action.INSPECT),
        )

    def _add(self) -> None:
        form = PartForm()
        dialog = FormDialog(self, N_("New part"), form, accept=N_("Enter part"), draft="parts.new")

        def submit() -> None:
            part, stock = form.part(), form.stock.whole() or 0
            dialog.run(
                lambda depot: parts.add(depot, part, stock),
                lambda done: self._written(dialog, done.part.id, done.entry_id,
                                           _("{name} entered").format(name=done.part.part_no)),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _edit_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self.edit(line)

    def edit(self, line: PartLine) -> None:
        if self.desk.permits(Action.EDIT_MASTER):
            self.run(lambda depot: parts.file(depot, line.id, 1), lambda file: self._editing(file).open())

    def _editing(self, file: PartFile) -> FormDialog:
        form = PartForm(file.part)
        dialog = FormDialog(self, N_("Edit part"), form, draft="parts.edit", subject=f"{file.part.id}:{file.seen}")

        def submit() -> None:
            part = form.part()
            dialog.run(
                lambda depot: parts.edit(depot, part, file.seen),
                lambda done: self._written(dialog, done.part.id, done.entry_id,
                                           _("{name} changed").format(name=done.part.part_no)),
            )

        dialog.submitted.connect(submit)
        dialog.reopens(lambda depot: parts.file(depot, file.part.id, 1), self._editing)
        return dialog

    def _receive(self) -> None:
        self._with_file(lambda file: self._ask(
            N_("Receive stock"), ReceiveForm(file), lambda depot, form: parts.receive(
                depot, file.part.id, form.quantity.whole() or 0, form.document.value(), form.chosen_place()),
            self._booked))

    def _correct(self) -> None:
        self._with_file(lambda file: self._ask(
            N_("Correct the stock"), CorrectForm(file), lambda depot, form: parts.correct(
                depot, file.part.id, form.difference(), form.reason.value(), *form.chosen_lot()),
            self._booked))

    def _transfer(self) -> None:
        self._with_file(lambda file: self._ask(
            N_("Move to another place"), TransferForm(file), lambda depot, form: stock.transfer(depot, form.transfer()),
            lambda dialog, done: self._moved(dialog, done, _("{name}: {n} moved, {left} left"))))

    def _recheck(self) -> None:
        self._with_file(lambda file: self._ask(
            N_("Re-inspection"), RecheckForm(file), lambda depot, form: stock.recheck(depot, form.rechecking()),
            lambda dialog, done: self._moved(dialog, done, _("{name}: {n} re-inspected, {left} still wait"))))

    def _scrap(self) -> None:
        self._with_file(lambda file: self._ask(
            N_("Write parts off"), ScrapForm(file), lambda depot, form: stock.scrap(
                depot, file.part.id, form.quantity.whole() or 0, form.reason.value(), *form.chosen_lot()),
            lambda dialog, done: self._moved(dialog, done, _("{name}: {n} written off, {left} left"))))

    def _with_file(self, then: Callable[[PartFile], None]) -> None:
        line = self.table.current()
        if line is not None and self.shown is None:
            self.run(lambda depot: parts.file(depot, line.id, 1), then)

    def _ask(
        self, title: str, form: F, operation: Callable[[Depot, F], R], then: Callable[[FormDialog, R], None]
    ) -> None:
        dialog = FormDialog(self, title, form, accept=N_("Save"))
        dialog.submitted.connect(
            lambda: dialog.run(lambda depot: operation(depot, form), lambda done: then(dialog, done)))
        dialog.open()

    def _moved(self, dialog: FormDialog, done: stock.Moved, text: str) -> None:
        self._written(dialog, done.part.id, done.entry_id, text.format(
            name=done.part.part_no, n=done.quantity, left=done.left))

    def _level(self) -> None:
        """Of the part marked, in the list or among those to be ordered."""
        if isinstance(self.shown, OrderPane):
            wanted = self.shown.table.current()
            if wanted is not None:
                ask_level(self, wanted.part.id, wanted.place.id, wanted.level)
        elif self.shown is None and (line := self.table.current()) is not None:
            ask_level(self, line.id, MAIN_STORE, line.part.reorder_level)

    def _switch(self) -> None:
        line = self.table.current()
        if line is not None:
            text = _("{name} deactivated") if line.part.active else _("{name} reactivated")
            self.run(
                lambda depot: parts.switch(depot, line.id, active=not line.part.active),
                lambda done: self._said(line.id, done.entry_id, text.format(name=done.part.part_no)),
            )

    def _booked(self, dialog: FormDialog, done: StockBooked) -> None:
        text = _("{name}: {quantity}, now {stock} in stock").format(
            name=done.part.part_no, quantity=f"{done.quantity:+d}", stock=done.stock)
        self._written(dialog, done.part.id, done.entry_id, text)

    def _written(self, dialog: FormDialog, part_id: str, entry_id: str, text: str) -> None:
        dialog.done_well()
        self._said(part_id, entry_id, text)

    def _said(self, part_id: str, entry_id: str, text: str) -> None:
        self.open_subject(part_id)
        self.frame.toast(text, undo=taken_back(entry_id))
