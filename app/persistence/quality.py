"""Counting for the monthly reports, in the database: a hundred thousand cases become some hundred rows of numbers.

Plain SQL that reads the same on both engines, so that the benchmark can run it bare. Times are microseconds; the
numbers set into the text are whole numbers made here, never anything typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.domain.codes import PRODUCT_CAUSED, CauseClass
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
from app.persistence.tables import closed_months
from app.persistence.transaction import Tx, columns_of

#: Lots and customers that are named; the rest is told as a number.
MOST_NAMED = 50
_DAY = 86_400_000_000
_HOUR = 3_600_000_000
_OURS = ", ".join(f"'{cause.value}'" for cause in PRODUCT_CAUSED)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The moments at which the months of a trend begin, and the end of the last; ``until``: the end, or now before it.

    ``day_after``: the day after the last one that is over; ``offset``: of the depot's local time.
    """

    starts: tuple[datetime, ...]
    end: datetime
    until: datetime
    day_after: date
    month_no: int
    offset: timedelta
    window_days: int


def _micro(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)


class _Sql:
    """The statements of one month."""

    def __init__(self, bounds: Bounds) -> None:
        self.starts = [_micro(moment) for moment in bounds.starts]
        self.first, self.start, self.end = self.starts[0], self.starts[-1], _micro(bounds.end)
        self.until = _micro(bounds.until)
        self.bounds = bounds

    def slot(self, column: str) -> str:
        """Which month of the trend ``column`` lies in."""
        cases = " ".join(f"WHEN {column} >= {start} THEN {n}" for n, start in reversed([*enumerate(self.starts)]))
        return f"CASE {cases} END"

    def month(self, column: str) -> str:
        """Whether ``column`` lies in the reported month."""
        return f"({column} >= {self.start} AND {column} < {self.end})"

    def trend(self, column: str) -> str:
        """Whether ``column`` lies in one of the months of the trend."""
        return f"({column} >= {self.first} AND {column} < {self.end})"

    def day(self, column: str) -> str:
        """The depot's day of ``column`` as a number."""
        return f"(({column} + {self.bounds.offset // timedelta(microseconds=1)}) / {_DAY})"

    @property
    def visits(self) -> str:
        """Every visit with the moment it left, as a common table; one parameter each for movements and cases."""
        return f"""put AS (
            SELECT m.case_id AS case_id, MIN(m.at) AS at, MIN(m.to_place) AS place FROM movements m
            WHERE m.depot_id = ? AND m.to_place IN ('ZONE_SPARE', 'ZONE_SCRAP') AND m.from_place <> m.to_place
              AND m.case_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM movements r WHERE r.depot_id = m.depot_id AND r.unit_id = m.unit_id
                AND r.ordinal = m.ordinal + 1 AND r.reverses_id = m.id)
            GROUP BY m.case_id),
        visits AS (
            SELECT c.depot_id, c.id, c.number, c.unit_id, c.product_id, c.customer_id, c.received_at, c.due_on,
              c.warranty, c.result, COALESCE(c.returned_at, put.at, c.closed_at) AS left_at,
              CASE WHEN c.returned_at IS NOT NULL THEN '{Door.RETURNED}'
                WHEN put.place = 'ZONE_SPARE' THEN '{Door.SPARE}'
                WHEN put.place = 'ZONE_SCRAP' THEN '{Door.SCRAPPED}' ELSE '{Door.CLOSED}' END AS door
            FROM return_cases c LEFT JOIN put ON put.case_id = c.id
            WHERE c.depot_id = ? AND c.deleted_at IS NULL AND c.stage <> 'VOID' AND c.received_at < {self.end})"""

    @property
    def seen(self) -> str:
        """Every examined visit of the trend."""
        moment = "COALESCE(o.finished_at, v.left_at)"
        return f"""seen AS (
            SELECT v.id, v.number, v.unit_id, v.product_id, v.customer_id, v.received_at, v.left_at, v.result,
              {self.slot(moment)} AS month,
              CASE WHEN COALESCE(o.cause_class, '') = '' AND v.result = 'NFF' THEN '{CauseClass.NFF}'
                WHEN COALESCE(o.cause_class, '') = '' THEN '{CauseClass.UNDETERMINED}'
                ELSE o.cause_class END AS cause,
              COALESCE(o.fault_code, '') AS fault_code, COALESCE(o.fault, '') AS fault
            FROM visits v LEFT JOIN repair_orders o
              ON o.depot_id = v.depot_id AND o.case_id = v.id AND o.deleted_at IS NULL
            WHERE {self.trend(moment)})"""

    def flow(self) -> str:
        """Receipts, exits, stock."""
        inside = "received_at < {0} AND (left_at IS NULL OR left_at >= {0})"
        return f"""WITH {self.visits}, {self.gone}
            SELECT 'in', {self.slot("received_at")}, '', COUNT(*) FROM visits WHERE {self.trend("received_at")}
              GROUP BY 2
            UNION ALL SELECT 'out', {self.slot("left_at")}, door, COUNT(*) FROM visits WHERE {self.trend("left_at")}
              GROUP BY 2, 3
            UNION ALL SELECT 'opening', 0, '', COUNT(*) FROM visits WHERE {inside.format(self.start)}
            UNION ALL SELECT 'closing', 0, '', COUNT(*) FROM visits WHERE {inside.format(self.end)}
            UNION ALL SELECT 'late', 0, '', COUNT(*) FROM visits
              WHERE {inside.format(self.end)} AND due_on < '{self.bounds.day_after.isoformat()}'
            UNION ALL SELECT 'age', ({self.until} - received_at) / {_DAY}, '', COUNT(*) FROM visits
              WHERE {inside.format(self.end)} GROUP BY 2
            UNION ALL SELECT 'net', (left_at - received_at - paused) / {_HOUR}, '', COUNT(*) FROM gone GROUP BY 2
            UNION ALL SELECT 'gross', (left_at - received_at) / {_HOUR}, '', COUNT(*) FROM gone GROUP BY 2
            UNION ALL SELECT 'paused', 0, '', CAST(COALESCE(SUM(paused), 0) / 1000000 AS BIGINT) FROM gone
            """

    @property
    def gone(self) -> str:
        """The visits that left in the month, with how long their clocks stood still."""
        ended = "CASE WHEN p.ended_at IS NULL OR p.ended_at > v.left_at THEN v.left_at ELSE p.ended_at END"
        return f"""gone AS (
            SELECT v.received_at, v.left_at, CAST(COALESCE((
                SELECT SUM({ended} - p.started_at) FROM case_pauses p
                WHERE p.depot_id = v.depot_id AND p.case_id = v.id AND p.deleted_at IS NULL
                  AND p.started_at < v.left_at), 0) AS BIGINT) AS paused
            FROM visits v WHERE {self.month("v.left_at")})"""

    def faults(self) -> str:
        """Causes of the trend; of the month: faults, products, lots, customers, ages."""
        ours = f"SUM(CASE WHEN cause IN ({_OURS}) THEN 1 ELSE 0 END)"
        made = "CAST(substr(COALESCE(u.manufactured_on, u.shipped_on), {}, {}) AS INTEGER)"
        age = f"{self.bounds.month_no} - 12 * {made.format(1, 4)} - {made.format(6, 2)}"

        def named(kind: str, key: str, lot: str = "''") -> str:
            group, where = (key, "") if lot == "''" else (f"{key}, {lot}", f"WHERE {lot} <> ''")
            return f"""SELECT * FROM (
                SELECT '{kind}' AS kind, 0 AS slot, {key} AS a, {lot} AS b, COUNT(*) AS n, {ours} AS ours
                FROM month {where} GROUP BY {group} ORDER BY n DESC, ours DESC, a, b LIMIT {MOST_NAMED}) {kind}"""

        return f"""WITH {self.visits}, {self.seen},
        month AS (
            SELECT s.product_id, s.customer_id, s.cause, s.fault_code, s.fault, COALESCE(u.lot, '') AS lot, {age} AS age
            FROM seen s LEFT JOIN units u ON u.depot_id = ? AND u.id = s.unit_id WHERE s.month = {TREND - 1})
        SELECT 'cause', month, cause, '', COUNT(*), 0 FROM seen GROUP BY 2, 3
        UNION ALL SELECT 'fault', 0, fault_code, CASE WHEN fault_code = '' THEN fault ELSE '' END, COUNT(*), 0
          FROM month WHERE cause IN ({_OURS}) GROUP BY 3, 4
        UNION ALL SELECT 'product', 0, product_id, '', COUNT(*), {ours} FROM month GROUP BY 3
        UNION ALL {named("lot", "product_id", "lot")}
        UNION ALL {named("customer", "customer_id")}
        UNION ALL SELECT 'age', COALESCE(age, -1), '', '', COUNT(*), {ours} FROM month GROUP BY 2"""

    def again(self) -> str:
        """Visits received in the month against the visit before of the same serial."""
        before = """FROM return_cases p WHERE p.depot_id = v.depot_id AND p.unit_id = v.unit_id
            AND p.received_at < v.received_at AND p.deleted_at IS NULL AND p.stage <> 'VOID'
            ORDER BY p.received_at DESC LIMIT 1"""
        return f"""WITH v AS (
            SELECT c.depot_id, c.unit_id, c.received_at FROM return_cases c
            WHERE c.depot_id = ? AND c.deleted_at IS NULL AND c.stage <> 'VOID' AND {self.month("c.received_at")}),
        chain AS (
            SELECT {self.day("v.received_at")} AS came,
              (SELECT {self.day("p.received_at")} {before}) AS came_before,
              (SELECT {self.day("COALESCE(p.returned_at, p.closed_at, p.received_at)")} {before}) AS ended_before
            FROM v)
        SELECT COUNT(*), COUNT(came_before),
          COALESCE(SUM(CASE WHEN came - ended_before <= {self.bounds.window_days} THEN 1 ELSE 0 END), 0),
          CAST(COALESCE(SUM(came - came_before), 0) AS BIGINT) FROM chain"""

    def runs(self) -> str:
        """First inspections of the trend by verdict."""
        return f"""SELECT {self.slot("i.at")}, i.verdict, COUNT(*) FROM inspections i
            WHERE i.depot_id = ? AND i.run_no = 1 AND {self.trend("i.at")} GROUP BY 1, 2"""

    def spares(self) -> str:
        """Zone 3 by its ledger; what became of spares."""
        zone = "'ZONE_SPARE'"
        into = f"m.depot_id = ? AND m.to_place = {zone} AND m.from_place <> {zone}"
        out = f"m.depot_id = ? AND m.from_place = {zone} AND m.to_place <> {zone}"
        return f"""SELECT
            (SELECT COUNT(*) FROM movements m WHERE {into} AND m.at < {self.start})
              - (SELECT COUNT(*) FROM movements m WHERE {out} AND m.at < {self.start}),
            (SELECT COUNT(*) FROM movements m WHERE {into} AND {self.month("m.at")}),
            (SELECT COUNT(*) FROM movements m WHERE {out} AND {self.month("m.at")}),
            (SELECT COUNT(*) FROM movements m WHERE {out} AND m.to_place = 'STORES' AND {self.month("m.at")}),
            (SELECT COUNT(*) FROM spare_uses x WHERE x.depot_id = ? AND x.deleted_at IS NULL
              AND {self.month("x.sent_at")}),
            (SELECT COUNT(*) FROM exchanges x WHERE x.depot_id = ? AND x.deleted_at IS NULL AND {self.month("x.at")})"""

    def warranty(self) -> str:
        """In-warranty repairs that the bench finished in the month, and what was fitted in them."""
        done = f"""FROM repair_orders o JOIN return_cases c ON c.depot_id = o.depot_id AND c.id = o.case_id
            WHERE o.depot_id = ? AND o.deleted_at IS NULL AND {self.month("o.finished_at")} AND c.warranty = 'IN'
              AND c.deleted_at IS NULL AND c.stage <> 'VOID'"""
        return f"""SELECT (SELECT COUNT(*) {done}),
            CAST((SELECT COALESCE(SUM(p.quantity * p.price_fen), 0) FROM repair_parts p
              WHERE p.depot_id = ? AND p.deleted_at IS NULL AND p.kind = 'ADD'
                AND p.repair_order_id IN (SELECT o.id {done})) AS BIGINT),
            CAST((SELECT COALESCE(SUM(o.labour_minutes), 0) {done}) AS BIGINT)"""

    def service(self) -> str:
        """F24: visits by product and by customer: received, left, in the house at the end, overdue of these."""
        inside = f"received_at < {self.end} AND (left_at IS NULL OR left_at >= {self.end})"
        late = f"{inside} AND due_on < '{self.bounds.day_after.isoformat()}'"
        sums = ", ".join(
            f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS {name}" for name, condition in (
                ("came", self.month("received_at")), ("went", self.month("left_at")), ("here", inside), ("late", late))
        )
        part = """SELECT * FROM (SELECT '{0}' AS kind, {0}_id AS id, {1} FROM visits GROUP BY {0}_id) {0}
            WHERE came + went + here > 0"""
        return f"""WITH {self.visits} {part.format("product", sums)}
            UNION ALL SELECT * FROM ({part.format("customer", sums)}
              ORDER BY came + went + here DESC, id LIMIT {MOST_NAMED}) named"""

    def tests(self) -> str:
        """F21: inspections of the month by product and verdict."""
        return f"""SELECT c.product_id, i.verdict, COUNT(*), SUM(CASE WHEN i.run_no = 1 THEN 1 ELSE 0 END)
            FROM inspections i JOIN return_cases c ON c.depot_id = i.depot_id AND c.id = i.case_id
            WHERE i.depot_id = ? AND {self.month("i.at")} GROUP BY 1, 2 ORDER BY 1, 2"""

    def items(self) -> str:
        """F21: readings of the month by product, item and verdict."""
        return f"""SELECT c.product_id, r.code, r.name_zh, r.name_en, r.verdict, COUNT(*)
            FROM inspections i JOIN return_cases c ON c.depot_id = i.depot_id AND c.id = i.case_id
            JOIN inspection_readings r ON r.depot_id = i.depot_id AND r.inspection_id = i.id
            WHERE i.depot_id = ? AND {self.month("i.at")} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"""

    def cases(self) -> str:
        """The examined visits of the month."""
        return f"""WITH {self.visits}, {self.seen}
            SELECT s.id, s.unit_id, s.number, u.serial, s.product_id, COALESCE(p.model, ''), u.lot, s.customer_id,
              COALESCE(k.name, ''), s.cause, s.fault_code, s.fault, COALESCE(s.result, ''), s.received_at, s.left_at
            FROM seen s JOIN units u ON u.depot_id = ? AND u.id = s.unit_id
            LEFT JOIN products p ON p.id = s.product_id LEFT JOIN customers k ON k.id = s.customer_id
            WHERE s.month = {TREND - 1} ORDER BY s.number"""


    def behind(self, figure: str) -> str:
        """The visits behind a figure that does not count examined ones."""
        before = """FROM return_cases p WHERE p.depot_id = v.depot_id AND p.unit_id = v.unit_id
            AND p.received_at < v.received_at AND p.deleted_at IS NULL AND p.stage <> 'VOID'"""
        ended = f"""(SELECT {self.day("COALESCE(p.returned_at, p.closed_at, p.received_at)")} {before}
            ORDER BY p.received_at DESC LIMIT 1)"""
        inside = f"(v.left_at IS NULL OR v.left_at >= {self.end})"
        went = self.month("v.left_at")
        came = self.month("v.received_at")
        run = f"""EXISTS (SELECT 1 FROM inspections i WHERE i.depot_id = v.depot_id AND i.case_id = v.id
            AND i.run_no = 1 AND {self.month("i.at")}"""
        condition = {
            "received": came, "left": went, "turnaround": went, "in_time": went, "closing": inside,
            "late": f"{inside} AND v.due_on < '{self.bounds.day_after.isoformat()}'",
            "paused": f"""{went} AND EXISTS (SELECT 1 FROM case_pauses p WHERE p.depot_id = v.depot_id
                AND p.case_id = v.id AND p.deleted_at IS NULL)""",
            "again": f"{came} AND EXISTS (SELECT 1 {before})",
            "repeat": f"{came} AND {self.day('v.received_at')} - {ended} <= {self.bounds.window_days}",
            "first_pass": f"{run} AND i.verdict <> 'PASSED')",
            "warranty": f"v.warranty = 'IN' AND {self.month('o.finished_at')}",
            "exchanged": f"""EXISTS (SELECT 1 FROM exchanges x WHERE x.depot_id = v.depot_id AND x.case_id = v.id
                AND x.deleted_at IS NULL AND {self.month("x.at")})""",
        }[figure]
        return f"""WITH {self.visits}
            SELECT v.id, v.unit_id, v.number, u.serial, v.product_id, COALESCE(p.model, ''), u.lot, v.customer_id,
              COALESCE(k.name, ''), COALESCE(o.cause_class, ''), COALESCE(o.fault_code, ''), COALESCE(o.fault, ''),
              COALESCE(v.result, ''), v.received_at, v.left_at
            FROM visits v JOIN units u ON u.depot_id = v.depot_id AND u.id = v.unit_id
            LEFT JOIN repair_orders o ON o.depot_id = v.depot_id AND o.case_id = v.id AND o.deleted_at IS NULL
            LEFT JOIN products p ON p.id = v.product_id LEFT JOIN customers k ON k.id = v.customer_id
            WHERE {condition} ORDER BY v.number"""


def statements(depot_id: str, bounds: Bounds) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every statement of a month's report with its parameters: what the benchmark runs bare."""
    sql, d = _Sql(bounds), depot_id
    return (
        (sql.flow(), (d,) * 2), (sql.faults(), (d,) * 3), (sql.again(), (d,)), (sql.runs(), (d,)),
        (sql.spares(), (d,) * 7), (sql.warranty(), (d,) * 4),
    )


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
    sql = _Sql(bounds)
    return (
        tuple(TestCount(p, verdict, n, int(first)) for p, verdict, n, first in tx.ask(sql.tests(), (tx.depot_id,))),
        tuple(ItemCount(*row) for row in tx.ask(sql.items(), (tx.depot_id,))),
    )


def service(tx: Tx, bounds: Bounds) -> tuple[tuple[str, str, int, int, int, int], ...]:
    """What F24 says of products and customers: kind, id, received, left, in the house, overdue."""
    found = [
        (kind, id_, int(came), int(went), int(here), int(late))
        for kind, id_, came, went, here, late in tx.ask(_Sql(bounds).service(), (tx.depot_id,) * 2)
    ]
    return tuple(sorted(found, key=lambda row: (row[0], -row[2] - row[3] - row[4], row[1])))


def satisfaction(tx: Tx, bounds: Bounds) -> tuple[int, int]:
    """Answers keyed in the month (the newest version of each): of them satisfied overall, and how many there are."""
    sql = _Sql(bounds)
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
    return _lines(bounds, tx.ask(_Sql(bounds).cases(), (tx.depot_id,) * 3))


def behind(tx: Tx, bounds: Bounds, figure: str) -> tuple[CaseLine, ...]:
    """The visits behind ``figure`` (a key of ``_Sql.behind``) by number."""
    return _lines(bounds, tx.ask(_Sql(bounds).behind(figure), (tx.depot_id,) * 2))


def _lines(bounds: Bounds, rows: Iterable[Any]) -> tuple[CaseLine, ...]:
    def shown(value: int | None) -> str:
        moment = _moment(value)
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
    return _moment(next(iter(rows))[0])
