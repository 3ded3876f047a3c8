"""Stock-take of parts (备件盘点): what was counted at a place against what the ledger has there.

A count may take hours while parts come and go. So each count keeps what was booked at that moment, and the difference
is that of then: what moves afterwards is in the ledger already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.masterdata import Part
from app.domain.stock import MOST, PartGrade
from app.domain.stocktaking import StocktakeState
from app.errors import Problem


@dataclass(frozen=True, slots=True)
class PartStocktake:
    """One stock-take of one place; ``place_name`` empty: the main store. ``supervisor``: who signed the differences."""

    id: str
    number: str
    place_id: str
    place_name: str
    state: StocktakeState
    started_at: datetime
    started_by: str
    started_by_name: str
    finished_at: datetime | None
    finished_by: str | None
    supervisor: str
    signature_id: str | None
    note: str


@dataclass(frozen=True, slots=True)
class PartCount:
    """What somebody counted of one lot, ``booked``: what the ledger had then. The newest count of a lot holds."""

    id: str
    stocktake_id: str
    part_id: str
    grade: PartGrade
    pieces: int
    booked: int
    reason: str
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True)
class PartCountLine:
    """One line of the sheet. ``counted`` ``None``: nobody has counted it yet."""

    part: Part
    grade: PartGrade
    booked: int
    counted: int | None = None
    reason: str = ""
    by_name: str = ""

    @property
    def key(self) -> str:
        """What tells one line from another."""
        return f"{self.part.id}:{self.grade}"

    @property
    def difference(self) -> int:
        """Pieces found too many (+) or missing (−)."""
        return 0 if self.counted is None else self.counted - self.booked


def sheet(
    booked: Mapping[tuple[str, PartGrade], int], counts: Iterable[PartCount], parts: Mapping[str, Part]
) -> tuple[PartCountLine, ...]:
    """Every lot the ledger has at the place and every lot counted there, by part number."""
    newest: dict[tuple[str, PartGrade], PartCount] = {}
    for count in sorted(counts, key=lambda c: (c.at, c.id)):
        newest[count.part_id, count.grade] = count
    lines = []
    for part_id, grade in {**booked, **newest}:
        count_ = newest.get((part_id, grade))
        if count_ is None:
            lines.append(PartCountLine(parts[part_id], grade, booked[part_id, grade]))
        else:
            lines.append(PartCountLine(
                parts[part_id], grade, count_.booked, count_.pieces, count_.reason, count_.by_name))
    return tuple(sorted(lines, key=lambda line: (line.part.part_no, line.grade.value)))


def count_problems(pieces: int) -> list[Problem]:
    """``part_counting.pieces`` unless from none to ``MOST``."""
    if 0 <= pieces <= MOST:
        return []
    return [Problem("pieces", "part_counting.pieces", {"value": pieces, "most": MOST})]


def finish_problems(lines: Sequence[PartCountLine], note: str) -> list[Problem]:
    """``part_counting.uncounted`` (which parts), ``part_counting.unexplained`` (a difference without its reason)."""
    left = tuple(line.part.part_no for line in lines if line.counted is None and line.booked)
    if left:
        return [Problem("lines", "part_counting.uncounted", {"count": len(left), "parts": left[:5]})]
    mute = tuple(line.part.part_no for line in lines if line.difference and not line.reason and not note.strip())
    return [Problem("note", "part_counting.unexplained", {"parts": mute[:5]})] if mute else []
