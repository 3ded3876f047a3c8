"""Imports that come after PySide6 cost what they cost, and no more.

PySide6 looks into the source of every module imported after it, to see whether it speaks of PySide6 and may want the
snake_case names of ``from __feature__ import``. Nothing here does. Reading and keeping the sources of SQLAlchemy and of
ourselves would take a fifth of the start.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def unread() -> None:
    """From now on a module is judged by its name, not by its source; a PySide6 that does not look is left alone."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_qt  # noqa: SLF001  there is no other way to say so


def _uses_qt(module: ModuleType) -> bool:
    return module.__name__.partition(".")[0] in {"ui", "qtawesome"}
