"""Search as one types, over a million units: the 99th percentile against a LIKE scan in the same file.

``python -m tests.benchmarks.search [UNITS] [FILE]``: FILE is kept and used again. Wanted: each kind at most 1/20.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from app.depot import SYSTEM, open_depot
from app.domain.search import query
from app.persistence import search as rows
from tests.benchmarks import large

TRIES = 200
PAGE = 20  # what the list under the box shows
NAMES = {"two Chinese characters", "pinyin initials"}


def p99(times: list[float]) -> float:
    """The 99th percentile of ``times``."""
    return statistics.quantiles(times, n=100)[98]


def run(path: Path) -> dict[str, float]:
    """Per kind of query: its 99th percentile over the median LIKE scan; smaller is better."""
    chance = random.Random(2)
    link = sqlite3.connect(path)
    serials = [row[0] for row in link.execute("SELECT serial FROM units ORDER BY random() LIMIT ?", (TRIES,))]
    names = [row[0] for row in link.execute("SELECT name FROM customers ORDER BY random() LIMIT ?", (TRIES,))]
    kinds: dict[str, Callable[[int], str]] = {
        "exact": lambda n: serials[n],
        "prefix": lambda n: serials[n][:6],
        "last digits": lambda n: serials[n][-5:],
        "substring": lambda n: serials[n][3:8],
        "two Chinese characters": lambda n: names[n][1:3],
        "pinyin initials": lambda n: rows_initials(names[n])[:4],
    }
    by_serial = _median(lambda n: link.execute(
        "SELECT id FROM units WHERE serial LIKE ? LIMIT 50", (f"%{serials[n][1:]}_%",)).fetchall())
    by_name = _median(
        lambda _n: link.execute(
            "SELECT u.id FROM units u JOIN customers c ON c.depot_id = u.depot_id AND c.id = u.customer_id"
            " WHERE u.serial LIKE ? OR c.name LIKE ? LIMIT 50", ("%无此号%", "%无此名%"),
        ).fetchall()
    )
    depot = open_depot(str(path), operator=SYSTEM)
    result = {}
    for kind, typed in kinds.items():
        times = []
        for n in chance.sample(range(TRIES), TRIES):
            with depot.read() as tx:
                start = perf_counter()
                rows.find(tx, query(typed(n)), PAGE)
                times.append(perf_counter() - start)
        scan = by_name if kind in NAMES else by_serial
        result[kind] = p99(times) / scan
        print(f"{kind:24} p50 {statistics.median(times) * 1000:7.2f} ms   p99 {p99(times) * 1000:7.2f} ms"
              f"   p99 / scan {result[kind]:.4f}")
    print(f"LIKE scan of serials: median {by_serial * 1000:.1f} ms; of serials and names: {by_name * 1000:.1f} ms")
    depot.close()
    return result


def _median(scan: Callable[[int], object]) -> float:
    times = []
    for n in range(5):
        start = perf_counter()
        scan(n)
        times.append(perf_counter() - start)
    return statistics.median(times)


def rows_initials(name: str) -> str:
    """The first reading of the initials of ``name``."""
    from app.services.search import _initials

    return _initials(name)[0]


if __name__ == "__main__":
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    file = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "large.db"
    if not file.exists():
        large.make(file, units)
    worst = max(run(file).values())
    print(f"worst {worst:.4f} of a scan; wanted at most {1 / 20}")
