"""The settings of this desk: declared once, typed, with their words; the settings dialog is made from the table.

They lie in ``desk.toml`` in the user's settings folder and concern this computer only. What concerns the depot lies in
its database (``app.services.settings``), what the rules need is policy (``app.domain.policy``).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from app.i18n import LANGUAGES, N_
from app.paths import config_dir, data_dir

T = TypeVar("T", str, int, bool)


class Asked(StrEnum):
    """How the settings dialog asks for a value."""

    TEXT = "TEXT"
    CHOICE = "CHOICE"
    NUMBER = "NUMBER"
    SWITCH = "SWITCH"
    FOLDER = "FOLDER"
    PRINTER = "PRINTER"
    NOT = "NOT"                  # remembered by the program, never asked


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One value. ``label``, ``meaning``, ``group`` and the words of ``choices`` are marked by N_."""

    name: str
    default: T
    asked: Asked
    label: str = ""
    meaning: str = ""
    group: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    restart: bool = False        # takes effect at the next start

    def read(self, value: object) -> T:
        """``value`` from the file if it is one of ours, else the default: a damaged line never stops the desk."""
        if type(value) is not type(self.default):
            return self.default
        if self.choices and value not in {code for code, _words in self.choices}:
            return self.default
        if self.asked is Asked.NUMBER and isinstance(value, int) and not self.least <= value <= self.most:
            return self.default
        return value


_SCREEN, _SCANNER, _PAPER, _DATA = N_("Screen"), N_("Scanner and sound"), N_("Printing"), N_("Data")

LANGUAGE = Setting(
    "language", "zh_CN", Asked.CHOICE, N_("Language"), N_("The language of this computer; papers follow the customer."),
    _SCREEN, tuple(LANGUAGES.items()),
)
THEME = Setting(
    "theme", "system", Asked.CHOICE, N_("Look"), N_("Light, dark, or as the system says."), _SCREEN,
    (("system", N_("as the system")), ("light", N_("light")), ("dark", N_("dark"))),
)
DATABASE = Setting(
    "database", "", Asked.TEXT, N_("Data folder"),
    N_("A file path, or postgresql://… for a database that several desks share. Empty: in this user's data folder."),
    _DATA, restart=True,
)
PHOTO_FOLDER = Setting(
    "photo_folder", "", Asked.FOLDER, N_("Watched photo folder"),
    N_("New pictures in this folder are offered to the unit that is being received."), _DATA,
)
SCAN_FOLDER = Setting(
    "scan_folder", "", Asked.FOLDER, N_("Watched scan folder"),
    N_('Scans of signed papers in this folder file themselves and are moved to its folder "filed".'), _DATA,
)
BACKUP_SECOND = Setting(
    "backup_second", "", Asked.FOLDER, N_("Second place for copies"),
    N_("A folder on another disk or stick: each copy of the database is put there too."), _DATA,
)
SCANNER_SOUND = Setting(
    "scanner_sound", True, Asked.SWITCH, N_("Sound at each scan"), N_("A high note for good, a low one for not."),
    _SCANNER,
)
SCANNER_GAP = Setting(
    "scanner_gap_ms", 35, Asked.NUMBER, N_("Longest gap between scanned characters"),
    N_("Characters that follow each other within this time are taken as a scan."), _SCANNER, least=10, most=200,
    unit=N_("ms"),
)
LABEL_MEDIA = Setting(
    "label_media", "60x40", Asked.CHOICE, N_("Unit label"), N_("The size of the labels in the label printer."),
    _PAPER, tuple((size, size.replace("x", " × ") + " mm") for size in ("60x40", "50x30", "70x50", "80x50", "100x60")),
)
LABEL_DPI = Setting(
    "label_dpi", "203", Asked.CHOICE, N_("Label printer"), N_("Its resolution; bars are drawn on its dots."), _PAPER,
    tuple((dpi, f"{dpi} dpi") for dpi in ("203", "300", "600")),
)
LABEL_SHIFT_RIGHT = Setting(
    "label_shift_right", 0, Asked.NUMBER, N_("Shift labels right"),
    N_("Tenths of a millimetre; the calibration page shows how far the printer is off."), _PAPER, least=-99, most=99,
    unit=N_("0.1 mm"),
)
LABEL_SHIFT_DOWN = Setting(
    "label_shift_down", 0, Asked.NUMBER, N_("Shift labels down"), "", _PAPER, least=-99, most=99, unit=N_("0.1 mm"),
)
PRINTERS: tuple[Setting[str], ...] = tuple(
    Setting(f"printer.{form}", "", Asked.PRINTER, words, "", _PAPER)
    for form, words in (
        ("A4", N_("Printer for A4 forms")), ("A5", N_("Printer for A5 forms")),
        ("LABEL", N_("Printer for unit labels")), ("MARK", N_("Printer for QA marks")),
    )
)
LAST_USER = Setting("last_user", "", Asked.NOT)

DECLARED: tuple[Setting[Any], ...] = (
    LANGUAGE, THEME, SCANNER_SOUND, SCANNER_GAP, LABEL_MEDIA, LABEL_DPI, LABEL_SHIFT_RIGHT, LABEL_SHIFT_DOWN,
    *PRINTERS, DATABASE, BACKUP_SECOND, PHOTO_FOLDER, SCAN_FOLDER, LAST_USER,
)


class Config:
    """The desk's settings, read from ``file`` (default: the user's) and written back at each change."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or config_dir() / "desk.toml"
        self._values: dict[str, object] = _read(self.file)
        self._listeners: list[Callable[[Setting[Any]], object]] = []

    def __getitem__(self, setting: Setting[T]) -> T:
        """The value of ``setting``, or its default."""
        return setting.read(self._values.get(setting.name, setting.default))

    def __setitem__(self, setting: Setting[T], value: T) -> None:
        """Set and write ``value``; listeners hear of it."""
        self.change({setting: value})

    def change(self, values: dict[Setting[Any], Any]) -> None:
        """Set several at once: one write. A value at its default is left out of the file."""
        changed = [setting for setting, value in values.items() if self[setting] != value]
        for setting in changed:
            if setting.read(values[setting]) == setting.default:
                self._values.pop(setting.name, None)
            else:
                self._values[setting.name] = values[setting]
        if changed:
            _write(self.file, self._values)
        for setting in changed:
            for listener in self._listeners:
                listener(setting)

    def listen(self, listener: Callable[[Setting[Any]], object]) -> None:
        """Call ``listener(setting)`` after each change."""
        self._listeners.append(listener)

    def database_target(self) -> str:
        """The database this desk opens: as set, else ``depot.db`` in the user's data folder."""
        return self[DATABASE].strip() or str(data_dir() / "depot.db")

    def printer(self, kind: str) -> str:
        """The printer for ``kind`` of paper (``A4``, ``A5``, ``LABEL``, ``MARK``); empty: ask."""
        return next((self[setting] for setting in PRINTERS if setting.name == f"printer.{kind}"), "")


_desk: list[Config] = []


def desk() -> Config:
    """The settings of this desk, read once."""
    if not _desk:
        _desk.append(Config())
    return _desk[0]


def forget() -> None:
    """Read the file again at the next use (another ``FANXIU_CONFIG_DIR``)."""
    _desk.clear()


def by_group() -> Iterator[tuple[str, tuple[Setting[Any], ...]]]:
    """What the settings dialog asks, group by group."""
    for group in dict.fromkeys(setting.group for setting in DECLARED if setting.asked is not Asked.NOT):
        yield group, tuple(setting for setting in DECLARED if setting.group == group)


def _read(file: Path) -> dict[str, object]:
    try:
        return dict(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}  # no file yet, or one that cannot be read: the defaults stand and the next change writes it anew


def _write(file: Path, values: dict[str, object]) -> None:
    lines = ["# Settings of this desk. Written by the program; defaults are left out.\n"]
    lines += [f"{json.dumps(name)} = {_as_toml(value)}\n" for name, value in sorted(values.items())]
    partial = file.with_suffix(".part")
    partial.write_text("".join(lines), encoding="utf-8")
    partial.replace(file)


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
