"""How the program is opened: which depot, in which language and look, and the first start where there is none yet."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import LANGUAGE, THEME, desk

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.main_window import MainWindow


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window on the depot of ``--database``, else on this desk's; found it first where there is none."""
    from ui.desktop import Start, run

    settings = desk()
    spoken, look = arguments.language or settings[LANGUAGE], arguments.theme or settings[THEME]
    target = str(arguments.database or settings.database_target())
    first = not _is_there(target)
    if first:
        founded = _found(target, spoken, look)
        if founded is None:
            return 0
        target, spoken = founded, settings[LANGUAGE]

    def opened() -> Depot:
        from app.depot import open_depot

        return open_depot(target)

    return run(Start(opened, _shown(target), spoken, look, begin=_to_the_first_receipt if first else None))


def _is_there(target: str) -> bool:
    """Whether there is a depot. A file is only looked for: nothing heavy is loaded before the first paint."""
    if "://" not in target:
        return Path(target.removeprefix("sqlite:")).exists()
    from app.services import founding

    return founding.is_founded(target)


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
