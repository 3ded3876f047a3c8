"""The night against what the engines can do at best, in one run (issue 4, "Speed to reach").

``python -m tests.benchmarks.sync [ROWS]``: ratios of 100,000 changed rows (and ten times as many compared).

What is measured and its measure take turns, several rounds each; push and pull: the best of each, nights: the median.
A machine that does other work meanwhile disturbs both alike that way.

* push: a bare COPY is one transaction of the owner's (no row-level security, no proof) into the very table that the
  depot's rows go to, with its key, its indexes, and the centre's triggers. The push reads the rows from SQLite, writes
  down each batch before it is sent, and commits and proves ten batches.
* pull: a bare upsert is one durable transaction into a depot's own file, the rows ready in memory. The pull asks the
  centre for them first.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from app.depot import SYSTEM, Depot, Hashing, open_depot
from app.persistence import stamped
from app.persistence.stamped import Shape
from app.services import founding
from app.sync import registry, run
from app.sync.centre_trial import server
from app.sync.night import Night
from app.sync.pull import pull
from app.sync.push import push
from app.sync.server import Centre

CHEAP = Hashing(time_cost=1, memory_kib=8)
TARGETS = {
    "push: raw COPY / push": (0.5, ">="), "pull: raw upsert / pull": (0.5, ">="),
    "compare: sums / bare scan": (3, "<="),
    "commit during a night / alone, median": (2, "<="), "longest wait of a commit, seconds": (1, "<="),
    "night over 10 years / over a month": (1.5, "<="),
}
DAY = 86_400_000
YEARS = 10
ROUNDS = 3
NIGHTS = 7


@contextmanager
def ground() -> Iterator[tuple[str, Path]]:
    """A centre on a real server and a folder for depots."""
    with server() as url, tempfile.TemporaryDirectory() as folder:
        _found(url, "HQ").close()
        registry.prepare(url)
        yield url, Path(folder)


def _found(target: str, code: str) -> Depot:
    return founding.found(
        target, founding.Founding(code, code, "admin", "Admin", "geheim-2611", "4071", codes=False), hashing=CHEAP
    )


def _ids(count: int, days: float, until: int) -> list[str]:
    """Time-ordered ids, evenly over so many days."""
    step = days * DAY / max(count, 1)
    return [
        f"{(ms := int(until - (count - n) * step)) >> 16:08x}-{ms & 0xFFFF:04x}-7{n & 0xFFF:03x}-8000-{n:012x}"
        for n in range(count)
    ]


def _rows(shape: Shape, depot_id: str, ids: list[str], origin: int, first: int) -> Iterator[tuple[Any, ...]]:
    numbers = {"copies", "at", "deleted_at"}
    for n, row_id in enumerate(ids):
        yield tuple(
            depot_id if name == "depot_id" else row_id if name == "id" else origin if name == "origin"
            else first + n if name == "seq" else None if name in {"deleted_at", "printer"}
            else 1_700_000_000_000_000 + n if name in numbers else f"{name} {n % 977}"
            for name in shape.columns
        )


def shape_of(table: str) -> Shape:
    """The shape of a table."""
    return next(shape for shape in stamped.shapes() if shape.table == table)


def fill(path: Path, shape: Shape, ids: list[str]) -> None:
    """Write stamped rows into a depot's file, as if it had written them itself."""
    link = sqlite3.connect(path)
    ((depot_id, origin, seq),) = link.execute("SELECT depot_id, origin, seq FROM node").fetchall()
    marks = ", ".join("?" * len(shape.columns))
    link.executemany(
        f"INSERT INTO {shape.table} ({stamped.listed(shape.columns)}) VALUES ({marks})",
        _rows(shape, depot_id, ids, origin, seq + 1),
    )
    link.execute("UPDATE node SET seq = seq + ?", (len(ids),))
    link.commit()
    link.close()


def depot_with(url: str, folder: Path, code: str) -> tuple[Depot, Centre]:
    """A depot of its own that has met the centre."""
    login = registry.add_depot(url, code, code, datetime.now(UTC))
    depot = _found(str(folder / f"{code}.db"), code)
    centre = Centre(login.address, password=login.password)
    run.night(depot, centre)
    return depot, centre


def pushing(url: str, folder: Path, count: int) -> float:
    """100,000 changed rows to the centre, against a bare COPY of the same rows into the same table."""
    depot, centre = depot_with(url, folder, "PU1")
    shape = shape_of("printings")
    raw, took = [], []
    for n in range(ROUNDS):
        ids = _ids(count, 30, int(time.time() * 1000) + n * 31 * DAY)
        fill(folder / "PU1.db", shape, ids)
        raw.append(_copied(url, shape, list(_rows(shape, "RAW", ids, 1, 1 + n * count))))
        begin = time.perf_counter()
        with depot.read() as tx:
            push(Night(depot, centre), tx.connection)
        took.append(time.perf_counter() - begin)
        print(f"push {count} rows: {took[-1]:.2f} s, bare COPY {raw[-1]:.2f} s, {raw[-1] / took[-1]:.2f}")
    centre.close()
    depot.close()
    return min(raw) / min(took)


def _copied(url: str, shape: Shape, rows: list[tuple[Any, ...]]) -> float:
    """A bare COPY in one transaction: seconds."""
    with psycopg.connect(url.replace("+psycopg", "")) as link:
        begin = time.perf_counter()
        with link.cursor() as cursor, cursor.copy(
            f"COPY {shape.table} ({stamped.listed(shape.columns)}) FROM STDIN"
        ) as copy:
            for row in rows:
                copy.write_row(row)
        link.commit()
        return time.perf_counter() - begin


def pulling(url: str, folder: Path, count: int) -> float:
    """100,000 rows of head office's, against an upsert of the same rows in one durable transaction."""
    shape = shape_of("contacts")
    ids = _ids(count, 30, int(time.time() * 1000))
    rows = list(_rows(shape, "HQ", ids, 0, 1_000))
    _copied(url, shape, rows)
    with psycopg.connect(url.replace("+psycopg", "")) as link:
        link.execute("UPDATE node SET seq = %s", (1_000 + count,))
    raw, took = [], []
    for n in range(ROUNDS):
        raw.append(_upserted(folder / f"bare{n}.db", shape, rows))
        took.append(_fetched(url, folder, f"PL{n}"))
        print(f"pull {count} rows: {took[-1]:.2f} s, bare upsert {raw[-1]:.2f} s, {raw[-1] / took[-1]:.2f}")
    return min(raw) / min(took)


def _upserted(path: Path, shape: Shape, rows: list[tuple[Any, ...]]) -> float:
    """A bare upsert in one durable transaction into a depot's file: seconds."""
    _found(str(path), "PL9").close()
    link = sqlite3.connect(path)
    link.execute("PRAGMA synchronous = FULL")
    begin = time.perf_counter()
    marks = ", ".join("?" * len(shape.columns))
    link.executemany(stamped.upsert_sql(shape, f"VALUES ({marks})"), rows)
    link.commit()
    took = time.perf_counter() - begin
    link.close()
    return took


def _fetched(url: str, folder: Path, code: str) -> float:
    """A depot that has nothing fetches everything: seconds; compared afterwards, outside the time."""
    login = registry.add_depot(url, code, code, datetime.now(UTC))
    depot = _found(str(folder / f"{code}.db"), code)
    centre = Centre(login.address, password=login.password)
    begin = time.perf_counter()
    with centre.view(depot.depot_id) as view:
        from app.sync import pull as steps

        steps._fetch(Night(depot, centre), view, view.heads(), steps.Fetched())
    took = time.perf_counter() - begin
    pull(Night(depot, centre))
    centre.close()
    depot.close()
    return took


def comparing(folder: Path, count: int) -> float:
    """Count and sum of a million rows, against a bare scan that reads the same columns."""
    depot = _found(str(folder / "VE1.db"), "VE1")
    shape = shape_of("printings")
    fill(folder / "VE1.db", shape, _ids(count, 365, int(time.time() * 1000)))
    link = sqlite3.connect(folder / "VE1.db")
    for _n in range(2):
        begin = time.perf_counter()
        cursor = link.execute(f"SELECT {stamped.listed(shape.columns)} FROM printings WHERE depot_id = 'VE1'")
        while cursor.fetchmany(5_000):
            pass
        scan = time.perf_counter() - begin
    link.close()
    with depot.read() as tx:
        begin = time.perf_counter()
        stamped.sums(tx.connection, shape, "VE1")
        took = time.perf_counter() - begin
    print(f"compare {count} rows: {took:.2f} s, bare scan {scan:.2f} s")
    depot.close()
    return took / scan


def working(url: str, folder: Path, count: int) -> tuple[float, float]:
    """The window's own commits while a night runs: their median against before, and the longest wait."""
    depot, centre = depot_with(url, folder, "WO1")
    fill(folder / "WO1.db", shape_of("printings"), _ids(count, 30, int(time.time() * 1000)))
    desk = open_depot(str(folder / "WO1.db"), operator=SYSTEM)

    def commit() -> float:
        begin = time.perf_counter()
        with desk.write() as tx:
            tx.ask("INSERT INTO drafts (depot_id, user_id, form, subject, content, saved_at) VALUES "
                   "('WO1', 'u', 'f', ?, '{}', 1)", (tx.new_id(),))
        return time.perf_counter() - begin

    alone = []
    for _n in range(200):
        alone.append(commit())
        time.sleep(0.005)
    during: list[float] = []
    night = threading.Thread(target=run.night, args=(depot, centre))
    night.start()
    while night.is_alive():
        during.append(commit())
        time.sleep(0.005)
    night.join()
    before, meanwhile = statistics.median(alone), statistics.median(during)
    print(f"commits: {before * 1000:.2f} ms alone, {meanwhile * 1000:.2f} ms in a night, longest {max(during):.3f} s")
    desk.close()
    centre.close()
    depot.close()
    return meanwhile / before, max(during)


def lasting(url: str, folder: Path, count: int) -> float:
    """A night with 1,000 new rows over ten years of history, against the same over a month."""
    now, shape = int(time.time() * 1000), shape_of("printings")
    both, took = {}, dict[str, list[float]]()
    for code, days, rows in (("MO1", 30, 30_000), ("YE1", 365 * YEARS, count)):
        both[code] = depot_with(url, folder, code)
        fill(folder / f"{code}.db", shape, _ids(rows, days, now - DAY))
        run.night(*both[code])
    for n in range(NIGHTS):
        for code, (depot, centre) in both.items():
            fill(folder / f"{code}.db", shape, _ids(1_000, 0.5, now + n * DAY))
            begin = time.perf_counter()
            run.night(depot, centre)
            took.setdefault(code, []).append(time.perf_counter() - begin)
    for depot, centre in both.values():
        centre.close()
        depot.close()
    month, years = statistics.median(took["MO1"]), statistics.median(took["YE1"])
    print(f"night with 1,000 new rows: {month:.2f} s over a month, {years:.2f} s over ten years (medians of {NIGHTS})")
    return years / month


def main(count: int = 100_000) -> dict[str, float]:
    """Everything; returns the ratios."""
    with ground() as (url, folder):
        slower, longest = working(url, folder, count)
        found = {
            "push: raw COPY / push": pushing(url, folder, count),
            "pull: raw upsert / pull": pulling(url, folder, count),
            "compare: sums / bare scan": comparing(folder, count * 10),
            "commit during a night / alone, median": slower,
            "longest wait of a commit, seconds": longest,
            "night over 10 years / over a month": lasting(url, folder, count * 10),
        }
    for what, measured in found.items():
        target, how = TARGETS[what]
        reached = measured >= target if how == ">=" else measured <= target
        print(f"{what:44}{measured:8.3g}  {how} {target:<6g} {'reached' if reached else 'MISSED'}")
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
