"""Service requests: who called, which clock runs, what is to be done next (spec 1 §3, §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter

from app.changes import Changes
from app.domain.numbering import parse_number
from app.domain.requests import RequestStep, Selection
from app.errors import Refused
from app.i18n import N_, _, _n
from app.services import requests
from app.services.requests import RequestFile, RequestLine
from ui.models import Order, Table
from ui.page import Page
from ui.requests.call_form import CallDialog
from ui.requests.detail import RequestDetail
from ui.requests.doing import Doing
from ui.requests.words import columns
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Segmented
from ui.widgets.filters import FilterLine

if TYPE_CHECKING:
    from app.depot import Depot

_SHOWN = ((True, N_("Open")), (False, N_("All requests")))


class RequestsPage(Page):
    """The list, and one request in full with its next step."""

    watches = Changes.REQUESTS | Changes.CASES | Changes.MASTERDATA

    def build(self) -> None:
        self.today: date | None = None
        self.file: RequestFile | None = None
        self._wanted = ""
        self.doing = Doing(self)
        self.filter = FilterLine(N_("Number, serial, telephone, name"))
        self.filter.asked.connect(lambda _text: self._fetch())
        self.choice = Segmented(_SHOWN, N_("Show"))
        self.choice.chosen.connect(lambda _value: self._fetch())
        self.header.add(self.filter)
        self.header.add(self.choice)
        self.header.add(self.button("requests.take", self._take, kind="primary"))
        self.act("requests.find", self.filter.setFocus)
        self.table: Table[RequestLine] = Table(
            columns(), name="requests", key=lambda line: line.request.id, title=N_("Service requests"))
        self.table.set_empty(
            "ph.phone-call", N_("No request is open"),
            N_("When a customer calls, log the call: its clocks begin, and nothing is forgotten."))
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda _line: self.next_step())
        self.filter.went_down.connect(self.table.view.setFocus)
        self.detail = RequestDetail(self)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        self.body.addWidget(split, 1)
        self.setFocusProxy(self.table.view)
        self.desk.operator_changed.connect(self.detail.permit)

    # -- the list ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """The depot's day first, then the list."""
        self.run(lambda depot: depot.today(), self._day, quiet=True, replace="day")

    def _day(self, today: date) -> None:
        self.today = today
        self._fetch()

    def _fetch(self) -> None:
        wanted = Selection(bool(self.choice.value()), self.filter.text().strip())

        def fetch(depot: Depot, after: RequestLine | None, limit: int, order: Order) -> Sequence[RequestLine]:
            del order
            return requests.listed(depot, wanted, after, limit)

        self.table.load(self.desk, fetch)
        self.table.model.arrived.connect(self._arrived)

    def _arrived(self) -> None:
        self.table.model.arrived.disconnect(self._arrived)
        rows = self.table.rows()
        n = len(rows)
        self.header.subtitle(_n("{n} request", "{n} requests", n).format(n=n))
        if self._wanted:
            found = next((line for line in rows if self._wanted in {line.request.number, line.request.id}), None)
            if found is not None:
                self.table.select_key(found.request.id)
            self._load(self._wanted)
            self._wanted = ""
        elif self.table.current() is None and rows:
            self.table.select_key(rows[0].request.id)
        elif self.table.current() is None:
            self._show(None)
        else:
            self._selected(self.table.current())

    def _selected(self, line: RequestLine | None) -> None:
        if line is not None:
            self._load(line.request.id)

    def _load(self, number_or_id: str) -> None:
        self.run(
            lambda depot: requests.file(depot, number_or_id), self._show,
            lambda error: self._elsewhere(error, number_or_id), quiet=True, replace="file")

    def _elsewhere(self, error: Exception, number: str) -> bool:
        """Complaints share the letter of requests: a number that is no request's is looked for there."""
        known = parse_number(number)
        if not isinstance(error, Refused) or known is None:
            return False
        self.frame.open("care", str(known))
        return True

    def _show(self, file: RequestFile | None) -> None:
        self.file = file
        self.detail.show_file(file)

    def open_subject(self, subject: object) -> None:
        """A request's number or id."""
        if isinstance(subject, str) and subject:
            if parse_number(subject) is not None:
                self.choice.set_value(False)        # a closed one is asked for as well
            self._wanted = subject
            self.filter.clear()
            self._fetch()

    def scanned(self, scan: Scan) -> bool:
        """A serial takes a call about the unit down; numbers are the window's: a complaint's looks like a request's."""
        if scan.kind is ScanKind.COMMAND or scan.number is not None:
            return False
        self.frame.chime(good=True)
        self._take(scan.serial or scan.text)
        return True

    # -- doing -------------------------------------------------------------------------------------------------

    def _take(self, serial: str = "") -> None:
        if self.today is None:
            return
        open_already = next((d for d in self.findChildren(CallDialog) if d.isVisible()), None)
        dialog = open_already or CallDialog(self, self.today)
        if serial:
            dialog.call_form.scan(serial)
        if open_already is None:
            dialog.open()

    def next_step(self) -> None:
        """Do what is due."""
        if self.file is None:
            return
        steps: dict[RequestStep, Callable[[], object]] = {
            RequestStep.PASS_ON: self.doing.pass_on, RequestStep.ANSWER: self.doing.answer,
            RequestStep.PLAN: self.doing.plan, RequestStep.CHOOSE_ROUTE: self.doing.plan,
            RequestStep.SEND_SOMEBODY: self.doing.trip, RequestStep.GET_CONSENT: self.doing.consent,
            RequestStep.FINISH_TRIP: self.doing.report, RequestStep.AWAIT_UNIT: self.doing.await_unit,
            RequestStep.SWAP: self.doing.swap, RequestStep.CLOSE: self.doing.close,
        }
        step = steps.get(self.file.line.step)
        if step is None:
            self.frame.toast(_("Nothing more is to be done on this request."), Tone.INFO)
        else:
            step()
