"""Which column of a list means what: made once, kept, and recognised when the same list comes again."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.importing.dates import DateOrder
from app.domain.importing.fields import RULES, Field, Reading
from app.errors import Problem, Refused

FORMAT = "fanxiu-import-mapping/1"

_CHOICES = frozenset({Reading.CHOICE, Reading.YES_NO})


class ListKind(StrEnum):
    """What the rows of a list become."""

    RETURNS = "RETURNS"          # units that come in now
    HISTORY = "HISTORY"          # returns of earlier times that are over


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a list is read.

    ``columns``: name of a column → its field; columns that are not named are left out. ``defaults``: what a field is
    where its column is missing or its cell empty. ``values``: field → (word in the list → what it means).
    ``standard``: a published standard whose own rules are checked too (``open-repair-data``). ``kind``: what the rows
    become.
    """

    name: str = ""
    columns: Map[str, Field] = field(default_factory=dict)
    defaults: Map[Field, str] = field(default_factory=dict)
    values: Map[Field, Map[str, str]] = field(default_factory=dict)
    date_order: DateOrder = DateOrder.ASK
    standard: str = ""
    kind: ListKind = ListKind.RETURNS

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "format": FORMAT,
            "name": self.name,
            "columns": {name: f.value for name, f in self.columns.items()},
            "defaults": {f.value: text for f, text in self.defaults.items()},
            "values": {f.value: dict(words) for f, words in self.values.items()},
            "date_order": self.date_order.value,
            "standard": self.standard,
            "kind": self.kind.value,
        }

    @classmethod
    def from_dict(cls, values: object) -> Mapping:
        """The mapping written by :meth:`as_dict`. Raises ``mapping.not-a-mapping`` for anything else."""
        try:
            if not isinstance(values, dict) or values.get("format") != FORMAT:
                raise Refused("mapping.not-a-mapping", field="mapping")
            return cls(
                name=str(values.get("name", "")),
                columns={str(name): Field(f) for name, f in values["columns"].items()},
                defaults={Field(f): str(text) for f, text in values.get("defaults", {}).items()},
                values={
                    Field(f): {str(a): str(b) for a, b in words.items()}
                    for f, words in values.get("values", {}).items()
                },
                date_order=DateOrder(values.get("date_order", DateOrder.ASK)),
                standard=str(values.get("standard", "")),
                kind=ListKind(values.get("kind", ListKind.RETURNS)),
            )
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise Refused("mapping.not-a-mapping", field="mapping") from error


def problems(mapping: Mapping, header: tuple[str, ...]) -> list[Problem]:
    """What keeps a list with ``header`` from being read with ``mapping``.

    Codes: ``mapping.column-missing`` (a mapped column that the list lacks), ``mapping.field-twice`` (two columns for a
    field that takes one), ``mapping.field-required`` (nothing says the customer or the product).
    """
    found = [
        Problem(column, "mapping.column-missing", {"column": column, "what": f})
        for column, f in mapping.columns.items() if column not in header
    ]
    present = [f for column, f in mapping.columns.items() if column in header]
    found += [
        Problem(f, "mapping.field-twice", {"what": f})
        for f in dict.fromkeys(present) if present.count(f) > 1 and not RULES[f].joins
    ]
    found += [
        Problem(f, "mapping.field-required", {"what": f})
        for f, rule in RULES.items() if rule.required and f not in present and not mapping.defaults.get(f, "").strip()
    ]
    return found


def left_out(mapping: Mapping, header: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of ``header`` that are not taken over."""
    return tuple(column for column in header if column not in mapping.columns)
