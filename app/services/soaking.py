"""The soak test of a unit in which no fault was found: its plan, its beginning, its end (spec 1 §4)."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import soaking as rules
from app.domain.codes import CauseClass, RepairResult
from app.domain.inspection_runs import soak_needed
from app.domain.people import Action, may
from app.domain.policy_values import PolicyName
from app.domain.soaking import SoakEnd, SoakPlan, SoakTest
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import bench_tests as rows
from app.persistence import journal
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services.bench import Bench
from app.services.undoing import Way

_CHANGES = Changes.REPAIRS | Changes.INSPECTIONS


@dataclass(frozen=True, slots=True)
class Soaked:
    """A step of a soak test is on record."""

    case_id: str
    soak_id: str
    entry_id: str
    changes: Changes = _CHANGES


def proposal(depot: Depot, case_id: str) -> SoakPlan:
    """The plan of the product, else the policy's hours. Refused: ``repair.unknown-case``."""
    with depot.read() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        hours = depot.policy(tx).whole(PolicyName.SOAK_HOURS)
        minutes = soak_needed(RepairResult.NFF.value, bench.product.soak_minutes, hours)
        return SoakPlan(case_id, minutes, bench.product.soak_cycles, bench.product.soak_plan)


def of_case(depot: Depot, case_id: str) -> SoakTest | None:
    """The soak test of a case, its moments in the depot's time; ``None``: none is planned."""
    with depot.read() as tx:
        return rows.soak(tx, case_id)


def plan(depot: Depot, wanted: SoakPlan) -> Soaked:
    """Plan the soak test; a plan that has not begun is replaced.

    Refused: ``soak.minutes``, ``soak.cycles``, ``soak.not-nff``, ``soak.running``, ``soak.not-here``.
    """
    _require(depot)
    wrong = rules.plan_problems(wanted)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench = _here(tx, wanted.case_id)
        before = rows.soak(tx, wanted.case_id)
        if before is not None and before.started_at is not None and before.ended_at is None:
            raise Refused("soak.running", number=bench.case.number)
        if before is not None and before.started_at is None:
            rows.change_soak(tx, before.id, deleted_at=tx.at)
        row = SoakTest(
            tx.new_id(), wanted.case_id, wanted.minutes, wanted.cycles, wanted.plan.strip(), tx.at, tx.by, None, None,
            None, None, None, None, "",
        )
        rows.add_soak(tx, row)
        return _record(tx, "soaking.plan", bench, row.id, {"minutes": wanted.minutes, "text": wanted.plan.strip()})


def begin(depot: Depot, case_id: str) -> Soaked:
    """The unit goes under test. Refused: ``soak.no-plan``, ``soak.running``, ``soak.not-here``."""
    _require(depot)
    with depot.write() as tx:
        bench, test = _planned(tx, case_id)
        if test.started_at is not None:
            raise Refused("soak.running", number=bench.case.number)
        rows.change_soak(tx, test.id, started_at=tx.at, started_by=tx.by)
        return _record(tx, "soaking.begin", bench, test.id, {})


def end(depot: Depot, ended: SoakEnd) -> Soaked:
    """The test is over, with what was observed. Time and cycles must be run unless a fault showed.

    Refused: ``soak.no-plan``, ``soak.not-begun``, the codes of ``domain.soaking.end_problems``.
    """
    _require(depot)
    with depot.write() as tx:
        bench, test = _planned(tx, ended.case_id)
        if test.started_at is None or test.ended_at is not None:
            raise Refused("soak.not-begun", number=bench.case.number)
        wrong = rules.end_problems(ended, test, tx.at)
        if wrong:
            raise Refused.because(wrong)
        rows.change_soak(
            tx, test.id, ended_at=tx.at, ended_by=tx.by, cycles_done=ended.cycles_done, fault_seen=ended.fault_seen,
            observed=ended.observed.strip(),
        )
        facts = {"text": ended.observed.strip(), "fault_seen": ended.fault_seen}
        return _record(tx, "soaking.end", bench, test.id, facts)


def refuse_open(tx: Tx, case_id: str, number: str) -> None:
    """Refuse with ``soak.not-done`` or ``soak.fault-seen`` while a planned soak test stops QA from passing the unit."""
    code = rules.blocks_pass(rows.soak(tx, case_id))
    if code:
        raise Refused(code, number=number)


def _require(depot: Depot) -> None:
    """Whoever repairs or inspects may run a soak test."""
    if not may(depot.operator.roles, Action.INSPECT):
        depot.require(Action.REPAIR)


def _here(tx: Tx, case_id: str) -> Bench:
    bench = bench_rows.case_rows(tx, case_id)
    if bench.case.stage not in {Stage.IN_REPAIR, Stage.IN_QA}:
        raise Refused("soak.not-here", number=bench.case.number, stage=bench.case.stage)
    order = bench.order
    nff = order is not None and (order.cause_class == CauseClass.NFF or order.result == RepairResult.NFF)
    if not nff:
        raise Refused("soak.not-nff", number=bench.case.number)
    return bench


def _planned(tx: Tx, case_id: str) -> tuple[Bench, SoakTest]:
    bench = _here(tx, case_id)
    test = rows.soak(tx, case_id)
    if test is None:
        raise Refused("soak.no-plan", number=bench.case.number)
    return bench, test


def _record(tx: Tx, action: str, bench: Bench, soak_id: str, facts: dict[str, object]) -> Soaked:
    entry_id = journal.record(
        tx, action, subject_kind="soak", subject_id=soak_id, subject_number=bench.case.number, case_id=bench.case.id,
        unit_id=bench.unit.id, facts=facts,
    )
    return Soaked(bench.case.id, soak_id, entry_id)


def _plan_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    test = rows.soak(tx, entry.case_id or "")
    if test is None or test.id != entry.subject_id or test.started_at is not None:
        return Refused("soak.running", number=entry.subject_number)
    return None


def _unplan(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change_soak(tx, entry.subject_id, deleted_at=tx.at)
    return _CHANGES


UNDO = {"soaking.plan": Way(_unplan, _plan_objection, Action.REPAIR)}
