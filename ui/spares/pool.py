"""The pool: what stands in the spares zone (C), for how long, how good it is, and for whom it is kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QHideEvent

from app.domain.signing import Party
from app.domain.spares import Carriage, PoolRow, SpareGrade
from app.i18n import N_, _, _n
from app.labels import label
from app.services import spares, undoing
from app.services.request_swaps import SwapStart
from ui import moments, naming
from ui.models import Column
from ui.spares.forms import GradeForm, ReserveForm, SendForm
from ui.spares.view import Hands, SparesView
from ui.tones import Tone
from ui.widgets.ages import age

GRADE_TONE = {
    SpareGrade.AS_NEW: Tone.OK, SpareGrade.GOOD: Tone.OK, SpareGrade.WORN: Tone.INFO, SpareGrade.CHECK_FIRST: Tone.WARN,
}
#: Who signs for a spare that leaves.
TAKER = {Carriage.FIELD_STAFF: Party.FIELD_STAFF, Carriage.COURIER: Party.CARRIER}


def _kept(row: PoolRow) -> str:
    if not row.reservation_id:
        return _("available")
    return _("{customer} until {day}").format(customer=row.reserved_for, day=row.reserved_until)


def _made(row: PoolRow, today: date) -> str:
    return age((today - row.made_on).days) if row.made_on else _("unknown")


class PoolView(SparesView):
    """Reserve, release, judge, send to a site."""

    today = date.min
    asked: SwapStart | None = None    # the service request that the next spare leaves for
    _choose = False                   # its spare is chosen when the rows have come

    def build(self) -> None:
        """Make the widgets."""
        self.lay(
            (
                Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
                Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en),
                       width=200, grow=True),
                Column("kept", N_("Reserved for"), text=_kept, chip=True, width=240,
                       tone=lambda r: Tone.WARN if r.reservation_id else Tone.OK),
                Column("grade", N_("Grade"), text=lambda r: label(r.grade) if r.grade else _("not graded"),
                       tone=lambda r: GRADE_TONE[r.grade] if r.grade else Tone.MUTE, width=130,
                       tip=lambda r: r.grade_note),
                Column("note", N_("What is to be seen"), text=lambda r: r.grade_note, width=160, hidden=True),
                Column("age", N_("In the pool"), text=lambda r: age(r.days), sort=lambda r: r.days, align="right",
                       width=100, tip=lambda r: moments.day(r.placed_at).isoformat()),
                Column("made", N_("Since manufacture"), text=lambda r: _made(r, self.today), align="right", width=130,
                       sort=lambda r: r.made_on or date.max,
                       tip=lambda r: r.made_on.isoformat() if r.made_on else ""),
                Column("shelf", N_("Shelf"), text=lambda r: r.shelf, width=80, tabular=True),
                Column("lot", N_("Lot"), text=lambda r: r.lot, width=100, hidden=True),
                Column("case", N_("Return case"), text=lambda r: r.case_number, width=150, tabular=True),
            ),
            "pool", lambda row: row.unit_id, N_("Spares zone (C)"),
        )
        self.table.set_empty(
            "ph.swap", N_("The pool is empty"),
            N_("Repaired units that nobody waits for stand here. If a site cannot wait, ask production (Ctrl+4)."),
        )
        self.foot(
            N_("Scan a spare, then choose what to do."),
            ("spares.grade", self._grade, ""), ("spares.release", self._release, ""),
            ("spares.reserve", self._reserve, ""), ("spares.send", self._send, "primary"),
        )

    def reload(self) -> None:
        """Look at the pool again."""
        self.run(lambda depot: (depot.today(), spares.pool(depot)), self._came, replace="spares")

    def _came(self, found: tuple[date, tuple[PoolRow, ...]]) -> None:
        self.today, rows = found
        kept = sum(bool(row.reservation_id) for row in rows)
        self.show_rows(rows, _n("{n} spare, {kept} reserved", "{n} spares, {kept} reserved", len(rows)).format(
            n=len(rows), kept=kept))
        if self._choose and self.asked is not None:
            self._choose = False
            self._chosen_for(self.asked, rows)

    def send_for(self, asked: SwapStart) -> None:
        """The next spare leaves for a service request: the first free one of its product is chosen."""
        self.asked, self._choose = asked, True
        self.reload()

    def _chosen_for(self, asked: SwapStart, rows: tuple[PoolRow, ...]) -> None:
        fits = [row for row in rows if row.product_id == asked.product_id and not row.reservation_id]
        for row in fits[:1]:
            self.table.select_key(row.unit_id)
        said = _('For {number} ({customer}): choose the spare, then "Send to a site".') if fits else _(
            "For {number} ({customer}): no free spare of that product. Choose another, or ask production.")
        self.frame.toast(said.format(number=asked.number, customer=asked.customer), Tone.INFO if fits else Tone.WARN)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Whoever goes elsewhere does not send for the request any more."""
        self.asked = None
        super().hideEvent(event)

    def keys(self, row: PoolRow) -> set[str]:
        """Serial or case number."""
        return {row.serial, row.case_number}

    def _reserve(self) -> None:
        row = self.current()
        if row is None:
            return
        form = ReserveForm(self.desk, row, self.today)
        self.ask(
            N_("Reserve a spare"), form, N_("Reserve"),
            lambda depot: spares.reserve(depot, form.reserving()),
            lambda done: self.say_done(
                _("{serial} is reserved until {day}").format(serial=done.serial, day=done.until),
                undo=lambda depot: undoing.undo(depot, done.entry_id)),
            text=_about(row),
        )

    def _release(self) -> None:
        row = self.current()
        if row is not None:
            self.run(lambda depot: spares.release(depot, row.unit_id),
                     lambda done: self.say_done(_("{serial} is free again").format(serial=done.serial)))

    def _grade(self) -> None:
        row = self.current()
        if row is None:
            return
        form = GradeForm(row)

        def judged(depot: object) -> object:
            grade = form.grade.value()
            return spares.grade(
                depot, row.unit_id, grade if isinstance(grade, SpareGrade) else SpareGrade.GOOD,  # type: ignore[arg-type]
                form.note.value(),
            )

        self.ask(N_("Condition of a spare"), form, N_("Save"), judged,
                 lambda done: self.say_done(_("Condition of {serial} noted").format(serial=done.serial)),
                 text=_about(row))

    def _send(self) -> None:
        row = self.current()
        if row is None:
            return
        form = SendForm(self.desk, row.unit_id, self.asked)

        def hands() -> Hands:
            party = TAKER[form.sending().carriage]
            return (
                (_("Give spare {serial} out").format(serial=row.serial), Party.OWN),
                (_("Take spare {serial} to the site").format(serial=row.serial), party),
            )

        self.ask(
            N_("Send a spare to a site"), form, N_("Sign and hand over"),
            lambda depot, giver, taker: spares.send_to_site(depot, form.sending(), giver, taker), self._sent,
            hands=hands, text=_about(row),
        )

    def _sent(self, done: spares.SentToSite) -> None:
        self.asked = None
        self.say_done(_("On the way under {number}").format(number=done.number))
        from ui.spares.papers import paper_job

        self.frame.preview(paper_job(done.number, "F15"))


def _about(row: PoolRow) -> str:
    return "  ".join(t for t in (row.serial, naming.product(row.model, row.name_zh, row.name_en), row.grade_note) if t)
