"""Words of signed papers and their scans."""

from __future__ import annotations

from enum import Enum

from app.domain.filing import FiledHow, FilingReason, NextStep, PageState
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    FilingReason: {
        FilingReason.UNREADABLE: N_("file cannot be opened"),
        FilingReason.NO_CODE: N_("no code found"),
        FilingReason.FOREIGN_CODE: N_("code is not ours"),
        FilingReason.SEVERAL: N_("several papers on one sheet"),
        FilingReason.NOT_A_PAPER: N_("only a label or mark"),
        FilingReason.OTHER_DEPOT: N_("paper of another depot"),
        FilingReason.UNKNOWN_NUMBER: N_("number not in the books"),
        FilingReason.VOID: N_("paper was voided"),
        FilingReason.SECOND_COPY: N_("second copy of a page on file"),
        FilingReason.TAKEN_BACK: N_("filing was taken back"),
    },
    PageState: {
        PageState.WAITING: N_("waiting"),
        PageState.FILED: N_("on file"),
        PageState.REJECTED: N_("rejected"),
    },
    FiledHow: {
        FiledHow.BY_CODE: N_("filed by its code"),
        FiledHow.BY_HAND: N_("filed by hand"),
    },
    NextStep: {
        NextStep.RECORD_ANSWER: N_("record the answer to the quotation"),
        NextStep.RECORD_DELIVERY: N_("record the delivery"),
        NextStep.KEY_ANSWERS: N_("enter the answers"),
    },
}

#: What to do about a page that waits.
REMEDIES: dict[FilingReason, str] = {
    FilingReason.UNREADABLE: N_("Scan the paper again as PDF, JPEG, PNG or TIFF, and reject this file."),
    FilingReason.NO_CODE: N_("Read the number on the picture and match it by hand, or scan the whole sheet again."),
    FilingReason.FOREIGN_CODE: N_("This may be somebody else's paper. Match it by hand, or reject it."),
    FilingReason.SEVERAL: N_("Scan the sheets one by one, or match it to the paper it belongs to."),
    FilingReason.NOT_A_PAPER: N_("The code is that of a case or mark. Choose the paper of the case that this is."),
    FilingReason.OTHER_DEPOT: N_("Pass the paper on to the depot named in the number, and reject it here."),
    FilingReason.UNKNOWN_NUMBER: N_("Check the number on the picture; match it by hand, or reject it."),
    FilingReason.VOID: N_("Match it to the paper that took its place, or reject it."),
    FilingReason.SECOND_COPY: N_("Compare it with the page on file. File it as a second copy, or reject it."),
    FilingReason.TAKEN_BACK: N_("Match it to the right paper, or reject it."),
}
