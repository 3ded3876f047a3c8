"""Scrap: from the ruling over the approval into the scrap zone, and to its end; each row says what is next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from app.depot import Depot
from app.domain.people import Role
from app.domain.places import Place
from app.domain.scrap import Destining, ScrapDestination, ScrapRow, ScrapWay, destining_problems
from app.domain.signing import OwnSignature, Party, Signature
from app.errors import Problem
from app.i18n import N_, _
from app.labels import label
from app.services import scrap, undoing
from app.services.scrap import Scrapping
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.disposition.list_pane import ListPane, own_signs
from ui.disposition.papers import end_job
from ui.form import Form, MultilineField, SegmentField, TextField
from ui.models import Column
from ui.page import Page
from ui.tones import Tone

_AFTER_SALES = (Role.CLERK, Role.SUPERVISOR)


def _next(row: ScrapRow) -> str:
    if row.scrap_id:
        return _("hand over to R&D") if row.for_lab else _("choose the destination")
    if not row.approval_id:
        return _("ask for approval")
    return {True: _("put into scrap zone (D)"), False: _("refused: {reason}").format(reason=row.decision_reason)}.get(
        bool(row.approved), "") if row.approved is not None else _("awaiting approval")


def _tone(row: ScrapRow) -> Tone:
    if row.scrap_id:
        return Tone.MUTE
    return {True: Tone.OK, False: Tone.BAD}[row.approved] if row.approved is not None else Tone.WARN


COLUMNS: tuple[Column[ScrapRow], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
    Column("next", N_("Next"), text=_next, tone=_tone, chip=True, width=190),
    Column("reason", N_("Reason"), text=lambda r: r.reason, width=200, grow=True),
    Column("model", N_("Model"), text=lambda r: r.model, width=130),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=140),
    Column("place", N_("Place"), text=lambda r: label(r.place), width=150, hidden=True),
    Column("number", N_("Scrap form"), text=lambda r: r.number, width=150, tabular=True),
    Column("case", N_("Case"), text=lambda r: r.case_number, width=140, tabular=True, hidden=True),
)


class AskDialog(FormDialog):
    """Why the unit is to be scrapped."""

    def __init__(self, page: Page, row: ScrapRow) -> None:
        form = Form()
        self.reason = form.add(
            MultilineField(
                "reason", N_("Reason"), required=True, hint=N_("The general manager reads it; F13 prints it."),
            )
        )
        super().__init__(page, N_("Ask for approval of scrapping"), form, accept=N_("Ask"), text=row.serial)
        self._page, self._row = page, row
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        case_id, reason = self._row.case_id, self.reason.value()
        self.run(lambda depot: scrap.request(depot, case_id, reason), self._asked)

    def _asked(self, asked: object) -> None:
        self.done_well()
        self._page.frame.toast(
            _("Asked for: {serial}").format(serial=self._row.serial),
            undo=lambda depot: undoing.undo(depot, getattr(asked, "entry_id", "")),
        )


class DestinyDialog(FormDialog):
    """Where the unit ends, how, and before whom; two signatures follow."""

    def __init__(self, page: Page, row: ScrapRow) -> None:
        form = Form()
        self.destination = form.add(SegmentField("destination", N_("Destination"), options=ScrapDestination))
        self.how = form.add(SegmentField("how", N_("How"), options=ScrapWay))
        self.by_whom = form.add(TextField("by_whom", N_("By whom"), hint=N_("Person or firm")))
        self.witness = form.add(TextField("witness", N_("Witness")))
        self.destination.set_value(ScrapDestination.LAB if row.for_lab else ScrapDestination.DISPOSED)
        form.judge(self._wrong)
        super().__init__(page, N_("Final destination"), form, accept=N_("Sign…"), text=row.serial)
        self._page, self._row = page, row
        self.submitted.connect(self._submit)

    def _values(self) -> tuple[ScrapDestination, ScrapWay | None, str, str]:
        where, how = self.destination.value(), self.how.value()
        return (
            where if isinstance(where, ScrapDestination) else ScrapDestination.DISPOSED,
            how if isinstance(how, ScrapWay) else None, self.by_whom.value(), self.witness.value(),
        )

    def _wrong(self) -> list[Problem]:
        return destining_problems(*self._values(), for_lab=False)

    def _submit(self) -> None:
        purpose = _("Give away {serial} for good").format(serial=self._row.serial)
        self._page.frame.sign(self, own_signs(self._page, purpose, *_AFTER_SALES), self._given)

    def _given(self, giver: Signature) -> None:
        where, _how, by_whom, _witness = self._values()
        purpose = _("Take over {serial}: {destination}").format(serial=self._row.serial, destination=label(where))
        request = (
            own_signs(self._page, purpose, Role.ENGINEER) if where is ScrapDestination.LAB
            else SignRequest(purpose=purpose, party=Party.PARTNER, name=by_whom)
        )
        self._page.frame.sign(self, request, lambda receiver: self._write(giver, receiver))

    def _write(self, giver: Signature, receiver: Signature) -> None:
        where, how, by_whom, witness = self._values()
        destining = Destining(self._row.scrap_id, where, giver, receiver, how, by_whom, witness)
        self.run(lambda depot: scrap.dispose(depot, destining), self._gone)

    def _gone(self, gone: scrap.Destined) -> None:
        self.done_well()
        self._page.frame.preview(end_job(gone.number, N_("Scrap form {number}"), "F13"))


class ScrapPane(ListPane[ScrapRow]):
    """One list, three steps."""

    columns = COLUMNS
    name = "scrap"
    title = N_("Scrap")
    empty = ("ph.trash", N_("Nothing is to be scrapped"),
             N_("Units ruled to be scrapped wait here for their approval, and in the scrap zone (D) for their "
                "destination."))
    hint = N_("Ask, have it approved, put it into the scrap zone (D), then give it to its final destination.")

    def buttons(self) -> Sequence[QPushButton]:
        """The steps in their order."""
        self.ask = self.button("dispositions.ask-scrap", lambda: self.with_row(self._ask))
        self.put = self.button("dispositions.put-scrap", lambda: self.with_row(self._put), kind="primary")
        self.destiny = self.button("dispositions.destiny", lambda: self.with_row(self._destiny))
        return self.ask, self.put, self.destiny

    def fetch(self, depot: Depot) -> Sequence[ScrapRow]:
        """What is to be scrapped, and what stands in the scrap zone (D)."""
        return scrap.listed(depot)

    def allow(self, row: ScrapRow | None) -> None:
        """What the row's next step allows."""
        self.ask.setEnabled(row is not None and not row.scrap_id and (not row.approval_id or row.approved is False))
        self.put.setEnabled(row is not None and not row.scrap_id and row.approved is True)
        self.destiny.setEnabled(row is not None and bool(row.scrap_id))

    def _ask(self, row: ScrapRow) -> None:
        AskDialog(self.page, row).open()

    def _destiny(self, row: ScrapRow) -> None:
        DestinyDialog(self.page, row).open()

    def _put(self, row: ScrapRow) -> None:
        if row.place is not Place.LAB:
            self._write(Scrapping(row.case_id))
            return
        give = own_signs(self.page, _("R&D gives {serial} for scrapping").format(serial=row.serial), Role.ENGINEER)

        def given(giver: Signature) -> None:
            take = own_signs(
                self.page, _("After-sales takes {serial} into the scrap zone (D)").format(serial=row.serial),
                *_AFTER_SALES)
            self.frame.sign(self, take, lambda receiver: self._both(row, giver, receiver))

        self.frame.sign(self, give, given)

    def _both(self, row: ScrapRow, giver: Signature, receiver: Signature) -> None:
        if isinstance(receiver, OwnSignature):
            self._write(Scrapping(row.case_id, giver=giver, receiver=receiver))

    def _write(self, scrapping: Scrapping) -> None:
        self.run(lambda depot: scrap.carry_out(depot, scrapping), self._done)

    def _done(self, done: scrap.Scrapped) -> None:
        self.frame.toast(
            _("In the scrap zone (D), scrap form {number}").format(number=done.number),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
        self.frame.preview(end_job(done.number, N_("Scrap form {number}"), "F13"))
