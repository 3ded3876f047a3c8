"""The rates head office set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select

from app.domain.tariffs import RateClass, Tariff, TariffEntry, TariffKind, tariff_on
from app.persistence.tables import tariffs, users
from app.persistence.transaction import Tx, in_force


@dataclass(frozen=True, slots=True)
class SetRate:
    """One rate with who set it, for the history."""

    entry: TariffEntry
    note: str
    set_at: datetime
    who: str

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id


def entries(tx: Tx) -> tuple[TariffEntry, ...]:
    """Every rate this database knows, its own and those delivered by head office."""
    return tuple(line.entry for line in history(tx))


def on(tx: Tx, day: date) -> Tariff:
    """The tariff of ``day``."""
    return tariff_on(entries(tx), day)


def add(tx: Tx, entry: TariffEntry, note: str) -> None:
    """Enter a rate."""
    tx.insert(
        tariffs,
        {
            "id": entry.id, "kind": entry.kind.value, "rate_class": entry.rate_class.value,
            "amount_fen": entry.amount_fen, "percent": entry.percent, "effective_from": entry.effective_from,
            "valid_until": entry.valid_until, "note": note, "set_at": tx.at, "set_by": tx.by,
        },
    )


def history(tx: Tx, kind: TariffKind | None = None, rate_class: RateClass | None = None) -> tuple[SetRate, ...]:
    """Every rate (of one kind and class), the newest effective first."""
    t = tariffs.c
    statement = (
        select(
            t.id, t.kind, t.rate_class, t.amount_fen, t.percent, t.effective_from, t.valid_until, t.note, t.set_at,
            func.coalesce(users.c.name, "").label("who"),
        )
        .select_from(tariffs.outerjoin(users, and_(users.c.depot_id == t.depot_id, users.c.id == t.set_by)))
        .where(in_force(tx.depot_id, tariffs))
        .order_by(t.effective_from.desc(), t.id.desc())
    )
    if kind is not None:
        statement = statement.where(t.kind == kind.value)
    if rate_class is not None:
        statement = statement.where(t.rate_class == rate_class.value)
    return tuple(
        SetRate(
            TariffEntry(
                row.id, TariffKind(row.kind), RateClass(row.rate_class), row.amount_fen, row.percent,
                row.effective_from, row.valid_until,
            ),
            row.note, row.set_at, row.who,
        )
        for row in tx.execute(statement)
    )
