"""Tariffs: supervisor or general manager set a rate with its first day; nothing is rewritten (spec 1 §9)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.tariffs import CLASSES, RateClass, TariffEntry, TariffKind, entry_problems, same_rate
from app.errors import Refused
from app.persistence import journal
from app.persistence import tariffs as rows
from app.persistence.tariffs import SetRate
from app.services import ownership


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate as the editor shows it: what holds today (``None``: nothing), and what is set for later, if anything.

    ``expired``: the last day of what holds has passed, nothing may be priced with it.
    """

    kind: TariffKind
    rate_class: RateClass
    now: TariffEntry | None
    later: TariffEntry | None
    expired: bool

    @property
    def key(self) -> str:
        """What names the line."""
        return f"{self.kind.value}/{self.rate_class.value}"


@dataclass(frozen=True, slots=True)
class RateSet:
    """A rate was set. It is taken back by setting the one before again, from today on: entries stay."""

    entry: TariffEntry
    entry_id: str
    changes: Changes = Changes.MONEY


def rates(depot: Depot) -> tuple[RateLine, ...]:
    """Every kind and class, set or not."""
    with depot.read() as tx:
        entries, today = rows.entries(tx), depot.local_day(tx.at)
        tariff = rows.on(tx, today)
    found = []
    for kind, classes in CLASSES.items():
        for rate_class in classes:
            later = [
                e for e in entries
                if (e.kind, e.rate_class) == (kind, rate_class) and e.effective_from > today
            ]
            now = tariff.rates.get((kind, rate_class))
            found.append(RateLine(
                kind, rate_class, now, min(later, key=lambda e: (e.effective_from, e.id), default=None),
                now is not None and now.valid_until is not None and now.valid_until < today,
            ))
    return tuple(found)


def history(depot: Depot, kind: TariffKind, rate_class: RateClass) -> tuple[SetRate, ...]:
    """Everything ever set for one kind and class, the newest effective first."""
    with depot.read() as tx:
        found = rows.history(tx, kind, rate_class)
    return tuple(replace(line, set_at=line.set_at.astimezone(depot.zone)) for line in found)


def set_rate(depot: Depot, entry: TariffEntry, note: str = "") -> RateSet:
    """Let a rate hold from ``entry.effective_from`` on; the entry's id is given here.

    Refused: the codes of ``domain.tariffs.entry_problems``, ``tariffs.in-the-past``, ``tariffs.same``,
    ``people.not-allowed``, ``tariffs.by-centre``.
    """
    depot.require(Action.EDIT_TARIFFS)
    if wrong := entry_problems(entry):
        raise Refused.because(wrong)
    with depot.write() as tx:
        if ownership.joined(tx):
            raise Refused("tariffs.by-centre")
        today = depot.local_day(tx.at)
        if entry.effective_from < today:
            raise Refused("tariffs.in-the-past", field="effective", value=entry.effective_from, today=today)
        before = rows.on(tx, entry.effective_from).rates.get((entry.kind, entry.rate_class))
        if same_rate(before, entry):
            raise Refused("tariffs.same", field="amount", kind=entry.kind, day=entry.effective_from)
        made = replace(entry, id=tx.new_id())
        rows.add(tx, made, note.strip())
        entry_id = journal.record(
            tx, "tariffs.set", subject_kind="tariff", subject_id=made.id, subject_number=made.kind.value,
            facts={
                "class": made.rate_class.value, "amount": made.amount_fen, "percent": made.percent,
                "effective": made.effective_from.isoformat(), "note": note.strip(),
                "until": made.valid_until.isoformat() if made.valid_until else "",
                "before": [before.amount_fen, before.percent] if before else [],
            },
        )
    return RateSet(made, entry_id)


__all__ = ["RateLine", "RateSet", "SetRate", "history", "rates", "set_rate"]
