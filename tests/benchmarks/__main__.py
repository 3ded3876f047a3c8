"""Every benchmark with its target: ``python -m tests.benchmarks [--full]`` (full: a million units, more rounds)."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks import large, quality, receiving, search, slip, start

SEARCH_TARGET = 1 / 20


def main() -> None:
    """Run them one after another; each prints its own figures, the ratios come together at the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="a million units in the search, more rounds of the others")
    parser.add_argument("--keep", type=Path, help="folder for the large database, used again the next time")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as throw_away:
        units = 1_000_000 if chosen.full else 100_000
        file = (chosen.keep or Path(throw_away)) / f"{units}.db"
        if not file.exists():
            large.make(file, units)
        paint, use = start.main(9 if chosen.full else 5)
        figures = [
            ("receiving one unit / bare sqlite3", receiving.main(1000 if chosen.full else 300), receiving.TARGET),
            ("first paint / bare window", paint, start.TARGET_PAINT),
            ("of use / bare window", use, start.TARGET_USE),
            ("A4 slip / bare canvas", slip.ratio(60 if chosen.full else 20)[2], slip.TARGET),
            ("a month's report / its bare SQL", quality.main(), quality.TARGET),
            ("search, 99th percentile / LIKE scan", max(search.run(file).values()), SEARCH_TARGET),
        ]
    print(f"\n{'':40}{'measured':>10}{'target':>10}")
    for what, measured, target in figures:
        print(f"{what:40}{measured:10.3g}{target:10.3g}   {'reached' if measured <= target else 'MISSED'}")


if __name__ == "__main__":
    main()
