"""Stock of parts by place and grade: a ledger whose sum is the stock, and which never goes below nothing.

Where parts lie: the main store, a bench, a staff member's van. A used piece that comes back is not fitted again
before QA has looked at it and given a certificate (service rules S4.8 11.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.errors import Problem

#: The main store of the depot: always there, no row of its own.
MAIN_STORE = ""
#: More pieces in one line is a typing error.
MOST = 1_000_000
#: A longer name is a remark.
NAME_LENGTH = 60


class PlaceKind(StrEnum):
    """What kind of place parts lie at. There is one main store."""

    MAIN = "MAIN"
    STORE = "STORE"              # a store room besides the main store
    BENCH = "BENCH"              # the drawers of a bench (sub-inventory)
    VAN = "VAN"                  # what a staff member carries


class PartGrade(StrEnum):
    """In which state pieces are."""

    NEW = "NEW"
    USED = "USED"                # used and good: re-inspected, with a certificate
    UNCHECKED = "UNCHECKED"      # came back; nobody may fit it before it is re-inspected


class PartMove(StrEnum):
    """Why pieces moved."""

    BOOK_IN = "BOOK_IN"
    ISSUE = "ISSUE"              # fitted at the bench
    RETURN = "RETURN"            # a step was taken back: the pieces are where they were
    HARVEST = "HARVEST"          # taken out of a unit for another one
    TRANSFER = "TRANSFER"        # between two places; also what re-inspection found
    LOAN_OUT = "LOAN_OUT"
    LOAN_BACK = "LOAN_BACK"
    CORRECTION = "CORRECTION"
    SCRAP = "SCRAP"
    RECHECK = "RECHECK"          # re-inspected: from one grade to another


class CheckResult(StrEnum):
    """What re-inspection found."""

    AS_NEW = "AS_NEW"            # unused: back among the new ones
    USABLE = "USABLE"            # used and good
    SCRAP = "SCRAP"


#: Pieces that may be fitted or lent.
USABLE: tuple[PartGrade, ...] = (PartGrade.NEW, PartGrade.USED)
#: The grade that each finding leads to; ``None``: the pieces leave the stock.
GRADE_AFTER: Mapping[CheckResult, PartGrade | None] = {
    CheckResult.AS_NEW: PartGrade.NEW, CheckResult.USABLE: PartGrade.USED, CheckResult.SCRAP: None,
}


@dataclass(frozen=True, slots=True)
class StockPlace:
    """A place besides the main store. ``holder_id``: the person whose place it is, if it is somebody's."""

    id: str
    name: str
    kind: PlaceKind
    holder_id: str | None = None
    holder_name: str = ""
    note: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class PartMovement:
    """One line of the ledger. ``quantity``: pieces in (+) or out (−) of ``place_id`` in ``grade``.

    ``other_place_id``: where they came from or went to, of a transfer. ``subject_id``: the loan, transfer or
    re-inspection it belongs to. ``reason``: the program's own word or a person's.
    """

    id: str
    part_id: str
    quantity: int
    kind: PartMove
    reason: str
    at: datetime
    by: str
    place_id: str = MAIN_STORE
    grade: PartGrade = PartGrade.NEW
    other_place_id: str | None = None
    subject_id: str | None = None
    repair_order_id: str | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class Recheck:
    """The re-inspection of pieces that came back: who tested, what came out, the number of the certificate."""

    id: str
    part_id: str
    place_id: str
    quantity: int
    result: CheckResult
    certificate: str
    tested_by: str
    tested_by_name: str
    note: str
    at: datetime


#: Where pieces lie and in which state.
Lot = tuple[str, PartGrade]


def balances(ledger: Iterable[PartMovement]) -> dict[tuple[str, str, PartGrade], int]:
    """Pieces by part, place and grade: the sum of the ledger; where nothing is left there is no entry."""
    found: dict[tuple[str, str, PartGrade], int] = {}
    for line in ledger:
        key = line.part_id, line.place_id, line.grade
        found[key] = found.get(key, 0) + line.quantity
    return {key: pieces for key, pieces in found.items() if pieces}


def place_problems(place: StockPlace) -> list[Problem]:
    """What is wrong with a place as typed. Codes: ``stock.place-name-missing``, ``stock.place-name-long``."""
    name = place.name.strip()
    if not name:
        return [Problem("name", "stock.place-name-missing")]
    if len(name) > NAME_LENGTH:
        return [Problem("name", "stock.place-name-long", {"most": NAME_LENGTH})]
    return []


def quantity_problems(quantity: int, field: str = "quantity") -> list[Problem]:
    """``stock.quantity`` unless ``quantity`` is from 1 to ``MOST`` pieces."""
    return [] if 1 <= quantity <= MOST else [Problem(field, "stock.quantity", {"value": quantity, "most": MOST})]


def lots_to_take(stock: Mapping[Lot, int], wanted: Sequence[Lot], quantity: int) -> Lot | None:
    """The first of ``wanted`` lots that holds ``quantity`` pieces; ``None``: none of them does."""
    return next((lot for lot in wanted if stock.get(lot, 0) >= quantity), None)
