"""Nothing lost, nothing doubled, nothing silently different: simulated nights with every fault, from seeds."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.conftest import PostgresServer
from tests.simulation.mutants import BETWEEN, MUTANTS, caught
from tests.simulation.postgres import Centres
from tests.simulation.world import STORM, live

#: Worlds of 20 nights with 3 depots each.
WORLDS = int(os.environ.get("FANXIU_WORLDS", "34"))
#: Seeds that failed once, each for a reason of its own.
ONCE_FAILED = (2, 12, 103, 116, 10066, 10113)


@pytest.mark.parametrize("part", range(4))
def test_two_thousand_nights_with_every_fault_lose_nothing(part: int) -> None:
    total = Counter[str]()
    for seed in range(1000 + part, 1000 + WORLDS, 4):
        total += live(seed, 20, 3, transfers=part > 0)
    assert total["depot_nights"] >= 60 * (WORLDS // 4)
    for fault in ("kills", "centre_kills", "lost_there", "lost_back", "garbled", "schema_refused", "nights_verified"):
        assert total[fault], fault
    assert bool(total["transfers_heard"]) == (part > 0)


#: The same of worlds whose units are moved and handed on.
ONCE_FAILED_BETWEEN = (29, 100155)


@pytest.mark.parametrize("seed", ONCE_FAILED_BETWEEN)
def test_seeds_of_units_on_the_move_that_failed_once(seed: int) -> None:
    live(seed, 20, 3, transfers=True)


@pytest.mark.parametrize("seed", ONCE_FAILED)
def test_seeds_that_failed_once(seed: int) -> None:
    live(seed, 20, 3)


#: Worlds with a line so bad that pushes are cut again and again: (seed, line), which failed once.
CUT = ((6, 0.3), (0, 0.3), (2, 0.3))


@pytest.mark.parametrize(("seed", "line"), CUT)
def test_pushes_that_are_cut_leave_nothing_that_cannot_be_taken_back(seed: int, line: float) -> None:
    live(seed, 12, 3, line=line)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_without_one_of_its_guards_the_simulation_notices(mutant: str) -> None:
    def world(seed: int) -> Counter[str]:
        return live(seed, 12, 3, line=STORM, transfers=mutant in BETWEEN)

    assert caught(MUTANTS[mutant], world, range(1, 40)) is not None


@pytest.mark.postgres
def test_two_hundred_nights_on_a_real_server(postgres_server: PostgresServer) -> None:
    centres = Centres(postgres_server.base, ["D1", "D2", "D3"])
    total = Counter[str]()
    for seed in range(2000, 2007):
        total += live(seed, 10, 3, centres.fresh(), transfers=True)
    assert total["depot_nights"] >= 200
    assert total["nights_verified"]
    assert total["transfers_heard"]
