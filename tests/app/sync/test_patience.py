"""A line that is held open while nobody answers: the night is given up, and can be stopped while it waits."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import Engine

from app.errors import Cancelled, Unavailable
from app.persistence.database import as_url
from app.sync.centre_engine import PLAIN, engine_of, translated
from app.sync.patience import Patient, stopped_by
from tests.conftest import PostgresServer

pytestmark = pytest.mark.postgres


class Line:
    """A way to the server that can fall silent: nothing is closed, nothing goes through."""

    def __init__(self, path: str) -> None:
        self._path, self.silent = path, threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _whence = self._listening.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._path)
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                if not self.silent.is_set():
                    to.sendall(piece)
            to.close()

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def line(postgres_server: PostgresServer) -> Iterator[Line]:
    made = Line(f"{postgres_server.base.query['host']}/.s.PGSQL.{postgres_server.base.port or 5432}")
    yield made
    made.close()


@pytest.fixture
def engine(line: Line, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv(PLAIN, "1")
    url = as_url(postgres_server.base).set(host="127.0.0.1", port=line.port, query={})
    made = engine_of(url.render_as_string(hide_password=False))
    yield made
    made.dispose()


def asked(engine: Engine) -> object:
    with translated(), engine.begin() as link:
        return link.exec_driver_sql("SELECT 1").scalar()


def test_a_night_that_waits_for_nobody_can_be_stopped(line: Line, engine: Engine) -> None:
    assert asked(engine) == 1
    line.silent.set()
    begun = time.monotonic()
    with pytest.raises(Cancelled), stopped_by(lambda: time.monotonic() - begun > 0.2):
        asked(engine)
    assert time.monotonic() - begun < 5
    line.silent.clear()
    assert asked(engine) == 1                     # what was given up is not taken up again


def test_a_silent_server_is_given_up(line: Line, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(engine) == 1
    monkeypatch.setattr(Patient, "silence", 0.2)
    line.silent.set()
    with pytest.raises(Unavailable, match=r"sync\.centre-away"):
        asked(engine)
    line.silent.clear()
    assert asked(engine) == 1
