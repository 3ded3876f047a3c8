"""Parts: what the bench consumes, how many there are, and where they went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.people import Action
from app.domain.repair import PartUse
from app.i18n import N_, _, _n
from app.labels import label
from app.services import parts
from app.services.parts import PartFile, PartFilter, PartLine, StockBooked, StockLine
from ui.dialogs.dialog import FormDialog
from ui.masterdata.catalogue import Catalogue
from ui.masterdata.words import allow, state, taken_back
from ui.models import Column, Table
from ui.parts.forms import CorrectForm, PartForm, ReceiveForm
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Card, DefinitionList, heading

if TYPE_CHECKING:
    from app.depot import Depot


def _state(line: PartLine) -> tuple[str, Tone]:
    if line.low and line.part.active:
        return N_("order again"), Tone.BAD
    return state(active=line.part.active, proposed=line.part.proposed)


COLUMNS: tuple[Column[PartLine], ...] = (
    Column("part_no", N_("Part number"), text=lambda p: p.part.part_no, bold=True, tabular=True, width=150,
           order="part_no"),
    Column("name_zh", N_("Chinese name"), text=lambda p: p.part.name_zh, grow=True),
    Column("name_en", N_("English name"), text=lambda p: p.part.name_en, hidden=True),
    Column("stock", N_("In stock"), text=lambda p: f"{p.stock} {p.part.unit}".strip(), sort=lambda p: p.stock,
           align="right", width=100, bold=lambda p: p.low, tone=lambda p: Tone.BAD if p.low else None),
    Column("level", N_("Order again at"), text=lambda p: str(p.part.reorder_level or "–"),
           sort=lambda p: p.part.reorder_level, align="right", width=110),
    Column("price", N_("List price"), text=lambda p: str(Money(p.part.price_fen)) if p.part.price_fen else "–",
           sort=lambda p: p.part.price_fen, align="right", money=True, width=110, hidden=True),
    Column("state", N_("State"), text=lambda p: _(_state(p)[0]), tone=lambda p: _state(p)[1], chip=True, width=120),
)

_REASONS = {
    parts.OPENING: N_("first stock"), parts.RECEIVED: N_("booked in"), parts.UNDONE: N_("taken back"),
    "repair:UNDO": N_("taken back"),
}


def _reason(line: StockLine) -> str:
    """The program's own reasons in words, a person's as written, with the paper it rests on."""
    use = line.reason.removeprefix("repair:")
    words = label(PartUse(use)) if use in set(PartUse) else _(_REASONS.get(line.reason, "")) or line.reason
    return f"{words}  {line.document_number}".strip()


LEDGER: tuple[Column[StockLine], ...] = (
    Column("at", N_("When"), text=lambda s: f"{s.at:%Y-%m-%d}", sort=lambda s: s.at, tabular=True,
           width=100),
    Column("quantity", N_("Pieces"), text=lambda s: f"{s.quantity:+d}", sort=lambda s: s.quantity, align="right",
           width=70, tone=lambda s: Tone.OK if s.quantity > 0 else Tone.BAD),
    Column("balance", N_("Balance"), text=lambda s: str(s.balance), sort=lambda s: s.balance, align="right", width=70),
    Column("reason", N_("Reason"), text=_reason, grow=True, tip=lambda s: f"{_reason(s)}  {s.who}"),
    Column("document", N_("Document"), text=lambda s: s.document_number, tabular=True, hidden=True),
    Column("who", N_("Who"), text=lambda s: s.who, hidden=True),
)


class PartsPage(Catalogue[PartLine]):
    """The list of parts."""

    columns = COLUMNS
    placeholder = N_("Part number, name or pinyin initials")
    empty = ("ph.nut", N_("No part here"), N_("Enter the parts that the bench uses with Ctrl+N."))
    toggles = (("low", N_("to order again")), ("inactive", N_("switched off too")))

    def build_tools(self) -> None:
        for button in (
            self.button("parts.switch", self._switch), self.button("parts.correct", self._correct),
            self.button("parts.receive", self._receive), self.button("parts.edit", self._edit_current),
            self.button("parts.add", self._add, kind="primary"),
        ):
            self.header.add(button)
        self.act("parts.find", self.line.setFocus)
        self.desk.operator_changed.connect(self._permit)
        self._permit()

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
            (_("In stock"), f"{file.stock} {part.unit}".strip()),
            (_("List price"), str(Money(part.price_fen)) if part.price_fen else ""), (_("Note"), part.note),
        ))
        self.ledger.set_rows(file.ledger)

    def scanned(self, scan: Scan) -> bool:
        """A drawer label: go to the part."""
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
        line, master = self.table.current(), self.desk.permits(Action.EDIT_MASTER)
        proposes = self.desk.permits(Action.PROPOSE_MASTER)
        keeps = line is not None and (master or proposes or self.desk.permits(Action.REPAIR))
        allow(
            self, "parts", add=master or proposes, edit=master and line is not None,
            switch=master and line is not None, receive=keeps, correct=keeps,
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
            self.run(lambda depot: parts.file(depot, line.id, 1), self._open)

    def _open(self, file: PartFile) -> None:
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
        dialog.open()

    def _receive(self) -> None:
        line = self.table.current()
        if line is None:
            return
        form = ReceiveForm()
        dialog = FormDialog(self, N_("Book in"), form, accept=N_("Book in"))

        def submit() -> None:
            quantity, document = form.quantity.whole() or 0, form.document.value()
            dialog.run(
                lambda depot: parts.receive(depot, line.id, quantity, document),
                lambda done: self._booked(dialog, done),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _correct(self) -> None:
        line = self.table.current()
        if line is None:
            return
        form = CorrectForm(line.stock)
        dialog = FormDialog(self, N_("Correct the stock"), form, accept=N_("Book"))

        def submit() -> None:
            quantity, reason = form.difference(), form.reason.value()
            dialog.run(
                lambda depot: parts.correct(depot, line.id, quantity, reason),
                lambda done: self._booked(dialog, done),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _switch(self) -> None:
        line = self.table.current()
        if line is not None:
            text = _("{name} switched off") if line.part.active else _("{name} switched on")
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
