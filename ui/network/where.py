"""Where is serial X: one field, one sentence per depot, the history by depot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.whereabouts import DepotVisit, Whereabouts
from app.i18n import N_, _
from app.labels import label
from app.services import whereabouts
from ui.models import Column, Table
from ui.network.words import as_of, day, depot_name, in_two_houses, nowhere, product_of, where
from ui.stages import STAGE_TONE
from ui.tones import Tone
from ui.widgets import Card, heading, muted
from ui.widgets.labels import text_label
from ui.widgets.notice import EmptyState, Notice
from ui.widgets.tables import empty_layout
from ui.words import bind

if TYPE_CHECKING:
    from ui.network.page import NetworkPage


def columns() -> tuple[Column[DepotVisit], ...]:
    """The history's columns."""
    return (
        Column("depot", N_("Depot"), text=lambda v: v.depot_id, bold=True, tabular=True, width=80),
        Column("number", N_("Case"), text=lambda v: v.number, tabular=True, width=160),
        Column("received", N_("Received on"), text=lambda v: day(v.received_at), tabular=True, width=110),
        Column("left", N_("Left on"), text=lambda v: day(v.left_at), tabular=True, width=110),
        Column("stage", N_("Stage"), text=lambda v: label(v.stage), tone=lambda v: STAGE_TONE[v.stage], chip=True,
               width=150),
        Column("symptom", N_("Symptom"), text=lambda v: v.symptom, grow=True),
        Column("result", N_("Result"), text=lambda v: label(RepairResult(v.result)) if v.result else "", width=130),
    )


class WherePane(QWidget):
    """Scan or type, Enter, read."""

    def __init__(self, page: NetworkPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._found: Whereabouts | None = None
        self.office = False
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        bind(self.text.setPlaceholderText, N_("Scan or type a serial or a case number, then Enter"))
        bind(self.text.setAccessibleName, N_("Where is serial …"))
        self.text.returnPressed.connect(lambda: self.look(self.text.text()))
        self.setFocusProxy(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.text)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.card = Card()
        self.title, self.product = text_label("title"), muted(wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card.body.addWidget(self.title)
        self.card.body.addWidget(self.product)
        self.sentences = QVBoxLayout()
        self.sentences.setSpacing(4)
        self.card.body.addLayout(self.sentences)
        column.addWidget(self.card)
        self.history_title = heading(N_("History by depot"))
        column.addWidget(self.history_title)
        self.table: Table[DepotVisit] = Table(
            columns(), name="network.visits", key=lambda v: (v.depot_id, v.number),
            title=N_("History by depot"))
        self.table.set_empty("ph.map-pin", N_("Never came back"), N_("Visits stand here once a depot has received it."))
        self.table.activated.connect(self._show_unit)
        column.addWidget(self.table, 1)
        self.nothing = EmptyState(
            "ph.map-pin", N_("Where is serial …"),
            N_("One sentence per depot says where the unit is, since when, and with which case."))
        column.addWidget(self.nothing, 1)
        self._show_answer(shown=False)
        self.prompt()

    def prompt(self) -> None:
        """Before anything was asked."""
        if self._found is None:
            self.notice.hide()

    def look(self, text: str) -> None:
        """Ask where ``text`` is."""
        self.text.setText(text)
        self.text.selectAll()
        self._page.run(lambda depot: _ask(depot, text), self._answered, replace="where")

    def again(self) -> None:
        """Ask once more: the record or the language has changed."""
        if self._found is not None:
            self.look(self.text.text())
        else:
            self.prompt()

    def _answered(self, answer: tuple[Whereabouts, str]) -> None:
        found, here = answer
        self._found = found
        if not found.stands:
            self._show_answer(shown=False)
            self.notice.say(nowhere(found), Tone.WARN)
            self._page.frame.chime(good=False)
            return
        self.notice.hide()
        twice = in_two_houses(found)
        if twice:
            self.notice.say(_("{depots} each have it in the house. One of them must be wrong: ask there.").format(
                depots=_(", ").join(depot_name(found, code) for code in twice)), Tone.WARN)
        self.title.setText(found.stands[0].serial)
        self.product.setText(_(", ").join(
            dict.fromkeys(product for stand in found.stands if (product := product_of(stand)))))
        empty_layout(self.sentences)
        for stand in found.stands:
            self.sentences.addWidget(self._sentence(where(found, stand)))
            late = as_of(found, stand.depot_id, here)
            if late:
                told = muted()
                told.setText(late)
                self.sentences.addWidget(told)
        self.table.set_rows(found.visits)
        self._show_answer(shown=True)
        self._page.frame.chime(good=True)

    def said(self) -> list[str]:
        """The sentences as they stand there."""
        items = (self.sentences.itemAt(n) for n in range(self.sentences.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget.text() for widget in widgets if isinstance(widget, QLabel)]

    def _sentence(self, text: str) -> QLabel:
        made = text_label("body", wrap=True)
        made.setText(text)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _show_answer(self, *, shown: bool) -> None:
        for widget in (self.card, self.history_title, self.table):
            widget.setVisible(shown)
        self.nothing.setVisible(not shown)

    def _show_unit(self, visit: DepotVisit) -> None:
        if self.office or (self._found is not None and any(
            stand.depot_id == visit.depot_id and stand.place is not None for stand in self._found.stands
        )):
            self._page.frame.show_unit(visit.unit_id, visit.depot_id)


def _ask(depot: Depot, text: str) -> tuple[Whereabouts, str]:
    return whereabouts.where_is(depot, text), depot.depot_id
