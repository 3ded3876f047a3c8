"""What a policy value would change: cases ruled otherwise, clocks that turn, each now and then, with the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from app.i18n import N_, _, _n
from app.labels import label, several
from app.messages import say
from app.services.policies import PolicyLine
from app.services.rehearsing import OtherClock, OtherRuling, Rehearsal, Verdict
from ui.chase.words import TONES
from ui.dialogs.dialog import Dialog
from ui.models import Column, Table
from ui.policy.words import shown
from ui.tones import Tone
from ui.widgets import muted


def verdict(of: Verdict) -> str:
    """What would be done, in a few words."""
    return several(of.outcomes) if of.outcomes else say(of.code, of.facts)


def _counts(*, binds: bool) -> str:
    return _("yes") if binds else _("for comparison")


_RULINGS: tuple[Column[OtherRuling], ...] = (
    Column("number", N_("Case"), text=lambda r: r.number, tabular=True, width=146),
    Column("serial", N_("Serial number"), text=lambda r: r.serial, bold=True, tabular=True, width=126),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=170),
    Column("now", N_("Ruled now"), text=lambda r: verdict(r.now), width=190),
    Column("then", N_("Ruled then"), text=lambda r: verdict(r.then), width=190, tone=lambda _r: Tone.ACCENT, grow=True),
    Column("binds", N_("Would count"), text=lambda r: _counts(binds=r.binds), width=104),
)

_CLOCKS: tuple[Column[OtherClock], ...] = (
    Column("clock", N_("Clock"), text=lambda r: label(r.name), width=130),
    Column("about", N_("Serial or number"), text=lambda r: r.subject.serial or r.subject.number, bold=True,
           tabular=True, width=136, tip=lambda r: r.subject.number),
    Column("customer", N_("Customer"), text=lambda r: r.subject.customer, grow=True),
    Column("due", N_("Due now"), text=lambda r: r.due_now.isoformat(), tabular=True, width=96),
    Column("colour", N_("State now"), text=lambda r: label(r.colour_now), tone=lambda r: TONES[r.colour_now],
           chip=True, width=104),
    Column("due-then", N_("Due then"), text=lambda r: r.due_then.isoformat(), tabular=True, width=96),
    Column("colour-then", N_("State then"), text=lambda r: label(r.colour_then), tone=lambda r: TONES[r.colour_then],
           chip=True, width=104),
    Column("binds", N_("Would count"), text=lambda r: _counts(binds=r.binds), width=104),
)


class RehearsalDialog(Dialog):
    """The answer of a rehearsal. ``wanted``: the person wants to set the value."""

    wanted = Signal()

    def __init__(self, parent: QWidget, line: PolicyLine, found: Rehearsal) -> None:
        super().__init__(parent, N_("What the value would change"), width=1080)
        self.frame = parent.frame  # type: ignore[attr-defined]  # the page's: tables save themselves through it
        self.setMinimumHeight(560)
        self.found = found
        head = muted(wrap=True)
        said = _("{name}: {before} → {after}, from {day}. {cases} cases and {clocks} clocks were looked at.")
        head.setText(said.format(
            name=label(line.name), before=shown(line.declared, found.before),
            after=shown(line.declared, found.value), day=found.effective, cases=found.cases, clocks=found.clocks_seen))
        self.summary = muted(wrap=True)
        self.summary.setText(self._summary())
        self.rulings: Table[OtherRuling] = Table(
            _RULINGS, name="policy.rulings", key=lambda r: r.case_id, title=N_("Rulings"))
        self.rulings.set_empty("ph.scales", N_("No open case would be ruled differently"))
        self.clocks: Table[OtherClock] = Table(
            _CLOCKS, name="policy.clocks", key=lambda r: (r.name, r.subject.id), title=N_("Clocks"))
        self.clocks.set_empty("ph.clock", N_("No clock would stand differently"))
        self.why = muted(wrap=True)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self.rulings, _("Rulings ({n})").format(n=len(found.rulings)))
        tabs.addTab(self.clocks, _("Clocks ({n})").format(n=len(found.clocks)))
        for widget in (head, self.summary):
            self.body.addWidget(widget)
        self.body.addWidget(tabs, 1)
        self.body.addWidget(self.why)
        self.rulings.selected.connect(self._explain)
        self.rulings.set_rows(found.rulings)
        self.clocks.set_rows(found.clocks)
        if found.rulings:
            self.rulings.select_key(found.rulings[0].case_id)
        elif found.clocks:
            tabs.setCurrentIndex(1)
        self.add_button(N_("Close"), self.reject)
        self.add_button(N_("Set this value…"), self._want, "primary")

    def _summary(self) -> str:
        rulings, clocks = len(self.found.rulings), len(self.found.clocks)
        return " ".join((
            _n("{n} open case would be ruled differently.", "{n} open cases would be ruled differently.", rulings)
            .format(n=rulings),
            _n("{n} clock would stand differently.", "{n} clocks would stand differently.", clocks).format(n=clocks),
            _("A clock keeps the value of the day it began; a ruling takes that of the day it is confirmed. "
              "What would not count is shown for comparison."),
        ))

    def _explain(self, row: OtherRuling | None) -> None:
        self.why.setText("" if row is None else "\n".join((
            _("Now: {why}").format(why=say(row.now.code, row.now.facts)),
            _("Then: {why}").format(why=say(row.then.code, row.then.facts)),
        )))

    def _want(self) -> None:
        self.accept()
        self.wanted.emit()
