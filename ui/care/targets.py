"""The targets: the share of each month's repairs that was called upon, against the policy."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.followups import MonthTarget
from app.i18n import N_, _
from app.services import followups
from ui.care import words
from ui.disposition.pane import Pane
from ui.models import Table
from ui.tones import Tone
from ui.widgets import Tile, muted


class TargetsPane(Pane):
    """Tiles of this month over the last twelve."""

    def build(self) -> None:
        """Make the tiles and the list."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.tiles = {
            "repairs": Tile(N_("Repairs returned this month")), "target": Tile(N_("Calls owed")),
            "done": Tile(N_("Customers reached")), "open": Tile(N_("Still to call")),
        }
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        column.addLayout(row)
        column.addWidget(muted(
            N_("Share: customers reached in the month as per cent of the repairs returned in it / the policy's share."),
            wrap=True))
        self.table: Table[MonthTarget] = Table(
            words.target_columns(), name="care.targets", key=lambda m: m.month, title=N_("Follow-ups by month"))
        column.addWidget(self.table, 1)

    def reload(self) -> None:
        """Count again."""
        self.run(followups.targets, self._came, quiet=True, replace="targets")

    def _came(self, months: tuple[MonthTarget, ...]) -> None:
        self.page.header.subtitle("")
        self.table.set_rows(months)
        now = months[0]
        for name, tile in self.tiles.items():
            tone = None
            if name == "done" and now.repairs:
                tone = Tone.OK if now.met else Tone.WARN
            tile.show_figure(str(getattr(now, name)), tone=tone)
        self.table.setAccessibleDescription(_("met") if now.met else _("not met"))

    def take_focus(self) -> None:
        """Keys go to the list."""
        self.table.setFocus()
