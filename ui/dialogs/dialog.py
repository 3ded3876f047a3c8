"""The two dialogues pages use: a form in a dialogue, and a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.errors import Refused
from app.i18n import N_, _
from app.messages import sentence
from ui.background import Desk, Errand
from ui.form.draft import Draft
from ui.form.form import Form
from ui.form.versions import Opened
from ui.tones import Tone
from ui.widgets.labels import muted, text_label
from ui.widgets.notice import Notice
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot

T = TypeVar("T")
TALLEST = 656     # of a form in a dialogue; a longer one scrolls


class HasDesk(Protocol):
    """A page or a dialogue: whatever holds a desk."""

    desk: Desk


class Dialog(QDialog):
    """A dialogue with a title, a body, a notice for refusals and a row of buttons."""

    def __init__(self, parent: QWidget, title: str, *, desk: Desk | None = None, width: int = 520) -> None:
        """``title`` is marked by N_. The desk is the parent's unless given."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk: Desk = desk or parent.desk  # type: ignore[attr-defined]  # pages and dialogues have one
        self.setMinimumWidth(width)
        bind(self.setWindowTitle, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        head = text_label("title", title)
        column.addWidget(head)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)

    def add_button(self, text: str, slot: Callable[[], object], kind: str = "") -> QPushButton:
        """A button (text marked by N_) at the right of those that are there."""
        button = QPushButton()
        button.setProperty("kind", kind)
        button.setAutoDefault(False)
        bind(button.setText, text)
        bind(button.setAccessibleName, text)
        button.clicked.connect(lambda _checked=False: slot())
        self.buttons.addWidget(button)
        return button

    def run(
        self,
        operation: Callable[[Depot], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], bool] | None = None,
        *,
        quiet: bool = False,
        replace: str = "",
    ) -> Errand:
        """``desk.run`` with this dialogue as the owner."""
        return self.desk.run(self, operation, then, failed, quiet=quiet, replace=replace)

    def show_refusal(self, refusal: Refused) -> bool:
        """Show ``refusal`` above the body."""
        self.notice.say(sentence(refusal), Tone.BAD)
        return True


class FormDialog(Dialog):
    """A form, its accept button (gated by the form's problems) and a way back.

    Esc with something typed asks first; with a ``draft`` it need not: the draft is there when the dialogue is opened
    again.
    """

    submitted = Signal()

    def __init__(
        self, parent: QWidget, title: str, form: Form, *, accept: str = N_("Save"), text: str = "",
        draft: str = "", subject: str = "", danger: bool = False, width: int = 560, desk: Desk | None = None,
    ) -> None:
        super().__init__(parent, title, desk=desk, width=width)
        self.form = form
        self._discarding = False
        if text:
            self.body.addWidget(muted(text, wrap=True))
        self._inner, self._area = _scrolled(form)
        self._inner.installEventFilter(self)
        self.body.addWidget(self._area, 1)
        self.add_button(N_("Cancel"), self.reject)
        self.accept_button = self.add_button(accept, form.submit, "danger" if danger else "primary")
        form.submitted.connect(self.submitted)
        form.changed.connect(self.notice.hide)
        self._opened = Opened.of(form)
        self._again: Callable[[Refused], object] | None = None
        self._draft = Draft(self.desk, form, draft, subject) if draft else None
        if self._draft:
            self._draft.restored.connect(lambda: self.notice.say(_("What you typed last time is back."), Tone.INFO))
        form.focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._area.setMinimumHeight(min(TALLEST, self._inner.sizeHint().height() + 6))  # problems take room too
        return super().eventFilter(watched, event)

    def done_well(self) -> None:
        """It is saved: close, and forget the draft."""
        if self._draft:
            self._draft.drop()
        self.accept()

    def reject(self) -> None:
        """Close, unless something typed would be lost."""
        changed = self.form.content() != self._opened.kept
        if not changed or self._discarding:
            if self._draft and self._discarding:
                self._draft.drop()
            super().reject()
        elif self._draft:
            self._draft.save()
            super().reject()
        else:
            self.notice.say(
                _("What you typed is not saved."), Tone.WARN, (_("Discard and close"), self._discard)
            )

    def _discard(self) -> None:
        self._discarding = True
        self.reject()

    def reopens(self, read: Callable[[Depot], T], made: Callable[[T], FormDialog]) -> None:
        """How it goes on when somebody else was quicker: ``read`` the record again, and have ``made(record)`` take this
        dialogue's place (not opened yet; its form says what stands in the record now) with what the person chooses.
        """
        self._again = lambda refusal: self.run(read, lambda found: self._compare(refusal, made(found)))

    def _compare(self, refusal: Refused, fresh: FormDialog) -> None:
        from ui.dialogs.versions import compare

        compare(self, refusal, self._opened, self.form, fresh.form,
                lambda content, text: self._give_way(fresh, content, text), fresh.deleteLater)

    def _give_way(self, fresh: FormDialog, content: Mapping[str, object], text: str) -> None:
        fresh.form.fill(content)
        fresh.notice.say(text, Tone.INFO)
        if self._draft:
            self._draft.drop()
        super().reject()
        fresh.open()

    def show_refusal(self, refusal: Refused) -> bool:
        """Both versions when somebody else was quicker; at its field if the form has it, else above."""
        if self._again is not None and refusal.changed_meanwhile:
            super().show_refusal(refusal)
            self._again(refusal)
            return True
        return self.form.show_refusal(refusal) or super().show_refusal(refusal)


def _scrolled(form: Form) -> tuple[QWidget, QScrollArea]:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setObjectName("plain")
    inner = QWidget()
    inner.setObjectName("plain")
    column = QVBoxLayout(inner)
    column.setContentsMargins(2, 2, 10, 2)
    column.addWidget(form)
    column.addStretch(1)
    area.setWidget(inner)
    area.setMinimumHeight(min(TALLEST, inner.sizeHint().height() + 6))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return inner, area


class Question(Dialog):
    """One question with two answers. The safe one has the focus."""

    def __init__(
        self, parent: QWidget, title: str, text: str, accept: str, *, danger: bool = False, desk: Desk | None = None
    ) -> None:
        """``title`` and ``accept`` are marked by N_; ``text`` is already in the screen's language."""
        super().__init__(parent, title, desk=desk, width=440)
        words = QLabel(text)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(words)
        back = self.add_button(N_("Cancel"), self.reject)
        self.add_button(accept, self.accept, "danger" if danger else "primary")
        back.setFocus()
        self.setAccessibleDescription(text)


def ask(
    parent: QWidget, title: str, text: str, accept: str, then: Callable[[], object], *, danger: bool = False
) -> Question:
    """Ask; ``then()`` when the answer is yes. Does not wait."""
    question = Question(parent, title, text, accept, danger=danger)
    question.accepted.connect(then)
    question.open()
    return question
