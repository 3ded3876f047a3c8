"""``report``: a month's report as PDF, workbook or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import line
from app.errors import Refused, Unavailable
from app.i18n import _, language, translator

if TYPE_CHECKING:
    from app.depot import Depot

#: What is asked for → its form.
KINDS = {"quality": "F22", "tests": "F21", "summary": "F24", "corrections": "F22K"}


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("report", help="a month's report as PDF or workbook")
    parser.add_argument("kind", choices=sorted(KINDS), help="quality (F22), tests (F21), summary (F24), corrections")
    parser.add_argument("month", metavar="YYYY-MM", help="the month")
    parser.add_argument("--out", metavar="FILE", default="", help="where to: FILE.pdf or FILE.xlsx")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the report."""
    from app.depot import SYSTEM, open_depot

    target = arguments.out
    if target and Path(target).suffix.lower() not in {".pdf", ".xlsx"}:
        raise Refused("quality.target", field="out", name=target)
    if not target and not arguments.json:
        raise Refused("quality.no-target", field="out")
    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        if target:
            _write(depot, arguments.kind, arguments.month, Path(target), arguments.language or "")
        if arguments.json:
            print(json.dumps(_plain(depot, arguments.kind, arguments.month), ensure_ascii=False, indent=2))
    finally:
        depot.close()
    if target and not arguments.json:
        print(_("{month}: {place}").format(month=arguments.month, place=target))
    return line.DONE


def _write(depot: Depot, kind: str, month: str, target: Path, spoken: str) -> None:
    from app.domain.slips import FormId
    from app.services import slips
    from app.spreadsheets import export, quality

    form = FormId(KINDS[kind])
    if target.suffix.lower() == ".xlsx":
        used = spoken or depot.identity.language
        export.write(target, quality.report_sheets(slips.monthly_slip(depot, form, month, translator(used)), used),
                     zone=depot.zone, language=used)
        return
    printed = slips.monthly(depot, form, month, language=spoken)
    try:
        target.write_bytes(printed.pdf)
    except OSError as error:
        raise Unavailable("slips.not-written", place=str(target), reason=error.strerror or str(error)) from error
    if printed.missing_glyphs:
        print(_("No font has these characters; they are shown as 〓: {characters}").format(
            characters=" ".join(sorted(printed.missing_glyphs))), file=sys.stderr)


def _plain(depot: Depot, kind: str, month: str) -> dict[str, Any]:
    """The report as plain values: of F22 the figures themselves, else what the paper says."""
    from app.domain.slips import FormId
    from app.services import quality, slips

    if kind == "quality":
        report = quality.month(depot, month)
        closed = report.closed
        return {**asdict(report.month), "closed": None if closed is None else {
            "by": closed.by_name, "at": closed.at.isoformat(), "digest": closed.digest}}
    return asdict(slips.monthly_slip(depot, FormId(KINDS[kind]), month, translator(language())))
