"""N depots, M nights, every fault: the world of the simulation, over the real code (spec 4, "Obligations")."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

from app.errors import Refused, Unavailable
from app.persistence import migrate
from app.sync import run
from tests.simulation import handing_on, oracle, work
from tests.simulation.faults import Killed, Line, Reaper
from tests.simulation.places import LiteCentre, Place, small

FULL = 10**9
MOST_PLACES = 9
#: How often the line to the centre does what it should not, per call: on a usual night, and in a storm.
USUAL, STORM = 0.012, 0.12


class World:
    """Everything a seed decides. ``centre``: where the depots meet; what can be restored is restored now and then.
    ``line``: how bad the line is. ``transfers``: units go between the depots."""

    def __init__(
        self, seed: int, depots: int, centre: Any = None, line: float = USUAL, *, transfers: bool = False,
    ) -> None:
        self.line_rate = line
        self.seed, self.chance, self.stat = seed, random.Random(seed), Counter[str]()
        codes = [f"D{n}" for n in range(1, depots + 1)]
        self.reaper = Reaper(self.chance, self.stat, "centre_kills")
        self.centre: Any = centre or LiteCentre(codes, None, self.reaper)
        self.places = [Place(code, self.chance, self.stat) for code in codes]
        self.lines = {code: self._line(code) for code in codes}
        self.copies: list[list[Path]] = [[] for _ in codes]
        self.centre_copies: list[bytes] = []
        self.written: set[tuple[str, str, str]] = set()
        self.shapes = small(transfers=transfers)
        self.between = codes if transfers else []
        #: What units said at the centre at some time.
        self.ever: set[str] = set()

    def _line(self, code: str) -> Line:
        if not hasattr(self.centre, "engine_for"):
            return Line(self.centre.engine, self.chance, self.stat, self.reaper)
        engine = self.centre.engine_for(code)
        self.reaper.watch(engine)
        return Line(engine, self.chance, self.stat, self.reaper)

    # -- one night ---------------------------------------------------------------------------------------------

    def night(self) -> None:
        """Every depot works a day and tries to exchange; much goes wrong."""
        if self.chance.random() < 0.5:
            self._head_office()
        order = list(range(len(self.places)))
        self.chance.shuffle(order)
        for n in order:
            self._depot_night(n)
        if self.centre_copies and self.chance.random() < 0.02:
            self._restore_centre()

    def _depot_night(self, n: int) -> None:
        place, chance = self.places[n], self.chance
        place.reaper.rate = 0.01
        work.day(place, chance, self.written, self.between)
        place.reaper.rate = 0.0
        self._disasters(n)
        if chance.random() < 0.1:
            self.stat["offline"] += 1
            return
        place.reaper.rate = 0.002
        self.reaper.rate, self.lines[place.code].rate = 0.001, self.line_rate
        for _try in range(3):
            done = self._try(n)
            oracle.remember_notes(self)
            if done:
                break
        place.reaper.rate = self.reaper.rate = self.lines[place.code].rate = 0.0

    def _disasters(self, n: int) -> None:
        place, chance = self.places[n], self.chance
        if chance.random() < 0.03:
            self.copies[n].append(place.copy())
        if chance.random() < 0.03 and hasattr(self.centre, "copy"):
            self.centre_copies.append(self.centre.copy())
        if self.copies[n] and chance.random() < 0.02:
            self._restore(n)
        if len(self.places) < MOST_PLACES and chance.random() < 0.003:
            self._clone(n)
        if chance.random() < 0.01:
            oracle.damage(self, place)
        if chance.random() < 0.02:
            place.clock.now = place.clock.now.replace(year=chance.choice([2024, 2026, 2029]))
            self.stat["clock_jumps"] += 1

    def _try(self, n: int) -> bool:
        place = self.places[n]
        revision = self.chance.choice([migrate.HEAD] * 30 + ["0001", "9999", f"{int(migrate.HEAD) - 2:04d}"])
        try:
            report = run.night(
                place.depot, self.lines[place.code], asked_by="simulation", shapes=self.shapes, budget=FULL,
                most_rows=self.chance.choice([3, 7, 10_000]), revision=revision,
            )
        except Killed:
            self.stat["nights_killed"] += 1
            self.reaper.wake()
            place.kill_done()
            return False
        except Unavailable as failure:
            if failure.code not in {"sync.centre-away", "sync.garbled"}:
                raise
            self.stat["nights_failed"] += 1
            return False
        except Refused as refusal:
            if revision not in {"0001", "9999"} or refusal.code not in {"sync.centre-old", "sync.program-old"}:
                raise
            self.stat["schema_refused"] += 1
            return False
        self._count(report)
        if self.between:
            handing_on.hear(place)
        return True

    def _count(self, report: run.NightReport) -> None:
        assert report.outcome is run.Ended.VERIFIED
        self.stat["nights_verified"] += 1
        for name in ("forks", "taken_back", "conflicts", "sent"):
            self.stat[name] += getattr(report.tally, name)
        self.stat["joined"] += report.tally.joined
        self.stat["centre_was_restored"] += report.tally.restored_centre
        for kind, _facts in report.tally.alerts:
            self.stat[kind] += 1

    def _head_office(self) -> None:
        name = f"n{self.chance.getrandbits(30):x}"
        key = f"0193a{self.chance.randrange(20):03d}"
        self.stat["head_office"] += 1
        oracle.head_office_customer(self, key, name)

    # -- disasters ---------------------------------------------------------------------------------------------

    def _restore(self, n: int) -> None:
        self.stat["restored"] += 1
        oracle.about_to_lose(self, n)
        self.places[n].restore(self.chance.choice(self.copies[n]))

    def _clone(self, n: int) -> None:
        self.stat["cloned"] += 1
        place = self.places[n]
        self.places.append(Place(place.code, self.chance, self.stat, place.copy()))
        self.copies.append([])

    def _restore_centre(self) -> None:
        self.stat["centre_restored"] += 1
        data = self.chance.choice(self.centre_copies)
        self.centre.close()
        self.centre = LiteCentre([], data, self.reaper)
        for code in self.lines:
            self.lines[code] = self._line(code)
        oracle.centre_lost(self)

    # -- at the end --------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Fault-free nights until all is exchanged; then what was late arrives, and every obligation is checked."""
        notes = oracle.notes_before(self)
        for _n in range(3):
            for place in self.places:
                report = run.night(
                    place.depot, self.lines[place.code], asked_by="simulation", shapes=self.shapes, budget=FULL
                )
                self._count(report)
                if self.between:
                    handing_on.hear(place)
        for line in self.lines.values():
            line.arrive()
        oracle.check(self, notes)

    def close(self) -> None:
        for place in self.places:
            place.close()
        self.centre.close()


def live(
    seed: int, nights: int, depots: int, centre: Any = None, line: float = USUAL, *, transfers: bool = False,
) -> Counter[str]:
    """One world through its nights; raises when an obligation is broken."""
    world = World(seed, depots, centre, line, transfers=transfers)
    try:
        for _n in range(nights):
            world.night()
        world.settle()
    finally:
        world.close()
    world.stat["nights"] += nights
    world.stat["depot_nights"] += nights * len(world.places)
    return world.stat
