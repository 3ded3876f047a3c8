"""Icons of one stroke family (Phosphor), drawn from the font that qtawesome ships.

The library itself loads thirteen fonts and a layer over Qt for them, a quarter of a second; one font and its table of
names take a few milliseconds. Even so nothing is read before the first paint: until :func:`ready`, ``put`` only
remembers who wants which icon.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from shiboken6 import isValid

from ui.theme import look, tokens

_PREFIX = "ph."


@dataclass(frozen=True, slots=True)
class _Wish:
    setter: str
    name: str
    role: str


_wishes: WeakKeyDictionary[QObject, dict[str, _Wish]] = WeakKeyDictionary()
_state = {"ready": False}


class _Glyph(QIconEngine):
    """One character of the icon font, sharp at any size."""

    def __init__(self, character: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._character, self._colour, self._disabled = character, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        made = QFont(_family())
        made.setPixelSize(max(1, rect.height()))
        painter.save()
        painter.setFont(made)
        painter.setPen(self._disabled if mode == QIcon.Mode.Disabled else self._colour)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Glyph(self._character, self._colour, self._disabled)


def icon(name: str, role: str = "text2") -> QIcon:
    """The icon ``name`` (``ph.wrench``) in the colour of the token ``role``; empty before :func:`ready`."""
    if not name or not _state["ready"]:
        return QIcon()
    return _made(name, getattr(tokens(), role), tokens().text3)


def exists(name: str) -> bool:
    """Whether the family has an icon of this name."""
    return name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in _characters()


def put(setter: Callable[[QIcon], object], name: str, role: str = "text2") -> None:
    """Give ``setter`` (a bound method such as ``button.setIcon``) its icon, now or as soon as icons are ready."""
    wanter: QObject = setter.__self__  # type: ignore[attr-defined]  # a bound method has its object
    wish = _Wish(setter.__name__, name, role)
    _wishes.setdefault(wanter, {})[wish.setter] = wish
    if _state["ready"]:
        setter(icon(name, role))


def ready() -> None:
    """Give everybody their icons. Called once, after the first paint."""
    if not _state["ready"]:
        _state["ready"] = True
        look.changed.connect(_again)
        _again()


@cache
def _made(name: str, colour: str, disabled: str) -> QIcon:
    return QIcon(_Glyph(chr(int(_characters()[name.removeprefix(_PREFIX)], 16)), QColor(colour), QColor(disabled)))


@cache
def _folder() -> Path:
    package = find_spec("qtawesome")
    assert package is not None
    assert package.submodule_search_locations
    return Path(package.submodule_search_locations[0]) / "fonts"


@cache
def _characters() -> dict[str, str]:
    """Name → code point in hexadecimal."""
    (table,) = _folder().glob("phosphor-charmap-*.json")
    found: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return found


@cache
def _family() -> str:
    (file,) = _folder().glob("phosphor-*.ttf")
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]


def _again() -> None:
    for wanter, wishes in list(_wishes.items()):
        if isValid(wanter):
            for wish in wishes.values():
                getattr(wanter, wish.setter)(icon(wish.name, wish.role))
