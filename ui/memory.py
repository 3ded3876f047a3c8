"""What this desk remembers about its window only: geometry, columns, language, look, printers.

A plain INI file beside the desk's configuration. Anything about the depot's work lives in the database.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from app.paths import config_dir


def settings() -> QSettings:
    """The file as Qt reads it."""
    return QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)


def recall(key: str, default: str = "") -> str:
    """The text remembered under ``key``."""
    return str(settings().value(key, default, type=str))


def recall_bytes(key: str) -> QByteArray:
    """The bytes remembered under ``key``; empty when there are none."""
    return QByteArray.fromBase64(recall(key).encode())


def remember(key: str, value: str | QByteArray) -> None:
    """Keep ``value`` under ``key`` for the next start."""
    settings().setValue(key, bytes(value.toBase64().data()).decode() if isinstance(value, QByteArray) else value)
