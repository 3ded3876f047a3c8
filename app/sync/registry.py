"""The centre's list of depots: founding the centre, entering a depot, how each stands (spec 4, "The centre")."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, inspect

from app.domain.numbering import depot_code_problems
from app.errors import Refused
from app.persistence.database import Database
from app.persistence.stamped import ask
from app.sync.centre_postgresql import DEPOT, HEAD_OFFICE, adapt

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewLogin:
    """What a depot (or a head-office desk) must enter once. The password is shown now and never again."""

    code: str
    login: str
    password: str
    address: str


@dataclass(frozen=True, slots=True)
class DepotState:
    """How one depot stands. ``histories``: how often it had to begin a new one; ``behind``: hours since last heard."""

    code: str
    name: str
    open_origin: int | None
    batches: int
    rows: int
    histories: int
    seen_at: datetime | None
    behind: float | None
    skew: int
    last: Mapping[str, Any]
    alerts: int
    conflicts: int

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "seen_at": self.seen_at.isoformat() if self.seen_at else None}


def prepare(target: str) -> None:
    """Make head office's database the centre, or bring a centre up after its schema changed.

    Refused: ``sync.needs-postgresql``.
    """
    database = _postgresql(target)
    try:
        with database.bare() as link:
            if int(ask(link, "SELECT current_setting('server_version_num')")[0][0]) < 150_000:
                raise Refused("sync.needs-postgresql", place=database.display)
            adapt(link)
    finally:
        database.close()


def is_centre(target: str) -> bool:
    """Whether ``target`` is a centre."""
    database = _postgresql(target)
    try:
        with database.bare() as link:
            return inspect(link).has_table("centre_origins")
    finally:
        database.close()


def add_depot(target: str, code: str, name: str, now: datetime) -> NewLogin:
    """Enter a depot and make its login.

    Refused: ``sync.depot-known``, ``numbering.depot-code``, ``sync.not-a-centre``.
    """
    wrong = depot_code_problems(code)
    if wrong:
        raise Refused.because(wrong)
    database = _postgresql(target)
    try:
        with database.bare() as link:
            _must_be_centre(link, database.display)
            if ask(link, "SELECT 1 FROM centre_depots WHERE code = ?", (code,)):
                raise Refused("sync.depot-known", field="code", depot=code)
            login = f"depot_{code.lower()}"
            password = _login(link, login, DEPOT)
            ask(
                link,
                "INSERT INTO centre_depots (code, name, login, head_office, added_at) VALUES (?, ?, ?, 0, ?)",
                (code, name or code, login, (now - _EPOCH) // timedelta(microseconds=1)),
            )
    finally:
        database.close()
    return NewLogin(code, login, password, _address(database, login))


def renew_password(target: str, code: str) -> NewLogin:
    """A new password for a depot's login. Refused: ``sync.unknown-depot``."""
    database = _postgresql(target)
    try:
        with database.bare() as link:
            _must_be_centre(link, database.display)
            found = ask(link, "SELECT login FROM centre_depots WHERE code = ? AND head_office = 0", (code,))
            if not found:
                raise Refused("sync.unknown-depot", depot=code)
            login = found[0][0]
            password = _login(link, login, DEPOT)
    finally:
        database.close()
    return NewLogin(code, login, password, _address(database, login))


def add_head_office_login(target: str, login: str) -> NewLogin:
    """A login for desks of head office: reads everything, writes head office's rows."""
    database = _postgresql(target)
    try:
        with database.bare() as link:
            _must_be_centre(link, database.display)
            ((code,),) = ask(link, "SELECT code FROM centre_depots WHERE head_office = 1")
            password = _login(link, login, HEAD_OFFICE)
    finally:
        database.close()
    return NewLogin(code, login, password, _address(database, login))


def states(target: str, now: datetime) -> tuple[DepotState, ...]:
    """How every depot stands, by code. Refused: ``sync.not-a-centre``."""
    database = _postgresql(target)
    try:
        with database.bare() as link:
            _must_be_centre(link, database.display)
            return tuple(
                _state(link, code, name, now) for code, name in
                ask(link, "SELECT code, name FROM centre_depots WHERE head_office = 0 ORDER BY code")
            )
    finally:
        database.close()


def _state(link: Connection, code: str, name: str, now: datetime) -> DepotState:
    origins = ask(
        link, "SELECT origin, open, seen_at, skew, last_night FROM centre_origins WHERE depot_id = ? ORDER BY origin",
        (code,),
    )
    ((batches, rows),) = ask(
        link, "SELECT count(*), coalesce(sum(rows), 0) FROM centre_batches WHERE depot_id = ?", (code,)
    )
    ((alerts,),) = ask(link, "SELECT count(*) FROM alerts WHERE depot_id = ? AND seen_at IS NULL", (code,))
    ((conflicts,),) = ask(link, "SELECT count(*) FROM conflicts WHERE depot_id = ? AND resolved_at IS NULL", (code,))
    last = origins[-1] if origins else None
    seen = _EPOCH + timedelta(microseconds=last[2]) if last and last[2] else None
    return DepotState(
        code, name, next((row[0] for row in origins if row[1]), None), int(batches), int(rows), len(origins), seen,
        round((now - seen).total_seconds() / 3600, 1) if seen else None, last[3] if last else 0,
        json.loads(last[4]) if last and last[4] else {}, int(alerts), int(conflicts),
    )


def _postgresql(target: str) -> Database:
    database = Database(target)
    if database.dialect != "postgresql":
        database.close()
        raise Refused("sync.needs-postgresql", place=database.display)
    return database


def _must_be_centre(link: Connection, place: str) -> None:
    if not inspect(link).has_table("centre_origins"):
        raise Refused("sync.not-a-centre", place=place)


def _login(link: Connection, login: str, group: str) -> str:
    """Make a login (or give it a new password) that belongs to ``group``; returns the password."""
    password = secrets.token_urlsafe(24)
    verb = "ALTER" if ask(link, "SELECT 1 FROM pg_roles WHERE rolname = ?", (login,)) else "CREATE"
    quoted = login.replace('"', '""')
    # a statement about roles takes no parameters; the password consists of letters, digits, - and _
    link.exec_driver_sql(f"{verb} ROLE \"{quoted}\" LOGIN PASSWORD '{password}'")
    link.exec_driver_sql(f'GRANT {group} TO "{quoted}"')
    return password


def _address(database: Database, login: str) -> str:
    url = database.url.set(username=login, password=None, drivername="postgresql")
    return url.render_as_string(hide_password=False)
