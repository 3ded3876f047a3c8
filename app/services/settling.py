"""Row 0 of the rulings: where nobody knows whether the warranty runs, a supervisor settles it with the proof seen."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.disposition import Settlement
from app.domain.people import Action
from app.domain.warranty import WarrantyState
from app.errors import Problem, Refused
from app.persistence import disposition as rows
from app.persistence import journal
from app.persistence import receiving as receiving_rows
from app.services import bench as bench_rows
from app.services import warranty


@dataclass(frozen=True, slots=True)
class Settled:
    """The warranty of a case is settled."""

    case_id: str
    state: WarrantyState
    entry_id: str
    changes: Changes = Changes.DISPOSITIONS | Changes.CASES | Changes.WARRANTY


def settle_warranty(depot: Depot, case_id: str, state: WarrantyState, reason: str, proof: str) -> Settled:
    """Decide for this visit that the unit is in or out of warranty. Only where the record does not say.

    What the record says later outweighs it. Refused: ``disposition.settle-state``, ``disposition.settle-reason``,
    ``disposition.settle-proof`` (in warranty needs a proof), ``disposition.settle-known``, ``repair.unknown-case``.
    """
    depot.require(Action.RULE)
    wrong = settle_problems(state, reason, proof)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        known = warranty.judgement(depot, tx, bench.unit, bench.product, bench.case).period
        if known is not WarrantyState.UNKNOWN:
            raise Refused("disposition.settle-known", number=bench.case.number, state=known)
        row = Settlement(tx.new_id(), case_id, state.value, reason.strip(), proof.strip(), tx.at, tx.by, tx.by_name)
        rows.add_settlement(tx, row)
        receiving_rows.change_case(tx, case_id, warranty=state.value)
        entry_id = journal.record(
            tx, "settling.settle", subject_kind="case", subject_id=case_id, subject_number=bench.case.number,
            case_id=case_id, unit_id=bench.unit.id,
            facts={"state": state.value, "reason": row.reason, "note": row.proof, "before": bench.case.warranty},
        )
    return Settled(case_id, state, entry_id)


def settle_problems(state: WarrantyState | None, reason: str, proof: str) -> list[Problem]:
    """What is wrong with the form, in its order."""
    found = []
    if state not in {WarrantyState.IN, WarrantyState.OUT}:
        found.append(Problem("state", "disposition.settle-state"))
    if not reason.strip():
        found.append(Problem("reason", "disposition.settle-reason"))
    if state is WarrantyState.IN and not proof.strip():
        found.append(Problem("proof", "disposition.settle-proof"))
    return found
