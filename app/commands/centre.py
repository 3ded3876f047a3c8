"""``centre``: head office's server: made, brought up, depots entered, how they stand; and a trial on one machine."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

from app.commands import line
from app.i18n import _


def add(commands: Any) -> None:
    """Add the sub-parsers."""
    parser = commands.add_parser("centre", help="the head office's server: init, migrate, depot, status, demo")
    parts = parser.add_subparsers(title="parts", metavar="PART", required=True)
    init = parts.add_parser("init", help="make an empty PostgreSQL database the centre")
    init.add_argument("url", metavar="URL")
    init.add_argument("--code", default="HQ", help="head office's code")
    init.add_argument("--name", default="总部", help="head office's name")
    init.add_argument("--admin", default="admin", metavar="LOGIN", help="head office's first user of the program")
    init.set_defaults(run=_init)
    migrate = parts.add_parser("migrate", help="bring the centre to this program's schema")
    migrate.add_argument("url", metavar="URL")
    migrate.set_defaults(run=_migrate)
    depot = parts.add_parser("depot", help="enter a depot, or give it a new password")
    depot.add_argument("what", choices=["add", "password"])
    depot.add_argument("code", metavar="CODE")
    depot.add_argument("--centre", required=True, metavar="URL")
    depot.add_argument("--name", default="")
    depot.set_defaults(run=_depot)
    office = parts.add_parser("desk", help="a server login for a desk of head office")
    office.add_argument("login", metavar="LOGIN")
    office.add_argument("--centre", required=True, metavar="URL")
    office.add_argument("--new-password", action="store_true", help="for a desk that has its login already")
    office.set_defaults(run=_desk)
    status = parts.add_parser("status", help="depots, their last night, how far behind, alerts")
    status.add_argument("url", metavar="URL")
    status.add_argument("--json", action="store_true", help="print JSON")
    status.set_defaults(run=_status)
    demo = parts.add_parser("demo", help="a centre, two depots and a night between them, on this machine")
    demo.set_defaults(run=_demo)


def _init(arguments: argparse.Namespace) -> int:
    from app.errors import Refused
    from app.services import founding
    from app.sync import registry

    shown = registry.shown(arguments.url)
    if registry.is_centre(arguments.url):
        raise Refused("sync.is-a-centre", place=shown)
    founding.found(arguments.url, founding.Founding(
        arguments.code, arguments.name, arguments.admin, arguments.admin,
        _secret("FANXIU_ADMIN_PASSWORD", _("Password of the administrator: ")),
        _secret("FANXIU_ADMIN_PIN", _("PIN for signing: ")), language=arguments.language or "zh_CN",
    )).close()
    registry.prepare(arguments.url)
    print(_('The centre is ready in {place}. Next: "centre depot add CODE --centre URL".').format(place=shown))
    return line.DONE


def _migrate(arguments: argparse.Namespace) -> int:
    from app.errors import Refused
    from app.services import upgrading
    from app.sync import registry

    if not registry.is_centre(arguments.url):
        raise Refused("sync.not-a-centre", place=registry.shown(arguments.url))
    done = upgrading.upgrade(arguments.url)
    registry.prepare(arguments.url)
    print(_("The centre has schema {revision}.").format(revision=done.after))
    return line.DONE


def _depot(arguments: argparse.Namespace) -> int:
    from app.sync import registry

    if arguments.what == "add":
        made = registry.add_depot(arguments.centre, arguments.code, arguments.name, datetime.now(UTC))
    else:
        made = registry.renew_password(arguments.centre, arguments.code)
    _show(made)
    return line.DONE


def _desk(arguments: argparse.Namespace) -> int:
    from app.sync import registry

    _show(registry.add_head_office_login(
        arguments.centre, arguments.login, new_password=arguments.new_password,
    ))
    return line.DONE


def _show(made: Any) -> None:
    print(_("Enter this once; the password is not shown again."))
    print(_("Address: {address}").format(address=made.address))
    print(_("Password: {password}").format(password=made.password))


def _status(arguments: argparse.Namespace) -> int:
    from app.sync import registry

    found = registry.states(arguments.url, datetime.now(UTC))
    if arguments.json:
        print(json.dumps([state.as_plain() for state in found], ensure_ascii=False, indent=2, default=str))
        return line.DONE
    if not found:
        print(_('No depot is entered yet. Next: "centre depot add CODE --centre URL".'))
    for state in found:
        _say_state(state)
    return line.DONE


def _say_state(state: Any) -> None:
    """How one depot stands, in lines."""
    seen = f"{state.seen_at:%Y-%m-%d %H:%M} UTC" if state.seen_at else _("never")
    print(_("{code} {name}: last night {seen}, {rows} rows in {batches} batches, histories {histories}").format(
        code=state.code, name=state.name, seen=seen, rows=state.rows, batches=state.batches,
        histories=state.histories,
    ))
    if state.behind is not None:
        print("  " + _("behind {hours} h, clock off {seconds} s").format(hours=state.behind, seconds=state.skew))
    if state.outcome:
        tried = f"{state.tried_at:%Y-%m-%d %H:%M} UTC" if state.tried_at else _("never")
        print("  " + _("last tried {at}: {outcome}").format(at=tried, outcome=_outcome(state)))
    if state.alerts or state.conflicts:
        print("  " + _("alerts {alerts}, conflicts {conflicts}").format(
            alerts=state.alerts, conflicts=state.conflicts
        ))


def _outcome(state: Any) -> str:
    """How the last try ended; a refused one with what refused it."""
    from app.domain.sync.outcomes import Ended
    from app.labels import label

    code = state.last.get("code")
    return label(Ended(state.outcome)) + (f" ({code})" if code else "")


def _demo(arguments: argparse.Namespace) -> int:
    del arguments
    from app.sync import centre_trial

    with centre_trial.server() as url:
        from app.commands.centre_trial import show

        return show(url)


def _secret(variable: str, prompt: str) -> str:
    if variable in os.environ:
        return os.environ[variable]
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
