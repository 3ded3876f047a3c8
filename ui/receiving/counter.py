"""The counter: the head of the crate, its lines, and the intake of the line that is selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain import receiving as rules
from app.domain import serials
from app.domain.receiving import Intake, IntakeView
from app.domain.visits import SerialNews
from app.errors import Problem
from app.i18n import N_
from ui import moments, naming
from ui.background import Desk
from ui.form import Option
from ui.models import Table
from ui.receiving.columns import COLUMNS
from ui.receiving.crate import Crate, Line
from ui.receiving.crate_form import CrateForm
from ui.receiving.history import History
from ui.receiving.intake_form import over
from ui.receiving.known import KnownProducts
from ui.receiving.line_form import LineForm
from ui.receiving.line_pane import LinePane
from ui.widgets import Card
from ui.widgets.flow import Flow

#: Fields of the line's problems that the head of the crate shows.
HEAD_FIELDS = frozenset({"customer_id", "waybill"})


class Counter(QWidget):
    """Holds the crate. ``changed``: something was typed or scanned; ``wanted(key)``: look the line's serial up."""

    changed = Signal()
    wanted = Signal(int)
    shown = Signal()

    def __init__(self, desk: Desk, show_unit: Callable[[str], None]) -> None:
        super().__init__()
        self.crate = Crate()
        self.products = KnownProducts()
        self.today = moments.today()
        self.current: Line | None = None
        self._filling = False
        self._refreshing = False
        self.head = CrateForm(desk, lambda: len(self.crate.accepted()))
        self.form = LineForm(desk, self.products)
        self.form.judge(self._line_problems)
        self.history = History(show_unit)
        self.table: Table[Line] = Table(COLUMNS, name="receiving", key=lambda line: line.key, title=N_("Crate"))
        self.table.set_empty(
            "ph.barcode", N_("Scan the first unit"),
            N_("Each scan adds a line; no click in between. Without a readable code: Ctrl+N."))
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda _line: self.form.focus_first())
        self._blank = self.form.content()
        self._lay_out()
        self.form.changed.connect(self._typed)
        self.head.changed.connect(self._head_typed)
        self.form.symptom.left.connect(self._symptom_left)
        self.form.serial.left.connect(self._serial_left)
        self._show_form()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card()
        card.body.addWidget(self.head)
        column.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        self.foot = Flow()
        self.foot.setSpacing(8)
        left.addLayout(self.foot)
        row.addLayout(left, 5)
        self.side = LinePane(self.history, self.form)
        row.addWidget(self.side, 6)
        column.addLayout(row, 1)

    # -- lines -------------------------------------------------------------------------------------------------

    def scan(self, serial: str, lot: str = "") -> tuple[Line, bool]:
        """A serial was read: its line, and whether it is new. The same code twice is harmless."""
        known = self.crate.with_serial(serial)
        if known is not None:
            self.select(known)
            return known, False
        line = self._append(Intake(serial, "", "", "", lot=lot))
        self.wanted.emit(line.key)
        return line, True

    def add_blank(self) -> Line:
        """A line to be typed by hand."""
        line = self._append(Intake("", "", "", ""))
        self.form.focus("serial")
        return line

    def add_reported(self, view: IntakeView) -> Line:
        """The line of a reported case or of another depot's unit; the customer of the first becomes the crate's."""
        wanted = view.intake
        known = next((ln for ln in self.crate.lines if (ln.intake.case_id, ln.intake.transfer) == (
            wanted.case_id, wanted.transfer)), None)
        if known is not None:
            self.select(known)
            return known
        line = self._append(Intake("", "", "", ""))
        self.take_report(line, view)
        if line.intake.serial:
            self.wanted.emit(line.key)
        return line

    def take_report(self, line: Line, view: IntakeView) -> None:
        """Fill ``line`` from the case that announced its unit; what was read off the nameplate stays."""
        intake = view.intake
        if self.head.customer.is_empty():
            self.head.fill({
                "customer_id": {"value": intake.customer_id or None, "text": view.customer},
                "method": intake.method.value, "brought_by": intake.brought_by.value, "contact": intake.contact,
                "contact_phone": intake.contact_phone, "waybill": intake.waybill,
            })
        own = str(self.head.customer.value() or self.head.customer.text()) != (
            intake.customer_id or intake.customer_name)
        read = line.intake.serial
        self.select(line)
        self._filling = True
        self.form.show_intake(view, customer=own)
        if read:
            self.form.serial.set_value(read)
        self._filling = False
        line.intake = over(line.intake, intake)
        self._keep(line)
        self._refresh()

    def remove(self) -> Line | None:
        """Take the selected line out of the crate."""
        line = self.current
        if line is None:
            return None
        at = self.crate.lines.index(line)
        self.crate.lines.remove(line)
        self.current = None
        rest = self.crate.lines
        self._refresh()
        if rest:
            self.select(rest[min(at, len(rest) - 1)])
        self._show_form()
        self.changed.emit()
        return line

    def put_back(self, line: Line) -> None:
        """Put a line back that was taken out."""
        self.crate.lines.append(line)
        self._refresh()
        self.select(line)

    def copy_down(self) -> int:
        """Fill what is empty in the lines below from the selected one; returns how many lines took something."""
        source = self.current
        if source is None:
            return 0
        self._keep(source)
        touched = 0
        for line in self.crate.lines[self.crate.lines.index(source) + 1:]:
            new = line.lacks(source, self._blank)
            if new:
                touched += 1
                self._load(line, {**line.content, **new})
        self._load(source, source.content)
        self._refresh()
        self.changed.emit()
        return touched

    def learn(self, key: int, news: SerialNews) -> Line | None:
        """The record has answered for a line."""
        line = self.crate.line(key)
        if line is None:
            return None
        line.news = news
        for found in news.units:
            self.products.learn(found.product_id, found.rule)
        unit = line.unit
        if news.coming is not None and not line.intake.transfer and not line.intake.case_id:
            self.take_report(line, news.coming)
        elif unit is not None and unit.reported is not None and line.intake.case_id != unit.reported.case_id:
            self.take_report(line, unit.reported.view)
        elif unit is not None and not line.intake.product_id:
            self._set_product(line, unit.product_id, naming.product(unit.model, unit.name_zh, unit.name_en))
        elif not news.units and not line.intake.product_id and not line.intake.product_model:
            self._same_product_as_before(line)
        self._refresh()
        return line

    def clear(self) -> None:
        """Everything is signed for: begin anew."""
        self.crate.lines.clear()
        self.current = None
        self.head.clear()
        self._load_blank()
        self._refresh()
        self._show_form()

    # -- the draft ---------------------------------------------------------------------------------------------

    def content(self) -> dict[str, object]:
        """Head and lines as JSON can hold them."""
        if self.current is not None:
            self._keep(self.current)
        return {
            "head": self.head.content(),
            "lines": [{"content": line.content, "case_id": line.intake.case_id, "transfer": line.intake.transfer}
                for line in self.crate.lines],
        }

    def fill(self, content: Mapping[str, object]) -> None:
        """Show what :meth:`content` gave; the serials are looked up again."""
        self.head.fill(cast("Mapping[str, object]", content.get("head", {})))
        for kept in cast("list[dict[str, object]]", content.get("lines", [])):
            line = self._append(Intake(
                "", "", "", "", case_id=str(kept.get("case_id", "")), transfer=str(kept.get("transfer", ""))))
            self._load(line, cast("dict[str, object]", kept["content"]))
            if line.intake.serial:
                self.wanted.emit(line.key)
        if self.crate.lines:
            self.select(self.crate.lines[0])
        self._refresh()

    # -- form and line -----------------------------------------------------------------------------------------

    def select(self, line: Line) -> None:
        """Show ``line`` in the form."""
        if self.current is not line:
            if self.current is not None:
                self._keep(self.current)
            self._load(line, line.content)
        self._refresh()
        self.table.select_key(line.key)
        self._show_form()

    def take_photos(self, paths: list[Path]) -> bool:
        """Pictures came: they belong to the selected line."""
        if self.current is None or self.form.photos is None:
            return False
        self.form.photos.take(paths)
        return True

    def intake_of(self, line: Line) -> Intake:
        """The whole intake of a line, with the head of the crate."""
        return self.head.onto(line.intake)

    def judge_all(self) -> None:
        """Look at every line once more: the head of the crate or the depot's day changed."""
        for line in self.crate.lines:
            line.problems = self._judged(line)
        self.form.judge_again()
        self.head.judge_again()
        self._refresh()

    def _append(self, intake: Intake) -> Line:
        if self.current is not None:
            self._keep(self.current)
        line = self.crate.add(self._blank, intake)
        self._load(line, {**self._blank, "serial": intake.serial, "lot": intake.lot})
        line.intake = over(line.intake, intake)
        self._refresh()
        self.table.select_key(line.key)
        self._show_form()
        self.changed.emit()
        return line

    def _load(self, line: Line, content: Mapping[str, object]) -> None:
        """Put ``content`` into the form as ``line``'s, and read it back as an intake."""
        self.current = line
        self._filling = True
        self.form.clear()
        self.form.fill(content)
        self._filling = False
        self._keep(line)
        self.form.judge_again()

    def _load_blank(self) -> None:
        self._filling = True
        self.form.clear()
        self._filling = False

    def _keep(self, line: Line) -> None:
        """Read the form into ``line``."""
        base = line.intake
        line.content = self.form.content()
        line.intake = over(self.form.intake(), base)
        line.refusal, line.refusal_text = self.form.reason(), self.form.refusal_text.value()
        line.photos = tuple(self.form.photos.value()) if self.form.photos else ()
        line.model = self.form.product.text()
        line.unfit = (*self.form.unread(), *self.form.refusal_problems())
        line.problems = self._judged(line)

    def _judged(self, line: Line) -> tuple[Problem, ...]:
        rule = self.products.rule(line.intake.product_id)
        intake = self.intake_of(line)
        refused = line.refusal is not None
        found = rules.identity_problems(intake, rule) if refused else rules.problems(intake, rule, self.today)
        unfit = {problem.field for problem in line.unfit}
        return (*line.unfit, *(problem for problem in found if problem.field not in unfit))

    def _line_problems(self) -> list[Problem]:
        if self.current is None or self._filling:
            return []
        self._keep(self.current)
        return [problem for problem in self.current.problems if problem.field not in HEAD_FIELDS]

    def _set_product(self, line: Line, product_id: str, text: str) -> None:
        if line is self.current:
            self.form.product.set_value(Option(product_id, text))
            return
        line.content = {**line.content, "product_id": {"value": product_id, "text": text}}
        line.intake = replace(line.intake, product_id=product_id, product_model="")
        line.model = text
        line.problems = self._judged(line)

    def _same_product_as_before(self, line: Line) -> None:
        """A new serial in a crate is most often of the product before it, if that product's serials look so."""
        at = self.crate.lines.index(line)
        before = self.crate.lines[at - 1] if at else None
        if before is None or not before.intake.product_id:
            return
        rule = self.products.rule(before.intake.product_id)
        if not serials.problems(line.intake.serial, rule):
            self._set_product(line, before.intake.product_id, before.model)

    # -- what changed ------------------------------------------------------------------------------------------

    def _selected(self, line: Line | None) -> None:
        if line is not None and line is not self.current and not self._refreshing:
            self.select(line)

    def _typed(self) -> None:
        if self.current is None or self._filling:
            return
        self._keep(self.current)
        self.history.show_line(self.current)
        self._refresh()
        self.head.judge_again()
        self.changed.emit()

    def _head_typed(self) -> None:
        for line in self.crate.lines:
            line.problems = self._judged(line)
        self._refresh()
        self.changed.emit()

    def _symptom_left(self) -> None:
        if self.current is not None and self.current.unit is not None and self.current.unit.visits:
            self.wanted.emit(self.current.key)

    def _serial_left(self) -> None:
        line = self.current
        if line is None or not line.intake.serial:
            return
        if not line.is_looked_up(self.products.rule(line.intake.product_id)):
            self.wanted.emit(line.key)

    def _refresh(self) -> None:
        self._refreshing = True
        self.table.set_rows(self.crate.lines)
        if self.current is not None:
            self.table.select_key(self.current.key)
        self._refreshing = False
        if self.current is not None:
            self.history.show_line(self.current)
        self.shown.emit()

    def _show_form(self) -> None:
        self.side.setVisible(self.current is not None)
