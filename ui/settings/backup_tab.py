"""Copies of the database: those there are, a new one, one put back; and whether all reads as it was written."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication, QFileDialog, QSplitter

from app.changes import Changes
from app.config import BACKUP_SECOND, desk
from app.domain.backups import BackupCopy, CopyKind
from app.domain.people import Action
from app.errors import Problem, Refused
from app.i18n import N_, _, _n
from app.labels import label
from app.labels.records import record
from app.labels.verifying import verified_words
from app.messages import sentence
from app.services import backup, keeping, verifying
from app.services.backup import BackedUp, CopySheet
from app.services.verifying import Verified
from ui import moments
from ui.dialogs.dialog import ask
from ui.masterdata.words import allow
from ui.models import Column, Table
from ui.settings.tab import Tab
from ui.tones import Tone
from ui.widgets import muted

if TYPE_CHECKING:
    from app.depot import Depot
    from app.progress import Progress

_TONES = {CopyKind.NIGHTLY: Tone.OK, CopyKind.QUICK: Tone.INFO, CopyKind.SET_ASIDE: Tone.WARN}
_SHOWN_AT_MOST = 12

COLUMNS: tuple[Column[BackupCopy], ...] = (
    Column("made", N_("Made"), text=lambda c: moments.minute(c.made), sort=lambda c: c.made,
           width=150, tabular=True, bold=True),
    Column("kind", N_("Kind"), text=lambda c: label(c.kind), tone=lambda c: _TONES.get(c.kind, Tone.MUTE), chip=True,
           width=170),
    Column("size", N_("Size"), text=lambda c: f"{c.size / 1e6:,.1f} MB", sort=lambda c: c.size, align="right",
           width=100, tabular=True),
    Column("place", N_("Where"), text=lambda c: c.place, grow=True),
)

FINDINGS: tuple[Column[Problem], ...] = (
    Column("about", N_("About"), text=lambda p: record(p.field), width=140),
    Column("text", N_("What is wrong"), text=sentence, grow=True, tone=lambda _p: Tone.BAD),
)


def _target(depot: Depot) -> str:
    """The file of the open depot. Refused: ``backup.on-server``."""
    if depot.database.path is None:
        raise Refused("backup.on-server", field="database", value=depot.database.display)
    return str(depot.database.path)


def _listed(depot: Depot) -> list[BackupCopy]:
    return backup.listed(_target(depot), desk()[BACKUP_SECOND])


class BackupTab(Tab):
    """The list of copies, and below it what a verification found."""

    watches = Changes.SYNC

    def build(self) -> None:
        self.state = muted(wrap=True)
        _verify, verify = self.press("settings.verify", self._verify)
        _other, other = self.press("settings.restore-other", self._restore_other)
        _restore, restore = self.press("settings.restore", self._restore_current)
        _copy, copy = self.press("settings.back-up", self._back_up, "primary")
        self.tools(verify, other, restore, copy)
        self.column.addWidget(self.state)
        split = QSplitter()
        split.setOrientation(split.orientation().Vertical)
        split.setChildrenCollapsible(False)
        self.copies: Table[BackupCopy] = Table(
            COLUMNS, name="backup.copies", key=lambda c: c.place, title=N_("Backups"))
        self.copies.set_empty(
            "ph.copy", N_("No copy yet"),
            N_("One is made every half hour and every night; make the first now."))
        self.findings: Table[Problem] = Table(
            FINDINGS, name="backup.findings", key=lambda p: (p.code, str(p.facts)), title=N_("Findings"))
        self.findings.set_empty(
            "ph.shield-check", N_("Not verified yet"),
            N_('"Verify" looks over chains, ledgers, numbers, references, photos and the file itself.'))
        self.findings.set_rows([])      # shown from the first: nothing was asked of it yet
        split.addWidget(self.copies)
        split.addWidget(self.findings)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.column.addWidget(split, 1)
        self.desk.operator_changed.connect(self._permit)

    def reload(self) -> None:
        self.desk.run(self, _listed, self._filled, self._not_here, quiet=True, replace="copies")

    def _filled(self, found: list[BackupCopy]) -> None:
        self.copies.set_rows(found)
        second = desk()[BACKUP_SECOND]
        self.state.setText(
            _("A second copy of each goes to {folder}.").format(folder=second) if second
            else _('There is no second place yet: choose a folder on another disk under "This computer".'))
        self._permit()

    def _not_here(self, error: Exception) -> bool:
        if not isinstance(error, Refused):
            return False
        self.state.setText(sentence(error))
        self._permit()
        return True

    def _permit(self) -> None:
        may = self.desk.permits(Action.BACK_UP)
        allow(self, "settings", **{"back-up": may, "restore": may, "restore-other": may, "verify": True})

    # -- a copy ------------------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        def work(depot: Depot, progress: Progress) -> BackedUp:
            return backup.back_up(_target(depot), datetime.now(UTC), CopyKind.MANUAL, second=desk()[BACKUP_SECOND],
                                  progress=progress)

        self.desk.run_long(self, work, self._backed_up, _("The database is being copied"))

    def _backed_up(self, done: BackedUp) -> None:
        if done.second_failed is not None:
            self.frame.toast(sentence(done.second_failed), Tone.WARN)
        else:
            self.frame.toast(_("Copied to {place}.").format(place=done.copy.place))

    # -- one put back ------------------------------------------------------------------------------------------

    def _restore_current(self) -> None:
        copy = self.copies.current()
        if copy is None:
            self.frame.toast(_("Mark the copy that is to be put back."), Tone.INFO)
        else:
            self._look(copy.place)

    def _restore_other(self) -> None:
        place, _kind = QFileDialog.getOpenFileName(self, _("Choose a copy"), "", _("Copies (*.db);;All files (*)"))
        if place:
            self._look(place)

    def _look(self, place: str) -> None:
        self.run(lambda depot: backup.look(_target(depot), place), self._ask)

    def _ask(self, sheet: CopySheet) -> None:
        ask(self, N_("Put this copy back?"), _restore_words(sheet), N_("Close, put back and start again"),
            lambda: self._put_back(sheet.copy.place), danger=True)

    def _put_back(self, place: str) -> None:
        self.run(lambda depot: keeping.ask_restore(_target(depot), place), lambda _none: start_again())

    # -- verify ------------------------------------------------------------------------------------------------

    def _verify(self) -> None:
        self.desk.run_long(self, verifying.verify, self._verified, _("The record is being verified"))

    def _verified(self, done: Verified) -> None:
        self.findings.set_empty(
            "ph.shield-check", N_("Everything reads as it was written"), N_("The last verification found nothing."))
        self.findings.set_rows(done.findings)
        if done.sound:
            self.frame.toast(verified_words(done.sealed))
        else:
            found = len(done.findings)
            self.frame.toast(_n("{n} finding", "{n} findings", found).format(n=found), Tone.BAD)


def _restore_words(sheet: CopySheet) -> str:
    """What putting a copy back means, with the serials that would be missing."""
    said = [_("The copy of {when}, depot {name}, takes the place of the database. The present file is set aside, "
              "nothing is thrown away. If the depot is connected to head office, the next sync fetches back what it "
              "has.").format(
        when=moments.minute(sheet.copy.made), name=sheet.depot_name)]
    if sheet.lost is None:
        said.append(_("What changed since that copy cannot be read from the database."))
    elif sheet.lost:
        said.append(_("Changed since that copy, to be looked after by hand or fetched from head office:"))
        said += [f"{one.serial}  {one.case_number}" for one in sheet.lost[:_SHOWN_AT_MOST]]
        if len(sheet.lost) > _SHOWN_AT_MOST:
            rest = len(sheet.lost) - _SHOWN_AT_MOST
            said.append(_n("… and {n} more", "… and {n} more", rest).format(n=rest))
    else:
        said.append(_("Nothing has changed since that copy."))
    return "\n".join(said)


def start_again() -> None:
    """Close the window as ever and start the program anew, as it was started."""
    app = QApplication.instance()
    assert app is not None
    program = Path(sys.argv[0])
    words = [str(program), *sys.argv[1:]] if program.suffix == ".py" else sys.argv[1:]
    app.aboutToQuit.connect(lambda: QProcess.startDetached(sys.executable, words))
    QApplication.closeAllWindows()
    app.quit()
