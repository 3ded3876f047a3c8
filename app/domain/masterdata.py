"""Master data: customers, products, parts, shelves, codes (spec 1 §1). Owned by head office or proposed by a depot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.money import MOST_FEN, Money
from app.domain.places import Place
from app.domain.serials import ANY, SerialRule, rule_problems
from app.domain.stock import MOST
from app.errors import Problem

#: Longer names are pasted addresses.
LONGEST_NAME = 200


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
class Contact:
    """A person at a customer. ``role``: what they are there, e.g. site engineer."""

    id: str
    customer_id: str
    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A model. ``warranty``: terms as plain values (``app.domain.warranty``).

    ``soak_minutes``, ``soak_cycles``, ``soak_plan``: the soak test of NFF units (0 minutes: as policy says).

    ``replacement_fen``: what a new one costs us, in fen (0: not known).
    """

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
    soak_cycles: int = 0
    soak_plan: str = ""
    replacement_fen: int = 0
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
class KeyPart:
    """A part whose replacement has a warranty of its own (spec 1 §7). ``warranty_months`` None: the product's."""

    id: str
    product_id: str
    name_zh: str
    name_en: str
    part_no: str = ""
    warranty_months: int | None = None


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


def customer_problems(customer: Customer) -> list[Problem]:
    """What is wrong with a customer as typed. Codes: ``customer.name-missing``, ``customer.name-long``."""
    name = customer.name.strip()
    if not name:
        return [Problem("name", "customer.name-missing")]
    return [Problem("name", "customer.name-long", {"most": LONGEST_NAME})] if len(name) > LONGEST_NAME else []


def product_problems(product: Product) -> list[Problem]:
    """What is wrong with a product as typed.

    Codes: ``product.model-missing``, ``product.name-missing``, ``product.condition-form`` (a comma would read as two
    conditions), ``product.price`` (what a new one costs is negative or beyond belief), those of the serial rule.
    """
    found = []
    if not product.model.strip():
        found.append(Problem("model", "product.model-missing"))
    if not product.name_zh.strip():
        found.append(Problem("name_zh", "product.name-missing"))
    if "," in product.storage_condition or "，" in product.storage_condition:
        found.append(Problem("storage_condition", "product.condition-form", {"value": product.storage_condition}))
    if not 0 <= product.replacement_fen <= MOST_FEN:
        facts = {"value": Money(product.replacement_fen), "most": Money(MOST_FEN)}
        found.append(Problem("replacement_fen", "product.price", facts))
    return found + rule_problems(product.rule)


def part_problems(part: Part) -> list[Problem]:
    """What is wrong with a part as typed.

    Codes: ``part.number-missing``, ``part.name-missing``, ``part.price`` (negative or beyond belief), ``stock.level``.
    """
    found = []
    if not part.part_no.strip():
        found.append(Problem("part_no", "part.number-missing"))
    if not part.name_zh.strip():
        found.append(Problem("name_zh", "part.name-missing"))
    if not 0 <= part.price_fen <= MOST_FEN:
        found.append(Problem("price_fen", "part.price", {"value": Money(part.price_fen), "most": Money(MOST_FEN)}))
    if not 0 <= part.reorder_level <= MOST:
        found.append(Problem("reorder_level", "stock.level", {"value": part.reorder_level, "most": MOST}))
    return found
