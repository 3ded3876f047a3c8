"""How a ruling is taken back, for as long as nothing of it has been carried out or asked for."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.approvals import ApprovalKind
from app.domain.disposition import Ended
from app.domain.people import Action
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import approvals, node
from app.persistence import disposition as rows
from app.persistence import handover as handover_rows
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.undoing import Way


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    ruled = rows.by_id(tx, entry.subject_id)
    case = receiving_rows.case(tx, entry.case_id or "")
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if ruled is None or case is None or unit is None:
        return Refused("undo.unknown")
    if ruled.ended_at is not None or case.stage is not Stage.REFERRED:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    asked = approvals.of_subject(tx, case.id, ApprovalKind.SCRAP)
    if asked is not None and asked.approved is not False and asked.requested_at >= ruled.decided_at:
        name = asked.decided_by_name if asked.approved else asked.requested_by_name
        return Refused("disposition.scrap-approved" if asked.approved else "disposition.scrap-asked",
                       number=case.number, name=name)
    if "movement" in entry.facts and unit.place is not Place.COUNTER:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    return None


def _back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    case_id = entry.case_id or ""
    rows.end(tx, entry.subject_id, Ended.UNDONE)
    node.void_documents(tx, [entry.subject_id], "disposition.undone")
    receiving_rows.change_case(tx, case_id, outcome=entry.facts.get("outcome_before"))
    if "movement" not in entry.facts:
        return Changes.DISPOSITIONS | Changes.CASES | Changes.DOCUMENTS
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if unit is None:
        raise LookupError(entry.id)
    receiving_rows.change_case(tx, case_id, stage=Stage.RECEIVED)
    handover_rows.move_unit(
        tx, unit, Place.ZONE_PENDING, case_id=case_id, reason="undo", reverses_id=str(entry.facts["movement"])
    )
    traveller = receiving_rows.traveller_of_case(tx, case_id)
    if traveller is not None and "traveller_movement" in entry.facts:
        handover_rows.move_traveller(
            tx, traveller, Place.ZONE_PENDING, reason="undo", reverses_id=str(entry.facts["traveller_movement"])
        )
    return Changes.DISPOSITIONS | Changes.CASES | Changes.DOCUMENTS | Changes.UNITS


UNDO = {
    "disposition.confirm": Way(_back, _objection, Action.RULE),
    "disposition.override": Way(_back, _objection, Action.OVERRIDE),
}
