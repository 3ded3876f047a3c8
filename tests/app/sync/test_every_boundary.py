"""A night killed at every single statement, and begun again: all-or-nothing each time, and in the end the same."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest

from app.errors import Unavailable
from app.sync import run
from tests.simulation import oracle, work
from tests.simulation.faults import Killed, Reaper
from tests.simulation.places import Place
from tests.simulation.world import FULL, World

MOST = 2_000
#: Every so many-th statement in the suite; ``FANXIU_EVERY=1`` for each.
STEP = int(os.environ.get("FANXIU_EVERY", "9"))


class AtNth(Reaper):
    """Kills at the n-th look."""

    left = 0

    def look(self) -> None:
        if self.dead:
            raise Killed
        if self.left:
            self.left -= 1
            if not self.left:
                self.dead = True
                raise Killed


@pytest.fixture
def world() -> World:
    return World(7, 1)


def _killed_everywhere(world: World, begin: Callable[[], None], *, at_centre: bool) -> int:
    """Kill the night after ``begin`` at its first statement, its second, … until one lives; returns how many died."""
    died = 0
    for n in range(1 + world.chance.randrange(STEP), MOST, STEP):
        begin()
        place, line = world.places[0], world.lines["D1"]
        reaper = world.reaper if at_centre else place.reaper
        reaper.__class__ = AtNth
        reaper.left = n                                        # type: ignore[attr-defined]
        try:
            run.night(place.depot, line, shapes=world.shapes, budget=FULL, most_rows=6)
            lived = reaper.left > 0                            # type: ignore[attr-defined]
        except (Killed, Unavailable):
            lived = False
            died += 1
        reaper.left = 0                                        # type: ignore[attr-defined]
        reaper.wake()
        reaper.__class__ = Reaper
        run.night(place.depot, line, shapes=world.shapes, budget=FULL)
        oracle.check(world, {0: set()})
        if lived:
            return died
    raise AssertionError("the night never ends")


def _some_work(world: World) -> None:
    for _n in range(2):
        work.day(world.places[0], world.chance, world.written)


@pytest.mark.parametrize("at_centre", [False, True], ids=["at the depot", "at the centre"])
def test_push_and_pull_killed_at_every_statement(world: World, at_centre: bool) -> None:
    run.night(world.places[0].depot, world.lines["D1"], shapes=world.shapes, budget=FULL)

    def begin() -> None:
        _some_work(world)
        world.centre.head_office(f"0193a{random.Random(len(world.written)).randrange(99):03d}", "x")

    assert _killed_everywhere(world, begin, at_centre=at_centre) > 20 // STEP
    world.close()


@pytest.mark.parametrize("at_centre", [False, True], ids=["at the depot", "at the centre"])
def test_a_fork_killed_at_every_statement(world: World, at_centre: bool) -> None:
    place = world.places[0]
    _some_work(world)
    run.night(place.depot, world.lines["D1"], shapes=world.shapes, budget=FULL)

    def begin() -> None:
        copy = place.copy()
        _some_work(world)
        run.night(place.depot, world.lines["D1"], shapes=world.shapes, budget=FULL)
        place.restore(copy)
        copy.unlink()
        _some_work(world)

    assert _killed_everywhere(world, begin, at_centre=at_centre) > 30 // STEP
    world.close()


def test_two_computers_with_one_database_are_told_of(world: World) -> None:
    first = world.places[0]
    run.night(first.depot, world.lines["D1"], shapes=world.shapes)
    second = Place("D1", world.chance, Counter[str](), first.copy())
    told = []
    for _n in range(2):
        for place in (first, second):
            work.day(place, world.chance, world.written)
            report = run.night(place.depot, world.lines["D1"], shapes=world.shapes)
            told.append([kind for kind, _facts in report.tally.alerts if kind != "alert.clock"])
    assert "alert.two-computers" in [kind for kinds in told for kind in kinds]
    second.close()
    world.close()


