"""The night: how the last ones went, what waits for a decision, what somebody should know (spec 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.sync.outcomes import Ended
from app.i18n import N_, _, _n
from app.labels import label
from app.services import conflict_sheets, network, recovery
from app.services import night as nights
from app.services.conflict_sheets import ConflictSheet
from app.services.network import DepotRow
from app.services.night import Alert, NightRow
from app.services.recovery import Recovery
from app.sync import credentials
from app.sync.run import NightReport
from ui import moments
from ui.models import Column, Table
from ui.page import Page
from ui.sync.conflicts import ConflictsPane
from ui.sync.password import PasswordDialog
from ui.sync.recovered import RecoveredDialog, say_recovery
from ui.sync.running import run_night
from ui.sync.words import ASKED_BY, TONES, counted, ended, told, why
from ui.tones import Tone
from ui.widgets import Segmented, muted

if TYPE_CHECKING:
    from ui.errands import Progress

NIGHTS, CONFLICTS, ALERTS = "nights", "conflicts", "alerts"


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page shows. ``depots``: at head office, how each stands; ``None`` at a depot."""

    address: str
    coming: datetime
    tries: tuple[NightRow, ...]
    conflicts: tuple[ConflictSheet, ...]
    alerts: tuple[Alert, ...]
    depots: tuple[DepotRow, ...] | None


def _number(name: str, header: str, fact: str, *, hidden: bool = False) -> Column[NightRow]:
    return Column(name, header, text=lambda n: f"{counted(n.facts, fact):,}", sort=lambda n: counted(n.facts, fact),
                  align="right", width=72, tabular=True, hidden=hidden)


def _label(row: NightRow) -> str:
    return label(ended(row))


def _seconds(row: NightRow) -> float:
    return (row.ended_at - row.started_at).total_seconds() if row.ended_at else 0.0


COLUMNS: tuple[Column[NightRow], ...] = (
    Column("at", N_("Begun"), text=lambda n: moments.minute(n.started_at), sort=lambda n: n.started_at,
           width=146, tabular=True, bold=True),
    Column("outcome", N_("Outcome"), text=_label, tone=lambda n: TONES[ended(n)], chip=True, width=140),
    Column("asked", N_("Begun how"), text=lambda n: _(ASKED_BY.get(n.asked_by, n.asked_by)), width=84),
    _number("sent", N_("Sent"), "sent"),
    _number("fetched", N_("Fetched"), "fetched"),
    _number("compared", N_("Compared"), "verified"),
    _number("contents", N_("Files"), "contents", hidden=True),
    Column("lasted", N_("Seconds"), text=lambda n: f"{_seconds(n):.1f}", sort=_seconds, align="right", width=72,
           tabular=True, hidden=True),
    Column("why", N_("Why not"), text=why, grow=True, tip=why),
)

ALERT_COLUMNS: tuple[Column[Alert], ...] = (
    Column("depot", N_("Depot"), text=lambda a: a.depot_id, bold=True, tabular=True, width=80, hidden=True),
    Column("at", N_("When"), text=lambda a: moments.minute(a.at), sort=lambda a: a.at, width=150,
           tabular=True),
    Column("text", N_("What was noticed"), text=told, grow=True, tip=told, tone=lambda _a: Tone.WARN),
)


def _ended(row: DepotRow) -> str:
    return label(Ended(row.outcome)) if row.outcome in set(Ended) else ""


DEPOT_COLUMNS: tuple[Column[DepotRow], ...] = (
    Column("code", N_("Depot"), text=lambda d: d.code, bold=True, tabular=True, width=80),
    Column("name", N_("Name"), text=lambda d: d.name, grow=True),
    Column("seen", N_("Last sync"), text=lambda d: moments.minute(d.seen_at) if d.seen_at else _(
        "not yet"), sort=lambda d: d.seen_at.timestamp() if d.seen_at else 0.0, width=150, tabular=True),
    Column("outcome", N_("Outcome"), text=_ended, chip=True, width=150,
           tone=lambda d: TONES[Ended(d.outcome)] if d.outcome in set(Ended) else Tone.MUTE),
    Column("conflicts", N_("To decide there"), text=lambda d: str(d.conflicts) if d.conflicts else "",
           sort=lambda d: d.conflicts, align="right", width=120, tabular=True, tone=lambda _d: Tone.WARN),
    Column("alerts", N_("Notices there"), text=lambda d: str(d.alerts) if d.alerts else "",
           sort=lambda d: d.alerts, align="right", width=120, tabular=True, tone=lambda _d: Tone.WARN),
    Column("skew", N_("Clock off by (minutes)"), text=lambda d: str(round(d.skew / 60)) if abs(d.skew) >= 60 else "",
           sort=lambda d: abs(d.skew), align="right", width=150, tabular=True, tone=lambda _d: Tone.WARN),
    Column("histories", N_("Histories"), text=lambda d: str(d.histories), sort=lambda d: d.histories, align="right",
           width=90, tabular=True),
)


class SyncPage(Page):
    """Three views and the key that runs the night now. At head office: how every depot stands, and what waits there."""

    watches = Changes.SYNC

    def build(self) -> None:
        self.office = False
        self.views = Segmented(
            [(NIGHTS, N_("History")), (CONFLICTS, N_("To decide")), (ALERTS, N_("Notices"))], N_("View"))
        self.views.chosen.connect(lambda view: self.show_view(str(view)))
        self.header.add(self.button("sync.password", self._ask_password))
        self.header.add(self.button("sync.run", self._run, kind="primary"))
        self.body.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack = QStackedWidget()
        self.nights: Table[NightRow] = Table(COLUMNS, name="sync.nights", key=lambda n: n.id, title=N_("History"))
        self.nights.set_empty(
            "ph.moon-stars", N_("Not synced yet"),
            N_("Once head office's address is in the settings of the depot, the first sync sends everything."))
        self.depots: Table[DepotRow] = Table(
            DEPOT_COLUMNS, name="sync.depots", key=lambda d: d.code, title=N_("Sync of the depots"))
        self.depots.set_empty(
            "ph.buildings", N_("No depot yet"), N_('Enter the first with "main.py centre depot add CODE".'))
        self.depots.activated.connect(self._open_depot)
        self.conflicts = ConflictsPane(self)
        self.alerts: Table[Alert] = Table(
            ALERT_COLUMNS, name="sync.alerts", key=lambda a: a.id, title=N_("Notices"))
        self.alerts.set_empty("ph.check-circle", N_("No notices"), N_("What a sync finds out is told here."))
        self.alerts.activated.connect(self._open_unit)
        for widget in (self.nights, self.conflicts, self.alerts, self.depots):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self.why = muted(wrap=True)             # in full, under the table that may cut it
        self.why.hide()
        self.nights.selected.connect(self._say_why)
        self.body.addWidget(self.why)
        self.act("sync.seen", self._seen)
        self.act("sync.nights", lambda: self.show_view(NIGHTS))
        self.act("sync.conflicts", lambda: self.show_view(CONFLICTS))
        self.act("sync.alerts", lambda: self.show_view(ALERTS))

    def open_subject(self, subject: object) -> None:
        """Open a view: nights, conflicts, alerts."""
        if subject in {NIGHTS, CONFLICTS, ALERTS}:
            self.show_view(str(subject))

    def show_view(self, view: str) -> None:
        """Show one of the three."""
        self.views.set_value(view)
        shown = {NIGHTS: self.depots if self.office else self.nights, CONFLICTS: self.conflicts, ALERTS: self.alerts}
        self.stack.setCurrentWidget(shown[view])
        self._say_why(self.nights.current())

    def _say_why(self, night: NightRow | None) -> None:
        text = why(night) if night is not None and self.stack.currentWidget() is self.nights else ""
        self.why.setText(text)
        self.why.setVisible(bool(text))

    def reload(self) -> None:
        self.run(_fetch, self._filled, quiet=True, replace="night")

    def _filled(self, found: _Found) -> None:
        tries, conflicts, alerts = found.tries, found.conflicts, found.alerts
        if found.depots is not None:
            self._at_head_office(found.depots)
        self.nights.set_rows(tries)
        self.conflicts.show_conflicts(conflicts)
        self.alerts.set_rows(alerts)
        if found.depots is not None:
            self.header.subtitle(" · ".join((
                _n("{n} depot", "{n} depots", len(found.depots)).format(n=len(found.depots)),
                _("{n} to decide · notices: {m}").format(n=len(conflicts), m=len(alerts)),
                _("each depot decides its own"))))
            return
        if not found.address:
            self.header.subtitle(_("Not connected to head office: this depot works by itself."))
            return
        good = next((n for n in tries if n.outcome == "VERIFIED"), None)
        last = moments.minute(good.started_at) if good else "–"
        self.header.subtitle(_("Last verified {last} · next {coming} · {n} to decide · notices: {m}").format(
            last=last, coming=moments.minute(found.coming), n=len(conflicts), m=len(alerts)))

    def _at_head_office(self, depots: tuple[DepotRow, ...]) -> None:
        """Head office has no nights of its own: depots come to it, and decide what is theirs."""
        self.depots.set_rows(depots)
        if not self.office:
            self.office = True
            self.alerts.header.show_column("depot", shown=True)
            self.conflicts.of_all_depots()
            for act in self.actions():
                if act.objectName() in {"sync.run", "sync.password"}:
                    act.setVisible(False)
            self.show_view(str(self.views.value()))

    def _open_depot(self, row: DepotRow) -> None:
        """What waits there."""
        self.show_view(CONFLICTS if row.conflicts else ALERTS)

    def _run(self) -> None:
        def night(depot: Depot, progress: Progress) -> NightReport:
            progress.keeps = True       # batch by batch; what was sent and fetched stays
            return run_night(depot, progress, "window")

        self.desk.run_long(self, night, self._ran, _("Sync in progress"))

    def _ran(self, report: NightReport) -> None:
        tally = report.tally
        self.frame.toast(
            _("Sent {sent} rows in {batches} batches, fetched {fetched}, compared {compared}: verified.").format(
                sent=tally.sent, batches=tally.batches, fetched=tally.fetched, compared=tally.verified))
        self.reload()
        self.run(recovery.standing, self._recovered, quiet=True, replace="recovery")

    def _recovered(self, found: Recovery | None) -> None:
        """After a restore: the list of what came back and what is missing is what this night was for."""
        if found is not None:
            say_recovery(self.frame, self, self.desk, found)
            RecoveredDialog(self.frame, self, self.desk, found).open()

    def _ask_password(self) -> None:
        if not self.desk.permits(Action.SET_UP_SYNC):
            self.frame.toast(_("Only an administrator enters the head office password."), Tone.WARN)
            return
        self.run(credentials.address, lambda address: PasswordDialog(self, address).open())

    def _seen(self) -> None:
        alert = self.alerts.current()
        if alert is not None:
            self.run(lambda depot: nights.see_alert(depot, alert.id), lambda _done: self.reload())

    def _open_unit(self, alert: Alert) -> None:
        if alert.unit_id:
            self.frame.show_unit(alert.unit_id, alert.depot_id)


def _fetch(depot: Depot) -> _Found:
    return _Found(
        credentials.address(depot), nights.next_start(depot), nights.nights(depot), conflict_sheets.inbox(depot),
        nights.alerts(depot), network.depots(depot) if network.is_head_office(depot) else None,
    )
