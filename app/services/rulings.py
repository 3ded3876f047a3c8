"""What the rules say of a case: the facts and the history of its serial, put before ``domain.rulings`` (spec 1 §4)."""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.approvals import ApprovalKind
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.disposition import VisitLine, Wish
from app.domain.masterdata import Product
from app.domain.policy import PolicySnapshot
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder
from app.domain.rulings import CaseFacts, Consent, Ruling, UnitHistory, Visit, at_intake, rule, which_failed
from app.domain.visits import same_symptom
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.persistence import approvals
from app.persistence import disposition as disposition_rows
from app.persistence import repair as repair_rows
from app.persistence import rulings as rows
from app.persistence.rulings import Came
from app.persistence.transaction import Tx
from app.services import warranty


def history(depot: Depot, tx: Tx, unit: Unit, case: ReturnCase | None) -> UnitHistory:
    """The visits of ``unit`` before ``case``, at every depot whose rows are here (those of others come by the sync)."""
    visits: list[Visit] = []
    before: Came | None = None
    for visit in _earlier(tx, unit, case):
        visits.append(
            Visit(
                visit.depot, visit.number, depot.local_day(visit.received_at),
                RepairResult(visit.result) if visit.result else None, _same_fault(visit, before),
            )
        )
        before = visit
    return UnitHistory(tuple(visits), depot.local_day(tx.at))


def _earlier(tx: Tx, unit: Unit, but: ReturnCase | None) -> list[Came]:
    """The visits of a unit that really took place, other than ``but``, oldest first."""
    return [
        visit for visit in rows.came(tx, unit)
        if but is None or (visit.depot, visit.id) != (tx.depot_id, but.id)
    ]


def _same_fault(case: ReturnCase | Came, before: Came | None) -> bool | None:
    """Whether ``case`` came with the symptom of the visit ``before``; ``None`` when there was none."""
    if before is None:
        return None
    return same_symptom(case.symptom, before.symptom, case.symptom_code, before.symptom_code)


def period(depot: Depot, tx: Tx, unit: Unit, product: Product, case: ReturnCase) -> WarrantyState:
    """The warranty by the calendar on the day of receipt; where the record does not say, as a supervisor settled it."""
    found = warranty.judgement(depot, tx, unit, product, case).period
    if found is WarrantyState.UNKNOWN:
        settled = disposition_rows.settlement(tx, case.id)
        return WarrantyState(settled.state) if settled else found
    return found


def facts(
    tx: Tx, unit: Unit, case: ReturnCase, order: RepairOrder, period: WarrantyState, result: RepairResult, *,
    qa_passed: bool,
) -> CaseFacts:
    """The facts of ``case`` as the bench left them."""
    consent = Consent.NOT_ASKED
    if repair_rows.has_entry(tx, case.id, "repair.consent"):
        consent = Consent.ACCEPTED
    elif result is RepairResult.DECLINED:
        consent = Consent.DECLINED
    earlier = _earlier(tx, unit, case)
    free = approvals.of_subject(tx, case.id, ApprovalKind.FREE_SERVICE)
    wishes = {talk.wish for talk in disposition_rows.talks(tx, case.id)[:1]}
    return CaseFacts(
        result, CauseClass(order.cause_class) if order.cause_class else CauseClass.UNDETERMINED, period,
        bool(case.return_needed),
        Responsibility(order.responsibility) if order.responsibility else Responsibility.UNKNOWN,
        same_fault=_same_fault(case, earlier[-1] if earlier else None), qa_passed=qa_passed, consent=consent,
        wants_both=Wish.BOTH.value in wishes, wants_scrap=Wish.SCRAP.value in wishes,
        free_approved=free is not None and free.approved is True,
    )


def ruled(
    depot: Depot, tx: Tx, unit: Unit, case: ReturnCase, order: RepairOrder, period: WarrantyState,
    result: RepairResult, *, qa_passed: bool = False, on: date | None = None, policy: PolicySnapshot | None = None,
) -> Ruling | Refused:
    """The ruling on a case with ``result``, or why there is none yet (QA first; the bench goes on).

    ``on``: by the policy of that day (default: today's); ``policy``: by one that is only rehearsed.
    """
    try:
        return rule(
            facts(tx, unit, case, order, period, result, qa_passed=qa_passed), history(depot, tx, unit, case),
            policy or depot.policy(tx, on),
        )
    except Refused as refusal:
        return refusal


def intake_ruling(
    depot: Depot, tx: Tx, unit: Unit, product: Product, case: ReturnCase, on: date | None = None,
    policy: PolicySnapshot | None = None,
) -> Ruling | None:
    """What the rules offer because the serial used up a limit on earlier visits; ``None``: nothing is used up.

    ``policy``: as :func:`ruled`.
    """
    earlier = _earlier(tx, unit, case)
    same = _same_fault(case, earlier[-1] if earlier else None)
    return at_intake(
        history(depot, tx, unit, case), period(depot, tx, unit, product, case), policy or depot.policy(tx, on),
        same_fault=bool(same), return_needed=bool(case.return_needed),
    )


def visit_lines(depot: Depot, tx: Tx, unit: Unit, case: ReturnCase) -> tuple[VisitLine, ...]:
    """Every visit of the serial at all depots, oldest first, ``case`` last, and what each counts as."""
    earlier = _earlier(tx, unit, case)
    same = _same_fault(case, earlier[-1] if earlier else None)
    failed = which_failed(history(depot, tx, unit, case).in_order(), same)
    lines = [
        VisitLine(
            visit.depot, visit.number, depot.local_day(visit.received_at), visit.symptom, visit.result or "",
            visit.outcome or "", "NFF" if visit.result == RepairResult.NFF else ("FAILED" if bad else ""),
        )
        for visit, bad in zip(earlier, failed, strict=True)
    ]
    counted = {RepairResult.NFF: "NFF", RepairResult.FAULT_REMAINS: "FAILED", RepairResult.IRREPARABLE: "FAILED"}
    this = counted.get(RepairResult(case.result), "") if case.result else ""
    came = depot.local_day(case.received_at or case.reported_at)
    return (
        *lines,
        VisitLine(depot.depot_id, case.number, came, case.symptom, case.result or "", "", this, this=True),
    )
