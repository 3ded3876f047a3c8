"""Quotations with their lines, what was paid, and the three lists of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.quotation import LineKind, Payment, Quotation, QuotationState, QuoteLine, QuoteRow
from app.domain.stages import Stage
from app.domain.tariffs import RateClass
from app.domain.warranty import WarrantyState
from app.persistence.tables import (
    customers,
    payments,
    products,
    quotation_lines,
    quotations,
    repair_orders,
    return_cases,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_q, _case = quotations.c, return_cases.c


def add(tx: Tx, quotation: Quotation, lines: Sequence[QuoteLine]) -> None:
    """Enter a quotation with its lines."""
    tx.insert(quotations, {**as_row(quotation, without=["seq"]), "state": quotation.state.value,
                           "region": quotation.region.value, "tariff": dict(quotation.tariff)})
    _add_lines(tx, quotation.id, lines)


def change(tx: Tx, quotation_id: str, **values: Any) -> None:
    """Change a quotation."""
    tx.change(quotations, quotation_id, **values)


def replace_lines(tx: Tx, quotation_id: str, lines: Sequence[QuoteLine]) -> None:
    """Let a draft have other lines; those before end by tombstone."""
    l_ = quotation_lines.c
    for (line_id,) in tx.execute(
        select(l_.id).where(l_.depot_id == tx.depot_id, l_.quotation_id == quotation_id, l_.deleted_at.is_(None))
    ).all():
        tx.change(quotation_lines, line_id, deleted_at=tx.at)
    _add_lines(tx, quotation_id, lines)


def _add_lines(tx: Tx, quotation_id: str, lines: Sequence[QuoteLine]) -> None:
    tx.insert(quotation_lines, *(
        {
            "quotation_id": quotation_id, "ordinal": place, "kind": line.kind.value,
            "rate_class": line.rate_class.value, "text": line.text.strip(), "part_id": line.part_id,
            "part_no": line.part_no, "quantity": line.quantity, "price_fen": line.price_fen,
            "old_returned": line.old_returned,
        }
        for place, line in enumerate(lines, 1)
    ))


def get(tx: Tx, quotation_id: str) -> Quotation | None:
    """The quotation ``quotation_id``."""
    found = _some(tx, _q.id == quotation_id)
    return found[0] if found else None


def of_case(tx: Tx, case_id: str) -> tuple[Quotation, ...]:
    """Every version of a case, the newest first."""
    return _some(tx, _q.case_id == case_id)


def open_of_case(tx: Tx, case_id: str) -> Quotation | None:
    """The quotation of a case that is drafted or waits for its answer, the newest."""
    return next(
        (q for q in of_case(tx, case_id) if q.state in {QuotationState.DRAFT, QuotationState.SENT}), None
    )


def sent_of_case(tx: Tx, case_id: str) -> Quotation | None:
    """The quotation of a case that waits for its answer."""
    return next((q for q in of_case(tx, case_id) if q.state is QuotationState.SENT), None)


def agreed_of_case(tx: Tx, case_id: str) -> Quotation | None:
    """The price the customer of a case agreed to."""
    return next((q for q in of_case(tx, case_id) if q.state is QuotationState.ACCEPTED), None)


def _some(tx: Tx, condition: Any) -> tuple[Quotation, ...]:
    rows = tx.execute(
        select(*columns_of(Quotation, quotations))
        .where(_q.depot_id == tx.depot_id, _q.deleted_at.is_(None), condition)
        .order_by(_q.version.desc(), _q.id.desc())
    )
    return tuple(
        Quotation(**{**row._mapping, "state": QuotationState(row.state), "region": RateClass(row.region)})
        for row in rows
    )


def lines(tx: Tx, quotation_id: str) -> tuple[QuoteLine, ...]:
    """The lines of a quotation in their order."""
    l_ = quotation_lines.c
    return tuple(
        QuoteLine(
            LineKind(row.kind), row.quantity, row.price_fen, RateClass(row.rate_class), row.text, row.part_id,
            row.part_no, row.old_returned,
        )
        for row in tx.execute(
            select(quotation_lines).where(
                l_.depot_id == tx.depot_id, l_.quotation_id == quotation_id, l_.deleted_at.is_(None)
            ).order_by(l_.ordinal, l_.id)
        )
    )


def add_payment(tx: Tx, payment: Payment) -> None:
    """Enter a payment."""
    tx.insert(payments, as_row(payment))


def payments_of_case(tx: Tx, case_id: str) -> tuple[Payment, ...]:
    """What was paid or put on account for a case, the oldest first, reversals included."""
    p = payments.c
    return tx.all(
        select(*columns_of(Payment, payments)).where(p.depot_id == tx.depot_id, p.case_id == case_id)
        .order_by(p.at, p.id),
        Payment,
    )


# -- the lists of the page -----------------------------------------------------------------------------------------


def to_quote(tx: Tx, limit: int = 500) -> tuple[QuoteRow, ...]:
    """Cases that need a price: chargeable at the bench, ruled to be quoted, asked without a price, or drafted."""
    return _rows(tx, _to_quote(tx), limit)


def waiting(tx: Tx, limit: int = 500) -> tuple[QuoteRow, ...]:
    """Cases whose quotation waits for the customer, the one that ends first at the top."""
    return _rows(tx, _q.state == QuotationState.SENT.value, limit, by=(_q.valid_until, _q.id))


def answered(tx: Tx, limit: int = 500) -> tuple[QuoteRow, ...]:
    """Quotations that were answered or withdrawn, the newest first."""
    ended = [s.value for s in (QuotationState.ACCEPTED, QuotationState.DECLINED, QuotationState.WITHDRAWN)]
    return _rows(tx, _q.state.in_(ended), limit, by=(_q.ended_at.desc(), _q.id.desc()), every_version=True)


def counts(tx: Tx, today: date) -> tuple[int, int, int]:
    """How many cases need a price, wait for their customer, and have a quotation that has expired."""
    need = tx.scalar(select(func.count()).select_from(_from()).where(*_live(tx), _to_quote(tx)))
    sent = [*_live(tx), _q.state == QuotationState.SENT.value]
    wait = tx.scalar(select(func.count()).select_from(_from()).where(*sent))
    late = tx.scalar(select(func.count()).select_from(_from()).where(*sent, _q.valid_until < today))
    return int(need), int(wait), int(late)


def expiring(tx: Tx, until: date) -> tuple[QuoteRow, ...]:
    """Quotations that wait for an answer and end by ``until`` (those that ended included)."""
    return _rows(
        tx, and_(_q.state == QuotationState.SENT.value, _q.valid_until <= until), 500, by=(_q.valid_until, _q.id)
    )


def _newest() -> Any:
    """The newest quotation of a case that was not withdrawn or superseded."""
    other = quotations.alias("newer")
    return ~(
        select(other.c.id)
        .where(
            other.c.depot_id == _q.depot_id, other.c.case_id == _q.case_id, other.c.deleted_at.is_(None),
            other.c.version > _q.version, other.c.state != QuotationState.WITHDRAWN.value,
        )
        .exists()
    )


def _from() -> Any:
    live = and_(
        _q.depot_id == _case.depot_id, _q.case_id == _case.id, _q.deleted_at.is_(None), _newest(),
        _q.state != QuotationState.WITHDRAWN.value,
    )
    return _around(return_cases.outerjoin(quotations, live))


def _around(joined: Any) -> Any:
    order = repair_orders.c
    return (
        joined.join(units, and_(units.c.depot_id == _case.depot_id, units.c.id == _case.unit_id))
        .outerjoin(products, products.c.id == _case.product_id)
        .outerjoin(customers, customers.c.id == _case.customer_id)
        .outerjoin(
            repair_orders,
            and_(order.depot_id == _case.depot_id, order.case_id == _case.id, order.deleted_at.is_(None)),
        )
    )


def _live(tx: Tx) -> list[Any]:
    return [_case.depot_id == tx.depot_id, _case.deleted_at.is_(None)]


def _to_quote(tx: Tx) -> Any:
    """The condition of the first list."""
    del tx
    unpriced = or_(_q.id.is_(None), _q.state.in_([QuotationState.DECLINED.value, QuotationState.SUPERSEDED.value]))
    chargeable = and_(
        _case.stage == Stage.IN_REPAIR, _case.warranty == WarrantyState.OUT.value,
        repair_orders.c.diagnosed_at.is_not(None), repair_orders.c.finished_at.is_(None),
    )
    ruled = and_(_case.stage == Stage.REFERRED, _case.outcome == "QUOTE")
    asked = _case.stage == Stage.AWAITING_CUSTOMER
    # the stage first: so the list is answered from its index, however many cases there are
    return and_(
        _case.stage.in_([Stage.IN_REPAIR, Stage.REFERRED, Stage.AWAITING_CUSTOMER]),
        or_(and_(unpriced, or_(chargeable, ruled, asked)), _q.state == QuotationState.DRAFT.value),
    )


def _rows(
    tx: Tx, condition: Any, limit: int, *, by: tuple[Any, ...] | None = None, every_version: bool = False
) -> tuple[QuoteRow, ...]:
    joined = _from()
    if every_version:
        own = and_(_q.depot_id == _case.depot_id, _q.case_id == _case.id, _q.deleted_at.is_(None))
        joined = _around(return_cases.join(quotations, own))
    statement: Select[Any] = (
        select(
            _case.id.label("case_id"), _case.number.label("case_number"), _case.unit_id, units.c.serial,
            func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.name, "").label("customer"), _case.stage, _case.warranty, _case.due_on,
            _case.paused_at, func.coalesce(_q.id, "").label("quotation_id"),
            func.coalesce(_q.number, "").label("number"), func.coalesce(_q.version, 0).label("version"),
            func.coalesce(_q.state, "").label("state"), func.coalesce(_q.total_fen, 0).label("total_fen"),
            _q.sent_at, _q.valid_until, _q.ended_at, func.coalesce(_q.consent_name, "").label("consent_name"),
        )
        .select_from(joined)
        .where(*_live(tx), condition)
        .order_by(*(by or (_case.due_on, _case.id)))
        .limit(limit)
    )
    return tx.all(statement, QuoteRow)
