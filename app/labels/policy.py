"""Words for policy values: a short name (``LABELS``) and what each one means (``MEANINGS``), for the policy editor."""

from __future__ import annotations

from enum import Enum

from app.domain.policy import UNCHANGED, Kind
from app.domain.policy_values import PolicyName, PolicyUnit
from app.i18n import N_, Translator, _

_N = PolicyName

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Kind: {
        Kind.WHOLE: N_("whole number"),
        Kind.MONEY: N_("amount of money"),
        Kind.SWITCH: N_("yes or no"),
        Kind.CHOICE: N_("choice"),
        Kind.TEXT: N_("words"),
        Kind.HOURS: N_("hours of the day"),
    },
    PolicyUnit: {
        PolicyUnit.NONE: "",
        PolicyUnit.VISITS: N_("return visits"),
        PolicyUnit.TIMES: N_("times"),
        PolicyUnit.UNITS: N_("units"),
        PolicyUnit.PERCENT: N_("per cent"),
        PolicyUnit.FEN: N_("fen"),
        PolicyUnit.CHARACTERS: N_("characters"),
        PolicyUnit.MINUTES: N_("minutes"),
        PolicyUnit.HOURS: N_("hours"),
        PolicyUnit.WORKING_HOURS: N_("working hours"),
        PolicyUnit.WORKING_DAYS: N_("working days"),
        PolicyUnit.CALENDAR_DAYS: N_("calendar days"),
        PolicyUnit.MONTHS: N_("months"),
    },
    PolicyName: {
        _N.NFF_LIMIT: N_("NFF visits in a row"),
        _N.FAILED_RETURN_LIMIT: N_("Failed return visits"),
        _N.QA_FAILS_ALERT: N_("QA failures that alert"),
        _N.REPEAT_WINDOW_DAYS: N_("Repeat return window"),
        _N.BER_SHARE: N_("Repair cost limit (BER)"),
        _N.SOAK_HOURS: N_("Soak test"),
        _N.RND_NEW_MONTHS: N_("New enough for R&D"),
        _N.BOTH_UNITS_FEE: N_("Fee for both units"),
        _N.BER_YEARLY: N_("Loss of value a year (BER)"),
        _N.BER_FLOOR: N_("Least value left (BER)"),
        _N.BER_LABOUR_HOUR: N_("Our cost of an hour of labour (BER)"),
        _N.UNKNOWN_WARRANTY: N_("Warranty not known"),
        _N.HAND_IN_DAYS: N_("Hand-in, carried by the company"),
        _N.HAND_IN_DAYS_OTHER: N_("Hand-in, other ways"),
        _N.TURNAROUND_DAYS: N_("Turnaround"),
        _N.DUE_SOON_CALENDAR_DAYS: N_("Due soon (calendar days)"),
        _N.DUE_SOON_WORKING_DAYS: N_("Due soon (working days)"),
        _N.DUE_SOON_WORKING_HOURS: N_("Due soon (working hours)"),
        _N.DUE_SOON_HOURS: N_("Due soon (hours)"),
        _N.PASS_ON_HOURS: N_("Pass on a message"),
        _N.ANSWER_HOURS: N_("Answer an enquiry"),
        _N.SOLUTION_PLAN_HOURS: N_("Solution plan"),
        _N.WORKING_HOURS: N_("Working hours of a day"),
        _N.EXCHANGE_WARRANTY: N_("Warranty of an exchanged unit"),
        _N.EXCHANGE_SUBSTITUTE: N_("Another product in exchange"),
        _N.DOWNTIME_EXTENDS: N_("Downtime extends the warranty"),
        _N.KEY_PART_RESTARTS: N_("Key part warranty restarts"),
        _N.REPAIR_WARRANTY_MONTHS: N_("Warranty on the repair"),
        _N.OWED_UNIT_DAYS: N_("Owed faulty unit"),
        _N.LOAN_BACK_DAYS: N_("Borrowed parts back"),
        _N.TRANSFER_DAYS: N_("Unit received at the other depot"),
        _N.OWN_SIGNATURE_LOAN_LIMIT: N_("Loan on own signature"),
        _N.SIGNED_PAPER_DAYS: N_("Signed paper back"),
        _N.QUOTATION_VALID_DAYS: N_("Quotation validity"),
        _N.PAY_BEFORE_RETURN: N_("Paid before it leaves"),
        _N.RESTOCK_AGE_MONTHS: N_("Restock: age at most"),
        _N.RESTOCK_VALUE: N_("Restock: value at least"),
        _N.RESTOCK_QUANTITY: N_("Restock: quantity at least"),
        _N.RESTOCK_USES_A_YEAR: N_("Restock: uses a year at most"),
        _N.FOLLOW_UP_SHARE: N_("Follow-ups: share of repairs"),
        _N.FOLLOW_UP_EVERY_REPAIR: N_("Follow-up after every repair"),
        _N.FOLLOW_UP_AFTER_DAYS: N_("Follow-up after the return"),
        _N.FOLLOW_UP_FIRST_YEAR_MONTHS: N_("Follow-ups in the first year"),
        _N.FOLLOW_UP_LATER_MONTHS: N_("Follow-ups after the first year"),
        _N.FOLLOW_UP_RETRY_DAYS: N_("Follow-up: call again"),
        _N.FOLLOW_UP_TRIES: N_("Follow-up: tries"),
        _N.COMPLAINT_ASSIGN_HOURS: N_("Complaint: passed to a department"),
        _N.COMPLAINT_ANSWER_DAYS: N_("Complaint: department answers"),
        _N.COMPLAINT_TELL_DAYS: N_("Complaint: customer is told"),
        _N.ALARM_ANSWER_DAYS: N_("Quality alarm: R&D answers"),
        _N.IDLE_LOCK_MINUTES: N_("Lock when idle"),
        _N.PASSWORD_LENGTH: N_("Password length"),
        _N.PIN_LENGTH: N_("PIN length"),
        _N.SIGN_TRIES: N_("Tries before a wait"),
        _N.SIGN_WAIT_MINUTES: N_("Wait after wrong tries"),
        _N.AFTER_SALES_ZH: N_("After-sales, Chinese word"),
        _N.AFTER_SALES_EN: N_("After-sales, English word"),
        _N.PRODUCTION_ZH: N_("Production, Chinese word"),
        _N.PRODUCTION_EN: N_("Production, English word"),
        _N.REPAIR_ZH: N_("Repair department, Chinese word"),
        _N.REPAIR_EN: N_("Repair department, English word"),
        _N.QA_ZH: N_("QA, Chinese word"),
        _N.QA_EN: N_("QA, English word"),
        _N.RND_ZH: N_("R&D, Chinese word"),
        _N.RND_EN: N_("R&D, English word"),
        _N.STORES_ZH: N_("Stores, Chinese word"),
        _N.STORES_EN: N_("Stores, English word"),
        _N.MANAGEMENT_ZH: N_("Management, Chinese word"),
        _N.MANAGEMENT_EN: N_("Management, English word"),
    },
}

_WORD = N_("What papers and screens call this department. Empty: the program default.")

MEANINGS: dict[PolicyName, str] = {
    _N.NFF_LIMIT: N_("After so many return visits in a row with no fault found, the unit is kept and exchanged."),
    _N.FAILED_RETURN_LIMIT: N_("After so many return visits without success the unit is not repaired again."),
    _N.QA_FAILS_ALERT: N_("So many failed inspections within one case alert the supervisor."),
    _N.REPEAT_WINDOW_DAYS: N_("A return within so many days after the last one is shown as a repeat."),
    _N.BER_SHARE: N_("A repair that costs more than this share of the unit's price is not worth repairing."),
    _N.SOAK_HOURS: N_("How long a unit with no fault found runs on test, unless its product says otherwise."),
    _N.RND_NEW_MONTHS: N_("A scrapped unit not older than this since manufacture goes to R&D for analysis."),
    _N.BER_YEARLY: N_("A unit loses this share of its price with each year since manufacture."),
    _N.BER_FLOOR: N_("However old, a unit is reckoned at this share of its price."),
    _N.BER_LABOUR_HOUR: N_("What an hour at the bench costs us; the customer's tariff is another matter."),
    _N.BOTH_UNITS_FEE: N_("What the customer pays who wants the kept unit back as well as the exchanged one."),
    _N.UNKNOWN_WARRANTY: N_("What a ruling does when it cannot be found out whether the warranty runs."),
    _N.HAND_IN_DAYS: N_("A unit carried back by our own people is handed in within so many working days."),
    _N.HAND_IN_DAYS_OTHER: N_("A unit that came another way is received within so many working days of its arrival."),
    _N.TURNAROUND_DAYS: N_("A routine unit stays in the depot no longer than this."),
    _N.DUE_SOON_CALENDAR_DAYS: N_('A clock in calendar days turns to "due soon" so long before its end.'),
    _N.DUE_SOON_WORKING_DAYS: N_('A clock in working days turns to "due soon" so long before its end.'),
    _N.DUE_SOON_WORKING_HOURS: N_('A clock in working hours turns to "due soon" so long before its end.'),
    _N.DUE_SOON_HOURS: N_('A clock in hours turns to "due soon" so long before its end.'),
    _N.PASS_ON_HOURS: N_("A message from a customer is passed on within this time."),
    _N.ANSWER_HOURS: N_("A customer's enquiry is answered within this time."),
    _N.SOLUTION_PLAN_HOURS: N_("A customer who reports a fault has a solution plan within this time."),
    _N.WORKING_HOURS: N_("When working hours run on a working day, such as 08:30-12:00,13:00-17:30."),
    _N.EXCHANGE_SUBSTITUTE: N_(
        "Whether the supervisor may give another product in exchange, with the reason that F12 prints."),
    _N.EXCHANGE_WARRANTY: N_(
        "Whether an exchanged unit carries on the old warranty, begins anew, or has the longer of both."),
    _N.DOWNTIME_EXTENDS: N_("Whether the days of a repair under warranty are added to the warranty."),
    _N.KEY_PART_RESTARTS: N_("Whether the warranty of a replaced key part begins anew, for that part only."),
    _N.REPAIR_WARRANTY_MONTHS: N_(
        "How long a chargeable repair is itself under warranty, unless its product says otherwise."),
    _N.OWED_UNIT_DAYS: N_("After a spare was left at a site, the faulty unit must have arrived within this time."),
    _N.TRANSFER_DAYS: N_("A unit that was handed on to another depot is received there within this time."),
    _N.LOAN_BACK_DAYS: N_("Borrowed parts come back within so many calendar days after the trip."),
    _N.OWN_SIGNATURE_LOAN_LIMIT: N_("Standard parts up to this value are borrowed on one's own signature."),
    _N.SIGNED_PAPER_DAYS: N_("A paper that a customer is to sign is back within so many calendar days."),
    _N.QUOTATION_VALID_DAYS: N_("How long a quotation binds us."),
    _N.PAY_BEFORE_RETURN: N_("Whether a chargeable unit stays here until it is paid for or put on account."),
    _N.RESTOCK_AGE_MONTHS: N_("A unit goes back to the stores only if it is not older than this."),
    _N.RESTOCK_VALUE: N_("A unit goes back to the stores only if it is worth at least this."),
    _N.RESTOCK_QUANTITY: N_(
        "A unit goes back to the stores only if at least so many of its product lie in the spare zone."),
    _N.RESTOCK_USES_A_YEAR: N_(
        "A unit goes back to the stores only if its product was needed as a spare no more often."),
    _N.FOLLOW_UP_SHARE: N_("At least this share of the month's returned repairs is followed up by telephone."),
    _N.FOLLOW_UP_EVERY_REPAIR: N_("Whether every returned repair is followed up, whatever the share."),
    _N.FOLLOW_UP_AFTER_DAYS: N_("A follow-up is due so long after the unit went back, or the complaint was closed."),
    _N.FOLLOW_UP_FIRST_YEAR_MONTHS: N_(
        "In the first year after a delivery its customer is called each so many months. 0: not at all."),
    _N.FOLLOW_UP_LATER_MONTHS: N_("After the first year its customer is called each so many months. 0: not at all."),
    _N.FOLLOW_UP_RETRY_DAYS: N_("Who was not reached is called again after this time."),
    _N.FOLLOW_UP_TRIES: N_("After so many calls in vain the follow-up ends as not reached."),
    _N.COMPLAINT_ASSIGN_HOURS: N_("A complaint is with the department that answers for it within this time."),
    _N.COMPLAINT_ANSWER_DAYS: N_("The department has answered a complaint within this time."),
    _N.COMPLAINT_TELL_DAYS: N_("Who complained has been told the result within this time."),
    _N.ALARM_ANSWER_DAYS: N_("R&D answers a quality alarm within this time."),
    _N.IDLE_LOCK_MINUTES: N_("The desk locks itself when nobody touched it for this long."),
    _N.PASSWORD_LENGTH: N_("A password has at least so many characters."),
    _N.PIN_LENGTH: N_("A signing PIN has at least so many digits."),
    _N.SIGN_TRIES: N_("After so many wrong PINs or passwords the person has to wait."),
    _N.SIGN_WAIT_MINUTES: N_("How long a person waits after too many wrong tries."),
    **{name: _WORD for name in PolicyName if name.value.startswith("word.")},
}

#: What people read for the version of the policy when no value was ever set (else it is a short sum of the values).
NEVER_SET = N_("the program's own values")


def version_words(version: str, t: Translator | None = None) -> str:
    """The version of the policy as people read it."""
    return (t(NEVER_SET) if t else _(NEVER_SET)) if version == UNCHANGED else version


#: The unit of a single one, where English says it otherwise than of many.
ONE: dict[PolicyUnit, str] = {
    PolicyUnit.VISITS: N_("return visit"),
    PolicyUnit.TIMES: N_("time"),
    PolicyUnit.CHARACTERS: N_("character"),
    PolicyUnit.MINUTES: N_("minute"),
    PolicyUnit.HOURS: N_("hour"),
    PolicyUnit.WORKING_HOURS: N_("working hour"),
    PolicyUnit.WORKING_DAYS: N_("working day"),
    PolicyUnit.CALENDAR_DAYS: N_("calendar day"),
    PolicyUnit.MONTHS: N_("month"),
}

#: What people read for the choices of CHOICE and SWITCH values.
CHOICES: dict[str, str] = {
    "yes": N_("yes"),
    "no": N_("no"),
    "inherit": N_("carry on the old one"),
    "restart": N_("begin anew"),
    "longer": N_("the longer of both"),
    "supervisor": N_("the supervisor decides"),
    "in": N_("count as in warranty"),
    "out": N_("count as out of warranty"),
}
