"""Stock-take (盘点): what was counted on the shelves against what the ledger has there.

A count may take hours while units come and go, so the ledger is read at the end and what moved meanwhile is no
difference: a unit that came after the start need not be counted, one that was counted may have left since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.places import Place


class StocktakeState(StrEnum):
    """How far a stock-take has come."""

    OPEN = "OPEN"
    FINISHED = "FINISHED"
    ABANDONED = "ABANDONED"


class Finding(StrEnum):
    """What a count says of one thing, against the ledger."""

    FOUND = "FOUND"              # where the ledger has it
    MISPLACED = "MISPLACED"      # in this zone, on another shelf
    UNEXPECTED = "UNEXPECTED"    # the ledger has it in another place
    UNKNOWN = "UNKNOWN"          # no unit with this serial
    MISSING = "MISSING"          # the ledger has it here, nobody saw it


@dataclass(frozen=True, slots=True)
class Stocktake:
    """One stock-take of one zone."""

    id: str
    number: str
    place: Place
    state: StocktakeState
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    finished_by: str | None
    signature_id: str | None
    differences: Mapping[str, Any]
    note: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """One thing seen: the unit (``None``: no such serial), on which shelf. The newest count of a unit holds."""

    id: str
    stocktake_id: str
    unit_id: str | None
    scanned: str
    shelf_id: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Booked:
    """A unit as the ledger has it: since when at its place, and when it moved last (shelf moves count there)."""

    unit_id: str
    serial: str
    model: str
    place: Place
    shelf_id: str | None
    shelf_code: str | None
    placed_at: datetime
    moved_at: datetime
    case_id: str | None
    case_number: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the count sheet. ``counted_shelf_id``: where it was seen."""

    finding: Finding
    scanned: str
    unit: Booked | None = None
    counted_shelf_id: str | None = None
    count_id: str | None = None


def finding(unit: Booked | None, zone: Place, shelf_id: str | None) -> Finding:
    """What a scan on ``shelf_id`` (``None``: no shelf was scanned first) of ``zone`` says at once."""
    if unit is None:
        return Finding.UNKNOWN
    if unit.place is not zone:
        return Finding.UNEXPECTED
    return Finding.MISPLACED if shelf_id is not None and unit.shelf_id != shelf_id else Finding.FOUND


def sheet(
    zone: Place, started_at: datetime, booked: Mapping[str, Booked], counts: Iterable[Count]
) -> tuple[Difference, ...]:
    """Every line of the sheet: what was seen in the order of the first sight, then what was not.

    ``booked``: unit id → the ledger now, for every unit of the zone and every unit counted.
    """
    seen: dict[str, Count] = {}
    lines: list[Difference] = []
    for count in sorted(counts, key=lambda c: (c.at, c.id)):
        if count.unit_id is None:
            lines.append(Difference(Finding.UNKNOWN, count.scanned, None, count.shelf_id, count.id))
        else:
            seen[count.unit_id] = count
    for unit_id, count in seen.items():
        unit = booked[unit_id]
        found = finding(unit, zone, count.shelf_id)
        if found is not Finding.FOUND and unit.moved_at > count.at:
            found = Finding.FOUND  # it was where it was seen, and has gone on since
        lines.append(Difference(found, count.scanned, unit, count.shelf_id, count.id))
    lines += [
        Difference(Finding.MISSING, unit.serial, unit)
        for unit in booked.values()
        if unit.place is zone and unit.unit_id not in seen and unit.placed_at <= started_at
    ]
    return tuple(lines)


def tally(lines: Iterable[Difference]) -> dict[Finding, int]:
    """How many lines of each finding."""
    counted = dict.fromkeys(Finding, 0)
    for line in lines:
        counted[line.finding] += 1
    return counted
