"""Kill -9 while somebody works: no signed receipt is lost or halved, and at most five seconds of typing.

The program runs as a process of its own with its real window and is killed at a random moment; started again, it goes
on from what it finds. ``FANXIU_KILLED`` says how many times (the suite: three).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.depot import SYSTEM, open_depot
from tests.app.laws import laws
from tests.builders import a_customer, a_product
from tests.conftest import CHEAP

LOST = 5.0              # seconds of typing that may be lost (spec 5, rule 2)
ENDLESS = 10_000        # crates: sign for one after the other until killed
TIMES = int(os.environ.get("FANXIU_KILLED", "3"))
ROOT = Path(__file__).parents[1]


class Program:
    """The program under a typist, and what it said until it died."""

    def __init__(self, database: Path, crates: int) -> None:
        self.said: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.typist", str(database), str(crates)], cwd=ROOT, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "FANXIU_CONFIG_DIR": str(database.parent / "desk")},
        )
        self._news = threading.Condition()
        self._ears = threading.Thread(target=self._listen)
        self._ears.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith("\n"):
                with self._news:
                    self.said.append(json.loads(line))
                    self._news.notify_all()

    def hear(self, kind: str) -> dict[str, Any]:
        """Wait until it has said something of ``kind``; returns the first of it."""
        with self._news:
            heard = self._news.wait_for(lambda: self.all(kind) or self._process.poll() is not None, timeout=60)
        assert heard, f"nothing about {kind} within a minute"
        assert self.all(kind), self._process.communicate()[1]
        return self.all(kind)[0]

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Everything it said of ``kind``."""
        return [line for line in self.said if kind in line]

    def live(self, seconds: float) -> None:
        """Let it work on; it does not die by itself."""
        with pytest.raises(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def kill(self) -> float:
        """kill -9; returns the moment."""
        assert self._process.poll() is None, self._process.communicate()[1]
        moment = time.monotonic()
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._ears.join()
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        return moment

    def typed_before(self, moment: float) -> dict[str, str]:
        """What was on the screen at ``moment``; nothing, if a receipt has been signed since."""
        shown: dict[str, str] = {}
        for line in self.said:
            if "received" in line or ("shown" in line and len(line["shown"]) < len(shown)):
                shown = {}
            elif "shown" in line and line["at"] < moment:
                shown = line["shown"]
        return shown


@contextmanager
def running(database: Path, crates: int) -> Iterator[Program]:
    """A program that is dead afterwards, whatever the test says."""
    program = Program(database, crates)
    try:
        yield program
    finally:
        if program._process.poll() is None:
            program.kill()


@pytest.fixture
def database(tmp_path: Path, template: Path) -> Path:
    """A depot with a customer and a product."""
    path = tmp_path / "depot.db"
    shutil.copyfile(template, path)
    depot = open_depot(str(path), operator=SYSTEM, hashing=CHEAP)
    a_customer(depot)
    a_product(depot)
    depot.close()
    return path


def test_a_killed_program_loses_no_receipt_and_five_seconds_of_typing_at_most(database: Path) -> None:
    chance = random.SystemRandom()
    received: list[list[str]] = []
    expected: dict[str, str] = {}
    for n in range(TIMES + 1):
        typing = n % 3 == 0
        with running(database, 1 if typing else ENDLESS) as program:
            restored = program.hear("restored")["restored"]
            for serial, symptom in expected.items():
                assert restored.get(serial, "").startswith(symptom), f"{serial}: {symptom!r} became {restored}"
            if n == TIMES:
                program.kill()
                break
            program.hear("received" if typing else "shown")
            program.live(chance.uniform(LOST + 0.7, LOST + 1.7) if typing else chance.uniform(0.05, 2))
            moment = program.kill()
        received += [line["received"] for line in program.all("received")]
        expected = program.typed_before(moment - LOST)
        assert expected or not typing
        on_record = crates_of(database)
        assert [crate for crate in received if crate not in on_record] == []
        assert len(on_record) <= len(received) + n + 1      # a receipt may be signed and not yet be told
        assert not set(restored_serials(database)) & {serial for crate in on_record for serial in crate}


def crates_of(database: Path) -> list[list[str]]:
    """The serials of each signed receipt; every law holds of them, and none is half a crate."""
    with laws.reading(database) as connection:
        laws.check_all(connection)
        found: dict[str, list[str]] = {}
        for row in laws.rows(
            connection,
            "SELECT h.number, u.serial, u.place, c.stage FROM handovers h "
            "JOIN handover_lines l ON l.handover_id = h.id JOIN units u ON u.id = l.unit_id "
            "JOIN return_cases c ON c.id = u.case_id ORDER BY h.number, u.serial",
        ):
            assert (row["place"], row["stage"]) == ("ZONE_PENDING", "RECEIVED"), row
            found.setdefault(row["number"], []).append(row["serial"])
    crates = list(found.values())
    assert all(len(crate) >= 2 for crate in crates), crates
    return crates


def restored_serials(database: Path) -> list[str]:
    """What the draft of the crate holds."""
    connection = sqlite3.connect(database)
    try:
        row = connection.execute("SELECT content FROM drafts WHERE form = 'receiving.crate'").fetchone()
    finally:
        connection.close()
    return [line["content"]["serial"] for line in json.loads(row[0])["lines"]] if row else []
