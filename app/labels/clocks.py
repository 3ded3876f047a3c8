"""Words for clocks, their colours and their pauses."""

from __future__ import annotations

from enum import Enum

from app.domain.clocks import ClockName, Colour, PauseReason, TimeKind
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    TimeKind: {
        TimeKind.HOURS: N_("hours"),
        TimeKind.WORKING_HOURS: N_("working hours"),
        TimeKind.WORKING_DAYS: N_("working days"),
        TimeKind.CALENDAR_DAYS: N_("calendar days"),
    },
    Colour: {
        Colour.CALM: N_("in time"),
        Colour.DUE_SOON: N_("due soon"),
        Colour.OVERDUE: N_("overdue"),
    },
    PauseReason: {
        PauseReason.CUSTOMER_CONSENT: N_("waiting for the customer's consent"),
        PauseReason.CUSTOMER_COLLECTS: N_("waiting for the customer to collect"),
    },
    ClockName: {
        ClockName.HAND_IN: N_("Hand-in"),
        ClockName.TURNAROUND: N_("Turnaround"),
        ClockName.PROMISED: N_("Promised date"),
        ClockName.PASS_ON: N_("Pass on a message"),
        ClockName.ANSWER: N_("Answer an enquiry"),
        ClockName.SOLUTION_PLAN: N_("Solution plan"),
        ClockName.LOAN_BACK: N_("Borrowed parts back"),
        ClockName.OWED_UNIT: N_("Owed faulty unit"),
        ClockName.QUOTATION: N_("Answer to a quotation"),
        ClockName.LOANER_BACK: N_("Loaner back"),
        ClockName.COMPLAINT_ASSIGN: N_("Complaint passed to a department"),
        ClockName.COMPLAINT_ANSWER: N_("Answer to a complaint"),
        ClockName.COMPLAINT_TELL: N_("Result told to the customer"),
        ClockName.FOLLOW_UP: N_("Follow-up"),
        ClockName.SIGNED_PAPER: N_("Signed paper back"),
        ClockName.ALARM_ANSWER: N_("Answer to a quality alarm"),
        ClockName.TRANSFER: N_("Unit on its way to another depot"),
        ClockName.BUILD: N_("Emergency build"),
    },
}
