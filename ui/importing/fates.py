"""What would become of each row: the sums, the outcomes, and the rows themselves, narrowed by fate or finding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.domain.importing.fates import Fate, RowFate
from app.i18n import N_, _
from app.labels import label
from app.messages import say
from app.services.importing import Rehearsal
from ui.importing.words import TONES, Examples, findings, said
from ui.models import Column, Table
from ui.tones import Tone
from ui.widgets import Notice, Segmented, Tile, caption, muted
from ui.widgets.flow import Flow

ALL, WARNED = "ALL", "WARNED"
_SENTENCE = 90

COLUMNS: tuple[Column[RowFate], ...] = (
    Column("row", N_("Row"), text=lambda r: str(r.number), sort=lambda r: r.number, align="right", width=56,
           tabular=True),
    Column("fate", N_("Fate"), text=lambda r: label(r.fate), tone=lambda r: TONES[r.fate], chip=True, width=136),
    Column("serial", N_("Serial number"), text=lambda r: r.recognised.serial or r.recognised.line.serial,
           tabular=True, width=140),
    Column("product", N_("Product model"), text=lambda r: r.recognised.line.product, width=120),
    Column("customer", N_("Customer"), text=lambda r: r.recognised.line.customer, width=130),
    Column("symptom", N_("Symptom"), text=lambda r: " ".join(r.recognised.line.symptom.split()), width=180,
           hidden=True),
    Column("outcome", N_("Outcome"), text=lambda r: r.recognised.line.outcome, width=100, hidden=True),
    Column("said", N_("What is said of it"), text=said, tip=lambda r: said(r, "\n"), grow=True,
           tone=lambda r: Tone.BAD if r.fate is Fate.REFUSED else None),
)


class FatesPanel(QWidget):
    """Shows one rehearsal, or that one is under way."""

    shown_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rehearsal: Rehearsal | None = None
        self._found: Examples = {}
        self._codes: list[str] = [""]
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.notice = Notice()
        column.addWidget(self.notice)
        column.addLayout(self._build_tiles())
        self.outcomes = caption(wrap=True)
        column.addWidget(self.outcomes)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        column.addWidget(self.bar)
        column.addLayout(self._build_filters())
        self.table: Table[RowFate] = Table(COLUMNS, name="importing.fates", key=lambda r: r.number,
                                           title=N_("Rehearsal"))
        self.table.set_empty("ph.list-bullets", N_("No row here"), N_("Nothing in the list has this fate."))
        self.table.selected.connect(self._say_of)
        column.addWidget(self.table, 1)
        self.said = muted(wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.said)

    def _build_tiles(self) -> QHBoxLayout:
        tiles = QHBoxLayout()
        tiles.setSpacing(10)
        self.tiles = {
            "rows": Tile(N_("Rows")), "received": Tile(N_("Taken in")), "tagged": Tile(N_("of these tagged")),
            "already_known": Tile(N_("Already known")), "refused": Tile(N_("Refused")),
            "warnings": Tile(N_("With warnings")),
        }
        for tile in self.tiles.values():
            tile.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            tiles.addWidget(tile, 1)
        return tiles

    def _build_filters(self) -> QHBoxLayout:
        row = Flow()
        row.setSpacing(10)
        self.which = Segmented(
            [
                (ALL, N_("All")), (Fate.RECEIVED, N_("Taken in")), (Fate.TAGGED, N_("Tagged")),
                (Fate.ALREADY_KNOWN, N_("Known")), (Fate.REFUSED, N_("Refused")), (WARNED, N_("Warnings")),
            ],
            N_("Show rows"),
        )
        self.which.chosen.connect(lambda _value: self._narrow())
        self.finding = QComboBox()
        self.finding.setAccessibleName(_("Finding"))
        self.finding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.finding.setMinimumContentsLength(24)
        self.finding.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.finding.currentIndexChanged.connect(lambda _at: self._narrow())
        row.addWidget(self.which)
        row.addWidget(self.finding, 1)
        return row

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def rehearsal(self) -> Rehearsal | None:
        """What is shown; ``None`` while nothing was rehearsed."""
        return self._rehearsal

    def clear(self) -> None:
        """Show nothing."""
        self._rehearsal = None
        self.bar.hide()
        self.notice.hide()
        self.outcomes.setText("")
        for tile in self.tiles.values():
            tile.show_figure("–")
        self.finding.clear()
        self.table.set_rows(())
        self.shown_changed.emit()

    def waiting(self) -> None:
        """A rehearsal is under way; what is shown no longer holds."""
        self._rehearsal = None
        self.bar.setRange(0, 0)
        self.bar.show()
        self.shown_changed.emit()

    def stepped(self, done: int, total: int) -> None:
        """How far the rehearsal is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_rehearsal(self, rehearsal: Rehearsal, found: Examples) -> None:
        """Show the sums and the rows. ``found``: what :func:`words.examples` makes of the rows."""
        self._rehearsal, self._found = rehearsal, found
        self.bar.hide()
        self.say_again()
        self.shown_changed.emit()

    def say_again(self) -> None:
        """Say everything in the language of the screen."""
        rehearsal = self._rehearsal
        if rehearsal is None:
            return
        counts = rehearsal.counts
        tones = {"refused": Tone.BAD if counts.refused else None, "warnings": Tone.WARN if counts.warnings else None}
        for name, tile in self.tiles.items():
            tile.show_figure(f"{getattr(counts, name):,}", tone=tones.get(name))
        self.outcomes.setText(_outcomes(rehearsal))
        self.outcomes.setVisible(bool(self.outcomes.text()))
        if rehearsal.same_file:
            numbers = "、".join(rehearsal.same_file)
            self.notice.say(_("This very file was imported before, as {numbers}.").format(numbers=numbers), Tone.WARN)
        else:
            self.notice.hide()
        self._offer_findings()
        self._narrow()

    def _say_of(self, row: RowFate | None) -> None:
        """Below the table stands all that is said of the row marked."""
        self.said.setText("" if row is None else said(row, "\n"))

    def _offer_findings(self) -> None:
        self._filling = True
        chosen = self._codes[self.finding.currentIndex()] if self.finding.currentIndex() >= 0 else ""
        self.finding.clear()
        found = self._found
        self._codes = ["", *found]
        self.finding.addItem(_("All findings"))
        for count, problem in found.values():
            sentence = say(problem.code, problem.facts)
            short = sentence if len(sentence) <= _SENTENCE else sentence[:_SENTENCE - 1] + "…"
            self.finding.addItem(f"{count:,} × {short}")
        self.finding.setCurrentIndex(self._codes.index(chosen) if chosen in self._codes else 0)
        self.finding.setVisible(bool(found))
        self._filling = False

    def _narrow(self) -> None:
        if self._filling or self._rehearsal is None:
            return
        wanted = _wanted(self.which.value(), self._codes[max(0, self.finding.currentIndex())])
        self.table.set_rows([row for row in self._rehearsal.rows if wanted(row)])


def _wanted(which: object, code: str) -> Callable[[RowFate], bool]:
    def wanted(row: RowFate) -> bool:
        fits = bool(row.warnings) if which == WARNED else which in (ALL, row.fate)
        return fits and (not code or any(problem.code == code for problem in findings(row)))

    return wanted


def _outcomes(rehearsal: Rehearsal) -> str:
    """The outcomes the list names, with their counts; nothing when it names none."""
    if set(rehearsal.outcomes) <= {""}:
        return ""
    counted = " · ".join(f"{name or _('no outcome')} {count:,}" for name, count in rehearsal.outcomes.items())
    return _("Outcomes in the list: {outcomes}").format(outcomes=counted)
