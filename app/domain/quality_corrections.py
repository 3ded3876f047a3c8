"""What a closed month said against what the record says today: the correction sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.domain.quality import Month
from app.domain.quality_counts import CaseLine


class Told(StrEnum):
    """How a case of a closed month differs."""

    CHANGED = "CHANGED"
    ADDED = "ADDED"              # counts in the month now, and did not then
    DROPPED = "DROPPED"          # counted then, and does not now


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One number that came out otherwise. ``name``: of the figure (a field of ``Month``); ``of``: which one of several
    (a code, a name), empty where there is one only."""

    name: str
    of: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """One field of a case that reads otherwise; ``field`` is empty for a whole case that came or went."""

    told: Told
    case_id: str
    unit_id: str
    number: str
    serial: str
    field: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """The difference sheet of ``month``; empty when nothing was corrected since."""

    month: str
    figures: tuple[FigureDifference, ...]
    cases: tuple[CaseDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.cases)


_COMPARED = ("cause", "fault_code", "fault", "result", "lot", "customer_id", "product_id", "received", "left")
_LEFT_OUT = {"format", "depot", "month", "until", "terms", "lines", "trend", "analysis", "actions"}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "groups": ("cause",), "pareto": ("code", "zh"), "products": ("id", "lot"), "lots": ("id", "lot"),
    "customers": ("id",), "ages": ("low", "high"), "ageing": ("low", "high"),
}


def compare(then: Month, now: Month) -> Corrections:
    """Every figure and case that differs. Names and shares that merely follow from them are left out."""
    was, is_ = dict(_numbers(then)), dict(_numbers(now))
    shown = {**_words(then), **_words(now)}
    figures = tuple(
        FigureDifference(name, shown.get((name, key), key), was.get((name, key), 0), is_.get((name, key), 0))
        for name, key in dict.fromkeys([*was, *is_]) if was.get((name, key), 0) != is_.get((name, key), 0)
    )
    return Corrections(then.month, figures, tuple(_cases(then, now)))


def _numbers(month: Month) -> Iterator[tuple[tuple[str, str], int]]:
    """Each figure under its name and, of several, its key."""
    for name, value in asdict(month).items():
        if name in _LEFT_OUT or name.endswith("permille"):
            continue
        if isinstance(value, int):
            yield (name, ""), value
        elif isinstance(value, dict):
            for inner, number in value.items():
                yield (f"{name}.{inner}", ""), number
        elif name == "doors":
            for door, number in value:
                yield (name, door), number
        else:
            for one in value:
                key = _key(name, one)
                yield (name, key), one["n"]
                if "ours" in one and name != "ageing":
                    yield (f"{name}.ours", key), one["ours"]


def _key(name: str, one: Mapping[str, Any]) -> str:
    return "/".join("" if one[part] is None else str(one[part]) for part in _KEYS[name])


def _words(month: Month) -> dict[tuple[str, str], str]:
    """What a key is called: the name of a product or customer, the fault in words."""
    found: dict[tuple[str, str], str] = {}
    for name in ("products", "lots", "customers"):
        for part in getattr(month, name):
            said = " ".join(word for word in (part.name, part.lot) if word)
            key = _key(name, asdict(part))
            found[name, key] = found[f"{name}.ours", key] = said
    for bar in month.pareto:
        found["pareto", f"{bar.code}/{bar.zh}"] = " ".join(word for word in (bar.code, bar.zh) if word)
    for name in ("ages", "ageing"):
        for band in getattr(month, name):
            key = _key(name, asdict(band))
            said = "?" if band.low is None else f"{band.low}–{'' if band.high is None else band.high}"
            found[name, key] = found[f"{name}.ours", key] = said
    return found


def _cases(then: Month, now: Month) -> Iterator[CaseDifference]:
    was, is_ = {line.case_id: line for line in then.lines}, {line.case_id: line for line in now.lines}
    for case_id in sorted({*was, *is_}, key=lambda one: (was.get(one) or is_[one]).number):
        before, after = was.get(case_id), is_.get(case_id)
        if before is None or after is None:
            line = was.get(case_id) or is_[case_id]
            told = Told.ADDED if before is None else Told.DROPPED
            yield CaseDifference(
                told, case_id, line.unit_id, line.number, line.serial, "", *_came_or_went(before, after))
            continue
        for name in _COMPARED:
            if getattr(before, name) != getattr(after, name):
                yield CaseDifference(
                    Told.CHANGED, case_id, after.unit_id, after.number, after.serial, name,
                    _shown(before, name), _shown(after, name),
                )


def _came_or_went(before: CaseLine | None, after: CaseLine | None) -> tuple[str, str]:
    return before.cause if before else "", after.cause if after else ""


def _shown(line: CaseLine, name: str) -> str:
    """A reader wants the name, not the id."""
    return str(getattr(line, {"customer_id": "customer", "product_id": "model"}.get(name, name)))
