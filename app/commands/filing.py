"""``file``: scans of signed papers file themselves, without a window."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.commands import line
from app.i18n import _


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("file", help="file scans of signed papers by their codes")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="PDF or picture")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help="move each file there when its pages are done")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """File and say what became of each page; exit code 1 when a page waits or a file could not be read."""
    from app.depot import SYSTEM, open_depot
    from app.labels import label
    from app.messages import sentence
    from app.services import filing
    from app.services.filing import Fate

    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        done = filing.file_scans(depot, arguments.files, into=arguments.into)
    finally:
        depot.close()
    if arguments.json:
        print(json.dumps([
            {"file": page.source, "page": page.source_page, "fate": page.fate.value, "number": page.number,
             "reason": page.reason.value if page.reason else None} for page in done.pages
        ], ensure_ascii=False, indent=2))
    else:
        words = {Fate.FILED: _("filed"), Fate.WAITING: _("waits in the inbox"), Fate.KNOWN: _("known already")}
        for page in done.pages:
            why = label(page.reason) if page.reason else ""
            print("  ".join(p for p in (f"{page.source}:{page.source_page}", words[page.fate], page.number, why) if p))
    for _name, why_not in done.refused:
        print(sentence(why_not), file=sys.stderr)
    return line.REFUSED if done.refused or done.count(Fate.WAITING) else line.DONE
