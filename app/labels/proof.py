"""Words for what is to be said of a mark that somebody shows."""

from __future__ import annotations

from enum import Enum

from app.domain.proof import ProofState
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    ProofState: {
        ProofState.GENUINE: N_("Genuine"),
        ProofState.CHANGED: N_("Genuine, but the record has changed"),
        ProofState.VOID: N_("Replaced"),
        ProofState.FORGED: N_("Not genuine"),
        ProofState.UNSIGNED: N_("On record, not signed"),
        ProofState.UNKNOWN: N_("Unknown"),
    },
}

MEANINGS: dict[ProofState, str] = {
    ProofState.GENUINE: N_("The inspector signed this mark, and the record reads as it did then."),
    ProofState.CHANGED: N_(
        "The inspector signed this mark, but what is on record now is not what was signed. Ask quality assurance."),
    ProofState.VOID: N_("The inspector signed this mark; mark {now} has taken its place since."),
    ProofState.FORGED: N_("The signature does not fit the mark: the code was not made by this depot's inspector."),
    ProofState.UNSIGNED: N_(
        "There is such a mark, but the code shown bears no signature: compare serial number and stamp by eye."),
    ProofState.UNKNOWN: N_("This depot has no such mark. If another depot gave it, ask there."),
}
