"""The return register: every case, paged and filtered, with totals (art. 8.5; form F3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.depot import Depot
from app.domain.register import IN_HAND, CaseDates, RegisterRow, Selection, Totals
from app.persistence import register as rows
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the printed register with the dates of its way through the house (days at the depot)."""

    row: RegisterRow
    dates: CaseDates
    days: int | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a selection, whole: what F3 prints."""

    selection: Selection
    lines: tuple[Line, ...]
    totals: Totals


def page(
    depot: Depot,
    wanted: Selection,
    after: RegisterRow | None = None,
    limit: int = 200,
    order: tuple[str, bool] = ("number", True),
) -> Sequence[RegisterRow]:
    """Up to ``limit`` cases after the row ``after``. ``order``: number | received | due, and whether downwards."""
    with depot.read() as tx:
        return rows.rows(
            tx, wanted, after, limit, order[0] or "number", descending=order[1], between=_moments(depot, wanted),
            today=depot.local_day(tx.at),
        )


def totals(depot: Depot, wanted: Selection) -> Totals:
    """How the chosen cases stand."""
    with depot.read() as tx:
        return rows.totals(tx, wanted, between=_moments(depot, wanted), today=depot.local_day(tx.at))


def register(depot: Depot, wanted: Selection, most: int = 20_000) -> Register:
    """The register of a selection for print and export, oldest first; at most ``most`` lines."""
    with depot.read() as tx:
        return register_in(depot, tx, wanted, most)


def register_in(depot: Depot, tx: Tx, wanted: Selection, most: int = 20_000) -> Register:
    """The same inside a running transaction."""
    today, between = depot.local_day(tx.at), _moments(depot, wanted)
    found = rows.rows(tx, wanted, None, most, "number", descending=False, between=between, today=today)
    dates = rows.dates(tx, found)
    return Register(
        wanted,
        tuple(
            Line(row, dates[row.case_id], _days(depot, row, today), is_overdue(row, today)) for row in found
        ),
        rows.totals(tx, wanted, between=between, today=today),
    )


def is_overdue(row: RegisterRow, today: date) -> bool:
    """Whether the case is still in hand after its due day, and its clock runs."""
    return row.stage in IN_HAND and row.due_on is not None and row.due_on < today and row.paused_at is None


def _days(depot: Depot, row: RegisterRow, today: date) -> int | None:
    """Calendar days from receipt to exit, or until today."""
    if row.received_at is None:
        return None
    ended = row.returned_at or row.closed_at
    return ((depot.local_day(ended) if ended else today) - depot.local_day(row.received_at)).days


def _moments(depot: Depot, wanted: Selection) -> tuple[datetime | None, datetime | None]:
    """The period as moments: from the first midnight, before the midnight after the last day."""
    return (
        datetime.combine(wanted.start, time(0), depot.zone) if wanted.start else None,
        datetime.combine(wanted.end + timedelta(days=1), time(0), depot.zone) if wanted.end else None,
    )
