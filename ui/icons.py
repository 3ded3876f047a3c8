"""Icons of one stroke family (Phosphor), made when first needed and made again when the look changes.

The icon fonts cost a quarter of a second to load, so nothing asks for one before the first paint: until
:func:`ready`, ``put`` only remembers who wants which icon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from shiboken6 import isValid

from ui.theme import look, tokens


@dataclass(frozen=True, slots=True)
class _Wish:
    setter: str
    name: str
    role: str


_wishes: WeakKeyDictionary[QObject, dict[str, _Wish]] = WeakKeyDictionary()
_state = {"ready": False}


def icon(name: str, role: str = "text2") -> QIcon:
    """The icon ``name`` (``ph.wrench``) in the colour of the token ``role``; empty before :func:`ready`."""
    if not name or not _state["ready"]:
        return QIcon()
    import qtawesome

    made: QIcon = qtawesome.icon(name, color=getattr(tokens(), role), color_disabled=tokens().text3)
    return made


def put(setter: Callable[[QIcon], object], name: str, role: str = "text2") -> None:
    """Give ``setter`` (a bound method such as ``button.setIcon``) its icon, now or as soon as icons are ready."""
    wanter: QObject = setter.__self__  # type: ignore[attr-defined]  # a bound method has its object
    wish = _Wish(setter.__name__, name, role)
    _wishes.setdefault(wanter, {})[wish.setter] = wish
    if _state["ready"]:
        setter(icon(name, role))


def ready() -> None:
    """Load the icon font and give everybody their icons. Called once, after the first paint."""
    if not _state["ready"]:
        _state["ready"] = True
        look.changed.connect(_again)
        _again()


def _again() -> None:
    for wanter, wishes in list(_wishes.items()):
        if isValid(wanter):
            for wish in wishes.values():
                getattr(wanter, wish.setter)(icon(wish.name, wish.role))
