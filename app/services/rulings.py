"""What the rules say of a case: the facts and the history of its serial, put before ``domain.rulings`` (spec 1 §4)."""

from __future__ import annotations

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder
from app.domain.rulings import CaseFacts, Consent, Ruling, UnitHistory, Visit, rule
from app.domain.stages import Stage
from app.domain.visits import same_symptom
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.persistence.transaction import Tx


def history(depot: Depot, tx: Tx, unit: Unit, case: ReturnCase | None) -> UnitHistory:
    """The earlier visits of ``unit`` (before ``case``) at this depot. Those of other depots come with the sync."""
    visits: list[Visit] = []
    before: ReturnCase | None = None
    for visit in _came(tx, unit.id, case):
        visits.append(
            Visit(
                depot.depot_id, visit.number, depot.local_day(visit.received_at or visit.reported_at),
                RepairResult(visit.result) if visit.result else None, _same_fault(visit, before),
            )
        )
        before = visit
    return UnitHistory(tuple(visits), depot.local_day(tx.at))


def _came(tx: Tx, unit_id: str, but: ReturnCase | None) -> list[ReturnCase]:
    """The visits of a unit that really took place, other than ``but``, oldest first."""
    return [
        visit for visit in rows.cases_of_unit(tx, unit_id)
        if visit.stage is not Stage.VOID and visit.received_at is not None and (but is None or visit.id != but.id)
    ]


def _same_fault(case: ReturnCase, before: ReturnCase | None) -> bool | None:
    """Whether ``case`` came with the symptom of the visit ``before``; ``None`` when there was none."""
    if before is None:
        return None
    return same_symptom(case.symptom, before.symptom, case.symptom_code, before.symptom_code)


def facts(
    tx: Tx, case: ReturnCase, order: RepairOrder, period: WarrantyState, result: RepairResult, *, qa_passed: bool
) -> CaseFacts:
    """The facts of ``case`` as the bench left them."""
    consent = Consent.NOT_ASKED
    if repair_rows.has_entry(tx, case.id, "repair.consent"):
        consent = Consent.ACCEPTED
    elif result is RepairResult.DECLINED:
        consent = Consent.DECLINED
    earlier = _came(tx, case.unit_id, case)
    return CaseFacts(
        result, CauseClass(order.cause_class) if order.cause_class else CauseClass.UNDETERMINED, period,
        bool(case.return_needed),
        Responsibility(order.responsibility) if order.responsibility else Responsibility.UNKNOWN,
        same_fault=_same_fault(case, earlier[-1] if earlier else None), qa_passed=qa_passed, consent=consent,
    )


def ruled(
    depot: Depot, tx: Tx, unit: Unit, case: ReturnCase, order: RepairOrder, period: WarrantyState,
    result: RepairResult, *, qa_passed: bool = False,
) -> Ruling | Refused:
    """The ruling on a case with ``result``, or why there is none yet (QA first; the bench goes on)."""
    try:
        return rule(
            facts(tx, case, order, period, result, qa_passed=qa_passed), history(depot, tx, unit, case),
            depot.policy(tx),
        )
    except Refused as refusal:
        return refusal
