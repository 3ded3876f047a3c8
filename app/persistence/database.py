"""The open database: SQLite file or PostgreSQL, one writer at a time, and what the engine's complaints mean.

SQLite: WAL, ``synchronous=FULL``, foreign keys on, ``BEGIN IMMEDIATE``. PostgreSQL: each writing transaction takes
the row lock of ``node`` first. Either way writers stand in line, so the order of stamps is the order of commits and
what a service has read is still true when it writes (spec 4).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from app.errors import Refused, Unavailable
from app.persistence.servers import Complaint, as_url, is_near, line_to, say

BUSY_MILLISECONDS = 10_000
#: Says that a connection without TLS to the depot's own server over a network is meant; the same computer needs none.
PLAIN = "FANXIU_DATABASE_PLAIN"
#: The file with the certificate of the authority that signed the server's; the centre's, else the system's own.
AUTHORITY, CENTRE_AUTHORITY = "FANXIU_DATABASE_CA", "FANXIU_CENTRE_CA"


class Database:
    """One depot's database. ``target``: a file path, or an SQLAlchemy URL of PostgreSQL.

    ``durable=False``: a file whose loss is no loss (a demonstration being made) is not synced at each commit.
    ``plain``: the environment variable that allows a connection over a network without TLS.
    """

    def __init__(self, target: str | Path, *, durable: bool = True, plain: str = PLAIN) -> None:
        self.url = as_url(target)
        if self.url.get_backend_name() == "sqlite":
            self.path: Path | None = Path(self.url.database or "")
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", pool_size=1, durable=durable)
            self._reader = _sqlite_engine(self.url, "BEGIN", pool_size=4)
        else:
            self.path = None
            given = line_to(
                sure=not is_near(self.url) and os.environ.get(plain) != "1",
                authority=os.environ.get(AUTHORITY) or os.environ.get(CENTRE_AUTHORITY, ""),
            )
            self._writer = self._reader = create_engine(
                self.url, pool_size=4, pool_pre_ping=True, connect_args=given,
            )

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._writer.dialect.name

    @property
    def display(self) -> str:
        """Where the data is, in a form that may be shown (no password)."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A writing transaction: commits at the end, rolls back on any exception.

        Raises ``Unavailable`` (``database.*``) when the engine cannot do its part, ``Refused`` (``law.*``) when one
        of the laws in the database says no.
        """
        with _translated(), self._writer.begin() as connection:
            if self.dialect == "postgresql":
                connection.exec_driver_sql("SELECT 1 FROM node FOR UPDATE")
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction over one snapshot; it never waits for a writer."""
        with _translated(), self._reader.connect() as link:
            if self.dialect == "postgresql":
                link.execution_options(isolation_level="REPEATABLE READ")
            with link.begin():
                yield link

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """A writing transaction before there is a ``node`` row: for migrations and for founding a depot."""
        with _translated(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self._writer.dispose()
        self._reader.dispose()


def _sqlite_engine(url: URL, begin: str, pool_size: int, *, durable: bool = True) -> Engine:
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=0,
        pool_reset_on_return="rollback",    # a commit refused for a deferred foreign key leaves its transaction open
        connect_args={"check_same_thread": False, "timeout": 10, "cached_statements": 512},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL" if durable else "synchronous=OFF",
            "foreign_keys=ON",
            "cache_size=-65536",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        link = connection.connection.driver_connection
        assert link is not None
        link.execute(begin)

    return engine


_SQLITE_CODES = {
    sqlite3.SQLITE_FULL: "database.full",
    sqlite3.SQLITE_IOERR: "database.io",
    sqlite3.SQLITE_READONLY: "database.read-only",
    sqlite3.SQLITE_BUSY: "database.locked",
    sqlite3.SQLITE_LOCKED: "database.locked",
    sqlite3.SQLITE_CORRUPT: "database.damaged",
    sqlite3.SQLITE_NOTADB: "database.damaged",
    sqlite3.SQLITE_CANTOPEN: "database.cannot-open",
    sqlite3.SQLITE_PERM: "database.cannot-open",
    sqlite3.SQLITE_AUTH: "database.cannot-open",
}


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the engine's complaints into ours; what is a bug stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        told = error.orig if isinstance(error, DBAPIError) else error
        text = str(told)
        law = next((word for word in text.split() if word.startswith("law.")), None)
        if law is not None:
            raise Refused(law) from error
        if isinstance(told, sqlite3.Error):
            code = _SQLITE_CODES.get(getattr(told, "sqlite_errorcode", 0) & 0xFF)
            if code is not None:
                raise Unavailable(code) from error
        else:
            say(error, _COMPLAINTS)
        raise


#: What a server's complaints are called here.
_COMPLAINTS = {
    Complaint.AWAY: "database.server-away", Complaint.FULL: "database.full",
    Complaint.CERTIFICATE: "database.wrong-certificate", Complaint.LOGIN: "database.wrong-login",
    Complaint.DATABASE: "database.unknown", Complaint.RIGHTS: "database.not-permitted",
}

__all__ = ["AUTHORITY", "BUSY_MILLISECONDS", "CENTRE_AUTHORITY", "PLAIN", "Database", "as_url"]
