"""Product files of units, everything of a lot, and what a customer's or a unit's file is put together from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from app.domain.files import (
    FiledAgreement,
    FiledAnswer,
    FiledCase,
    FiledPaper,
    FiledPrice,
    FittedPart,
    LotRow,
    ProductFile,
    UnitPart,
    UnitState,
)
from app.domain.quotation import QuotationState
from app.domain.stages import Stage
from app.persistence.tables import (
    customers,
    documents,
    feedback_answers,
    loaner_agreements,
    payments,
    products,
    quotations,
    repair_orders,
    repair_parts,
    return_cases,
    signed_papers,
    spare_uses,
    unit_parts,
    unit_states,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_case, _unit = return_cases.c, units.c


def product_file(tx: Tx, unit_id: str) -> ProductFile:
    """How a unit was built and shipped, with its key parts."""
    s, p = unit_states.c, unit_parts.c
    state = tx.one(
        select(*columns_of(UnitState, unit_states)).where(s.depot_id == tx.depot_id, s.unit_id == unit_id), UnitState)
    parts = tx.all(
        select(*columns_of(UnitPart, unit_parts))
        .where(p.depot_id == tx.depot_id, p.unit_id == unit_id, p.deleted_at.is_(None)).order_by(p.ordinal), UnitPart)
    return ProductFile(state or UnitState(), parts)


def set_product_file(tx: Tx, unit_id: str, file: ProductFile) -> None:
    """Put ``file`` in the place of what was there."""
    s, p = unit_states.c, unit_parts.c
    row_id = tx.scalar(select(s.id).where(s.depot_id == tx.depot_id, s.unit_id == unit_id))
    if row_id is None:
        tx.insert(unit_states, {"unit_id": unit_id, **as_row(file.state)})
    else:
        tx.change(unit_states, row_id, **as_row(file.state))
    there = tx.execute(
        select(p.id).where(p.depot_id == tx.depot_id, p.unit_id == unit_id, p.deleted_at.is_(None))).scalars().all()
    for part_id in there:
        tx.change(unit_parts, part_id, deleted_at=tx.at)
    tx.insert(unit_parts, *(
        {"unit_id": unit_id, "ordinal": n, **as_row(part)} for n, part in enumerate(file.parts, 1)))


def of_lot(tx: Tx, lot: str, limit: int) -> tuple[LotRow, ...]:
    """Units of ``lot``, and units with a key part of it, each with what became of its newest visit."""
    own = select(_unit.id, literal("").label("part")).where(
        _unit.depot_id == tx.depot_id, _unit.lot == lot, _unit.deleted_at.is_(None))
    p = unit_parts.c
    by_part = select(p.unit_id.label("id"), func.min(p.name).label("part")).where(
        p.depot_id == tx.depot_id, p.lot == lot, p.deleted_at.is_(None),
        p.unit_id.not_in(select(_unit.id).where(_unit.depot_id == tx.depot_id, _unit.lot == lot)),
    ).group_by(p.unit_id)
    found = own.union_all(by_part).subquery()
    newest = select(func.max(_case.number)).where(
        _case.depot_id == tx.depot_id, _case.unit_id == _unit.id, _case.stage != Stage.VOID,
        _case.deleted_at.is_(None)).correlate(units).scalar_subquery()
    visits = select(func.count()).select_from(return_cases).where(
        _case.depot_id == tx.depot_id, _case.unit_id == _unit.id, _case.stage != Stage.VOID,
        _case.deleted_at.is_(None)).correlate(units).scalar_subquery()
    o = repair_orders.c
    return tx.all(
        select(
            _unit.id.label("unit_id"), _unit.serial, func.coalesce(products.c.model, "").label("model"),
            func.coalesce(products.c.name_zh, "").label("name_zh"),
            func.coalesce(products.c.name_en, "").label("name_en"), _unit.lot, found.c.part,
            func.coalesce(customers.c.name, "").label("customer"), _unit.place, visits.label("visits"),
            func.coalesce(_case.number, "").label("case_number"), _case.received_at,
            func.coalesce(_case.symptom, "").label("symptom"), func.coalesce(o.fault, "").label("fault"),
            func.coalesce(_case.result, "").label("result"), func.coalesce(_case.outcome, "").label("outcome"),
            _case.stage,
        )
        .select_from(found)
        .join(units, and_(_unit.depot_id == tx.depot_id, _unit.id == found.c.id))
        .join(products, products.c.id == _unit.product_id, isouter=True)
        .join(customers, customers.c.id == _unit.customer_id, isouter=True)
        .join(return_cases, and_(_case.depot_id == tx.depot_id, _case.number == newest), isouter=True)
        .join(repair_orders, and_(o.depot_id == tx.depot_id, o.case_id == _case.id, o.deleted_at.is_(None)),
              isouter=True)
        .order_by(_unit.serial, _unit.id).limit(limit),
        LotRow,
    )


def lot_units(tx: Tx, lot: str, limit: int) -> list[str]:
    """The ids of the units of ``lot`` or with a key part of it."""
    p = unit_parts.c
    with_part = select(p.unit_id).where(p.depot_id == tx.depot_id, p.lot == lot, p.deleted_at.is_(None))
    return list(tx.execute(
        select(_unit.id).where(
            _unit.depot_id == tx.depot_id, or_(_unit.lot == lot, _unit.id.in_(with_part)), _unit.deleted_at.is_(None))
        .order_by(_unit.serial).limit(limit)).scalars())


# -- what a file is put together from ----------------------------------------------------------------------------


def cases(tx: Tx, *, unit_id: str = "", customer_id: str = "", limit: int) -> tuple[FiledCase, ...]:
    """The cases of a unit or a customer, the newest first."""
    o = repair_orders.c
    return tx.all(
        select(
            _case.number, func.coalesce(_unit.serial, "").label("serial"),
            func.coalesce(products.c.model, "").label("model"), _case.received_at, _case.returned_at, _case.symptom,
            func.coalesce(o.fault, "").label("fault"), func.coalesce(_case.result, "").label("result"),
            func.coalesce(_case.outcome, "").label("outcome"), _case.stage,
            func.coalesce(o.technician_name, "").label("technician"),
        )
        .join(units, and_(_unit.depot_id == _case.depot_id, _unit.id == _case.unit_id), isouter=True)
        .join(products, products.c.id == _case.product_id, isouter=True)
        .join(repair_orders, and_(o.depot_id == _case.depot_id, o.case_id == _case.id, o.deleted_at.is_(None)),
              isouter=True)
        .where(_case.depot_id == tx.depot_id, _of(unit_id, customer_id), _case.stage != Stage.VOID,
               _case.deleted_at.is_(None))
        .order_by(_case.reported_at.desc(), _case.number.desc()).limit(limit), FiledCase,
    )


def papers(tx: Tx, *, unit_id: str = "", customer_id: str = "", limit: int) -> tuple[FiledPaper, ...]:
    """The live papers about a unit or a customer's cases, the newest first, with when their scan was filed."""
    d, s = documents.c, signed_papers.c
    signed = select(func.min(s.filed_at)).where(
        s.depot_id == d.depot_id, s.document_id == d.id, s.deleted_at.is_(None)).correlate(documents).scalar_subquery()
    return tx.all(
        _papers(tx, unit_id, customer_id)
        .with_only_columns(
            d.number, d.form, d.issued_at, func.coalesce(_case.number, "").label("case_number"),
            func.coalesce(_unit.serial, "").label("serial"), signed.label("signed_at"))
        .order_by(d.issued_at.desc(), d.number.desc()).limit(limit), FiledPaper,
    )


def answers(tx: Tx, *, unit_id: str = "", customer_id: str = "", limit: int) -> tuple[FiledAnswer, ...]:
    """What the customer answered on feedback slips, the newest first; of each slip the last version."""
    a, d = feedback_answers.c, documents.c
    later = feedback_answers.alias("later")
    corrected = select(later.c.id).where(
        later.c.depot_id == a.depot_id, later.c.document_id == a.document_id, later.c.version > a.version).exists()
    return tx.all(
        _papers(tx, unit_id, customer_id)
        .join(feedback_answers, and_(a.depot_id == d.depot_id, a.document_id == d.id))
        .where(~corrected)
        .with_only_columns(
            a.at, a.number, func.coalesce(_case.number, "").label("case_number"), a.overall, a.opinion)
        .order_by(a.at.desc()).limit(limit), FiledAnswer,
    )


def fitted(tx: Tx, unit_id: str, limit: int) -> tuple[FittedPart, ...]:
    """Parts that were fitted in the unit at the bench, the newest first."""
    p, o = repair_parts.c, repair_orders.c
    return tx.all(
        select(_case.number.label("case_number"), p.at, p.name, p.part_no, p.quantity, p.removed_serial,
               p.fitted_serial)
        .join(repair_orders, and_(o.depot_id == p.depot_id, o.id == p.repair_order_id))
        .join(return_cases, and_(_case.depot_id == o.depot_id, _case.id == o.case_id))
        .where(p.depot_id == tx.depot_id, o.unit_id == unit_id, p.deleted_at.is_(None), p.kind == "ADD")
        .order_by(p.at.desc()).limit(limit), FittedPart,
    )


def agreements(tx: Tx, *, unit_id: str = "", customer_id: str = "") -> tuple[FiledAgreement, ...]:
    """Loaner agreements and spares left at sites, the newest first."""
    loaner, use = loaner_agreements.c, spare_uses.c
    lent = tx.execute(
        select(loaner.number, _unit.serial, loaner.lent_at, loaner.due_on, loaner.back_at)
        .join(units, and_(_unit.depot_id == loaner.depot_id, _unit.id == loaner.unit_id))
        .where(loaner.depot_id == tx.depot_id, loaner.deleted_at.is_(None),
               loaner.unit_id == unit_id if unit_id else loaner.customer_id == customer_id))
    used = tx.execute(
        select(use.number, _unit.serial, use.sent_at, use.owed_due_on, use.recovered_at)
        .join(units, and_(_unit.depot_id == use.depot_id, _unit.id == use.unit_id))
        .where(use.depot_id == tx.depot_id, use.deleted_at.is_(None),
               or_(use.unit_id == unit_id, use.replaced_unit_id == unit_id) if unit_id
               else use.customer_id == customer_id))
    found = [FiledAgreement(r[0], r[1], r[2], r[3], r[4] is not None, loaner=True) for r in lent]
    found += [FiledAgreement(r[0], r[1], r[2], r[3], r[4] is not None, loaner=False) for r in used]
    return tuple(sorted(found, key=lambda row: row.since, reverse=True))


def prices(tx: Tx, *, unit_id: str = "", customer_id: str = "", limit: int) -> tuple[FiledPrice, ...]:
    """The prices the customer agreed to, the newest first; one that gave way to another is not among them."""
    q, p = quotations.c, payments.c
    settled = select(func.coalesce(func.sum(p.amount_fen), 0)).where(
        p.depot_id == q.depot_id, p.quotation_id == q.id).correlate(quotations).scalar_subquery()
    return tx.all(
        select(
            q.number, _case.number.label("case_number"), func.coalesce(_unit.serial, "").label("serial"),
            func.coalesce(products.c.model, "").label("model"),
            func.coalesce(q.consent_at, q.ended_at).label("agreed_at"), q.consent_name.label("agreed_by"),
            q.total_fen, settled.label("settled_fen"))
        .join(return_cases, and_(_case.depot_id == q.depot_id, _case.id == q.case_id))
        .join(units, and_(_unit.depot_id == _case.depot_id, _unit.id == _case.unit_id), isouter=True)
        .join(products, products.c.id == _case.product_id, isouter=True)
        .where(q.depot_id == tx.depot_id, q.state == QuotationState.ACCEPTED.value, q.deleted_at.is_(None),
               _of(unit_id, customer_id), _case.deleted_at.is_(None))
        .order_by(q.ended_at.desc(), q.number.desc()).limit(limit), FiledPrice,
    )


def _papers(tx: Tx, unit_id: str, customer_id: str) -> Select[Any]:
    d = documents.c
    about = or_(d.unit_id == unit_id, _case.unit_id == unit_id) if unit_id else _case.customer_id == customer_id
    return (
        select(d.id).select_from(documents)
        .join(return_cases, and_(_case.depot_id == d.depot_id, _case.id == d.case_id), isouter=True)
        .join(units, and_(_unit.depot_id == d.depot_id, _unit.id == func.coalesce(d.unit_id, _case.unit_id)),
              isouter=True)
        .where(d.depot_id == tx.depot_id, d.form != "", d.voided_at.is_(None), d.deleted_at.is_(None), about)
    )


def _of(unit_id: str, customer_id: str) -> ColumnElement[bool]:
    return _case.unit_id == unit_id if unit_id else _case.customer_id == customer_id
