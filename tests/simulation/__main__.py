"""The long form: ``python -m tests.simulation --nights 20000``. A failing seed is printed and can be run again."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter

from tests.simulation.world import live


def main() -> int:
    """Run nights until there are enough; returns 1 when an obligation was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--nights", type=int, default=20_000, help="nights of one depot each, in all")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--depots", type=int, default=3)
    parser.add_argument("--length", type=int, default=20, help="nights of each world")
    parser.add_argument("--centre", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    total, failed, began, seed = Counter[str](), 0, time.monotonic(), given.seed
    with _centres(given.centre, given.depots) as centre:
        while total["depot_nights"] < given.nights:
            try:
                total += live(seed, given.length, given.depots, centre() if centre else None, transfers=True)
            except Exception:  # noqa: BLE001  printed, and counted
                failed += 1
                total["depot_nights"] += given.length * given.depots
                print(f"seed {seed}:", file=sys.stderr)
                traceback.print_exc()
            seed += 1
    seconds = time.monotonic() - began
    print(f"{total['depot_nights']} nights in {seconds:.0f} s, {failed} worlds failed")
    for name, count in sorted(total.items()):
        print(f"  {name}: {count}")
    return 1 if failed else 0


def _centres(kind: str, depots: int):
    from contextlib import nullcontext

    if kind == "sqlite":
        return nullcontext(None)
    from tests.simulation.postgres import centres

    return centres(depots)


if __name__ == "__main__":
    sys.exit(main())
