"""Roles permit actions; some separations no role lifts; secrets are not too plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import (
    Action,
    Role,
    answers_for,
    approver_problems,
    inspector_problems,
    login_problems,
    may,
    password_problems,
    pin_problems,
    require,
    who_may,
)
from app.domain.places import Custodian
from app.errors import Problem, Refused

roles = st.sets(st.sampled_from(Role))
ids = st.sampled_from(["a", "b", "c"])


def codes(found: list[Problem]) -> list[str]:
    return [p.code for p in found]


def test_everything_can_be_done_by_somebody() -> None:
    assert [a for a in Action if not who_may(a)] == []


@pytest.mark.parametrize(
    ("action", "who"),
    [
        (Action.RECEIVE, {Role.CLERK, Role.SUPERVISOR}),
        (Action.ISSUE_PLAN, {Role.PLANNER}),
        (Action.REPAIR, {Role.TECHNICIAN}),
        (Action.MARK, {Role.INSPECTOR}),
        (Action.ARCHIVE_TRAVELLER, {Role.INSPECTOR}),
        (Action.OVERRIDE, {Role.SUPERVISOR}),
        (Action.APPROVE_SCRAP, {Role.MANAGER}),
        (Action.APPROVE_FREE, {Role.MANAGER}),
        (Action.EDIT_POLICY, {Role.MANAGER}),
        (Action.DETERMINE, {Role.ENGINEER}),
        (Action.MANAGE_USERS, {Role.ADMIN}),
    ],
)
def test_the_table_of_roles(action: Action, who: set[Role]) -> None:
    assert set(who_may(action)) == who


def test_an_administrator_has_no_operational_right_by_that() -> None:
    operational = set(Action) - {Action.MANAGE_USERS, Action.MANAGE_DEPOT, Action.BACK_UP, Action.SET_UP_SYNC}
    assert not any(may({Role.ADMIN}, action) for action in operational)


@given(roles, roles, st.sampled_from(Action))
def test_another_role_never_takes_a_right_away(some: set[Role], more: set[Role], action: Action) -> None:
    assert may(some | more, action) == (may(some, action) or may(more, action))


def test_a_refusal_says_who_may() -> None:
    require([Role.CLERK, Role.PLANNER], Action.ISSUE_PLAN)
    with pytest.raises(Refused) as caught:
        require([Role.CLERK], Action.ISSUE_PLAN)
    assert caught.value.code == "people.not-allowed"
    assert caught.value.facts == {"action": Action.ISSUE_PLAN, "who": (Role.PLANNER,)}


def test_handovers_are_signed_by_the_department() -> None:
    assert answers_for({Role.CLERK}, Custodian.AFTER_SALES)
    assert answers_for({Role.TECHNICIAN, Role.INSPECTOR}, Custodian.QA)
    assert not answers_for({Role.CLERK}, Custodian.REPAIR)
    assert not any(answers_for(set(Role), outside) for outside in (Custodian.OUTSIDE, Custodian.CARRIER))


@given(ids, st.sets(ids))
def test_nobody_inspects_what_he_repaired(inspector: str, repairers: set[str]) -> None:
    assert codes(inspector_problems(inspector, repairers)) == (
        ["people.inspects-own-repair"] if inspector in repairers else []
    )


@given(ids, ids, st.sets(ids))
def test_approvals_need_a_second_person_who_did_not_repair(approver: str, requester: str, repairers: set[str]) -> None:
    free = approver_problems(approver, requester, repairers) == []
    assert free == (approver != requester and approver not in repairers)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short1!", ["people.password-short"]),
        ("x" * 300, ["people.password-long"]),
        ("aaaaaaaa", ["people.password-plain"]),
        ("abababab", ["people.password-plain"]),
        ("12345678", ["people.password-plain"]),
        ("hgfedcba", ["people.password-plain"]),
        ("Zhang.Wei", ["people.password-plain"]),
        ("正确的马电池订书钉", []),
        ("correct horse", []),
    ],
)
def test_passwords(password: str, code: list[str]) -> None:
    assert codes(password_problems(password, "zhang.wei", 8)) == code


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("2580", []),
        ("258", ["people.pin-form"]),
        ("25a0", ["people.pin-form"]),
        ("２５８０", ["people.pin-form"]),
        ("1111", ["people.pin-plain"]),
        ("1234", ["people.pin-plain"]),
        ("9876", ["people.pin-plain"]),
        ("1357", []),
        ("1234567890123", ["people.pin-form"]),
    ],
)
def test_pins(pin: str, code: list[str]) -> None:
    assert codes(pin_problems(pin, 4)) == code


@pytest.mark.parametrize(
    ("login", "ok"), [("li.na", True), ("李娜", True), ("a", False), ("li na", False), ("li\tna", False)]
)
def test_login_names(login: str, ok: bool) -> None:
    assert (login_problems(login) == []) is ok
