"""Counting for the monthly reports, in the database: a hundred thousand cases become some hundred rows of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.domain.quality_counts import (
    TREND,
    Again,
    AgeCount,
    CaseLine,
    CauseCount,
    Counts,
    Door,
    FaultCount,
    Flow,
    GroupCount,
    ItemCount,
    SpareFlow,
    Spread,
    TestCount,
    VerdictCount,
    WarrantyWork,
)
from app.domain.satisfaction import Grade
from app.persistence.quality_sql import Bounds, MonthSql, moment_of, statements
from app.persistence.tables import closed_months
from app.persistence.transaction import Tx, columns_of


def counts(tx: Tx, bounds: Bounds) -> Counts:
    """Everything the report of a month needs."""
    asked = [[tuple(row) for row in tx.ask(sql, values)] for sql, values in statements(tx.depot_id, bounds)]
    flow, faults, again, runs, spares, warranty = asked
    kinds: dict[str, list[Any]] = {}
    for row in faults:
        kinds.setdefault(row[0], []).append(row)

    def groups(kind: str) -> tuple[GroupCount, ...]:
        found = [GroupCount(a, b, n, int(ours)) for _kind, _slot, a, b, n, ours in kinds.get(kind, [])]
        return tuple(sorted(found, key=lambda g: (-g.n, -g.ours, g.id, g.lot)))

    return Counts(
        _flow(flow),
        tuple(sorted((CauseCount(slot, a, n) for _k, slot, a, _b, n, _o in kinds.get("cause", [])),
                     key=lambda c: (c.month, c.cause))),
        tuple(sorted((FaultCount(a, b, n) for _k, _s, a, b, n, _o in kinds.get("fault", [])),
                     key=lambda f: (-f.n, f.code, f.text))),
        groups("product"), groups("lot"), groups("customer"),
        tuple(sorted((AgeCount(None if slot < 0 else slot, n, int(ours))
                      for _k, slot, _a, _b, n, ours in kinds.get("age", [])),
                     key=lambda a: (a.months is None, a.months or 0))),
        _spread(flow, "net"), _spread(flow, "gross"),
        next((int(n) for kind, _s, _d, n in flow if kind == "paused"), 0), _spread(flow, "age"),
        tuple(sorted((VerdictCount(*row) for row in runs), key=lambda v: (v.month, v.verdict))),
        Again(*map(int, again[0])), SpareFlow(*map(int, spares[0])), WarrantyWork(*map(int, warranty[0])),
    )


def _flow(rows: Sequence[tuple[Any, ...]]) -> Flow:
    received, left = [0] * TREND, [0] * TREND
    doors: dict[Door, int] = {}
    one = {"opening": 0, "closing": 0, "late": 0}
    for kind, slot, door, n in rows:
        if kind == "in":
            received[slot] += n
        elif kind == "out":
            left[slot] += n
            if slot == TREND - 1:
                doors[Door(door)] = n
        elif kind in one:
            one[kind] = n
    return Flow(
        tuple(received), tuple(left), tuple((door, doors.get(door, 0)) for door in Door), one["opening"],
        one["closing"], one["late"],
    )


def _spread(rows: Sequence[tuple[Any, ...]], wanted: str) -> tuple[Spread, ...]:
    return tuple(sorted((Spread(int(v), n) for kind, v, _d, n in rows if kind == wanted), key=lambda s: s.value))


def tests(tx: Tx, bounds: Bounds) -> tuple[tuple[TestCount, ...], tuple[ItemCount, ...]]:
    """What F21 sums up."""
    sql = MonthSql(bounds)
    return (
        tuple(TestCount(p, verdict, n, int(first)) for p, verdict, n, first in tx.ask(sql.tests(), (tx.depot_id,))),
        tuple(ItemCount(*row) for row in tx.ask(sql.items(), (tx.depot_id,))),
    )


def service(tx: Tx, bounds: Bounds) -> tuple[tuple[str, str, int, int, int, int], ...]:
    """What F24 says of products and customers: kind, id, received, left, in the house, overdue."""
    found = [
        (kind, id_, int(came), int(went), int(here), int(late))
        for kind, id_, came, went, here, late in tx.ask(MonthSql(bounds).service(), (tx.depot_id,) * 2)
    ]
    return tuple(sorted(found, key=lambda row: (row[0], -row[2] - row[3] - row[4], row[1])))


def satisfaction(tx: Tx, bounds: Bounds) -> tuple[int, int]:
    """Answers keyed in the month (the newest version of each): of them satisfied overall, and how many there are."""
    sql = MonthSql(bounds)
    found = tx.ask(f"""SELECT a.overall, COUNT(*) FROM feedback_answers a
        WHERE a.depot_id = ? AND {sql.month("a.at")} AND a.overall IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM feedback_answers b WHERE b.depot_id = a.depot_id AND b.document_id = a.document_id
          AND b.version > a.version)
        GROUP BY a.overall""", (tx.depot_id,))
    by_grade: dict[str, int] = {grade: n for grade, n in found}  # noqa: C416  a row is no pair to the checker
    content = (Grade.VERY_SATISFIED.value, Grade.SATISFIED.value)
    return sum(by_grade.get(grade, 0) for grade in content), sum(by_grade.values())


def cases(tx: Tx, bounds: Bounds) -> tuple[CaseLine, ...]:
    """Every examined visit of the month by number."""
    return _lines(bounds, tx.ask(MonthSql(bounds).cases(), (tx.depot_id,) * 3))


def behind(tx: Tx, bounds: Bounds, figure: str) -> tuple[CaseLine, ...]:
    """The visits behind ``figure`` (a key of ``_Sql.behind``) by number."""
    return _lines(bounds, tx.ask(MonthSql(bounds).behind(figure), (tx.depot_id,) * 2))


def _lines(bounds: Bounds, rows: Iterable[Any]) -> tuple[CaseLine, ...]:
    def shown(value: int | None) -> str:
        moment = moment_of(value)
        return (moment + bounds.offset).date().isoformat() if moment else ""

    return tuple(
        CaseLine(*[*row[:-2], shown(row[-2]), shown(row[-1])])
        for row in rows
    )


def names(tx: Tx, table: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name of ``products`` (model, Chinese and English name joined by the caller) or ``customers`` by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    columns = "id, model, name_zh" if table == "products" else "id, name, code"
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start:start + 500]
        places = ", ".join("?" * len(some))
        for row_id, name, more in tx.ask(f"SELECT {columns} FROM {table} WHERE id IN ({places})", some):
            found[row_id] = name, more
    return found


def fault_names(tx: Tx) -> dict[str, tuple[str, str]]:
    """The words of every fault code, in Chinese and English."""
    return {
        code: (zh, en) for code, zh, en in tx.ask(
            "SELECT code, name_zh, name_en FROM codes WHERE kind = 'FAULT' AND deleted_at IS NULL ORDER BY code, id")
    }


# -- closed months -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month that was closed: ``data`` is its report, letter by letter."""

    id: str
    month: str
    format: int
    data: str
    digest: str
    policy_version: str
    signature_id: str
    at: datetime
    by: str
    by_name: str


def closed(tx: Tx, month: str) -> ClosedMonth | None:
    """The closing of ``month`` (``yyyy-mm``), if it was."""
    c = closed_months.c
    return tx.one(
        select(*columns_of(ClosedMonth, closed_months)).where(c.depot_id == tx.depot_id, c.month == month), ClosedMonth)


def closed_list(tx: Tx) -> tuple[str, ...]:
    """The months that are closed, newest first."""
    return tuple(row[0] for row in tx.ask(
        "SELECT month FROM closed_months WHERE depot_id = ? ORDER BY month DESC", (tx.depot_id,)))


def close(tx: Tx, closing: ClosedMonth) -> None:
    """Write a closing down; it never changes."""
    tx.insert(closed_months, {
        "id": closing.id, "month": closing.month, "format": closing.format, "data": closing.data,
        "digest": closing.digest, "policy_version": closing.policy_version, "signature_id": closing.signature_id,
        "at": closing.at, "by": closing.by, "by_name": closing.by_name,
    })


def first_month(tx: Tx) -> datetime | None:
    """When the first unit was received."""
    rows = tx.ask("SELECT MIN(received_at) FROM return_cases WHERE depot_id = ?", (tx.depot_id,))
    return moment_of(next(iter(rows))[0])
