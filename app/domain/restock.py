"""Restocking (退库): a spare goes back to the company stores only when four conditions hold, as figures (art. 11.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.money import MOST_FEN
from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName
from app.errors import Problem


class Condition(StrEnum):
    """The four conditions."""

    AGE = "AGE"                  # short: months since manufacture, at most
    VALUE = "VALUE"              # high: fen, at least
    QUANTITY = "QUANTITY"        # large: of this model in zone 3, at least
    USES = "USES"                # rarely used: in a year, at most


#: Conditions where less is better.
_AT_MOST = frozenset({Condition.AGE, Condition.USES})
LIMITS = {
    Condition.AGE: PolicyName.RESTOCK_AGE_MONTHS, Condition.VALUE: PolicyName.RESTOCK_VALUE,
    Condition.QUANTITY: PolicyName.RESTOCK_QUANTITY, Condition.USES: PolicyName.RESTOCK_USES_A_YEAR,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One condition: what is, and the limit. ``value`` is ``None`` while it is not known."""

    condition: Condition
    value: int | None
    limit: int

    @property
    def at_most(self) -> bool:
        """Whether the limit is an upper one."""
        return self.condition in _AT_MOST

    @property
    def holds(self) -> bool:
        """Whether the condition is met; what is not known is not met."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    @property
    def asked(self) -> bool:
        """Whether the person who restocks gives the figure: nobody knows it before."""
        return self.condition is Condition.VALUE

    @property
    def bars(self) -> bool:
        """Whether it keeps the spare in the pool, whatever is entered when restocking."""
        return not self.holds and not self.asked


@dataclass(frozen=True, slots=True)
class RestockSheet:
    """A spare with its four figures. ``known_value``: what the last restock of the model was valued at."""

    unit_id: str
    serial: str
    product_id: str
    model: str
    name_zh: str
    name_en: str
    lot: str
    made_on: date | None
    case_number: str
    figures: tuple[Figure, ...]
    known_value: int | None

    @property
    def may(self) -> bool:
        """Whether all four hold."""
        return all(figure.holds for figure in self.figures)


@dataclass(frozen=True, slots=True)
class RestockRow:
    """A restock on record."""

    number: str
    unit_id: str
    serial: str
    model: str
    on: date
    approved_by: str
    handover: str


def figures(
    policy: PolicySnapshot, *, age: int | None, value: int | None, quantity: int, uses: int
) -> tuple[Figure, ...]:
    """The four figures against the limits of ``policy``: months, fen, units, times."""
    found = {
        Condition.AGE: age, Condition.VALUE: value, Condition.QUANTITY: quantity, Condition.USES: uses,
    }
    return tuple(Figure(name, found[name], policy.whole(LIMITS[name])) for name in Condition)


def value_problems(value: int | None) -> list[Problem]:
    """``restock.value-missing``, ``restock.value-range``: the value of a spare in fen."""
    if value is None:
        return [Problem("value", "restock.value-missing")]
    if not 0 < value <= MOST_FEN:
        return [Problem("value", "restock.value-range")]
    return []
