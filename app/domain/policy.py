"""Policy: named, effective-dated values owned by head office (spec 1 §9). Every threshold of the rules lives here.

``DECLARED`` lists every value with its type, default, unit, range and the article it serves; what it means in words
is in ``app.labels.policy``. A :class:`PolicyBook` holds the entries that head office made; ``book.at(day)`` is the
snapshot that a decision of that day uses, with a version that the decision stores.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from app.domain.policy_values import PolicyName, PolicyUnit
from app.errors import Problem

__all__ = ["DECLARED", "Declared", "Kind", "PolicyBook", "PolicyEntry", "PolicyName", "PolicySnapshot", "PolicyUnit",
           "value_problems"]


class Kind(StrEnum):
    """What a policy value is made of."""

    WHOLE = "WHOLE"              # whole number
    MONEY = "MONEY"              # whole fen (CNY)
    SWITCH = "SWITCH"            # "yes" | "no"
    CHOICE = "CHOICE"            # one of ``choices``
    TEXT = "TEXT"                # free words; empty means: the program's own word
    HOURS = "HOURS"              # working hours of a day: "08:30-12:00,13:00-17:30"


#: The version while every value is as the program declares it.
UNCHANGED = "default"


@dataclass(frozen=True, slots=True)
class Declared:
    """What head office may set under one name. Limits apply to WHOLE and MONEY; ``choices`` to CHOICE."""

    name: PolicyName
    kind: Kind
    default: str
    unit: PolicyUnit = PolicyUnit.NONE
    article: str = ""
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()


def _whole(name: PolicyName, default: int, unit: PolicyUnit, article: str, least: int, most: int) -> Declared:
    return Declared(name, Kind.WHOLE, str(default), unit, article, least, most)


def _money(name: PolicyName, default_fen: int, article: str) -> Declared:
    return Declared(name, Kind.MONEY, str(default_fen), PolicyUnit.FEN, article, 0, 10**12)


_N, _U = PolicyName, PolicyUnit
_TABLE: tuple[Declared, ...] = (
    _whole(_N.NFF_LIMIT, 2, _U.VISITS, "art. 10.4", 1, 9),
    _whole(_N.FAILED_RETURN_LIMIT, 2, _U.VISITS, "art. 10.4", 1, 9),
    _whole(_N.QA_FAILS_ALERT, 3, _U.TIMES, "spec 1 §3", 1, 99),
    _whole(_N.HAND_IN_DAYS, 2, _U.WORKING_DAYS, "art. 8.1", 0, 60),
    _whole(_N.HAND_IN_DAYS_OTHER, 2, _U.WORKING_DAYS, "spec 1 §6", 0, 60),
    _whole(_N.TURNAROUND_DAYS, 14, _U.CALENDAR_DAYS, "art. 12.4", 1, 365),
    _whole(_N.DUE_SOON_CALENDAR_DAYS, 3, _U.CALENDAR_DAYS, "spec 1 §6", 0, 60),
    _whole(_N.DUE_SOON_WORKING_DAYS, 1, _U.WORKING_DAYS, "spec 1 §6", 0, 60),
    _whole(_N.DUE_SOON_WORKING_HOURS, 2, _U.WORKING_HOURS, "spec 1 §6", 0, 200),
    _whole(_N.DUE_SOON_HOURS, 4, _U.HOURS, "spec 1 §6", 0, 200),
    _whole(_N.PASS_ON_HOURS, 4, _U.WORKING_HOURS, "spec 1 §6", 1, 200),
    _whole(_N.ANSWER_HOURS, 8, _U.WORKING_HOURS, "spec 1 §6", 1, 200),
    _whole(_N.SOLUTION_PLAN_HOURS, 8, _U.WORKING_HOURS, "spec 1 §6", 1, 200),
    Declared(_N.WORKING_HOURS, Kind.HOURS, "08:30-12:00,13:00-17:30", article="spec 1 §6"),
    _whole(_N.REPEAT_WINDOW_DAYS, 90, _U.CALENDAR_DAYS, "spec 1 §4", 1, 3650),
    _whole(_N.BER_SHARE, 60, _U.PERCENT, "art. 10.4", 1, 1000),
    _whole(_N.SOAK_HOURS, 24, _U.HOURS, "spec 1 §4", 0, 1000),
    _whole(_N.RND_NEW_MONTHS, 12, _U.MONTHS, "art. 10.4", 0, 600),
    _money(_N.BOTH_UNITS_FEE, 0, "art. 10.4"),
    _whole(_N.BER_YEARLY, 10, _U.PERCENT, "art. 10.4", 0, 100),
    _whole(_N.BER_FLOOR, 20, _U.PERCENT, "art. 10.4", 0, 100),
    _money(_N.BER_LABOUR_HOUR, 12_000, "art. 10.4"),
    Declared(_N.UNKNOWN_WARRANTY, Kind.CHOICE, "supervisor", article="spec 1 §4",
             choices=("supervisor", "in", "out")),
    Declared(_N.EXCHANGE_WARRANTY, Kind.CHOICE, "inherit", article="spec 1 §7",
             choices=("inherit", "restart", "longer")),
    Declared(_N.EXCHANGE_SUBSTITUTE, Kind.SWITCH, "yes", article="spec 1 §4"),
    Declared(_N.DOWNTIME_EXTENDS, Kind.SWITCH, "yes", article="spec 1 §7"),
    Declared(_N.KEY_PART_RESTARTS, Kind.SWITCH, "yes", article="spec 1 §7"),
    _whole(_N.REPAIR_WARRANTY_MONTHS, 3, _U.MONTHS, "spec 1 §7", 0, 120),
    _whole(_N.OWED_UNIT_DAYS, 14, _U.CALENDAR_DAYS, "art. 11.1", 1, 365),
    _whole(_N.TRANSFER_DAYS, 7, _U.CALENDAR_DAYS, "spec 4", 1, 365),
    _whole(_N.LOAN_BACK_DAYS, 3, _U.CALENDAR_DAYS, "spec 1 §6", 0, 365),
    _money(_N.OWN_SIGNATURE_LOAN_LIMIT, 5_000, "spec 2 F18"),
    _whole(_N.SIGNED_PAPER_DAYS, 21, _U.CALENDAR_DAYS, "art. 10.9", 1, 365),
    _whole(_N.QUOTATION_VALID_DAYS, 30, _U.CALENDAR_DAYS, "spec 2 F19", 1, 365),
    Declared(_N.PAY_BEFORE_RETURN, Kind.SWITCH, "no", article="spec 1 §3"),
    _whole(_N.RESTOCK_AGE_MONTHS, 12, _U.MONTHS, "art. 11.1", 0, 600),
    _money(_N.RESTOCK_VALUE, 500_000, "art. 11.1"),
    _whole(_N.RESTOCK_QUANTITY, 5, _U.UNITS, "art. 11.1", 1, 100_000),
    _whole(_N.RESTOCK_USES_A_YEAR, 1, _U.TIMES, "art. 11.1", 0, 10_000),
    _whole(_N.FOLLOW_UP_SHARE, 30, _U.PERCENT, "after-sales rules, follow-up", 0, 100),
    Declared(_N.FOLLOW_UP_EVERY_REPAIR, Kind.SWITCH, "no", article="after-sales rules, follow-up"),
    _whole(_N.FOLLOW_UP_AFTER_DAYS, 7, _U.CALENDAR_DAYS, "after-sales rules, follow-up", 0, 365),
    _whole(_N.FOLLOW_UP_FIRST_YEAR_MONTHS, 6, _U.MONTHS, "after-sales rules, follow-up", 0, 12),
    _whole(_N.FOLLOW_UP_LATER_MONTHS, 24, _U.MONTHS, "after-sales rules, follow-up", 0, 120),
    _whole(_N.FOLLOW_UP_RETRY_DAYS, 1, _U.WORKING_DAYS, "after-sales rules, follow-up", 1, 60),
    _whole(_N.FOLLOW_UP_TRIES, 3, _U.TIMES, "after-sales rules, follow-up", 1, 20),
    _whole(_N.COMPLAINT_ASSIGN_HOURS, 4, _U.WORKING_HOURS, "after-sales rules, complaints", 1, 200),
    _whole(_N.COMPLAINT_ANSWER_DAYS, 3, _U.WORKING_DAYS, "after-sales rules, complaints", 1, 60),
    _whole(_N.COMPLAINT_TELL_DAYS, 5, _U.WORKING_DAYS, "after-sales rules, complaints", 1, 90),
    _whole(_N.ALARM_ANSWER_DAYS, 3, _U.CALENDAR_DAYS, "F23", 1, 90),
    _whole(_N.IDLE_LOCK_MINUTES, 10, _U.MINUTES, "spec 1 §10", 1, 480),
    _whole(_N.PASSWORD_LENGTH, 8, _U.CHARACTERS, "spec 1 §10", 6, 64),
    _whole(_N.PIN_LENGTH, 4, _U.CHARACTERS, "spec 1 §10", 4, 12),
    _whole(_N.SIGN_TRIES, 5, _U.TIMES, "spec 1 §10", 3, 100),
    _whole(_N.SIGN_WAIT_MINUTES, 5, _U.MINUTES, "spec 1 §10", 1, 1440),
    *(Declared(name, Kind.TEXT, "", article="spec 1 §9") for name in _N if name.value.startswith("word.")),
)

DECLARED: Mapping[PolicyName, Declared] = MappingProxyType({row.name: row for row in _TABLE})


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One setting by head office: from ``effective`` on (a date in the depot's time zone) ``name`` is ``value``.

    ``entry_id`` is a UUIDv7 text; of two entries for one name and day the later made one counts. ``name`` stays a
    text: a newer head office may send names that this program does not know yet, and they are carried along.
    """

    entry_id: str
    name: str
    value: str
    effective: date


@dataclass(frozen=True, slots=True)
class PolicySnapshot:
    """The policy of one day. ``version`` names its content: equal policy, equal version, at every depot."""

    values: Mapping[PolicyName, str]
    version: str

    def text(self, name: PolicyName) -> str:
        """The value as written."""
        return self.values.get(name, DECLARED[name].default)

    def whole(self, name: PolicyName) -> int:
        """A WHOLE value in its unit, or a MONEY value in fen."""
        return int(self.text(name))

    def switch(self, name: PolicyName) -> bool:
        """A SWITCH value."""
        return self.text(name) == "yes"

    def with_value(self, name: PolicyName, value: str) -> PolicySnapshot:
        """This policy with another value under ``name``, for a rehearsal; ``value`` is one its declaration allows."""
        values = {**self.values, name: value}
        return PolicySnapshot(MappingProxyType(values), _version(values))


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """Every entry ever made."""

    entries: tuple[PolicyEntry, ...] = field(default=())

    def at(self, day: date) -> PolicySnapshot:
        """The policy of ``day``: per name the newest entry effective by then, else the default.

        An entry whose value its declaration refuses is passed over, so that a damaged row never becomes a rule.
        """
        values = {name: declared.default for name, declared in DECLARED.items()}
        for entry in sorted(self.entries, key=lambda e: (e.effective, e.entry_id)):
            if entry.effective <= day and not value_problems(entry.name, entry.value):
                values[PolicyName(entry.name)] = entry.value
        return PolicySnapshot(MappingProxyType(values), _version(values))

    def history(self, name: PolicyName) -> tuple[PolicyEntry, ...]:
        """The entries for ``name``, oldest effective first."""
        return tuple(sorted((e for e in self.entries if e.name == name), key=lambda e: (e.effective, e.entry_id)))

    def with_entries(self, entries: Iterable[PolicyEntry]) -> PolicyBook:
        """This book and ``entries``: for a rehearsal of a change before it is made."""
        return PolicyBook((*self.entries, *entries))


def value_problems(name: str, value: str) -> list[Problem]:
    """What is wrong with setting ``name`` to ``value``.

    Codes: ``policy.unknown-name``, ``policy.not-a-number``, ``policy.out-of-range``, ``policy.not-a-choice``,
    ``policy.working-hours``, ``policy.too-long``.
    """
    if name not in set(PolicyName):
        return [Problem("name", "policy.unknown-name", {"name": name})]
    declared = DECLARED[PolicyName(name)]
    found = _refusal(declared, value)
    if found is None:
        return []
    code, facts = found
    return [Problem("value", code, {"name": declared.name, "value": value, **facts})]


def _refusal(declared: Declared, value: str) -> tuple[str, dict[str, object]] | None:
    """The code and the extra facts of what is wrong with ``value``, or ``None``."""
    match declared.kind:
        case Kind.WHOLE | Kind.MONEY:
            if not re.fullmatch(r"0|-?[1-9]\d{0,14}", value, re.ASCII):
                return "policy.not-a-number", {}
            inside = declared.least <= int(value) <= declared.most
            return None if inside else ("policy.out-of-range", {"least": declared.least, "most": declared.most})
        case Kind.SWITCH | Kind.CHOICE:
            choices = declared.choices or ("yes", "no")
            return None if value in choices else ("policy.not-a-choice", {"choices": choices})
        case Kind.HOURS:
            return None if parse_hours(value) else ("policy.working-hours", {})
        case Kind.TEXT:
            return None if len(value) <= 40 else ("policy.too-long", {"most": 40})


def parse_hours(value: str) -> tuple[tuple[int, int], ...]:
    """Working hours as (from, to) minutes of the day, in order, e.g. ``"08:30-12:00"`` → ``((510, 720),)``.

    Empty when ``value`` is not written like that, overlaps, or runs backwards.
    """
    spans = []
    for part in value.split(","):
        found = re.fullmatch(r"\s*(\d\d):([0-5]\d)\s*-\s*(\d\d):([0-5]\d)\s*", part, re.ASCII)
        if not found:
            return ()
        h1, m1, h2, m2 = map(int, found.groups())
        spans.append((h1 * 60 + m1, h2 * 60 + m2))
    borders = [minute for span in spans for minute in span]
    in_order = all(a < b for a, b in spans) and borders == sorted(borders) and borders[-1] <= 24 * 60
    return tuple(spans) if in_order else ()


def _version(values: Mapping[PolicyName, str]) -> str:
    """A short name of the content. Values at their default do not enter: a new program keeps the old versions."""
    changed = "\n".join(sorted(f"{n}={v}" for n, v in values.items() if v != DECLARED[n].default))
    return hashlib.sha256(changed.encode()).hexdigest()[:12] if changed else UNCHANGED
