"""What the database counts for a month's report: small rows of numbers, from which ``quality`` makes the figures.

A *visit* is a received case that is not void. It *left* when its customer had the unit (or the exchanged one) back,
else when the unit was put away as a spare or scrapped, else when the case was closed. It was *examined* when the
bench finished it; a visit the bench never finished counts as examined when it left. A visit that went on to another
depot left by that door: it is in the flow of both, was neither examined nor turned round here, and is no repeat.
Months are counted from 0, the oldest of the trend, to the reported month, the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Months of a trend, the reported one included.
TREND = 12


class Door(StrEnum):
    """How a visit left the house."""

    RETURNED = "RETURNED"        # to the customer, itself or exchanged
    SPARE = "SPARE"              # put away as a spare
    SCRAPPED = "SCRAPPED"
    TRANSFERRED = "TRANSFERRED"  # to another depot, where the visit goes on
    CLOSED = "CLOSED"            # closed without any of these, e.g. taken over from an old list


@dataclass(frozen=True, slots=True)
class Flow:
    """Visits per month of the trend, and the stock of the reported month. ``late``: in stock after their due day."""

    received: tuple[int, ...]
    left: tuple[int, ...]
    doors: tuple[tuple[Door, int], ...]
    opening: int
    closing: int
    late: int


@dataclass(frozen=True, slots=True)
class CauseCount:
    """Examined visits by month and cause class."""

    month: int
    cause: str
    n: int


@dataclass(frozen=True, slots=True)
class FaultCount:
    """Product-caused faults of the month by code; without a code ``text`` tells them apart."""

    code: str
    text: str
    n: int


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Examined visits of one product, lot or customer: all, and the product-caused ones among them."""

    id: str
    lot: str
    n: int
    ours: int


@dataclass(frozen=True, slots=True)
class AgeCount:
    """Examined visits by the age of the unit in months since it was made; ``None``: not known."""

    months: int | None
    n: int
    ours: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A quantity that was counted: so many times (``n``) so much (``value``), in the order of the values."""

    value: int
    n: int


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """First inspections by month and verdict."""

    month: int
    verdict: str
    n: int


@dataclass(frozen=True, slots=True)
class Again:
    """Visits received in the month. ``again``: not the first of their serial; ``soon``: within the policy's window
    after the last; ``apart_days``: days between the receipts of these and of the visits before, together."""

    received: int
    again: int
    soon: int
    apart_days: int


@dataclass(frozen=True, slots=True)
class SpareFlow:
    """Zone 3 by its ledger, in units."""

    opening: int
    put_in: int
    taken_out: int
    restocked: int
    used_at_sites: int
    exchanged: int


@dataclass(frozen=True, slots=True)
class WarrantyWork:
    """In-warranty repairs that the bench finished in the month. Parts at the prices of the days they were fitted."""

    cases: int
    parts_fen: int
    labour_minutes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything of one month. ``net`` and ``gross``: turnaround in whole hours of the visits that left; ``paused``:
    seconds their clocks stood still; ``ageing``: days since receipt of what is in the house at the end."""

    flow: Flow
    causes: tuple[CauseCount, ...]
    faults: tuple[FaultCount, ...]
    products: tuple[GroupCount, ...]
    lots: tuple[GroupCount, ...]
    customers: tuple[GroupCount, ...]
    ages: tuple[AgeCount, ...]
    net: tuple[Spread, ...]
    gross: tuple[Spread, ...]
    paused_seconds: int
    ageing: tuple[Spread, ...]
    first_runs: tuple[VerdictCount, ...]
    again: Again
    spares: SpareFlow
    warranty: WarrantyWork


@dataclass(frozen=True, slots=True)
class TestCount:
    """F21: inspections of a product. ``first``: of first runs."""

    product_id: str
    verdict: str
    n: int
    first: int


@dataclass(frozen=True, slots=True)
class ItemCount:
    """F21: readings of one test item of a product."""

    product_id: str
    code: str
    name_zh: str
    name_en: str
    verdict: str
    n: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One examined visit, as the list behind the figures and the frozen month hold it."""

    case_id: str
    unit_id: str
    number: str
    serial: str
    product_id: str
    model: str
    lot: str
    customer_id: str
    customer: str
    cause: str
    fault_code: str
    fault: str
    result: str
    received: str
    left: str
