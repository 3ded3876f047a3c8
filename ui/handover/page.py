"""Handover: give, receive, and what was handed over (art. 7)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.depot import Depot
from app.domain.handover import Candidate, Direction, HandoverHead, ReceiptKind, Refusal, RefusalReason, Verdict
from app.domain.people import Role
from app.i18n import N_, _, _n
from app.services import handover
from ui import moments
from ui.dialogs.dialog import Dialog
from ui.dialogs.preview import PrintJob
from ui.handover.columns import ENDED_COLUMNS
from ui.handover.giving import Giving
from ui.handover.papers import slip_job
from ui.handover.taking import LINE_COLUMNS, Line, Taking
from ui.models import Table
from ui.page import Page
from ui.scanner import Scan, ScanKind
from ui.widgets import Segmented

GIVE, TAKE, PAST = "give", "take", "past"


class HandoverPage(Page):
    """Three desks on one page: the giver's, the receiver's, the list of what was."""

    watches = Changes.HANDOVERS | Changes.CASES | Changes.UNITS | Changes.REPAIRS | Changes.INSPECTIONS

    def build(self) -> None:
        """Make the three desks."""
        self.today: date = datetime.now(UTC).date()
        self._begun = False
        self.mode = Segmented([(GIVE, N_("Give")), (TAKE, N_("Accept")), (PAST, N_("Past handovers"))], N_("Handover"))
        self.mode.chosen.connect(lambda value: self.show_mode(str(value)))
        self.header.add(self.mode)
        self.header.add(self.button("handover.sign", self._sign, "primary"))
        for action_id, mode in (("handover.give", GIVE), ("handover.take", TAKE), ("handover.past", PAST)):
            self.act(action_id, partial(self.show_mode, mode))
        self.stack = QStackedWidget()
        self.giving = Giving(self)
        self.taking = Taking(self)
        self.past: Table[HandoverHead] = Table(
            ENDED_COLUMNS, name="handover.past", key=lambda head: head.id, title=N_("Past handovers")
        )
        self.past.set_empty("ph.clock-counter-clockwise", N_("Nothing was handed over yet"))
        self.past.activated.connect(self._open_past)
        for desk in (self.giving, self.taking, self.past):
            self.stack.addWidget(desk)
        self.body.addWidget(self.stack, 1)

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_mode(self, mode: str) -> None:
        """Turn to one of the three desks."""
        self.mode.set_value(mode)
        self.stack.setCurrentIndex([GIVE, TAKE, PAST].index(mode))
        self.reload()
        views = {GIVE: self.giving.ready.view, TAKE: self.taking.table.view, PAST: self.past.view}
        views[mode].setFocus()

    def reload(self) -> None:
        """Fetch what the desk in front shows, and the counts of the others."""
        def counts(depot: Depot) -> tuple[date, dict[Direction, int]]:
            return depot.today(), dict(handover.ready_counts(depot))

        self.run(counts, self._counted, quiet=True, replace="counts")
        if not self._begun:
            self._begun = True
            self.giving.begin()
            operator = self.desk.operator
            if operator and operator.roles.intersection({Role.TECHNICIAN, Role.INSPECTOR}):
                self.show_mode(TAKE)
                return
        mode = self.mode.value()
        if mode == GIVE:
            self.giving.reload()
        if mode == PAST:
            self.past.load(self.desk, lambda depot, after, limit, _order: handover.history(depot, after, limit))
        self.taking.reload()

    def _counted(self, found: tuple[date, dict[Direction, int]]) -> None:
        self.today = found[0]
        self.giving.show_counts(found[1])

    def waiting(self, offers: int) -> None:
        """Say how many offers wait."""
        self.header.subtitle(_n("{n} offer waits", "{n} offers wait", offers).format(n=offers) if offers else "")
        words = [_("Give"), _("Accept"), _("Past handovers")]
        words[1] += f"  {offers}" if offers else ""
        self.mode.set_texts(words)

    def gate(self) -> None:
        """Open the signature when there is something to sign."""
        if not hasattr(self, "taking"):
            return
        mode = self.mode.value()
        something = bool(self.giving.chosen) if mode == GIVE else mode == TAKE and bool(self.taking.lines)
        for action in self.actions():
            if action.objectName() == "handover.sign":
                action.setEnabled(something)

    # -- doing -------------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A unit, case, traveller or slip for the desk in front."""
        mode = self.mode.value()
        if mode == TAKE:
            return self.taking.scanned(scan)
        if mode == GIVE and scan.kind is not ScanKind.COMMAND:
            return self.giving.scanned(scan)
        return False

    def open_subject(self, subject: object) -> None:
        """A case to be given (its id), or a handover's number."""
        text = str(subject)
        if "-H" in text:
            self.run(lambda depot: handover.sheet_by_number(depot, text), self._open_sheet)
        else:
            self.run(lambda depot: handover.for_case(depot, text), self._open_case)

    def _open_sheet(self, sheet: handover.HandoverSheet) -> None:
        if sheet.head.ended is None:
            self._begun = True
            self.show_mode(TAKE)
            self.taking.show_sheet(sheet)
        else:
            self._show_past(sheet)

    def _open_case(self, found: tuple[Direction, Candidate] | None) -> None:
        self._begun = True
        if found is None:
            self.show_mode(TAKE)
            return
        direction, candidate = found
        self.giving.turn_to(direction)
        self.show_mode(GIVE)
        self.giving.add(candidate)

    def _sign(self) -> None:
        if self.mode.value() == GIVE:
            self.giving.sign()
        elif self.mode.value() == TAKE:
            self.taking.sign()

    def _open_past(self, head: HandoverHead) -> None:
        self.run(lambda depot: handover.sheet(depot, head.id), self._show_past, replace="past")

    def _show_past(self, sheet: handover.HandoverSheet) -> None:
        PastDialog(self, sheet).open()

    def show_slip(self, number: str) -> None:
        """The handover slip, to be looked at and printed."""
        self.frame.preview(slip_job(number))

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the slip of the offer in front, or of the marked past handover."""
        head = self.taking.head if self.mode.value() == TAKE else None
        if self.mode.value() == PAST:
            head = self.past.current()
        return slip_job(head.number) if head else None


class PastDialog(Dialog):
    """One handover that is over, line by line."""

    def __init__(self, page: HandoverPage, sheet: handover.HandoverSheet) -> None:
        super().__init__(page, N_("Handover"), width=760)
        head = sheet.head
        self.notice.say(
            _("{number}: {giver} → {receiver}, {at}").format(
                number=head.number, giver=head.giver_name, receiver=head.receiver_name or "–",
                at=moments.minute(head.ended_at or head.at),
            )
        )
        table: Table[Line] = Table(
            LINE_COLUMNS, name="handover.pastlines", key=lambda line: line.case.case_id, title=N_("Handover")
        )
        table.setMinimumHeight(280)
        table.set_rows([
            Line(
                case, case.verdict if head.ended is ReceiptKind.RECEIVED else None,
                Refusal(case.reason or RefusalReason.OTHER, case.reason_text)
                if case.verdict is Verdict.REFUSED else None,
            )
            for case in sheet.cases
        ])
        self.body.addWidget(table)
        self.accepted.connect(lambda: page.show_slip(head.number))
        self.add_button(N_("Slip"), self.accept)
        self.add_button(N_("Close"), self.reject, "primary")
