"""The foot of the window: is something under way, which depot this is, how things stand with the centre."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar

from app.i18n import N_, _
from ui.background import Desk
from ui.tones import Tone
from ui.widgets.labels import set_tone
from ui.widgets.notice import IconLabel
from ui.words import bind

_SYNC_ICONS = {Tone.OK: "ph.cloud-check", Tone.BAD: "ph.cloud-slash", Tone.WARN: "ph.cloud-slash"}


class Status(QStatusBar):
    """Depot and data at the left, the centre at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(14, 0, 14, 0)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setFixedWidth(56)
        self._busy.setTextVisible(False)
        bind(self._busy.setAccessibleName, N_("Working"))
        self._busy.hide()
        self._depot = QLabel()
        self._demo = QLabel()
        self._cloud = IconLabel("ph.cloud", 16, "text3")
        self._sync = QLabel()
        bind(self._sync.setText, N_("Not connected to head office"))
        self.addWidget(self._depot)
        self.addWidget(self._demo)
        self.addPermanentWidget(self._busy)
        self.addPermanentWidget(self._cloud)
        self.addPermanentWidget(self._sync)
        desk.busy.connect(self._busy.setVisible)

    def show_depot(self, text: str, tip: str = "") -> None:
        """Which depot, and where its data lies."""
        self._depot.setText(text)
        self._depot.setToolTip(tip)

    def show_demo(self) -> None:
        """This is a demonstration."""
        bind(self._demo.setText, N_("Demonstration, thrown away at the end"))
        set_tone(self._demo, Tone.WARN)

    def show_sync(self, text: str, tone: Tone = Tone.MUTE) -> None:
        """How the last exchange with the centre went; in the screen's language."""
        self._sync.setText(text)
        set_tone(self._sync, tone if tone is not Tone.MUTE else None)
        self._cloud.change(_SYNC_ICONS.get(tone, "ph.cloud"), "text3" if tone is Tone.MUTE else tone.value)
        self._sync.setAccessibleName(_("Centre: {state}").format(state=text))
        self._sync.setAlignment(Qt.AlignmentFlag.AlignVCenter)
