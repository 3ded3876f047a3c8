"""The demonstration depot while it is being made: its people, its rows, its clock, and the dice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from app.depot import Depot, Operator
from app.domain.inspection import TestItem
from app.domain.masterdata import Customer, Part, Product
from app.domain.people import Role
from app.domain.places import Place
from app.domain.signing import OutsideSignature, OwnSignature, Party
from app.domain.storage import ShelfView
from app.services.demo.fates import Fate, Life, Phase
from app.services.demo.sample import Row, Sample
from app.services.demo.time_lapse import MovingClock

#: Said on the screen of a throw-away depot.
PASSWORD, PIN = "fanxiu-demo", "2580"


@dataclass(eq=False)
class House:
    """Everything the days' work needs. ``days``: index → working day; the last one is today."""

    depot: Depot
    clock: MovingClock
    chance: Random
    sample: Sample
    days: dict[int, date]
    people: dict[Role, list[Operator]] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    tests: dict[str, tuple[TestItem, ...]] = field(default_factory=dict)
    shelves: dict[Place, list[ShelfView]] = field(default_factory=dict)
    lives: list[Life] = field(default_factory=list)
    day: int = 0
    #: ``stayed``: with the giver since yesterday, the line was refused; ``shipments``: shipment id → what is in it
    stayed: list[Life] = field(default_factory=list)
    shipments: dict[str, list[Life]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that is being lived."""
        return self.days[self.day]

    @property
    def last(self) -> int:
        """The index of the day on which the demonstration is opened."""
        return max(self.days)

    def who(self, role: Role, turn: int | None = None) -> Operator:
        """One of the people with ``role``: the two share the days, unless ``turn`` says otherwise."""
        staff = self.people[role]
        return staff[(self.day if turn is None else turn) % len(staff)]

    def at(self, role: Role, turn: int | None = None) -> Depot:
        """The depot with one of ``role`` at the desk."""
        return self.depot.as_operator(self.who(role, turn))

    def own(self, role: Role, turn: int | None = None) -> OwnSignature:
        """The signature of that person."""
        return OwnSignature(self.who(role, turn).login, PIN)

    def outside(self, party: Party, name: str) -> OutsideSignature:
        """A signature drawn by somebody outside: a line that is nobody's in particular."""
        x, points = 0.06, []
        while x < 0.94:
            points.append((round(x, 3), round(0.5 + self.chance.uniform(-0.33, 0.33), 3)))
            x += self.chance.uniform(0.03, 0.09)
        cut = max(3, len(points) // 2)
        return OutsideSignature(party, name, (tuple(points[:cut]), tuple(points[cut:])))

    def due(self, phase: Phase) -> list[Life]:
        """The lives in which ``phase`` is done today, of units that are in the house."""
        return [life for life in self.lives if life.case_id and life.fate.days.get(phase) == self.day]

    def owner(self, of: Fate) -> Life:
        """Whose fate it is now."""
        return next(life for life in self.lives if life.fate is of)

    def story_of(self, life: Life) -> Row:
        """What went wrong with the unit."""
        return life.story

    def english(self, life: Life) -> bool:
        """Whether the customer writes English."""
        return not self.customers[life.customer].language.startswith("zh")
