"""The BER calculator: what a repair would cost against what the unit is still worth, written down with its figures."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import repair_value
from app.domain.people import Action, may
from app.domain.repair_value import Basis, Estimate, EstimateRow, Worth
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import bench_tests as rows
from app.persistence import journal
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import parts
from app.services.bench import Bench


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An estimate is on record; ``beyond``: not worth repairing by the limit, which the technician still has to say."""

    case_id: str
    worth: Worth
    entry_id: str
    changes: Changes = Changes.REPAIRS | Changes.DISPOSITIONS


def start(depot: Depot, case_id: str) -> Basis:
    """Price, age, limits, and what the repair order says so far. Refused: ``repair.unknown-case``."""
    with depot.read() as tx:
        return _basis(depot, tx, bench_rows.case_rows(tx, case_id))


def of_case(depot: Depot, case_id: str) -> tuple[EstimateRow, ...]:
    """The estimates of a case, the newest first."""
    with depot.read() as tx:
        return rows.estimates(tx, case_id)


def record(depot: Depot, estimate: Estimate) -> Reckoned:
    """Write an estimate down. It proposes BER; the result of the bench stays the technician's word.

    Refused: ``estimate.*`` of ``domain.repair_value.problems``, ``estimate.not-at-bench``.
    """
    if not may(depot.operator.roles, Action.RULE):
        depot.require(Action.DIAGNOSE)
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, estimate.case_id)
        if bench.case.stage not in {Stage.IN_REPAIR, Stage.REFERRED, Stage.AWAITING_CUSTOMER}:
            raise Refused("estimate.not-at-bench", number=bench.case.number, stage=bench.case.stage)
        on = _basis(depot, tx, bench)
        wrong = repair_value.problems(estimate, on)
        if wrong:
            raise Refused.because(wrong)
        found = repair_value.worth(estimate, on)
        row = EstimateRow(
            tx.new_id(), bench.case.id, estimate.parts_fen, estimate.labour_minutes, on.labour_hour_fen,
            on.replacement_fen, on.age_months, on.yearly_percent, on.floor_percent, on.share_percent, found.value_fen,
            found.limit_fen, found.cost_fen, found.beyond, estimate.note.strip(), on.policy_version, tx.at, tx.by,
            tx.by_name,
        )
        rows.add_estimate(tx, row)
        entry_id = journal.record(
            tx, "estimates.record", subject_kind="estimate", subject_id=row.id, subject_number=bench.case.number,
            case_id=bench.case.id, unit_id=bench.unit.id,
            facts={"cost_fen": found.cost_fen, "limit_fen": found.limit_fen, "value_fen": found.value_fen,
                   "beyond": found.beyond, "note": row.note},
        )
    return Reckoned(bench.case.id, found, entry_id)


def _basis(depot: Depot, tx: Tx, bench: Bench) -> Basis:
    order = bench.order
    cost = sum(part.price_fen * part.quantity for part in parts.parts_cost(tx, order)) if order else 0
    return repair_value.basis(
        bench.case.id, bench.product.replacement_fen, bench.unit.manufactured_on, depot.local_day(tx.at),
        depot.policy(tx), parts_fen=cost, labour_minutes=order.labour_minutes if order else 0,
    )
