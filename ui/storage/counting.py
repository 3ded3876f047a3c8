"""Stock-take by scanner: scan a shelf, scan what stands on it; the differences are there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.depot import Depot
from app.domain.people import Role
from app.domain.places import ZONES, Place
from app.domain.signing import Signature
from app.domain.stocktaking import Difference, Finding, Stocktake, StocktakeState
from app.domain.storage import ShelfView
from app.i18n import N_, _
from app.labels import label, labels_of
from app.services import stocktaking, storage, undoing
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import Form, MultilineField, TickField
from ui.models import Column, Table
from ui.scanner import Scan, ScanKind
from ui.storage.papers import sheet_job
from ui.storage.words import moment
from ui.tones import Tone
from ui.widgets import Card, Segmented, Tile, heading, muted
from ui.widgets.flow import Flow
from ui.widgets.labels import set_tone, text_label

if TYPE_CHECKING:
    from ui.dialogs.preview import PrintJob
    from ui.storage.page import ZonesPage

TONE: dict[Finding, Tone] = {
    Finding.FOUND: Tone.OK, Finding.MISPLACED: Tone.WARN, Finding.UNEXPECTED: Tone.BAD, Finding.UNKNOWN: Tone.BAD,
    Finding.MISSING: Tone.BAD,
}
#: In which order the sheet shows its lines: what needs a look first.
URGENT: dict[Finding, int] = {
    Finding.UNKNOWN: 0, Finding.UNEXPECTED: 1, Finding.MISPLACED: 2, Finding.MISSING: 3, Finding.FOUND: 4,
}
STATE_TONE: dict[StocktakeState, Tone] = {
    StocktakeState.OPEN: Tone.WARN, StocktakeState.FINISHED: Tone.OK, StocktakeState.ABANDONED: Tone.MUTE,
}


class CountTab(QWidget):
    """Either a stock-take under way, or the start of one and the list of those before."""

    def __init__(self, page: ZonesPage) -> None:
        super().__init__()
        self._page = page
        self.zone = ZONES[0]
        self.sheet: stocktaking.CountSheet | None = None
        self.shelf: ShelfView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        bar = Flow()
        self.zones = Segmented([(zone, labels_of(Place)[zone]) for zone in ZONES], N_("Zone"))
        self.zones.chosen.connect(self._zone_chosen)
        bar.addWidget(self.zones)
        bar.addStretch(1)
        self.start_button = page.button("zones.start-count", self.start, "primary")
        self.back_button = page.button("zones.take-back", self.take_back)
        self.abandon_button = page.button("zones.abandon-count", self.abandon)
        self.finish_button = page.button("zones.finish-count", self.finish, "primary")
        for button in (self.start_button, self.back_button, self.abandon_button, self.finish_button):
            bar.addWidget(button)
        column.addLayout(bar)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._before())
        self.pages.addWidget(self._counting())
        column.addWidget(self.pages, 1)
        self._show_buttons(running=False)

    # -- building ----------------------------------------------------------------------------------------------

    def _before(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading(N_("Stock-takes so far")))
        self.past: Table[Stocktake] = Table(
            (
                Column("number", N_("Number"), text=lambda s: s.number, bold=True, tabular=True, width=160),
                Column("zone", N_("Zone"), text=lambda s: label(s.place), width=180),
                Column("state", N_("State"), text=lambda s: label(s.state), chip=True, width=110,
                       tone=lambda s: STATE_TONE[s.state]),
                Column("started", N_("Started"), text=lambda s: moment(s.started_at), sort=lambda s: s.started_at,
                       width=140, tabular=True),
                Column("finished", N_("Finished"), text=lambda s: moment(s.finished_at), sort=lambda s: s.finished_at,
                       width=140, tabular=True),
                Column("differences", N_("Differences"), text=lambda s: str(_differences(s)),
                       sort=_differences, align="right", width=110),
                Column("note", N_("Note"), text=lambda s: s.note, grow=True),
            ),
            name="zones.stocktakes", key=lambda s: s.id, title=N_("Stock-takes so far"),
        )
        self.past.set_empty(
            "ph.clipboard-text", N_("No stock-take yet"),
            N_("Start counting, scan a shelf, then scan what stands on it."),
        )
        self.past.activated.connect(self._show_past)
        column.addWidget(self.past, 1)
        return holder

    def _counting(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = Flow()
        top.setSpacing(12)
        now = Card(N_("Counting now"))
        self.shelf_words = text_label("figure")
        self.last_words = text_label("strong", wrap=True)
        self.shelf_hint = muted(N_("Scan a shelf, then each unit on it. The same unit twice is harmless."), wrap=True)
        for widget in (self.shelf_words, self.last_words, self.shelf_hint):
            now.body.addWidget(widget)
        top.addWidget(now, 3)
        # while the count runs, what is missing has only not been seen yet
        self.tiles = {
            finding: Tile(N_("Not seen yet") if finding is Finding.MISSING else labels_of(Finding)[finding])
            for finding in Finding
        }
        for tile in self.tiles.values():
            top.addWidget(tile, 1)
        column.addLayout(top)
        self.lines: Table[Difference] = Table(
            (
                Column("finding", N_("Finding"), text=_finding, chip=True, width=150, tone=_tone,
                       sort=lambda d: URGENT[d.finding]),
                Column("serial", N_("Serial number"), text=lambda d: d.unit.serial if d.unit else d.scanned, bold=True,
                       tabular=True, width=160),
                Column("model", N_("Product"), text=lambda d: d.unit.model if d.unit else "", grow=True),
                Column("case", N_("Return case"), text=lambda d: (d.unit.case_number or "") if d.unit else "",
                       tabular=True, width=150),
                Column("booked", N_("Booked on"), text=_booked, width=180),
                Column("counted", N_("Counted on"), text=self._counted_on, width=110),
            ),
            name="zones.count", key=lambda d: d.count_id or d.scanned, title=N_("Count sheet"),
        )
        self.lines.set_empty("ph.barcode", N_("Nothing counted yet"), N_("Scan the first shelf."))
        column.addWidget(self.lines, 1)
        return holder

    # -- content -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look at the record again."""
        zone = self.zone

        def look_up(depot: Depot) -> tuple[stocktaking.CountSheet | None, tuple[Stocktake, ...]]:
            running = stocktaking.running(depot, zone)
            return (stocktaking.sheet(depot, running.id) if running else None), stocktaking.stocktakes(depot)

        self._page.run(look_up, self._came, quiet=True, replace="stocktake")

    def _came(self, found: tuple[stocktaking.CountSheet | None, tuple[Stocktake, ...]]) -> None:
        self.sheet, past = found
        self.past.set_rows(past)
        self._show_buttons(running=self.sheet is not None)
        if self.sheet is None:
            self.shelf = None
            return
        self._show_shelf()
        for finding, tile in self.tiles.items():
            n = self.sheet.tally[finding]
            note = _("of {n}").format(n=self.sheet.booked) if finding is Finding.FOUND else ""
            quiet = finding in {Finding.FOUND, Finding.MISSING} or not n
            tile.show_figure(str(n), note, None if quiet else TONE[finding])
        self.lines.set_rows(sorted(self.sheet.lines, key=lambda line: URGENT[line.finding]))

    def _show_buttons(self, *, running: bool) -> None:
        self.pages.setCurrentIndex(1 if running else 0)
        for action_id, shown in (
            ("zones.start-count", not running), ("zones.take-back", running), ("zones.abandon-count", running),
            ("zones.finish-count", running),
        ):
            self._page.show_action(action_id, shown=shown)

    def _show_shelf(self) -> None:
        if self.sheet is None:
            return
        where = _("Shelf {code}").format(code=self.shelf.code) if self.shelf else _("No shelf scanned yet")
        self.shelf_words.setText(where)
        self.shelf_words.setAccessibleName(where)

    def _counted_on(self, line: Difference) -> str:
        return self.sheet.shelf_codes.get(line.counted_shelf_id or "", "") if self.sheet else ""

    def _zone_chosen(self, zone: object) -> None:
        if isinstance(zone, Place):
            self.zone = zone
            self.shelf = None
            self.last_words.setText("")
            self.reload()

    # -- doing -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a stock-take of the zone shown."""
        zone = self.zone
        self._page.run(lambda depot: stocktaking.start(depot, zone), self._started)

    def _started(self, started: stocktaking.Started) -> None:
        self.shelf = None
        self.last_words.setText("")
        self._page.frame.toast(
            _("{number} started: scan the first shelf").format(number=started.stocktake.number),
            undo=lambda depot: undoing.undo(depot, started.entry_id),
        )

    def scanned(self, scan: Scan) -> bool:
        """A shelf of the zone, or something that stands on it."""
        if self.sheet is None or scan.kind is ScanKind.COMMAND:
            return False
        text, zone = scan.serial or scan.text, self.zone
        stocktake_id, shelf_id = self.sheet.stocktake.id, self.shelf.id if self.shelf else None

        def take(depot: Depot) -> ShelfView | stocktaking.Counted:
            shelf = storage.shelf_with_code(depot, zone, text)
            return shelf if shelf is not None else stocktaking.count(depot, stocktake_id, text, shelf_id)

        self._page.run(take, self._taken, self._not_taken)
        return True

    def _taken(self, found: ShelfView | stocktaking.Counted) -> None:
        if isinstance(found, ShelfView):
            self.shelf = found
            self._show_shelf()
            self.last_words.setText("")
            self._page.frame.chime(good=True)
            return
        serial = found.unit.serial if found.unit else found.scanned
        words = _("{serial}: {finding}").format(serial=serial, finding=label(found.finding))
        if found.again:
            words = _("{serial}: counted already").format(serial=serial)
        elif found.finding is Finding.UNEXPECTED and found.unit:
            words += f" ({label(found.unit.place)})"
        elif found.finding is Finding.MISPLACED and found.unit:
            words += f" ({found.unit.shelf_code or _('no shelf')})"
        self.last_words.setText(words)
        set_tone(self.last_words, TONE[found.finding])
        self._page.frame.chime(good=found.finding is Finding.FOUND)

    def _not_taken(self, _error: Exception) -> bool:
        self._page.frame.chime(good=False)
        return False

    def take_back(self) -> None:
        """Let the scan on the marked line no longer hold."""
        line = self.lines.current()
        if line is not None and line.count_id is not None:
            count_id = line.count_id
            self._page.run(lambda depot: stocktaking.take_back_count(depot, count_id))

    def finish(self) -> None:
        """Say what was done about the differences, then sign."""
        sheet = self.sheet
        if sheet is None:
            return
        form = Form()
        misplaced = sheet.tally[Finding.MISPLACED]
        open_ones = sum(sheet.tally[f] for f in (Finding.MISSING, Finding.UNEXPECTED, Finding.UNKNOWN))
        correct = form.add(TickField("correct", N_("Let the ledger follow the shelves that were counted"), ticked=True))
        correct.setVisible(misplaced > 0)
        note = form.add(MultilineField(
            "note", N_("Note"), required=open_ones > 0,
            hint=N_("What was done to find out about what is missing, unexpected or unknown."),
        ))
        dialog = FormDialog(
            self._page, N_("Sign the count"), form, accept=N_("Go on to sign"), draft="stocktake.finish",
            subject=sheet.stocktake.id,
            text=N_("Nothing moves between departments because of a count: differences stay on the sheet."),
        )

        def sign() -> None:
            request = SignRequest(
                _('Sign the stock-take {number} of "{zone}"').format(
                    number=sheet.stocktake.number, zone=label(sheet.stocktake.place)),
                other=True, roles=(Role.CLERK, Role.SUPERVISOR),
            )
            self._page.frame.sign(dialog, request, signed)

        def signed(signature: Signature) -> None:
            words, follow = note.value(), correct.value()
            dialog.run(
                lambda depot: stocktaking.finish(
                    depot, sheet.stocktake.id, sheet.stocktake.seq, signature, note=words, correct_shelves=follow),
                done,
            )

        def done(finished: stocktaking.Finished) -> None:
            dialog.done_well()
            self._page.frame.toast(_("{number} is signed").format(number=finished.number))

        dialog.submitted.connect(sign)
        dialog.open()

    def abandon(self) -> None:
        """End it without a result."""
        sheet = self.sheet
        if sheet is None:
            return
        form = Form()
        reason = form.add(MultilineField("note", N_("Reason"), required=True))
        dialog = FormDialog(self._page, N_("Abandon the stock-take"), form, accept=N_("Abandon"), danger=True)

        def go() -> None:
            words = reason.value()
            dialog.run(
                lambda depot: stocktaking.abandon(depot, sheet.stocktake.id, words), lambda _done: dialog.done_well()
            )

        dialog.submitted.connect(go)
        dialog.open()

    def _show_past(self, stocktake: Stocktake) -> None:
        if stocktake.state is StocktakeState.OPEN:
            self.zones.set_value(stocktake.place)
            self._zone_chosen(stocktake.place)

    def paper(self) -> PrintJob | None:
        """The sheet of the count under way, or of the one marked in the list."""
        if self.sheet is not None:
            return sheet_job(self.sheet.stocktake.number)
        marked = self.past.current()
        return sheet_job(marked.number) if marked is not None else None

    def open_number(self, number: str) -> None:
        """Go to the stock-take ``number``."""
        self.past.select_key(next((s.id for s in self.past.rows() if s.number == number), ""))


def _finding(line: Difference) -> str:
    return _("Not seen yet") if line.finding is Finding.MISSING else label(line.finding)


def _tone(line: Difference) -> Tone:
    return Tone.MUTE if line.finding is Finding.MISSING else TONE[line.finding]


def _booked(line: Difference) -> str:
    if line.unit is None:
        return ""
    if line.finding is Finding.UNEXPECTED:
        return label(line.unit.place)
    return line.unit.shelf_code or _("no shelf")


def _differences(stocktake: Stocktake) -> int:
    return len(stocktake.differences.get("lines", ()))
