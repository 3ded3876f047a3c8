"""Sentences about travellers and their archive."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "travellers.nothing": N_("No traveller was scanned yet. Scan the number at the top of the form."),
    "travellers.position-missing": N_(
        "The place in the archive is missing. Write binder and page, such as 2026-11/37."),
    "travellers.under-way": N_(
        "Traveller {number} still goes with its unit (case: {stage}). It is archived when its circulation is over."),
    "travellers.offered": N_(
        "Traveller {number} is in handover {offer}, which waits for its receiver. Have that answered or withdrawn first."),
    "travellers.archived-already": N_("Traveller {number} is in the archive already, at {position}."),
    "travellers.signatures-missing": N_(
        'Traveller {number} is at "{place}", not with QA. Whoever brings it and the inspector sign for it.'),
}
