"""A unit that was handed on to another depot is taken back: a slip of the hand, or it came back refused."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.stages import Stage
from app.domain.transfers import TRANSFERRED, Answer
from app.errors import Refused
from app.persistence import chains, node
from app.persistence import handover as handover_rows
from app.persistence import receiving as receiving_rows
from app.persistence import transfers as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import clocks
from app.services.undoing import Way


def _objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """Only while the other depot has not received it, and the unit went nowhere else since."""
    transfer = rows.get(tx, entry.subject_id)
    case = receiving_rows.case(tx, entry.case_id or "")
    last = chains.last_move(tx, entry.unit_id or "")
    if transfer is None or case is None or last is None:
        return Refused("undo.unknown")
    if transfer.answer == Answer.RECEIVED:
        return Refused(
            "transfers.received-there", number=transfer.number, depot=transfer.answered_by,
            case=transfer.answered_number, on=depot.local_day(transfer.answered_at or tx.at),
        )
    if case.outcome != TRANSFERRED or last.id != entry.facts["movement"]:
        return Refused("undo.moved-since", number=case.number)
    return None


def _take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The case goes on where it stopped; unit and traveller stand in zone 1 again."""
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    traveller = receiving_rows.traveller_of_case(tx, entry.case_id or "")
    if unit is None or traveller is None or entry.case_id is None:
        raise LookupError(entry.id)
    receiving_rows.change_case(tx, entry.case_id, stage=Stage.RECEIVED, outcome=None, closed_at=None)
    for accessory in receiving_rows.accessories_of_case(tx, entry.case_id):
        receiving_rows.change_accessory(tx, accessory.id, quantity_out=0)
    handover_rows.move_unit(
        tx, unit, Place.ZONE_PENDING, case_id=entry.case_id, document_number=entry.subject_number, reason="undo",
        reverses_id=str(entry.facts["movement"]),
    )
    handover_rows.move_traveller(
        tx, traveller, Place.ZONE_PENDING, reverses_id=str(entry.facts["traveller_movement"]))
    node.void_document(tx, entry.subject_number, "transfers.taken-back")
    rows.change(tx, entry.subject_id, deleted_at=tx.at)
    clocks.refresh_due(depot, tx, entry.case_id)
    return Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS


def _refusal_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    coming = rows.announced(tx, entry.subject_number)
    if coming is not None and coming.withdrawn is not None:
        return Refused("transfers.withdrawn", number=coming.number, depot=coming.from_depot,
                       on=depot.local_day(coming.withdrawn))
    return None


def _unrefuse(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The unit is coming again."""
    rows.change_receipt(tx, entry.subject_id, deleted_at=tx.at)
    return Changes.CASES | Changes.SYNC


UNDO = {
    "transfers.send": Way(_take_back, _objection, Action.RETURN),
    "transfers.refuse": Way(_unrefuse, _refusal_objection, Action.RECEIVE),
}
