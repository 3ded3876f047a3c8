"""Histories of a depot written straight into its tables, and a month's figures counted by hand.

The counting here shares nothing with the program's: it reads whole tables and loops.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.depot import SYSTEM, Depot
from app.persistence.tables import (
    case_pauses,
    inspections,
    repair_orders,
    repair_parts,
    return_cases,
    units,
)

ZONE = ZoneInfo("Asia/Shanghai")
OURS = ("COMPONENT_QUALITY", "DESIGN_PROCESS", "PRODUCTION_CONTROL")
DAY = timedelta(days=1)


@dataclass
class Visit:
    """One visit. ``came``: of its unit; the others hours after it; ``None``: not yet."""

    unit: int
    came: datetime
    finished: int | None = None
    left: int | None = None
    closed_only: bool = False
    cause: str = ""
    fault: str = ""
    warranty: str = "IN"
    pauses: Sequence[tuple[int, int]] = ()
    runs: Sequence[str] = ()
    minutes: int = 0
    parts: Sequence[tuple[int, int]] = ()
    id: str = field(default="")

    @property
    def left_at(self) -> datetime | None:
        return None if self.left is None else self.came + timedelta(hours=self.left)

    @property
    def finished_at(self) -> datetime | None:
        return None if self.finished is None else self.came + timedelta(hours=self.finished)

    @property
    def examined_at(self) -> datetime | None:
        return self.finished_at or self.left_at


LOTS = ("A1", "A2", "")
MADE = (date(2026, 5, 1), date(2024, 2, 29), None)


def write(depot: Depot, visits: Sequence[Visit], customer: str, product: str) -> None:
    """Enter ``visits`` as rows; units are numbered, three lots and ages in turn."""
    with depot.as_operator(SYSTEM).write() as tx:
        ids: dict[int, str] = {}
        for n, visit in enumerate(visits):
            if visit.unit not in ids:
                ids[visit.unit] = tx.new_id()
                tx.insert(units, {
                    "id": ids[visit.unit], "product_id": product, "serial": f"Q{visit.unit:05d}",
                    "serial_reversed": f"{visit.unit:05d}Q", "serial_as_read": "", "tagged": False,
                    "lot": LOTS[visit.unit % 3], "manufactured_on": MADE[visit.unit % 3], "shipped_on": None,
                    "accepted_on": None, "customer_id": customer, "storage_condition": "", "place": "CUSTOMER",
                    "shelf_id": None, "placed_at": visit.came, "movement_no": 0, "case_id": None, "note": "",
                })
            visit.id = tx.new_id()
            _write_visit(tx, visit, n, ids[visit.unit], customer, product)


def _write_visit(tx: Any, visit: Visit, n: int, unit_id: str, customer: str, product: str) -> None:
    texts = dict.fromkeys((
        "urgency", "method", "brought_by", "waybill", "site", "contact", "contact_phone", "phase", "symptom",
        "symptom_code", "tried", "condition", "spare_left_serial", "warranty_proof", "policy_version", "external_id",
        "external_outcome", "note"), "")
    tx.insert(return_cases, {
        **texts, "id": visit.id, "number": f"SH1-R2600-{n + 1:05d}", "unit_id": unit_id, "product_id": product,
        "customer_id": customer, "stage": "IN_REPAIR" if visit.left is None else "CLOSED", "visit_no": 1,
        "warranty": visit.warranty, "reported_at": visit.came, "received_at": visit.came, "found_at_repair": False,
        "due_on": (visit.came + 14 * DAY).astimezone(ZONE).date(),
        "returned_at": None if visit.closed_only else visit.left_at, "closed_at": visit.left_at,
    })
    for start, end in visit.pauses:
        tx.insert(case_pauses, {
            "case_id": visit.id, "reason": "CONSENT", "started_at": visit.came + timedelta(hours=start),
            "ended_at": visit.came + timedelta(hours=end)})
    for number, verdict in enumerate(visit.runs, 1):
        tx.insert(inspections, {
            "case_id": visit.id, "unit_id": unit_id, "run_no": number, "template_id": None, "template_version": 0,
            "inspector_id": "", "inspector_name": "", "verdict": verdict, "reason": "", "soak_minutes": 0,
            "started_at": visit.came, "at": visit.came + timedelta(hours=20 * number), "signature_id": None})
    if visit.finished is not None or visit.cause:
        order = tx.new_id()
        tx.insert(repair_orders, {
            **dict.fromkeys(("technician_id", "technician_name", "confirmed_symptom", "symptom_code", "fault",
                             "responsibility", "cause", "resolution_code", "work_done"), ""),
            "id": order, "number": f"SH1-B2600-{n + 1:05d}", "case_id": visit.id, "unit_id": unit_id,
            "fault_code": visit.fault, "cause_class": visit.cause, "labour_minutes": visit.minutes,
            "started_at": visit.came, "finished_at": visit.finished_at})
        for quantity, price in visit.parts:
            tx.insert(repair_parts, {
                **dict.fromkeys(("part_no", "name", "removed_serial", "fitted_serial", "by", "place_id", "grade",
                                 "name_en", "old_part", "old_reason"), ""),
                "repair_order_id": order, "kind": "ADD", "quantity": quantity, "key_part": False, "at": visit.came,
                "price_fen": price, "credit_fen": 0})


@dataclass
class Counted:
    """What a month comes to, counted by hand."""

    opening: int
    received: int
    left: int
    closing: int
    causes: Counter[str]
    faults: Counter[str]
    lots: Counter[str]
    ages: Counter[int | None]
    net: list[int]
    gross: list[int]
    first: list[str]
    again: int
    repeats: int
    apart: list[int]
    parts_fen: int
    minutes: int


def count(visits: Sequence[Visit], year: int, month: int, window: int = 90) -> Counted:
    """The figures of a month from the visits as they were entered."""
    start = datetime(year, month, 1, tzinfo=ZONE)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=ZONE)

    def within(moment: datetime | None) -> bool:
        return moment is not None and start <= moment < end

    examined = [v for v in visits if within(v.examined_at)]
    gone = [v for v in visits if within(v.left_at)]
    came = [v for v in visits if within(v.came)]
    local = [(_day(v.came), _before(v, visits)) for v in came]
    gaps = [(day - _day(w.left_at or w.came)).days for day, w in local if w]
    in_warranty = [v for v in visits if v.warranty == "IN" and within(v.finished_at)]
    return Counted(
        sum(v.came < start and (v.left_at is None or v.left_at >= start) for v in visits), len(came), len(gone),
        sum(v.came < end and (v.left_at is None or v.left_at >= end) for v in visits),
        Counter(v.cause or "UNDETERMINED" for v in examined), Counter(v.fault for v in examined if v.cause in OURS),
        Counter(LOTS[v.unit % 3] for v in examined if LOTS[v.unit % 3]),
        Counter(_age(MADE[v.unit % 3], year, month) for v in examined),
        sorted(_hours(v, paused=False) for v in gone), sorted(_hours(v, paused=True) for v in gone),
        [v.runs[0] for v in visits if v.runs and within(v.came + timedelta(hours=20))],
        sum(w is not None for _day_, w in local), sum(gap <= window for gap in gaps),
        [(day - _day(w.came)).days for day, w in local if w],
        sum(q * p for v in in_warranty for q, p in v.parts), sum(v.minutes for v in in_warranty),
    )


def _before(visit: Visit, visits: Sequence[Visit]) -> Visit | None:
    return max((v for v in visits if v.unit == visit.unit and v.came < visit.came), key=lambda v: v.came, default=None)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _age(made: date | None, year: int, month: int) -> int | None:
    return None if made is None else (year - made.year) * 12 + month - made.month


def _hours(visit: Visit, *, paused: bool) -> int:
    assert visit.left is not None
    whole = visit.left
    if not paused:
        whole -= sum(min(end, visit.left) - start for start, end in visit.pauses if start < visit.left)
    return whole


def at(text: str) -> datetime:
    """A moment in Shanghai as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)
