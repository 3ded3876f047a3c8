"""The lock: nobody acts in another's name. The same screen signs in at the start."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from app.config import LAST_USER, desk as desk_settings
from app.i18n import N_
from ui.background import Desk
from ui.form.fields import TextField
from ui.form.form import Form
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
        self.password = self.form.add(TextField("password", N_("Password"), required=True, secret=True))
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

    def lock(self, where: str = "") -> None:
        """Begin: ``where`` names the depot."""
        if where:
            self._where.setText(where)
        self.password.clear()
        if not self.login.value():
            self.login.set_value(desk_settings()[LAST_USER])
        (self.password if self.login.value() else self.login).setFocus()

    def _submitted(self) -> None:
        login, password = self.login.value(), self.password.edit.text()

        def come_in(depot: Depot) -> Operator:
            from app.services import people

            return people.sign_in(depot, login, password)

        self.form.setEnabled(False)
        self.desk.run(self, come_in, self._in, self._refused)

    def _in(self, operator: Operator) -> None:
        self.form.setEnabled(True)
        self.password.clear()
        desk_settings()[LAST_USER] = operator.login
        self.opened.emit(operator)

    def _refused(self, _error: Exception) -> bool:
        self.form.setEnabled(True)
        self.password.clear()
        self.password.setFocus()
        return False

    def show_refusal(self, refusal: Refused) -> bool:
        """At its field if it has one here, else above."""
        from app.messages import sentence
        from ui.tones import Tone

        if not self.form.show_refusal(refusal):
            self.notice.say(sentence(refusal), Tone.BAD)
        return True


class IdleWatch(QObject):
    """Says when nobody has touched the window for a while."""

    idle = Signal()
    _SIGNS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
                        QEvent.Type.TabletPress, QEvent.Type.TouchBegin})

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = 0
        self._last = monotonic()
        self._timer = QTimer(self, interval=15_000)
        self._timer.timeout.connect(self.look)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one

    def set_minutes(self, minutes: int) -> None:
        """Say so after ``minutes``; 0 = never."""
        self._minutes = minutes
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self, now: float | None = None) -> None:
        """Is it time? ``now`` in seconds of the monotonic clock."""
        if self._minutes and (now or monotonic()) - self._last >= self._minutes * 60:
            self._last = now or monotonic()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002  Qt's name
        if event.type() in self._SIGNS:
            self._last = monotonic()
        return False
