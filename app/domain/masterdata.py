"""Master data: customers, products, parts, shelves, codes (spec 1 §1). Owned by head office or proposed by a depot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.places import Place
from app.domain.serials import ANY, SerialRule


class CustomerKind(StrEnum):
    """Who a customer is (spec 1 §1)."""

    END_USER = "END_USER"
    DEALER = "DEALER"
    PARTNER = "PARTNER"          # development partner (研制单位)
    FIELD_TEAM = "FIELD_TEAM"    # our own field team


class Control(StrEnum):
    """Whether a product is followed by serial or by lot."""

    SERIAL = "SERIAL"
    LOT = "LOT"


class DayKind(StrEnum):
    """How a day differs from the ordinary calendar."""

    HOLIDAY = "HOLIDAY"
    WORKDAY = "WORKDAY"          # make-up working day (调休)


class CodeKind(StrEnum):
    """Which table of codes."""

    SYMPTOM = "SYMPTOM"
    FAULT = "FAULT"
    RESOLUTION = "RESOLUTION"


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation or person that uses the product. ``language``: of the printed forms."""

    id: str
    code: str
    name: str
    kind: str = CustomerKind.END_USER.value
    address: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh_CN"
    distance_class: str = ""
    note: str = ""
    proposed: bool = False
    merged_into: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Product:
    """A model. ``warranty``: terms as plain values (``app.domain.warranty``); ``soak_minutes``: for NFF units."""

    id: str
    model: str
    name_zh: str
    name_en: str
    line: str = ""
    control: str = Control.SERIAL.value
    serial_rule: Mapping[str, Any] = field(default_factory=dict)
    storage_condition: str = ""
    price_class: str = ""
    warranty: Mapping[str, Any] = field(default_factory=dict)
    soak_minutes: int = 0
    note: str = ""
    proposed: bool = False
    merged_into: str | None = None
    active: bool = True

    @property
    def rule(self) -> SerialRule:
        """How this product's serials are written."""
        return SerialRule.from_dict(self.serial_rule) if self.serial_rule else ANY

    def name(self, language: str) -> str:
        """The product's name in ``language``."""
        return self.name_zh if language.startswith("zh") else (self.name_en or self.name_zh)


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity part (备件). ``price_fen``: list price; ``reorder_level``: pieces."""

    id: str
    part_no: str
    name_zh: str
    name_en: str
    unit: str = ""
    price_fen: int = 0
    reorder_level: int = 0
    note: str = ""
    proposed: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf position (货位) in a zone. ``provides``: storage conditions it meets, separated by commas."""

    id: str
    place: Place
    code: str
    capacity: int = 0
    provides: str = ""
    note: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a table of codes (spec 1 §8)."""

    id: str
    kind: str
    code: str
    name_zh: str
    name_en: str
    cause_class: str = ""
    product_line: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which the depot works or rests against the ordinary calendar."""

    id: str
    day: date
    kind: str
    note: str = ""
