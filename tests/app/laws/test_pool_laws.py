"""No sequence of services loses a unit, doubles one, or lets one leave without its gate: spares, loaners, money, parts.

``FANXIU_LAWS_EXAMPLES`` and ``FANXIU_LAWS_STEPS`` make it walk longer.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from app.services import parts
from tests.app.laws import test_hard_laws
from tests.app.laws.pool_laws import check_pool
from tests.app.laws.pool_walk import PIECES, WEIGHTS, PoolWalk, furnish_pool
from tests.app.laws.test_storage_laws import EXAMPLES, STEPS


class Pool(test_hard_laws.HardCases):
    """A depot full of spares and loaners; after each step its file is read and judged."""

    furnished: ClassVar[Path]
    outcomes: ClassVar[Counter[tuple[str, str]]] = Counter()
    walk_type = PoolWalk
    names = tuple(name for name, weight in WEIGHTS.items() for _n in range(weight))

    @invariant()
    def everything_serves_one_purpose(self) -> None:
        check_pool(self.walk.eye)

    @invariant()
    def the_program_counts_what_the_rows_say(self) -> None:
        """Pieces on the shelves: the program's own figure is the sum of the ledger's lines."""
        for part in self.walk.asked("SELECT id FROM parts WHERE deleted_at IS NULL"):
            (booked,) = self.walk.asked(
                f"SELECT coalesce(sum(quantity), 0) AS n FROM part_movements WHERE part_id = '{part['id']}'")
            assert 0 <= booked["n"] <= PIECES
            assert parts.file(self.walk.depot, part["id"]).stock == booked["n"]


def test_spares_loaners_money_and_parts_keep_the_laws(template: Path, tmp_path: Path) -> None:
    Pool.furnished = tmp_path / "furnished.db"
    Pool.outcomes.clear()
    furnish_pool(template, Pool.furnished)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Pool,
        settings=settings(
            max_examples=max(6, EXAMPLES // 3), stateful_step_count=STEPS, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), print_blob=True,
            phases=(Phase.generate,),       # a failing walk is read as it is: to shorten one takes minutes
        ),
    )
    done = {name for name, said in Pool.outcomes if said == "done"}
    for name, said in sorted(Pool.outcomes):
        print(f"{name:16} {said:32} {Pool.outcomes[name, said]}")
    assert len(done) >= 0.7 * len(WEIGHTS), f"the walks did not do: {set(WEIGHTS) - done}"
