"""After a copy took the place of a lost database: what the centre gave back, what is missing, by serial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from app.i18n import N_, _, _n
from app.services import recovery
from ui import moments
from ui.dialogs.dialog import Dialog
from ui.models import Column, Table
from ui.tones import Tone
from ui.widgets import muted

if TYPE_CHECKING:
    from app.services.recovery import Lost, Recovery
    from ui.background import Desk
    from ui.page import Frame

COLUMNS: tuple[Column[Lost], ...] = (
    Column("serial", N_("Serial number"), text=lambda c: c.serial, bold=True, tabular=True, width=190),
    Column("number", N_("Case"), text=lambda c: c.case_number, tabular=True, width=170),
    Column("model", N_("Model"), text=lambda c: c.model, grow=True),
)


def say_recovery(frame: Frame, owner: QWidget, desk: Desk, found: Recovery) -> None:
    """A banner: the rest is still to be fetched, or the list can be looked at."""
    made = moments.minute(found.copy_made)
    if not found.settled:
        frame.banner("recovery", _(
            "The copy of {when} stands in the place of the lost database. Head office gives the rest back: "
            "sync now.").format(when=made), Tone.WARN, (_("To head office"), lambda: frame.open("sync")))
        return
    frame.drop_banner("restored")
    frame.banner("recovery", summary(found), Tone.WARN if found.missing or found.missing is None else Tone.INFO,
                 (_("Show the list"), lambda: RecoveredDialog(frame, owner, desk, found).open()))


def summary(found: Recovery) -> str:
    """How much came back, how much is missing."""
    back = _n("{n} case came back from head office.", "{n} cases came back from head office.",
              len(found.given_back)).format(n=len(found.given_back))
    if found.missing is None:
        lost = _("The old file could not be read: compare with the signed papers.")
    else:
        lost = _n("{n} is missing.", "{n} are missing.", len(found.missing)).format(n=len(found.missing))
    return " ".join(part for part in (back, lost, _contents(found)) if part)


def _contents(found: Recovery) -> str:
    """How many photos and scans came back with their bytes, and how many are still to come; mostly nothing."""
    back, missing = found.contents_back, found.contents_missing
    return " ".join([
        *([_n("{n} attachment came back.", "{n} attachments came back.", back).format(n=back)] if back else []),
        *([_n("{n} attachment is still to come.", "{n} attachments are still to come.", missing).format(n=missing)]
          if missing else []),
    ])


class RecoveredDialog(Dialog):
    """Two lists to copy, save and print, and a button when they have been looked after."""

    def __init__(self, frame: Frame, owner: QWidget, desk: Desk, found: Recovery) -> None:
        super().__init__(owner, N_("After the recovery"), desk=desk, width=760)
        self.frame = frame      # tables save themselves through it
        self.setMinimumHeight(480)
        head = muted(wrap=True)
        head.setText(summary(found) + (" " + _(
            "Everything until {until} is on record; what was done from then until {lost} stands on papers only."
        ).format(until=moments.second(found.known_until), lost=moments.second(found.lost_at))
            if found.known_until else ""))
        self.body.addWidget(head)
        self.missing = self._table("recovery.missing", N_("Missing"), found.missing or (), N_("Nothing is missing"))
        self.back = self._table("recovery.back", N_("Came back"), found.given_back, N_("Head office had nothing newer"))
        tabs = QTabWidget()
        tabs.addTab(self.missing, f"{_('Missing')}  {'?' if found.missing is None else len(found.missing)}")
        tabs.addTab(self.back, f"{_('Came back')}  {len(found.given_back)}")
        self.body.addWidget(tabs, 1)
        self.add_button(N_("Close"), self.reject)
        self.put_away = self.add_button(N_("It is looked after"), self._put_away, "primary")

    def _table(self, name: str, title: str, rows: Sequence[Lost], empty: str) -> Table[Lost]:
        table: Table[Lost] = Table(COLUMNS, name=name, key=lambda c: c.case_number, title=title)
        table.set_empty("ph.check-circle", empty)
        table.set_rows(rows)
        return table

    def _put_away(self) -> None:
        def done(_nothing: None) -> None:
            self.frame.drop_banner("recovery")
            self.accept()

        self.run(recovery.put_away, done)
