"""The statements that count a month: plain SQL that reads the same on both engines, so that the benchmark runs it bare.

Times are microseconds; the numbers set into the text are whole numbers made here, never anything typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.domain.codes import PRODUCT_CAUSED, CauseClass
from app.domain.quality_counts import (
    TREND,
    Door,
)
from app.domain.transfers import TRANSFERRED

#: Lots and customers that are named; the rest is told as a number.
MOST_NAMED = 50
#: An earlier visit of a unit that did not go on at another depot: the next one is a return.
_STAYED = f"COALESCE(p.outcome, '') <> '{TRANSFERRED}'"
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


def moment_of(value: int | None) -> datetime | None:
    """The moment of a raw value: microseconds since 1970 UTC."""
    return None if value is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)


class MonthSql:
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
              CASE WHEN c.outcome = '{TRANSFERRED}' THEN '{Door.TRANSFERRED}'
                WHEN c.returned_at IS NOT NULL THEN '{Door.RETURNED}'
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
            WHERE {self.trend(moment)} AND v.door <> '{Door.TRANSFERRED}')"""

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
            UNION ALL SELECT 'age', CASE WHEN received_at > {self.until} THEN 0  -- a clock that was put back since
              ELSE ({self.until} - received_at) / {_DAY} END, '', COUNT(*) FROM visits
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
            FROM visits v WHERE {self.month("v.left_at")} AND v.door <> '{Door.TRANSFERRED}')"""

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
        before = f"""FROM return_cases p WHERE p.depot_id = v.depot_id AND p.unit_id = v.unit_id
            AND p.received_at < v.received_at AND p.deleted_at IS NULL AND p.stage <> 'VOID' AND {_STAYED}
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
              AND {self.month("x.swapped_at")}),
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
        before = f"""FROM return_cases p WHERE p.depot_id = v.depot_id AND p.unit_id = v.unit_id
            AND p.received_at < v.received_at AND p.deleted_at IS NULL AND p.stage <> 'VOID' AND {_STAYED}"""
        ended = f"""(SELECT {self.day("COALESCE(p.returned_at, p.closed_at, p.received_at)")} {before}
            ORDER BY p.received_at DESC LIMIT 1)"""
        inside = f"(v.left_at IS NULL OR v.left_at >= {self.end})"
        went = self.month("v.left_at")
        turned = f"{went} AND v.door <> '{Door.TRANSFERRED}'"
        came = self.month("v.received_at")
        run = f"""EXISTS (SELECT 1 FROM inspections i WHERE i.depot_id = v.depot_id AND i.case_id = v.id
            AND i.run_no = 1 AND {self.month("i.at")}"""
        condition = {
            "received": came, "left": went, "turnaround": turned, "in_time": turned, "closing": inside,
            "late": f"{inside} AND v.due_on < '{self.bounds.day_after.isoformat()}'",
            "paused": f"""{turned} AND EXISTS (SELECT 1 FROM case_pauses p WHERE p.depot_id = v.depot_id
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
    sql, d = MonthSql(bounds), depot_id
    return (
        (sql.flow(), (d,) * 2), (sql.faults(), (d,) * 3), (sql.again(), (d,)), (sql.runs(), (d,)),
        (sql.spares(), (d,) * 7), (sql.warranty(), (d,) * 4),
    )
