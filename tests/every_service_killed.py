"""Kill -9 in every service that its own tests call: before a transaction is done, children do it and are killed.

``FANXIU_KILL_SERVICES=3 pytest -m "not postgres" tests/app`` kills each public function three times, spread
over its statements and at its commit; ``every`` kills it at every statement of the first call of each. A child works
on a copy of the file, from the very state the test has made; whatever it is killed at, the copy must read as before.
At the end the transactions are named (``module:line``) that no test brought a service to.
"""

from __future__ import annotations

import ast
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event

from app.paths import ROOT
from app.persistence import database as at
from app.persistence.database import Database
from tests.app.laws import laws

KILLS = os.environ.get("FANXIU_KILL_SERVICES", "")
SERVICES = ROOT / "app" / "services"
#: It writes in a second database, which a child must not touch (see ``tests/app/services/test_moving.py``).
TWO_DATABASES = {"moving.move"}
#: Service → how often it was killed.
killed: Counter[str] = Counter()
#: Where the transactions that were killed are opened, as ``module:line``.
places: set[str] = set()


def watch() -> Callable[[], None]:
    """From now on every writing transaction of a service is tried by children first; returns what ends it."""
    real = Database.write
    seen: set[tuple[str, str]] = set()

    @contextmanager
    def write(self: Database) -> Iterator[Connection]:
        name, place = _service()
        wanted = name and name not in TWO_DATABASES and (name, place) not in seen
        if wanted and self.path is not None and threading.active_count() == 1:
            with tempfile.TemporaryDirectory() as folder:
                trial = Trial(self.path, Path(folder), name)
                for boundary in trial.boundaries():
                    if os.fork() == 0:
                        yield from trial.in_the_child(boundary)
                    trial.wait(boundary)
                if trial.killed:        # a call that is refused has nothing to kill: the next one is tried
                    seen.add((name, place))
                    places.add(place)
        with real(self) as connection:
            yield connection

    Database.write = write  # type: ignore[method-assign]

    def end() -> None:
        Database.write = real  # type: ignore[method-assign]

    return end


def _service() -> tuple[str, str]:
    """The public service that the test called, as ``module.function`` (the outermost frame in ``app/services``), and
    where its transaction is opened, as ``module:line``: a service may have several."""
    frame, found, place = sys._getframe(1), "", ""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.parent == SERVICES:
            found = f"{path.stem}.{frame.f_code.co_name}"
            place = place or f"{path.stem}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return found, place


class Trial:
    """One transaction, done over and over by children on copies of the file."""

    def __init__(self, path: Path, folder: Path, name: str) -> None:
        self.path, self.folder, self.name, self.killed = path, folder, name, 0
        self.copy, self.count = folder / "copy.db", folder / "count"
        self._put()
        with laws.reading(self.copy) as link:
            self.before = laws.content(link)

    def boundaries(self) -> Iterator[int]:
        """0: it is only counted how many statements there are; then those at which the children are killed."""
        yield 0
        statements = int(self.count.read_text(encoding="utf-8")) if self.count.exists() else 0
        if KILLS == "every":
            yield from range(1, statements + 1)
        elif statements:
            n = int(KILLS)
            yield from sorted({max(1, statements * (k + 1) // n) for k in range(n)})

    def in_the_child(self, boundary: int) -> Iterator[Connection]:
        """The transaction on the copy, in a process that ends here, whatever happens."""
        try:
            engine = at._sqlite_engine(URL.create("sqlite", database=str(self.copy)), "BEGIN IMMEDIATE", pool_size=1)
            count = [0]

            def traced(_statement: str) -> None:
                count[0] += 1
                if count[0] == boundary:
                    os.kill(os.getpid(), signal.SIGKILL)

            @event.listens_for(engine, "connect")
            def _connected(link: sqlite3.Connection, _record: Any) -> None:
                link.set_trace_callback(traced)

            with engine.connect():
                count[0] = 0            # the pragmas are no part of it
            with engine.begin() as connection:
                yield connection
            self.count.write_text(str(count[0]), encoding="utf-8")
            os._exit(0)
        finally:
            os._exit(3)                 # refused: there is nothing to kill

    def wait(self, boundary: int) -> None:
        """The child's end, and what it left: all as before, unless it got through."""
        _pid, status = os.wait()
        died = os.WIFSIGNALED(status)
        with laws.reading(self.copy) as link:
            if died:
                assert boundary, self.name
                assert laws.content(link) == self.before, f"{self.name} killed at {boundary}: half of it was written"
                self.killed += 1
                killed[self.name] += 1
        self._put()

    def _put(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.copy}{ending}").unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(self.folder / "put.db")) as made:
            source.backup(made)
        shutil.move(self.folder / "put.db", self.copy)


def never() -> list[str]:
    """Where services open writing transactions that were not killed."""
    return [
        place for path in sorted(SERVICES.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.With) for item in node.items
        if ast.unparse(item.context_expr).endswith(".write()")
        and (place := f"{path.stem}:{item.context_expr.lineno}") not in places
    ]
