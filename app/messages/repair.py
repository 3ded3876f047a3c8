"""Sentences about the bench."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "repair.unknown-case": N_('There is no return case "{value}". Reload the list.'),
    "repair.not-at-bench": N_(
        '{number} is not at the bench: it is "{stage}" at "{place}". Have it handed over to the repair department.'),
    "repair.waits-for-customer": N_("{number} waits for the customer's answer. Record the answer before working on."),
    "repair.not-waiting": N_("{number} does not wait for the customer's answer; it is \"{stage}\"."),
    "repair.taken": N_("{name} works on {number}. Type the reason for taking it over."),
    "repair.already-yours": N_("{number} is already yours. Go on with it."),
    "repair.not-taken": N_("Nobody has taken {number} yet. Take it to your bench first."),
    "repair.not-yours": N_("{name} works on {number}. Take it over first, with the reason."),
    "repair.finished": N_(
        "The factory section of {number} is complete. Undo its completion before changing anything."),
    "repair.section-open": N_("The factory section of {number} is not complete. Complete it first (art. 10.2)."),
    "repair.offered": N_("{number} is offered in {offer}. Withdraw the offer first."),
    "repair.changed-meanwhile": N_(
        "{number} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose."),
    "repair.symptom-missing": N_("The confirmed symptom is missing. Write what you saw at the bench."),
    "repair.fault-missing": N_("The fault is missing. Choose a fault code or describe the fault."),
    "repair.cause-missing": N_('The cause is missing. Choose one; "undetermined" is allowed.'),
    "repair.responsibility-missing": N_('The responsibility is missing. Choose one; "not known yet" is allowed.'),
    "repair.reason-missing": N_("The reason is missing. Write why it is changed."),
    "repair.note-missing": N_("What the customer is asked is missing. Write it in a few words."),
    "repair.who-missing": N_("Who answered is missing. Write the name of the person at the customer's."),
    "repair.not-diagnosed": N_("{number} has no diagnosis yet. Enter symptom, fault, cause and responsibility first."),
    "repair.blame-settled": N_('{number} has passed QA ("{stage}"); cause and responsibility are settled.'),
    "repair.action-missing": N_("What was done is missing. Write it in a few words."),
    "repair.minutes": N_("{value} minutes are not possible. Type 0 to {most}."),
    "repair.part-missing": N_("The part is missing. Choose one of the list, or type its number or name."),
    "repair.part-quantity": N_("{value} pieces are not possible. Type 1 to {most}."),
    "repair.part-serials": N_("{value} pieces cannot share one serial number. Enter them one by one."),
    "repair.part-same-serial": N_(
        'The part fitted and the part taken out have the same serial number "{value}". Check both.'),
    "repair.part-no-serial": N_("A key part is followed by its serial number. Scan the serial of the part fitted."),
    "repair.part-no-old-serial": N_(
        "A key part is followed by its serial number. Scan the serial of the part taken out."),
    "repair.old-part-reason": N_("The old part was not handed in. Write in a few words why not."),
    "repair.unknown-part": N_('The part "{value}" is not in the list of parts. Choose another, or type its name.'),
    "repair.result-missing": N_("The result is missing. Choose how the repair ended."),
    "repair.resolution-missing": N_("What was done about the fault is missing. Choose it from the list."),
    "repair.work-missing": N_("The work done is missing. Write what the traveller shall say."),
    "repair.consent-missing": N_(
        "{number} is out of warranty: the repair is chargeable. Record the customer's consent before completing it."),
}
