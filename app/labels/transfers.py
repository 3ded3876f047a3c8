"""Words of transfers between depots."""

from __future__ import annotations

from enum import Enum

from app.domain.transfers import Answer, TransferState
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    TransferState: {
        TransferState.UNDER_WAY: N_("under way"),
        TransferState.RECEIVED: N_("received there"),
        TransferState.REFUSED: N_("refused there"),
        TransferState.TAKEN_BACK: N_("called back"),
    },
    Answer: {
        Answer.RECEIVED: N_("taken in"),
        Answer.REFUSED: N_("refused"),
    },
}
