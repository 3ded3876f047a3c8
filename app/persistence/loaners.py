"""Loaners, their agreements, and who waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from app.domain.loaners import Agreement, Loaner
from app.persistence.tables import (
    customers,
    loaner_agreements,
    loaner_waits,
    loaners,
    products,
    return_cases,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_l, _a, _w = loaners.c, loaner_agreements.c, loaner_waits.c
_OUT = (_a.back_at.is_(None), _a.written_off_at.is_(None))


def add(tx: Tx, row: Loaner) -> None:
    """Enter a unit into the pool."""
    tx.insert(loaners, as_row(row))


def change(tx: Tx, loaner_id: str, **values: Any) -> None:
    """Change a loaner."""
    tx.change(loaners, loaner_id, **values)


def loaner(tx: Tx, loaner_id: str) -> Loaner | None:
    """The loaner ``loaner_id``."""
    return tx.one(select(*columns_of(Loaner, loaners)).where(tx.by_id(loaners, loaner_id)), Loaner)


def loaner_of_unit(tx: Tx, unit_id: str) -> Loaner | None:
    """The loaner that ``unit_id`` is, unless it has left the pool."""
    return tx.one(
        select(*columns_of(Loaner, loaners)).where(
            _l.depot_id == tx.depot_id, _l.unit_id == unit_id, _l.retired_at.is_(None)
        ),
        Loaner,
    )


def add_agreement(tx: Tx, row: Agreement) -> None:
    """Enter an agreement."""
    tx.insert(loaner_agreements, as_row(row))


def change_agreement(tx: Tx, agreement_id: str, **values: Any) -> None:
    """Change an agreement."""
    tx.change(loaner_agreements, agreement_id, **values)


def agreement(tx: Tx, agreement_id: str) -> Agreement | None:
    """The agreement ``agreement_id``."""
    return tx.one(
        select(*columns_of(Agreement, loaner_agreements)).where(tx.by_id(loaner_agreements, agreement_id)), Agreement
    )


def out(tx: Tx, *, unit_id: str = "", case_id: str = "") -> tuple[Agreement, ...]:
    """The agreements under which a unit is out, or the loaners that are out for a case."""
    statement = select(*columns_of(Agreement, loaner_agreements)).where(_a.depot_id == tx.depot_id, *_OUT)
    statement = statement.where(_a.unit_id == unit_id) if unit_id else statement.where(_a.case_id == case_id)
    return tx.all(statement.order_by(_a.due_on), Agreement)


def out_numbers(tx: Tx, case_id: str) -> tuple[str, ...]:
    """Serial numbers of the loaners that are out for a case."""
    return tuple(tx.execute(
        select(units.c.serial)
        .join(loaner_agreements, and_(_a.depot_id == units.c.depot_id, _a.unit_id == units.c.id))
        .where(_a.depot_id == tx.depot_id, _a.case_id == case_id, *_OUT)
        .order_by(units.c.serial)
    ).scalars())


def rows(tx: Tx, limit: int) -> Sequence[Any]:
    """Every loaner in the pool with the agreement it is out under: what is due first, then what stands here."""
    return tx.execute(
        select(
            _l.id, _l.unit_id, _l.condition, _l.note, units.c.serial, units.c.place, units.c.product_id,
            units.c.case_id.label("own_case"),
            products.c.model, products.c.name_zh, products.c.name_en, _a.id.label("agreement_id"), _a.number,
            customers.c.name.label("customer"), _a.contact, _a.contact_phone, _a.case_id,
            return_cases.c.number.label("case_number"), _a.out_on, _a.due_on,
        )
        .select_from(loaners)
        .join(units, and_(units.c.depot_id == _l.depot_id, units.c.id == _l.unit_id))
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(loaner_agreements, and_(_a.depot_id == _l.depot_id, _a.loaner_id == _l.id, *_OUT), isouter=True)
        .join(customers, customers.c.id == _a.customer_id, isouter=True)
        .join(
            return_cases, and_(return_cases.c.depot_id == _a.depot_id, return_cases.c.id == _a.case_id), isouter=True
        )
        .where(_l.depot_id == tx.depot_id, _l.retired_at.is_(None))
        .order_by(func.coalesce(_a.due_on, "9999-12-31"), units.c.serial)
        .limit(limit)
    ).all()


def due_counts(tx: Tx, today: date, soon: date) -> tuple[int, int, int]:
    """How many loaners are out, how many of them late, how many due by ``soon``."""
    found = tx.execute(
        select(_a.due_on).where(_a.depot_id == tx.depot_id, *_OUT)
    ).scalars().all()
    return len(found), sum(d < today for d in found), sum(today <= d <= soon for d in found)


def add_wait(tx: Tx, product_id: str, customer_id: str, case_id: str | None, note: str) -> str:
    """Somebody waits for a model from now on."""
    wait_id = tx.new_id()
    tx.insert(
        loaner_waits,
        {
            "id": wait_id, "product_id": product_id, "customer_id": customer_id, "case_id": case_id, "note": note,
            "since": tx.at, "by": tx.by, "ended_at": None, "ended": None, "ended_reason": "",
        },
    )
    return wait_id


def end_wait(tx: Tx, wait_id: str, how: str, reason: str) -> None:
    """Somebody waits no longer."""
    tx.change(loaner_waits, wait_id, ended_at=tx.at, ended=how, ended_reason=reason)


def wait_again(tx: Tx, wait_id: str) -> None:
    """They wait again, since when they asked first."""
    tx.change(loaner_waits, wait_id, ended_at=None, ended=None, ended_reason="")


def waits(tx: Tx, product_id: str = "") -> Sequence[Any]:
    """Who waits, in the order they asked."""
    statement = (
        select(
            _w.id, _w.product_id, _w.customer_id, _w.case_id, _w.note, _w.since, products.c.model,
            products.c.name_zh, products.c.name_en, func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(return_cases.c.number, "").label("case_number"),
        )
        .select_from(loaner_waits)
        .join(products, products.c.id == _w.product_id, isouter=True)
        .join(customers, customers.c.id == _w.customer_id, isouter=True)
        .join(
            return_cases, and_(return_cases.c.depot_id == _w.depot_id, return_cases.c.id == _w.case_id), isouter=True
        )
        .where(_w.depot_id == tx.depot_id, _w.ended_at.is_(None))
        .order_by(_w.since, _w.id)
    )
    if product_id:
        statement = statement.where(_w.product_id == product_id)
    return tx.execute(statement).all()
