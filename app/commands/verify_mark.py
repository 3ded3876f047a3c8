"""``verify-mark``: whether a QA mark is genuine, from its code or a picture of it, without any connection."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app.commands import line
from app.i18n import _


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("verify-mark", help="whether a QA mark is genuine and its record unchanged")
    parser.add_argument("mark", metavar="TEXT-or-IMAGE", help="the scanned code, the number, or a photo, scan or PDF")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check and say; exit code 1 unless the mark is genuine and stands."""
    from app.depot import SYSTEM, open_depot
    from app.domain.proof import ProofState
    from app.labels import label
    from app.labels.proof import MEANINGS
    from app.services import proof

    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        shown = Path(arguments.mark)
        found = proof.check_image(depot, shown) if _is_file(shown) else proof.check(depot, arguments.mark)
    finally:
        depot.close()
    if arguments.json:
        print(json.dumps({
            "state": found.state.value, "mark": found.number, "serial": found.serial, "case": found.case_number,
            "inspector": found.inspector, "stamp": found.stamp_no, "at": found.at.isoformat() if found.at else None,
            "replaced_by": found.now,
        }, ensure_ascii=False, indent=2))
    else:
        print(f"{found.number}  {label(found.state)}")
        print(_(MEANINGS[found.state]).format(now=found.now))
        if found.at is not None:
            print(f"{found.serial}  {found.case_number}  {found.inspector} {found.stamp_no}  {found.at:%Y-%m-%d %H:%M}")
    return line.DONE if found.state is ProofState.GENUINE else line.REFUSED


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:     # a scanned code may be longer than a file name can be
        return False
