"""Document numbers: ``<depot>-<type><yy><mm>-<5 digits>``, e.g. ``SH1-R2611-00042`` (spec 2, last line).

Numbers run without a gap per depot, type and month; a voided one stays visible. The hundred-thousandth document of
a month has six digits and is still a number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import Problem


class DocumentType(StrEnum):
    """What a number stands on; the value is its letter. I and O are left out: on paper they read as 1 and 0."""

    RETURN_CASE = "R"
    TRAVELLER = "T"
    REPAIR_PLAN = "P"
    HANDOVER = "H"
    QA_MARK = "M"
    REPAIR_SLIP = "S"
    PACKING_SLIP = "K"
    RECEIVING_RECEIPT = "C"
    FEEDBACK_SLIP = "F"
    STOCK_TAKE = "N"
    IMPORT_BATCH = "B"
    DEPOT_TAG = "G"
    DISPOSITION = "D"
    QUOTATION = "Q"
    EXCHANGE = "X"
    LOAN = "L"
    SPARE_USE = "U"
    EMERGENCY_BUILD = "E"
    SCRAP_FORM = "W"
    TECHNICAL_DETERMINATION = "A"
    RESTOCK = "Z"
    RETURN_NOTICE = "Y"
    SERVICE_REQUEST = "J"
    QUALITY_ALARM = "V"


_DEPOT = r"[A-Z][A-Z0-9]{1,7}"
_NUMBER = re.compile(
    rf"(?P<depot>{_DEPOT})-(?P<type>[A-Z])(?P<yy>\d\d)(?P<mm>0[1-9]|1[0-2])-(?P<n>\d{{5}}|[1-9]\d{{5,}})", re.ASCII
)


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """One document number, taken apart. ``yy``: year in the century (0–99), ``mm``: month, ``n``: from 1."""

    depot: str
    type: DocumentType
    yy: int
    mm: int
    n: int

    def __str__(self) -> str:
        return format_number(self.depot, self.type, self.yy, self.mm, self.n)


def format_number(depot: str, type_: DocumentType, yy: int, mm: int, n: int) -> str:
    """The number as it is printed; ``n`` has five digits, more when it needs them."""
    return f"{depot}-{type_.value}{yy % 100:02d}{mm:02d}-{n:05d}"


def number_on(depot: str, type_: DocumentType, day: date, n: int) -> Number:
    """The ``n``-th number of ``type_`` in the month of ``day`` (a date in the depot's time zone)."""
    return Number(depot, type_, day.year % 100, day.month, n)


def parse_number(text: str) -> Number | None:
    """The number that ``text`` (typed or scanned; case, width and outer spaces do not matter) is; else ``None``."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if found is None or int(found["n"]) == 0:
        return None
    try:
        type_ = DocumentType(found["type"])
    except ValueError:
        return None
    return Number(found["depot"], type_, int(found["yy"]), int(found["mm"]), int(found["n"]))


def page_code(number: str, page: int) -> str:
    """What the code on page ``page`` (from 1) of a paper says: the number, and from the second page on which it is."""
    return number if page <= 1 or not number else f"{number}:{page}"


def parse_page(text: str) -> tuple[Number, int] | None:
    """The number and page in the code of a paper; a proof behind the number (``/…``, see ``proof``) is passed over."""
    head = text.strip().partition("/")[0]
    number, colon, page = head.partition(":")
    found = parse_number(number)
    if found is None or not colon:
        return None if found is None else (found, 1)
    return (found, int(page)) if re.fullmatch(r"[1-9]\d{0,3}", page, re.ASCII) else None


def depot_code_problems(code: str) -> list[Problem]:
    """``numbering.depot-code`` unless ``code`` is 2 to 8 capital letters and digits, a letter first."""
    if re.fullmatch(_DEPOT, code, re.ASCII):
        return []
    return [Problem("depot", "numbering.depot-code", {"value": code})]
