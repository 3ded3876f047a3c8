"""``move``: a depot goes from a file to a server or back, with proof that everything arrived."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from app.commands import line
from app.i18n import _, _n


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("move", help="move the depot to another database (file or PostgreSQL)")
    parser.add_argument("--from", dest="source", required=True, metavar="PATH-OR-URL", help="where the depot is")
    parser.add_argument("--to", dest="to", required=True, metavar="PATH-OR-URL", help="an empty database")
    parser.add_argument("--lost", action="store_true", help="it moved away from this server before, and is lost there")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Move and say what went over."""
    from app.services import moving

    done = moving.move(arguments.source, arguments.to, datetime.now(UTC), lost_there=arguments.lost)
    for content in done.contents:
        if content.rows:
            print(f"  {content.table:24} {content.rows:>9,}  {content.digest[:16]}")
    print(_n("{depot}: {n} row arrived, read back and found equal.", "{depot}: {n} rows arrived, read back and found "
             "equal.", done.rows).format(depot=done.depot_id, n=f"{done.rows:,}"))
    if done.set_aside:
        print(_("The old file is set aside and must not be worked in any more: {place}").format(place=done.set_aside))
    else:
        print(_("The old database is closed: who opens it is told where the depot is now. Drop it when you are sure."))
    print(_("The depot is now in {place}. Enter that at every desk: Settings, This computer, Data folder, or "
            "--database at the start (with the password, if one is needed).").format(place=done.to))
    return line.DONE
