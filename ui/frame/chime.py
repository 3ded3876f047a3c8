"""The sound of a scan: a high note for good, a low one for not. Made once, played by whatever the system has."""

from __future__ import annotations

import math
import shutil
import struct
import sys
import wave
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from app.config import SCANNER_SOUND
from app.config import desk as desk_settings
from app.paths import cache_dir

_RATE = 22050
_NOTES = {True: ((1320.0, 0.07), (1760.0, 0.09)), False: ((220.0, 0.16), (165.0, 0.22))}


def chime(*, good: bool) -> None:
    """Play the note, if the desk wants sound. Never waits, never fails."""
    if not desk_settings()[SCANNER_SOUND] or QApplication.platformName() in {"offscreen", "minimal"}:
        return
    file = _file(good=good)
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
        return
    player = next((found for name in ("paplay", "pw-play", "aplay", "afplay") if (found := shutil.which(name))), None)
    if player is None or not QProcess.startDetached(player, [str(file)])[0]:
        QApplication.beep()


def _file(*, good: bool) -> Path:
    target = cache_dir() / f"scan-{'good' if good else 'bad'}.wav"
    if not target.exists():
        with wave.open(str(target), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(_RATE)
            for hertz, seconds in _NOTES[good]:
                sound.writeframes(_note(hertz, seconds))
    return target


def _note(hertz: float, seconds: float) -> bytes:
    count = int(_RATE * seconds)
    fade = _RATE // 200       # without it the speaker clicks
    samples = (
        int(9000 * min(1.0, place / fade, (count - place) / fade) * math.sin(2 * math.pi * hertz * place / _RATE))
        for place in range(count)
    )
    return b"".join(struct.pack("<h", sample) for sample in samples)
