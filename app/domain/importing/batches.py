"""An import as it was written: one batch, with what became of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.importing.fates import Fate
from app.domain.importing.mapping import ListKind


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. ``counts``: as in ``fates.Counts``; ``outcomes``: outcome → rows; ``undone_at``: when taken back."""

    id: str
    number: str
    filename: str
    sha256: str
    counts: Mapping[str, int]
    outcomes: Mapping[str, int]
    at: datetime
    by: str
    by_name: str = ""
    undone_at: datetime | None = None
    undone_by: str | None = None
    products: tuple[str, ...] = field(default=())   # ids of the proposals the batch made
    customers: tuple[str, ...] = field(default=())
    kind: ListKind = ListKind.RETURNS


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What became of one row, with the case it made and its unit (also one that was known already)."""

    number: int
    fate: Fate
    reason: str
    unit_id: str | None
    case_id: str | None
    case_number: str
    serial: str
