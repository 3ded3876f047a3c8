"""Sentences about handing over."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "handover.empty": N_("Nothing is to be handed over. Scan at least one unit."),
    "handover.unknown": N_("There is no such handover. Reload the list and choose again."),
    "handover.unknown-case": N_("One of the units is not part of this handover. Reload the list and scan again."),
    "handover.not-found": N_('No unit, case or traveller "{value}" is in the depot. Check the code and scan again.'),
    "handover.already-offered": N_("{serial} is already offered in {offer}. Let the receiver answer, or withdraw it."),
    "handover.elsewhere": N_(
        '{serial} does not stand at "{needed_place}" but at "{place}". Choose the direction that begins there.'),
    "handover.not-released": N_(
        '{serial} ({number}) is not released by an issued plan (art. 10.1); it is "{stage}". Ask the planner to issue '
        "it."),
    "handover.wrong-stage": N_(
        '{serial} ({number}) is "{stage}"; this handover takes units that are "{needed_stage}". Finish the step '
        "before."),
    "handover.traveller-elsewhere": N_(
        'The traveller {traveller} of {serial} is not with the unit but at "{traveller_place}". Bring both together: '
        "they go together (art. 10.1)."),
    "handover.section-open": N_(
        "The factory section of {serial} ({number}) is not complete. Complete it at the bench (art. 10.2)."),
    "handover.not-failed": N_("{serial} ({number}) has not failed its newest inspection. Record the verdict first."),
    "handover.ended": N_("The handover {number} has been answered or withdrawn. Reload the list."),
    "handover.refusal-reason": N_("Say why the unit is refused: choose a reason or type one."),
    "handover.not-yours": N_('{name} does not answer for the department "{department}". Let one of its people sign.'),
    "handover.own-people": N_('This handover is inside the house. Let somebody of "{department}" sign with a PIN.'),
    "handover.changed": N_(
        '{serial} has changed since it was offered in {number}: it is "{stage}" at "{place}". Refuse its line, or '
        "have the offer withdrawn."),
}
