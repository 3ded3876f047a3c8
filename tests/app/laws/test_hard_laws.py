"""No sequence of services loses a unit, doubles one, or lets one leave without its gate: the hard cases at random.

``FANXIU_LAWS_EXAMPLES`` and ``FANXIU_LAWS_STEPS`` make it walk longer.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from tests.app.laws import test_storage_laws
from tests.app.laws.hard_walk import WEIGHTS, HardWalk, check_ends, furnish_hard
from tests.app.laws.test_storage_laws import EXAMPLES, STEPS
from tests.app.laws.walk import step

_NAMES = tuple(name for name, weight in WEIGHTS.items() for _n in range(weight))


class HardCases(test_storage_laws.Depot):
    """A depot full of hard cases; after each step its file is read and judged."""

    furnished: ClassVar[Path]
    outcomes: ClassVar[Counter[tuple[str, str]]] = Counter()
    walk_type: ClassVar[type[HardWalk]] = HardWalk
    names: ClassVar[tuple[str, ...]] = _NAMES

    def __init__(self) -> None:
        super().__init__()
        self.walk.close()
        self.walk = self.walk_type(self.folder / "depot.db")
        self.walk.open()
        self.walk.clock.advance(hours=1)          # after the depot was furnished
        self.least_units = self._units_that_came()

    def _units_that_came(self) -> int:
        """Units that were ever in the house; one only told about on the phone may be taken off the record again."""
        (units,) = self.walk.asked("SELECT count(*) AS n FROM units WHERE deleted_at IS NULL AND movement_no > 0")
        return int(units["n"])

    @rule(
        number=st.integers(0, 2**16), picks=st.lists(st.integers(0, 20), min_size=6, max_size=6),
        pause=st.sampled_from((0, 3, 30)),
    )
    def somebody_acts(self, number: int, picks: list[int], pause: int) -> None:
        self.walk.clock.advance(hours=pause)
        before = self._stamp()
        for turn in range(6):                       # who finds nothing to do lets another try
            name = self.names[(number + 37 * turn) % len(self.names)]
            said = step(self.walk, name, picks)
            if said != "nothing":
                break
        note(f"{name}: {said}")
        self.outcomes[name, said] += 1
        if said != "done":
            assert self._stamp() == before, f"{name} was refused ({said}) and wrote something"

    @invariant()
    def nobody_is_lost_or_leaves_without_a_gate(self) -> None:
        check_ends(self.walk.eye)
        units = self._units_that_came()
        assert units >= self.least_units, "a unit was lost"
        self.least_units = units


def test_the_hard_cases_keep_the_laws(template: Path, tmp_path: Path) -> None:
    HardCases.furnished = tmp_path / "furnished.db"
    HardCases.outcomes.clear()
    furnish_hard(template, HardCases.furnished)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        HardCases,
        settings=settings(
            max_examples=max(5, EXAMPLES // 3), stateful_step_count=STEPS, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )
    done = {name for name, said in HardCases.outcomes if said == "done"}
    for name, said in sorted(HardCases.outcomes):
        print(f"{name:16} {said:32} {HardCases.outcomes[name, said]}")
    assert len(done) >= 0.7 * len(WEIGHTS), f"the walks did not do: {set(WEIGHTS) - done}"


