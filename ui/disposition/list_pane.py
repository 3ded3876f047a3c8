"""A pane that is one list with its buttons: rows by case, found by scan, with the next step in each line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from app.depot import Depot
from app.domain.people import Role
from app.i18n import _n
from ui.dialogs.sign import SignRequest
from ui.disposition.pane import Pane
from ui.models import Column, Table
from ui.page import Page
from ui.scanner import Scan
from ui.widgets import muted
from ui.widgets.flow import Flow

T = TypeVar("T")


def own_signs(page: Page, purpose: str, *roles: Role) -> SignRequest:
    """One of ours with one of ``roles`` signs, at whichever desk; the operator is proposed where they may."""
    operator = page.desk.operator
    own = operator is not None and bool(operator.roles.intersection(roles))
    return SignRequest(purpose=purpose, login=operator.login if operator and own else "", other=True, roles=roles)


class ListPane(Pane, Generic[T]):
    """One list. A subclass sets the class attributes and answers what a row is."""

    columns: tuple[Column[Any], ...] = ()
    name = ""
    title = ""                   # marked by N_
    empty: tuple[str, str, str] = ("", "", "")   # icon, head and words, marked by N_
    hint = ""                    # marked by N_

    def build(self) -> None:
        """Make the widgets."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.column = column
        self.table: Table[T] = Table(self.columns, name=self.name, key=self.key_of, title=self.title)
        self.table.set_empty(*self.empty)
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda row: self.frame.show_unit(self.unit_of(row)))
        column.addWidget(self.table, 1)
        foot = Flow()
        foot.addWidget(muted(self.hint, wrap=True), 1)
        for button in self.buttons():
            foot.addWidget(button)
            button.setEnabled(False)
        column.addLayout(foot)

    # -- what a subclass answers --------------------------------------------------------------------------------

    def buttons(self) -> Sequence[QPushButton]:
        """The buttons, made here."""
        return ()

    def fetch(self, depot: Depot) -> Sequence[T]:
        """The rows."""
        raise NotImplementedError

    def key_of(self, row: T) -> str:
        """What tells a row from the others: its case."""
        return str(getattr(row, "case_id"))  # noqa: B009  the rows of this page have one

    def unit_of(self, row: T) -> str:
        """The unit a row is about."""
        return str(getattr(row, "unit_id", ""))

    def codes_of(self, row: T) -> set[str]:
        """What may be scanned to find the row."""
        return {str(getattr(row, name, "")) for name in ("serial", "case_number", "number")}

    def allow(self, row: T | None) -> None:
        """Which buttons work for ``row``."""

    # -- how ----------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """To the list."""
        self.table.setFocus()

    def reload(self) -> None:
        """Fetch the list."""
        self.run(self.fetch, self._filled, replace=self.name)

    def _filled(self, found: Sequence[T]) -> None:
        self.page.header.subtitle(_n("{n} unit", "{n} units", len(found)).format(n=len(found)))
        self.table.set_rows(found)
        self._selected(self.table.current())

    def _selected(self, row: T | None) -> None:
        self.allow(row)
        if self.isVisible():
            self.page.follow(self.unit_of(row) if row is not None else "")

    def with_row(self, do: Callable[[T], object]) -> None:
        """``do`` with the row that is marked, if one is."""
        row = self.table.current()
        if row is not None:
            do(row)

    def scanned(self, scan: Scan) -> bool:
        """A serial, case or paper number selects its line."""
        wanted = {scan.serial, scan.text, str(scan.number or "")} - {""}
        for row in self.table.rows():
            if wanted & self.codes_of(row):
                self.table.select_key(self.key_of(row))
                self.frame.chime(good=True)
                return True
        return False

    def open_subject(self, subject: object) -> bool:
        """A case id of the list."""
        return self.table.select_key(str(subject))
