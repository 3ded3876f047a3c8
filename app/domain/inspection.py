"""The functional test (功能检验): items with limits, readings, verdicts (art. 10.5). Values are decimal text.

A value exactly at a limit passes. A sheet passes when every mandatory item passes; a failed mandatory item fails it
even while others are still open. Optional items are recorded and decide nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.errors import Problem


class ItemKind(StrEnum):
    """How an item is read."""

    NUMERIC = "NUMERIC"
    CHOICE = "CHOICE"
    TICK = "TICK"


class ItemVerdict(StrEnum):
    """What a reading says of its item."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    MISSING = "MISSING"
    INVALID = "INVALID"          # not a number, not one of the choices


class SheetVerdict(StrEnum):
    """What all readings together say."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    INCOMPLETE = "INCOMPLETE"


#: What a tick item is read as.
OK, NOT_OK = "OK", "NOT OK"


@dataclass(frozen=True, slots=True)
class TestItem:
    """One item of a product's test template.

    ``lower`` and ``upper``: limits as decimal text in ``unit``, inclusive, ``None`` for open. ``choices``: what a
    CHOICE may be read as; ``good``: those of them that pass.
    """

    __test__ = False             # not a test case, whatever its name begins with

    code: str
    name_zh: str
    name_en: str
    kind: ItemKind
    unit: str = ""
    lower: str | None = None
    upper: str | None = None
    choices: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    mandatory: bool = True

    def name(self, language: str) -> str:
        """The item's name in ``language``."""
        return self.name_zh if language.startswith("zh") else (self.name_en or self.name_zh)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the inspector read for the item ``code``; ``value`` as typed, empty for not yet."""

    code: str
    value: str


_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d*)(?:\.(?P<part>\d*))?", re.ASCII)


def canonical(text: str) -> str | None:
    """The decimal number typed as ``text`` in canonical form, ``None`` when it is none.

    Full-width digits are folded, a plus sign and leading zeros go; trailing zeros stay, they say how exactly was
    measured. Commas and exponents are refused: ``1,5`` means different things to different people.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())
    found = _NUMBER.fullmatch(plain)
    if found is None or not (found["whole"] or found["part"]) or len(plain) > 30:
        return None
    number = (found["whole"].lstrip("0") or "0") + (f".{found['part']}" if found["part"] else "")
    negative = found["sign"] == "-" and Decimal(number) != 0
    return f"-{number}" if negative else number


def canonical_value(item: TestItem, text: str) -> str:
    """What is stored for the reading ``text``: canonical where it can be, else as typed, trimmed."""
    trimmed = text.strip()
    return (canonical(trimmed) or trimmed) if item.kind is ItemKind.NUMERIC else trimmed


def verdict(item: TestItem, value: str) -> ItemVerdict:
    """What ``value`` says of ``item``."""
    value = value.strip()
    if not value:
        return ItemVerdict.MISSING
    match item.kind:
        case ItemKind.NUMERIC:
            number = canonical(value)
            if number is None:
                return ItemVerdict.INVALID
            inside = (item.lower is None or Decimal(number) >= Decimal(item.lower)) and (
                item.upper is None or Decimal(number) <= Decimal(item.upper)
            )
        case ItemKind.CHOICE:
            if value not in item.choices:
                return ItemVerdict.INVALID
            inside = value in item.good
        case ItemKind.TICK:
            if value not in {OK, NOT_OK}:
                return ItemVerdict.INVALID
            inside = value == OK
    return ItemVerdict.PASSED if inside else ItemVerdict.FAILED


def sheet_verdict(items: Sequence[TestItem], readings: Sequence[Reading]) -> SheetVerdict:
    """What the sheet says. A template without a mandatory item never passes: nothing was shown."""
    values = _values(readings)
    verdicts = [verdict(item, values.get(item.code, "")) for item in items if item.mandatory]
    if ItemVerdict.FAILED in verdicts:
        return SheetVerdict.FAILED
    complete = bool(verdicts) and set(verdicts) == {ItemVerdict.PASSED}
    return SheetVerdict.PASSED if complete else SheetVerdict.INCOMPLETE


def problems(items: Sequence[TestItem], readings: Sequence[Reading]) -> list[Problem]:
    """What stops the sheet from being judged, in its order; ``field`` is the item's code.

    Codes: ``inspection.reading-missing`` (mandatory only), ``inspection.not-a-number``, ``inspection.not-a-choice``,
    ``inspection.unknown-item``.
    """
    values = _values(readings)
    found = []
    for item in items:
        value = values.get(item.code, "")
        facts: dict[str, object] = {"item": item.code, "name_zh": item.name_zh, "name_en": item.name_en, "value": value}
        match verdict(item, value):
            case ItemVerdict.MISSING if item.mandatory:
                found.append(Problem(item.code, "inspection.reading-missing", facts))
            case ItemVerdict.INVALID if item.kind is ItemKind.NUMERIC:
                found.append(Problem(item.code, "inspection.not-a-number", facts))
            case ItemVerdict.INVALID:
                choices = item.choices if item.kind is ItemKind.CHOICE else (OK, NOT_OK)
                found.append(Problem(item.code, "inspection.not-a-choice", facts | {"choices": choices}))
            case _:
                pass
    known = {item.code for item in items}
    found += [Problem(r.code, "inspection.unknown-item", {"item": r.code}) for r in readings if r.code not in known]
    return found


def template_problems(items: Sequence[TestItem]) -> list[Problem]:
    """What is wrong with a test template.

    Codes: ``inspection.no-items``, ``inspection.item-code``, ``inspection.item-twice``, ``inspection.item-name``,
    ``inspection.limit-not-a-number``, ``inspection.limits-crossed``, ``inspection.no-limit``,
    ``inspection.no-good-choice``.
    """
    if not any(item.mandatory for item in items):
        return [Problem("items", "inspection.no-items")]
    codes = [item.code for item in items]
    found = [Problem(code, "inspection.item-twice", {"item": code}) for code in sorted(set(codes))
             if codes.count(code) > 1]
    for item in items:
        found += _item_problems(item)
    return found


def _item_problems(item: TestItem) -> list[Problem]:
    facts = {"item": item.code}
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}", item.code, re.ASCII):
        return [Problem(item.code, "inspection.item-code", facts)]
    if not item.name_zh.strip():
        return [Problem(item.code, "inspection.item-name", facts)]
    if item.kind is ItemKind.NUMERIC:
        return _limit_problems(item)
    choiceless = item.kind is ItemKind.CHOICE and not (set(item.good) and set(item.good) <= set(item.choices))
    return [Problem(item.code, "inspection.no-good-choice", facts)] if choiceless else []


def _limit_problems(item: TestItem) -> list[Problem]:
    limits = [limit for limit in (item.lower, item.upper) if limit is not None]
    for limit in limits:
        if canonical(limit) != limit:
            return [Problem(item.code, "inspection.limit-not-a-number", {"item": item.code, "value": limit})]
    if len(limits) == 2 and Decimal(limits[0]) > Decimal(limits[1]):
        facts: Mapping[str, object] = {"item": item.code, "lower": limits[0], "upper": limits[1]}
        return [Problem(item.code, "inspection.limits-crossed", facts)]
    if item.mandatory and not limits:
        return [Problem(item.code, "inspection.no-limit", {"item": item.code})]
    return []


def _values(readings: Sequence[Reading]) -> dict[str, str]:
    """The last reading of each item."""
    return {reading.code: reading.value for reading in readings}
