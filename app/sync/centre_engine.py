"""The way to the centre: TLS that proves whom one talks to, and what the server's complaints mean (spec 4)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import StaticPool

from app.persistence.database import CENTRE_AUTHORITY as AUTHORITY
from app.persistence.servers import Complaint, as_url, is_local, line_to, say

#: Says that a connection without TLS over a network is meant (development only); a local socket needs no TLS.
PLAIN = "FANXIU_CENTRE_PLAIN"
#: Lines of COPY, or rows.
Copied = str | Sequence[Sequence[Any]]


def engine_of(target: str, password: str = "") -> Engine:
    """A way to the centre at ``target``. Nothing an address says takes the proof away.

    Refused: ``database.url``.
    """
    url = as_url(target)
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(str(url.database))
    if password:
        url = url.set(password=password)
    given = line_to(
        sure=not is_local(url) and os.environ.get(PLAIN) != "1", authority=os.environ.get(AUTHORITY, ""),
    )
    kept = {name: value for name, value in url.query.items() if name in {"host", "port"}}
    engine = create_engine(url.set(query=kept), pool_size=2, max_overflow=0, connect_args=given)
    _be_patient(engine)
    return engine


def _be_patient(engine: Engine) -> None:
    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        from app.sync.patience import Patient

        return Patient.connect(*given, **named)

    @event.listens_for(engine, "checkout")
    def _checked_out(link: Any, _record: Any, _proxy: Any) -> None:
        if link.closed:
            raise DisconnectionError


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
    """The server's complaints as ours: ``sync.centre-away``, ``sync.centre-full``, ``sync.wrong-password``,

    ``sync.unknown-database``, ``sync.wrong-certificate``, ``sync.not-permitted``. What is a bug stays what it is.
    """
    try:
        yield
    except DBAPIError as error:
        say(error, _COMPLAINTS)
        raise


#: What a server's complaints are called of the centre.
_COMPLAINTS = {
    Complaint.AWAY: "sync.centre-away", Complaint.FULL: "sync.centre-full",
    Complaint.CERTIFICATE: "sync.wrong-certificate", Complaint.LOGIN: "sync.wrong-password",
    Complaint.DATABASE: "sync.unknown-database", Complaint.RIGHTS: "sync.not-permitted",
}


@contextmanager
def copying(link: Connection, garbled: type[Exception]) -> Iterator[Callable[[str, Copied], None]]:
    """Lends what runs a COPY from lines that are ready, or from rows; beside SQLAlchemy, which does not know COPY.

    What the server cannot read raises ``garbled``; any other complaint comes as it does from other statements.
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
    except psycopg.Error as error:
        raise DBAPIError.instance("COPY", None, error, psycopg.Error) from error
