"""What the views of the spares page share: a list, a foot with buttons, questions that end in signatures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from app.depot import Depot
from app.domain.signing import Party, Signature
from app.i18n import N_, _
from app.services import products
from ui import naming
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.disposition.pane import Pane
from ui.form import Form, MultilineField, Option
from ui.models import Column, Table
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets import muted
from ui.widgets.flow import Flow

#: (purpose, party) of each signature a step needs, in order.
Hands = Sequence[tuple[str, Party]]


class SparesView(Pane):
    """One list of the page. ``wanted``: the serial or number to choose when the rows have come."""

    wanted = ""

    def lay(self, columns: Sequence[Column[Any]], name: str, key: Callable[[Any], object], title: str) -> None:
        """The list, filling the view."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.column = column
        self.table: Table[Any] = Table(tuple(columns), name=f"spares.{name}", key=key, title=title)
        self.table.activated.connect(self.opened)
        self.table.selected.connect(self.chosen)
        column.addWidget(self.table, 1)

    def foot(self, hint: str, *buttons: tuple[str, Callable[[], object], str]) -> None:
        """The buttons below: (action id, slot, kind)."""
        row = Flow()
        words = muted(hint)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the buttons come first
        row.addWidget(words, 1)
        self.buttons = {}
        for action_id, slot, kind in buttons:
            made = self.button(action_id, slot, kind)
            self.buttons[action_id] = made
            row.addWidget(made)
        self.column.addLayout(row)

    def offer(self, possible: Collection[str]) -> None:
        """Show the buttons of ``possible`` only: what cannot be done with the row takes no room."""
        for action_id, button in self.buttons.items():
            button.setVisible(action_id in possible)

    def keys(self, row: Any) -> set[str]:
        """What is printed on the things of ``row``."""
        return {row.serial}

    def opened(self, row: Any) -> None:
        """Enter on a row."""
        self.frame.show_unit(row.unit_id)

    def chosen(self, row: Any) -> None:
        """A row was chosen."""
        self.page.follow(row.unit_id if row is not None else "")

    def current(self) -> Any:
        """The row in hand; says so when there is none."""
        row = self.table.current()
        if row is None:
            self.frame.toast(_("Scan a unit or choose a line first."), Tone.WARN)
        return row

    def seek(self, wanted: set[str]) -> bool:
        """Choose the row that bears one of ``wanted``."""
        for row in self.table.rows():
            if wanted & self.keys(row) - {""}:
                self.table.select_key(self.key_of(row))
                return True
        return False

    def key_of(self, row: Any) -> object:
        """The key of a row of the list."""
        return row.unit_id

    def scanned(self, scan: Scan) -> bool:
        """The row with the scanned serial or number."""
        return self.seek({scan.serial, scan.text, str(scan.number) if scan.number else ""} - {""})

    def open_subject(self, subject: object) -> bool:
        """A number or serial."""
        return self.seek({str(subject)})

    def take_focus(self) -> None:
        """Keys go to the list."""
        self.table.setFocus()

    # -- questions ---------------------------------------------------------------------------------------------

    def ask(
        self, title: str, form: Form, accept: str, operation: Callable[..., Any], then: Callable[[Any], object], *,
        hands: Callable[[], Hands] | None = None, text: str = "", draft: str = "", danger: bool = False,
    ) -> FormDialog:
        """Ask ``form``, take the signatures of ``hands`` one after the other, then run ``operation(depot, *them)``."""
        dialog = FormDialog(self.page, title, form, accept=accept, draft=draft, danger=danger, width=620)
        if text:
            dialog.body.insertWidget(0, said := muted(wrap=True))
            said.setText(text)

        def done(result: Any) -> None:
            dialog.done_well()
            then(result)

        def go(signed: tuple[Signature, ...], left: Hands) -> None:
            if not left:
                dialog.run(lambda depot: operation(depot, *signed), done)
                return
            purpose, party = left[0]
            request = SignRequest(purpose=purpose, party=party, other=party is Party.OWN)
            self.frame.sign(dialog, request, lambda one: go((*signed, one), left[1:]))

        dialog.submitted.connect(lambda: go((), hands() if hands else ()))
        dialog.open()
        return dialog

    def show_rows(self, rows: Sequence[Any], subtitle: str) -> None:
        """The rows came."""
        self.page.header.subtitle(subtitle)
        self.table.set_rows(rows)
        if self.wanted:
            self.seek({self.wanted})
            self.wanted = ""

    def paper_number(self) -> str:
        """The number of the paper that Ctrl+P prints; empty for none."""
        row = self.table.current()
        return str(getattr(row, "number", "") or "") if row is not None else ""

    def say_done(self, text: str, undo: Callable[[Depot], object] | None = None) -> None:
        """It is done: say so, and look at the list again."""
        self.frame.toast(text, undo=undo)
        self.reload()


class ReasonForm(Form):
    """One reason."""

    def __init__(self, label: str = N_("Reason")) -> None:
        super().__init__()
        self.reason = self.add(MultilineField("reason", label, required=True, lines=3))


def find_products(depot: Depot, text: str) -> list[Option]:
    """Products for what was typed."""
    return [
        Option(row.id, naming.product(row.model, row.name_zh, row.name_en), row.line)
        for row in products.find(depot, text)
    ]
