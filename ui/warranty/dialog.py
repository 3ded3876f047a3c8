"""The warranty of one unit: why it holds or not, every entry with its maker, and the entries that may be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.i18n import N_, _
from app.services import undoing, warranty_entering
from app.services.warranty_entering import Entered, Line, WarrantyView
from ui import moments
from ui.background import Desk
from ui.dialogs.dialog import Dialog, FormDialog
from ui.form import Form
from ui.keys import act
from ui.models import Column, Table
from ui.page import Frame
from ui.tones import Tone
from ui.warranty.forms import EntryForm, ExtensionForm, ProofForm, ReverseForm, SaleForm, VoidForm
from ui.warranty.section import stretch
from ui.warranty.words import change_words, entry_words, headline, reasons
from ui.widgets import heading
from ui.widgets.labels import text_label
from ui.widgets.notice import Notice
from ui.widgets.warranty_strip import WarrantyStrip

if TYPE_CHECKING:
    from app.depot import Depot

T = TypeVar("T")

COLUMNS: tuple[Column[Line], ...] = (
    Column("day", N_("Day"), text=lambda e: str(e.row.day), width=96, tabular=True),
    Column("kind", N_("Entry"), text=lambda e: entry_words(e.row.entry)[0], width=120, bold=True),
    Column("says", N_("Says"), text=lambda e: entry_words(e.row.entry)[1], width=180, grow=True),
    Column("state", N_("Record state"), text=lambda e: _("reversed") if e.reversed_by else _("in force"), chip=True,
           width=96, tone=lambda e: Tone.MUTE if e.reversed_by else Tone.OK,
           tip=lambda e: e.reversed_by.reason if e.reversed_by else ""),
    Column("document", N_("Document"), text=lambda e: e.row.document, width=120, tabular=True),
    Column("reason", N_("Reason"), text=lambda e: e.row.reason, width=150, tip=lambda e: e.row.reason),
    Column("by", N_("By"), text=lambda e: f"{e.row.by_name}  {moments.short(e.row.at)}", width=170),
)


class WarrantyDialog(Dialog):
    """Opened for a unit from anywhere (Ctrl+G); stays open while entries are made."""

    def __init__(self, parent: QWidget, desk: Desk, frame: Frame, unit_id: str) -> None:
        super().__init__(parent, N_("Warranty of the unit"), desk=desk, width=960)
        self._frame, self._unit_id = frame, unit_id
        self.view: WarrantyView | None = None
        self.serial = text_label("strong")
        self.serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict, self.strip = Notice(), WarrantyStrip()
        self.why: QLabel = text_label("body", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table: Table[Line] = Table(COLUMNS, name="warranty", key=lambda e: e.row.id, title=N_("Entries"))
        self.table.set_empty(
            "ph.shield-check", N_("No entries yet"),
            N_("The dates of the unit start its warranty; repairs, exchanges and what is entered here are entries."),
        )
        self.table.setMinimumHeight(190)
        why, entries = heading(N_("How it was decided")), heading(N_("Entries"))
        for widget in (self.serial, self.verdict, self.strip, why, self.why, entries, self.table):
            self.body.addWidget(widget)
        slots: dict[str, tuple[str, Callable[[], object]]] = {
            "warranty.proof": (N_("Proof…"), lambda: self._enter(N_("Proof shown"), ProofForm)),
            "warranty.sale": (N_("Sold…"), lambda: self._enter(N_("Date of sale"), SaleForm)),
            "warranty.extend": (N_("Extend…"), lambda: self._enter(N_("Extend the warranty"), ExtensionForm, why=True)),
            "warranty.void": (N_("Void…"), lambda: self._enter(N_("Warranty void"), VoidForm, why=True)),
            "warranty.reverse": (N_("Reverse…"), self._reverse),
        }
        for name, (text, slot) in slots.items():
            act(name, slot, self)
            self.add_button(text, slot)
        self.add_button(N_("Close"), self.reject)
        self.reload()

    def reload(self) -> None:
        """Fetch the warranty anew."""
        unit_id = self._unit_id
        self.run(lambda depot: warranty_entering.view(depot, unit_id), self._show, quiet=True, replace="warranty")

    def _show(self, view: WarrantyView) -> None:
        self.view = view
        self.serial.setText("  ".join((view.unit.serial, view.model)))
        self.verdict.say(*headline(view.judgement, view.excluded))
        self.strip.show_stretches(
            [stretch(segment) for segment in view.warranty.segments], view.today,
            _("today {day}").format(day=view.today),
        )
        self.why.setText("\n".join(f"{n}. {text}" for n, text in enumerate(reasons(view.judgement), 1)))
        self.table.set_rows(view.lines)
        self.table.setFocus()

    def _enter(self, title: str, form: Callable[..., EntryForm], *, why: bool = False) -> None:
        if self.view is None:
            return
        made, unit_id = form(self.view, reason=why), self._unit_id
        self._ask(title, made, lambda depot: warranty_entering.enter(depot, unit_id, made.entry(), made.reason()))

    def _reverse(self) -> None:
        chosen = self.table.current()
        if chosen is None or chosen.reversed_by is not None:
            self.notice.say(
                _("Choose an entry that still counts; the dates of the unit are corrected in the register."), Tone.INFO)
            return
        made, row_id = ReverseForm(), chosen.row.id
        self._ask(
            N_("Reverse the entry"), made, lambda depot: warranty_entering.reverse(depot, row_id, made.why.value()),
            undo=False,
        )

    def _ask(self, title: str, form: Form, operation: Callable[[Depot], Entered], *, undo: bool = True) -> None:
        dialog = FormDialog(self, title, form, accept=N_("Enter"), desk=self.desk)

        def done(result: Entered) -> None:
            dialog.done_well()
            words = _("Entered; warranty until {day}").format(day=result.until or "–")
            if result.change is not None:
                words = change_words(result.change)
            entry_id = result.entry_id
            self._frame.toast(
                words, Tone.WARN if result.change else Tone.OK,
                undo=(lambda depot: undoing.undo(depot, entry_id)) if undo else None,
            )
            self.notice.hide()
            self.reload()

        dialog.submitted.connect(lambda: dialog.run(operation, done))
        dialog.open()
