"""``init``: found a depot without the window."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from typing import Any

from app.commands import line
from app.i18n import _


def add(commands: Any) -> None:
    """Add the sub-parser."""
    parser = commands.add_parser("init", help="found a depot: make its database and its first administrator")
    parser.add_argument("--depot", required=True, metavar="CODE", help="depot code, e.g. SH1")
    parser.add_argument("--name", required=True, help="the depot's name, as it stands on papers")
    parser.add_argument("--admin", default="admin", metavar="LOGIN", help="login of the first administrator")
    parser.add_argument("--admin-name", default="", metavar="NAME")
    parser.add_argument("--time-zone", default="Asia/Shanghai", metavar="ZONE")
    parser.add_argument("--address", default="")
    parser.add_argument("--phone", default="")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Found it. Password and PIN are asked for, or taken from FANXIU_ADMIN_PASSWORD and FANXIU_ADMIN_PIN."""
    from app.services import founding

    founded = founding.found(
        line.target(arguments),
        founding.Founding(
            arguments.depot, arguments.name, arguments.admin, arguments.admin_name or arguments.admin,
            _secret("FANXIU_ADMIN_PASSWORD", _("Password of the administrator: ")),
            _secret("FANXIU_ADMIN_PIN", _("PIN for signing: ")),
            language=arguments.language or "zh_CN", time_zone=arguments.time_zone, address=arguments.address,
            phone=arguments.phone,
        ),
    )
    place = founded.database.display
    founded.close()
    print(_("Depot {depot} founded in {place}.").format(depot=arguments.depot, place=place))
    return line.DONE


def _secret(variable: str, prompt: str) -> str:
    if variable in os.environ:
        return os.environ[variable]
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
