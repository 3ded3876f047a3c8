"""Actions by their ids: menus, the key help (F1) and the clash test read the one table through here."""

from __future__ import annotations

from collections.abc import Iterator

from ui.action import Action
from ui.action_table import ACTIONS
from ui.pages import PAGES
from ui.transfers.keys import ACTIONS as BETWEEN_DEPOTS

EVERYWHERE = ("frame", "go")


def everything() -> Iterator[Action]:
    """The table with one action more for each page of the navigation."""
    yield from ACTIONS
    yield from BETWEEN_DEPOTS
    for spec in PAGES:
        yield Action(f"go.{spec.id}", spec.title, spec.shortcut, spec.icon)


def action(action_id: str) -> Action:
    """The line of ``action_id``."""
    return next(line for line in everything() if line.id == action_id)


def clashes() -> list[tuple[str, str]]:
    """Pairs of actions that would answer to the same keys at the same time."""
    lines = [line for line in everything() if line.shortcut]
    return [
        (one.id, other.id)
        for place, one in enumerate(lines)
        for other in lines[place + 1:]
        if one.shortcut == other.shortcut and _meet(one.page, other.page)
    ]


def _meet(one: str, other: str) -> bool:
    anywhere = (*EVERYWHERE, "table")
    return one == other or one in anywhere or other in anywhere
