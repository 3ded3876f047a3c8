"""``backup``, ``restore``, ``verify``: copies of the database, one put back, and whether all is as it was written."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import line
from app.i18n import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.persistence.copies import Lost
    from app.services.recovery import Recovery


def add(commands: Any) -> None:
    """Add the three sub-parsers."""
    parser = commands.add_parser("backup", help="copy the database, checked, beside it and to a second place")
    parser.add_argument("--to", metavar="FOLDER", default="", help="another folder than backups/ beside the database")
    parser.add_argument("--second", metavar="FOLDER", default="", help="a second place (another disk)")
    parser.add_argument("--nightly", action="store_true", help="seal the ledgers first and count it as the night's")
    parser.add_argument("--list", action="store_true", help="only list the copies there are")
    parser.set_defaults(run=run)
    parser = commands.add_parser("restore", help="put a copy in the place of the database (which is set aside)")
    parser.add_argument("copy", metavar="COPY", help='path of a copy, or "newest"')
    parser.add_argument("--second", metavar="FOLDER", default="", help="look for the newest there too")
    parser.add_argument("--rehearse", action="store_true", help="only say what would be missing")
    parser.add_argument("--fetch", action="store_true", help="then exchange with the centre and list what came back")
    parser.set_defaults(run=run_restore)
    parser = commands.add_parser("verify", help="check chains, ledgers, numbers, references, contents and the file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run_verify)


def run(arguments: argparse.Namespace) -> int:
    """Make a copy, or list them."""
    from app.domain.backups import CopyKind
    from app.labels import label
    from app.services import backup

    target = line.target(arguments)
    if arguments.list:
        found = backup.listed(target, arguments.second)
        if not found:
            print(_("No copy was found in {place}.").format(place=_places(target, arguments.second)))
        for copy in found:
            print(f"{copy.made:%Y-%m-%d %H:%M} UTC  {label(copy.kind)}  {copy.size / 1e6:.1f} MB  {copy.place}")
        return line.DONE
    if arguments.nightly:
        from app.depot import SYSTEM, open_depot
        from app.services import verifying

        depot = open_depot(target, operator=SYSTEM)
        try:
            verifying.seal(depot)
        finally:
            depot.close()
    done = backup.back_up(
        target, datetime.now(UTC), CopyKind.NIGHTLY if arguments.nightly else CopyKind.MANUAL,
        second=arguments.second, folder=arguments.to)
    print(_("Copied to {place}.").format(place=done.copy.place))
    if done.second is not None:
        print(_("Copied to {place}.").format(place=done.second.place))
    if done.second_failed is not None:
        from app.messages import sentence

        print(sentence(done.second_failed), file=sys.stderr)
        return line.COULD_NOT_RUN
    return line.DONE


def run_restore(arguments: argparse.Namespace) -> int:
    """Put a copy back, or only say what it would cost."""
    from app.errors import Refused
    from app.services import backup

    target, chosen = line.target(arguments), arguments.copy
    if chosen == "newest":
        newest = backup.newest_good(target, arguments.second)
        if newest is None:
            raise Refused("backup.none", field="copy", place=_places(target, arguments.second))
        chosen = newest.place
    if arguments.rehearse:
        sheet = backup.look(target, chosen)
        made = f"{sheet.copy.made:%Y-%m-%d %H:%M} UTC"
        print(_("Copy of {when}, depot {name}.").format(when=made, name=sheet.depot_name))
        _say_lost(sheet.lost)
        return line.DONE
    done = backup.restore(target, chosen, datetime.now(UTC))
    print(_("{copy} now stands in {place}.").format(copy=Path(done.copy.place).name, place=done.place))
    if done.set_aside:
        print(_("The database that stood there is set aside: {place}").format(place=done.set_aside))
    _say_lost(done.lost)
    if not arguments.fetch:
        return line.DONE
    from app.commands import sync

    return sync.run(argparse.Namespace(**vars(arguments), now=True, json=False, password=False))


def _places(target: str, second: str) -> str:
    """Where copies of a database are looked for."""
    from app.services import backup

    return _(", ").join([str(backup.folder_of(target)), *([second] if second else [])])


def say_recovery(found: Recovery) -> None:
    """By serial: what the centre gave back after a restore, and what is missing."""
    if found.given_back:
        print(_("Head office gave back:"))
        _say_cases(found.given_back)
    else:
        print(_("Of the cases, head office had nothing newer than the copy."))
    if found.missing:
        print(_("Missing, to be entered again from the signed papers:"))
        _say_cases(found.missing)
    elif found.missing is not None:
        print(_("Nothing is missing of what could be read in the old file."))
    if back := found.contents_back:
        print(_n("{n} attachment came back.", "{n} attachments came back.", back).format(n=back))
    if missing := found.contents_missing:
        print(_n("{n} attachment is still to come.", "{n} attachments are still to come.", missing).format(n=missing))
    if found.known_until is not None:
        until, lost = (f"{at:%Y-%m-%d %H:%M:%S}" for at in (found.known_until, found.lost_at))
        print(_("Everything until {until} is on record; what was done from then until {lost} stands on papers only.")
              .format(until=until, lost=lost))


def _say_cases(cases: Sequence[Lost]) -> None:
    for one in cases:
        print(f"  {one.serial}  {one.case_number}  {one.model}")


def run_verify(arguments: argparse.Namespace) -> int:
    """Look everything over; exit code 1 when something is not as it was written."""
    from app.depot import SYSTEM, open_depot
    from app.labels.verifying import verified_words
    from app.messages import sentence
    from app.services import verifying

    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        done = verifying.verify(depot)
    finally:
        depot.close()
    if arguments.json:
        print(json.dumps({
            "sound": done.sound, "sealed": done.sealed, "head": done.head,
            "findings": [
                {"code": found.code, "about": found.field, "text": sentence(found)} for found in done.findings
            ],
        }, ensure_ascii=False, indent=2))
    else:
        for found in done.findings:
            print(sentence(found))
        print(
            verified_words(done.sealed)
            if done.sound else _n("{n} finding", "{n} findings", len(done.findings)).format(n=len(done.findings))
        )
    return line.DONE if done.sound else line.REFUSED


def _say_lost(lost: Sequence[Lost] | None) -> None:
    if lost is None:
        print(_("What changed since that copy cannot be read from the database."))
    elif lost:
        print(_("Changed since that copy, to be looked after by hand or fetched from head office:"))
        _say_cases(lost)
    else:
        print(_("Nothing has changed since that copy."))
