"""The verdict on a case, judged anew at each change of what it rests on, until QA has passed the unit (spec 1 §7).

Cause, responsibility, dates of the unit, key parts and the warranty's entries decide. A change is kept in the journal
(``warranty.verdict``: before, after, reason); who told somebody the old one asks ``warranty.changed_since``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.stages import Stage
from app.domain.warranty import Judgement, WarrantyState
from app.errors import Refused
from app.persistence import journal
from app.persistence import receiving as receiving_rows
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import rulings, warranty
from app.services.warranty import VerdictChange

#: Afterwards blame is settled: the verdict stays what it was when QA passed the unit.
OPEN = frozenset({
    Stage.REPORTED, Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED, Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER,
    Stage.IN_QA, Stage.REFERRED,
})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for a case: the warranty, and the rule that rules its result (0: none does yet).

    ``settled``: what a supervisor decided where the record does not say.
    """

    judgement: Judgement
    settled: WarrantyState
    diagnosed: bool
    rule: int
    outcomes: tuple[str, ...]

    @property
    def state(self) -> WarrantyState:
        """Whether the fault is covered, also where only a supervisor could say."""
        return self.settled if self.judgement.state is WarrantyState.UNKNOWN else self.judgement.state

    def as_dict(self) -> dict[str, Any]:
        """What is compared and kept. The first verdict after a diagnosis is no change of an earlier diagnosis."""
        return {
            "warranty": self.state.value, "labour": self.judgement.labour.value, "rule": self.rule,
            "outcomes": list(self.outcomes), "diagnosed": self.diagnosed,
        }


def standing(depot: Depot, tx: Tx, case_id: str) -> Verdict:
    """The verdict on a case as its rows are now. Refused: ``repair.unknown-case``."""
    bench = bench_rows.case_rows(tx, case_id)
    order = bench.order
    judged = warranty.judgement(
        depot, tx, bench.unit, bench.product, bench.case,
        CauseClass(order.cause_class) if order and order.cause_class else None,
        Responsibility(order.responsibility) if order and order.responsibility else None,
    )
    rule = 0
    outcomes: tuple[str, ...] = ()
    period = rulings.period(depot, tx, bench.unit, bench.product, bench.case)
    if order is not None and order.result:
        ruled = rulings.ruled(depot, tx, bench.unit, bench.case, order, period, RepairResult(order.result))
        if not isinstance(ruled, Refused):
            rule, outcomes = ruled.number, tuple(outcome.value for outcome in ruled.outcomes)
    return Verdict(judged, period, bool(order and order.diagnosed_at), rule, outcomes)


def rejudge(
    depot: Depot, tx: Tx, case_id: str, before: Verdict, reason: str = ""
) -> tuple[Judgement, VerdictChange | None]:
    """Judge a case whose rows have changed since ``before``; keep the word on the case and a change in the journal.

    ``reason``: what the person gave for the change, if any.
    """
    case = receiving_rows.case(tx, case_id)
    after = standing(depot, tx, case_id)
    if case is None or case.stage not in OPEN:
        return after.judgement, None
    if after.diagnosed and case.warranty != after.state.value:
        receiving_rows.change_case(tx, case_id, warranty=after.state.value)
    was, is_now = before.as_dict(), after.as_dict()
    if {**was, "diagnosed": True} == {**is_now, "diagnosed": True}:
        return after.judgement, None
    journal.record(
        tx, "warranty.verdict", subject_kind="case", subject_id=case_id, subject_number=case.number, case_id=case_id,
        unit_id=case.unit_id,
        facts={
            "before": was, "after": is_now, "reason": reason.strip(), "policy": depot.policy(tx).version,
            "trace": bench_rows.trace_of(after.judgement),
        },
    )
    return after.judgement, VerdictChange(
        tx.at.astimezone(depot.zone), tx.by_name, reason.strip(), before.state, after.state,
        before.rule, after.rule, before.outcomes, after.outcomes,
    )


def of_unit(tx: Tx, unit_id: str) -> str | None:
    """The case of a unit whose verdict may still change."""
    case = receiving_rows.open_case_of_unit(tx, unit_id)
    return case.id if case is not None and case.stage in OPEN else None


__all__ = ["OPEN", "Verdict", "VerdictChange", "of_unit", "rejudge", "standing"]
