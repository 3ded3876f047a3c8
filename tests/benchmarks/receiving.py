"""Receiving one unit, durable, against the same rows written by bare sqlite3 into a file with the same laws.

Every write of the service is recorded once (statement and parameters) and then played back by a bare connection with
the same pragmas, in one transaction per unit, into a copy of the same database: the same triggers fire, the same
stamps, journal and search rows are written, the same file is synced. The bare side reads nothing, checks nothing and
makes nothing, but that the clerk's PIN is proved; on both sides a proof costs the least that argon2 can.

``python -m tests.benchmarks.receiving [UNITS]``; the target is a ratio of at most 2.
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import event

from app.depot import SYSTEM, Depot, open_depot, system_clock, uuid7
from app.domain.receiving import Intake
from app.persistence.transaction import Tx
from app.services import receiving
from tests.builders import PIN, a_customer, a_product, as_person, outside, own
from tests.conftest import CHEAP, staffed

TARGET = 2.0
UNITS = 400
WARM = 50
PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536",
           "temp_store=MEMORY")
_HASHER = PasswordHasher()
Write = tuple[str, Any, bool]


def ratio(units: int = UNITS) -> tuple[float, float, float]:
    """Our milliseconds per unit, those of the bare connection, ours / bare: medians of alternating units."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.db"
        first = staffed(str(source), system_clock, uuid7)
        customer, product = a_customer(first).id, a_product(first).id
        first.close()
        copies = [shutil.copyfile(source, source.with_stem(name)) for name in ("recorded", "ours", "bare")]

        def intake(n: int) -> Intake:
            return Intake(serial=f"H{n * 7919 % 10**9:09d}", product_id=product, customer_id=customer,
                          symptom="开机无输出", contact="王工", contact_phone="0731-28441234")

        writes = _recorded(copies[0], intake, units + WARM)
        depot = _depot(copies[1])
        bare = sqlite3.connect(copies[2], isolation_level=None)
        for pragma in PRAGMAS:
            bare.execute(f"PRAGMA {pragma}")
        (proof,) = bare.execute("SELECT pin_hash FROM users WHERE login = 'clerk'").fetchone()
        gc.collect()
        gc.freeze()  # what was recorded is not to be looked through by either side
        timed: dict[str, list[float]] = {"ours": [], "bare": []}
        for n in range(units + WARM):
            receipt = receiving.Receipt((intake(n),), outside(), own())
            pair = (
                ("ours", partial(receiving.receive, depot, receipt)), ("bare", partial(_play, bare, writes[n], proof)),
            )
            for name, do in pair if n % 2 else reversed(pair):
                seconds = _seconds(do)
                if n >= WARM:
                    timed[name].append(seconds)
        _same(depot, bare)
        depot.close()
        bare.close()
    mine, theirs = median(timed["ours"]) * 1000, median(timed["bare"]) * 1000
    return mine, theirs, mine / theirs


def _depot(path: Path) -> Depot:
    return as_person(open_depot(str(path), operator=SYSTEM, hashing=CHEAP), "clerk")


def _recorded(path: Path, intake: Callable[[int], Intake], units: int) -> list[list[Write]]:
    """What the service writes for each unit, as the driver is told."""
    depot = _depot(path)
    told: list[Write] = []

    def hear(sql: str, values: Any, many: bool) -> None:
        if not sql.lstrip().upper().startswith(("SELECT", "BEGIN")):
            told.append((sql, values, many))

    def core(_link: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        hear(sql, values, many)

    def ask(tx: Tx, sql: str, values: Any = ()) -> list[Any]:
        hear(sql, values, many=False)
        return plain_ask(tx, sql, values)

    def tell(tx: Tx, sql: str, rows: Any) -> None:
        hear(sql, rows[0] if len(rows) == 1 else rows, many=len(rows) != 1)
        plain_tell(tx, sql, rows)

    plain_ask, plain_tell = Tx.ask, Tx.tell
    event.listen(depot.database._writer, "before_cursor_execute", core)
    Tx.ask, Tx.tell = ask, tell  # type: ignore[method-assign]
    units_written = []
    for n in range(units):
        told.clear()
        receiving.receive(depot, receiving.Receipt((intake(n),), outside(), own()))
        units_written.append(list(told))
    Tx.ask, Tx.tell = plain_ask, plain_tell  # type: ignore[method-assign]
    depot.close()
    return units_written


def _play(link: sqlite3.Connection, writes: list[Write], proof: str) -> None:
    _HASHER.verify(proof, PIN)
    link.execute("BEGIN IMMEDIATE")
    for sql, values, many in writes:
        (link.executemany if many else link.execute)(sql, values)
    link.execute("COMMIT")


def _same(depot: Depot, bare: sqlite3.Connection) -> None:
    """Both files hold as many rows in every table, or the comparison means nothing."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_words%'"
    tables = [row[0] for row in bare.execute(named)]
    with depot.read() as tx:
        for table in tables:
            counted = f'SELECT count(*) FROM "{table}"'
            ours = tx.connection.exec_driver_sql(counted).scalar()
            theirs = bare.execute(counted).fetchone()[0]
            assert ours == theirs, f"{table}: {ours} rows against {theirs}"


def _seconds(do: Callable[[], object]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


def main(units: int = UNITS) -> float:
    """Print the figures."""
    mine, theirs, times = ratio(units)
    verdict = "reached" if times <= TARGET else "MISSED"
    print(f"receiving one unit: ours {mine:.2f} ms, bare sqlite3 {theirs:.2f} ms, ratio {times:.2f}"
          f" (target {TARGET}: {verdict})")
    return times


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS)
