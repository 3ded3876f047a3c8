"""How soon the window is seen and useful, against a bare QApplication with a QMainWindow, each in a fresh process.

``python -m tests.benchmarks.window [TRIES]``. Wanted: first paint at most 1.5, Today filled and the scan box answering
at most 4. Compiled files are kept in a folder of the run, as they are beside an installed program.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import time

from app.paths import ROOT
from tests.conftest import FakeClock, Ids, staffed

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
import os, time
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("paint", time.time(), flush=True)
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1360, 860)
window.show()
app.exec()
"""

OURS = """
import os, time
from ui import desktop, shell
paint = shell.Shell.paintEvent
def first_paint(self, event):
    first = not self._painted
    paint(self, event)
    if first:
        print("paint", time.time(), flush=True)
shell.Shell.paintEvent = first_paint
def opened():
    from app.depot import open_depot
    return open_depot(FILE)
def clerk(depot):
    from app.depot import Operator
    from app.services import people
    user = next(user for user in people.users(depot) if user.login == "clerk")
    return Operator(user.id, user.login, user.name, user.roles)
def begin(window):
    def idle():
        if window.here() == "today":
            print("filled", time.time(), flush=True)
            os._exit(0)
    window.desk.idle.connect(idle)
desktop.run(desktop.Start(opened, FILE, sign_in=clerk, begin=begin, theme="light"))
"""


def _times(code: str, environment: dict[str, str]) -> dict[str, float]:
    """Seconds from the start of a process to each thing it prints."""
    before = time()
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=ROOT, check=True
    )
    return {line.split()[0]: float(line.split()[1]) - before for line in ended.stdout.splitlines()}


def run(tries: int = 7) -> dict[str, float]:
    """First paint and Today filled, as ratios to the bare window's first paint (medians)."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "depot.db")
        staffed(file, FakeClock(), Ids()).close()
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {
            "QT_QPA_PLATFORM": "offscreen",
            "FANXIU_CONFIG_DIR": folder,
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled"),
        }
        ours = OURS.replace("FILE", repr(file))
        for code in (BARE, ours):
            _times(code, environment)  # once for nothing: compiled files, the system's cache
        bare, paint, filled = [], [], []
        for _ in range(tries):
            bare.append(_times(BARE, environment)["paint"])
            seen = _times(ours, environment)
            paint.append(seen["paint"])
            filled.append(seen["filled"])
    base = statistics.median(bare)
    return {"first paint": statistics.median(paint) / base, "Today filled": statistics.median(filled) / base}


if __name__ == "__main__":
    for name, ratio in run(int(sys.argv[1]) if len(sys.argv) > 1 else 7).items():
        print(f"{name:14} {ratio:.2f} × a bare window")
