"""A month's quality report over 100,000 cases: through the service against its own statements in bare sqlite3.

``python -m tests.benchmarks.quality [CASES] [FILE]``: FILE is kept and used again. Wanted: at most 2.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from app.depot import SYSTEM, open_depot
from app.persistence import quality_sql as rows
from app.services import quality
from tests.benchmarks import large

TARGET = 2
ROUNDS = 9
MONTH = "2024-02"
_HOUR = 3_600_000_000
_CAUSES = ("COMPONENT_QUALITY", "DESIGN_PROCESS", "PRODUCTION_CONTROL", "USER", "NFF", "TRANSPORT", "ENVIRONMENT")


def make(path: Path, cases: int) -> None:
    """A depot with so many cases over two years: examined, tested, most of them returned."""
    large.make(path, cases, customers=5_000, live=2_000)
    chance = random.Random(3)
    link = sqlite3.connect(path, isolation_level=None)
    link.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN")
    step = 2 * 365 * 24 * _HOUR // cases
    first = 1_672_531_200_000_000  # 2023-01-01
    moments, orders, parts, runs, lots = [], [], [], [], []
    known = link.execute("SELECT id, unit_id, stage FROM return_cases ORDER BY received_at").fetchall()
    for n, (case, unit, stage) in enumerate(known):
        came = first + n * step
        done = came + chance.randint(5, 300) * _HOUR
        left = done + chance.randint(5, 200) * _HOUR if stage == "CLOSED" else None
        moments.append((came, came, left, left, "IN" if n % 3 else "OUT", case))
        orders.append((f"o{n}", f"SH1-B2001-{n:05d}", case, unit, f"F{n % 17}", chance.choice(_CAUSES), done, n))
        parts.append((f"p{n}", f"o{n}", 1 + n % 3, 1_000 + n % 900, n))
        runs.append((f"i{n}", case, unit, "PASSED" if n % 9 else "FAILED", came, done, n))
        lots.append((f"L{n % 400:03d}", f"20{20 + n % 4}-{n % 12 + 1:02d}-01", unit))
    link.executemany("UPDATE return_cases SET reported_at = ?, received_at = ?, returned_at = ?, closed_at = ?,"
                     " warranty = ? WHERE depot_id = 'SH1' AND id = ?", moments)
    link.executemany("UPDATE units SET lot = ?, manufactured_on = ? WHERE depot_id = 'SH1' AND id = ?", lots)
    link.executemany(
        "INSERT INTO repair_orders (depot_id, id, number, case_id, unit_id, technician_id, technician_name,"
        " confirmed_symptom, symptom_code, fault_code, fault, cause_class, responsibility, cause, resolution_code,"
        " work_done, labour_minutes, started_at, finished_at, origin, seq)"
        " VALUES ('SH1', ?, ?, ?, ?, '', '', '', '', ?, '', ?, '', '', '', '', 40, 0, ?, 6, ?)", orders)
    link.executemany(
        "INSERT INTO repair_parts (depot_id, id, repair_order_id, part_no, name, kind, quantity, removed_serial,"
        " fitted_serial, key_part, at, by, place_id, grade, name_en, price_fen, old_part, old_reason, credit_fen,"
        " origin, seq) VALUES ('SH1', ?, ?, '', '', 'ADD', ?, '', '', 0, 0, '', '', '', '', ?, '', '', 0, 7, ?)", parts)
    link.executemany(
        "INSERT INTO inspections (depot_id, id, case_id, unit_id, run_no, template_version, inspector_id,"
        " inspector_name, verdict, reason, soak_minutes, started_at, at, origin, seq)"
        " VALUES ('SH1', ?, ?, ?, 1, 0, '', '', ?, '', 0, ?, ?, 8, ?)", runs)
    link.execute("COMMIT")
    link.execute("ANALYZE")
    link.execute("PRAGMA journal_mode=WAL")
    link.close()


def ratio(path: Path, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Milliseconds of the report, of its statements bare, and the one over the other (medians)."""
    depot = open_depot(str(path), operator=SYSTEM)
    link = sqlite3.connect(path)
    with depot.read() as tx:
        statements = rows.statements(depot.depot_id, quality.bounds(depot, tx, MONTH))
    ours, bare = [], []
    for _round in range(rounds):
        start = perf_counter()
        report = quality.month(depot, MONTH)
        ours.append((perf_counter() - start) * 1000)
        start = perf_counter()
        for sql, values in statements:
            link.execute(sql, values).fetchall()
        bare.append((perf_counter() - start) * 1000)
    assert report.month.examined, "the month is empty"
    depot.close()
    link.close()
    mine, theirs = statistics.median(ours), statistics.median(bare)
    return mine, theirs, mine / theirs


def main(cases: int = 100_000, kept: Path | None = None) -> float:
    """Make the depot, measure, print."""
    with tempfile.TemporaryDirectory() as throw_away:
        path = kept or Path(throw_away) / "quality.db"
        if not path.exists():
            make(path, cases)
        mine, theirs, over = ratio(path)
    print(f"report of a month over {cases} cases: {mine:.0f} ms; bare: {theirs:.0f} ms; ratio {over:.2f}")
    return over


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
