"""The bench: take a case, find the fault, do the work, complete the factory section (art. 10.2; spec 1 §3)."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility, attribution_problems
from app.domain.people import Action
from app.domain.repair import (
    Diagnosis,
    Finish,
    RepairAction,
    action_problems,
    diagnosis_problems,
    finish_problems,
)
from app.domain.stages import Stage
from app.domain.warranty import Judgement
from app.errors import Refused
from app.persistence import inspection as inspection_rows
from app.persistence import receiving as receiving_rows
from app.persistence import repair as rows
from app.services import bench as bench_rows
from app.services import verdicts
from app.services.bench import BenchEntry
from app.services.bench_parts import use_part
from app.services.repair_undoing import UNDO
from app.services.warranty import VerdictChange

_CHANGES = Changes.REPAIRS | Changes.CASES


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """The diagnosis is written and the case judged anew; ``change``: the verdict is another than it was."""

    case_id: str
    entry_id: str
    seq: int
    judgement: Judgement
    change: VerdictChange | None = None
    changes: Changes = _CHANGES


# -- steps -------------------------------------------------------------------------------------------------------


def take(depot: Depot, case_id: str, reason: str = "") -> BenchEntry:
    """The operator takes the case to the bench; from a colleague only with a ``reason``.

    Refused: ``repair.not-at-bench``, ``repair.taken`` (by whom), ``repair.already-yours``,
    ``people.repairs-own-inspection``.
    """
    depot.require(Action.DIAGNOSE)
    with depot.write() as tx:
        bench = bench_rows.at_bench(tx, case_id)
        if tx.by in inspection_rows.inspectors(tx, case_id):
            raise Refused("people.repairs-own-inspection", number=bench.case.number)
        order = bench.order
        if order is None:
            order = bench_rows.new_order(tx, bench)
            if not rows.revive_order(tx, order):
                rows.add_order(tx, order)
            before = ""
        elif order.technician_id == tx.by:
            raise Refused("repair.already-yours", number=bench.case.number)
        elif not reason.strip():
            raise Refused("repair.taken", field="reason", number=bench.case.number, name=order.technician_name)
        else:
            before = order.technician_id
            rows.change_order(tx, order.id, technician_id=tx.by, technician_name=tx.by_name)
        receiving_rows.change_case(tx, case_id, technician_id=tx.by)
        entry_id = bench_rows.record(tx, "repair.take", bench, {
            "from": before, "from_name": bench.order.technician_name if bench.order else "", "reason": reason.strip(),
        })
        return BenchEntry(case_id, entry_id, bench_rows.seq_of(tx, case_id))


def diagnose(depot: Depot, diagnosis: Diagnosis) -> Diagnosed:
    """Write symptom, fault, cause and responsibility; the warranty is judged anew and kept on the case.

    Refused: the codes of ``domain.repair.diagnosis_problems``, ``repair.not-yours``, ``repair.finished``,
    ``repair.changed-meanwhile``, ``repair.unknown-code``.
    """
    depot.require(Action.DIAGNOSE)
    wrong = diagnosis_problems(diagnosis)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench, order = bench_rows.working(depot, tx, diagnosis.case_id, diagnosis.seq)
        before, verdict = bench_rows.diagnosis_of(order), verdicts.standing(depot, tx, diagnosis.case_id)
        cause, held = diagnosis.cause_class or CauseClass.UNDETERMINED, diagnosis.responsibility
        values = {
            "confirmed_symptom": diagnosis.confirmed_symptom.strip(), "symptom_code": diagnosis.symptom_code,
            "fault_code": diagnosis.fault_code, "fault": diagnosis.fault.strip(), "cause_class": cause.value,
            "responsibility": (held or Responsibility.UNKNOWN).value, "cause": diagnosis.cause.strip(),
        }
        rows.change_order(tx, order.id, **values, diagnosed_at=tx.at)
        found, change = verdicts.rejudge(depot, tx, bench.case.id, verdict)
        entry_id = bench_rows.record(tx, "repair.diagnose", bench, {
            "before": before, "after": values, "warranty": found.state.value, "warranty_before": bench.case.warranty,
            "policy": bench.case.policy_version, "trace": bench_rows.trace_of(found),
        })
        return Diagnosed(bench.case.id, entry_id, bench_rows.seq_of(tx, bench.case.id), found, change)


def amend_responsibility(
    depot: Depot, case_id: str, cause: CauseClass, responsibility: Responsibility, reason: str
) -> Diagnosed:
    """Settle blame later: amend cause class and responsibility, with the reason, until QA has passed the unit.

    Refused: ``repair.reason-missing``, ``repair.not-diagnosed``, ``repair.blame-settled``, ``codes.blame-contradicts``.
    """
    depot.require(Action.DIAGNOSE)
    if not reason.strip():
        raise Refused("repair.reason-missing", field="reason")
    wrong = attribution_problems(cause, responsibility)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        order = bench.order
        if order is None or order.diagnosed_at is None:
            raise Refused("repair.not-diagnosed", number=bench.case.number)
        if bench.case.stage not in {Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.IN_QA, Stage.REFERRED}:
            raise Refused("repair.blame-settled", number=bench.case.number, stage=bench.case.stage)
        before, verdict = bench_rows.diagnosis_of(order), verdicts.standing(depot, tx, case_id)
        values = {"cause_class": cause.value, "responsibility": responsibility.value}
        rows.change_order(tx, order.id, **values)
        found, change = verdicts.rejudge(depot, tx, case_id, verdict, reason)
        entry_id = bench_rows.record(tx, "repair.amend", bench, {
            "before": before, "after": {**before, **values, "diagnosed": True}, "reason": reason.strip(),
            "warranty": found.state.value, "warranty_before": bench.case.warranty, "trace": bench_rows.trace_of(found),
        })
        return Diagnosed(case_id, entry_id, bench_rows.seq_of(tx, case_id), found, change)


def log_action(depot: Depot, case_id: str, text: str, minutes: int = 0) -> BenchEntry:
    """Write down something done at the bench.

    Refused: ``repair.action-missing``, ``repair.minutes``, ``repair.not-yours``, ``repair.finished``.
    """
    depot.require(Action.REPAIR)
    wrong = action_problems(text, minutes)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench, order = bench_rows.working(depot, tx, case_id)
        done = RepairAction(tx.new_id(), order.id, text.strip(), minutes, tx.at, tx.by, tx.by_name)
        rows.add_action(tx, done)
        facts = {"action": done.id, "text": done.text, "minutes": minutes}
        entry_id = bench_rows.record(tx, "repair.action", bench, facts)
        return BenchEntry(case_id, entry_id, order.seq)


def finish(depot: Depot, finish_: Finish) -> BenchEntry:
    """Complete the factory section: result, resolution, work done, labour (art. 10.2).

    Refused: the codes of ``domain.repair.finish_problems``, ``repair.consent-missing`` (chargeable and the customer
    has not agreed), ``repair.not-yours``, ``repair.finished``, ``repair.changed-meanwhile``.
    """
    depot.require(Action.REPAIR)
    with depot.write() as tx:
        bench, order = bench_rows.working(depot, tx, finish_.case_id, finish_.seq)
        wrong = finish_problems(finish_, order)
        if wrong or finish_.result is None or finish_.resolution is None:
            raise Refused.because(wrong)
        if finish_.result is RepairResult.REPAIRED and bench_rows.needs_consent(tx, bench.case):
            raise Refused("repair.consent-missing", field="result", number=bench.case.number)
        before = {
            "resolution_code": order.resolution_code, "work_done": order.work_done,
            "labour_minutes": order.labour_minutes, "case_result": bench.case.result,
        }
        rows.change_order(
            tx, order.id, resolution_code=finish_.resolution.value, work_done=finish_.work_done.strip(),
            labour_minutes=finish_.labour_minutes, result=finish_.result.value, finished_at=tx.at,
        )
        receiving_rows.change_case(tx, bench.case.id, result=finish_.result.value)
        entry_id = bench_rows.record(tx, "repair.finish", bench, {
            "before": before, "result": finish_.result.value, "resolution": finish_.resolution.value,
            "work": finish_.work_done.strip(), "minutes": finish_.labour_minutes,
        })
        return BenchEntry(bench.case.id, entry_id, bench_rows.seq_of(tx, bench.case.id))


__all__ = [
    "UNDO", "BenchEntry", "Diagnosed", "amend_responsibility", "diagnose", "finish", "log_action", "take", "use_part",
]
