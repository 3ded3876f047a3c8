"""kill -9 of real ``sync`` processes at random moments: what was committed is there once, and the next night goes on.

``FANXIU_KILLS`` says how many (the suite: five; the long form: 500).
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.depot import SYSTEM, open_depot
from app.persistence import settings
from app.persistence.database import Database
from app.persistence.stamped import shapes
from app.services import night, verifying
from app.sync.credentials import VARIABLE
from tests.builders import a_received_unit, as_person
from tests.conftest import CHEAP, Ids, PostgresServer, staffed
from tests.simulation.postgres import make_centre

pytestmark = pytest.mark.postgres
KILLS = int(os.environ.get("FANXIU_KILLS", "5"))
ROOT = Path(__file__).parents[3]


def _now() -> datetime:
    return datetime.now(UTC)


class Depot:
    """A depot's file, and its night as a process."""

    def __init__(self, path: Path, address: str, password: str) -> None:
        self.path = path
        self.serials: list[str] = []
        self._env = {**os.environ, VARIABLE: password, "FANXIU_CONFIG_DIR": str(path.parent / "desk")}
        staffed(str(path), _now, Ids()).close()
        depot = open_depot(str(path), operator=SYSTEM, hashing=CHEAP)
        with depot.write() as tx:
            settings.put(tx, "centre", address)
        depot.close()

    def work(self) -> None:
        """Two units arrive."""
        depot = as_person(open_depot(str(self.path), operator=SYSTEM, hashing=CHEAP), "clerk")
        for _n in range(2):
            self.serials.append(f"K{len(self.serials):06d}")
            a_received_unit(depot, self.serials[-1])
        depot.close()

    def night(self) -> subprocess.Popen[bytes]:
        """A night begins."""
        return subprocess.Popen(
            [sys.executable, "main.py", "--database", str(self.path), "--language", "en", "sync", "--now"],
            cwd=ROOT, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def whole_night(self) -> float:
        """A night that nobody disturbs; seconds it took."""
        began = time.monotonic()
        running = self.night()
        said, wrong = running.communicate(timeout=120)
        assert running.returncode == 0, (said, wrong)
        return time.monotonic() - began

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the file."""
        database = Database(self.path)
        with database.read() as link:
            found = [tuple(row) for row in link.exec_driver_sql(sql)]
        database.close()
        return found


def test_nights_killed_at_random_moments(postgres_server: PostgresServer, tmp_path: Path) -> None:
    url = postgres_server.create(f"killed_nights_{next(_names)}")
    login = make_centre(url, ["SH1"])["SH1"]
    depot = Depot(tmp_path / "depot.db", login.address, login.password)
    chance = random.Random(int(os.environ.get("FANXIU_SEED", "7")))
    depot.work()
    depot.whole_night()
    depot.work()
    lasts = depot.whole_night()
    killed = 0
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as centre:
        for n in range(KILLS):
            depot.work()
            running = depot.night()
            try:
                running.wait(chance.uniform(0.3, 1.05) * lasts)
            except subprocess.TimeoutExpired:
                killed += 1
            running.send_signal(signal.SIGKILL)
            running.communicate()
            _whole_so_far(depot, centre)
            if n % 10 == 9:
                depot.whole_night()
        depot.whole_night()
        assert killed > KILLS // 3
        _the_same(depot, centre)
    again = open_depot(str(depot.path), operator=SYSTEM, hashing=CHEAP)
    assert night.conflicts(again) == ()
    codes = {finding.code for finding in verifying.verify(again).findings}
    again.close()
    assert not {code for code in codes if code.startswith(("verify.journal", "verify.stamp", "verify.orphan"))}
    (last,) = depot.ask("SELECT outcome FROM nights ORDER BY started_at DESC, id DESC LIMIT 1")
    assert last == ("VERIFIED",)


_names = itertools.count(1)


def _whole_so_far(depot: Depot, centre: psycopg.Connection[Any]) -> None:
    """What the centre says it has, it has whole: rows, batches and head went together."""
    heads = centre.execute(
        "SELECT origin, head_no, head_seq FROM centre_origins WHERE depot_id = 'SH1' AND open = 1"
    ).fetchall()
    assert len(heads) == 1
    ((origin, no, seq),) = heads
    batches = centre.execute(
        "SELECT count(*), max(no), max(to_seq) FROM centre_batches WHERE origin = %s", (origin,)
    ).fetchone()
    assert batches == (no, no, seq)
    there = centre.execute("SELECT id FROM units WHERE depot_id = 'SH1' AND seq <= %s", (seq,)).fetchall()
    here = depot.ask(f"SELECT id FROM units WHERE origin = {origin} AND seq <= {seq}")
    assert {row[0] for row in here} <= {row[0] for row in there}


def _the_same(depot: Depot, centre: psycopg.Connection[Any]) -> None:
    serials = centre.execute("SELECT serial FROM units WHERE depot_id = 'SH1' ORDER BY serial").fetchall()
    assert [row[0] for row in serials] == sorted(depot.serials)
    for shape in shapes():
        sql = f"SELECT id, origin, seq FROM {shape.table} WHERE depot_id = 'SH1' ORDER BY id"
        here, there = ({tuple(row) for row in depot.ask(sql)}, {tuple(row) for row in centre.execute(sql)})
        assert here == there, shape.table
    ((origins,),) = centre.execute("SELECT count(*) FROM centre_origins WHERE depot_id = 'SH1'").fetchall()
    assert origins == 1                                          # a kill is no fork
