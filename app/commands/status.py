"""``status``: what stands where, as text or JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any

from app.commands import line
from app.i18n import _
from app.labels import label


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("status", help="what stands where, what is open, what is overdue")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the state of the depot."""
    from app.depot import SYSTEM, open_depot
    from app.services import status

    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        state = status.of(depot)
    finally:
        depot.close()
    if arguments.json:
        print(json.dumps(state.as_plain(), ensure_ascii=False, indent=2))
        return line.DONE
    print(f"{state.name} ({state.depot_id})  {state.at:%Y-%m-%d %H:%M}")
    print(_("Schema {revision}, {n} changes so far").format(revision=state.schema, n=state.seq))
    for place, count in state.places.items():
        print(f"  {label(place)}: {count}")
    for stage, count in state.stages.items():
        print(f"  {label(stage)}: {count}")
    print(_("Overdue: {n}").format(n=state.overdue))
    print(_("Travellers outstanding: {n}").format(n=state.travellers_outstanding))
    return line.DONE
