"""A PostgreSQL server at the other end of a line: its address, the proof that it is the one, what it complains of.

Whoever opens a server over a network is sure of it: TLS with a verified name, tied to the password (spec 4, "Safety").
An address cannot take that away, only an environment variable that says so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.errors import Refused, Unavailable

_DIALECT: Any = PGDialect_psycopg()  # type: ignore[no-untyped-call]
_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1")
#: A line that has died is noticed after a minute, not after the two hours of the operating system.
_ALIVE = {
    "connect_timeout": 10, "application_name": "fanxiu", "keepalives": 1, "keepalives_idle": 30,
    "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000,
}


class Complaint(StrEnum):
    """What a server's complaint means. ``AWAY``: no connection, or it broke; worth another try later."""

    LOGIN = "login"
    DATABASE = "database"
    RIGHTS = "rights"
    CERTIFICATE = "certificate"
    FULL = "full"
    AWAY = "away"


def as_url(target: str | Path) -> URL:
    """The SQLAlchemy URL of ``target``; ``database.url`` is refused when it is neither a path nor PostgreSQL."""
    text = str(target)
    if "://" not in text:
        return URL.create("sqlite", database=text.removeprefix("sqlite:"))
    try:
        url = make_url(text)
        if url.get_backend_name() == "sqlite":
            return url
        if url.get_backend_name() == "postgresql" and (url.port is None or 0 < url.port < 65_536):
            _DIALECT.create_connect_args(url)     # hosts and ports of a query are read here only
            return url.set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        pass
    raise _no_url(text)


def _no_url(text: str) -> Refused:
    """An address that cannot be read may carry a password all the same."""
    hidden = re.sub(r"(://[^:@]*:).*@", r"\1***@", text)
    hidden = re.sub(r"(?i)((?:ssl)?password=)[^&]*", r"\1***", hidden)
    return Refused("database.url", field="database", value=hidden)


def is_local(url: URL) -> bool:
    """Whether nothing leaves this computer: every host is a folder with a socket, or none is said anywhere."""
    return not _elsewhere(url) and all(host.startswith("/") for host in _hosts(url))


def is_near(url: URL) -> bool:
    """Whether the server is on this computer, be it by the loopback network."""
    return not _elsewhere(url) and all(
        host.startswith("/") or _LOOPBACK.fullmatch(host) for host in _hosts(url)
    )


def _elsewhere(url: URL) -> bool:
    """Whether something beside the host's name may say where the connection goes."""
    return bool(
        url.query.get("hostaddr") or url.query.get("service")
        or os.environ.get("PGHOSTADDR") or (os.environ.get("PGSERVICE") and not _hosts(url))
    )


def _hosts(url: URL) -> list[str]:
    """Every host that may count: of the address in either form, else of the environment."""
    said = url.query.get("host", ())
    told = [url.host or "", *([said] if isinstance(said, str) else said)]
    hosts = [host for each in told for host in each.split(",") if host]
    return hosts or [host for host in os.environ.get("PGHOST", "").split(",") if host]


def line_to(*, sure: bool, authority: str) -> dict[str, Any]:
    """How to connect. ``sure``: only to a server that proves its name; ``authority``: the file of who signed for it."""
    given: dict[str, Any] = dict(_ALIVE)
    if sure:
        given |= {
            "sslmode": "verify-full", "channel_binding": "require", "sslrootcert": authority or "system",
            "gssencmode": "disable",
        }
    return given


#: States of which the first letters say: no connection, or not now.
_BROKEN = ("08", "57P", "57014", "55P03", "25P03", "25P04", "53300")
_STATES: Mapping[str, Complaint] = {
    "28P01": Complaint.LOGIN, "28000": Complaint.LOGIN, "3D000": Complaint.DATABASE, "42501": Complaint.RIGHTS,
    "53100": Complaint.FULL,
}
#: A connection that is refused comes without a state: the words of servers in English and Chinese.
_WORDS: tuple[tuple[str, Complaint], ...] = (
    (r"authentication failed|no password supplied|认证失败|pg_hba\.conf|not permitted to log in|不允许.*登录",
     Complaint.LOGIN),
    (r"(role|角色) \"[^\"]*\" (does not exist|不存在)", Complaint.LOGIN),
    (r"(database|数据库) \"[^\"]*\" (does not exist|不存在)", Complaint.DATABASE),
    (r"permission denied for database|对数据库 .* 权限不够", Complaint.RIGHTS),
    (r"closed unexpectedly|SYSCALL|EOF detected|closed the connection|timeout|timed out|Connection reset",
     Complaint.AWAY),
    (r"certificate|channel binding|SSL|TLS", Complaint.CERTIFICATE),
)


def complaint(error: BaseException) -> Complaint | None:
    """What a complaint of SQLAlchemy's or the driver's means; ``None``: it is about something else, or a bug."""
    told = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(told, "sqlstate", "") or "")
    if state:
        return _STATES.get(state) or (Complaint.AWAY if state.startswith(_BROKEN) else None)
    import psycopg

    if isinstance(told, psycopg.OperationalError):
        text = str(told)
        return next((means for words, means in _WORDS if re.search(words, text)), Complaint.AWAY)
    return Complaint.AWAY if isinstance(error, DBAPIError) and error.connection_invalidated else None


def reason(error: BaseException, *, last: bool = False) -> str:
    """The first (or last) line of what the server said."""
    told = error.orig if isinstance(error, DBAPIError) else error
    lines = str(told).strip().splitlines() or [""]
    return lines[-1 if last else 0]


def say(error: BaseException, codes: Mapping[Complaint, str]) -> None:
    """Raise what a server's complaint means, under the code it has for whoever asks; a bug stays what it is.

    ``Unavailable``: try again later; ``Refused``: somebody must put something right. Both with the server's ``reason``.
    """
    meant = complaint(error)
    if meant is None:
        return
    told = reason(error, last=meant is Complaint.CERTIFICATE)
    kind = Unavailable if meant in {Complaint.AWAY, Complaint.FULL} else Refused
    raise kind(codes[meant], reason=told) from error
