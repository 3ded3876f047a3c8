"""The first start: five questions, and there is a depot (spec 5, "First minutes")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.config import DATABASE, LANGUAGE, LAST_USER
from app.config import desk as desk_settings
from app.domain.people import Role
from app.errors import Problem, Refused, Unavailable
from app.i18n import N_, _, language, use
from app.messages import sentence
from ui import words
from ui.background import Desk
from ui.desktop import translate_qt
from ui.people.first_steps import CentreStep, DepotStep, LanguageStep, PersonStep, PlaceStep, Step
from ui.tones import Tone
from ui.widgets import muted
from ui.widgets.labels import text_label
from ui.widgets.notice import IconLabel, Notice
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot, Hashing
    from app.services.founding import Founding


@dataclass(frozen=True, slots=True)
class Founded:
    """The depot is there: where, and who its first administrator is."""

    target: str
    login: str


class FirstStart(QDialog):
    """Five steps; the last one founds the depot. ``founded`` says the result."""

    def __init__(self, target: str = "", *, hashing: Hashing | None = None) -> None:
        super().__init__()
        self.founded: Founded | None = None
        self._hashing = hashing
        self.desk = Desk(_no_depot, self)
        self.setObjectName("page")
        bind(self.setWindowTitle, N_("First start"))
        self.resize(760, 620)
        self.language, self.depot, self.person = LanguageStep(), DepotStep(), PersonStep()
        self.place, self.centre = PlaceStep(), CentreStep()
        self.steps: tuple[Step, ...] = (self.language, self.depot, self.person, self.place, self.centre)
        if "://" in target:
            self.place.kind.set_value("server")
            self.place.server.set_value(target)
        self.place.file.set_value(target if target and "://" not in target else desk_settings().database_target())
        self._build()
        self._judge()
        self._show(0)

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._icon = IconLabel("ph.house", 30, "accent")
        head.addWidget(self._icon)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._title, self._where = text_label("title"), muted()
        column.addWidget(self._where)
        column.addWidget(self._title)
        head.addLayout(column, 1)
        outer.addLayout(head)
        self._dots = [QLabel() for _step in self.steps]
        row = QHBoxLayout()
        row.setSpacing(6)
        for dot in self._dots:
            dot.setFixedHeight(4)
            dot.setObjectName("step")
            row.addWidget(dot)
        outer.addLayout(row)
        self._text = muted(wrap=True)
        outer.addWidget(self._text)
        self.notice = Notice()
        outer.addWidget(self.notice)
        self._stack = QStackedWidget()
        for step in self.steps:
            step.submitted.connect(self._go_on)
            step.changed.connect(self.notice.hide)
            self._stack.addWidget(_scrolled(step))
        outer.addWidget(self._stack, 1)
        self._back, self._next = QPushButton(), QPushButton()
        for button in (self._back, self._next):
            button.setAutoDefault(False)
        self._next.setProperty("kind", "primary")
        bind(self._back.setText, N_("Back"))
        self._back.clicked.connect(lambda: self._show(self._here - 1))
        self._next.clicked.connect(self._submit)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._next)
        outer.addLayout(foot)
        self.language.language.changed.connect(self._speak)

    def _judge(self) -> None:
        """Each step is judged by the service's own function, over what it asks."""
        for step in self.steps:
            step.judge(partial(self._problems_of, step))

    def _problems_of(self, step: Step) -> list[Problem]:
        from app.services import founding

        own = step.own() if isinstance(step, PersonStep | PlaceStep) else []
        return own + [p for p in founding.problems(self.answers()) if p.field in step.fields]

    def answers(self) -> Founding:
        """What has been answered so far."""
        from app.services.founding import Founding

        depot, person = self.depot, self.person
        more = frozenset({Role.CLERK, Role.SUPERVISOR}) if person.counter.value() else frozenset[Role]()
        return Founding(
            depot.code.value().upper(), depot.name.value(), person.login.value(), person.name.value(),
            person.password.edit.text(), person.pin.value(), str(self.language.language.value()),
            address=depot.address.value(), phone=depot.phone.value(), admin_roles=more, centre=self.centre.centre(),
        )

    # -- going ---------------------------------------------------------------------------------------------------

    _here = 0

    def _show(self, place: int) -> None:
        self._here = max(0, place)
        step = self.steps[self._here]
        last = self._here == len(self.steps) - 1
        self._stack.setCurrentIndex(self._here)
        bind(self._title.setText, step.title)
        bind(self._text.setText, step.text)
        bind(self._where.setText, N_("First start, {n} of {m}"), n=self._here + 1, m=len(self.steps))
        bind(self._next.setText, N_("Found the depot") if last else N_("Go on"))
        bind(self._next.setAccessibleName, N_("Found the depot") if last else N_("Go on"))
        self._icon.change(step.icon, "accent")
        self._back.setVisible(self._here > 0)
        self.notice.hide()
        for at, dot in enumerate(self._dots):
            dot.setProperty("reached", at <= self._here)
            dot.style().unpolish(dot)
            dot.style().polish(dot)
        step.focus_first()

    def _submit(self) -> None:
        self.steps[self._here].submit()

    def _go_on(self) -> None:
        if self._here < len(self.steps) - 1:
            self._show(self._here + 1)
        else:
            self._found()

    def _speak(self) -> None:
        use(str(self.language.language.value()))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        translate_qt(app)
        words.retranslate()
        app.sendEvent(self, QEvent(QEvent.Type.LanguageChange))

    def _found(self) -> None:
        answers, hashing = self.answers(), self._hashing
        target = self.place.target()
        self.setEnabled(False)
        self.notice.say(_("The depot is being founded…"), Tone.INFO)

        def labour() -> Founded:
            from app.services import founding

            depot = founding.found(target, answers, hashing=hashing)
            depot.close()
            return Founded(target, answers.admin_login)

        self.desk.work(self, labour, self._there, self._failed)

    def _there(self, founded: Founded) -> None:
        self.founded = founded
        settings = desk_settings()
        own = str(Path(settings.database_target()))
        if founded.target != own:
            settings[DATABASE] = founded.target
        settings[LANGUAGE] = language()
        settings[LAST_USER] = founded.login
        self.accept()

    def _failed(self, error: Exception) -> bool:
        self.setEnabled(True)
        if not isinstance(error, Refused | Unavailable):
            self.notice.say(_("The depot could not be founded: {reason}").format(reason=repr(error)), Tone.BAD)
            return True
        for place, step in enumerate(self.steps):
            if error.code != "founding.exists" and isinstance(error, Refused) and error.field in step.fields:
                self._show(place)
                step.show_refusal(error)
                return True
        self._show(3)
        self.notice.say(sentence(error), Tone.BAD)
        return True

    def done(self, result: int) -> None:
        """Close; the thread that founded is given back."""
        self.desk.close()
        super().done(result)


def _no_depot() -> Depot:
    raise LookupError("there is no depot yet")


def _scrolled(step: Step) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("plain")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setObjectName("plain")
    column = QVBoxLayout(inner)
    column.setContentsMargins(2, 2, 10, 2)
    column.addWidget(step)
    column.addStretch(1)
    area.setWidget(inner)
    return area


def first_start(target: str) -> Founded | None:
    """Ask the five questions; ``None`` when the person stepped back. Needs the dressed application."""
    dialog = FirstStart(target)
    dialog.exec()
    founded = dialog.founded
    dialog.deleteLater()
    return founded
