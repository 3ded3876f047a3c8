"""The monthly quality report: figures from counts (art. 10.6; report F22).

A :class:`Month` is the whole report as plain values. Closing a month freezes it, figures and all, so nothing in it is
computed again when it is shown: shares are kept as tenths of a percent (per mille), rounded half up; durations as
whole hours; money as whole fen. ``FORMAT`` is raised when the shape changes; older ones stay readable.
"""

from __future__ import annotations

import json
import types
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from app.domain.codes import PRODUCT_CAUSED, CauseClass
from app.domain.inspection import SheetVerdict
from app.domain.money import rounded
from app.domain.quality_counts import TREND, CaseLine, Counts, FaultCount, GroupCount, Spread
from app.errors import Refused

#: The shape of a frozen month.
FORMAT = 1
#: Upper ends of the bands of a unit's age (months) and of the stay in the house (days; the turnaround target is put
#: in between). How figures are bundled for the eye; nothing is decided by them.
AGE_BANDS = (3, 6, 12, 24, 36, 60)
STAY_BANDS = (3, 7, 30, 60)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terms:
    """The policy values the report was made with."""

    version: str
    repeat_window_days: int
    turnaround_days: int
    labour_hour_fen: int


@dataclass(frozen=True, slots=True)
class Group:
    """A cause class of the month. ``permille``: of the examined visits."""

    cause: str
    n: int
    permille: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One fault of the Pareto. ``cumulative``: per mille of the product-caused faults, it and those before it."""

    code: str
    zh: str
    en: str
    n: int
    permille: int
    cumulative: int


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """One month of the trend; ``causes`` in the order of :data:`TREND_GROUPS`."""

    month: str
    received: int
    left: int
    examined: int
    causes: tuple[int, ...]
    nff: int
    first_runs: int
    first_passed: int


@dataclass(frozen=True, slots=True)
class Part:
    """Examined visits of a product, lot or customer; ``ours``: product-caused. ``id`` empty: all that are not named."""

    id: str
    name: str
    lot: str
    n: int
    ours: int


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` to ``high``, both included (months of age, days in the house); ``high`` ``None``: and more;
    ``low`` ``None``: not known."""

    low: int | None
    high: int | None
    n: int
    ours: int = 0


@dataclass(frozen=True, slots=True)
class Turnaround:
    """Of the visits that left: hours between receipt and exit. Net: without the pauses, which stand apart.

    ``in_time``: how many stayed within the policy's days (as days of 24 hours)."""

    n: int
    median: int
    p90: int
    gross_median: int
    gross_p90: int
    paused_hours: int
    in_time: int


@dataclass(frozen=True, slots=True)
class Spares:
    """Zone 3: opening + in − out = closing. ``turnover``: taken out per mille of the mean stock.

    ``used_at_sites``: left in place of a faulty unit in the month; one brought back unused was not used."""

    opening: int
    put_in: int
    taken_out: int
    closing: int
    restocked: int
    used_at_sites: int
    exchanged: int
    turnover: int


@dataclass(frozen=True, slots=True)
class WarrantyCost:
    """In-warranty repairs: parts at the prices when fitted, labour at the policy's hourly rate, rounded once."""

    cases: int
    parts_fen: int
    labour_minutes: int
    labour_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class Month:
    """The report of one month. ``until``: the moment up to which it counts (ISO, UTC). Only in what is frozen:
    ``lines``, the examined visits, and what the inspector wrote: ``analysis``, ``actions``."""

    format: int
    depot: str
    month: str
    until: str
    terms: Terms
    opening: int
    received: int
    left: int
    closing: int
    late: int
    doors: tuple[tuple[str, int], ...]
    examined: int
    ours: int
    ours_permille: int
    groups: tuple[Group, ...]
    pareto: tuple[Bar, ...]
    trend: tuple[TrendMonth, ...]
    products: tuple[Part, ...]
    lots: tuple[Part, ...]
    customers: tuple[Part, ...]
    ages: tuple[Band, ...]
    ageing: tuple[Band, ...]
    turnaround: Turnaround
    first_runs: int
    first_passed: int
    first_pass_permille: int
    nff: int
    nff_permille: int
    again: int
    repeats: int
    repeat_permille: int
    apart_days: int
    spares: Spares
    warranty: WarrantyCost
    lines: tuple[CaseLine, ...] = ()
    analysis: str = ""
    actions: str = ""


#: The groups a trend tells apart: the three of art. 10.6, then everything else together.
TREND_GROUPS: tuple[CauseClass | None, ...] = (*PRODUCT_CAUSED, None)


def permille(part: int, whole: int) -> int:
    """``part`` of ``whole`` in tenths of a percent, half up; 0 of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


def rank(spread: Sequence[Spread], hundredths: int) -> int:
    """The smallest value that at least so many hundredths of all do not exceed (nearest rank); 0 of nothing."""
    total = sum(s.n for s in spread)
    needed, so_far = -(-total * hundredths // 100), 0
    for s in spread:
        so_far += s.n
        if so_far >= needed:
            return s.value
    return 0


def figures(
    counts: Counts, *, depot: str, months: Sequence[str], until: str, terms: Terms,
    products: Mapping[str, tuple[str, str]], customers: Mapping[str, tuple[str, str]],
    faults: Mapping[str, tuple[str, str]],
) -> Month:
    """The report of the last of ``months`` (twelve, ``yyyy-mm``). ``products``, ``customers``, ``faults``: words by id
    or code."""
    flow, again = counts.flow, counts.again
    by_cause = {c.cause: c.n for c in counts.causes if c.month == TREND - 1}
    examined = sum(by_cause.values())
    ours = sum(by_cause.get(cause.value, 0) for cause in PRODUCT_CAUSED)
    first_runs, first_passed = _first(counts, TREND - 1)
    nff = by_cause.get(CauseClass.NFF.value, 0)
    return Month(
        FORMAT, depot, months[-1], until, terms, flow.opening, flow.received[-1], flow.left[-1], flow.closing,
        flow.late, tuple((door.value, n) for door, n in flow.doors), examined, ours, permille(ours, examined),
        tuple(Group(c.value, by_cause.get(c.value, 0), permille(by_cause.get(c.value, 0), examined))
              for c in CauseClass),
        pareto(counts.faults, faults), _trend(counts, months),
        _parts(counts.products, products, examined, ours), _lots(counts.lots, products, examined, ours),
        _parts(counts.customers, customers, examined, ours), _ages(counts), _ageing(counts, terms),
        _turnaround(counts, terms),
        first_runs, first_passed, permille(first_passed, first_runs), nff, permille(nff, examined), again.again,
        again.soon, permille(again.soon, again.received), again.apart_days // again.again if again.again else 0,
        _spares(counts), _warranty(counts, terms),
    )


def pareto(counted: Sequence[FaultCount], words: Mapping[str, tuple[str, str]]) -> tuple[Bar, ...]:
    """The faults, most frequent first; the last one's cumulative share is the whole."""
    total, so_far, bars = sum(f.n for f in counted), 0, []
    for fault in counted:
        so_far += fault.n
        zh, en = words.get(fault.code, (fault.text, fault.text))
        bars.append(Bar(fault.code, zh, en, fault.n, permille(fault.n, total), permille(so_far, total)))
    return tuple(bars)


def _trend(counts: Counts, months: Sequence[str]) -> tuple[TrendMonth, ...]:
    found: list[dict[str, int]] = [{} for _ in months]
    for c in counts.causes:
        found[c.month][c.cause] = c.n
    made = []
    for n, month in enumerate(months):
        ours = tuple(found[n].get(cause.value, 0) for cause in PRODUCT_CAUSED)
        total = sum(found[n].values())
        made.append(TrendMonth(
            month, counts.flow.received[n], counts.flow.left[n], total, (*ours, total - sum(ours)),
            found[n].get(CauseClass.NFF.value, 0), *_first(counts, n),
        ))
    return tuple(made)


def _first(counts: Counts, month: int) -> tuple[int, int]:
    runs = {v.verdict: v.n for v in counts.first_runs if v.month == month}
    return sum(runs.values()), runs.get(SheetVerdict.PASSED.value, 0)


def _parts(
    counted: Sequence[GroupCount], words: Mapping[str, tuple[str, str]], total: int, ours: int
) -> tuple[Part, ...]:
    named = [Part(g.id, words.get(g.id, ("", ""))[0], g.lot, g.n, g.ours) for g in counted]
    rest = total - sum(p.n for p in named)
    return (*named, *([Part("", "", "", rest, ours - sum(p.ours for p in named))] if rest else []))


def _lots(
    counted: Sequence[GroupCount], words: Mapping[str, tuple[str, str]], total: int, ours: int
) -> tuple[Part, ...]:
    """Lots by their product; units without a lot belong to what is not named."""
    return _parts([g for g in counted if g.lot], words, total, ours)


def _ages(counts: Counts) -> tuple[Band, ...]:
    bands = []
    for low, high in zip((0, *(n + 1 for n in AGE_BANDS)), (*AGE_BANDS, None), strict=True):
        found = [
            a for a in counts.ages if a.months is not None and low <= a.months and (high is None or a.months <= high)
        ]
        bands.append(Band(low, high, sum(a.n for a in found), sum(a.ours for a in found)))
    unknown = [a for a in counts.ages if a.months is None]
    return (*bands, Band(None, None, sum(a.n for a in unknown), sum(a.ours for a in unknown)))


def stay_bands(terms: Terms) -> tuple[tuple[int, int | None], ...]:
    """The bands of days in the house, cut at the turnaround target."""
    ends = sorted({*STAY_BANDS, terms.turnaround_days})
    return tuple(zip((0, *(n + 1 for n in ends)), (*ends, None), strict=True))


def _ageing(counts: Counts, terms: Terms) -> tuple[Band, ...]:
    return tuple(
        Band(low, high, sum(s.n for s in counts.ageing if low <= s.value and (high is None or s.value <= high)))
        for low, high in stay_bands(terms)
    )


def _turnaround(counts: Counts, terms: Terms) -> Turnaround:
    net, gross = counts.net, counts.gross
    return Turnaround(
        sum(s.n for s in net), rank(net, 50), rank(net, 90), rank(gross, 50), rank(gross, 90),
        counts.paused_seconds // 3600, sum(s.n for s in net if s.value < terms.turnaround_days * 24),
    )


def _spares(counts: Counts) -> Spares:
    s = counts.spares
    closing = s.opening + s.put_in - s.taken_out
    stock = s.opening + closing
    return Spares(
        s.opening, s.put_in, s.taken_out, closing, s.restocked, s.used_at_sites, s.exchanged,
        permille(2 * s.taken_out, stock),
    )


def _warranty(counts: Counts, terms: Terms) -> WarrantyCost:
    w = counts.warranty
    labour = rounded(Fraction(w.labour_minutes * terms.labour_hour_fen, 60)).fen
    return WarrantyCost(w.cases, w.parts_fen, w.labour_minutes, labour, w.parts_fen + labour)


# -- what is frozen ----------------------------------------------------------------------------------------------


def frozen(month: Month) -> str:
    """``month`` as the one text that is kept: canonical JSON (sorted keys, no spaces, Chinese as itself)."""
    said = json.dumps(asdict(month), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", said)


def digest(data: str) -> str:
    """SHA-256 of a frozen text, hex."""
    return sha256(data.encode()).hexdigest()


def thawed(data: str) -> Month:
    """The report of a frozen text. Refused: ``quality.newer-format`` when a newer program froze it."""
    plain = json.loads(data)
    if plain["format"] > FORMAT:
        raise Refused("quality.newer-format", month=plain["month"], format=plain["format"], known=FORMAT)
    month: Month = _built(Month, plain)
    return month


@cache
def _hints(shape: type) -> Mapping[str, Any]:
    return get_type_hints(shape)


def _built(shape: Any, value: Any) -> Any:
    """Plain values as the frozen records they were."""
    if is_dataclass(shape):
        hints = _hints(shape)  # type: ignore[arg-type]
        return shape(**{  # type: ignore[operator]
            f.name: _built(hints[f.name], value[f.name]) for f in fields(shape) if f.name in value
        })
    if get_origin(shape) is tuple:
        kinds = get_args(shape)
        each = [kinds[0]] * len(value) if len(kinds) == 2 and kinds[1] is Ellipsis else kinds
        return tuple(_built(kind, one) for kind, one in zip(each, value, strict=True))
    if isinstance(shape, types.UnionType):
        return None if value is None else _built(get_args(shape)[0], value)
    return value
