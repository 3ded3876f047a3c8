"""Where things are: what we ship, and where this desk keeps its data, settings, logs and cache."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
FONTS = RESOURCES / "fonts"
CATALOGUES = RESOURCES / "i18n"
MIGRATIONS = ROOT / "db" / "migrations"


def data_dir() -> Path:
    """This user's data folder (made on demand)."""
    from platformdirs import user_data_path

    return user_data_path("fanxiu", appauthor=False, ensure_exists=True)


def config_dir() -> Path:
    """This user's settings folder (made on demand). ``FANXIU_CONFIG_DIR`` names another: tests, throw-away demo."""
    if elsewhere := os.environ.get("FANXIU_CONFIG_DIR"):
        folder = Path(elsewhere)
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    from platformdirs import user_config_path

    return user_config_path("fanxiu", appauthor=False, ensure_exists=True)


def log_dir() -> Path:
    """This user's log folder (made on demand)."""
    from platformdirs import user_log_path

    return user_log_path("fanxiu", appauthor=False, ensure_exists=True)


def cache_dir() -> Path:
    """This user's cache folder (made on demand); everything in it can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("fanxiu", appauthor=False, ensure_exists=True)
