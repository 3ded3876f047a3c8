"""Who is at the desk: the lock over the window, and what becomes of half-done work when another takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from app.changes import Changes
from ui.form.draft import Draft

if TYPE_CHECKING:
    from app.depot import Operator
    from ui.background import Desk
    from ui.dialogs.lock import IdleWatch, LockScreen
    from ui.scanner import KeyWatch

#: What may be done while nobody is signed in.
OPEN_TO_ALL = frozenset({"frame.help", "frame.keys", "frame.language", "frame.theme", "frame.quit"})

class Guard(QObject):
    """Covers ``screens`` (whose first page is the work) with the lock."""

    welcomed = Signal(bool)     # somebody signed in; True = another than before

    def __init__(self, desk: Desk, window: QWidget, screens: QStackedWidget, acts: list[QAction]) -> None:
        super().__init__(window)
        self._desk, self._window, self._screens, self._acts = desk, window, screens, acts
        self._lock_screen: LockScreen | None = None
        self._idle: IdleWatch | None = None
        self._was: Operator | None = None
        self._hidden: list[QDialog] = []
        self.where = ""          # the depot's name, for the lock
        desk.changed.connect(self._changed)

    @property
    def lock_screen(self) -> LockScreen:
        """The lock; made when first needed."""
        if self._lock_screen is None:
            from ui.dialogs.lock import LockScreen

            self._lock_screen = LockScreen(self._desk)
            self._lock_screen.opened.connect(self.welcome)
            self._screens.addWidget(self._lock_screen)
        return self._lock_screen

    def locked(self) -> bool:
        """Whether the lock covers the window."""
        return self._lock_screen is not None and self._screens.currentWidget() is self._lock_screen

    def lock(self) -> None:
        """Cover the window; nobody is signed in until somebody proves who they are."""
        if self.locked():
            return
        self._hidden = [dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()]
        for dialog in self._hidden:
            dialog.hide()
        for draft in self._window.findChildren(Draft):
            draft.flush()           # as the person who typed it
        self._was = self._desk.operator
        self._screens.setCurrentWidget(self.lock_screen)
        for act in self._acts:
            act.setEnabled(act.objectName() in OPEN_TO_ALL)
        self._desk.sign_in(None)
        self.lock_screen.lock(self.where)

    def welcome(self, operator: Operator) -> None:
        """``operator`` is at the desk from now on."""
        another = self._was is not None and self._was != operator
        self._desk.sign_in(operator)
        for act in self._acts:
            act.setEnabled(True)
        self._screens.setCurrentIndex(0)
        for dialog in self._hidden:
            if another:
                dialog.reject()     # half-done work of the one before; its draft is kept for them
            else:
                dialog.show()
        self._hidden = []
        self.welcomed.emit(another)

    def _changed(self, changes: Changes) -> None:
        """Roles given or taken hold at once; an account that was switched off leaves the desk. So does a new policy."""
        from app.services import people

        if changes & Changes.PEOPLE and self._desk.operator is not None:
            self._desk.run(self, people.current, self._still_here, quiet=True, replace="operator")
        if changes & Changes.MASTERDATA and self._idle is not None:
            self._desk.run(self, people.idle_minutes, self._idle.set_minutes, quiet=True, replace="idle")

    def _still_here(self, operator: Operator | None) -> None:
        if self._desk.operator is None:
            return
        if operator is None:
            self.lock()
        else:
            self._desk.sign_in(operator)

    def watch_idle(self, keys: KeyWatch) -> None:
        """Lock when nobody has touched anything for as long as policy says."""
        from app.services import people

        if self._idle is None:
            keys.touched.connect(self.idle_watch().touched)
        self._desk.run(self, people.idle_minutes, self.idle_watch().set_minutes, quiet=True)

    def idle_watch(self) -> IdleWatch:
        """What notices that nobody is there."""
        from ui.dialogs.lock import IdleWatch

        if self._idle is None:
            self._idle = IdleWatch(self)
            self._idle.idle.connect(self.lock)
        return self._idle
