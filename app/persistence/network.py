"""The cases of all depots on head office's server: paged by key, filtered, counted; and how each depot stands.

A depot's own database holds no others; head office's server has every depot's rows. The centre has indexes of its own
for these questions (``app.sync.centre_postgresql``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select, tuple_

from app.domain.network import CaseRow, DepotRow, DepotTotals, Selection
from app.domain.register import GONE, IN_HAND, Standing
from app.domain.search import query
from app.domain.stages import Stage
from app.persistence.tables import customers, master_links, products, return_cases, units
from app.persistence.transaction import Tx

_c, _u = return_cases.c, units.c
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: What sorts after every text with the same beginning.
_PAST = "\uffff"
_NAMED_AT_MOST = 500

#: What the list can be sorted by.
ORDERS: dict[str, Any] = {"number": _c.number, "received": _c.received_at, "due": _c.due_on}


def rows(
    tx: Tx, wanted: Selection, after: CaseRow | None, limit: int, order: str, *, descending: bool, today: date
) -> tuple[CaseRow, ...]:
    """Up to ``limit`` cases after the row ``after``; those without the date of the order come last."""
    chosen = conditions(tx, wanted, today)
    name = _column(order).name
    last = None if after is None else getattr(after, name)
    dated: tuple[CaseRow, ...] = ()
    if after is None or last is not None:
        dated = tx.all(one_page(chosen, order, descending=descending, after=after, limit=limit), CaseRow)
        if len(dated) == limit:
            return dated
    beyond = [] if after is None or last is not None else [_c.id > after.case_id]
    rest = select(return_cases).where(*chosen, _column(order).is_(None), *beyond).order_by(_c.id)
    return dated + tx.all(_filled(rest.limit(limit - len(dated)), [return_cases.c.id], descending=False), CaseRow)


def one_page(
    chosen: Sequence[Any], order: str, *, descending: bool, after: CaseRow | None, limit: int
) -> Select[Any]:
    """The question for ``limit`` of the ``chosen`` cases that have the date of the order, after the row ``after``."""
    column = _column(order)
    keys = (column.desc(), _c.id.desc()) if descending else (column, _c.id)
    beyond = [] if after is None else [
        _beyond(column, getattr(after, column.name), after.case_id, descending=descending)]
    page = select(return_cases).where(*chosen, column.is_not(None), *beyond).order_by(*keys).limit(limit)
    return _filled(page, [column, _c.id], descending=descending)


def _column(order: str) -> Any:
    return ORDERS.get(order, _c.received_at)


def totals(tx: Tx, wanted: Selection, today: date) -> tuple[DepotTotals, ...]:
    """How the chosen cases stand, by depot."""
    in_hand = _c.stage.in_(sorted(IN_HAND))
    late = and_(in_hand, _c.due_on < today, _c.paused_at.is_(None))
    found = tx.execute(
        select(
            _c.depot_id, func.count(), func.sum(case((in_hand, 1), else_=0)), func.sum(case((late, 1), else_=0)),
        )
        .select_from(return_cases).where(*conditions(tx, wanted, today)).group_by(_c.depot_id).order_by(_c.depot_id)
    )
    return tuple(DepotTotals(row[0], int(row[1]), int(row[2]), int(row[3])) for row in found)


def conditions(tx: Tx, wanted: Selection, today: date) -> list[Any]:
    """What a selection says, as conditions on the cases."""
    found: list[Any] = [_c.deleted_at.is_(None)]
    if wanted.depot_id:
        found.append(_c.depot_id == wanted.depot_id)
    if wanted.stage is not None:
        found.append(_c.stage == wanted.stage)
    if wanted.customer_id:
        found.append(_c.customer_id.in_(_also(tx, "customer", wanted.customer_id)))
    if wanted.product_id:
        found.append(_c.product_id.in_(_also(tx, "product", wanted.product_id)))
    found += _standing(wanted.standing, today)
    if wanted.text.strip():
        found.append(_says(tx, wanted.text))
    return found


def _standing(standing: Standing, today: date) -> list[Any]:
    """As the register says it. What is in hand is never closed: said so that the index of the open cases serves."""
    in_hand = [_c.closed_at.is_(None), _c.stage.in_(sorted(IN_HAND))]
    match standing:
        case Standing.OPEN:
            return in_hand
        case Standing.OVERDUE:
            return [*in_hand, _c.due_on < today, _c.paused_at.is_(None)]
        case Standing.ENDED:
            return [_c.stage.in_(sorted(GONE))]
        case Standing.VOID:
            return [_c.stage == Stage.VOID]
        case Standing.ANY:
            return []


def _also(tx: Tx, kind: str, row_id: str) -> list[str]:
    """A row of head office's and the proposals that became it: depots' cases name theirs until their next night."""
    link = master_links.c
    linked = tx.execute(select(link.from_id).where(link.kind == kind, link.into_id == row_id)).scalars()
    return [row_id, *linked]


def _says(tx: Tx, text: str) -> Any:
    """The text begins a number or serial, ends a serial, or is part of a customer's name."""
    typed = query(text)
    found: list[Any] = []
    if typed.serial and typed.serial.isascii():
        found.append(and_(_c.number >= typed.serial, _c.number < typed.serial + _PAST))
        serials = _units_by(_u.serial, typed.serial)
        if len(typed.serial) >= 3:
            serials = or_(serials, _units_by(_u.serial_reversed, typed.serial[::-1]))
        found.append(serials)
    named = tx.execute(
        select(customers.c.id).where(func.lower(customers.c.name).contains(text.strip().lower(), autoescape=True))
        .limit(_NAMED_AT_MOST)
    ).scalars().all()
    if named:
        found.append(_c.customer_id.in_(named))
    return or_(*found) if found else literal(1) == 0


def _units_by(column: Any, beginning: str) -> Any:
    chosen = select(_u.depot_id, _u.id).where(column >= beginning, column < beginning + _PAST, _u.deleted_at.is_(None))
    return tuple_(_c.depot_id, _c.unit_id).in_(chosen)


def _filled(page: Select[Any], keys: Sequence[Any], *, descending: bool) -> Select[Any]:
    """The cases of a page with unit, product and customer. The page comes first: its size is what the rest costs.

    A unit may be a batch behind its case while a night runs.
    """
    cases = page.subquery("page")
    c = cases.c
    given = {
        "case_id": c.id, "model": func.coalesce(products.c.model, ""),
        "name_zh": func.coalesce(products.c.name_zh, ""), "name_en": func.coalesce(products.c.name_en, ""),
        "customer": func.coalesce(customers.c.name, ""), "serial": func.coalesce(_u.serial, ""), "place": _u.place,
    }
    order = [c[key.name].desc() if descending else c[key.name] for key in keys]
    return select(
        *((given[f.name] if f.name in given else c[f.name]).label(f.name) for f in fields(CaseRow))
    ).select_from(
        cases.outerjoin(units, and_(_u.depot_id == c.depot_id, _u.id == c.unit_id))
        .outerjoin(products, products.c.id == c.product_id)
        .outerjoin(customers, customers.c.id == c.customer_id)
    ).order_by(*order)


def _beyond(column: Any, value: Any, case_id: str, *, descending: bool) -> Any:
    """After the row with ``value`` and ``case_id``, in the order of the list; written so that an index serves."""
    this, last = tuple_(column, _c.id), tuple_(literal(value, column.type), literal(case_id))
    return this < last if descending else this > last


# -- the depots ----------------------------------------------------------------------------------------------------


def names(tx: Tx) -> dict[str, str]:
    """Depot code → name, of all the centre knows, head office among them."""
    return {row[0]: row[1] for row in tx.ask("SELECT code, name FROM centre_depots ORDER BY code")}


def told(tx: Tx) -> dict[str, datetime]:
    """Depot code → when it was last heard."""
    found = tx.ask("SELECT depot_id, max(seen_at) FROM centre_origins WHERE seen_at > 0 GROUP BY depot_id")
    return {row[0]: _moment(row[1]) for row in found}


def depots(tx: Tx) -> tuple[DepotRow, ...]:
    """How each depot stands, by code."""
    told_last: dict[str, Sequence[Any]] = {}
    histories: dict[str, int] = {}
    for row in tx.ask("SELECT depot_id, seen_at, last_night, skew FROM centre_origins ORDER BY origin"):
        histories[row[0]] = histories.get(row[0], 0) + 1
        if row[1]:
            told_last[row[0]] = row
    open_ = {
        table: dict(tx.ask(
            f"SELECT depot_id, count(*) FROM {table} WHERE {column} IS NULL AND deleted_at IS NULL GROUP BY depot_id"
        ))
        for table, column in (("conflicts", "resolved_at"), ("alerts", "seen_at"))
    }
    found = []
    for code, name in tx.ask("SELECT code, name FROM centre_depots WHERE head_office = 0 ORDER BY code"):
        last = told_last.get(code)
        night = night_told(last[2]) if last else {}
        found.append(DepotRow(
            code, name, _moment(last[1]) if last else None, str(night.get("outcome", "")), histories.get(code, 0),
            int(last[3]) if last else 0, int(open_["conflicts"].get(code, 0)), int(open_["alerts"].get(code, 0)),
        ))
    return tuple(found)


def night_told(text: str) -> dict[str, Any]:
    """What a depot left word of its night; empty where it is no such word: any depot can write anything there."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
