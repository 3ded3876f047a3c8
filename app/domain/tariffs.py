"""Tariffs: what head office charges from a day on (customs of the trade, "adjusted every year"; spec 2, F19).

An entry holds from its first day until a later one takes its place, or until its own last day; entries are never
changed. :func:`tariff_on` folds them into the tariff of one day, which a quotation keeps as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.money import MOST_FEN, Money
from app.errors import Problem, Refused


class TariffKind(StrEnum):
    """What a rate is for."""

    LABOUR = "LABOUR"                    # an hour at the bench or on site
    PARTS_SURCHARGE = "PARTS_SURCHARGE"  # on the price of parts: per cent or more, and an amount or more
    OLD_FOR_NEW = "OLD_FOR_NEW"          # credit for the old part handed in, per cent of the new one's price
    TRAVEL = "TRAVEL"                    # a kilometre
    LODGING = "LODGING"                  # a night
    MEALS = "MEALS"                      # a day
    ALLOWANCE = "ALLOWANCE"              # a person and day
    INSPECTION = "INSPECTION"            # a unit looked at, whatever comes of it


class RateClass(StrEnum):
    """Who works, or how far away."""

    GENERAL = "GENERAL"
    STANDARD = "STANDARD"                # labour: bench work
    SPECIALIST = "SPECIALIST"            # labour: specialist
    LOCAL = "LOCAL"                      # region: the depot's own city
    PROVINCE = "PROVINCE"                # region: the province
    FAR = "FAR"                          # region: beyond it


LABOUR_CLASSES = (RateClass.STANDARD, RateClass.SPECIALIST)
REGIONS = (RateClass.LOCAL, RateClass.PROVINCE, RateClass.FAR)

#: Which classes each kind is set for.
CLASSES: Mapping[TariffKind, tuple[RateClass, ...]] = MappingProxyType({
    TariffKind.LABOUR: LABOUR_CLASSES,
    TariffKind.PARTS_SURCHARGE: (RateClass.GENERAL,),
    TariffKind.OLD_FOR_NEW: (RateClass.GENERAL,),
    TariffKind.TRAVEL: REGIONS,
    TariffKind.LODGING: REGIONS,
    TariffKind.MEALS: REGIONS,
    TariffKind.ALLOWANCE: REGIONS,
    TariffKind.INSPECTION: (RateClass.GENERAL,),
})

#: Kinds counted in per cent; the others are amounts.
IN_PERCENT: frozenset[TariffKind] = frozenset({TariffKind.PARTS_SURCHARGE, TariffKind.OLD_FOR_NEW})

#: More than this is a typing error: a part sold at ten times its price, more credit than the part costs.
MOST_PERCENT: Mapping[TariffKind, int] = MappingProxyType({
    TariffKind.PARTS_SURCHARGE: 900, TariffKind.OLD_FOR_NEW: 100,
})

#: Days outside these years are typing errors.
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class TariffEntry:
    """One rate from ``effective_from`` on. ``amount_fen``: the rate, or the least surcharge. ``valid_until``: its
    last day, ``None`` = until another takes its place. ``id`` is a UUIDv7: of one day's entries the later counts."""

    id: str
    kind: TariffKind
    rate_class: RateClass
    amount_fen: int
    percent: int
    effective_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rates of one day. ``version`` names the content: equal rates, equal version."""

    day: date
    rates: Mapping[tuple[TariffKind, RateClass], TariffEntry]
    version: str

    def rate(self, kind: TariffKind, rate_class: RateClass = RateClass.GENERAL) -> TariffEntry:
        """The rate of ``kind``. Refused: ``tariffs.none`` (none set by that day), ``tariffs.expired``."""
        entry = self.rates.get((kind, rate_class))
        if entry is None:
            raise Refused("tariffs.none", kind=kind, rate_class=rate_class, day=self.day)
        if entry.valid_until is not None and entry.valid_until < self.day:
            raise Refused(
                "tariffs.expired", kind=kind, rate_class=rate_class, until=entry.valid_until, day=self.day
            )
        return entry

    def holds(self, kind: TariffKind, rate_class: RateClass = RateClass.GENERAL) -> TariffEntry | None:
        """The rate of ``kind`` if one is in force."""
        try:
            return self.rate(kind, rate_class)
        except Refused:
            return None

    def plain(self) -> dict[str, Any]:
        """The tariff as plain values, for the record."""
        return {
            "day": self.day.isoformat(),
            "rates": [
                [e.id, e.kind.value, e.rate_class.value, e.amount_fen, e.percent, e.effective_from.isoformat(),
                 e.valid_until.isoformat() if e.valid_until else ""]
                for e in self.rates.values()
            ],
        }


def tariff_on(entries: Iterable[TariffEntry], day: date) -> Tariff:
    """The tariff in force on ``day``: of each kind and class the entry that began last, the later made of two."""
    latest: dict[tuple[TariffKind, RateClass], TariffEntry] = {}
    for entry in sorted(entries, key=lambda e: (e.effective_from, e.id)):
        if entry.effective_from <= day:
            latest[entry.kind, entry.rate_class] = entry
    in_order = {
        (kind, cls): latest[kind, cls] for kind, classes in CLASSES.items() for cls in classes if (kind, cls) in latest
    }
    return Tariff(day, MappingProxyType(in_order), _version(in_order.values()))


def tariff_of(plain: Mapping[str, Any]) -> Tariff:
    """The tariff that :meth:`Tariff.plain` wrote."""
    entries = [
        TariffEntry(id_, TariffKind(kind), RateClass(cls), amount, percent, date.fromisoformat(begins),
                    date.fromisoformat(ends) if ends else None)
        for id_, kind, cls, amount, percent, begins, ends in plain["rates"]
    ]
    return tariff_on(entries, date.fromisoformat(plain["day"]))


def entry_problems(entry: TariffEntry) -> list[Problem]:
    """What is wrong with a rate as typed.

    Codes: ``tariffs.class``, ``tariffs.negative``, ``tariffs.too-large``, ``tariffs.percent``,
    ``tariffs.impossible-day``, ``tariffs.ends-before``.
    """
    found = []
    if entry.rate_class not in CLASSES[entry.kind]:
        found.append(Problem("rate_class", "tariffs.class", {
            "kind": entry.kind, "value": entry.rate_class, "classes": CLASSES[entry.kind]}))
    if entry.amount_fen < 0:
        found.append(Problem("amount", "tariffs.negative", {"kind": entry.kind, "value": Money(entry.amount_fen)}))
    if entry.amount_fen > MOST_FEN:
        found.append(Problem("amount", "tariffs.too-large", {
            "kind": entry.kind, "value": Money(entry.amount_fen), "most": Money(MOST_FEN)}))
    most = MOST_PERCENT.get(entry.kind, 0)
    if not 0 <= entry.percent <= most:
        found.append(Problem("percent", "tariffs.percent", {
            "kind": entry.kind, "value": entry.percent, "most": most}))
    for name, day in (("effective", entry.effective_from), ("until", entry.valid_until)):
        if day is not None and day.year not in _YEARS:
            found.append(Problem(name, "tariffs.impossible-day", {"value": day}))
    if entry.valid_until is not None and entry.valid_until < entry.effective_from:
        found.append(Problem("until", "tariffs.ends-before", {
            "value": entry.valid_until, "begins": entry.effective_from}))
    return found


def same_rate(one: TariffEntry | None, other: TariffEntry) -> bool:
    """Whether ``other`` would say nothing new."""
    return one is not None and (one.amount_fen, one.percent, one.valid_until) == (
        other.amount_fen, other.percent, other.valid_until
    )


def region_of(distance_class: str, t_labels: Mapping[RateClass, Sequence[str]]) -> RateClass:
    """The region that a customer's free-text distance class means; the nearest when it says nothing known."""
    wanted = distance_class.strip().casefold()
    for region in REGIONS:
        if wanted and wanted in {word.casefold() for word in (region.value, *t_labels.get(region, ()))}:
            return region
    return RateClass.LOCAL


def _version(entries: Iterable[TariffEntry]) -> str:
    content = [
        [e.kind.value, e.rate_class.value, e.amount_fen, e.percent, e.effective_from.isoformat(),
         e.valid_until.isoformat() if e.valid_until else ""]
        for e in entries
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12] if content else "none"
