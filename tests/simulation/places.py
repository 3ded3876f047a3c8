"""The databases of the simulation: small depots in memory-backed files, and a centre."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, Text

from app.depot import SYSTEM, Depot
from app.domain.settings import DepotIdentity
from app.persistence import migrate, node
from app.persistence.database import Database
from app.persistence.stamped import Shape, shapes
from app.persistence.tables import customers
from app.persistence.tables.base import Json, Moment, Words
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import sqlite_engine
from tests.simulation.faults import Reaper

#: Enough of the schema: what changes, what never changes, what is numbered, what is delivered.
TABLES = {
    "units", "return_cases", "repair_orders", "documents", "journal", "customers", "conflicts", "alerts",
    "master_links",
}
#: What moves of units, and units between depots, need beside it.
TRANSFERS = {"transfers", "transfer_receipts", "movements"}
LOCAL = {
    "alembic_version", "node", "number_series", "out_batches", "held_origins", "nights", "night_notes",
    "night_lease", "blobs", "blobs_sent", "blobs_coming",
    "foreign_units", "foreign_cases", "foreign_orders", "foreign_transfers", "foreign_receipts",
    "attachments", "shelves", "handovers", "handover_lines", "handover_receipts", "handover_verdicts",
}
START = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)


def small(*, transfers: bool = False) -> tuple[Shape, ...]:
    """The tables of the simulation."""
    wanted = TABLES | TRANSFERS if transfers else TABLES
    return tuple(shape for shape in shapes() if shape.table in wanted)


@cache
def folder() -> Path:
    """Where the databases lie: in memory where there is room for it."""
    memory = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="fanxiu-sim-", dir=memory if memory.is_dir() else None))
    import atexit

    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def template() -> Path:
    """An empty database with today's schema."""
    path = folder() / "template.db"
    database = Database(path, durable=False)
    migrate.upgrade(database, START)
    database.close()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA foreign_keys = OFF")
        for name, kind in plain.execute("SELECT name, type FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in TABLES | TRANSFERS | LOCAL and not name.startswith("sqlite_"):
                plain.execute(f"DROP {kind} IF EXISTS {name}")      # a small schema opens sooner
        plain.execute("VACUUM")
        plain.execute("PRAGMA journal_mode = DELETE")
    plain.close()
    return path


class SimClock:
    """Time that passes by itself, and jumps."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=7)
        return self.now


class Place:
    """One computer with a depot's database."""

    count = 0

    def __init__(self, code: str, chance: random.Random, stat: Counter[str], source: Path | None = None) -> None:
        Place.count += 1
        self.path = folder() / f"place-{Place.count}.db"
        self.code, self.chance, self.stat = code, chance, stat
        self.clock = SimClock()
        self.reaper = Reaper(chance, stat, "kills")
        shutil.copyfile(source or template(), self.path)
        self.depot = self._open(found=source is None)

    def new_id(self) -> str:
        """A time-ordered id that the seed decides."""
        ms = int(self.clock.now.timestamp() * 1000)
        value = ms << 80 | 7 << 76 | self.chance.getrandbits(12) << 64 | 2 << 62 | self.chance.getrandbits(62)
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def _open(self, *, found: bool = False) -> Depot:
        self.reaper.dead = False
        rate, self.reaper.rate = self.reaper.rate, 0.0
        database = Database(self.path, durable=False)
        for engine in (database._writer, database._reader):
            self.reaper.watch(engine)
        identity = DepotIdentity(self.code, self.code, "Asia/Shanghai", "zh_CN", "", "", None, START)
        if found:
            with database.bare() as link:
                node.found(link, identity, self.chance.getrandbits(60))
        self.reaper.rate = rate
        return Depot(database, identity, SYSTEM, self.clock, self.new_id)

    def kill_done(self) -> None:
        """The computer is started again after a kill: nothing but the file is left of what was."""
        if self.chance.random() < 0.1:
            self.depot.close()
            self.depot = self._open()
        self.reaper.wake()

    def copy(self) -> Path:
        """A backup of now."""
        Place.count += 1
        path = folder() / f"copy-{Place.count}.db"
        with sqlite3.connect(self.path) as source, sqlite3.connect(path) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        source.close()
        target.close()
        return path

    def restore(self, copy: Path) -> None:
        """The backup comes back."""
        self.depot.close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(copy, self.path)
        self.depot = self._open()

    def look(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """Read without being watched."""
        with sqlite3.connect(self.path) as link:
            found = link.execute(sql, values).fetchall()
        link.close()
        return found

    def close(self) -> None:
        self.depot.close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)


class LiteCentre:
    """A centre in memory."""

    def __init__(self, codes: list[str], source: bytes | None = None, reaper: Reaper | None = None) -> None:
        self.engine: Engine = sqlite_engine(":memory:")
        if reaper is not None:
            reaper.watch(self.engine)
        if source is None:
            source = _empty_centre(tuple(codes))
        _driver(self.engine).deserialize(source)

    def copy(self) -> bytes:
        """A backup of now."""
        return _driver(self.engine).serialize()

    def look(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        with self.engine.begin() as link:
            return [tuple(row) for row in link.exec_driver_sql(sql, values)]

    def head_office(self, key: str, name: str) -> None:
        """Head office writes a customer; its stamp comes from the node's row, in the same transaction."""
        with self.engine.begin() as link:
            link.exec_driver_sql("UPDATE node SET seq = seq + 1")
            row = filled(customers, {"id": key, "name": name})
            row |= {"depot_id": "HQ", "origin": 0, "seq": link.exec_driver_sql("SELECT seq FROM node").scalar()}
            names = ", ".join(row)
            link.exec_driver_sql(
                f"INSERT INTO customers ({names}) VALUES ({', '.join('?' * len(row))}) "
                "ON CONFLICT (depot_id, id) DO UPDATE SET name = excluded.name, seq = excluded.seq",
                tuple(row.values()),
            )

    def close(self) -> None:
        self.engine.dispose()


@cache
def _empty_centre(codes: tuple[str, ...]) -> bytes:
    engine = sqlite_engine(":memory:")
    make_sqlite(engine)
    with engine.begin() as link:
        for code in codes:
            add_depot_row(link, code, code, code.lower(), START)
    data = _driver(engine).serialize()
    engine.dispose()
    return data


def _driver(engine: Engine) -> sqlite3.Connection:
    """The one connection of a centre in memory."""
    raw = engine.raw_connection()
    driver = raw.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    raw.close()
    return driver


def filled(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """A row with plain values where the schema wants some that the simulation does not care for."""
    row = dict(values)
    for column in table.columns:
        if column.nullable or column.name in {*row, "depot_id", "id", "origin", "seq"}:
            continue
        if isinstance(column.type, Words | Text):
            row[column.name] = ""
        elif isinstance(column.type, Moment):
            row[column.name] = START
        elif isinstance(column.type, Json):
            row[column.name] = {}
        else:
            row[column.name] = 0
    return row
