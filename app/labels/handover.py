"""Words for handovers: directions, lines, answers."""

from __future__ import annotations

from enum import Enum

from app.domain.handover import Direction, LineKind, ReceiptKind, RefusalReason, Verdict
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Direction: {
        Direction.DISPATCH: N_("To repair"),
        Direction.TO_QA: N_("To QA"),
        Direction.BACK_TO_REPAIR: N_("Failed, back to repair"),
        Direction.PASSED: N_("Passed, to after-sales"),
        Direction.REFERRED: N_("For a ruling, to after-sales"),
        Direction.BACK_TO_BENCH: N_("Ruled, back to repair"),
        Direction.TO_LAB: N_("Kept, to R&D"),
        Direction.LAB_TO_REPAIR: N_("From R&D, to repair"),
    },
    LineKind: {
        LineKind.UNIT: N_("product unit"),
        LineKind.TRAVELLER: N_("traveller"),
    },
    Verdict: {
        Verdict.ACCEPTED: N_("accepted"),
        Verdict.REFUSED: N_("refused"),
    },
    ReceiptKind: {
        ReceiptKind.RECEIVED: N_("received"),
        ReceiptKind.WITHDRAWN: N_("withdrawn"),
    },
    RefusalReason: {
        RefusalReason.NOT_PRESENT: N_("not there"),
        RefusalReason.WRONG_SERIAL: N_("another serial number"),
        RefusalReason.TRAVELLER_MISSING: N_("traveller missing"),
        RefusalReason.INCOMPLETE: N_("not complete"),
        RefusalReason.DAMAGED: N_("damaged on the way"),
        RefusalReason.NOT_PLANNED: N_("not in the plan"),
        RefusalReason.OTHER: N_("another reason"),
    },
}
