"""This desk's settings, declared once, typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from app import paths


@dataclass(frozen=True, slots=True)
class DeskConfig:
    """What this desk remembers between starts. ``database``: file path or PostgreSQL URL; empty: the default place."""

    database: str = ""
    language: str = "zh_CN"
    theme: str = "system"

    def database_target(self) -> str:
        """The database this desk opens."""
        return self.database or str(paths.data_dir() / "fanxiu.db")


def load() -> DeskConfig:
    """The settings of this desk; what is missing or unreadable has its default."""
    file = paths.config_dir() / "desk.toml"
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return DeskConfig()
    known = {f.name for f in fields(DeskConfig)}
    return DeskConfig(**{name: value for name, value in values.items() if name in known and isinstance(value, str)})
