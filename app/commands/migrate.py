"""``migrate``: bring a database to this program's schema, with a copy made before."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands import line
from app.i18n import _


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("migrate", help="bring the database to this program's schema (a copy is made first)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Upgrade and say what was done."""
    from app.services import upgrading

    done = upgrading.upgrade(line.target(arguments))
    if done.before == done.after:
        print(_("The database is current (schema {revision}).").format(revision=done.after))
    else:
        print(_("Upgraded from schema {before} to {after}.").format(before=done.before, after=done.after))
    if done.copy is not None:
        print(_("The copy made before is {place}.").format(place=done.copy))
    return line.DONE
