"""The lock: nobody acts in another's name. The same screen signs in at the start."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.config import LAST_USER
from app.config import desk as desk_settings
from app.i18n import N_, _
from app.messages import sentence
from ui.background import Desk
from ui.form.fields import TextField
from ui.form.form import Form
from ui.tones import Tone
from ui.widgets.labels import muted, text_label
from ui.widgets.notice import IconLabel, Notice
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot, Operator
    from app.errors import Refused


class LockScreen(QWidget):
    """Covers the window until somebody signs in."""

    opened = Signal(object)     # Operator

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._badge = ""
        self._asking = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bind(self.setAccessibleName, N_("Sign in"))
        outer = QVBoxLayout(self)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(400)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addWidget(IconLabel("ph.lock-key", 28, "accent"))
        column.addWidget(text_label("title", N_("Sign in")))
        self._where = muted(wrap=True)
        column.addWidget(self._where)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.form = Form()
        self.login = self.form.add(TextField("login", N_("User name"), required=True))
        self.password = self.form.add(
            TextField("password", N_("Password"), required=True, secret=True, hint=N_("With a scanned badge: the PIN"))
        )
        self.login.changed.connect(self._forget_badge)
        self.form.submitted.connect(self._submitted)
        self.form.changed.connect(self.notice.hide)
        column.addWidget(self.form)
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        bind(self.button.setText, N_("Sign in"))
        bind(self.button.setAccessibleName, N_("Sign in"))
        self.button.clicked.connect(self.form.submit)
        column.addWidget(self.button)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def say_where(self, depot: str) -> None:
        """Name the depot: at a start it is known only after the lock is seen."""
        self._where.setText(depot)

    def lock(self, where: str = "") -> None:
        """Begin: ``where`` names the depot."""
        if where:
            self.say_where(where)
        self._badge = ""
        self.password.clear()
        self._asking = False
        if not self.login.value():
            self.login.set_value(desk_settings()[LAST_USER])
        (self.password if self.login.value() else self.login).setFocus()

    def badge(self, code: str) -> None:
        """A badge was scanned: its holder goes on with the PIN."""

        def holder(depot: Depot) -> str:
            from app.services import people

            return people.badge_holder(depot, code).login

        def known(login: str) -> None:
            self.login.set_value(login)
            self._badge = code      # set last: changing the login forgets a badge
            self.notice.say(_("Badge read. Type your PIN."), Tone.INFO)
            self.password.setFocus()

        self.desk.run(self, holder, known)

    def _forget_badge(self) -> None:
        self._badge = ""

    def _submitted(self) -> None:
        login, password, badge = self.login.value(), self.password.edit.text(), self._badge

        def come_in(depot: Depot) -> Operator:
            from app.services import people

            if badge:
                return people.sign_in_by_badge(depot, badge, password)
            return people.sign_in(depot, login, password)

        if self._asking:
            return
        self._asking = True
        self.desk.run(self, come_in, self._in, self._refused)

    def _in(self, operator: Operator) -> None:
        self._asking = False
        self.password.clear()
        desk_settings()[LAST_USER] = operator.login
        self.opened.emit(operator)

    def _refused(self, _error: Exception) -> bool:
        self._asking = False
        self.password.clear()
        self.password.setFocus()
        return False

    def show_refusal(self, refusal: Refused) -> bool:
        """At its field if it has one here, else above."""
        if not self.form.show_refusal(refusal):
            self.notice.say(sentence(refusal), Tone.BAD)
        return True


class IdleWatch(QObject):
    """Says when nobody has touched a key or the mouse for a while."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = 0
        self._last = monotonic()
        self._mouse = QCursor.pos()
        self._timer = QTimer(self, interval=15_000)
        self._timer.timeout.connect(self.look)

    def set_minutes(self, minutes: int) -> None:
        """Say so after ``minutes``; 0 = never."""
        self._minutes = minutes
        self.touched()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def touched(self) -> None:
        """Somebody is there."""
        self._last = monotonic()

    def look(self, now: float | None = None) -> None:
        """Is it time? ``now`` in seconds of the monotonic clock."""
        if QCursor.pos() != self._mouse:
            self._mouse = QCursor.pos()
            self.touched()
        if self._minutes and (now or monotonic()) - self._last >= self._minutes * 60:
            self.touched()
            self.idle.emit()
