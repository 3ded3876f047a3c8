"""What happened, in words: the title and text of each event of a life-line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.domain.codes import RepairResult
from app.domain.followups import CallResult
from app.domain.handover import RefusalReason
from app.domain.life_line import Event, Move
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.warranty import WarrantyState
from app.domain.warranty_entries import entry_from_dict
from app.i18n import N_, _
from app.labels import label, several
from ui.stages import MOOD_TONE
from ui.tones import Tone
from ui.warranty.words import entry_words
from ui.widgets import LifeEvent

#: The journal's words and what people read.
TITLES: dict[str, str] = {
    "alarms.raise": N_("Quality alarm raised"),
    "alarms.answer": N_("Quality alarm answered by R&D"),
    "alarms.close": N_("Quality alarm closed"),
    "amending.amend": N_("Intake corrected"),
    "approvals.approve": N_("Approved by another person"),
    "approvals.refuse": N_("Approval refused"),
    "approvals.request": N_("Submitted for approval"),
    "determination.determine": N_("R&D has concluded"),
    "determination.give_both": N_("Goes back beside the exchanged unit"),
    "determination.keep": N_("Kept by us"),
    "exchange.came_in": N_("Given in exchange for another unit"),
    "exchange.make": N_("Exchanged"),
    "scrap.carry_out": N_("Scrapped"),
    "scrap.dispose": N_("Left the scrap zone (D) for good"),
    "attachments.attach": N_("Attachment filed"),
    "attachments.remove": N_("Attachment removed"),
    "back_to_bench.send": N_("Sent back to the bench"),
    "disposition.confirm": N_("Ruling confirmed"),
    "disposition.override": N_("Ruled otherwise than the rules"),
    "estimates.record": N_("Cost of the repair estimated"),
    "notices.return-as-is": N_("Put away to be returned as is"),
    "notices.talk": N_("Talk with the customer recorded"),
    "settling.settle": N_("Warranty settled by a supervisor"),
    "soaking.begin": N_("Soak test begun"),
    "soaking.end": N_("Soak test ended"),
    "soaking.plan": N_("Soak test planned"),
    "feedback.amend": N_("Answers of the customer corrected"),
    "feedback.key": N_("Answers of the customer entered"),
    "filing.file": N_("Signed paper filed"),
    "filing.match": N_("Signed paper filed by hand"),
    "filing.waive": N_("Signed paper not awaited any more"),
    "handover.accept": N_("Custody passed on"),
    "handover.offer": N_("Offered for handover"),
    "handover.refuse": N_("Refused at handover"),
    "handover.withdraw": N_("Offer withdrawn"),
    "importing.past": N_("Past return taken over from an old list"),
    "importing.receive": N_("Taken over from a list"),
    "importing.take-back": N_("List taken back"),
    "inspection.alert": N_("Failed several times: supervisor informed"),
    "inspection.fail": N_("Failed in QA"),
    "inspection.mark": N_("QA mark stamped"),
    "inspection.pass": N_("Passed QA"),
    "planning.plan-unit": N_("Put on a repair plan"),
    "planning.release-unit": N_("Released by the plan"),
    "planning.unplan-unit": N_("Taken off the plan"),
    "chase.note": N_("Chased"),
    "quotation.draft": N_("Quotation drafted"),
    "quotation.send": N_("Quotation sent"),
    "quotation.accept": N_("Quotation agreed to"),
    "quotation.decline": N_("Quotation declined"),
    "quotation.withdraw": N_("Quotation withdrawn"),
    "payments.record": N_("Payment recorded"),
    "followups.plan": N_("Follow-up planned"),
    "followups.reach": N_("Follow-up: customer reached"),
    "followups.miss": N_("Follow-up: not reached"),
    "followups.give_up": N_("Follow-up: given up"),
    "followups.drop": N_("Follow-up dropped"),
    "complaints.take": N_("Complaint logged"),
    "complaints.assign": N_("Complaint passed on"),
    "complaints.answer": N_("Complaint answered"),
    "complaints.tell": N_("Result of the complaint told"),
    "complaints.close": N_("Complaint closed"),
    "complaints.reopen": N_("Complaint opened again"),
    "files.set": N_("Product file written"),
    "requests.take": N_("Service request taken"),
    "requests.pass_on": N_("Request passed on"),
    "requests.answer": N_("Request answered"),
    "requests.plan": N_("Solution plan given"),
    "requests.return_unit": N_("Return agreed in a request"),
    "requests.quote": N_("Price of work on site told"),
    "requests.consent": N_("Customer agreed to work on site"),
    "requests.decline": N_("Customer declined work on site"),
    "requests.close": N_("Request closed"),
    "requests.reopen": N_("Request opened again"),
    "requests.swap_sent": N_("Spare sent to the site"),
    "requests.swapped": N_("Spare swapped in"),
    "requests.swap_unused": N_("Spare came back unused"),
    "site_visits.send": N_("Technician sent to the site"),
    "site_visits.finish": N_("Worked on site"),
    "receiving.breach": N_("Found at repair without receipt (breach)"),
    "receiving.found-at-repair": N_("Receipt booked late"),
    "receiving.receive": N_("Received at the counter"),
    "receiving.refuse-line": N_("Refused at the counter"),
    "reporting.cancel": N_("Report cancelled"),
    "reporting.report": N_("Announced by the customer"),
    "repair.action": N_("Work at the bench"),
    "repair.amend": N_("Cause or responsibility changed"),
    "repair.consent": N_("Customer agreed"),
    "repair.decline": N_("Customer declined"),
    "repair.diagnose": N_("Diagnosed"),
    "repair.finish": N_("Factory section completed"),
    "repair.part": N_("Part fitted or removed"),
    "repair.pause": N_("Awaiting customer"),
    "repair.refer": N_("Referred for a ruling"),
    "repair.take": N_("Taken to the bench"),
    "returning.deliver": N_("Delivered to the customer"),
    "returning.pack": N_("Packed for return"),
    "returning.put_away": N_("Put away in its zone"),
    "returning.send": N_("Dispatched"),
    "transfers.send": N_("Handed on to another depot"),
    "transfers.received": N_("Received at the other depot"),
    "transfers.refused": N_("The other depot did not take it"),
    "transfers.unanswered": N_("The other depot took its answer back"),
    "transfers.receive": N_("Came from another depot"),
    "transfers.settle": N_("What the other depot knew was taken over"),
    "emergency.built": N_("Built for an emergency, in the stores"),
    "emergency.request": N_("Production asked to build"),
    "loaners.back": N_("Loaner came back"),
    "loaners.enrol": N_("Became a loaner"),
    "loaners.lend": N_("Lent out as a loaner"),
    "loaners.retire": N_("No loaner any more"),
    "loaners.write-off": N_("Loaner written off"),
    "restock.restock": N_("Went back to the stores"),
    "spares.arrived": N_("The owed unit arrived; it is repaired for the pool"),
    "spares.grade": N_("Condition as a spare noted"),
    "spares.owed": N_("Replaced by a spare: owed to the depot"),
    "spares.release": N_("Reservation as a spare ended"),
    "spares.reserve": N_("Reserved as a spare"),
    "spares.send": N_("Sent to a site as a spare"),
    "spares.swap": N_("Installed at the site; it is the customer's now"),
    "spares.unused": N_("Came back from the site unused"),
    "spares.write-off": N_("Owed unit written off"),
    "storage.put-on-shelf": N_("Put on a shelf"),
    "warranty.enter": N_("Warranty: entry made"),
    "warranty.reverse": N_("Warranty: entry reversed"),
    "warranty.verdict": N_("Warranty: the verdict changed"),
    "travellers.archive": N_("Traveller archived"),
    "travellers.close-case": N_("Case closed"),
}

#: Facts worth a line, in this order; codes are shown by their words.
_TOLD = ("number", "spare", "replaced", "plan", "mark", "result", "reason", "text", "work", "name", "part_no", "who",
         "note", "position", "shelf", "old_serial", "new_serial", "depot")
_CODED: dict[str, tuple[type[StrEnum], ...]] = {"result": (RepairResult, CallResult), "reason": (RefusalReason,)}


def life_event(event: Event, *, visit: str = "") -> LifeEvent:
    """``event`` as the life-line draws it; ``visit`` opens a new chapter."""
    lines = (_path(event.moves), _facts(event.facts))
    return LifeEvent(
        at=event.at, title=_title(event), text="\n".join(line for line in lines if line), who=event.who,
        tone=Tone.MUTE if event.undone else MOOD_TONE[event.mood], visit=visit, key=event.entry_id or None,
    )


def _title(event: Event) -> str:
    action = event.action.removesuffix(".undo")
    title = _(TITLES[action]) if action in TITLES else (action or _("Moved"))
    if event.action.endswith(".undo"):
        return _("Taken back: {step}").format(step=title)
    return _("{step} (taken back)").format(step=title) if event.undone else title


def _path(moves: tuple[Move, ...]) -> str:
    """Where it went: 在途(入) → 待维修产品区 A-01."""
    if not moves:
        return ""
    stops = [_stop(moves[0].from_place, moves[0].from_shelf), *(_stop(m.to_place, m.to_shelf) for m in moves)]
    numbers = " ".join(dict.fromkeys(m.document_number for m in moves if m.document_number))
    return "  ".join(part for part in (" → ".join(stops), numbers) if part)


def _stop(place: Place, shelf: str) -> str:
    return f"{label(place)} {shelf}".rstrip()


def _facts(facts: Mapping[str, Any]) -> str:
    told = list(facts.get("files", ())) if isinstance(facts.get("files"), list) else []
    if isinstance(facts.get("outcomes"), list):
        told.append(several(Outcome(o) for o in facts["outcomes"] if o in set(Outcome)))
    if facts.get("notice"):
        told.append(str(facts["notice"]))
    after = facts.get("after")
    entry = facts.get("entry")
    if isinstance(entry, Mapping) and "entry_id" in entry:
        told.append("  ".join(part for part in entry_words(entry_from_dict(entry)) if part))
    before = facts.get("before")
    if isinstance(before, Mapping) and isinstance(after, Mapping) and "labour" in after:
        told.append(_("{before} → {after}").format(
            before=label(WarrantyState(before["warranty"])), after=label(WarrantyState(after["warranty"]))))
    if isinstance(after, Mapping):
        told += [str(after[name]) for name in ("confirmed_symptom", "fault") if after.get(name)]
    for name in _TOLD:
        value = facts.get(name)
        if value and isinstance(value, str):
            coded = next((words for words in _CODED.get(name, ()) if value in set(words)), None)
            told.append(label(coded(value)) if coded else value)
    return "  ".join(part for part in told if part)
