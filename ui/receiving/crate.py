"""The crate on the counter: its lines as far as they were scanned, typed and looked up, before anything is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from app.domain.handover import Refusal, RefusalReason
from app.domain.receiving import Intake
from app.domain.serials import ANY, SerialRule, normalise
from app.domain.visits import SerialNews, UnitNews
from app.errors import Problem
from app.i18n import _, _n

#: What "copy to the lines below" copies where a line has nothing yet.
_COPIED = (
    "product_id", "symptom", "symptom_code", "phase", "fault_on", "tried", "condition", "accessories",
    "return_needed", "urgency", "promised_on", "site", "shipped_on", "accepted_on",
)


def _is_blank(value: object, blank: object) -> bool:
    """Whether a field of a line still holds what an untouched form holds."""
    return value in (None, "", [], blank) or (isinstance(value, dict) and not value.get("text"))


@dataclass
class Line:
    """One unit. ``content``: what the form holds (for the form and the draft); ``intake``: the same as the service
    wants it; ``news``: what the record says of the serial (``None``: not looked up yet); ``unfit``: what stands in the
    form and no intake can hold (half a date, a refusal without words); ``problems``: that and what the rules say."""

    key: int
    content: dict[str, object]
    intake: Intake
    news: SerialNews | None = None
    unfit: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    refusal: RefusalReason | None = None
    refusal_text: str = ""
    photos: tuple[Path, ...] = ()
    model: str = ""

    @property
    def unit(self) -> UnitNews | None:
        """The unit on record: the one of the product chosen, or the only one there is."""
        units = self.news.units if self.news else ()
        of_product = [unit for unit in units if unit.product_id == self.intake.product_id]
        if of_product:
            return of_product[0]
        undecided = not self.intake.product_id and not self.intake.product_model
        return units[0] if len(units) == 1 and undecided else None

    @property
    def refused(self) -> Refusal | None:
        """Why the line is not taken; ``None``: it is."""
        return Refusal(self.refusal, self.refusal_text) if self.refusal else None

    @property
    def blocked(self) -> bool:
        """Whether the record says that this unit cannot come in."""
        return self.unit is not None and not self.unit.can_come_in

    def lacks(self, source: Line, blank: Mapping[str, object]) -> dict[str, object]:
        """What "copy to the lines below" brings from ``source``: fields that are as in an untouched form."""
        return {
            name: source.content[name] for name in _COPIED
            if _is_blank(self.content.get(name), blank.get(name)) and source.content[name] != self.content.get(name)
        }

    def is_looked_up(self, rule: SerialRule) -> bool:
        """Whether the news is about the serial that stands in the line now."""
        return self.news is not None and normalise(self.news.serial, rule) == normalise(self.intake.serial, rule)


@dataclass
class Crate:
    """The lines in the order they were scanned."""

    lines: list[Line] = field(default_factory=list)
    _keys: count[int] = field(default_factory=lambda: count(1))

    def add(self, content: Mapping[str, object], intake: Intake) -> Line:
        """Append a line."""
        line = Line(next(self._keys), dict(content), intake)
        self.lines.append(line)
        return line

    def line(self, key: object) -> Line | None:
        """The line with ``key``."""
        return next((line for line in self.lines if line.key == key), None)

    def with_serial(self, serial: str) -> Line | None:
        """The line with this serial, as far as it can be told before the product is known."""
        wanted = normalise(serial, ANY)
        return next(
            (line for line in self.lines if wanted and normalise(line.intake.serial, ANY) == wanted), None
        )

    def accepted(self) -> list[Line]:
        """The lines that are taken in."""
        return [line for line in self.lines if line.refusal is None]

    def open(self) -> list[Line]:
        """The lines that cannot be signed for yet."""
        return [line for line in self.lines if line.problems or (line.blocked and line.refusal is None)]

    def next_open(self, after: Line | None) -> Line | None:
        """The first line behind ``after`` that cannot be signed for yet; from the end it goes on at the beginning."""
        at = self.lines.index(after) + 1 if after in self.lines else 0
        waiting = self.open()
        return next((line for line in self.lines[at:] + self.lines[:at] if line in waiting), None)

    def summary(self) -> str:
        """How many units there are, how many are not complete, how many refused."""
        n, waiting, refused = len(self.lines), len(self.open()), len(self.lines) - len(self.accepted())
        parts = [_n("{n} unit in the crate", "{n} units in the crate", n).format(n=n)] if n else []
        if waiting:
            parts.append(_n("{n} not complete", "{n} not complete", waiting).format(n=waiting))
        if refused:
            parts.append(_n("{n} refused", "{n} refused", refused).format(n=refused))
        return _(" · ").join(parts)
