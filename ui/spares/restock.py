"""Back to the stores: a spare with its four figures, each against its limit; the button waits for all four."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.people import Action
from app.domain.restock import Condition, Figure, RestockSheet
from app.domain.signing import Party
from app.domain.spares import PoolRow
from app.i18n import N_, _, _n
from app.labels import label
from app.services import restock, spares
from ui import naming
from ui.actions import action
from ui.keys import Act
from ui.models import Column
from ui.spares.forms import RestockForm
from ui.spares.view import Hands, SparesView
from ui.widgets import Card, Checklist, muted
from ui.widgets.ages import age
from ui.widgets.tables import Gate

_RESTOCK = "spares.restock-one"


def figure_words(figure: Figure) -> str:
    """What is, and the limit: "14 months, at most 12"."""
    if figure.condition is Condition.VALUE:
        return _("{value}, at least {limit}").format(
            value=Money(figure.value) if figure.value is not None else _("entered when restocking"),
            limit=Money(figure.limit))
    value = _("not known") if figure.value is None else str(figure.value)
    words = _("{value}, at most {limit}") if figure.at_most else _("{value}, at least {limit}")
    return words.format(value=value, limit=figure.limit)


def _line(figure: Figure) -> str:
    return _("{name}: {left}").format(name=label(figure.condition), left=figure_words(figure))


def _gate(figure: Figure) -> Gate:
    """A figure with its tick; what is entered later has neither tick nor cross."""
    later = figure.asked and figure.value is None
    return Gate(label(figure.condition), None if later else figure.holds, figure_words(figure),
                spoken=_("open") if later else "")


class RestockView(SparesView):
    """The pool at the left, the figures of the spare in hand at the right."""

    today = date.min

    def build(self) -> None:
        """Make the widgets."""
        self.sheet: RestockSheet | None = None
        self.lay(
            (
                Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
                Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en),
                       width=180, grow=True),
                Column("made", N_("Made on"), text=lambda r: r.made_on.isoformat() if r.made_on else "", width=110,
                       tabular=True),
                Column("age", N_("In the pool"), text=lambda r: age(r.days), sort=lambda r: r.days, align="right",
                       width=100),
                Column("kept", N_("Reserved for"), text=lambda r: r.reserved_for, width=140),
            ),
            "restock", lambda row: row.unit_id, N_("Spares zone (C)"),
        )
        self.table.set_empty(
            "ph.swap", N_("The pool is empty"), N_("Only a spare in the spares zone (C) can go back to the stores."))
        self.column.removeWidget(self.table)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.table, 1)
        middle.addWidget(self._side())
        self.column.addLayout(middle, 1)
        self.foot(N_("Never by itself: all four conditions, a supervisor, and the signature of the stores."),
                  (_RESTOCK, self._restock, "primary"))

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(360)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(N_("The four conditions"))
        self.figures = Checklist()
        card.body.addWidget(self.figures)
        card.body.addWidget(muted(N_("The limits are policy values; the value of one unit is typed when it goes."),
                                  wrap=True))
        card.body.addStretch(1)
        column.addWidget(card, 1)
        return side

    def reload(self) -> None:
        """Look at the pool again."""
        self.run(lambda depot: (depot.today(), spares.pool(depot)), self._came, replace="spares")

    def _came(self, found: tuple[date, tuple[PoolRow, ...]]) -> None:
        self.today, rows = found
        self.show_rows(rows, _n("{n} spare", "{n} spares", len(rows)).format(n=len(rows)))
        self.buttons[_RESTOCK].setVisible(self.desk.permits(Action.RESTOCK))

    def chosen(self, row: PoolRow | None) -> None:
        """Show its figures."""
        super().chosen(row)
        if row is None:
            self.figures.show_gates([])
            self._act().setEnabled(False)
            return
        self.run(lambda depot: restock.sheet(depot, row.unit_id), self._figures, quiet=True, replace="figures")

    def _figures(self, sheet: RestockSheet) -> None:
        self.sheet = sheet
        self.figures.show_gates([_gate(figure) for figure in sheet.figures])
        bars = [_line(figure) for figure in sheet.figures if figure.bars]
        restocks = self._act()
        restocks.setEnabled(not bars)
        restocks.say(_(action(_RESTOCK).text))
        if bars:
            restocks.setToolTip("\n".join([_("Not possible, the spare stays in the pool:"), *bars]))

    def _act(self) -> Act:
        found = self.findChild(Act, _RESTOCK)
        assert found is not None
        return found

    def _restock(self) -> None:
        row, sheet = self.current(), self.sheet
        if row is None or sheet is None or sheet.unit_id != row.unit_id:
            return
        form = RestockForm(sheet.known_value, lambda fen: self._weigh(row.unit_id, fen))

        def hands() -> Hands:
            return (
                (_("Approve that {serial} goes back to the stores").format(serial=row.serial), Party.OWN),
                (_("Give {serial} to the stores").format(serial=row.serial), Party.OWN),
                (_("The stores take {serial}").format(serial=row.serial), Party.STORES),
            )

        def done(went: restock.Restocked) -> None:
            self.say_done(_("{serial} went back to the stores: {number}").format(
                serial=went.serial, number=went.number))
            from ui.spares.papers import paper_job

            self.frame.preview(paper_job(went.number, "F17"))

        self.ask(
            N_("Back to the stores"), form, N_("Sign and hand over"),
            lambda depot, *signed: restock.restock(
                depot, restock.Restocking(row.unit_id, form.fen(), form.note.value()), *signed),
            done, hands=hands,
            text="\n".join(_line(figure) for figure in sheet.figures),
        )

    def _weigh(self, unit_id: str, fen: int | None) -> None:
        """The figures with the value typed."""
        self.run(lambda depot: restock.sheet(depot, unit_id, fen), self._figures, quiet=True, replace="figures")
