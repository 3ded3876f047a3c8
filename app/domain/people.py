"""People: roles, what each may do, and the separations that no role can lift (spec 1 §10).

Actions are what services ask for; one table says which roles may. Whoever only holds ``ADMIN`` sets up users and
the depot but has no operational right by that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from app.domain.places import Custodian
from app.errors import Problem, Refused


class Role(StrEnum):
    """What a person is in the depot; one person may hold several."""

    CLERK = "CLERK"
    PLANNER = "PLANNER"
    TECHNICIAN = "TECHNICIAN"
    INSPECTOR = "INSPECTOR"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"
    ENGINEER = "ENGINEER"
    ADMIN = "ADMIN"


class Action(StrEnum):
    """What can be permitted. Looking up, printing a slip again and stating one's own opinion need no permission."""

    REPORT = "REPORT"
    RECEIVE = "RECEIVE"
    UNDO_RECEIPT = "UNDO_RECEIPT"
    FOUND_AT_REPAIR = "FOUND_AT_REPAIR"
    AMEND_CASE = "AMEND_CASE"
    ATTACH = "ATTACH"            # file photos and papers with a case, and take them out
    MOVE_SHELF = "MOVE_SHELF"
    STOCK_TAKE = "STOCK_TAKE"
    DRAFT_PLAN = "DRAFT_PLAN"
    COUNTERSIGN_PLAN = "COUNTERSIGN_PLAN"
    CHANGE_PLAN = "CHANGE_PLAN"
    ISSUE_PLAN = "ISSUE_PLAN"
    EMERGENCY_BUILD = "EMERGENCY_BUILD"
    HAND_OVER = "HAND_OVER"      # give or accept, for the departments one answers for
    DIAGNOSE = "DIAGNOSE"
    REPAIR = "REPAIR"
    REFER = "REFER"
    QUOTE = "QUOTE"
    RECORD_CONSENT = "RECORD_CONSENT"
    INSPECT = "INSPECT"
    MARK = "MARK"
    ARCHIVE_TRAVELLER = "ARCHIVE_TRAVELLER"
    PUT_AWAY = "PUT_AWAY"
    RETURN = "RETURN"
    RECORD_DELIVERY = "RECORD_DELIVERY"
    RULE = "RULE"
    OVERRIDE = "OVERRIDE"
    REQUEST_APPROVAL = "REQUEST_APPROVAL"
    APPROVE_SCRAP = "APPROVE_SCRAP"
    APPROVE_FREE = "APPROVE_FREE"
    EXCHANGE = "EXCHANGE"
    EXTEND_WARRANTY = "EXTEND_WARRANTY"  # extend, void, or reverse an entry; a proof shown is the counter's to note
    LEND = "LEND"
    APPROVE_LOAN = "APPROVE_LOAN"
    SPARE_SWAP = "SPARE_SWAP"
    RESTOCK = "RESTOCK"
    DETERMINE = "DETERMINE"
    FOLLOW_UP = "FOLLOW_UP"
    SERVICE = "SERVICE"          # pass on, answer and plan a service request; work on site
    PROPOSE_MASTER = "PROPOSE_MASTER"  # a customer, product or code that is missing at the counter
    EDIT_MASTER = "EDIT_MASTER"
    EDIT_TEST_TEMPLATES = "EDIT_TEST_TEMPLATES"
    IMPORT = "IMPORT"
    UNDO_IMPORT = "UNDO_IMPORT"
    READ_REPORTS = "READ_REPORTS"
    QUALITY_REPORT = "QUALITY_REPORT"
    WRITE_NOTES = "WRITE_NOTES"  # on finding the faults of a product
    RAISE_ALARM = "RAISE_ALARM"
    ANSWER_ALARM = "ANSWER_ALARM"
    EDIT_POLICY = "EDIT_POLICY"
    EDIT_TARIFFS = "EDIT_TARIFFS"
    RECORD_PAYMENT = "RECORD_PAYMENT"
    MANAGE_USERS = "MANAGE_USERS"
    MANAGE_DEPOT = "MANAGE_DEPOT"
    BACK_UP = "BACK_UP"
    SET_UP_SYNC = "SET_UP_SYNC"


_A = Action
_COUNTER = frozenset({
    _A.REPORT, _A.RECEIVE, _A.UNDO_RECEIPT, _A.FOUND_AT_REPAIR, _A.AMEND_CASE, _A.ATTACH, _A.MOVE_SHELF, _A.STOCK_TAKE,
    _A.DRAFT_PLAN, _A.HAND_OVER, _A.QUOTE, _A.RECORD_CONSENT, _A.PUT_AWAY, _A.RETURN, _A.RECORD_DELIVERY,
    _A.FOLLOW_UP, _A.PROPOSE_MASTER, _A.REQUEST_APPROVAL, _A.IMPORT, _A.SPARE_SWAP, _A.LEND, _A.READ_REPORTS,
    _A.SERVICE, _A.RECORD_PAYMENT, _A.RAISE_ALARM,
})

MAY: Mapping[Role, frozenset[Action]] = MappingProxyType({
    Role.CLERK: _COUNTER,
    Role.PLANNER: frozenset({_A.COUNTERSIGN_PLAN, _A.CHANGE_PLAN, _A.ISSUE_PLAN, _A.EMERGENCY_BUILD, _A.READ_REPORTS}),
    Role.TECHNICIAN: frozenset({
        _A.ATTACH, _A.HAND_OVER, _A.DIAGNOSE, _A.REPAIR, _A.REFER, _A.FOUND_AT_REPAIR, _A.LEND, _A.SERVICE,
        _A.WRITE_NOTES, _A.RAISE_ALARM,
    }),
    Role.INSPECTOR: frozenset({
        _A.ATTACH, _A.HAND_OVER, _A.INSPECT, _A.MARK, _A.ARCHIVE_TRAVELLER, _A.EDIT_TEST_TEMPLATES, _A.QUALITY_REPORT,
        _A.READ_REPORTS, _A.WRITE_NOTES, _A.RAISE_ALARM,
    }),
    Role.SUPERVISOR: _COUNTER | {
        _A.RULE, _A.OVERRIDE, _A.EXCHANGE, _A.APPROVE_LOAN, _A.RESTOCK, _A.EDIT_MASTER, _A.UNDO_IMPORT,
        _A.EXTEND_WARRANTY, _A.WRITE_NOTES,
        _A.EDIT_TARIFFS,
    },
    Role.MANAGER: frozenset({_A.APPROVE_SCRAP, _A.APPROVE_FREE, _A.EDIT_POLICY, _A.EDIT_TARIFFS, _A.READ_REPORTS}),
    Role.ENGINEER: frozenset({_A.ATTACH, _A.HAND_OVER, _A.DETERMINE, _A.READ_REPORTS, _A.WRITE_NOTES, _A.ANSWER_ALARM}),
    Role.ADMIN: frozenset({_A.MANAGE_USERS, _A.MANAGE_DEPOT, _A.BACK_UP, _A.SET_UP_SYNC}),
})

#: For which department a role signs a handover. Customers, carriers and stores sign as outside parties.
ANSWERS_FOR: Mapping[Role, Custodian] = MappingProxyType({
    Role.CLERK: Custodian.AFTER_SALES,
    Role.SUPERVISOR: Custodian.AFTER_SALES,
    Role.TECHNICIAN: Custodian.REPAIR,
    Role.INSPECTOR: Custodian.QA,
    Role.ENGINEER: Custodian.RND,
})


def may(roles: Iterable[Role], action: Action) -> bool:
    """Whether one of ``roles`` permits ``action``."""
    return any(action in MAY[role] for role in roles)


def who_may(action: Action) -> tuple[Role, ...]:
    """The roles that permit ``action``."""
    return tuple(role for role in Role if action in MAY[role])


def require(roles: Iterable[Role], action: Action) -> None:
    """Refuse with ``people.not-allowed`` (naming who may) unless one of ``roles`` permits ``action``."""
    if not may(roles, action):
        raise Refused("people.not-allowed", action=action, who=who_may(action))


def answers_for(roles: Iterable[Role], custodian: Custodian) -> bool:
    """Whether somebody with ``roles`` signs handovers for ``custodian``."""
    return any(ANSWERS_FOR.get(role) is custodian for role in roles)


def inspector_problems(inspector: str, repairers: Collection[str]) -> list[Problem]:
    """``people.inspects-own-repair``: whoever worked on a case never inspects it (spec 1 §10). Takes person ids."""
    return [Problem("inspector", "people.inspects-own-repair")] if inspector in repairers else []


def approver_problems(approver: str, requester: str, repairers: Collection[str] = ()) -> list[Problem]:
    """Who may approve a scrap or a free service: another than who asked, and nobody who repaired (spec 1 §4, §10).

    Codes: ``people.approves-own-request``, ``people.approves-own-repair``. Takes person ids.
    """
    if approver == requester:
        return [Problem("approver", "people.approves-own-request")]
    return [Problem("approver", "people.approves-own-repair")] if approver in repairers else []


def password_problems(password: str, login: str, least: int) -> list[Problem]:
    """Rules for a password of ``least`` characters or more.

    Codes: ``people.password-short``, ``people.password-long``, ``people.password-plain`` (the login, or one
    character or a run such as 12345678 repeated).
    """
    if len(password) < least:
        return [Problem("password", "people.password-short", {"least": least})]
    if len(password) > 256:
        return [Problem("password", "people.password-long", {"most": 256})]
    plain = password.casefold()
    if (login and plain in {login.casefold(), login.casefold()[::-1]}) or len(set(plain)) < 3 or _is_run(plain):
        return [Problem("password", "people.password-plain")]
    return []


def pin_problems(pin: str, least: int) -> list[Problem]:
    """Rules for a signing PIN: ``least`` to 12 digits. Codes: ``people.pin-form``, ``people.pin-plain``."""
    if not (pin.isascii() and pin.isdigit() and least <= len(pin) <= 12):
        return [Problem("pin", "people.pin-form", {"least": least, "most": 12})]
    return [Problem("pin", "people.pin-plain")] if len(set(pin)) < 2 or _is_run(pin) else []


def login_problems(login: str) -> list[Problem]:
    """``people.login-form`` unless ``login`` is 2 to 32 characters without spaces or control characters."""
    fine = 2 <= len(login) <= 32 and login.isprintable() and " " not in login and "\u3000" not in login
    return [] if fine else [Problem("login", "people.login-form", {"value": login})]


def _is_run(text: str) -> bool:
    """Whether every character follows the one before (or precedes it): 1234, fedc."""
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return steps in ({1}, {-1})
