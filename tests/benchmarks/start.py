"""From the spawn of the process to the first paint of the window, against a bare QApplication with a QMainWindow.

Also until somebody can work: Today is filled and the scan box answers. A throw-away depot of a few hundred units is
opened by a person who is signed in at once, as the demonstration is. Each start is a process of its own; the kinds
take turns, and medians are compared. Before each start the mark of the one before is taken away, as an orderly end
does: what is ended by force here is looked over at its next start, which takes longer and is not what is measured.

``python -m tests.benchmarks.start [ROUNDS]``; the targets are 1.5 for the first paint and 4 for being of use.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks import large

TARGET_PAINT, TARGET_USE = 1.5, 4.0
ROUNDS = 9
ROOT = Path(__file__).parents[2]

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
app = QApplication(sys.argv[:1])
window = Window()
window.resize(1360, 860)
window.show()
app.exec()
"""
OURS = """
import sys
sys.argv[0] = "main.py"
from app.commands import line
arguments = line.parse(["--database", sys.argv[1], "--language", "zh_CN", "--theme", "light"])
assert arguments.run is None
from ui import desktop, opening
from ui.shell import Shell
paint = Shell.paintEvent
def painted(self, event):
    first = not self._painted
    paint(self, event)
    if first:
        print("painted", flush=True)
Shell.paintEvent = painted
def clerk(depot):
    from app.depot import SYSTEM
    return SYSTEM
def watch(window):
    from PySide6.QtCore import QTimer
    timer = QTimer(window)
    def look():
        page = window.page()
        if page is None or window.here() != "today" or not page.tiles["in_house"].isVisible() or not page.tables:
            return
        if window.bar.scan.isEnabled() and window.bar.scan.isVisible():
            timer.stop()
            print("of use", flush=True)
    timer.timeout.connect(look)
    timer.start(2)
plain = desktop.Start
def start(*given, **named):
    return plain(*given, **{**named, "sign_in": clerk, "begin": watch})
desktop.Start = start
sys.exit(opening.open_window(arguments))
"""


def ratios(rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Milliseconds of a bare window's first paint; ours as a ratio of it; until of use as a ratio of it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "depot.db"
        large.make(file, 300, customers=50)
        bare: list[float] = []
        paint: list[float] = []
        use: list[float] = []
        for n in range(rounds + 1):
            alone = _start(["-c", BARE], folder, ("painted",))
            Path(f"{file}.open").unlink(missing_ok=True)
            ours = _start(["-c", OURS, str(file)], folder, ("painted", "of use"))
            if n:  # the first of each fills the file cache
                bare.append(alone[0])
                paint.append(ours[0])
                use.append(ours[1])
    base = median(bare)
    return base * 1000, median(paint) / base, median(use) / base


def _start(words: list[str], folder: str, awaited: tuple[str, ...]) -> list[float]:
    """Seconds from the spawn until the process says each of ``awaited``; then it is ended."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                    "FANXIU_CONFIG_DIR": folder, "XDG_CACHE_HOME": folder, "XDG_STATE_HOME": folder,
                    "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    begun = perf_counter()
    child = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    times = []
    for word in awaited:
        while (said := child.stdout.readline()).strip() != word:
            if not said:
                raise RuntimeError(f"the window ended before it was {word}")
        times.append(perf_counter() - begun)
    child.kill()
    child.wait()
    child.stdout.close()
    return times


def main(rounds: int = ROUNDS) -> tuple[float, float]:
    """Print the figures."""
    base, paint, use = ratios(rounds)
    for what, times, target in (("first paint", paint, TARGET_PAINT), ("of use", use, TARGET_USE)):
        verdict = "reached" if times <= target else "MISSED"
        print(f"start, {what}: {times:.2f} of a bare window's {base:.0f} ms (target {target}: {verdict})")
    return paint, use


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
