"""How putting away and packing are taken back, for as long as the units are still in the house."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import handover as handover_rows
from app.persistence import node, pauses
from app.persistence import receiving as receiving_rows
from app.persistence import returning as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import clocks
from app.services.undoing import Way


def _put_away_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    case = receiving_rows.case(tx, entry.case_id or "")
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if case is None or unit is None:
        return Refused("undo.unknown")
    if case.stage not in {Stage.READY_TO_RETURN, Stage.SPARE} or unit.place.value != entry.facts["to"]:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    packed = rows.shipment_of_case(tx, case.id)
    return Refused("returning.packed-meanwhile", number=case.number, shipment=packed.number) if packed else None


def _put_away_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if unit is None or entry.case_id is None:
        raise LookupError(entry.id)
    receiving_rows.change_case(
        tx, entry.case_id, stage=Stage.PASSED, return_needed=entry.facts["return_needed_before"]
    )
    handover_rows.move_unit(
        tx, unit, Place.COUNTER, case_id=entry.case_id, reason="undo", reverses_id=str(entry.facts["movement"])
    )
    return Changes.UNITS | Changes.CASES


def _pack_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    shipment = rows.shipment(tx, entry.subject_id)
    if shipment is None:
        return Refused("returning.unknown-shipment")
    return Refused("returning.sent-already", number=shipment.number) if shipment.sent_at else None


def _pack_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    for case_id, _unit_id in rows.cases_of_shipment(tx, entry.subject_id):
        for accessory in receiving_rows.accessories_of_case(tx, case_id):
            if accessory.quantity_out:
                receiving_rows.change_accessory(tx, accessory.id, quantity_out=0)
        pauses.drop(tx, case_id)
        receiving_rows.change_case(tx, case_id, paused_at=None, pause_reason=None)
        clocks.refresh_due(depot, tx, case_id)
    node.void_documents(tx, [entry.subject_id], "returning.unpacked")
    rows.unpack(tx, entry.subject_id, tx.at)
    return Changes.CASES | Changes.DOCUMENTS


UNDO = {
    "returning.put_away": Way(_put_away_back, _put_away_objection, Action.PUT_AWAY),
    "returning.pack": Way(_pack_back, _pack_objection, Action.RETURN),
}
