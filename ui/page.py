"""What every page of the window has: a header, a body, the desk, and the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.errors import Refused
from ui.background import Desk, Errand, Progress
from ui.keys import Act, act, press
from ui.tones import Tone
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot
    from app.domain.signing import Signature
    from ui.dialogs.preview import PrintJob
    from ui.dialogs.sign import SignRequest
    from ui.form.form import Form
    from ui.models.table import Table
    from ui.pages import PageSpec
    from ui.scanner import Scan
    from ui.theme import Scheme

T = TypeVar("T")


class Frame(Protocol):
    """What a page may ask of the window around it."""

    def open(self, page_id: str, subject: object = None) -> None:
        """Show the page ``page_id`` and hand it ``subject`` (a case id, a number …)."""

    def back(self) -> None:
        """Show the page before."""

    def show_unit(self, unit_id: str, depot_id: str = "") -> None:
        """Show the unit's detail at the right; of another depot's unit (head office) to be read only."""

    def leave_unit(self, unit_id: str) -> None:
        """Take the detail away if it shows this unit."""

    def toast(
        self,
        text: str,
        tone: Tone = Tone.OK,
        undo: Callable[[Depot], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say ``text`` for a few seconds. ``undo`` is the compensating operation, offered here and at Ctrl+Z."""

    def banner(
        self, key: str, text: str, tone: Tone = Tone.WARN, action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Say ``text`` above the page until dropped; the same ``key`` replaces."""

    def drop_banner(self, key: str) -> None:
        """Take the banner ``key`` away."""

    def preview(self, job: PrintJob) -> None:
        """Show a paper before it is printed."""

    def sign(self, owner: QWidget, request: SignRequest, then: Callable[[Signature], None]) -> None:
        """Ask for a signature; ``then`` gets it, and is not called when the person steps back."""

    def export(self, table: Table[Any]) -> None:
        """Save what ``table`` shows as a spreadsheet."""

    def chime(self, *, good: bool) -> None:
        """Answer a scan by sound and colour."""

    def help(self, topic: str = "") -> None:
        """Open the help at ``topic`` (the current page's when empty)."""

    def speak(self, spoken: str) -> None:
        """Switch the language of the screen, at once and everywhere."""

    def wear(self, scheme: Scheme) -> None:
        """Switch the look."""


class PageHeader(QWidget):
    """Title, a line of data beside it, and the page's controls at the right; in a narrow window below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setProperty("role", "title")
        bind(self._title.setText, title)
        self._subtitle = ElidedLabel()
        self._subtitle.setProperty("role", "muted")
        self._subtitle.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = Flow()
        self._row.setSpacing(8)
        self.setLayout(self._row)
        self._row.addWidget(self._title)
        self._row.addSpacing(4)
        self._row.addWidget(self._subtitle, 1)

    def subtitle(self, text: str) -> None:
        """Say something about what the page shows: counts, a date."""
        self._subtitle.setText(text)

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` at the right end."""
        self._row.addWidget(widget)


class Page(QWidget):
    """One page. A subclass overrides ``build`` and what it needs of the rest."""

    #: Which changes make the page look again.
    watches: Changes = Changes.NOTHING

    def __init__(self, desk: Desk, frame: Frame, spec: PageSpec) -> None:
        super().__init__()
        self.desk = desk
        self.frame = frame
        self.spec = spec
        self.forms: list[Form] = []
        self._stale = True
        self._unsaid = False
        self._followed = ""
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bind(self.setAccessibleName, spec.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.header = PageHeader(spec.title)
        column.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        self.build()
        desk.changed.connect(self._changed)

    # -- for the subclass to override --------------------------------------------------------------------------

    def build(self) -> None:
        """Make the widgets. Called once."""

    def reload(self) -> None:
        """Fetch what is shown, through the desk. Called when the page is first shown and when it is stale."""

    def scanned(self, scan: Scan) -> bool:
        """A code was scanned while the page is shown; ``True`` = the page took it."""
        return False

    def open_subject(self, subject: object) -> None:
        """The page was opened for ``subject``."""

    def retranslated(self) -> None:
        """The language was switched; texts made from data are to be made again."""
        self.reload()

    def print_job(self) -> PrintJob | None:
        """What Ctrl+P prints on this page; ``None`` = nothing."""
        return None

    # -- for the subclass to use -------------------------------------------------------------------------------

    def run(
        self,
        operation: Callable[[Depot], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], bool] | None = None,
        *,
        quiet: bool = False,
        replace: str = "",
    ) -> Errand:
        """``desk.run`` with this page as the owner."""
        return self.desk.run(self, operation, then, failed, quiet=quiet, replace=replace)

    def run_long(
        self,
        operation: Callable[[Depot, Progress], T],
        then: Callable[[T], None] | None = None,
        title: str = "",
    ) -> Progress:
        """``desk.run_long`` with this page as the owner."""
        return self.desk.run_long(self, operation, then, title)

    def act(self, action_id: str, slot: Callable[[], object]) -> Act:
        """The action ``action_id`` of the table, alive on this page."""
        return act(action_id, slot, self)

    def button(self, action_id: str, slot: Callable[[], object], kind: str = "") -> QPushButton:
        """A button for the action ``action_id``."""
        return press(self.act(action_id, slot), kind)

    def follow(self, unit_id: str) -> None:
        """The detail at the right shows the unit chosen in the page's list; empty: none is, and it goes away.

        A unit that somebody looked up meanwhile stays, and so does what another page shows."""
        left, self._followed = self._followed, unit_id
        if unit_id:
            self.frame.show_unit(unit_id)
        elif left and self.isVisible():
            self.frame.leave_unit(left)

    def watch_form(self, form: Form) -> Form:
        """Let refusals find the fields of ``form``."""
        self.forms.append(form)
        return form

    # -- the frame's side --------------------------------------------------------------------------------------

    def show_refusal(self, refusal: Refused) -> bool:
        """Show ``refusal`` at its field; ``False`` if no form of the page has it."""
        return any(form.show_refusal(refusal) for form in self.forms)

    def begin(self) -> None:
        """Stand where the work of the page begins: at what the page names (its focus proxy), else at its first list.
        Qt would begin at the first button of the header. A field the page chose itself is left alone."""
        focus = self.focusWidget()
        if focus and not isinstance(focus, QAbstractButton) and not self.header.isAncestorOf(focus):
            return
        if self.focusProxy():
            self.setFocus()
            return
        lists = (view for view in self.findChildren(QTableView) if view.isVisibleTo(self))
        first = next(lists, None)
        if first:
            first.setFocus()

    def look_again(self) -> None:
        """Reload now if the page is seen, else when it will be."""
        self._stale = True
        if self.isVisible():
            self._reload()

    def say_again(self) -> None:
        """The language was switched: make the texts anew now if the page is seen, else when it will be."""
        if self.isVisible():
            self.retranslated()
        else:
            self._unsaid = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        super().showEvent(event)
        if self._unsaid:
            self._unsaid = False
            if type(self).retranslated is Page.retranslated:
                self._stale = True
            else:
                self.retranslated()
        if self._stale:
            self._reload()

    def _changed(self, changes: Changes) -> None:
        if changes & self.watches:
            self.look_again()

    def _reload(self) -> None:
        self._stale = False
        self.reload()
