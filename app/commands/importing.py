"""``import``: rehearse or import a list of returned units."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import line
from app.i18n import _

if TYPE_CHECKING:
    from app.domain.importing.fates import RowFate
    from app.services.importing import Imported, Rehearsal


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("import", help="import a list of returned units (CSV, XLSX, XLS, ODS)")
    parser.add_argument("file", type=Path, help="the list")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="a saved column mapping; else it is recognised")
    parser.add_argument("--sheet", default="", metavar="NAME", help="sheet of a workbook; else the first with a list")
    parser.add_argument("--encoding", default="", help="encoding of a CSV file; else it is recognised")
    parser.add_argument("--history", action="store_true", help="the rows are past returns that are over")
    parser.add_argument("--rehearse", action="store_true", help="say what would become of each row; write nothing")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, rehearse and, unless only a rehearsal is wanted, import. Refused rows do not keep the others out."""
    from app.depot import SYSTEM, open_depot
    from app.domain.importing.mapping import ListKind
    from app.services import importing
    from app.spreadsheets import mapping
    from app.spreadsheets.reading import read

    sheet = read(arguments.file, sheet=arguments.sheet, encoding=arguments.encoding)
    columns = mapping.load(arguments.mapping) if arguments.mapping else mapping.mapping_for(sheet)
    if arguments.history:
        columns = replace(columns, kind=ListKind.HISTORY)
    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        rehearsal = importing.rehearse(depot, sheet, columns)
        imported = None if arguments.rehearse else importing.run(depot, rehearsal)
    finally:
        depot.close()
    if arguments.json:
        print(json.dumps(_plain(rehearsal, imported), ensure_ascii=False, indent=2))
    else:
        _tell(rehearsal, imported)
    return line.DONE


def _plain(rehearsal: Rehearsal, imported: Imported | None) -> dict[str, Any]:
    """``received`` counts every unit taken in, those with a depot tag (``tagged``) among them."""
    counts = rehearsal.counts
    return {
        "rows": counts.rows,
        "received": counts.received,
        "already_known": counts.already_known,
        "refused": counts.refused,
        "tagged": counts.tagged,
        "warnings": counts.warnings,
        "outcomes": dict(rehearsal.outcomes),
        "rehearsal": imported is None,
        "batch": imported.batch.number if imported and imported.batch else None,
        "mapping": rehearsal.mapping.name,
        "left_out": list(rehearsal.left_out),
        "details": [
            {
                "number": row.number,
                "fate": row.fate.value.lower(),
                "reason": row.reason,
                "reasons": [problem.code for problem in (*row.reasons, *row.warnings)],
            }
            for row in rehearsal.rows if not row.is_plain
        ],
    }


def _tell(rehearsal: Rehearsal, imported: Imported | None) -> None:
    from app.messages import say

    counts = rehearsal.counts
    print(_("Mapping: {name}").format(name=rehearsal.mapping.name))
    if rehearsal.left_out:
        print(_("Columns left out: {names}").format(names=", ".join(rehearsal.left_out)))
    print(
        _("{rows} rows: {received} received ({tagged} with a depot tag), {known} already known, {refused} refused; "
          "{warnings} rows with warnings").format(
            rows=counts.rows, received=counts.received, tagged=counts.tagged, known=counts.already_known,
            refused=counts.refused, warnings=counts.warnings)
    )
    for outcome, count in rehearsal.outcomes.items():
        print(f"  {outcome or _('no outcome')}: {count}")
    for code, (count, first) in _examples(rehearsal.rows).items():
        problem = next(p for p in (*first.reasons, *first.warnings) if p.code == code)
        number = _("row {number}").format(number=first.number)
        print(f"  {count} × {code} ({number}: {say(code, problem.facts)})")
    if imported is None:
        print(_("This was a rehearsal; nothing was written."))
    elif imported.batch is None:
        print(_("No row is new; nothing was written."))
    else:
        print(_("Imported as batch {number}.").format(number=imported.batch.number))
    for row in rehearsal.rows:
        if row.fate.value == "REFUSED":
            for problem in row.reasons:
                number = _("row {number}").format(number=row.number)
                print(f"{number}: {say(problem.code, problem.facts)}", file=sys.stderr)


def _examples(rows: Iterable[RowFate]) -> dict[str, tuple[int, RowFate]]:
    """Each code with how many rows it is said of and the first of them."""
    found: dict[str, tuple[int, RowFate]] = {}
    for row in rows:
        for code in dict.fromkeys(problem.code for problem in (*row.reasons, *row.warnings)):
            count, first = found.get(code, (0, row))
            found[code] = (count + 1, first)
    return found
