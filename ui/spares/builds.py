"""Requests to production: asked, confirmed, built with a product file, in the stores."""

from __future__ import annotations

from datetime import date

from app.domain.emergency import BuildRow, BuildState
from app.domain.signing import Party
from app.i18n import N_, _, _n
from app.labels import label
from app.services import emergency, spares, undoing
from ui import naming
from ui.models import Column
from ui.spares.forms import BuiltForm, PromiseForm, RequestForm, SendForm
from ui.spares.pool import TAKER
from ui.spares.view import Hands, ReasonForm, SparesView
from ui.tones import Tone
from ui.widgets import Segmented
from ui.widgets.ages import due
from ui.widgets.flow import Flow

STATE_TONE = {
    BuildState.REQUESTED: Tone.WARN, BuildState.CONFIRMED: Tone.INFO, BuildState.BUILT: Tone.OK,
    BuildState.DECLINED: Tone.BAD, BuildState.CANCELLED: Tone.MUTE,
}


def _possible(row: BuildRow) -> set[str]:
    """The steps that the state of the request allows."""
    steps = {
        BuildState.REQUESTED: {"spares.confirm", "spares.decline", "spares.cancel"},
        BuildState.CONFIRMED: {"spares.built", "spares.cancel"},
    }.get(row.state, set())
    return steps | ({"spares.send-built"} if row.units else set())


class BuildsView(SparesView):
    """Ask, confirm, register, decline; a built unit goes to a site as a spare does."""

    today = date.min

    def build(self) -> None:
        """Make the widgets."""
        self.lay(
            (
                Column("number", N_("Production request"), text=lambda r: r.number, width=150, bold=True, tabular=True),
                Column("state", N_("State"), text=lambda r: label(r.state), tone=lambda r: STATE_TONE[r.state],
                       chip=True, width=160),
                Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en),
                       width=200, grow=True),
                Column("quantity", N_("Built"), text=lambda r: f"{len(r.units)} / {r.quantity}", align="right",
                       width=70, tabular=True, sort=lambda r: len(r.units)),
                Column("need", N_("Needed"), width=130, sort=lambda r: r.need_by,
                       text=lambda r: due(r.days_left)[0] if r.colour_counts else r.need_by.isoformat(),
                       tone=lambda r: due(r.days_left, 3)[1] if r.colour_counts else Tone.MUTE,
                       tip=lambda r: r.need_by.isoformat()),
                Column("promised", N_("Promised for"), width=110, tabular=True,
                       text=lambda r: r.promised_on.isoformat() if r.promised_on else ""),
                Column("customer", N_("Customer"), text=lambda r: r.customer, width=160, grow=True),
                Column("case", N_("Return case"), text=lambda r: r.case_number, width=150, tabular=True, hidden=True),
                Column("units", N_("Serials"), text=lambda r: " ".join(u.serial for u in r.units), width=160,
                       hidden=True),
                Column("reason", N_("Reason"), text=lambda r: r.ended_reason or r.reason, width=160, hidden=True),
            ),
            "builds", lambda row: row.build_id, N_("Requests to production"),
        )
        self.which = Segmented([("open", N_("Open")), ("ended", N_("Ended"))], N_("List"))
        self.which.chosen.connect(lambda _which: self.reload())
        top = Flow()
        top.addWidget(self.which)
        top.addStretch(1)
        self.column.insertLayout(0, top)
        self.table.set_empty(
            "ph.nut", N_("Nothing is asked of production"),
            N_("When no spare is free and the site cannot wait, production is asked to build (F16)."),
        )
        self.foot(
            N_("Built units stand in the stores until they are sent or exchanged."),
            ("spares.cancel", self._cancel, ""), ("spares.decline", self._decline, ""),
            ("spares.send-built", self._send, ""), ("spares.built", self._built, ""),
            ("spares.confirm", self._confirm, ""), ("spares.request", self._request, "primary"),
        )
        self.offer({"spares.request"})

    def reload(self) -> None:
        """Look at the record again."""
        ended = self.which.value() == "ended"
        self.run(lambda depot: (depot.today(), emergency.builds(depot, ended=ended)), self._came, replace="spares")

    def _came(self, found: tuple[date, tuple[BuildRow, ...]]) -> None:
        self.today, rows = found
        self.show_rows(rows, _n("{n} build asked for", "{n} builds asked for", len(rows)).format(n=len(rows)))

    def keys(self, row: BuildRow) -> set[str]:
        """Request, case, or a built unit."""
        return {row.number, row.case_number, *(unit.serial for unit in row.units)}

    def key_of(self, row: BuildRow) -> object:
        """The request."""
        return row.build_id

    def chosen(self, row: BuildRow | None) -> None:
        """Show the last unit built, and what can be done with the request."""
        self.offer({"spares.request"} | (_possible(row) if row is not None else set()))
        self.page.follow(row.units[-1].unit_id if row is not None and row.units else "")

    def opened(self, row: BuildRow) -> None:
        """As choosing it."""
        self.chosen(row)

    def _request(self) -> None:
        form = RequestForm(self.desk, self.today)

        def done(asked: emergency.Requested) -> None:
            self.say_done(_("Production was asked: {number}").format(number=asked.number),
                          undo=lambda depot: undoing.undo(depot, asked.entry_id))
            from ui.spares.papers import paper_job

            self.frame.preview(paper_job(asked.number, "F16"))

        self.ask(N_("Ask production to build"), form, N_("Ask production"),
                 lambda depot: emergency.request(depot, form.requesting()), done)

    def _confirm(self) -> None:
        row = self.current()
        if row is None:
            return
        form = PromiseForm(row.need_by)
        words = _("Production will build {number}").format(number=row.number)
        self.ask(
            N_("Production confirms"), form, N_("Sign"),
            lambda depot, planner: emergency.confirm(depot, row.build_id, form.promised_on.value(), planner),
            lambda done: self.say_done(_("{number} is confirmed").format(number=done.number)),
            hands=lambda: ((words, Party.OWN),), text=row.reason,
        )

    def _built(self) -> None:
        row = self.current()
        if row is None:
            return
        form = BuiltForm(row.build_id, self.today)

        def done(made: emergency.Registered) -> None:
            left = _n("{n} more to build", "{n} more to build", made.missing).format(n=made.missing)
            self.say_done(_("{serial} stands in the stores").format(serial=made.serial)
                          + (_(" · ") + left if made.missing else ""))

        self.ask(N_("A unit is built"), form, N_("Register"),
                 lambda depot: emergency.register(depot, form.built()), done)

    def _decline(self) -> None:
        self._end(N_("Production cannot build"), N_("Decline"), emergency.decline)

    def _cancel(self) -> None:
        self._end(N_("The unit is not needed any more"), N_("Cancel the request"), emergency.cancel)

    def _end(self, title: str, accept: str, operation: object) -> None:
        row = self.current()
        if row is None:
            return
        form = ReasonForm()
        self.ask(
            title, form, accept,
            lambda depot: operation(depot, row.build_id, form.reason.value()),  # type: ignore[operator]
            lambda done: self.say_done(_("{number}: {state}").format(number=done.number, state=label(done.state))),
        )

    def _send(self) -> None:
        row = self.current()
        if row is None or not row.units:
            self.frame.toast(_("Nothing of this request is built yet."), Tone.WARN)
            return
        unit = row.units[-1]
        form = SendForm(self.desk, unit.unit_id)

        def hands() -> Hands:
            return (
                (_("The stores give {serial} out").format(serial=unit.serial), Party.STORES),
                (_("Take spare {serial} to the site").format(serial=unit.serial), TAKER[form.sending().carriage]),
            )

        self.ask(
            N_("Send a built unit to a site"), form, N_("Sign and hand over"),
            lambda depot, giver, taker: spares.send_to_site(depot, form.sending(), giver, taker),
            lambda done: self.say_done(_("On the way under {number}").format(number=done.number)), hands=hands,
            text=unit.serial,
        )
