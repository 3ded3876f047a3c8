"""How the program is opened: which depot, in which language and look, and the first start where there is none yet."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import LANGUAGE, THEME, desk, forget

if TYPE_CHECKING:
    from app.depot import Depot, Operator
    from app.domain.people import Role
    from ui.background import Progress
    from ui.main_window import MainWindow


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window on the depot of ``--database``, else on this desk's; found it first where there is none."""
    if arguments.demo:
        return open_demo(arguments)
    from ui.desktop import Start, run

    settings = desk()
    spoken, look = arguments.language or settings[LANGUAGE], arguments.theme or settings[THEME]
    target = str(arguments.database or settings.database_target())
    first = not _is_there(target) and not _has_moved(target) and (
        bool(arguments.database) or not _has_copies(target))
    if first:
        founded = _found(target, spoken, look)
        if founded is None:
            return 0
        target, spoken = founded, settings[LANGUAGE]

    def opened() -> Depot:
        from app.depot import open_depot

        return open_depot(target)

    return run(Start(opened, _shown(target), spoken, look, begin=_to_the_first_receipt if first else None,
                     upgrade=partial(_upgrade, target), file=_file(target)))


def open_demo(arguments: argparse.Namespace) -> int:
    """Open the window on a demonstration in a place of its own, which is removed when the window is closed."""
    from ui.desktop import Start, need_display, run

    spoken, look = arguments.language or desk()[LANGUAGE], arguments.theme or desk()[THEME]
    need_display(spoken)
    folder = Path(tempfile.mkdtemp(prefix="fanxiu-demo-"))
    os.environ["FANXIU_CONFIG_DIR"] = str(folder / "desk")      # what is chosen here is not chosen for the desk
    forget()
    target = folder / "demo.db"

    def prepared(progress: Progress) -> str:
        from app.services.demo import keeping

        keeping.copy_to(target, progress=progress)
        return ""

    def opened() -> Depot:
        from app.depot import open_depot
        from app.services import demo

        return open_depot(str(target), hashing=demo.HASHING)

    try:
        return run(Start(opened, str(target), spoken, look, demo=True, sign_in=_demo_clerk, begin=_say_demo,
                         prepare=prepared))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _demo_clerk(depot: Depot) -> Operator:
    from app.services import demo, people

    return people.sign_in(depot, demo.logins()[0], demo.PASSWORD)


def _say_demo(window: MainWindow) -> None:
    from app.i18n import _
    from app.labels import label
    from app.services import demo
    from ui.tones import Tone

    one_each: dict[Role, str] = {}
    for login, role in demo.people_of_roles():
        one_each.setdefault(role, login)
    window.banner("demo", _(
        "A demonstration: try what you like, it is thrown away when you close the window. Everybody's password is "
        "{password} and PIN {pin}; F9 lets another in: {logins}."
    ).format(
        password=demo.PASSWORD, pin=demo.PIN,
        logins=_(", ").join(f"{login} ({label(role)})" for role, login in one_each.items()),
    ), Tone.WARN)


def _upgrade(target: str, progress: Progress) -> str:
    from app.i18n import _
    from app.services import upgrading

    progress.step(0)
    done = upgrading.upgrade(target)
    said = _("Upgraded from schema {before} to {after}.").format(before=done.before, after=done.after)
    return said + (" " + _("The copy made before is {place}.").format(place=done.copy) if done.copy else "")


def _is_there(target: str) -> bool:
    """Whether there is a depot. A file is only looked for: nothing heavy is loaded before the first paint."""
    if "://" not in target:
        return Path(target.removeprefix("sqlite:")).exists()
    from app.services import founding

    return founding.is_founded(target)


def _has_copies(target: str) -> bool:
    """Whether the file was here once: a lost database is not founded anew, its copy is put back."""
    if "://" in target:
        return False
    path = Path(_file(target))
    return Path(f"{path}.restoring").exists() or any((path.parent / "backups").glob("*.db"))


def _has_moved(target: str) -> bool:
    """Whether the depot of this file went elsewhere: the start says where, it is not founded anew."""
    return "://" not in target and Path(f"{_file(target)}.moved").exists()


def _file(target: str) -> str:
    """The file of a database that is one; empty for one on a server."""
    return "" if "://" in target else target.removeprefix("sqlite:")


def _found(target: str, spoken: str, look: str) -> str | None:
    """Ask the five questions; where the depot is now, or ``None`` when the person stepped back."""
    from ui.desktop import application
    from ui.theme import Scheme

    application(Scheme(look), spoken)
    from ui.people.first_start import first_start

    founded = first_start(target)
    return founded.target if founded else None


def _shown(target: str) -> str:
    """The place in a form that may be shown: no password."""
    return re.sub(r"(://[^:@/]*):[^@/]*@", r"\1:***@", target)


def _to_the_first_receipt(window: MainWindow) -> None:
    window.begin_at("receiving")
