"""The life of a unit as people read it: visits, and what happened at each moment, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.places import Place
from app.domain.receiving import Accessory, ReturnCase, Unit
from app.domain.stages import Stage
from app.domain.today import PAGE_OF_STAGE


class Mood(StrEnum):
    """How an event is to be read."""

    PLAIN = "PLAIN"
    GOOD = "GOOD"
    CAUTION = "CAUTION"
    BAD = "BAD"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the movement chain, with its shelves by code and the document that moved it."""

    at: datetime
    from_place: Place
    to_place: Place
    from_shelf: str
    to_shelf: str
    document_number: str
    case_id: str | None
    by_name: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at one moment. ``action`` is the journal's word (``returning.pack``), empty for a bare move.

    ``facts`` are the journal's; ``undone``: it was taken back later; ``entry_id`` offers to take it back.
    """

    at: datetime
    action: str
    who: str
    case_id: str | None
    case_number: str
    facts: Mapping[str, Any]
    moves: tuple[Move, ...]
    mood: Mood
    undone: bool
    entry_id: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One return of the unit, for the list of visits."""

    case: ReturnCase
    customer: str
    result: str


@dataclass(frozen=True, slots=True)
class UnitLife:
    """Everything the detail of a unit shows; ``today`` is the depot's day it was read on.

    ``quoted``: the customer was told a price and has not answered.
    """

    unit: Unit
    model: str
    product_zh: str
    product_en: str
    customer: str
    shelf: str
    case: ReturnCase | None
    technician: str
    traveller_number: str
    traveller_place: Place | None
    traveller_archived: bool
    accessories: tuple[Accessory, ...]
    visits: tuple[Visit, ...]
    events: tuple[Event, ...]
    attachments: int
    today: date
    #: forms of the newest case that are on file with a signature
    signed: tuple[str, ...] = ()
    quoted: bool = False

    @property
    def page(self) -> str:
        """The page that carries the newest case on; empty where none does."""
        if self.quoted and self.stage is Stage.AWAITING_CUSTOMER:
            return "quotations"
        return PAGE_OF_STAGE.get(self.stage, "") if self.stage else ""

    @property
    def stage(self) -> Stage | None:
        """The stage of the newest case."""
        return self.case.stage if self.case else None


_GOOD = {
    "inspection.pass", "inspection.mark", "returning.deliver", "travellers.archive", "repair.finish",
    "spares.arrived", "spares.swap", "filing.file", "filing.match", "loaners.back",
}
_BAD = {
    "inspection.fail", "receiving.breach", "handover.refuse", "repair.refer", "receiving.refuse-line",
    "spares.write-off", "loaners.write-off",
}
_CAUTION = {
    "repair.pause", "repair.decline", "amending.amend", "inspection.alert", "disposition.override",
    "notices.return-as-is", "spares.owed", "warranty.verdict",
}


def mood_of(action: str, *, undone: bool) -> Mood:
    """How an action of the journal is to be read."""
    if undone or action.endswith(".undo"):
        return Mood.CAUTION
    return Mood.GOOD if action in _GOOD else Mood.BAD if action in _BAD else (
        Mood.CAUTION if action in _CAUTION else Mood.PLAIN
    )
