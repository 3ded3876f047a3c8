"""Words for where parts lie, in which state they are and why they moved, and for loans of parts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from app.domain.loans import Carriage, LoanFate
from app.domain.stock import CheckResult, PartGrade, PartMove, PlaceKind
from app.i18n import N_

LABELS: Mapping[type[Enum], Mapping[Enum, str]] = {
    PlaceKind: {
        PlaceKind.MAIN: N_("main store"),
        PlaceKind.STORE: N_("store room"),
        PlaceKind.BENCH: N_("bench stock"),
        PlaceKind.VAN: N_("staff van"),
    },
    PartGrade: {
        PartGrade.NEW: N_("new"),
        PartGrade.USED: N_("used, re-inspected"),
        PartGrade.UNCHECKED: N_("to be re-inspected"),
    },
    PartMove: {
        PartMove.BOOK_IN: N_("stock received"),
        PartMove.ISSUE: N_("fitted at the bench"),
        PartMove.RETURN: N_("taken back"),
        PartMove.HARVEST: N_("taken out of a unit"),
        PartMove.TRANSFER: N_("moved"),
        PartMove.LOAN_OUT: N_("lent"),
        PartMove.LOAN_BACK: N_("loan came back"),
        PartMove.CORRECTION: N_("stock corrected"),
        PartMove.SCRAP: N_("written off"),
        PartMove.RECHECK: N_("re-inspected"),
    },
    CheckResult: {
        CheckResult.AS_NEW: N_("unused, as new"),
        CheckResult.USABLE: N_("used and good"),
        CheckResult.SCRAP: N_("no good, throw away"),
    },
    Carriage: {
        Carriage.CARRIED: N_("taken along"),
        Carriage.MAILED: N_("sent by post"),
    },
    LoanFate: {
        LoanFate.UNUSED: N_("came back unused"),
        LoanFate.CONSUMED: N_("used up on a case"),
        LoanFate.DEFECTIVE: N_("came back defective"),
        LoanFate.LOST: N_("lost"),
    },
}
