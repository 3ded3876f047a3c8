"""Travellers: every original ends in QA's archive, and no case closes before its own is there (art. 10.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.handover import Item, LineKind
from app.domain.numbering import parse_number
from app.domain.people import Action
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.receiving import Traveller
from app.domain.signing import Signature
from app.domain.stages import Step, after
from app.domain.travellers import CIRCULATED, SETTLED, Shelfmark, TravellerRow
from app.errors import Refused
from app.persistence import handover_lists, journal
from app.persistence import loaners as loaner_rows
from app.persistence import receiving as receiving_rows
from app.persistence import travellers as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import custody, exchange_due
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Filing:
    """Originals to be archived at ``position`` (binder, box, page).

    ``giver`` (who brings them) and ``receiver`` (QA) sign where an original is not with QA yet.
    """

    traveller_ids: tuple[str, ...]
    position: str
    giver: Signature | None = None
    receiver: Signature | None = None


@dataclass(frozen=True, slots=True)
class Archived:
    """Archived originals. ``handover_number``: of those that came to QA now; ``closed``: the cases it closed."""

    numbers: tuple[str, ...]
    handover_number: str
    closed: tuple[str, ...]
    entry_ids: tuple[str, ...]
    changes: Changes = Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS


def archive(depot: Depot, filing: Filing) -> Archived:
    """File originals in QA's archive; cases whose unit has gone its way close.

    Refused: ``travellers.nothing``, ``travellers.position-missing``, ``travellers.under-way``, ``travellers.offered``,
    ``travellers.archived-already``, ``travellers.signatures-missing``, the codes of signing.
    """
    depot.require(Action.ARCHIVE_TRAVELLER)
    if not filing.traveller_ids:
        raise Refused("travellers.nothing", field="traveller")
    if not filing.position.strip():
        raise Refused("travellers.position-missing", field="position")
    with depot.write() as tx:
        chosen = [_ready(tx, traveller_id) for traveller_id in dict.fromkeys(filing.traveller_ids)]
        handover_number = _bring_to_qa(depot, tx, chosen, filing)
        entry_ids, closed = [], []
        for traveller in chosen:
            receiving_rows.change_traveller(
                tx, traveller.id, archived_at=tx.at, archived_by=tx.by, archive_position=filing.position.strip()
            )
            case = receiving_rows.case(tx, traveller.case_id)
            stage = case.stage if case else None
            if close_when_complete(depot, tx, traveller.case_id) and case:
                closed.append(case.number)
            entry_ids.append(
                journal.record(
                    tx, "travellers.archive", subject_kind="traveller", subject_id=traveller.id,
                    subject_number=traveller.number, case_id=traveller.case_id, unit_id=traveller.unit_id,
                    facts={"position": filing.position.strip(), "stage": stage, "handover": handover_number},
                )
            )
    return Archived(tuple(t.number for t in chosen), handover_number, tuple(closed), tuple(entry_ids))


def close_when_complete(depot: Depot, tx: Tx, case_id: str) -> bool:
    """Close the case if its unit has gone its way, its traveller is in the archive and nothing is outstanding.

    Outstanding: a loaner that is out for it, an exchange that was ruled. Inside a running transaction; what is still
    missing closes the case when it comes.
    """
    case = receiving_rows.case(tx, case_id)
    if case is None or case.stage not in SETTLED:
        return False
    traveller = receiving_rows.traveller_of_case(tx, case_id)
    if traveller is not None and traveller.archived_at is None:
        return False
    if loaner_rows.out_numbers(tx, case_id):  # a case never closes while its loaner is out (spec 1 §5)
        return False
    if exchange_due.due(tx, case_id):
        return False
    receiving_rows.change_case(tx, case_id, stage=after(Step.CLOSE, case.stage), closed_at=tx.at)
    journal.record(
        tx, "travellers.close-case", subject_kind="case", subject_id=case.id, subject_number=case.number,
        case_id=case.id, unit_id=case.unit_id, facts={"from": case.stage.value},
    )
    return True


def page(
    depot: Depot, which: Shelfmark, text: str = "", after_row: TravellerRow | None = None, limit: int = 200
) -> Sequence[TravellerRow]:
    """One list of originals: to be archived, under way, or archived."""
    with depot.read() as tx:
        return rows.rows(tx, which, text, after_row, limit)


def count(depot: Depot, which: Shelfmark) -> int:
    """How many originals a list holds."""
    with depot.read() as tx:
        return rows.count(tx, which)


def scanned(depot: Depot, text: str) -> TravellerRow | None:
    """The original whose own number, case number or unit's serial was scanned; the unit's newest visit counts."""
    number = parse_number(text)
    with depot.read() as tx:
        if number is not None:
            found = rows.by_number(tx, str(number))
            if found is not None:
                return found
            case = receiving_rows.case_by_number(tx, str(number))
        else:
            units = receiving_rows.units_with_serial(tx, "".join(text.split()).upper())
            case = receiving_rows.case(tx, units[0].case_id) if units and units[0].case_id else None
        traveller = receiving_rows.traveller_of_case(tx, case.id) if case else None
        return rows.by_id(tx, traveller.id) if traveller else None


def _ready(tx: Tx, traveller_id: str) -> Traveller:
    traveller = receiving_rows.traveller(tx, traveller_id)
    if traveller is None:
        raise LookupError(f"no traveller {traveller_id}")
    if traveller.archived_at is not None:
        raise Refused(
            "travellers.archived-already", field="traveller", number=traveller.number,
            position=traveller.archive_position,
        )
    case = receiving_rows.case(tx, traveller.case_id)
    if case is None or case.stage not in CIRCULATED:
        raise Refused(
            "travellers.under-way", field="traveller", number=traveller.number, stage=case.stage if case else "",
        )
    (candidate,) = handover_lists.candidates(tx, [traveller.case_id])
    if candidate.offered_in:
        raise Refused(
            "travellers.offered", field="traveller", number=traveller.number, offer=candidate.offered_in
        )
    return traveller


def _bring_to_qa(depot: Depot, tx: Tx, chosen: Sequence[Traveller], filing: Filing) -> str:
    """One handover for the originals that are not with QA; returns its number, empty when all are there."""
    elsewhere = [traveller for traveller in chosen if traveller.place is not Place.QA]
    if not elsewhere:
        return ""
    if filing.giver is None or filing.receiver is None:
        raise Refused(
            "travellers.signatures-missing", field="giver", number=elsewhere[0].number, place=elsewhere[0].place
        )
    for place in dict.fromkeys(traveller.place for traveller in elsewhere):
        if CUSTODIAN[place] not in {Custodian.OUTSIDE, Custodian.CARRIER}:
            custody.require_signer(tx, filing.giver, CUSTODIAN[place], "giver")
    custody.require_signer(tx, filing.receiver, Custodian.QA, "receiver")
    items = [Item(LineKind.TRAVELLER, traveller.id, traveller.case_id) for traveller in elsewhere]
    offered, accepted = custody.pass_over(
        depot, tx, elsewhere[0].place, Place.QA, items, filing.giver, filing.receiver
    )
    custody.move_accepted(tx, offered, accepted, Place.QA, known={t.id: t for t in elsewhere})
    return offered.offer.number


def _objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    traveller = receiving_rows.traveller(tx, entry.subject_id)
    if traveller is None or traveller.archived_at != entry.at:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The original is outstanding again (it stays with QA: that custody was signed); a case it closed reopens."""
    receiving_rows.change_traveller(tx, entry.subject_id, archived_at=None, archived_by=None, archive_position="")
    case = receiving_rows.case(tx, entry.case_id or "")
    if case is not None and case.closed_at == entry.at:
        receiving_rows.change_case(tx, case.id, stage=entry.facts["stage"], closed_at=None)
    return Changes.CASES


UNDO = {"travellers.archive": Way(_take_back, _objection, Action.ARCHIVE_TRAVELLER)}
