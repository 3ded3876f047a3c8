"""Words for the functional test."""

from __future__ import annotations

from enum import Enum

from app.domain.inspection import ItemKind, ItemVerdict, SheetVerdict
from app.domain.inspection_runs import MarkMethod, QaState
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    ItemKind: {
        ItemKind.NUMERIC: N_("measured value"),
        ItemKind.CHOICE: N_("choice"),
        ItemKind.TICK: N_("tick"),
    },
    ItemVerdict: {
        ItemVerdict.PASSED: N_("pass"),
        ItemVerdict.FAILED: N_("fail"),
        ItemVerdict.MISSING: N_("no reading"),
        ItemVerdict.INVALID: N_("not readable"),
    },
    SheetVerdict: {
        SheetVerdict.PASSED: N_("passed"),
        SheetVerdict.FAILED: N_("failed"),
        SheetVerdict.INCOMPLETE: N_("still open"),
    },
    MarkMethod: {
        MarkMethod.AFFIXED: N_("label affixed"),
        MarkMethod.STAMPED: N_("stamped"),
    },
    QaState: {
        QaState.WAITING: N_("To be tested"),
        QaState.FAILED: N_("Failed, goes back"),
        QaState.PASSED: N_("Passed and marked"),
    },
}
