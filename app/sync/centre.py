"""Making and keeping the centre itself: its schema, its logins, its functions (spec 4, "Safety", "Growth").

The centre has the tables of a depot (head office works on them as a depot of its own) without what must not be there:
no foreign keys, no uniqueness but the key, nothing deferrable, no sequences. Beside them stand the origins, the batches
and the contents. A depot's login gets its own rows by row-level security, and two functions.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, MetaData, Table
from sqlalchemy.schema import CreateTable

from app.domain.sync.chain import GENESIS
from app.persistence.held import ADDRESSED, FOREIGN
from app.persistence.migrate import HEAD
from app.persistence.stamped import ask, listed
from app.persistence.tables import metadata

BESIDE = """
CREATE TABLE centre_depots (code TEXT PRIMARY KEY, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE,
    head_office BIGINT NOT NULL, added_at BIGINT NOT NULL);
CREATE TABLE centre_origins (origin BIGINT PRIMARY KEY, depot_id TEXT NOT NULL, open BIGINT NOT NULL,
    head_no BIGINT NOT NULL, head_seq BIGINT NOT NULL, head_chain TEXT NOT NULL,
    last_night TEXT NOT NULL DEFAULT '', skew BIGINT NOT NULL DEFAULT 0, seen_at BIGINT NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX uq_centre_origins_open ON centre_origins (depot_id) WHERE open = 1;
CREATE TABLE centre_batches (origin BIGINT NOT NULL, no BIGINT NOT NULL, depot_id TEXT NOT NULL,
    after_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL, rows BIGINT NOT NULL, digest TEXT NOT NULL,
    chain TEXT NOT NULL, PRIMARY KEY (origin, no));
CREATE INDEX ix_centre_batches_seq ON centre_batches (origin, to_seq);
CREATE TABLE centre_contents (depot_id TEXT NOT NULL, sha256 TEXT NOT NULL, at BIGINT NOT NULL, size BIGINT NOT NULL,
    content BLOB NOT NULL, PRIMARY KEY (depot_id, sha256, at));
"""


def statements(*, sqlite: bool) -> list[str]:
    """The tables beside the depot's own."""
    text = BESIDE if sqlite else BESIDE.replace(" BLOB ", " bytea ")
    return [each.strip() for each in text.split(";") if each.strip()]


_SOURCES = {
    "foreign_units": "units", "foreign_cases": "return_cases", "foreign_orders": "repair_orders",
    "foreign_transfers": "transfers", "foreign_receipts": "transfer_receipts",
}


def views(*, sqlite: bool) -> list[str]:
    """What depots are shown of each other: their names, as much as the return counters need, and what is addressed to
    the asker.

    The asker is whoever logged in. An SQLite centre has no logins: there :func:`open_to` says who asks. On a server
    the view goes before anything of the asker's: no function or cast of its question looks at a row it is not shown.
    """
    fence = "" if sqlite else " WITH (security_barrier)"
    asker = "(SELECT code FROM centre_asker)" if sqlite else "centre_my_depot()"
    return [
        f"CREATE VIEW told_depots{fence} AS SELECT code, name FROM centre_depots",
        *(f"CREATE VIEW {told}{fence} AS SELECT {listed(shape.columns)} FROM {_SOURCES[shape.table]} WHERE origin > 0"
        + (f" AND {ADDRESSED[shape.table]} = {asker}" if shape.table in ADDRESSED else "")
        for shape, told in FOREIGN),
    ]


def open_to(link: Connection, depot_id: str) -> None:
    """Of an SQLite centre, show what is addressed to ``depot_id``."""
    ask(link, "UPDATE centre_asker SET code = ?", (depot_id,))


def plain_tables() -> MetaData:
    """The tables of a depot without foreign keys and without uniqueness but the key."""
    plain = MetaData()
    for table in metadata.sorted_tables:
        copy = Table(
            table.name, plain,
            *(column._copy() for column in table.columns),  # noqa: SLF001  the library's own way to copy a table
            sqlite_strict=True,
        )
        copy.info.update(table.info)
    return plain


def make_sqlite(engine: Engine, code: str = "HQ", name: str = "") -> None:
    """A centre in SQLite: for the simulator and for trying."""
    with engine.begin() as link:
        for table in plain_tables().sorted_tables:
            link.execute(CreateTable(table))
            if table.info.get("stamped"):
                ask(link, f"CREATE INDEX ix_{table.name}_stamp ON {table.name} (origin, seq)")
        ask(link, "CREATE TABLE centre_asker (code TEXT NOT NULL)")
        ask(link, "INSERT INTO centre_asker VALUES ('')")
        for sql in (*statements(sqlite=True), *views(sqlite=True)):
            ask(link, sql)
        ask(link, "CREATE TABLE alembic_version (version_num TEXT NOT NULL)")
        ask(link, "INSERT INTO alembic_version VALUES (?)", (HEAD,))
        ask(
            link,
            "INSERT INTO node (one, depot_id, name, origin, seq, journal_no, journal_head, time_zone, language, "
            "address, phone, created_at) VALUES (1, ?, ?, 0, 0, 0, '', 'Asia/Shanghai', 'zh_CN', '', '', 0)",
            (code, name or code),
        )
        ask(link, "INSERT INTO centre_depots VALUES (?, ?, ?, 1, 0)", (code, name or code, code.lower()))
        ask(
            link, "INSERT INTO centre_origins (origin, depot_id, open, head_no, head_seq, head_chain) "
            "VALUES (0, ?, 1, 0, 0, ?)", (code, GENESIS),
        )


def add_depot_row(link: Connection, code: str, name: str, login: str, now: datetime) -> None:
    """Enter a depot in the centre's list."""
    ask(
        link, "INSERT INTO centre_depots (code, name, login, head_office, added_at) VALUES (?, ?, ?, 0, ?)",
        (code, name, login, int(now.timestamp() * 1_000_000)),
    )

