"""Accounts: what a person may do, with which badge and stamp, and new secrets (spec 1 §10).

Entering people and proving who somebody is lie in :mod:`app.services.people`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action, Role, password_problems, pin_problems
from app.domain.policy_values import PolicyName
from app.errors import Problem, Refused
from app.persistence import journal
from app.persistence import people as rows
from app.persistence.journal import JournalEntry
from app.persistence.people import UserRecord
from app.persistence.transaction import Tx
from app.services import meanwhile, people
from app.services.people import UserView
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator sets for a person. The login never changes: signatures and journal name it."""

    name: str
    roles: frozenset[Role]
    stamp_no: str = ""
    badge: str = ""
    language: str = "zh_CN"
    active: bool = True


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """An account was changed; ``entry_id`` can be undone."""

    user_id: str
    entry_id: str
    changes: Changes = Changes.PEOPLE


@dataclass(frozen=True, slots=True)
class SecretsChanged:
    """New secrets are in force."""

    user_id: str
    changes: Changes = Changes.PEOPLE


def account_of(user: UserView | UserRecord) -> Account:
    """The account as it is: what an edit starts from."""
    return Account(
        user.name, frozenset(Role(role) for role in user.roles), user.stamp_no, user.badge, user.language, user.active
    )


def account_problems(account: Account) -> list[Problem]:
    """What is wrong with an account (the same rules live and in the service)."""
    found = []
    if not account.name.strip():
        found.append(Problem("name", "people.name-missing"))
    if not account.roles:
        found.append(Problem("roles", "people.roles-missing"))
    if Role.INSPECTOR in account.roles and not account.stamp_no.strip():
        found.append(Problem("stamp_no", "people.stamp-missing"))
    return found


def secret_problems(
    password: str, pin: str, login: str, password_length: int = 8, pin_length: int = 4
) -> list[Problem]:
    """What is wrong with new secrets; an empty one stays as it is. ``people.no-new-secret`` when both are empty."""
    if not password and not pin:
        return [Problem("password", "people.no-new-secret")]
    found = password_problems(password, login, password_length) if password else []
    return found + (pin_problems(pin, pin_length) if pin else [])


def edit(depot: Depot, user_id: str, account: Account, seen: Account) -> AccountChanged:
    """Change an account; ``seen`` is what the form showed at first.

    Refused: the codes of :func:`account_problems`, ``people.changed-meanwhile``, ``people.last-administrator``,
    ``people.own-account`` (nobody switches the own account off), ``people.badge-taken``, ``people.stamp-taken``.
    """
    depot.require(Action.MANAGE_USERS)
    wrong = account_problems(account)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        user = _known(tx, user_id)
        if account_of(user) != seen:
            raise _changed_meanwhile(depot, tx, user)
        _guard(depot, tx, user, account)
        entry_id = _write(tx, user, account)
    return AccountChanged(user_id, entry_id)


def reset_secrets(depot: Depot, user_id: str, password: str = "", pin: str = "") -> SecretsChanged:
    """Give a person a new password or PIN (an administrator does); a wait after wrong tries ends.

    Refused: the codes of :func:`secret_problems`.
    """
    depot.require(Action.MANAGE_USERS)
    with depot.write() as tx:
        user = _known(tx, user_id)
        _set_secrets(depot, tx, user, password, pin, "accounts.reset-secrets")
    return SecretsChanged(user_id)


def change_own_secrets(depot: Depot, current: str, password: str = "", pin: str = "") -> SecretsChanged:
    """Choose the own password or PIN anew; ``current`` is the password (or PIN) now in force.

    Refused: ``people.wrong-secret``, ``people.blocked``, the codes of :func:`secret_problems`.
    """
    try:
        people.check_secret(depot, depot.operator.login, current)
    except Refused as refusal:
        raise Refused(refusal.code, field="current", **refusal.facts) from None
    with depot.write() as tx:
        user = _known(tx, depot.operator.id)
        if password and people.method_of(user, current) != "PASSWORD":
            raise Refused("people.password-needed", field="current")
        _set_secrets(depot, tx, user, password, pin, "accounts.change-own-secrets")
    return SecretsChanged(user.id)


def unblock(depot: Depot, user_id: str) -> SecretsChanged:
    """End the wait after too many wrong tries."""
    depot.require(Action.MANAGE_USERS)
    with depot.write() as tx:
        user = _known(tx, user_id)
        rows.change(tx, user_id, failed_tries=0, blocked_until=None)
        journal.record(tx, "accounts.unblock", subject_kind="user", subject_id=user_id, subject_number=user.login)
    return SecretsChanged(user_id)


def _known(tx: Tx, user_id: str) -> UserRecord:
    user = rows.by_id(tx, user_id)
    if user is None:
        raise LookupError(f"no user {user_id}")
    return user


def _guard(depot: Depot, tx: Tx, user: UserRecord, account: Account) -> None:
    """The rules that look at the other people."""
    if user.id == depot.operator.id and not account.active:
        raise Refused("people.own-account", field="active")
    was_administrator = user.active and Role.ADMIN in user.roles
    if was_administrator and not (account.active and Role.ADMIN in account.roles):
        others = [o for o in rows.everyone(tx) if o.active and Role.ADMIN in o.roles and o.id != user.id]
        if not others:
            raise Refused("people.last-administrator", field="roles" if account.active else "active", name=user.name)
    if account.badge.strip():
        holder = rows.by_badge(tx, account.badge.strip())
        if holder is not None and holder.id != user.id:
            raise Refused("people.badge-taken", field="badge", value=account.badge.strip())
    if account.stamp_no.strip() and account.active:
        _guard_stamp(tx, user.id, account.stamp_no.strip())


def _guard_stamp(tx: Tx, user_id: str, stamp_no: str) -> None:
    """A stamp says who inspected, so two people never share one number (art. 10.7)."""
    for other in rows.everyone(tx):
        if other.active and other.id != user_id and other.stamp_no == stamp_no:
            raise Refused("people.stamp-taken", field="stamp_no", value=stamp_no, name=other.name)


def _write(tx: Tx, user: UserRecord, account: Account) -> str:
    cleaned = Account(
        account.name.strip(), account.roles, account.stamp_no.strip(), account.badge.strip(), account.language,
        account.active,
    )
    rows.change(tx, user.id, **_facts(cleaned))
    return journal.record(
        tx, "accounts.edit", subject_kind="user", subject_id=user.id, subject_number=user.login,
        facts={"before": _facts(account_of(user)), "after": _facts(cleaned)},
    )


def _facts(account: Account) -> dict[str, Any]:
    return {**asdict(account), "roles": _codes(account.roles)}


def _codes(roles: Collection[Role]) -> list[str]:
    return sorted(role.value for role in roles)


def _set_secrets(depot: Depot, tx: Tx, user: UserRecord, password: str, pin: str, action: str) -> None:
    policy = depot.policy(tx)
    wrong = secret_problems(
        password, pin, user.login, policy.whole(PolicyName.PASSWORD_LENGTH), policy.whole(PolicyName.PIN_LENGTH)
    )
    if wrong:
        raise Refused.because(wrong)
    values: dict[str, Any] = {"failed_tries": 0, "blocked_until": None}
    if password:
        values["password_hash"] = people.hash_secret(depot.hashing, password)
    if pin:
        values["pin_hash"] = people.hash_secret(depot.hashing, pin)
    rows.change(tx, user.id, **values)
    journal.record(
        tx, action, subject_kind="user", subject_id=user.id, subject_number=user.login,
        facts={"password": bool(password), "pin": bool(pin)},
    )


def _changed_meanwhile(depot: Depot, tx: Tx, user: UserRecord) -> Refused:
    return meanwhile.changed(depot, tx, "people.changed-meanwhile", user.id, name=user.name)


def _undo_edit(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Put the account back as it was; refused when it was changed since."""
    user = _known(tx, entry.subject_id)
    if _facts(account_of(user)) != entry.facts["after"]:
        raise _changed_meanwhile(depot, tx, user)
    before = dict(entry.facts["before"])
    account = Account(**{**before, "roles": frozenset(Role(role) for role in before["roles"])})
    _guard(depot, tx, user, account)
    rows.change(tx, user.id, **_facts(account))
    return Changes.PEOPLE


def _undo_add(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Switch the account off; the login stays taken because the journal names it."""
    user = _known(tx, entry.subject_id)
    account = account_of(user)
    off = Account(account.name, account.roles, account.stamp_no, "", account.language, active=False)
    _guard(depot, tx, user, off)
    rows.change(tx, user.id, **_facts(off))
    return Changes.PEOPLE


UNDO: Mapping[str, Way] = {
    "accounts.add": Way(_undo_add, permission=Action.MANAGE_USERS),
    "accounts.edit": Way(_undo_edit, permission=Action.MANAGE_USERS),
}

__all__ = [
    "UNDO", "Account", "AccountChanged", "SecretsChanged", "account_of", "account_problems", "change_own_secrets",
    "edit", "reset_secrets", "secret_problems", "unblock",
]
