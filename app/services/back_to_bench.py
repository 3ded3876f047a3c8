"""The ruling sends a unit back to the bench: decided so, agreed to, or free of charge with approval (spec 1 §3, §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import disposition as rows
from app.persistence import handover_lists, journal
from app.persistence import receiving as receiving_rows
from app.persistence import repair as repair_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import disposition
from app.services.undoing import Way

_CHANGES = Changes.DISPOSITIONS | Changes.CASES | Changes.REPAIRS


@dataclass(frozen=True, slots=True)
class SentToBench:
    """The case is in repair again; the unit is handed over to the repair department."""

    case_id: str
    entry_id: str
    changes: Changes = _CHANGES


def send(depot: Depot, case_id: str) -> SentToBench:
    """Carry out "back to repair": the bench work is open again, and the unit may be handed over to repair.

    Refused: ``disposition.not-ruled``, ``disposition.changed-since``, ``disposition.otherwise``,
    ``disposition.not-referred``.
    """
    depot.require(Action.HAND_OVER)
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        ruled = disposition.required(depot, tx, bench, Outcome.REPAIR)
        stage = after(Step.RULE_REPAIR, bench.case.stage)
        if stage is None:
            raise Refused("disposition.not-referred", number=bench.case.number, stage=bench.case.stage)
        bench_rows.refuse_offered(tx, bench)
        order = bench.order
        repair_rows.reopen_order(tx, case_id)
        receiving_rows.change_case(tx, case_id, stage=stage, result=None)
        disposition.carried_out(tx, case_id)
        entry_id = journal.record(
            tx, "back_to_bench.send", subject_kind="disposition", subject_id=ruled.id, subject_number=ruled.number,
            case_id=case_id, unit_id=bench.unit.id,
            facts={
                "result_before": bench.case.result,
                "finished_before": order.finished_at.isoformat() if order and order.finished_at else None,
            },
        )
    return SentToBench(case_id, entry_id)


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    case = receiving_rows.case(tx, entry.case_id or "")
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if case is None or unit is None:
        return Refused("undo.unknown")
    moved = unit.placed_at > entry.at
    if case.stage is not Stage.IN_REPAIR or moved or unit.place not in {Place.COUNTER, Place.REPAIR}:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    order = repair_rows.order_of_case(tx, case.id)
    if order is not None and order.finished_at is not None:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    offered = handover_lists.candidates(tx, [case.id])[0].offered_in
    return Refused("repair.offered", number=case.number, offer=offered) if offered else None


def _back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    case_id = entry.case_id or ""
    before = entry.facts["result_before"]
    finished = entry.facts["finished_before"]
    receiving_rows.change_case(tx, case_id, stage=Stage.REFERRED, result=before)
    order = repair_rows.order_of_case(tx, case_id)
    if order is not None and finished:
        repair_rows.change_order(tx, order.id, result=before, finished_at=datetime.fromisoformat(str(finished)))
    rows.stand_again(tx, entry.subject_id)
    return _CHANGES


UNDO = {"back_to_bench.send": Way(_back, _objection, Action.HAND_OVER)}
