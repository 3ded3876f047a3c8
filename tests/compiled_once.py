"""Statements are compiled once for a whole run of the tests, not again for every test's own database.

SQLAlchemy keeps what it has compiled with the engine, under the engine's own dialect. A test opens engines of its own,
and a quarter of its time went into the same statements again. Here all engines of a kind share what was compiled.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

#: Kind of engine → what was compiled for it.
_compiled: dict[str, LRUCache[Any, Any]] = {"sqlite": LRUCache(5_000), "postgresql": LRUCache(5_000)}


class _Alike:
    """One dialect is as good as another of its kind: all servers and files of a run are of one version."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class OneSqlite(_Alike, SQLiteDialect_pysqlite):
    """SQLite's dialect, whichever file is open."""

    supports_statement_cache = True


class OnePostgresql(_Alike, PGDialect_psycopg):
    """PostgreSQL's dialect, whichever database is open."""

    supports_statement_cache = True


def compile_once() -> None:
    """From now on engines are made so."""
    registry.register("sqlite", __name__, OneSqlite.__name__)
    registry.register("postgresql.psycopg", __name__, OnePostgresql.__name__)
    event.listen(Engine, "engine_connect", _share)


def _share(link: Connection) -> None:
    link.execution_options(compiled_cache=_compiled[link.dialect.name])
