"""Accounts: roles and secrets change, the last administrator stays, wrong tries wait, badges open the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import Depot
from app.domain.people import Role
from app.errors import Refused
from app.services import accounts, people, undoing
from tests.conftest import PASSWORD, PIN, FakeClock, as_person


def user(depot: Depot, login: str) -> people.UserView:
    return next(u for u in people.users(depot) if u.login == login)


def change(depot: Depot, login: str, **values: object) -> accounts.AccountChanged:
    seen = accounts.account_of(user(depot, login))
    return accounts.edit(depot, user(depot, login).id, replace(seen, **values), seen)


@pytest.fixture
def admin(depot: Depot) -> Depot:
    return as_person(depot, "admin")


def refusal(code: str) -> object:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def test_roles_and_names_change_and_can_be_taken_back(admin: Depot) -> None:
    changed = change(admin, "clerk", name=" 何静怡 ", roles=frozenset({Role.CLERK, Role.SUPERVISOR}))
    assert user(admin, "clerk").name == "何静怡"
    assert user(admin, "clerk").roles == {Role.CLERK, Role.SUPERVISOR}
    undoing.undo(admin, changed.entry_id)
    assert (user(admin, "clerk").name, user(admin, "clerk").roles) == ("何静", {Role.CLERK})


def test_an_edit_over_somebody_elses_edit_is_refused(admin: Depot) -> None:
    seen = accounts.account_of(user(admin, "clerk"))
    change(admin, "clerk", name="何静怡")
    with refusal("people.changed-meanwhile") as caught:
        accounts.edit(admin, user(admin, "clerk").id, replace(seen, language="en"), seen)
    assert caught.value.facts["by"] == "管理员"


def test_the_last_administrator_stays(admin: Depot) -> None:
    with refusal("people.last-administrator"):
        change(admin, "admin", roles=frozenset({Role.CLERK}))
    with refusal("people.own-account"):
        change(admin, "admin", active=False)
    made = change(admin, "supervisor", roles=frozenset({Role.SUPERVISOR, Role.ADMIN}))
    change(admin, "admin", roles=frozenset({Role.CLERK}))
    with refusal("people.last-administrator"):
        undoing.undo(as_person(admin, "supervisor"), made.entry_id)


def test_only_an_administrator_manages_users(depot: Depot) -> None:
    with refusal("people.not-allowed"):
        change(as_person(depot, "manager"), "clerk", name="x")


def test_a_stamp_and_a_badge_belong_to_one_person(admin: Depot) -> None:
    with refusal("people.stamp-taken"):
        change(admin, "clerk", stamp_no=user(admin, "inspector").stamp_no)
    with refusal("people.badge-taken"):
        change(admin, "clerk", badge="BADGE-inspector")
    with refusal("people.stamp-missing"):
        change(admin, "inspector", stamp_no=" ")


def test_somebody_who_left_cannot_sign_in(admin: Depot) -> None:
    at_desk = as_person(admin, "clerk")
    change(admin, "clerk", active=False)
    assert people.current(at_desk) is None
    with refusal("people.unknown-login"):
        people.sign_in(admin, "clerk", PASSWORD)
    with refusal("people.unknown-badge"):
        people.sign_in_by_badge(admin, "BADGE-clerk", PIN)


def test_new_secrets_by_the_administrator(admin: Depot) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            people.sign_in(admin, "clerk", "wrong-one")
    with refusal("people.blocked"):
        people.sign_in(admin, "clerk", PASSWORD)
    assert user(admin, "clerk").blocked_until is not None
    accounts.reset_secrets(admin, user(admin, "clerk").id, "neues-Wort-9", "5093")
    assert people.sign_in(admin, "clerk", "neues-Wort-9").login == "clerk"
    assert people.check_secret(admin, "clerk", "5093").login == "clerk"
    with refusal("people.no-new-secret"):
        accounts.reset_secrets(admin, user(admin, "clerk").id)


def test_own_secrets_need_the_present_ones(depot: Depot) -> None:
    with refusal("people.wrong-secret"):
        accounts.change_own_secrets(depot, "nonsense", pin="5093")
    with refusal("people.password-needed"):
        accounts.change_own_secrets(depot, PIN, password="neues-Wort-9")
    with refusal("people.pin-plain"):
        accounts.change_own_secrets(depot, PASSWORD, pin="4444")
    accounts.change_own_secrets(depot, PASSWORD, "neues-Wort-9", "5093")
    assert people.sign_in(depot, "clerk", "neues-Wort-9").name == "何静"
    with refusal("people.wrong-secret"):
        people.sign_in(depot, "clerk", PASSWORD)


def test_a_badge_and_its_pin_open_the_desk(depot: Depot) -> None:
    assert people.badge_holder(depot, " BADGE-inspector ").name == "王建国"
    assert people.sign_in_by_badge(depot, "BADGE-inspector", PIN).roles == {Role.INSPECTOR}
    with refusal("people.wrong-secret"):
        people.sign_in_by_badge(depot, "BADGE-inspector", "9999")
    with refusal("people.unknown-badge"):
        people.sign_in_by_badge(depot, "", PIN)


def test_a_wait_ends_by_itself_or_by_the_administrator(admin: Depot, clock: FakeClock) -> None:
    for login in ("clerk", "planner"):
        for _ in range(5):
            with pytest.raises(Refused):
                people.check_secret(admin, login, "0000")
    accounts.unblock(admin, user(admin, "planner").id)
    assert people.check_secret(admin, "planner", PIN).login == "planner"
    clock.advance(minutes=6)
    assert people.check_secret(admin, "clerk", PIN).login == "clerk"


def test_entering_somebody_is_taken_back_by_switching_off(admin: Depot) -> None:
    added = people.add_user(
        admin, people.NewUser("new", "新人", PASSWORD, PIN, frozenset({Role.CLERK}), badge="B-77"))
    undoing.undo(admin, added.entry_id)
    assert not user(admin, "new").active
    with refusal("people.login-taken"):
        people.add_user(admin, people.NewUser("new", "新人", PASSWORD, PIN, frozenset({Role.CLERK})))


def test_the_policy_says_when_to_lock(depot: Depot) -> None:
    assert people.idle_minutes(depot) == 10
