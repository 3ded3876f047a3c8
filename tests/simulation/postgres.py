"""A real centre for the simulation: one PostgreSQL, a fresh copy of an adapted database for every world."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from app.depot import Hashing
from app.services import founding
from app.sync import registry
from app.sync.centre_engine import engine_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HQ = founding.Founding("HQ", "总部", "office", "Office", "geheim-2611", "4071", codes=False)
_names = itertools.count(1)


class Centres:
    """A template centre on a server, and what copies it."""

    def __init__(self, base: URL, codes: list[str]) -> None:
        self._base, self.codes = base, codes
        self.template = f"centre_template_{next(_names)}"
        self.sql(f'CREATE DATABASE "{self.template}"')
        self.logins = make_centre(self.url(self.template), codes)

    def url(self, name: str) -> str:
        return self._base.set(database=name).render_as_string(hide_password=False)

    def sql(self, text: str) -> None:
        engine = create_engine(self._base, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as link:
            link.exec_driver_sql(text)
        engine.dispose()

    def fresh(self) -> PgCentre:
        name = f"centre_{next(_names)}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        self.sql(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO fanxiu_depot, fanxiu_head_office')
        return PgCentre(self, name)


def make_centre(url: str, codes: list[str]) -> dict[str, registry.NewLogin]:
    """A centre in an empty database, with depots."""
    founding.found(url, HQ, hashing=Hashing(time_cost=1, memory_kib=8), clock=lambda: NOW).close()
    registry.prepare(url)
    return {code: registry.add_depot(url, code, code, NOW) for code in codes}


class PgCentre:
    """One world's centre; every depot comes with its own login."""

    def __init__(self, centres: Centres, name: str) -> None:
        self._centres, self.name = centres, name
        self._owner = engine_of(centres.url(name))
        self._engines: list[Engine] = []

    def engine_for(self, code: str) -> Engine:
        login = self._centres.logins[code]
        engine = engine_of(login.address.replace(f"/{self._centres.template}", f"/{self.name}"), login.password)
        self._engines.append(engine)
        return engine

    def look(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._owner.begin() as link:
            return [tuple(row) for row in link.exec_driver_sql(sql.replace("?", "%s"), values)]

    def head_office(self, key: str, name: str) -> None:
        """Head office writes as its window does: the stamp comes by trigger."""
        from app.persistence.tables import customers
        from tests.simulation.places import filled

        row = filled(customers, {"id": key, "name": name}) | {"depot_id": "HQ"}
        with self._owner.begin() as link:
            link.exec_driver_sql(
                f"INSERT INTO customers ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))}) "
                "ON CONFLICT (depot_id, id) DO UPDATE SET name = excluded.name",
                tuple(row.values()),
            )

    def close(self) -> None:
        for engine in (self._owner, *self._engines):
            engine.dispose()
        self._centres.sql(f'DROP DATABASE "{self.name}" WITH (FORCE)')


@contextmanager
def centres(depots: int) -> Iterator[Callable[[], PgCentre]]:
    """A server of one's own, for the long form."""
    from pathlib import Path
    from tempfile import mkdtemp

    from tests.conftest import PostgresServer

    server = PostgresServer(Path(mkdtemp(prefix="fanxiu-sim-")))
    try:
        yield Centres(server.base, [f"D{n}" for n in range(1, depots + 1)]).fresh
    finally:
        server.stop()
