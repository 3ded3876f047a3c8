"""The depot's people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from app.persistence.tables import users
from app.persistence.transaction import Query, Tx, columns_of


@dataclass(frozen=True, slots=True)
class UserRecord:
    """One row of ``users``. ``roles`` are role codes; hashes are argon2id."""

    id: str
    login: str
    name: str
    password_hash: str
    pin_hash: str
    roles: list[str]
    stamp_no: str
    badge: str
    language: str
    active: bool
    failed_tries: int
    blocked_until: datetime | None

    def __repr__(self) -> str:
        return f"UserRecord({self.login!r}, …)"


def by_login(tx: Tx, login: str) -> UserRecord | None:
    """The user with ``login`` (case does not matter)."""
    return _BY_LOGIN.one(tx, login=login.casefold())


def by_id(tx: Tx, user_id: str) -> UserRecord | None:
    """The user ``user_id``."""
    return tx.one(_users(tx).where(users.c.id == user_id), UserRecord)


def by_badge(tx: Tx, badge: str) -> UserRecord | None:
    """The active user with ``badge`` (scanned from a command card)."""
    return tx.one(_users(tx).where(users.c.badge == badge, users.c.active == 1), UserRecord)


def everyone(tx: Tx) -> tuple[UserRecord, ...]:
    """All users, active first, by name."""
    return tx.all(_users(tx).order_by(users.c.active.desc(), users.c.name), UserRecord)


def add(tx: Tx, user: UserRecord) -> None:
    """Enter a user."""
    tx.insert(users, {name: getattr(user, name) for name in UserRecord.__dataclass_fields__})


def change(tx: Tx, user_id: str, **values: object) -> None:
    """Change a user's row."""
    tx.change(users, user_id, **values)


def _users(tx: Tx):  # type: ignore[no-untyped-def]
    return select(*columns_of(UserRecord, users)).where(users.c.depot_id == tx.depot_id, users.c.deleted_at.is_(None))


_BY_LOGIN = Query(
    select(*columns_of(UserRecord, users)).where(
        users.c.depot_id == bindparam("depot_id"), users.c.deleted_at.is_(None), users.c.login == bindparam("login")
    ),
    UserRecord,
)
