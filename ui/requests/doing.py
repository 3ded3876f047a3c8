"""The steps of a request, each in its dialogue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from app.domain.receiving import report_problems
from app.domain.signing import OutsideSignature, Party, Signature
from app.domain.site_visits import SiteVisit, TripReport
from app.i18n import N_, _
from app.services import requests, site_visits
from app.services.requests import RequestLine
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.dialogs.sign import SignRequest
from ui.form import Form
from ui.masterdata.words import taken_back
from ui.receiving.awaited import ReportForm as IntakeReportForm
from ui.receiving.known import KnownProducts
from ui.requests.forms import ConsentForm, PlanForm, PriceForm, ReportForm, SayForm, TripForm, WhoForm

if TYPE_CHECKING:
    from app.depot import Depot
    from app.domain.receiving import IntakeView
    from app.services.people import UserRecord
    from ui.requests.page import RequestsPage

Step = Callable[["Depot"], requests.Stepped]


class Doing:
    """What can be done with the request that is marked."""

    def __init__(self, page: RequestsPage) -> None:
        self._page = page

    # -- words -------------------------------------------------------------------------------------------------

    def pass_on(self) -> None:
        """Whom the message reached."""
        form = WhoForm("to", N_("Passed on to"))
        self._ask(N_("Pass the message on"), form, lambda of: partial(
            requests.pass_on, request_id=of.request.id, to=form.who.value()), N_("Passed on"))

    def answer(self) -> None:
        """What the customer was told."""
        form = SayForm("told", N_("What the customer was told"))
        self._ask(N_("The customer is answered"), form, lambda of: partial(
            requests.answer, request_id=of.request.id, told=form.said.value()), N_("Answered"))

    def plan(self) -> None:
        """How it is going to be solved."""
        file = self._page.file
        if file is None:
            return
        form = PlanForm(file.line.request.route, file.line.request.solution)
        self._ask(N_("Plan the solution"), form, lambda of: partial(
            requests.plan, request_id=of.request.id, route=form.chosen(), solution=form.solution.value()),
            N_("The customer has the plan"))

    def close(self) -> None:
        """What came of it."""
        form = SayForm("result", N_("What came of it"))
        self._ask(N_("Close the request"), form, lambda of: partial(
            requests.close, request_id=of.request.id, result=form.said.value()), N_("Close it"))

    def reopen(self) -> None:
        """Why it is not over."""
        form = SayForm("reason", N_("Why it is not over"))
        self._ask(N_("Open the request again"), form, lambda of: partial(
            requests.reopen, request_id=of.request.id, reason=form.said.value()), N_("Open it again"))

    def quote(self) -> None:
        """The price of the work on site."""
        form = PriceForm()
        self._ask(N_("The price of the work on site"), form, lambda of: partial(
            requests.quote, request_id=of.request.id, price=form.price()), N_("The customer is told"))

    def consent(self) -> None:
        """What the customer said to it."""
        form = ConsentForm()
        self._ask(N_("The customer's answer"), form, lambda of: partial(
            requests.consent, request_id=of.request.id, who=form.who.value(), agreed=form.agreed.value() == "yes"),
            N_("Record the answer"))

    # -- the unit comes back -----------------------------------------------------------------------------------

    def return_unit(self) -> None:
        """Open the return case with what the call told."""
        file = self._page.file
        if file is not None:
            request_id = file.line.request.id
            self._page.run(lambda depot: requests.intake_view(depot, request_id), partial(self._intake, request_id))

    def _intake(self, request_id: str, view: IntakeView) -> None:
        products = KnownProducts()
        form = IntakeReportForm(self._page.desk, products)
        form.show_intake(view)
        today = self._page.today
        if today is None:
            return
        form.judge(lambda: report_problems(form.intake(), products.rule(form.intake().product_id), today))
        self._ask(
            N_("The unit comes back"), form, lambda _of: partial(
                requests.return_unit, request_id=request_id, intake=form.intake()), N_("Open the case"),
            text=N_("The return case begins now, before the unit arrives; at the counter it is only scanned."),
            width=760)

    def await_unit(self) -> None:
        """Open the case, or show it among those awaited."""
        file = self._page.file
        if file is None:
            return
        if file.line.row.case_number:
            self._page.frame.open("receiving", file.line.row.case_number)
        else:
            self.return_unit()

    def swap(self) -> None:
        """Show the spare that is on its way for the request, or choose one in the pool."""
        file = self._page.file
        if file is not None:
            self._page.frame.open("spares", file.line.row.swap_number or file.line.request.number)

    # -- on site -----------------------------------------------------------------------------------------------

    def trip(self) -> None:
        """Send somebody."""
        self._page.run(site_visits.technicians, self._send)

    def _send(self, technicians: tuple[UserRecord, ...]) -> None:
        file, today = self._page.file, self._page.today
        if file is None or today is None:
            return
        form = TripForm(file.line.request.id, [(user.id, user.name) for user in technicians], today)
        self._ask(N_("Send a technician"), form, lambda _of: partial(site_visits.send, trip=form.trip()), N_("Send"))

    def report(self) -> None:
        """Report on the trip; the customer signs."""
        file, today = self._page.file, self._page.today
        visit = next((visit for visit, _parts in file.visits if visit.finished_at is None), None) if file else None
        if file is None or visit is None or today is None:
            return
        form = ReportForm(visit, today)
        dialog = FormDialog(
            self._page, N_("Report on the trip"), form, accept=N_("The customer signs…"), draft="requests.report",
            subject=visit.id, width=860)
        contact = file.line.request.contact
        dialog.submitted.connect(lambda: self._signed(dialog, form.report(), contact))
        dialog.open()

    def _signed(self, dialog: FormDialog, report: TripReport, contact: str) -> None:
        wanted = SignRequest(_("The work on site is done as the slip says"), Party.CUSTOMER, contact)

        def then(signature: Signature) -> None:
            customer = cast("OutsideSignature", signature)
            dialog.run(
                lambda depot: site_visits.finish(depot, report, customer), lambda done: self._reported(dialog, done))

        self._page.frame.sign(dialog, wanted, then)

    def _reported(self, dialog: FormDialog, done: requests.Stepped) -> None:
        dialog.done_well()
        self._page.frame.toast(
            _("The trip is reported; slip {number}").format(number=done.slip_number), undo=taken_back(done.entry_id),
            action=(_("Print"), lambda: self._preview(done.slip_number)))

    def slip(self) -> None:
        """Show the newest service slip."""
        file = self._page.file
        visits: list[SiteVisit] = [visit for visit, _parts in file.visits if visit.slip_number] if file else []
        if visits:
            self._preview(visits[-1].slip_number)

    def _preview(self, number: str) -> None:
        from app.services import slips

        self._page.frame.preview(PrintJob(
            title=_("Service slip {number}").format(number=number), form="F8",
            make=lambda depot: slips.paper(depot, None, number), file_name=number,
            record=lambda depot: slips.printed(depot, [number]),
        ))

    # -- how ---------------------------------------------------------------------------------------------------

    def _ask(
        self, title: str, form: Form, step: Callable[[RequestLine], Step], accept: str, *, text: str = "",
        width: int = 560,
    ) -> None:
        """Ask with ``form``, then do ``step`` to the request that was marked when it was asked."""
        file = self._page.file
        if file is None:
            return
        line = file.line
        dialog = FormDialog(
            self._page, title, form, accept=accept, text=text, draft=f"requests.{title}", subject=line.request.id,
            width=width)
        dialog.submitted.connect(lambda: dialog.run(step(line), lambda done: self._done(dialog, done)))
        dialog.open()

    def _done(self, dialog: FormDialog, done: requests.Stepped) -> None:
        dialog.done_well()
        self._page.frame.toast(
            _("{number} is brought forward").format(number=done.number), undo=taken_back(done.entry_id))
