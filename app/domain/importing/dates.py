"""Days as lists write them: 2026-02-03, 2026/2/3, 20260203, 2026年2月3日, 3.2.2026, 03/02/2026 …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from app.domain.importing.fields import Field
from app.domain.sheets import Cell, CellKind


class DateOrder(StrEnum):
    """How 03/02/2026 is meant where the year comes last. Dates that begin with the year need no such knowledge."""

    ASK = "ASK"                  # not known: refuse what can be read in two ways
    DAY_FIRST = "DAY_FIRST"
    MONTH_FIRST = "MONTH_FIRST"


#: No return happened earlier, and spreadsheets' empty dates (1899, 1900, 1904) lie before it …
SINCE = date(1990, 1, 1)
#: … but a unit that comes back may be older.
EARLIEST = {Field.MADE_ON: date(1950, 1, 1), Field.SHIPPED_ON: date(1950, 1, 1)}

_YEAR_FIRST = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:[T\s]\s?\d{1,2}[:时]\d{2}.*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?:\s\d{1,2}:\d{2}.*)?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?年)?", re.ASCII)
_EPOCH = date(1899, 12, 30)


class Unreadable(ValueError):
    """A text that is no day. ``args[0]`` is the reason code."""


def read_day(cell: Cell, order: DateOrder) -> date:
    """The day in ``cell``.

    Raises :class:`Unreadable` with ``import.date-impossible`` (31 February), ``import.date-ambiguous`` (03/02/2026
    and nobody said which is the month), ``import.date-year-only``, ``import.date-unreadable``.
    """
    text = cell.text.strip()
    if cell.kind is CellKind.NUMBER and text.isdigit() and 20_000 <= int(text) <= 80_000:
        return _EPOCH + timedelta(days=int(text))
    found = _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _YEAR_LAST.fullmatch(text)
    if found:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        return _day(year, *_month_and_day(first, second, order, found[2]))
    raise Unreadable("import.date-year-only" if _YEAR.fullmatch(text) else "import.date-unreadable")


def _month_and_day(first: int, second: int, order: DateOrder, separator: str) -> tuple[int, int]:
    if order is DateOrder.ASK:
        # Only day.month.year is written with points; a part above 12 can only be the day.
        if separator == "." or first > 12:
            order = DateOrder.DAY_FIRST
        elif second > 12 or first == second:
            order = DateOrder.MONTH_FIRST
        else:
            raise Unreadable("import.date-ambiguous")
    return (second, first) if order is DateOrder.DAY_FIRST else (first, second)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable("import.date-impossible") from error


def guess_order(cells: Iterable[Cell]) -> DateOrder:
    """The order that a column betrays: one 13/02/2026 settles it for all; contradictions settle nothing."""
    day_first = month_first = False
    for cell in cells:
        found = _YEAR_LAST.fullmatch(cell.text.strip())
        if found:
            day_first |= int(found[1]) > 12
            month_first |= int(found[3]) > 12
    if day_first is month_first:
        return DateOrder.ASK
    return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
