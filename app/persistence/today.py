"""Counting and listing what waits. Only cases in the house are looked at, by the index on stage and due day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, null, select

from app.domain.places import Place
from app.domain.quotation import QuotationState
from app.domain.stages import Stage
from app.domain.today import IN_HOUSE, Errand, Task, Waiting
from app.persistence.tables import (
    approvals,
    customers,
    determinations,
    loaner_agreements,
    products,
    quotations,
    return_cases,
    spare_uses,
    travellers,
    units,
)
from app.persistence.transaction import Tx

_case = return_cases.c


def tally(today: date, soon: date) -> tuple[ColumnElement[int], ...]:
    """Of cases: how many, how many past their due day, how many due by ``soon``. Paused ones are not late."""
    running = _case.paused_at.is_(None)
    return (
        func.count(), func.coalesce(func.sum(case(((_case.due_on < today) & running, 1), else_=0)), 0),
        func.coalesce(func.sum(case(((_case.due_on >= today) & (_case.due_on <= soon) & running, 1), else_=0)), 0),
    )


def waiting_by_stage(tx: Tx, today: date, soon: date) -> dict[Stage, Waiting]:
    """Per stage what :func:`tally` counts."""
    rows = tx.execute(
        select(_case.stage, *tally(today, soon))
        .where(_case.depot_id == tx.depot_id, _case.stage.in_((Stage.REPORTED, *IN_HOUSE)), _case.deleted_at.is_(None))
        .group_by(_case.stage)
    )
    return {stage: Waiting(*map(int, counted)) for stage, *counted in rows}


def waiting_by_place(tx: Tx, today: date, soon: date) -> dict[tuple[Stage, Place], Waiting]:
    """Per stage and place of the unit what :func:`tally` counts: a list of work has the cases of a stage that stand
    where the work is done."""
    rows = tx.execute(
        select(_case.stage, units.c.place, *tally(today, soon))
        .select_from(return_cases.join(units, (units.c.depot_id == _case.depot_id) & (units.c.id == _case.unit_id)))
        .where(_case.depot_id == tx.depot_id, _case.stage.in_((Stage.REPORTED, *IN_HOUSE)), _case.deleted_at.is_(None))
        .group_by(_case.stage, units.c.place)
    )
    return {(stage, place): Waiting(*map(int, counted)) for stage, place, *counted in rows}


def travellers_to_archive(tx: Tx) -> int:
    """Travellers whose unit has gone its way and that are not in the archive yet."""
    return int(tx.scalar(
        select(func.count()).select_from(travellers)
        .join(return_cases, (_case.depot_id == travellers.c.depot_id) & (_case.id == travellers.c.case_id))
        .where(travellers.c.depot_id == tx.depot_id, travellers.c.archived_at.is_(None),
               travellers.c.deleted_at.is_(None), _case.stage.in_(_ARCHIVE_STAGES))
    ))


_ARCHIVE_STAGES = (Stage.PASSED, Stage.READY_TO_RETURN, Stage.RETURNED, Stage.SPARE, Stage.RESTOCKED, Stage.SCRAPPED)
_STAGES: dict[Errand, tuple[Stage, ...]] = {
    Errand.OVERDUE: IN_HOUSE, Errand.DUE_SOON: IN_HOUSE, Errand.TO_RECEIVE: (Stage.REPORTED,),
    Errand.TO_PLAN: (Stage.RECEIVED,), Errand.TO_DISPATCH: (Stage.RELEASED,), Errand.AT_BENCH: (Stage.IN_REPAIR,),
    Errand.TO_INSPECT: (Stage.IN_QA,), Errand.TO_PUT_AWAY: (Stage.PASSED,), Errand.TO_RETURN: (Stage.READY_TO_RETURN,),
    Errand.TO_RULE: (Stage.REFERRED,), Errand.TO_APPROVE: IN_HOUSE, Errand.TO_DETERMINE: (Stage.TO_RND,),
    Errand.TO_ARCHIVE: (Stage.RETURNED, Stage.SPARE),
}


def tasks(
    tx: Tx, errand: Errand, *, today: date, soon: date, technician_id: str | None = None, limit: int = 50
) -> tuple[Task, ...]:
    """The cases of one errand, the most urgent first. ``technician_id``: only this person's and nobody's."""
    statement = (
        select(
            _case.id.label("case_id"), _case.number.label("case_number"), _case.unit_id, units.c.serial,
            func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.name, "").label("customer"), _case.stage, units.c.place, _case.due_on,
            _case.paused_at, _case.received_at, _case.promised_on,
        )
        .join(units, (units.c.depot_id == _case.depot_id) & (units.c.id == _case.unit_id))
        .join(products, products.c.id == _case.product_id, isouter=True)
        .join(customers, customers.c.id == _case.customer_id, isouter=True)
        .where(_case.depot_id == tx.depot_id, _case.stage.in_(_STAGES[errand]), _case.deleted_at.is_(None))
        .where(*_extra(errand, today, soon))
        .order_by(_case.due_on, _case.id)
        .limit(limit)
    )
    if technician_id is not None:
        statement = statement.where(_case.technician_id.is_(None) | (_case.technician_id == technician_id))
    return tx.all(statement, Task)


#: Errands about units that are not in the house.
OUTSIDE = frozenset({Errand.OWED_UNITS, Errand.LOANERS_OUT})


def outside(tx: Tx, errand: Errand, *, soon: date, limit: int) -> tuple[Task, ...]:
    """Units owed for a spare, or loaners, due by ``soon`` or late, the latest first."""
    if errand is Errand.OWED_UNITS:
        s = spare_uses.c
        table, unit_id, since = spare_uses, s.replaced_unit_id, s.owed_since
        due, waits = s.owed_due_on, (s.swapped_at.is_not(None), s.recovered_at.is_(None), s.written_off_at.is_(None))
    else:
        a = loaner_agreements.c
        table, unit_id, since = loaner_agreements, a.unit_id, a.lent_at
        due, waits = a.due_on, (a.back_at.is_(None), a.written_off_at.is_(None), a.deleted_at.is_(None))
    return tx.all(
        select(
            table.c.number.label("case_id"), table.c.number.label("case_number"), units.c.id.label("unit_id"),
            units.c.serial, func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.name, "").label("customer"), null().label("stage"), units.c.place,
            due.label("due_on"), null().label("paused_at"), since.label("received_at"), null().label("promised_on"),
        )
        .select_from(table)
        .join(units, (units.c.depot_id == table.c.depot_id) & (units.c.id == unit_id))
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(customers, customers.c.id == table.c.customer_id, isouter=True)
        .where(table.c.depot_id == tx.depot_id, due <= soon, *waits)
        .order_by(due, table.c.number)
        .limit(limit),
        Task,
    )


def to_hear_from(tx: Tx, *, soon: date, limit: int) -> tuple[Task, ...]:
    """Cases whose quotation waits for an answer and ends by ``soon`` or has ended, the latest first. The day is that
    of the quotation: the clock of the case stands still.
    """
    q = quotations.c
    return tx.all(
        select(
            _case.id.label("case_id"), _case.number.label("case_number"), _case.unit_id, units.c.serial,
            func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.name, "").label("customer"), _case.stage, units.c.place,
            q.valid_until.label("due_on"), null().label("paused_at"), q.sent_at.label("received_at"),
            _case.promised_on,
        )
        .select_from(quotations)
        .join(return_cases, (_case.depot_id == q.depot_id) & (_case.id == q.case_id))
        .join(units, (units.c.depot_id == _case.depot_id) & (units.c.id == _case.unit_id))
        .join(products, products.c.id == _case.product_id, isouter=True)
        .join(customers, customers.c.id == _case.customer_id, isouter=True)
        .where(q.depot_id == tx.depot_id, q.deleted_at.is_(None), q.state == QuotationState.SENT.value,
               q.valid_until <= soon)
        .order_by(q.valid_until, _case.id)
        .limit(limit),
        Task,
    )


def _extra(errand: Errand, today: date, soon: date) -> list[ColumnElement[bool]]:
    running = _case.paused_at.is_(None)
    if errand is Errand.OVERDUE:
        return [_case.due_on < today, running]
    if errand is Errand.DUE_SOON:
        return [_case.due_on >= today, _case.due_on <= soon, running]
    if errand is Errand.TO_APPROVE:
        a = approvals.c
        return [
            select(a.id).where(
                a.depot_id == _case.depot_id, a.case_id == _case.id, a.decided_at.is_(None), a.deleted_at.is_(None)
            ).exists()
        ]
    if errand is Errand.TO_DETERMINE:
        d = determinations.c
        judged = select(d.id).where(d.depot_id == _case.depot_id, d.case_id == _case.id).exists()
        return [units.c.place == Place.LAB, ~judged]
    if errand is Errand.TO_PUT_AWAY:
        return [units.c.place == Place.COUNTER]
    return []


def received_since(tx: Tx, moment: datetime) -> int:
    """How many units came in since ``moment``."""
    return int(tx.scalar(
        select(func.count()).select_from(return_cases).where(
            _case.depot_id == tx.depot_id, _case.received_at >= moment, _case.stage != Stage.VOID
        )
    ))


def returned_since(tx: Tx, moment: datetime) -> int:
    """How many units reached their customer since ``moment``."""
    return int(tx.scalar(
        select(func.count()).select_from(return_cases).where(
            _case.depot_id == tx.depot_id, _case.returned_at >= moment
        )
    ))


def paused(tx: Tx) -> int:
    """How many cases wait for their customer."""
    return int(tx.scalar(
        select(func.count()).select_from(return_cases).where(
            _case.depot_id == tx.depot_id, _case.stage.in_(IN_HOUSE), _case.paused_at.is_not(None)
        )
    ))
