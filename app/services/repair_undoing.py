"""How the steps of the bench are taken back, for as long as the unit is still at the bench."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.repair import RepairAction, RepairOrder, standing, stock_effect
from app.domain.stages import Stage
from app.domain.stock import MAIN_STORE, PartGrade
from app.errors import Refused
from app.persistence import handover_lists, journal, pauses
from app.persistence import receiving as receiving_rows
from app.persistence import repair as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import clocks, part_ledger, verdicts
from app.services.undoing import Way

_CHANGES = Changes.REPAIRS | Changes.CASES


def _gone_on(tx: Tx, entry: JournalEntry, *, finished: bool = False) -> Refused | None:
    """The objection that the unit left the bench, is offered, or that its factory section is complete."""
    bench = bench_rows.case_rows(tx, entry.case_id or "")
    if bench.case.stage is not Stage.IN_REPAIR or bench.unit.place is not Place.REPAIR:
        return Refused("undo.worked-since", number=entry.subject_number, stage=bench.case.stage)
    offered = handover_lists.candidates(tx, [bench.case.id])[0].offered_in
    if offered:
        return Refused("repair.offered", number=entry.subject_number, offer=offered)
    if bench.order is None or (bench.order.finished_at is not None) is not finished:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _order(tx: Tx, entry: JournalEntry) -> RepairOrder:
    order = rows.order_of_case(tx, entry.case_id or "")
    if order is None:
        raise LookupError(f"no repair order of case {entry.case_id}")
    return order


def _take_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot
    gone = _gone_on(tx, entry)
    if gone is not None:
        return gone
    order = _order(tx, entry)
    worked = order.diagnosed_at is not None or standing(rows.actions(tx, order.id)) or rows.parts(tx, order.id)
    if order.technician_id != entry.actor_id or (worked and not entry.facts["from"]):
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Back to the colleague it was taken from, or to nobody."""
    del depot
    order, before = _order(tx, entry), entry.facts["from"]
    if before:
        rows.change_order(tx, order.id, technician_id=before, technician_name=entry.facts["from_name"])
    else:
        rows.change_order(tx, order.id, deleted_at=tx.at)
    receiving_rows.change_case(tx, order.case_id, technician_id=before or None)
    return _CHANGES


def _diagnosis_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot
    gone = _gone_on(tx, entry)
    if gone is not None:
        return gone
    now, after = bench_rows.diagnosis_of(_order(tx, entry)), entry.facts["after"]
    same = all(now[name] == value for name, value in after.items())
    return None if same else Refused("undo.changed-since", number=entry.subject_number)


def _diagnosis_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    order, verdict = _order(tx, entry), verdicts.standing(depot, tx, entry.case_id or "")
    before: dict[str, Any] = dict(entry.facts["before"])
    diagnosed = before.pop("diagnosed")
    rows.change_order(tx, order.id, **before, diagnosed_at=order.diagnosed_at if diagnosed else None)
    receiving_rows.change_case(tx, order.case_id, warranty=entry.facts["warranty_before"])
    verdicts.rejudge(depot, tx, order.case_id, verdict)
    return _CHANGES


def _bench_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot
    return _gone_on(tx, entry)


def _action_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    order = _order(tx, entry)
    rows.add_action(
        tx,
        RepairAction(
            tx.new_id(), order.id, entry.facts["text"], -int(entry.facts["minutes"]), tx.at, tx.by, tx.by_name,
            entry.facts["action"],
        ),
    )
    return _CHANGES


def _part_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    order, verdict = _order(tx, entry), verdicts.standing(depot, tx, entry.case_id or "")
    used = rows.part(tx, entry.facts["part"])
    if used is None:
        raise LookupError(f"no part entry {entry.facts['part']}")
    rows.take_part_back(tx, used.id)
    booked = entry.facts.get("booked")
    if booked is None:  # of the time when all pieces lay in one place
        moved = stock_effect(used) if used.part_id else 0
        booked = [{"part": used.part_id, "pieces": moved, "place": MAIN_STORE, "grade": PartGrade.NEW.value,
                   "document": order.number}] if moved else []
    part_ledger.take_back(tx, entry, booked)
    if used.key_part:
        verdicts.rejudge(depot, tx, order.case_id, verdict)
    return _CHANGES | Changes.MASTERDATA | Changes.PARTS


def _finish_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot
    return _gone_on(tx, entry, finished=True)


def _finish_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    order = _order(tx, entry)
    before: dict[str, Any] = dict(entry.facts["before"])
    case_result = before.pop("case_result")
    rows.change_order(tx, order.id, **before, result=None, finished_at=None)
    receiving_rows.change_case(tx, order.case_id, result=case_result)
    return _CHANGES


def _referred(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot, tx
    return Refused("undo.referred", number=entry.subject_number)


def _never(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} is never taken back ({depot.operator.login}, {journal.undone_by(tx, entry.id)})")


def _pause_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot
    case = bench_rows.case_rows(tx, entry.case_id or "").case
    if case.stage is not Stage.AWAITING_CUSTOMER or case.paused_at != entry.at:
        return Refused("undo.worked-since", number=entry.subject_number, stage=case.stage)
    return None


def _pause_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The customer was not asked after all: the clock ran on."""
    case_id = entry.case_id or ""
    pauses.drop(tx, case_id)
    receiving_rows.change_case(tx, case_id, stage=Stage.IN_REPAIR, paused_at=None, pause_reason=None)
    clocks.refresh_due(depot, tx, case_id)
    return _CHANGES


UNDO: Mapping[str, Way] = {
    "repair.take": Way(_take_back, _take_objection, Action.DIAGNOSE),
    "repair.diagnose": Way(_diagnosis_back, _diagnosis_objection, Action.DIAGNOSE),
    "repair.amend": Way(_diagnosis_back, _diagnosis_objection, Action.DIAGNOSE),
    "repair.action": Way(_action_back, _bench_objection, Action.REPAIR),
    "repair.part": Way(_part_back, _bench_objection, Action.REPAIR),
    "repair.finish": Way(_finish_back, _finish_objection, Action.REPAIR),
    "repair.pause": Way(_pause_back, _pause_objection, Action.REPAIR),
    "repair.refer": Way(_never, _referred),
}
