"""The file of a unit 产品档案: how it was built and shipped, its key parts with their lots, what was agreed about it.

One file per unit, with everything the customer signed; and everything of a lot in one step, because a fault of one
unit is a question to its whole lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.places import Place
from app.domain.satisfaction import Grade
from app.domain.stages import Stage
from app.errors import Problem

LONGEST_STORY, LONGEST_NAME, MOST_PARTS = 4000, 200, 200
#: Typed before a lot, it finds everything of that lot.
LOT_PREFIX = "LOT:"


@dataclass(frozen=True, slots=True)
class UnitState:
    """``original``: as it was built; ``shipped``: as it left the factory; ``agreement``: service promised, prices of
    spares agreed."""

    original: str = ""
    shipped: str = ""
    software: str = ""
    agreement: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A key part as shipped. ``imported``: imported, made at home, or (``None``) not known."""

    name: str
    model: str = ""
    lot: str = ""
    serial: str = ""
    maker: str = ""
    imported: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductFile:
    """What is kept of a unit beside its master data."""

    state: UnitState
    parts: tuple[UnitPart, ...]


@dataclass(frozen=True, slots=True)
class LotRow:
    """A unit of a lot. ``part``: the key part that is of the lot, empty where the unit itself is; then what became of
    its newest visit."""

    unit_id: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    lot: str
    part: str
    customer: str
    place: Place
    visits: int
    case_number: str
    received_at: datetime | None
    symptom: str
    fault: str
    result: str
    outcome: str
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A numbered paper. ``signed_at``: when its signed scan was filed."""

    number: str
    form: str
    issued_at: datetime
    case_number: str
    serial: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FiledAnswer:
    """What a customer answered on a feedback slip."""

    at: datetime
    number: str
    case_number: str
    overall: Grade | None
    opinion: str


@dataclass(frozen=True, slots=True)
class FittedPart:
    """A part fitted at the bench."""

    case_number: str
    at: datetime
    name: str
    part_no: str
    quantity: int
    removed_serial: str
    fitted_serial: str


@dataclass(frozen=True, slots=True)
class FiledCase:
    """A return case in a file. ``fault``: what the bench found."""

    number: str
    serial: str
    model: str
    received_at: datetime | None
    returned_at: datetime | None
    symptom: str
    fault: str
    result: str
    outcome: str
    stage: Stage
    technician: str


@dataclass(frozen=True, slots=True)
class FiledAgreement:
    """A loaner agreement or a spare left at the site."""

    number: str
    serial: str
    since: datetime
    until: date | None
    over: bool
    loaner: bool


@dataclass(frozen=True, slots=True)
class FiledPrice:
    """A price the customer agreed to. ``settled_fen``: paid or put on account so far."""

    number: str
    case_number: str
    serial: str
    model: str
    agreed_at: datetime | None
    agreed_by: str
    total_fen: int
    settled_fen: int


def problems(state: UnitState, parts: Sequence[UnitPart]) -> list[Problem]:
    """What is wrong with a product file. Codes: ``files.text-long``, ``files.part-name``, ``files.too-many``."""
    found = [
        Problem(name, "files.text-long", {"most": LONGEST_STORY})
        for name in ("original", "shipped", "software", "agreement", "note")
        if len(getattr(state, name)) > LONGEST_STORY
    ]
    if any(not part.name.strip() for part in parts):
        found.append(Problem("parts", "files.part-name"))
    if any(len(text) > LONGEST_NAME for part in parts
           for text in (part.name, part.model, part.lot, part.serial, part.maker, part.note)):
        found.append(Problem("parts", "files.text-long", {"most": LONGEST_NAME}))
    if len(parts) > MOST_PARTS:
        found.append(Problem("parts", "files.too-many", {"most": MOST_PARTS}))
    return found


def wanted_lot(text: str) -> str:
    """The lot that is asked for by ``lot:XYZ`` (any case, half or full width); empty for any other text."""
    plain = text.strip().upper().replace("：", ":").replace("批号:", LOT_PREFIX)
    return plain[len(LOT_PREFIX):].strip() if plain.startswith(LOT_PREFIX) else ""
