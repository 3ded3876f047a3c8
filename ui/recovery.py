"""The guided way back from a damaged database: what is wrong, which copy there is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.i18n import _
from app.messages import sentence
from ui import moments
from ui.readying import make_ready

if TYPE_CHECKING:
    from app.services.backup import Restored
    from app.services.keeping import Damaged
    from ui.errands import Progress


def look_after(parent: QWidget, target: str, then: Callable[[str], object]) -> None:
    """Do a restore that was asked for, or check the file after an unclean end; then ``then(what to tell)``."""
    from app.config import BACKUP_SECOND, desk
    from app.services import keeping

    found: list[Damaged | Restored | None] = []

    def labour(progress: Progress) -> str:
        from app.depot import system_clock

        done = keeping.restore_asked(target, system_clock(), progress)
        found.append(done or keeping.check_after_unclean_end(target, desk()[BACKUP_SECOND], progress))
        return ""

    def looked(_said: str) -> None:
        (result,) = found
        if result is None:
            then("")
        elif isinstance(result, keeping.Damaged):
            _ask(parent, target, result, then)
        else:
            then(restored_words(result))

    make_ready(parent, _("The database is being checked"), labour, looked)


def restored_words(done: Restored) -> str:
    """What a restore did, in one sentence or two."""
    said = _("The copy of {when} was put back; the file that stood there is kept as {place}.").format(
        when=moments.minute(done.copy.made), place=done.set_aside or "–")
    if done.lost is None:
        return said + " " + _("What changed since that copy cannot be read from the database.")
    if done.lost:
        serials = _(", ").join(one.serial for one in done.lost[:20])
        return said + " " + _("Changed since then: {serials}{more}").format(
            serials=serials, more="…" if len(done.lost) > 20 else "")
    return said


def _ask(parent: QWidget, target: str, damage: Damaged, then: Callable[[str], object]) -> None:
    title, text = _("The database is damaged"), _(
        "{place} is damaged ({reason}). Nothing will be thrown away: the file is set aside and a copy takes its place."
    ).format(place=damage.place, reason=damage.reason)
    if damage.gone:
        title, text = _("The database is not there"), _(
            "{place} is gone. Copies of it are there: one takes its place, and head office gives back the rest."
        ).format(place=damage.place)
    box = QMessageBox(QMessageBox.Icon.Critical, title, text, parent=parent)
    newest = damage.newest
    if newest is not None:
        use = box.addButton(_("Put back the copy of {when}").format(
            when=moments.minute(newest.made)), QMessageBox.ButtonRole.AcceptRole)
        use.clicked.connect(lambda: _restore(parent, target, newest.place, then))
        box.setDefaultButton(use)
    else:
        box.setInformativeText(sentence(damage.undecided) if damage.undecided else _(
            "No good copy was found beside the database or at the second place."))
    other = box.addButton(_("Choose another copy…"), QMessageBox.ButtonRole.ActionRole)
    other.clicked.connect(lambda: _choose(parent, target, damage, then))
    quit_ = box.addButton(_("Quit"), QMessageBox.ButtonRole.RejectRole)
    quit_.clicked.connect(_end)
    box.open()


def _choose(parent: QWidget, target: str, damage: Damaged, then: Callable[[str], object]) -> None:
    place, _kind = QFileDialog.getOpenFileName(parent, _("Choose a copy"), "", _("Copies (*.db);;All files (*)"))
    if place:
        _restore(parent, target, place, then)
    else:
        _ask(parent, target, damage, then)


def _restore(parent: QWidget, target: str, place: str, then: Callable[[str], object]) -> None:
    from app.depot import system_clock
    from app.services import backup, keeping

    done: list[Restored] = []

    def labour(progress: Progress) -> str:
        done.append(backup.restore(target, place, system_clock(), progress))
        keeping.closed(target)
        return ""

    make_ready(parent, _("The copy is being put back"), labour, lambda _said: then(restored_words(done[0])))


def _end() -> None:
    from PySide6.QtWidgets import QApplication

    from ui.readying import COULD_NOT_RUN

    app = QApplication.instance()
    assert app is not None
    app.exit(COULD_NOT_RUN)
