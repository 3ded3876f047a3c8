"""The way to the centre: TLS that proves whom one talks to, and what the server's complaints mean (spec 4)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from app.errors import Refused, Unavailable
from app.persistence.database import as_url

#: Says that a connection without TLS over a network is meant (development only); a local socket needs no TLS.
PLAIN = "FANXIU_CENTRE_PLAIN"
#: The file with the certificate of the authority that signed the centre's; the system's own when not set.
AUTHORITY = "FANXIU_CENTRE_CA"
#: The beginnings of the states that say: no connection.
_BROKEN = ("08", "57P")
#: Lines of COPY, or rows.
Copied = str | Sequence[Sequence[Any]]


def engine_of(target: str, password: str = "") -> Engine:
    """A way to the centre at ``target``."""
    url = as_url(target)
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(str(url.database))
    if password:
        url = url.set(password=password)
    local = not url.host or url.host.startswith("/") or "host" in url.query
    given: dict[str, Any] = {"connect_timeout": 10, "application_name": "fanxiu"}
    if not local and os.environ.get(PLAIN) != "1":
        given |= {
            "sslmode": "verify-full", "channel_binding": "require",
            "sslrootcert": os.environ.get(AUTHORITY, "system"),
        }
    kept = {name: value for name, value in url.query.items() if name in {"host", "port"}}
    return create_engine(url.set(query=kept), pool_size=2, max_overflow=0, connect_args=given)


def sqlite_engine(path: str) -> Engine:
    """A centre in a file or in memory, for trying and for the simulator; one connection."""
    engine = create_engine(
        f"sqlite:///{path}", poolclass=StaticPool,
        connect_args={"check_same_thread": False, "cached_statements": 2000},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous = OFF")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        link = connection.connection.driver_connection
        assert link is not None
        link.execute("BEGIN IMMEDIATE")

    return engine


@contextmanager
def translated() -> Iterator[None]:
    """The server's complaints as ours: ``sync.centre-away``, ``sync.wrong-password``, ``sync.wrong-certificate``,

    ``sync.not-permitted``. What is a bug stays what it is.
    """
    try:
        yield
    except DBAPIError as error:
        state, text = str(getattr(error.orig, "sqlstate", "") or ""), str(error.orig)
        if state in {"28P01", "28000"} or "password authentication failed" in text:
            raise Refused("sync.wrong-password") from error
        if "certificate" in text or "SSL" in text or "channel binding" in text:
            raise Refused("sync.wrong-certificate", reason=text.strip().splitlines()[-1]) from error
        if state == "42501":
            raise Refused("sync.not-permitted", reason=text.strip().splitlines()[0]) from error
        if error.connection_invalidated or state.startswith(_BROKEN) or _no_way(error):
            raise Unavailable("sync.centre-away", reason=(text.strip().splitlines() or [""])[0]) from error
        raise


@contextmanager
def copying(link: Connection, garbled: type[Exception]) -> Iterator[Callable[[str, Copied], None]]:
    """Lends what runs a COPY from lines that are ready, or from rows; beside SQLAlchemy, which does not know COPY.

    What the server cannot read raises ``garbled``; a broken line is ``sync.centre-away``.
    """
    import psycopg

    driver: Any = link.connection.driver_connection

    def copy(sql: str, given: Copied) -> None:
        with driver.cursor() as cursor, cursor.copy(sql) as into:
            if isinstance(given, str):
                into.write(given)
                return
            for row in given:
                into.write_row(row)

    try:
        yield copy
    except psycopg.DataError as error:
        raise garbled from error
    except psycopg.OperationalError as error:
        if error.sqlstate and not error.sqlstate.startswith(_BROKEN):
            raise
        raise Unavailable("sync.centre-away", reason=(str(error).strip().splitlines() or [""])[0]) from error


def _no_way(error: DBAPIError) -> bool:
    import psycopg

    return isinstance(error.orig, psycopg.OperationalError) and not getattr(error.orig, "sqlstate", None)
