"""The crate on the counter: its lines as far as they were scanned, typed and looked up, before anything is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from app.domain.handover import Refusal, RefusalReason
from app.domain.receiving import Intake
from app.domain.serials import ANY, normalise
from app.domain.visits import SerialNews, UnitNews
from app.errors import Problem


@dataclass
class Line:
    """One unit. ``content``: what the form holds (for the form and the draft); ``intake``: the same as the service
    wants it; ``news``: what the record says of the serial (``None``: not looked up yet)."""

    key: int
    content: dict[str, object]
    intake: Intake
    news: SerialNews | None = None
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
