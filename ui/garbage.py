"""Python's cycle collector runs in the window's thread only.

It runs in whichever thread happens to allocate; a widget caught in a cycle would then be destroyed in a worker
thread, which Qt forbids. So it is switched off and run here, by the same thresholds Python uses.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer


class Garbage(QObject):
    """Collects once a second what there is to collect."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        self.destroyed.connect(gc.enable)

    def settle(self) -> None:
        """What is there after the start stays to the end: modules, the frame. Later collections pass it over."""
        gc.freeze()

    def collect(self) -> None:
        """The oldest generation that is due, as Python itself would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
