"""A month's reports counted again from the raw rows of a depot's file: F22, F21, F24.

Nothing here is shared with the program: every table is read whole (``SELECT *``) and walked through in loops; moments
are whole microseconds, days are the calendar's in Shanghai, halves are rounded up.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
ZONE = ZoneInfo("Asia/Shanghai")
OURS = ("COMPONENT_QUALITY", "DESIGN_PROCESS", "PRODUCTION_CONTROL")
HOUR, DAY = 3_600_000_000, 86_400_000_000


def micro(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def local_day(moment: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).astimezone(ZONE).date()


def share(part: int, whole: int) -> int:
    """Tenths of a percent, half up."""
    return int(part * 1000 / whole + 0.5) if whole else 0


def nearest(values: Iterable[int], hundredths: int) -> int:
    """Nearest rank."""
    found = sorted(values)
    return found[-(-len(found) * hundredths // 100) - 1] if found else 0


@dataclass(frozen=True)
class Span:
    """A month, as moments."""

    year: int
    month: int

    @property
    def begin(self) -> int:
        return micro(datetime(self.year, self.month, 1, tzinfo=ZONE))

    @property
    def end(self) -> int:
        return self.back(-1).begin

    @property
    def name(self) -> str:
        return f"{self.year}-{self.month:02d}"

    def back(self, months: int) -> Span:
        """So many months before this one."""
        months = self.year * 12 + self.month - 1 - months
        return Span(months // 12, months % 12 + 1)

    def __contains__(self, moment: int | None) -> bool:
        return moment is not None and self.begin <= moment < self.end


@dataclass(frozen=True)
class Visit:
    """A case that was received, with when and how it left, and what the bench said."""

    row: Row
    came: int
    left: int | None
    door: str
    order: Row | None

    @property
    def examined(self) -> int | None:
        if self.door == "TRANSFERRED":
            return None             # it goes on, and is examined, at the other depot
        return (self.order or {}).get("finished_at") or self.left

    @property
    def cause(self) -> str:
        given = (self.order or {}).get("cause_class") or ""
        return given or ("NFF" if self.row["result"] == "NFF" else "UNDETERMINED")


class RawMonth:
    """One month of the file behind ``connection``, seen at ``now``."""

    def __init__(self, connection: sqlite3.Connection, month: str, now: datetime) -> None:
        self.connection, self.now = connection, micro(now)
        self.span = Span(int(month[:4]), int(month[5:]))
        self.trend = [self.span.back(n) for n in range(11, -1, -1)]

    def table(self, name: str) -> list[Row]:
        """Every row of a table that is not deleted."""
        cursor = self.connection.execute(f"SELECT * FROM {name}")
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor]
        return [row for row in found if row.get("deleted_at") is None]

    # -- visits ------------------------------------------------------------------------------------------------

    @cached_property
    def visits(self) -> list[Visit]:
        orders = {row["case_id"]: row for row in self.table("repair_orders")}
        put = self._put_away()
        found = []
        for case in self.table("return_cases"):
            if case["stage"] == "VOID" or case["received_at"] is None:
                continue
            left, door = case["closed_at"], "CLOSED"
            if case["id"] in put:
                left, door = put[case["id"]]
            if case["returned_at"] is not None:
                left, door = case["returned_at"], "RETURNED"
            if case["outcome"] == "TRANSFERRED":
                door = "TRANSFERRED"
            found.append(Visit(case, case["received_at"], left, door, orders.get(case["id"])))
        return found

    def _put_away(self) -> dict[str, tuple[int, str]]:
        """When and how each case's unit first went into the spares or to the scrap; what was taken back never did."""
        taken_back = {move["reverses_id"] for move in self.moves}
        found: dict[str, tuple[int, str]] = {}
        for move in sorted(self.moves, key=lambda m: m["at"]):
            door = {"ZONE_SPARE": "SPARE", "ZONE_SCRAP": "SCRAPPED"}.get(move["to_place"])
            if (door and move["case_id"] and move["from_place"] != move["to_place"]
                    and move["id"] not in taken_back and move["reverses_id"] is None):
                found.setdefault(move["case_id"], (move["at"], door))
        return found

    @cached_property
    def moves(self) -> list[Row]:
        return self.table("movements")

    def inside(self, moment: int) -> list[Visit]:
        """What was in the house at ``moment``."""
        return [v for v in self.visits if v.came < moment and (v.left is None or v.left >= moment)]

    @cached_property
    def received(self) -> list[Visit]:
        return [v for v in self.visits if v.came in self.span]

    @cached_property
    def left(self) -> list[Visit]:
        return [v for v in self.visits if v.left in self.span]

    @cached_property
    def examined(self) -> list[Visit]:
        return [v for v in self.visits if v.examined in self.span]

    @cached_property
    def ours(self) -> list[Visit]:
        return [v for v in self.examined if v.cause in OURS]

    @cached_property
    def ended(self) -> list[Visit]:
        """Those of the month that did not go on at another depot."""
        return [v for v in self.left if v.door != "TRANSFERRED"]

    def late(self, visits: Iterable[Visit]) -> list[Visit]:
        """Those whose due day is over at the end of the month, or now before it."""
        over = min(local_day(self.span.end), local_day(self.now))
        return [v for v in visits if v.row["due_on"] and date.fromisoformat(v.row["due_on"]) < over]

    # -- time --------------------------------------------------------------------------------------------------

    @cached_property
    def paused(self) -> dict[str, int]:
        """How long each visit's clock stood still before it left."""
        left = {v.row["id"]: v.left for v in self.ended}
        found: Counter[str] = Counter()
        for pause in self.table("case_pauses"):
            end = left.get(pause["case_id"])
            if end is not None and pause["started_at"] < end:
                found[pause["case_id"]] += min(pause["ended_at"] or end, end) - pause["started_at"]
        return found

    def turnaround(self, target_days: int) -> dict[str, int]:
        gross = [((v.left or 0) - v.came) // HOUR for v in self.ended]
        net = [((v.left or 0) - v.came - self.paused.get(v.row["id"], 0)) // HOUR for v in self.ended]
        return {
            "n": len(net), "median": nearest(net, 50), "p90": nearest(net, 90), "gross_median": nearest(gross, 50),
            "gross_p90": nearest(gross, 90), "paused_hours": sum(self.paused.values()) // HOUR,
            "in_time": sum(hours < 24 * target_days for hours in net),
        }

    def again(self, window_days: int) -> dict[str, int]:
        """How many serials came again, how many of them soon, and the mean of the days between."""
        found = self.came_again(window_days)
        return {
            "again": len(found), "repeats": sum(soon for _visit, soon, _days in found),
            "apart_days": sum(days for _visit, _soon, days in found) // len(found) if found else 0,
        }

    def came_again(self, window_days: int) -> list[tuple[Visit, bool, int]]:
        """Visits of the month that are not the first of their serial: whether within the window after the one before
        ended, and the days since that one was received."""
        units: dict[str, list[Visit]] = defaultdict(list)
        for visit in sorted(self.visits, key=lambda v: v.came):
            units[visit.row["unit_id"]].append(visit)
        found = []
        for mine in units.values():
            for n, visit in enumerate(mine):
                before = next((v for v in reversed(mine[:n]) if v.door != "TRANSFERRED"), None)
                if before is not None and visit.came in self.span:
                    ended = before.row["returned_at"] or before.row["closed_at"] or before.came
                    soon = (local_day(visit.came) - local_day(ended)).days <= window_days
                    found.append((visit, soon, (local_day(visit.came) - local_day(before.came)).days))
        return found

    # -- what was wrong ----------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.table("units")}

    def pareto(self) -> list[tuple[str, int, int]]:
        """Code (or words), how many, cumulative share; the most frequent first."""
        counted: Counter[str] = Counter()
        for visit in self.ours:
            order = visit.order or {}
            counted[order["fault_code"] or order["fault"]] += 1
        found, so_far = [], 0
        for code, n in counted.most_common():
            so_far += n
            found.append((code, n, share(so_far, counted.total())))
        return found

    def by(self, kind: str) -> dict[tuple[str, str], tuple[int, int]]:
        """Examined visits and the product-caused among them, by ``product``, ``customer`` or ``lot``."""
        found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for visit in self.examined:
            lot = self.units[visit.row["unit_id"]]["lot"] or ""
            key = (visit.row["product_id"], lot) if kind == "lot" else (visit.row[f"{kind}_id"], "")
            found[key][0] += 1
            found[key][1] += visit.cause in OURS
        return {key: (n, ours) for key, (n, ours) in found.items() if kind != "lot" or key[1]}

    def ages(self) -> Counter[tuple[int | None, bool]]:
        """Months since manufacture (else shipment) of what was examined, and whether it was the product's fault."""
        found: Counter[tuple[int | None, bool]] = Counter()
        for visit in self.examined:
            unit = self.units[visit.row["unit_id"]]
            made = unit["manufactured_on"] or unit["shipped_on"]
            age = None
            if made:
                age = (self.span.year - int(made[:4])) * 12 + self.span.month - int(made[5:7])
            found[None if age is None or age < 0 else age, visit.cause in OURS] += 1
        return found

    def ageing(self) -> list[int]:
        """Days since receipt of what is in the house at the end of the month, or now before it; received after now (a
        clock was put back) it is new."""
        until = min(self.span.end, self.now)
        return [max(0, until - v.came) // DAY for v in self.inside(self.span.end)]

    def first_runs(self, span: Span) -> list[str]:
        """Verdicts of the first inspections of ``span``."""
        return [row["verdict"] for row in self.table("inspections") if row["run_no"] == 1 and row["at"] in span]

    def trend_of(self, span: Span) -> dict[str, Any]:
        examined = [v for v in self.visits if v.examined in span]
        ours = tuple(sum(v.cause == cause for v in examined) for cause in OURS)
        runs = self.first_runs(span)
        return {
            "month": span.name, "received": sum(v.came in span for v in self.visits),
            "left": sum(v.left in span for v in self.visits), "examined": len(examined),
            "causes": (*ours, len(examined) - sum(ours)), "nff": sum(v.cause == "NFF" for v in examined),
            "first_runs": len(runs), "first_passed": runs.count("PASSED"),
        }

    # -- spares and money --------------------------------------------------------------------------------------

    def spares(self) -> dict[str, int]:
        """Zone 3 stepped through movement by movement; what became of the spares."""
        opening = put_in = taken_out = restocked = 0
        taken_back = {move["reverses_id"] for move in self.moves}
        for move in self.moves:
            step = (move["to_place"] == "ZONE_SPARE") - (move["from_place"] == "ZONE_SPARE")
            if move["at"] < self.span.begin:
                opening += step
            elif move["at"] in self.span:
                put_in += step > 0
                taken_out += step < 0
                restocked += step < 0 and move["to_place"] == "STORES" and move["id"] not in taken_back
        closing = opening + put_in - taken_out
        return {
            "opening": opening, "put_in": put_in, "taken_out": taken_out, "closing": closing, "restocked": restocked,
            "used_at_sites": sum(row["swapped_at"] in self.span for row in self.table("spare_uses")),
            "exchanged": sum(row["at"] in self.span for row in self.table("exchanges")),
            "turnover": share(2 * taken_out, opening + closing),
        }

    def warranty(self, labour_hour_fen: int) -> dict[str, int]:
        """In-warranty repairs that the bench finished in the month."""
        orders = {
            visit.order["id"]: visit.order for visit in self.visits
            if visit.order and visit.row["warranty"] == "IN" and visit.order["finished_at"] in self.span
        }
        parts = sum(
            row["quantity"] * row["price_fen"] for row in self.table("repair_parts")
            if row["kind"] == "ADD" and row["repair_order_id"] in orders
        )
        minutes = sum(order["labour_minutes"] for order in orders.values())
        labour = (2 * minutes * labour_hour_fen + 60) // 120
        return {
            "cases": len(orders), "parts_fen": parts, "labour_minutes": minutes, "labour_fen": labour,
            "total_fen": parts + labour,
        }

    # -- F21, F24 ----------------------------------------------------------------------------------------------

    def tested(self) -> tuple[dict[str, tuple[int, ...]], dict[tuple[str, str], tuple[int, ...]]]:
        """By product: tested, passed, failed, first runs, of these passed. By product and item: read, passed, failed.
        """
        cases = {row["id"]: row["product_id"] for row in self.table("return_cases")}
        runs = {row["id"]: row for row in self.table("inspections") if row["at"] in self.span}
        products: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
        items: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 3)
        for run in runs.values():
            passed, first = run["verdict"] == "PASSED", run["run_no"] == 1
            for n, one in enumerate((True, passed, not passed, first, first and passed)):
                products[cases[run["case_id"]]][n] += one
        for reading in self.table("inspection_readings"):
            if reading["inspection_id"] in runs:
                key = cases[runs[reading["inspection_id"]]["case_id"]], reading["code"]
                for n, one in enumerate((True, reading["verdict"] == "PASSED", reading["verdict"] == "FAILED")):
                    items[key][n] += one
        return {key: tuple(sums) for key, sums in products.items()}, {key: tuple(sums) for key, sums in items.items()}

    def service(self, kind: str) -> dict[str, tuple[int, int, int, int]]:
        """By product or customer: received, left, in the house at the end, overdue of these."""
        here = self.inside(self.span.end)
        found: dict[str, list[int]] = defaultdict(lambda: [0] * 4)
        for n, visits in enumerate((self.received, self.left, here, self.late(here))):
            for visit in visits:
                found[visit.row[f"{kind}_id"]][n] += 1
        return {key: (a, b, c, d) for key, (a, b, c, d) in found.items()}

    def satisfied(self) -> tuple[int, int]:
        """Of the papers whose newest answer was keyed in the month: pleased overall, answered overall."""
        newest: dict[str, Row] = {}
        for answer in sorted(self.table("feedback_answers"), key=lambda row: row["version"]):
            newest[answer["document_id"]] = answer
        grades = [row["overall"] for row in newest.values() if row["at"] in self.span and row["overall"]]
        return sum(grade in {"VERY_SATISFIED", "SATISFIED"} for grade in grades), len(grades)

    def called(self) -> tuple[int, int]:
        """Customers reached in the month by the calls that stand; repairs that went back in it."""
        calls = self.table("follow_up_calls")
        undone = {call["undoes"] for call in calls}
        reached = {
            call["follow_up_id"] for call in calls
            if call["reached"] and call["id"] not in undone and call["at"] in self.span
        }
        back = [v for v in self.visits if v.row["returned_at"] in self.span and not v.row["historical"]]
        return len(reached), len(back)


def month_names(first: datetime, last: datetime) -> list[str]:
    """The months from ``first`` to ``last``."""
    day, end = first.astimezone(ZONE).date().replace(day=1), last.astimezone(ZONE).date()
    found = []
    while day <= end:
        found.append(f"{day:%Y-%m}")
        day += timedelta(days=monthrange(day.year, day.month)[1])
    return found
