"""Papers for setting up a desk: F25 command card 扫描命令卡 and the label calibration page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanCommand:
    """One bar code to scan: what it does in words, and the code."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """Commands that belong together: places, verdicts, actions, badges."""

    title: str
    commands: tuple[ScanCommand, ...]


@dataclass(frozen=True, slots=True)
class CommandCard:
    """F25."""

    groups: tuple[CommandGroup, ...]


@dataclass(frozen=True, slots=True)
class LabelCalibration:
    """A page of one label's size with a frame and rulers, to find how far the printer is off."""

    printer: str = ""
