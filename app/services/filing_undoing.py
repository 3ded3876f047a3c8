"""How filing is taken back: the page waits again, its copies leave the cases' files."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.filing import FilingReason, PageState
from app.domain.people import Action
from app.errors import Refused
from app.persistence import attachments as attachment_rows
from app.persistence import filing as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.undoing import Way

_CHANGES = Changes.FEEDBACK | Changes.ATTACHMENTS | Changes.CASES


def _gone(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """A filing that does not stand any more cannot be taken back."""
    if rows.signed(tx, entry.facts["signed"]) is None:
        return Refused("undo.already", number=entry.subject_number)
    return None


def _unfile(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The page waits; a page that a person had filed waits for the reason it had."""
    rows.end_signed(tx, entry.facts["signed"])
    for attachment_id in entry.facts["attachments"]:
        if attachment_rows.get(tx, attachment_id) is not None:
            attachment_rows.end(tx, attachment_id)
    scan = rows.scan(tx, entry.subject_id)
    number, page = entry.facts["before"] if entry.action == "filing.match" else (entry.facts["number"],
                                                                                 entry.facts["page"])
    rows.change_scan(
        tx, entry.subject_id, state=PageState.WAITING, number=number, page=page,
        reason=(scan.reason if scan else None) or FilingReason.TAKEN_BACK, decided_at=None, decided_by=None)
    return _CHANGES


def _unreject(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change_scan(tx, entry.subject_id, state=PageState.WAITING, remark="", decided_at=None, decided_by=None)
    return Changes.FEEDBACK


def _unwaive(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.end_waiver(tx, entry.facts["waiver"])
    return Changes.FEEDBACK


UNDO = {
    "filing.file": Way(_unfile, _gone, Action.ATTACH),
    "filing.match": Way(_unfile, _gone, Action.ATTACH),
    "filing.reject": Way(_unreject, permission=Action.ATTACH),
    "filing.waive": Way(_unwaive, permission=Action.FOLLOW_UP),
}
