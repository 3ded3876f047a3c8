"""``sync``: the night without the window, for the operating system's scheduler."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.commands import line
from app.commands.backup import say_recovery
from app.i18n import _

if TYPE_CHECKING:
    from app.depot import Depot
    from app.errors import Unavailable
    from app.services.recovery import Recovery

#: What a night may find that never comes of honest work: rows changed by hand or disk, a clone at work.
FOUND = frozenset({"alert.rows-differed", "alert.held-differs", "alert.content-differs", "alert.two-computers"})


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("sync", help="exchange with the centre if the night is due, and verify")
    parser.add_argument("--now", action="store_true", help="whether it is due or not")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--password", action="store_true", help="ask for the centre's password once and keep it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: exchanged and verified (or not due yet), 1: refused, 2: no connection, disk or lock, 3: exchanged, but the

    two sides were not the same as they should have been: somebody must look.
    """
    from app.depot import SYSTEM, open_depot
    from app.services import night as nights
    from app.sync import credentials
    from app.sync.reaching import reach
    from app.sync.run import night

    depot = open_depot(line.target(arguments), operator=SYSTEM)
    try:
        if arguments.password:
            return _keep_password(credentials.address(depot))
        if not arguments.now and not nights.is_due(depot):
            _say(arguments, {"due": False, "next": nights.next_start(depot).isoformat()},
                 _("Not due yet; the next sync begins at {at}.").format(at=_local(depot, nights.next_start(depot))))
            return line.DONE
        centre = reach(depot, "command")
        try:
            nights.before(depot)
            report = night(depot, centre, asked_by="command")
            after = nights.after(depot)
            recovered, unreadable = _recovered(depot, whole=arguments.json)
        finally:
            centre.close()
    finally:
        depot.close()
    tally = report.tally
    found = [kind for kind, _facts in tally.alerts if kind in FOUND]
    more = {"recovery": asdict(recovered)} if recovered else {}
    text = _("Sent {sent} rows in {batches} batches, fetched {fetched}, compared {compared}: something was found.") \
        if found else _("Sent {sent} rows in {batches} batches, fetched {fetched}, compared {compared}: verified.")
    _say(
        arguments,
        {"due": True, **report.as_plain(), "found": found, "rulings_changed": after.rulings_changed, **more},
        text.format(sent=tally.sent, batches=tally.batches, fetched=tally.fetched, compared=tally.verified),
    )
    if not arguments.json:
        from app.messages import say, sentence

        for kind, facts in tally.alerts:
            print(say(kind, facts), file=sys.stderr)
        if recovered is not None:
            say_recovery(recovered)
        if unreadable is not None:
            print(sentence(unreadable), file=sys.stderr)
    return line.FOUND if found else line.DONE


def _recovered(depot: Depot, *, whole: bool) -> tuple[Recovery | None, Unavailable | None]:
    """How a recovery stands: to a program always, to a person when that is new; or why that cannot be said."""
    from app.errors import Unavailable
    from app.services import recovery

    try:
        return recovery.standing(depot) if whole else recovery.news(depot), None
    except Unavailable as error:        # the night is done all the same
        return None, error


def _say(arguments: argparse.Namespace, plain: dict[str, Any], text: str) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=2, default=str) if arguments.json else text)


def _local(depot: Any, moment: Any) -> str:
    return f"{moment.astimezone(depot.zone):%Y-%m-%d %H:%M}"


def _keep_password(target: str) -> int:
    from app.errors import Refused
    from app.sync import credentials

    if not target:
        raise Refused("sync.no-centre")
    prompt = _("Password for the centre: ")
    word = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not credentials.keep_password(target, word):
        raise Refused("sync.no-password", variable=credentials.VARIABLE)
    print(_("The password is kept in this computer's keyring."))
    return line.DONE
