"""One request in full: who, what, its clocks, what happened, and the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.people import Action
from app.domain.requests import RequestState
from app.domain.warranty import WarrantyState
from app.i18n import N_, _
from app.labels import label
from app.services.requests import RequestFile
from ui import naming
from ui.masterdata.words import allow
from ui.requests import words
from ui.widgets import Card, DefinitionList, caption, heading, muted

if TYPE_CHECKING:
    from ui.requests.page import RequestsPage


class RequestDetail(QWidget):
    """The card at the right."""

    def __init__(self, page: RequestsPage) -> None:
        super().__init__()
        self._page = page
        self.setObjectName("plain")
        self.setMinimumWidth(380)
        self.setMaximumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self.title, self.step = heading(), muted(wrap=True)
        self.facts, self.clocks = DefinitionList(), DefinitionList()
        self.trips, self.events = muted(wrap=True), muted(wrap=True)
        inner = QWidget()
        inner.setObjectName("plain")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 6, 0)
        for widget in (
            self.facts, caption(N_("Clocks")), self.clocks, self.trips, caption(N_("Course of the request")),
            self.events,
        ):
            inside.addWidget(widget)
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        card.body.addWidget(self.title)
        card.body.addWidget(self.step)
        card.body.addWidget(area, 1)
        card.body.addLayout(self._buttons())
        card.body.addWidget(page.button("requests.next", page.next_step, kind="primary"))
        column.addWidget(card)
        self.show_file(None)

    def _buttons(self) -> QGridLayout:
        page, doing = self._page, self._page.doing
        grid = QGridLayout()
        grid.setSpacing(6)
        buttons = (
            ("requests.pass-on", doing.pass_on), ("requests.answer", doing.answer), ("requests.plan", doing.plan),
            ("requests.return", doing.return_unit), ("requests.trip", doing.trip), ("requests.report", doing.report),
            ("requests.swap", doing.swap),
            ("requests.quote", doing.quote), ("requests.consent", doing.consent), ("requests.slip", doing.slip),
            ("requests.close", doing.close), ("requests.reopen", doing.reopen),
        )
        for n, (action, slot) in enumerate(buttons):
            grid.addWidget(page.button(action, slot), n // 2, n % 2)
        return grid

    def show_file(self, file: RequestFile | None) -> None:
        """Show ``file``; ``None``: nothing is marked."""
        self.permit()
        for text in (self.step, self.trips, self.events):
            text.setText("")
        if file is None:
            self.title.setText(_("No request is marked"))
            self.facts.show_pairs([])
            self.clocks.show_pairs([])
            return
        request, row = file.line.request, file.line.row
        self.title.setText(f"{request.number} {label(request.state)}")
        self.step.setText(_("Next: {step}").format(step=label(file.line.step)))
        price = Money(request.quoted_fen) if request.quoted_fen is not None else None
        answer = {None: _("not answered"), True: _("agreed"), False: _("declined")}[request.consented]
        self.facts.show_pairs([
            (_("Customer"), row.customer),
            (_("Contact"), " ".join(part for part in (request.contact, request.phone) if part)),
            (_("Site"), request.site),
            (_("Unit"), " ".join(
                p for p in (request.serial, naming.product(row.model, row.name_zh, row.name_en)) if p)),
            (_("Warranty"), label(WarrantyState(request.warranty)) if request.warranty else ""),
            (_("Symptom"), request.symptom), (_("What was tried"), request.tried),
            (_("Passed on to"), request.passed_on_to), (_("Answer"), request.answer),
            (_("How"), label(request.route) if request.route else ""), (_("What is planned"), request.solution),
            (_("Case"), row.case_number),
            (_("Price"), f"{price} ({answer})" if price is not None else ""),
            (_("What came of it"), request.result), (_("Remark"), request.note),
        ])
        self.clocks.show_pairs([(label(state.name), words.clock(state)) for state in file.line.clocks])
        self.trips.setText("\n".join([
            _(" · ").join(part for part in (
                f"{visit.leaves_on} – {visit.back_on or ''}", visit.work, visit.slip_number,
                label(visit.result) if visit.result else _("on the way"),
            ) if part)
            for visit, _parts in file.visits
        ] + [_("Spare {number}: {state}").format(number=use.number, state=label(use.state)) for use in file.uses]))
        self.trips.setVisible(bool(file.visits or file.uses))
        self.events.setText("\n".join(words.event(event) for event in file.events))

    def permit(self) -> None:
        """Which steps can be made now, and by this person."""
        page = self._page
        file = page.file
        request = file.line.request if file else None
        is_open = request is not None and request.state is RequestState.OPEN
        serves = page.desk.permits(Action.SERVICE)
        mine = is_open and serves
        on_the_way = file is not None and any(visit.finished_at is None for visit, _parts in file.visits)
        has_case = file is not None and bool(file.line.row.case_number)
        allow(
            page, "requests", take=page.desk.permits(Action.REPORT), next=is_open,
            pass_on=mine and request is not None and request.passed_on_at is None,
            answer=mine and request is not None and request.answered_at is None, plan=mine,
            **{"return": is_open and not has_case and not on_the_way and page.desk.permits(Action.REPORT)},
            trip=mine and not has_case, report=mine and on_the_way,
            swap=is_open and not has_case and page.desk.permits(Action.SPARE_SWAP),
            quote=is_open and page.desk.permits(Action.QUOTE),
            consent=is_open and request is not None and request.quoted_fen is not None
            and page.desk.permits(Action.RECORD_CONSENT),
            slip=file is not None and any(visit.slip_number for visit, _parts in file.visits),
            close=mine, reopen=serves and request is not None and request.state is RequestState.CLOSED,
        )
