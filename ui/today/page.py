"""Today: what is due, overdue, waiting for me; every line leads to the action (spec 5, "Today")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.chase import Reach
from app.domain.today import PAGE, PAGE_OF_STAGE, Errand, Figures, Task
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.services import today
from ui.models import Column, Table
from ui.page import Page
from ui.stages import STAGE_TONE
from ui.today.gauges import GaugeRow
from ui.tones import Tone
from ui.widgets import Card, EmptyState, Tile, caption, case_due
from ui.widgets.notice import Notice
from ui.widgets.tiling import Tiling
from ui.words import bind

#: Lines shown of one list before the page that has them all.
SHOWN = 50
FIRST = 10           # lines of a card before somebody wants to see all: a card never scrolls inside the page
ROW_HEIGHT = 36
_TILE = 124          # how narrow a tile may become
CARD_HEAD = 64       # margins and heading of a card, around its table

#: Everything that can change what waits.
WATCHED = (
    Changes.UNITS | Changes.CASES | Changes.PLANS | Changes.HANDOVERS | Changes.REPAIRS | Changes.INSPECTIONS
    | Changes.PEOPLE | Changes.REQUESTS | Changes.SPARES | Changes.PARTS | Changes.MONEY | Changes.QUALITY
    | Changes.CARE
)


def _columns(day: date) -> tuple[Column[Task], ...]:
    return (
        Column("serial", N_("Serial number"), text=lambda t: t.serial, width=124, bold=True, tabular=True),
        Column("model", N_("Model"), text=lambda t: t.model, width=104),
        Column("customer", N_("Customer"), text=lambda t: t.customer, width=140, grow=True),
        Column("stage", N_("Stage"), text=lambda t: label(t.stage) if t.stage else _("outside"), chip=True,
               tone=lambda t: STAGE_TONE[t.stage] if t.stage else Tone.INFO,
               width=112),
        Column("place", N_("Place"), text=lambda t: label(t.place), width=112),
        Column("due", N_("Due"), text=lambda t: _due(t, day)[0], tone=lambda t: _due(t, day)[1],
               sort=lambda t: t.due_on or date.max, width=104, tip=lambda t: t.due_on.isoformat() if t.due_on else ""),
        Column("number", N_("Case"), text=lambda t: t.case_number, width=136, tabular=True, hidden=True),
    )


def _due(task: Task, day: date) -> tuple[str, Tone]:
    return case_due(task, day) if task.received_at is not None else ("", Tone.MUTE)


#: Errands that lead to a view of their page rather than to a case.
_PANE: dict[Errand, str] = {Errand.TO_APPROVE: "approve", Errand.TO_DETERMINE: "rnd"}

class TodayPage(Page):
    """Tiles, then one card per list that has something in it."""

    watches = WATCHED

    def build(self) -> None:
        self.tiles = {
            "received": Tile(N_("Received today"), leads=True),
            "returned": Tile(N_("Returned today")),
            "in_house": Tile(N_("In the depot"), leads=True),
            "due_soon": Tile(N_("Due soon"), leads=True),
            "overdue": Tile(N_("Overdue"), leads=True),
            "paused": Tile(N_("Awaiting customer"), leads=True),
            "requests": Tile(N_("Service requests"), leads=True),
            "care": Tile(N_("Follow-ups and complaints"), leads=True),
        }
        self.tiles["received"].pressed.connect(lambda: self._go("register"))
        self.tiles["in_house"].pressed.connect(lambda: self._go("zones"))
        for name, reach in (("due_soon", Reach.LATE_OR_SOON), ("overdue", Reach.OVERDUE), ("paused", Reach.PAUSED)):
            self.tiles[name].pressed.connect(partial(self._go, "chase", reach))
        self.tiles["requests"].pressed.connect(lambda: self._go("requests"))
        self.tiles["care"].pressed.connect(lambda: self._go("care"))
        row = Tiling(_TILE, len(self.tiles))
        row.show_tiles(list(self.tiles.values()))
        self.body.addWidget(row)
        self.gauges = GaugeRow(self)
        self.body.addWidget(self.gauges)
        self.loans = Notice()
        self.loans.hide()
        self.body.addWidget(self.loans)
        self.papers = Notice()
        self.papers.hide()
        self.body.addWidget(self.papers)
        self.lists = QGridLayout()
        self.lists.setContentsMargins(0, 0, 8, 0)
        self.lists.setSpacing(12)
        self.inner = QWidget()
        holder = QVBoxLayout(self.inner)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addLayout(self.lists)
        holder.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.inner)
        self.body.addWidget(area, 1)
        self._waiting: list[Callable[[], None]] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._fill_next)
        self.whole: set[Errand] = set()     # lists that are shown with all their lines
        self.tables: dict[Errand, Table[Task]] = {}
        self.cards: dict[Errand, Card] = {}
        self.nothing = EmptyState(
            "ph.check-circle", N_("Nothing waits for you"),
            N_("New units appear here as soon as they are received. Scan one, or press Alt+2 to receive."),
        )
        self.nothing.hide()
        holder.insertWidget(0, self.nothing)

    def reload(self) -> None:
        """Look at the day again."""
        self.run(lambda depot: today.today(depot, SHOWN), self._show, replace="today")
        self.gauges.reload()

    def _show(self, seen: today.Today) -> None:
        self.header.subtitle(seen.day.isoformat())
        figures = seen.figures
        for name, tile in self.tiles.items():
            number = getattr(figures, name)
            if name == "care":
                self._show_care(figures)
                continue
            tone = {"overdue": Tone.BAD, "due_soon": Tone.WARN}.get(name) if number else None
            tile.show_figure(str(number), tone=tone, unit="" if name == "requests" else _n("unit", "units", number))
        self._show_loans(seen.late_loans)
        self._show_papers(seen.late_papers)
        self.nothing.setVisible(not seen.lists)
        for errand in [e for e in self.tables if e not in seen.lists]:
            self._drop(errand)
        self._waiting = [
            partial(self._fill, errand, tasks, seen.day, place)
            for place, (errand, tasks) in enumerate(seen.lists.items())
        ]
        self._fill_next()

    def _show_care(self, figures: Figures) -> None:
        """Calls due and complaints open, for whoever follows up with customers."""
        tile, late = self.tiles["care"], figures.care_late
        tile.setVisible(figures.care is not None)
        tile.show_figure(
            str(figures.care or 0), _n("{n} late", "{n} late", late).format(n=late) if late else "",
            tone=Tone.BAD if late else None)

    def _show_loans(self, late: int) -> None:
        """A line for loans of parts that should be back."""
        if late:
            words = _n("{n} loan of parts is overdue.", "{n} loans of parts are overdue.", late).format(n=late)
            self.loans.say(words, Tone.WARN, (_("Show the loans"), lambda: self._go("parts", "loans")))
        else:
            self.loans.hide()

    def _show_papers(self, late: int) -> None:
        """A line for papers that customers should have sent back signed."""
        if late:
            words = _n("{n} signed paper is overdue.", "{n} signed papers are overdue.", late).format(n=late)
            self.papers.say(words, Tone.WARN, (_("Show the papers"), lambda: self._go("feedback", "unsigned")))
        else:
            self.papers.hide()

    def _fill_next(self) -> None:
        """One card per turn of the event loop: what is seen first is there first, and nothing waits for the rest."""
        if self._waiting:
            self._waiting.pop(0)()
        if self._waiting:
            self._turn.start()

    def _fill(self, errand: Errand, tasks: tuple[Task, ...], day: date, place: int) -> None:
        table = self.tables.get(errand)
        if table is None:
            table = self._card(errand, day)
        shown = len(tasks) if errand in self.whole else min(len(tasks), FIRST)
        table.set_rows(tasks[:shown])
        table.setFixedHeight(ROW_HEIGHT * (shown + 1) + 14)
        card = self.cards[errand]
        more = card.findChild(QPushButton, "more")
        if more is not None:
            more.setVisible(len(tasks) > shown)
        count = card.findChild(QLabel, "count")
        if count is not None:
            count.setText(str(len(tasks)) if len(tasks) < SHOWN else f"{SHOWN}+")
        self.lists.addWidget(card, place, 0)
        # Said outright: left to the layouts, the cards are squeezed at first and grow for seconds.
        card.setMinimumHeight(table.height() + CARD_HEAD)
        self._fit()

    def _fit(self) -> None:
        heights = [card.minimumHeight() + self.lists.spacing() for card in self.cards.values()]
        self.inner.setMinimumHeight(sum(heights))

    def _card(self, errand: Errand, day: date) -> Table[Task]:
        card = Card(_words(errand))
        count = caption()
        count.setObjectName("count")
        more = QPushButton()
        more.setObjectName("more")
        more.setProperty("kind", "link")
        bind(more.setText, N_("Show all"))
        more.clicked.connect(lambda: self.show_whole(errand))
        card.add(more)
        card.add(count)
        table = Table(_columns(day), name=f"today.{errand.value.lower()}", key=lambda task: task.case_id)
        bind(table.setAccessibleName, _words(errand))
        table.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.selected.connect(lambda task: self.frame.show_unit(task.unit_id) if task else None)
        table.activated.connect(lambda task, errand=errand: self._open(errand, task))
        card.body.addWidget(table)
        self.tables[errand] = table
        self.cards[errand] = card
        return table

    def show_whole(self, errand: Errand) -> None:
        """Show all lines of a list, and go on in it."""
        self.whole.add(errand)
        self.tables[errand].setFocus()
        self.reload()

    def _drop(self, errand: Errand) -> None:
        del self.tables[errand]
        card = self.cards.pop(errand)
        self.lists.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._fit()

    def _open(self, errand: Errand, task: Task) -> None:
        page = PAGE[errand] or (PAGE_OF_STAGE.get(task.stage, "") if task.stage else "")
        if page:
            self._go(page, _PANE.get(errand, task.case_id))
        else:
            self.frame.show_unit(task.unit_id)

    def _go(self, page: str, subject: object = None) -> None:
        self.frame.open(page, subject)


def _words(errand: Errand) -> str:
    return labels_of(Errand)[errand]
