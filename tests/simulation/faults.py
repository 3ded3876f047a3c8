"""What goes wrong: a process killed at a statement, a message lost, late, doubled, garbled. All from one seed."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.domain.sync.protocol import Applied, Batch, TableTexts
from app.domain.sync.rows import canonical, divided
from app.errors import Unavailable
from app.sync.server import Centre, View


class Killed(Exception):
    """kill -9: nothing of ours may catch it."""


class Watched(sqlite3.Connection):
    """A connection at whose every statement the reaper looks."""

    reaper: Reaper | None = None

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if self.reaper is not None and not sql.startswith(("PRAGMA", "BEGIN", "ROLLBACK")):
            self.reaper.look()
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if self.reaper is not None:
            self.reaper.look()
        return super().executemany(sql, *values)

    def commit(self) -> None:
        if self.reaper is not None:
            try:
                self.reaper.look()
            except Killed:
                self.rollback()          # what the engine does by itself when the process is gone
                raise
        super().commit()


class Reaper:
    """Kills at statement boundaries. Whoever is killed does nothing more until it is woken."""

    def __init__(self, chance: random.Random, stat: Counter[str], name: str) -> None:
        self.chance, self.stat, self.name = chance, stat, name
        self.rate = 0.0
        self.dead = False

    def watch(self, engine: Engine) -> None:
        """Come with every statement and every commit of ``engine`` (before it has connected)."""
        event.listen(engine, "before_cursor_execute", lambda *_: self.look())
        if engine.dialect.name == "sqlite":
            def connect(_dialect: Any, _record: Any, given: Any, named: Any) -> sqlite3.Connection:
                made: Watched = sqlite3.connect(*given, factory=Watched, **named)
                made.reaper = self
                return made

            event.listen(engine, "do_connect", connect)
            return
        event.listen(engine, "commit", self._at_commit)

    def _at_commit(self, link: Connection) -> None:
        try:
            self.look()
        except Killed:
            driver = link.connection.driver_connection
            assert driver is not None
            driver.rollback()            # what the engine does by itself when the process is gone
            raise

    def look(self) -> None:
        if self.dead:
            raise Killed
        if self.rate and self.chance.random() < self.rate:
            self.stat[self.name] += 1
            self.dead = True
            raise Killed

    def wake(self) -> None:
        self.dead = False


class Line(Centre):
    """The line to the centre: each call may be lost on the way there or back, doubled, garbled, or come much later."""

    def __init__(self, engine: Engine, chance: random.Random, stat: Counter[str], reaper: Reaper) -> None:
        super().__init__("", engine=engine)
        self.chance, self.stat, self.reaper = chance, stat, reaper
        self.rate = 0.0
        self.late: list[Batch] = []

    def apply(self, batch: Batch) -> Applied:
        if self.late and self.chance.random() < self.rate * 2:
            self.stat["late"] += 1
            self._there(lambda: Centre.apply(self, self.late.pop(self.chance.randrange(len(self.late)))), quiet=True)
        if self._unlucky("lost_there"):
            if self.chance.random() < 0.5:
                self.late.append(batch)
            raise Unavailable("sync.centre-away", reason="lost")
        if batch.count and self._unlucky("garbled"):
            other = garbled(batch, self.chance)
            if self._there(lambda: Centre.apply(self, other)) is Applied.OK:
                raise AssertionError("a garbled batch was applied")
        applied = self._there(lambda: Centre.apply(self, batch))
        if self._unlucky("lost_back"):
            if self.chance.random() < 0.5:
                self.late.append(batch)
            raise Unavailable("sync.centre-away", reason="lost")
        if self._unlucky("doubled"):
            self._there(lambda: Centre.apply(self, batch), quiet=True)
        return applied

    def arrive(self) -> None:
        """Everything that is late comes now: nothing at the centre may change by it."""
        while self.late:
            self.stat["late"] += 1
            Centre.apply(self, self.late.pop())

    def _write(self, work: Callable[[Any], Any]) -> Any:
        if self._inside:
            return super()._write(work)
        if self._unlucky("lost_there"):
            raise Unavailable("sync.centre-away", reason="lost")
        done = self._there(lambda: Centre._write(self, work))
        if self._unlucky("lost_back"):
            raise Unavailable("sync.centre-away", reason="lost")
        return done

    @contextmanager
    def view(self, depot_id: str) -> Iterator[View]:
        if self._unlucky("lost_there"):
            raise Unavailable("sync.centre-away", reason="lost")
        self._inside = True
        try:
            with Centre.view(self, depot_id) as view:
                yield view
        except Killed as killed:
            if self.reaper.dead:
                self.reaper.wake()
                raise Unavailable("sync.centre-away", reason="killed") from killed
            raise
        finally:
            self._inside = False

    _inside = False

    def _there(self, work: Callable[[], Any], *, quiet: bool = False) -> Any:
        """At the centre; if it dies over it, everything is rolled back there and the depot sees a broken line."""
        before, self._inside = self._inside, True
        try:
            return work()
        except Killed as killed:
            if not self.reaper.dead:
                raise
            self.reaper.wake()
            if not quiet:
                raise Unavailable("sync.centre-away", reason="killed") from killed
            return None
        finally:
            self._inside = before

    def _unlucky(self, what: str) -> bool:
        if self.rate and self.chance.random() < self.rate:
            self.stat[what] += 1
            return True
        return False


def garbled(batch: Batch, chance: random.Random) -> Batch:
    """The batch with one value changed, or one row missing, or a column that lost its last letter."""
    n = chance.randrange(len(batch.tables))
    table = batch.tables[n]
    rows: list[list[Any]] = (
        [list(divided(text)) for text in table.texts] if isinstance(table, TableTexts) else list(map(list, table.rows))
    )
    at = chance.randrange(len(rows))
    if chance.random() < 0.3:
        del rows[at]
    else:
        texts = [k for k, value in enumerate(rows[at]) if k > 1 and isinstance(value, str) and not value.isdigit()]
        if texts:
            column = chance.choice(texts)
            rows[at][column] += "?"
        else:
            rows[at][-1] = int(rows[at][-1]) + 1
    tables = list(batch.tables)
    tables[n] = (
        replace(table, texts=tuple(map(canonical, rows))) if isinstance(table, TableTexts)
        else replace(table, rows=tuple(map(tuple, rows)))
    )
    return replace(batch, tables=tuple(tables))
