"""What the handover page asks of the record: what can go, what waits for an answer, what was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.handover import (
    Candidate,
    Direction,
    HandoverCase,
    HandoverHead,
    LineKind,
    ReceiptKind,
    RefusalReason,
    Route,
    Verdict,
)
from app.domain.inspection import SheetVerdict
from app.domain.stages import Stage
from app.persistence.offers import due, due_after, ended_line, open_offer_number
from app.persistence.tables import (
    customers,
    handover_lines,
    handover_receipts,
    handover_verdicts,
    handovers,
    inspections,
    plan_allocations,
    plans,
    products,
    repair_orders,
    return_cases,
    travellers,
    units,
)
from app.persistence.transaction import Tx

#: Cases at these stages can be in an open offer; they are work in hand, so few whatever the history.
_OFFERABLE = (Stage.RELEASED, Stage.IN_REPAIR, Stage.REFERRED, Stage.IN_QA, Stage.PASSED)


def ready(
    tx: Tx, route: Route, *, limit: int, after: tuple[date | None, str] | None = None
) -> tuple[Candidate, ...]:
    """What could be offered on ``route``, the earliest due first; ``after`` is (due date, case id) of the last one."""
    statement = _candidates(tx).where(*_may_go(tx, route))
    if after is not None:
        statement = statement.where(due_after(after))
    rows = tx.execute(statement.order_by(due(), return_cases.c.id).limit(limit))
    return tuple(_candidate(row) for row in rows)


def count_ready(tx: Tx, route: Route, *, unoffered: bool = False) -> int:
    """How many cases could be offered on ``route``; ``unoffered``: without those that an open offer holds already."""
    statement = (
        select(func.count())
        .select_from(_work())
        .where(return_cases.c.depot_id == tx.depot_id, *_may_go(tx, route))
    )
    if unoffered:
        statement = statement.where(open_offer_number().is_(None))
    return int(tx.scalar(statement))


def candidates(tx: Tx, case_ids: Sequence[str]) -> tuple[Candidate, ...]:
    """The given cases as the handover sees them, in the order given; unknown ids are left out."""
    found: dict[str, Candidate] = {}
    for start in range(0, len(case_ids), 500):
        part = list(case_ids[start:start + 500])
        for row in tx.execute(_candidates(tx).where(return_cases.c.id.in_(part))):
            found[row.case_id] = _candidate(row)
    return tuple(found[case_id] for case_id in case_ids if case_id in found)


def by_code(tx: Tx, code: str) -> tuple[Candidate, ...]:
    """The open cases that a scanned code may mean: a serial, a case number, a traveller's number."""
    unit_ids = select(units.c.id).where(units.c.depot_id == tx.depot_id, units.c.serial == code)
    traveller_cases = select(travellers.c.case_id).where(
        travellers.c.depot_id == tx.depot_id, travellers.c.number == code
    )
    rows = tx.execute(
        _candidates(tx).where(
            return_cases.c.stage.notin_((Stage.CLOSED, Stage.VOID)),
            or_(
                return_cases.c.unit_id.in_(unit_ids), return_cases.c.number == code,
                return_cases.c.id.in_(traveller_cases),
            ),
        )
    )
    return tuple(_candidate(row) for row in rows)


def _waiting_offers(tx: Tx) -> Select[Any]:
    """The ids of the offers that wait for an answer."""
    return (
        select(handover_lines.c.handover_id)
        .select_from(
            return_cases.join(
                handover_lines,
                and_(
                    handover_lines.c.depot_id == return_cases.c.depot_id,
                    handover_lines.c.unit_id == return_cases.c.unit_id,
                    handover_lines.c.case_id == return_cases.c.id,
                ),
            )
        )
        .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.stage.in_(_OFFERABLE), ~ended_line())
        .distinct()
    )


def count_open_offers(tx: Tx) -> int:
    """How many offers wait for an answer."""
    return int(tx.scalar(select(func.count()).select_from(_waiting_offers(tx).subquery())))


def open_offers(tx: Tx) -> tuple[HandoverHead, ...]:
    """The offers that wait for an answer, the oldest first."""
    ids = [row.handover_id for row in tx.execute(_waiting_offers(tx))]
    rows = tx.execute(_heads(tx).where(handovers.c.id.in_(ids)).order_by(handovers.c.at, handovers.c.id)) if ids else ()
    return tuple(_head(row) for row in rows)


def heads(
    tx: Tx, *, limit: int, after: tuple[datetime, str] | None = None
) -> tuple[HandoverHead, ...]:
    """Every handover, the newest first; ``after`` is (when, id) of the last one shown."""
    statement = _heads(tx)
    if after is not None:
        statement = statement.where(
            or_(handovers.c.at < after[0], and_(handovers.c.at == after[0], handovers.c.id < after[1]))
        )
    rows = tx.execute(statement.order_by(handovers.c.at.desc(), handovers.c.id.desc()).limit(limit))
    return tuple(_head(row) for row in rows)


def head(tx: Tx, handover_id: str) -> HandoverHead | None:
    """One handover as the lists show it."""
    row = tx.execute(_heads(tx).where(handovers.c.id == handover_id)).one_or_none()
    return None if row is None else _head(row)


def id_by_number(tx: Tx, number: str) -> str | None:
    """The handover with the document number ``number``."""
    found: str | None = tx.scalar(
        select(handovers.c.id).where(handovers.c.depot_id == tx.depot_id, handovers.c.number == number)
    )
    return found


def cases_of(tx: Tx, handover_id: str) -> tuple[HandoverCase, ...]:
    """What a handover is about, in the order of its lines, one row per unit (or per traveller that goes alone)."""
    line = handover_lines.alias("line")
    paper = handover_lines.alias("paper")
    with_unit = and_(
        paper.c.depot_id == line.c.depot_id, paper.c.handover_id == line.c.handover_id,
        paper.c.case_id == line.c.case_id, paper.c.kind == LineKind.TRAVELLER.value,
    )
    statement = (
        select(
            line.c.case_id, return_cases.c.number.label("case_number"), units.c.id.label("unit_id"), units.c.serial,
            products.c.model, products.c.name_zh.label("product_zh"), products.c.name_en.label("product_en"),
            customers.c.name.label("customer"), travellers.c.number.label("traveller_number"),
            handover_verdicts.c.verdict, handover_verdicts.c.reason_code, handover_verdicts.c.reason,
        )
        .select_from(
            line.join(units, and_(units.c.depot_id == line.c.depot_id, units.c.id == line.c.unit_id))
            .join(
                return_cases,
                and_(return_cases.c.depot_id == line.c.depot_id, return_cases.c.id == line.c.case_id),
            )
            .join(products, products.c.id == units.c.product_id)
            .outerjoin(customers, customers.c.id == return_cases.c.customer_id)
            .outerjoin(paper, with_unit)
            .outerjoin(
                travellers,
                and_(travellers.c.depot_id == paper.c.depot_id, travellers.c.id == paper.c.traveller_id),
            )
            .outerjoin(
                handover_verdicts,
                and_(handover_verdicts.c.depot_id == line.c.depot_id, handover_verdicts.c.line_id == line.c.id),
            )
        )
        .where(
            line.c.depot_id == tx.depot_id, line.c.handover_id == handover_id, line.c.kind == LineKind.UNIT.value
        )
        .order_by(line.c.ordinal)
    )
    return tuple(
        HandoverCase(
            row.case_id, row.case_number, row.unit_id, row.serial, row.model, row.product_zh, row.product_en,
            row.customer or "", row.traveller_number or "", Verdict(row.verdict) if row.verdict else None,
            RefusalReason(row.reason_code) if row.reason_code else None, row.reason or "",
        )
        for row in tx.execute(statement)
    )


def _work() -> Any:
    """Cases with their units, travellers and bench work."""
    return (
        return_cases.join(
            units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id)
        )
        .outerjoin(
            travellers,
            and_(
                travellers.c.depot_id == return_cases.c.depot_id, travellers.c.case_id == return_cases.c.id,
                travellers.c.deleted_at.is_(None),
            ),
        )
        .outerjoin(
            repair_orders,
            and_(
                repair_orders.c.depot_id == return_cases.c.depot_id, repair_orders.c.case_id == return_cases.c.id,
                repair_orders.c.deleted_at.is_(None),
            ),
        )
    )


def _last_verdict() -> Any:
    """The verdict of the newest run since the unit stands where it stands; one from before says nothing of now."""
    run = inspections.alias("run")
    return (
        select(run.c.verdict)
        .where(
            run.c.depot_id == return_cases.c.depot_id, run.c.case_id == return_cases.c.id,
            run.c.at >= units.c.placed_at,
        )
        .order_by(run.c.run_no.desc())
        .limit(1)
        .correlate(return_cases, units)
        .scalar_subquery()
    )


def _plan_number() -> Any:
    return (
        select(plans.c.number)
        .select_from(
            plan_allocations.join(
                plans,
                and_(plans.c.depot_id == plan_allocations.c.depot_id, plans.c.id == plan_allocations.c.plan_id),
            )
        )
        .where(
            plan_allocations.c.depot_id == return_cases.c.depot_id, plan_allocations.c.case_id == return_cases.c.id,
            plan_allocations.c.deleted_at.is_(None), plan_allocations.c.released_at.is_not(None),
        )
        .order_by(plan_allocations.c.released_at.desc())
        .limit(1)
        .correlate(return_cases)
        .scalar_subquery()
    )


def _may_go(tx: Tx, route: Route) -> list[Any]:
    where = [
        return_cases.c.depot_id == tx.depot_id, return_cases.c.stage == route.stage,
        units.c.place == route.from_place,
    ]
    if route.direction is Direction.TO_QA:
        where.append(repair_orders.c.finished_at.is_not(None))
    if route.direction is Direction.BACK_TO_REPAIR:
        where.append(_last_verdict() == SheetVerdict.FAILED.value)
    return where


def _candidates(tx: Tx) -> Select[Any]:
    return (
        select(
            return_cases.c.id.label("case_id"), return_cases.c.number.label("case_number"), return_cases.c.stage,
            return_cases.c.due_on, return_cases.c.paused_at, return_cases.c.urgency, units.c.id.label("unit_id"),
            units.c.serial, units.c.place, units.c.placed_at, products.c.model, products.c.name_zh.label("product_zh"),
            products.c.name_en.label("product_en"), customers.c.name.label("customer"),
            travellers.c.id.label("traveller_id"), travellers.c.number.label("traveller_number"),
            travellers.c.place.label("traveller_place"), travellers.c.archived_at, repair_orders.c.finished_at,
            _last_verdict().label("last_verdict"), _plan_number().label("plan_number"),
            open_offer_number().label("offered_in"),
        )
        .select_from(
            _work()
            .join(products, products.c.id == return_cases.c.product_id)
            .outerjoin(customers, customers.c.id == return_cases.c.customer_id)
        )
        .where(return_cases.c.depot_id == tx.depot_id)
    )


def _candidate(row: Any) -> Candidate:
    return Candidate(
        row.case_id, row.case_number, row.stage, row.due_on, row.paused_at, row.urgency, row.unit_id, row.serial,
        row.place, row.placed_at, row.model, row.product_zh, row.product_en, row.customer or "", row.traveller_id,
        row.traveller_number or "", row.traveller_place, row.finished_at is not None,
        row.last_verdict == SheetVerdict.FAILED.value, row.plan_number or "", row.offered_in or "",
        row.archived_at is not None,
    )


def _heads(tx: Tx) -> Select[Any]:
    line = handover_lines.alias("counted")
    verdict = handover_verdicts.alias("said")
    of_this = (
        line.c.depot_id == handovers.c.depot_id, line.c.handover_id == handovers.c.id,
        line.c.kind == LineKind.UNIT.value,
    )
    counted = select(func.count()).select_from(line).where(*of_this).correlate(handovers).scalar_subquery()
    refused = (
        select(func.count())
        .select_from(
            line.join(verdict, and_(verdict.c.depot_id == line.c.depot_id, verdict.c.line_id == line.c.id))
        )
        .where(*of_this, verdict.c.verdict == Verdict.REFUSED.value)
        .correlate(handovers)
        .scalar_subquery()
    )
    return (
        select(
            handovers.c.id, handovers.c.number, handovers.c.from_place, handovers.c.to_place, handovers.c.giver_name,
            handovers.c.note, handovers.c.at, handovers.c.by, handover_receipts.c.receiver_name,
            handover_receipts.c.kind, handover_receipts.c.at.label("ended_at"), counted.label("units"),
            refused.label("refused"),
        )
        .select_from(
            handovers.outerjoin(
                handover_receipts,
                and_(
                    handover_receipts.c.depot_id == handovers.c.depot_id,
                    handover_receipts.c.handover_id == handovers.c.id,
                ),
            )
        )
        .where(handovers.c.depot_id == tx.depot_id)
    )


def _head(row: Any) -> HandoverHead:
    return HandoverHead(
        row.id, row.number, row.from_place, row.to_place, row.giver_name, row.note, row.at, row.by,
        row.receiver_name or "", ReceiptKind(row.kind) if row.kind else None, row.ended_at, row.units, row.refused,
    )
