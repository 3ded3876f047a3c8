"""The places where parts lie, and what lies at each."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter

from app.domain.people import Action
from app.domain.stock import MAIN_STORE, PartGrade, PlaceKind, StockPlace, place_problems
from app.i18n import N_, _, _n
from app.labels import label
from app.services import stock, stock_places
from app.services.stock import Lot
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, Form, TextField
from ui.masterdata.words import allow, state, taken_back
from ui.models import Column, Table
from ui.naming import named
from ui.parts.pane import Pane
from ui.parts.words import place_name
from ui.tones import Tone
from ui.widgets.flow import Flow

COLUMNS: tuple[Column[StockPlace], ...] = (
    Column("name", N_("Name"), text=place_name, bold=True, grow=True),
    Column("kind", N_("Kind"), text=lambda p: label(p.kind), width=110),
    Column("holder", N_("Whose"), text=lambda p: p.holder_name, width=110),
    Column("note", N_("Note"), text=lambda p: p.note, hidden=True),
    Column("state", N_("State"), text=lambda p: _(state(active=p.active, proposed=False)[0]),
           tone=lambda p: state(active=p.active, proposed=False)[1], chip=True, width=110),
)
LOTS: tuple[Column[Lot], ...] = (
    Column("part_no", N_("Part number"), text=lambda x: x.part.part_no, bold=True, tabular=True, width=150),
    Column("name", N_("Name"), text=lambda x: named(x.part.name_zh, x.part.name_en), grow=True),
    Column("pieces", N_("Pieces"), text=lambda x: f"{x.pieces} {x.part.unit}".strip(), sort=lambda x: x.pieces,
           align="right", width=90),
    Column("grade", N_("State"), text=lambda x: label(x.grade), chip=True, width=150,
           tone=lambda x: Tone.WARN if x.grade is PartGrade.UNCHECKED else Tone.OK),
)


class PlaceForm(Form):
    """A place besides the main store."""

    def __init__(self, staff: tuple[tuple[str, str], ...], place: StockPlace | None = None) -> None:
        super().__init__()
        self._before = place or StockPlace("", "", PlaceKind.BENCH)
        self.name = self.add(TextField("name", N_("Name"), required=True, hint=N_("Such as a bench or a van.")))
        kinds: list[tuple[object, str]] = [
            (kind, label(kind)) for kind in PlaceKind if kind is not PlaceKind.MAIN]
        self.kind = self.add(ChoiceField("kind", N_("Kind"), kinds, required=True))
        people: list[tuple[object, str]] = list(staff)
        self.holder = self.add(ChoiceField(
            "holder", N_("Whose"), people, hint=N_("The parts this person fits are taken from here first.")))
        self.note = self.add(TextField("note", N_("Note")))
        self.fill({"name": self._before.name, "kind": self._before.kind, "holder": self._before.holder_id,
                   "note": self._before.note})
        self.judge(lambda: [] if self.name.is_empty() else place_problems(self.place_typed()))

    def place_typed(self) -> StockPlace:
        """The place as typed."""
        kind = self.kind.value()
        return StockPlace(
            self._before.id, self.name.value(), kind if isinstance(kind, PlaceKind) else PlaceKind.BENCH,
            str(self.holder.value() or "") or None, "", self.note.value(), self._before.active)


class PlacesPane(Pane):
    """Places at the left, the lots of the one marked at the right."""

    def build(self) -> None:
        bar = Flow()
        bar.setSpacing(8)
        bar.addStretch(1)
        for button in (
            self.button("parts.switch-place", self._switch), self.button("parts.edit-place", self._edit),
            self.button("parts.add-place", self._add, "primary"),
        ):
            bar.addWidget(button)
        self.column.addLayout(bar)
        self.table: Table[StockPlace] = Table(
            COLUMNS, name="parts.places", key=lambda p: p.id, title=N_("Stock places"))
        self.lots: Table[Lot] = Table(LOTS, name="parts.lots", key=lambda x: x.id, title=N_("What lies there"))
        self.lots.set_empty("ph.tray", N_("Nothing lies here"), N_("Move parts here with F6 in the list of parts."))
        self.table.selected.connect(lambda _line: self._chosen())
        self.table.activated.connect(lambda _line: self._edit())
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.lots)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        self.column.addWidget(split, 1)
        self.setFocusProxy(self.table.view)

    def reload(self) -> None:
        self.run(lambda depot: stock.places(depot, inactive_too=True), self._show, quiet=True, replace="places")

    def _show(self, places: tuple[StockPlace, ...]) -> None:
        self.table.set_rows(places)
        self.page.header.subtitle(_n("{n} place", "{n} places", len(places)).format(n=len(places)))
        if self.table.current() is None:
            self.table.select_key(MAIN_STORE)
        self._chosen()

    def _chosen(self) -> None:
        place, master = self.table.current(), self.desk.permits(Action.EDIT_MASTER)
        other = place is not None and place.id != MAIN_STORE
        allow(self, "parts", add_place=master, edit_place=master and other, switch_place=master and other)
        if place is not None:
            self.run(lambda depot: stock.lots(depot, place.id), self.lots.set_rows, quiet=True, replace="lots")

    def _add(self) -> None:
        self.run(stock.staff, lambda staff: self._ask(N_("New place"), PlaceForm(staff), None))

    def _edit(self) -> None:
        place = self.table.current()
        if place is not None and place.id != MAIN_STORE and self.desk.permits(Action.EDIT_MASTER):
            self.run(stock.staff, lambda staff: self._ask(N_("Edit the place"), PlaceForm(staff, place), place))

    def _ask(self, title: str, form: PlaceForm, before: StockPlace | None) -> None:
        dialog = FormDialog(self.page, title, form)

        def done(made: stock_places.PlaceWritten) -> None:
            dialog.done_well()
            self._said(made)

        write = stock_places.edit_place if before else stock_places.add_place
        dialog.submitted.connect(lambda: dialog.run(lambda depot: write(depot, form.place_typed()), done))
        dialog.open()

    def _switch(self) -> None:
        place = self.table.current()
        if place is not None:
            self.run(lambda depot: stock_places.switch_place(depot, place.id, active=not place.active), self._said)

    def _said(self, made: stock_places.PlaceWritten) -> None:
        self.frame.toast(_("{name} is on record").format(name=made.place.name), undo=taken_back(made.entry_id))
