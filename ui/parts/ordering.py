"""What has come down to its level: to be ordered for the main store, to be filled up elsewhere."""

from __future__ import annotations

from app.domain.stock import StockPlace
from app.i18n import N_, _n
from app.services import stock, stock_places
from app.services.stock import OrderLine
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, Form, NumberField
from ui.keys import press
from ui.masterdata.words import taken_back
from ui.models import Column, Table
from ui.naming import named
from ui.page import Page
from ui.parts.pane import Pane
from ui.parts.words import place_choices, place_name
from ui.tones import Tone
from ui.widgets.flow import Flow

COLUMNS: tuple[Column[OrderLine], ...] = (
    Column("part_no", N_("Part number"), text=lambda o: o.part.part_no, bold=True, tabular=True, width=150),
    Column("name", N_("Name"), text=lambda o: named(o.part.name_zh, o.part.name_en), grow=True),
    Column("place", N_("Place"), text=lambda o: place_name(o.place), width=140),
    Column("stock", N_("In stock"), text=lambda o: f"{o.stock} {o.part.unit}".strip(), sort=lambda o: o.stock,
           align="right", width=100, tone=lambda _o: Tone.BAD),
    Column("level", N_("Reorder level"), text=lambda o: str(o.level), sort=lambda o: o.level, align="right",
           width=110),
    Column("short", N_("Order at least"), text=lambda o: str(o.short), sort=lambda o: o.short, align="right",
           width=110),
)


class LevelForm(Form):
    """At how many pieces a place is filled up."""

    def __init__(self, places: tuple[StockPlace, ...], place_id: str, level: int) -> None:
        super().__init__()
        self.place_of = self.add(ChoiceField("place", N_("Place"), place_choices(places), required=True))
        self.place_of.set_value(place_id)
        self.level = self.add(NumberField(
            "reorder_level", N_("Reorder level"), low=0, high=1_000_000, hint=N_("Empty: it is not watched.")))
        self.level.set_value(level or None)


class OrderPane(Pane):
    """The list, to be saved as a spreadsheet for whoever orders."""

    def build(self) -> None:
        bar = Flow()
        bar.addStretch(1)
        bar.addWidget(press(next(made for made in self.page.actions() if made.objectName() == "parts.level")))
        self.column.addLayout(bar)
        self.table: Table[OrderLine] = Table(COLUMNS, name="parts.order", key=lambda o: o.id, title=N_("To order"))
        self.table.set_empty(
            "ph.check-circle", N_("Nothing is to be ordered"),
            N_("A part appears here when it has come down to its level. Give it a level with Ctrl+L in the list."))
        self.column.addWidget(self.table, 1)
        self.setFocusProxy(self.table.view)

    def reload(self) -> None:
        self.run(stock.to_order, self._show, quiet=True, replace="order")

    def _show(self, lines: tuple[OrderLine, ...]) -> None:
        self.table.set_rows(lines)
        self.page.header.subtitle(_n("{n} line", "{n} lines", len(lines)).format(n=len(lines)))


def ask_level(page: Page, part_id: str, place_id: str, level: int) -> None:
    """Ask at how many pieces the part is filled up at a place, and set it."""

    def ask(places: tuple[StockPlace, ...]) -> None:
        form = LevelForm(places, place_id, level)
        dialog = FormDialog(page, N_("Reorder level of a place"), form)

        def done(made: stock_places.LevelSet) -> None:
            dialog.done_well()
            page.frame.toast(f"{made.part.part_no}: {made.before} → {made.level}", undo=taken_back(made.entry_id))

        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: stock_places.set_level(
                depot, part_id, str(form.place_of.value() or ""), form.level.whole() or 0), done))
        dialog.open()

    page.run(stock.places, ask)
