"""``slip``: one paper as PDF, made from the record by its number."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import line
from app.errors import Refused, Unavailable
from app.i18n import _, _n

if TYPE_CHECKING:
    from app.depot import Depot
    from app.printing import Printed

_HELP = """\
FORM is F1 … F10, F20C (stock-take sheet) with the number of the document or of the case, e.g.
  slip F1 SH1-R2611-00042 --out traveller.pdf
or a form that has no number of its own:
  slip F3  2026-11             the register of a month, or 2026-11-01..2026-11-15
  slip F20 pending:2026-11     the ledger of a zone (pending, repaired, spare, scrap)
  slip F25 -                   the command card
--out - writes to standard output."""


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser(
        "slip", help="make one paper as PDF", description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("form", metavar="FORM", help="F1, F2, …")
    parser.add_argument("number", metavar="NUMBER", help="document number; for F3 and F20 the period")
    parser.add_argument("--out", required=True, metavar="FILE", help="where to; - for standard output")
    parser.add_argument("--medium", default="", metavar="SIZE", help="size of a label, e.g. 60x40")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make it and write it; that it left the program is noted for numbered papers."""
    from app.depot import SYSTEM, open_depot

    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        printed = _paper(depot, arguments)
        _write(arguments.out, printed.pdf)
        _note(depot, arguments)
    finally:
        depot.close()
    if printed.missing_glyphs:
        print(_("No font has these characters; they are shown as 〓: {characters}").format(
            characters=" ".join(sorted(printed.missing_glyphs))), file=sys.stderr)
    if arguments.out != "-":
        print(_n("{form} {number}: {pages} page in {place}", "{form} {number}: {pages} pages in {place}",
                 printed.pages).format(
            form=arguments.form.upper(), number=arguments.number, pages=printed.pages, place=arguments.out))
    return line.DONE


def _paper(depot: Depot, arguments: argparse.Namespace) -> Printed:
    from app.domain.slips import FormId
    from app.services import slips

    form = _form(arguments.form)
    spoken = arguments.language or ""
    if form is FormId.RETURN_REGISTER:
        from app.domain.register import Selection

        start, end = _period(arguments.number)
        return slips.register(depot, Selection(start=start, end=end), language=spoken)
    if form is FormId.ZONE_LEDGER:
        zone, _colon, period = arguments.number.partition(":")
        start, end = _period(period) if period else _month(depot.today())
        return slips.zone_ledger(depot, _zone(zone), start, end, language=spoken)
    if form is FormId.COMMAND_CARD:
        return slips.command_card(depot, language=spoken)
    return slips.paper(depot, form, arguments.number, language=spoken, medium=arguments.medium)


def _note(depot: Depot, arguments: argparse.Namespace) -> None:
    from app.services import slips

    form = _form(arguments.form)
    if form in slips.NUMBERED:
        slips.printed(depot, [arguments.number], form=form, how="save", language=arguments.language or "")


def _form(text: str) -> Any:
    from app.domain.slips import FormId

    try:
        return FormId(text.strip().upper())
    except ValueError:
        known = ", ".join(form.value for form in FormId)
        raise Refused("slips.unknown-form", field="form", value=text, known=known) from None


def _zone(text: str) -> Any:
    from app.domain.places import ZONES

    wanted = text.strip().upper().removeprefix("ZONE_")
    for zone in ZONES:
        if zone.value == f"ZONE_{wanted}":
            return zone
    raise Refused("slips.unknown-zone", field="zone", value=text)


def _period(text: str) -> tuple[date, date]:
    """``2026-11`` is the whole month, ``2026-11-01..2026-11-15`` both days included."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", text.strip())
    try:
        if found:
            return _month(date(int(found[1]), int(found[2]), 1))
        first, dots, last = text.strip().partition("..")
        start, end = date.fromisoformat(first), date.fromisoformat(last if dots else first)
    except ValueError:
        raise Refused("slips.period", field="period", value=text) from None
    if end < start:
        raise Refused("slips.period", field="period", value=text)
    return start, end


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)


def _write(place: str, pdf: bytes) -> None:
    try:
        if place == "-":
            sys.stdout.buffer.write(pdf)
            sys.stdout.buffer.flush()
        else:
            Path(place).write_bytes(pdf)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unavailable("slips.not-written", place=place, reason=error.strerror or str(error)) from error
