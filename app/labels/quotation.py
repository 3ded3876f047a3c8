"""Words of quotations."""

from __future__ import annotations

from app.domain.codes import Blame, CauseClass, Responsibility, blame
from app.domain.quotation import ConsentMethod, LineKind, PaymentKind, QuotationState
from app.domain.repair import RepairOrder
from app.i18n import N_, Translator, language, translator

LABELS = {
    LineKind: {
        LineKind.LABOUR: N_("Labour"),
        LineKind.PART: N_("Replacement part"),
        LineKind.TRAVEL: N_("Travel"),
        LineKind.LODGING: N_("Lodging"),
        LineKind.MEALS: N_("Meals"),
        LineKind.ALLOWANCE: N_("Staff allowance"),
        LineKind.INSPECTION: N_("Inspection fee"),
        LineKind.BOTH_UNITS: N_("Fee for both units"),
        LineKind.OTHER: N_("Other"),
    },
    QuotationState: {
        QuotationState.DRAFT: N_("draft"),
        QuotationState.SENT: N_("with the customer"),
        QuotationState.ACCEPTED: N_("agreed to"),
        QuotationState.DECLINED: N_("declined"),
        QuotationState.EXPIRED: N_("expired"),
        QuotationState.SUPERSEDED: N_("superseded"),
        QuotationState.WITHDRAWN: N_("withdrawn"),
    },
    ConsentMethod: {
        ConsentMethod.SIGNED: N_("signed on screen"),
        ConsentMethod.PAPER: N_("signed on paper"),
        ConsentMethod.PHONE: N_("by phone"),
    },
    PaymentKind: {
        PaymentKind.PAID: N_("paid"),
        PaymentKind.ON_ACCOUNT: N_("on account"),
    },
}

#: What the quantity of each kind counts.
UNITS: dict[LineKind, str] = {
    LineKind.LABOUR: N_("min"),
    LineKind.PART: N_("pcs"),
    LineKind.TRAVEL: N_("km"),
    LineKind.LODGING: N_("nights"),
    LineKind.MEALS: N_("days"),
    LineKind.ALLOWANCE: N_("person-days"),
    LineKind.INSPECTION: N_("times"),
    LineKind.BOTH_UNITS: N_("times"),
    LineKind.OTHER: N_("times"),
}


def charged_because(order: RepairOrder | None, t: Translator | None = None) -> str:
    """Why a repair is charged, in words a customer accepts: the cause, or the period."""
    t = t or translator(language())
    if order is not None and order.cause_class and order.responsibility:
        whose = blame(CauseClass(order.cause_class), Responsibility(order.responsibility))
        if whose is Blame.USER:
            return t(N_("The fault came from use, storage or handling; the warranty does not cover it."))
        if whose is Blame.OUTSIDE:
            return t(N_("The fault came from transport or surroundings; the warranty does not cover it."))
    return t(N_("The warranty period has ended."))
