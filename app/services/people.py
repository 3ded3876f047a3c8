"""People: entering users, their roles and secrets, and proving who somebody is (spec 1 §10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from app.changes import Changes
from app.depot import Depot, Hashing, Operator
from app.domain.people import Action, Role, login_problems, password_problems, pin_problems
from app.domain.policy_values import PolicyName
from app.domain.signing import Method
from app.errors import Problem, Refused
from app.persistence import journal
from app.persistence import people as rows
from app.persistence.people import UserRecord
from app.persistence.transaction import Tx

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody to be entered. ``stamp_no``: number of an inspector's stamp; ``badge``: code on the command card."""

    login: str
    name: str
    password: str
    pin: str
    roles: frozenset[Role]
    stamp_no: str = ""
    badge: str = ""
    language: str = "zh_CN"

    def __repr__(self) -> str:
        return f"NewUser({self.login!r}, …)"


@dataclass(frozen=True, slots=True)
class UserView:
    """A user as the people page shows one; no secrets. ``blocked_until``: after too many wrong tries."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    stamp_no: str
    badge: str
    language: str
    active: bool
    blocked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class UserEntered:
    """A user was entered or changed."""

    user_id: str
    entry_id: str = ""
    changes: Changes = Changes.PEOPLE


def new_user_problems(user: NewUser, password_length: int = 8, pin_length: int = 4) -> list[Problem]:
    """What is wrong with a new user's fields (the same rules live and in the service)."""
    found = login_problems(user.login)
    if not user.name.strip():
        found.append(Problem("name", "people.name-missing"))
    found += password_problems(user.password, user.login, password_length)
    found += pin_problems(user.pin, pin_length)
    if not user.roles:
        found.append(Problem("roles", "people.roles-missing"))
    if Role.INSPECTOR in user.roles and not user.stamp_no.strip():
        found.append(Problem("stamp_no", "people.stamp-missing"))
    return found


def add_user(depot: Depot, user: NewUser) -> UserEntered:
    """Enter a user. Refused: the codes of :func:`new_user_problems`, ``people.login-taken``, ``people.badge-taken``."""
    depot.require(Action.MANAGE_USERS)
    with depot.write() as tx:
        policy = depot.policy(tx)
        wrong = new_user_problems(user, policy.whole(PolicyName.PASSWORD_LENGTH), policy.whole(PolicyName.PIN_LENGTH))
        if wrong:
            raise Refused.because(wrong)
        user_id = enter_user(tx, user, depot.hashing)
        entry_id = journal.record(
            tx, "accounts.add", subject_kind="user", subject_id=user_id, subject_number=user.login,
            facts={"name": user.name, "roles": sorted(user.roles)},
        )
    return UserEntered(user_id, entry_id)


def enter_user(tx: Tx, user: NewUser, hashing: Hashing) -> str:
    """Write a user's row inside a running transaction and return the id."""
    login = user.login.strip().casefold()
    if rows.by_login(tx, login) is not None:
        raise Refused("people.login-taken", field="login", value=login)
    if user.badge and rows.by_badge(tx, user.badge) is not None:
        raise Refused("people.badge-taken", field="badge", value=user.badge)
    hasher = _hasher(hashing)
    user_id = tx.new_id()
    rows.add(
        tx,
        UserRecord(
            id=user_id, login=login, name=user.name.strip(), password_hash=hasher.hash(user.password),
            pin_hash=hasher.hash(user.pin), roles=sorted(role.value for role in user.roles),
            stamp_no=user.stamp_no.strip(), badge=user.badge.strip(), language=user.language, active=True,
            failed_tries=0, blocked_until=None,
        ),
    )
    return user_id


def users(depot: Depot) -> tuple[UserView, ...]:
    """Everybody, active first."""
    with depot.read() as tx:
        return tuple(_view(row) for row in rows.everyone(tx))


def sign_in(depot: Depot, login: str, password: str) -> Operator:
    """The operator who came to the desk. Only the password opens it; the PIN signs.

    Refused: ``people.unknown-login``, ``people.wrong-secret``, ``people.blocked``.
    """
    with depot.as_operator(_GATE).write() as tx:
        user = _known(tx, login, "login")
        failure = _try(depot, tx, user, password, {Method.PASSWORD}, "password")
    if failure is not None:
        raise failure
    return operator_of(user)


def verify(depot: Depot, tx: Tx, login: str, secret: str, field: str) -> tuple[UserRecord, str]:
    """The active user ``login``, proved inside the running transaction, and by which ``Method`` (PIN or password).

    Refused: ``people.unknown-login``, ``people.wrong-secret``, ``people.blocked``. A refusal rolls the caller's
    transaction back; the window counts wrong tries through :func:`check_secret` beforehand.
    """
    user = _known(tx, login, field)
    if user.blocked_until is not None and user.blocked_until > tx.at:
        raise Refused("people.blocked", field=field, name=user.name, until=user.blocked_until)
    method = method_of(user, secret)
    if method is None:
        raise Refused("people.wrong-secret", field=field, name=user.name)
    return user, method


def sign_in_by_badge(depot: Depot, badge: str, pin: str) -> Operator:
    """The operator whose badge was scanned, proved by PIN or password.

    Refused: ``people.unknown-badge``, ``people.wrong-secret``, ``people.blocked``.
    """
    with depot.as_operator(_GATE).write() as tx:
        user = _holder(tx, badge)
        failure = _try(depot, tx, user, pin, {Method.PIN, Method.PASSWORD}, "pin")
    if failure is not None:
        raise failure
    return operator_of(user)


def badge_holder(depot: Depot, badge: str) -> UserView:
    """Whose badge was scanned. Refused: ``people.unknown-badge``."""
    with depot.read() as tx:
        return _view(_holder(tx, badge))


def idle_minutes(depot: Depot) -> int:
    """After how many minutes without a touch the desk locks itself (policy)."""
    with depot.read() as tx:
        return depot.policy(tx).whole(PolicyName.IDLE_LOCK_MINUTES)


def current(depot: Depot) -> Operator | None:
    """The operator at the desk with the roles of this moment; ``None`` when the account was switched off."""
    with depot.read() as tx:
        user = rows.by_id(tx, depot.operator.id)
        return operator_of(user) if user is not None and user.active else None


def check_secret(depot: Depot, login: str, secret: str) -> Operator:
    """Prove a signer before the step is written; wrong tries are counted and block after a while (policy)."""
    with depot.as_operator(_GATE).write() as tx:
        user = _known(tx, login, "secret")
        failure = _try(depot, tx, user, secret, {Method.PIN, Method.PASSWORD}, "secret")
    if failure is not None:
        raise failure
    return operator_of(user)


def method_of(user: UserRecord, secret: str) -> str | None:
    """``PIN`` or ``PASSWORD``, whichever ``secret`` is; ``None`` for neither."""
    if secret.isdigit() and len(secret) <= 12 and _matches(user.pin_hash, secret):
        return Method.PIN.value
    return Method.PASSWORD.value if _matches(user.password_hash, secret) else None


def operator_of(user: UserRecord) -> Operator:
    """The operator that ``user`` is at a desk."""
    return Operator(user.id, user.login, user.name, frozenset(Role(role) for role in user.roles))


_GATE = Operator(id="gate", login="gate", name="Fanxiu")


def _known(tx: Tx, login: str, field: str) -> UserRecord:
    user = rows.by_login(tx, login.strip())
    if user is None or not user.active:
        raise Refused("people.unknown-login", field=field, value=login.strip())
    return user


def _holder(tx: Tx, badge: str) -> UserRecord:
    user = rows.by_badge(tx, badge.strip()) if badge.strip() else None
    if user is None:
        raise Refused("people.unknown-badge", field="badge", value=badge.strip())
    return user


def _try(depot: Depot, tx: Tx, user: UserRecord, secret: str, methods: set[Method], field: str) -> Refused | None:
    """Check ``secret`` and count. Returned, not raised, so that the count is committed."""
    if user.blocked_until is not None and user.blocked_until > tx.at:
        return Refused("people.blocked", field=field, name=user.name, until=user.blocked_until.astimezone(depot.zone))
    if method_of(user, secret) in {m.value for m in methods}:
        if user.failed_tries:
            rows.change(tx, user.id, failed_tries=0, blocked_until=None)
        return None
    policy = depot.policy(tx)
    tries = user.failed_tries + 1
    if tries >= policy.whole(PolicyName.SIGN_TRIES):
        until = tx.at + timedelta(minutes=policy.whole(PolicyName.SIGN_WAIT_MINUTES))
        rows.change(tx, user.id, failed_tries=0, blocked_until=until)
        return Refused("people.blocked", field=field, name=user.name, until=until.astimezone(depot.zone))
    rows.change(tx, user.id, failed_tries=tries)
    return Refused("people.wrong-secret", field=field, name=user.name)


def _matches(hashed: str, secret: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        return _hasher(Hashing()).verify(hashed, secret)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _hasher(hashing: Hashing) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=hashing.time_cost, memory_cost=hashing.memory_kib, parallelism=1)


def _view(row: UserRecord) -> UserView:
    return UserView(
        row.id, row.login, row.name, frozenset(Role(role) for role in row.roles), row.stamp_no, row.badge,
        row.language, row.active, row.blocked_until,
    )


def hash_secret(hashing: Hashing, secret: str) -> str:
    """The argon2id hash of a password or PIN."""
    return _hasher(hashing).hash(secret)


__all__ = [
    "NewUser", "UserEntered", "UserRecord", "UserView", "add_user", "badge_holder", "check_secret", "current",
    "enter_user", "hash_secret", "idle_minutes", "method_of", "new_user_problems", "operator_of", "sign_in",
    "sign_in_by_badge", "users", "verify",
]
