"""``demo``: make a believable depot to try things on."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from app.commands import line
from app.i18n import _
from app.progress import UNWATCHED


class _OnStderr:
    """One line that moves, where somebody watches."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Write how far it is."""
        end = "\n" if done == total else ""
        print(f"\r{done:3d} / {total}  {text}", end=end, file=sys.stderr, flush=True)


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("demo", help="make a believable depot: three weeks of work, units at every stage")
    parser.add_argument("--units", type=_count, default=None, metavar="N", help="about how many units (default 200)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make it. It is never made by default where this desk keeps its own data: ``--database`` is needed."""
    if not arguments.database:
        print(_("Say where the demonstration is to be made: --database FILE."), file=sys.stderr)
        return line.REFUSED
    from app.services import demo

    watched = _OnStderr() if sys.stderr.isatty() else UNWATCHED
    built = demo.build(str(arguments.database), units=arguments.units or demo.UNITS, progress=watched)
    print(_("Demonstration depot {depot} made in {place}: {n} visits since {since}.").format(
        depot=built.depot_id, place=built.target, n=built.units, since=built.since))
    print(_("Everybody's password is {password}, everybody's PIN is {pin}. Logins: {logins}.").format(
        password=demo.PASSWORD, pin=demo.PIN, logins=", ".join(demo.logins())))
    return line.DONE


def _count(text: str) -> int:
    """A whole number from 1 to 100,000."""
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f'"{text}" is no whole number from 1 to 100,000')
    return int(text)
