"""What must be done before the window can work: a demonstration is made, a database is upgraded, or it says why not."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.errors import Cancelled, Refused, Unavailable
from app.i18n import _
from app.messages import sentence
from ui.background import Desk, Progress
from ui.dialogs.progress import ProgressDialog

log = logging.getLogger(__name__)
REFUSED, COULD_NOT_RUN = 1, 2


class _Stopped(Exception):
    """The person does not want to wait."""


def make_ready(
    parent: QWidget, title: str, labour: Callable[[Progress], str], then: Callable[[str], object],
) -> None:
    """Do ``labour`` in a thread of its own while ``parent`` shows how far it is; then ``then(what it said)``.

    Where it fails, or the person stops it, the program ends and says why.
    """
    desk = Desk(_nothing_open)   # type: ignore[arg-type]  # labour does not look at a depot

    def done(said: str) -> None:
        desk.close()
        desk.deleteLater()
        then(said)

    def failed(error: Exception) -> bool:
        desk.close()
        give_up(parent, error)
        return True

    def work(_depot: object, progress: Progress) -> str:
        try:
            return labour(progress)
        except Cancelled:
            raise _Stopped from None     # a desk says nothing of what was cancelled

    desk.started_long.connect(lambda shown, progress, _owner: ProgressDialog(parent, shown, progress, desk))
    desk.run_long(desk, work, done, title, failed)


def give_up(parent: QWidget, error: Exception) -> None:
    """Say why the program cannot go on, on the screen and on stderr, and end it."""
    app = QApplication.instance()
    assert app is not None
    if isinstance(error, _Stopped):
        app.exit(0)
        return
    known = isinstance(error, Refused | Unavailable)
    text = sentence(error) if isinstance(error, Refused | Unavailable) else repr(error)
    if not known:
        log.error("cannot begin", exc_info=error)
    print(text, file=sys.stderr)
    box = QMessageBox(QMessageBox.Icon.Critical, _("The depot cannot be opened"), text, parent=parent)
    box.finished.connect(lambda _result: app.exit(REFUSED if isinstance(error, Refused) else COULD_NOT_RUN))
    box.open()


def _nothing_open() -> None:
    return None
