"""The centre's list of depots: founding the centre, entering a depot, how each stands (spec 4, "The centre")."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, inspect

from app.domain.numbering import depot_code_problems
from app.domain.sync.outcomes import Ended
from app.errors import Refused
from app.persistence.database import Database
from app.persistence.network import night_told
from app.persistence.stamped import ask
from app.sync.centre_engine import PLAIN
from app.sync.centre_postgresql import DEPOT, HEAD_OFFICE, adapt, limit

#: What a desk's login may be called.
_NAME = r"[a-z][a-z0-9_]{0,39}"
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

    @property
    def outcome(self) -> str:
        """How its last try ended, as it left word; empty where it left none."""
        said = self.last.get("outcome")
        return said if isinstance(said, str) and said in Ended.__members__ else ""

    @property
    def tried_at(self) -> datetime | None:
        """When its last try ended, as it left word."""
        try:
            return datetime.fromisoformat(str(self.last.get("ended_at"))).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

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


def shown(target: str) -> str:
    """Where a centre is, in a form that may be shown. Refused: ``sync.needs-postgresql``, ``database.url``."""
    database = _postgresql(target)
    database.close()
    return database.display


def add_depot(target: str, code: str, name: str, now: datetime) -> NewLogin:
    """Enter a depot and make its login. A login of that name may be there from another centre on the same server.

    Refused: ``sync.depot-known``, ``numbering.depot-code``, ``sync.not-a-centre``, ``sync.login-strange``.
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
            if _stands(link, login) and not _is_ours(link, login, DEPOT):
                raise Refused("sync.login-strange", login=login)
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


def add_head_office_login(target: str, login: str, *, new_password: bool = False) -> NewLogin:
    """A login for desks of head office: reads everything, writes head office's rows.

    ``new_password``: a desk that has its login gets another password. Refused: ``sync.login-name``,
    ``sync.login-taken``, ``sync.login-known``, ``sync.login-unknown``, ``sync.not-a-centre``.
    """
    if not re.fullmatch(_NAME, login):
        raise Refused("sync.login-name", field="login", value=login)
    database = _postgresql(target)
    try:
        with database.bare() as link:
            _must_be_centre(link, database.display)
            ((code,),) = ask(link, "SELECT code FROM centre_depots WHERE head_office = 1")
            stands = _stands(link, login)
            if stands and not _is_ours(link, login, HEAD_OFFICE):
                raise Refused("sync.login-taken", field="login", login=login)
            if stands != new_password:
                raise Refused("sync.login-known" if stands else "sync.login-unknown", field="login", login=login)
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
        night_told(last[4]) if last else {}, int(alerts), int(conflicts),
    )


def _postgresql(target: str) -> Database:
    database = Database(target, plain=PLAIN)
    if database.dialect != "postgresql":
        database.close()
        raise Refused("sync.needs-postgresql", place=database.display)
    return database


def _must_be_centre(link: Connection, place: str) -> None:
    if not inspect(link).has_table("centre_origins"):
        raise Refused("sync.not-a-centre", place=place)


def _stands(link: Connection, login: str) -> bool:
    return bool(ask(link, "SELECT 1 FROM pg_roles WHERE rolname = ?", (login,)))


def _is_ours(link: Connection, login: str, group: str) -> bool:
    """Whether a login is one that was made here: in ``group`` and nothing else, and without powers of its own."""
    ((plain,),) = ask(
        link, "SELECT NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls) FROM pg_roles "
        "WHERE rolname = ?", (login,),
    )
    groups = ask(
        link, "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = ?", (login,),
    )
    return bool(plain) and {row[0] for row in groups} == {group}


def _login(link: Connection, login: str, group: str) -> str:
    """Make a login (or give it a new password) that belongs to ``group``; returns the password.

    The server is told a verifier only: a statement ends up in logs.
    """
    password = secrets.token_urlsafe(24)
    verb = "ALTER" if _stands(link, login) else "CREATE"
    quoted = login.replace('"', '""')
    driver: Any = link.connection.driver_connection
    verifier = driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    # a statement about roles takes no parameters; a verifier has no quotation marks
    link.exec_driver_sql(f"{verb} ROLE \"{quoted}\" LOGIN PASSWORD '{verifier}'")
    link.exec_driver_sql(f'GRANT {group} TO "{quoted}"')
    limit(link, login)
    return password


def _address(database: Database, login: str) -> str:
    url = database.url.set(username=login, password=None, drivername="postgresql")
    return url.render_as_string(hide_password=False)
