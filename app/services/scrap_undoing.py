"""How a scrapping is taken back: while the unit stands in zone 4 and nothing was signed for its way there."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import disposition as disposition_rows
from app.persistence import handover as handover_rows
from app.persistence import node
from app.persistence import receiving as receiving_rows
from app.persistence import scrap as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.undoing import Way


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    if "movement" not in entry.facts:
        return Refused("undo.signed-custody", number=entry.subject_number)
    case = receiving_rows.case(tx, entry.case_id or "")
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if rows.get(tx, entry.subject_id) is None or case is None or unit is None:
        return Refused("undo.unknown")
    traveller = receiving_rows.traveller_of_case(tx, case.id)
    filed = traveller is not None and traveller.archived_at is not None
    if case.stage is not Stage.SCRAPPED or unit.place is not Place.ZONE_SCRAP or filed:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    return None


def _back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if unit is None or entry.case_id is None:
        raise LookupError(entry.id)
    receiving_rows.change_case(tx, entry.case_id, stage=Stage(entry.facts["stage_before"]))
    handover_rows.move_unit(
        tx, unit, Place.COUNTER, case_id=entry.case_id, reason="undo", reverses_id=str(entry.facts["movement"])
    )
    rows.change(tx, entry.subject_id, deleted_at=tx.at)
    node.void_documents(tx, [entry.subject_id], "scrap.undone")
    if entry.facts.get("ruling"):
        disposition_rows.stand_again(tx, str(entry.facts["ruling"]))
    return Changes.DISPOSITIONS | Changes.CASES | Changes.UNITS | Changes.DOCUMENTS


def _final(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.signed-custody", number=entry.subject_number)


def _never(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} is never taken back")


UNDO = {
    "scrap.carry_out": Way(_back, _objection, Action.PUT_AWAY),
    "scrap.dispose": Way(_never, _final),
}
