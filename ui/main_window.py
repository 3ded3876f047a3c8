"""The window: navigation, scan box, pages, the unit's detail, status. Pages are loaded when they are first opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.config import LANGUAGE, THEME
from app.config import desk as desk_settings
from app.i18n import N_, _, language, use
from ui import icons, memory, theme, words
from ui.actions import everything
from ui.background import Desk, Progress
from ui.errors import Troubles
from ui.frame.detail_panel import DetailPanel
from ui.frame.navigation import Navigation
from ui.frame.routing import Router
from ui.frame.status import Status
from ui.frame.toasts import Toasts
from ui.frame.top_bar import TopBar
from ui.keys import Act, act
from ui.page import Page
from ui.pages import PAGES, PageSpec, page_spec
from ui.scanner import KeyWatch
from ui.tones import Tone
from ui.widgets.notice import Notice
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot, Operator
    from app.domain.signing import Signature
    from ui.dialogs.lock import IdleWatch, LockScreen
    from ui.dialogs.preview import PrintJob
    from ui.dialogs.sign import SignRequest
    from ui.models.table import Table


class MainWindow(QMainWindow):
    """The frame around the pages; what pages ask of it is :class:`ui.page.Frame`."""

    painted = Signal()          # the first paint is over
    page_shown = Signal(str)

    def __init__(self, desk: Desk, *, pages: tuple[PageSpec, ...] = PAGES, first: str = "today") -> None:
        super().__init__()
        self.desk = desk
        self._specs = pages
        self._first = first
        self._pages: dict[str, Page] = {}
        self._history: list[str] = []
        self._here = ""
        self._painted = False
        self._undo: Callable[[Depot], object] | None = None
        self._banners: dict[str, Notice] = {}
        self._lock_screen: LockScreen | None = None
        self._idle: IdleWatch | None = None
        self._hidden: list[QDialog] = []
        self._was: Operator | None = None
        self._where = ""
        bind(self.setWindowTitle, N_("Return depot"))
        self.resize(1360, 860)
        self._acts = self._make_acts()
        self._build()
        self._router = Router(self)
        self._troubles = Troubles(self, desk)
        self._keys = KeyWatch(self)
        self._keys.scanned.connect(self._router.take)
        self.bar.scan.entered.connect(lambda text: self._router.take(text, typed=True))
        self.bar.scan.unit_chosen.connect(self.show_unit)
        desk.started_long.connect(self._show_progress)
        desk.changed.connect(self._record_changed)
        self.restoreGeometry(memory.recall_bytes("window/geometry"))
        self.navigation.fold(folded=memory.recall("window/folded") == "yes")

    # -- building ----------------------------------------------------------------------------------------------

    def _make_acts(self) -> dict[str, Act]:
        slots: dict[str, Callable[[], object]] = {
            "frame.help": self.help,
            "frame.scan": self._listen,
            "frame.detail": self._toggle_detail,
            "frame.reload": self._reload,
            "frame.lock": self.lock,
            "frame.print": self._print,
            "frame.undo": self.undo_last,
            "frame.navigation": self._fold,
            "frame.keys": lambda: self.help("keys"),
            "frame.back": self.back,
            "frame.language": self._next_language,
            "frame.theme": self._next_theme,
            "frame.quit": self.close,
        }
        made = {name: act(name, slot, self) for name, slot in slots.items()}
        known = {line.id for line in everything()}
        for spec in self._specs:
            if f"go.{spec.id}" in known:
                made[f"go.{spec.id}"] = act(f"go.{spec.id}", partial(self.open, spec.id), self)
        return made

    def _build(self) -> None:
        self.navigation = Navigation(self._specs)
        self.navigation.chosen.connect(self.open)
        self.bar = TopBar(self.desk, self._acts, lambda: self.open("receiving"))
        self.detail = DetailPanel(self.desk, self)
        self.detail.closed.connect(self._close_detail)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(20, 0, 20, 0)
        self._notices.setSpacing(6)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._notices)
        column.addWidget(self.stack, 1)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        inner = QHBoxLayout()
        inner.setSpacing(0)
        inner.addWidget(middle, 1)
        inner.addWidget(self.detail)
        right.addLayout(inner, 1)
        row.addLayout(right, 1)
        self._screens = QStackedWidget()
        self._screens.addWidget(self._work)
        self.setCentralWidget(self._screens)
        self._toasts = Toasts(middle)
        self.status = Status(self.desk)
        self.setStatusBar(self.status)
        self.bar.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.painted.emit()
        icons.ready()
        self.navigation.look_again()

    # -- pages -------------------------------------------------------------------------------------------------

    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._here)

    def here(self) -> str:
        """The id of the page that is shown."""
        return self._here

    def knows(self, page_id: str) -> bool:
        """Whether there is such a page."""
        return any(spec.id == page_id for spec in self._specs)

    def open(self, page_id: str, subject: object = None) -> None:
        """Show the page ``page_id``, for ``subject`` if one is given."""
        page = self._pages.get(page_id) or self._load(page_id)
        if self._here and self._here != page_id:
            self._history.append(self._here)
            del self._history[:-50]
        self._here = page_id
        self.stack.setCurrentWidget(page)
        self.navigation.show_here(page_id)
        if subject is not None:
            page.open_subject(subject)
        if not self.bar.scan.hasFocus():
            page.setFocus()
        self.page_shown.emit(page_id)

    def back(self) -> None:
        """Show the page before."""
        if self._history:
            before = self._history.pop()
            self.open(before)
            self._history.pop()

    def _load(self, page_id: str) -> Page:
        spec = next((spec for spec in self._specs if spec.id == page_id), None) or page_spec(page_id)
        made: Page = getattr(import_module(spec.module), spec.name)(self.desk, self, spec)
        self._pages[page_id] = made
        self.stack.addWidget(made)
        for table in made.findChildren(QWidget):
            asked = getattr(table, "export_asked", None)
            if asked is not None:
                asked.connect(self._export)
        return made

    def _reload(self) -> None:
        page = self.page()
        if page:
            page.look_again()
        self.detail.look_again()
        self.count_again()

    # -- the unit's detail -------------------------------------------------------------------------------------

    def show_unit(self, unit_id: str) -> None:
        """Show the unit at the right."""
        self.detail.show_unit(unit_id)

    def _toggle_detail(self) -> None:
        if self.detail.isVisible():
            self._close_detail()
        elif self.detail.unit_id:
            self.detail.show()

    def _close_detail(self) -> None:
        self.detail.hide()
        page = self.page()
        if page:
            page.setFocus()

    # -- saying things -----------------------------------------------------------------------------------------

    def toast(
        self,
        text: str,
        tone: Tone = Tone.OK,
        undo: Callable[[Depot], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say ``text``; with ``undo`` offer the way back, here and at Ctrl+Z."""
        if undo:
            self._undo = undo
            action = (_("Undo"), lambda: self._take_back(undo))
        self._toasts.say(text, tone, action)

    def toasts(self) -> list[str]:
        """What is being said now."""
        return [toast.text for toast in self._toasts.shown()]

    def undo_last(self) -> None:
        """Take back the last step that offered it."""
        if self._undo:
            self._take_back(self._undo)
        else:
            self.toast(_("There is nothing to undo here. Earlier steps: in the unit's history."), Tone.INFO)

    def _take_back(self, undo: Callable[[Depot], object]) -> None:
        if self._undo is undo:
            self._undo = None
        self.desk.run(self, undo, lambda _result: self.toast(_("Undone.")))

    def banner(
        self, key: str, text: str, tone: Tone = Tone.WARN, action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Say ``text`` above the page until dropped."""
        notice = self._banners.get(key)
        if notice is None:
            notice = self._banners[key] = Notice()
            self._notices.addWidget(notice)
        self._notices.setContentsMargins(20, 12, 20, 0)
        notice.say(text, tone, action)

    def drop_banner(self, key: str) -> None:
        """Take the banner away."""
        notice = self._banners.pop(key, None)
        if notice:
            notice.hide()
            notice.deleteLater()
        if not self._banners:
            self._notices.setContentsMargins(20, 0, 20, 0)

    def banners(self) -> list[str]:
        """What the banners say."""
        return [notice.text() for notice in self._banners.values()]

    def chime(self, *, good: bool) -> None:
        """Answer a scan by sound and colour."""
        from ui.frame.chime import chime

        self.bar.scan.flash(good=good)
        chime(good=good)

    # -- papers, signatures, help ------------------------------------------------------------------------------

    def preview(self, job: PrintJob) -> None:
        """Show a paper before it is printed."""
        from ui.dialogs.preview import PreviewDialog

        PreviewDialog(self, job, self.desk).show()

    def sign(self, owner: QWidget, request: SignRequest, then: Callable[[Signature], None]) -> None:
        """Ask for a signature."""
        from ui.dialogs.sign import sign

        sign(owner.window(), request, self.desk, then)

    def help(self, topic: str = "") -> None:
        """Open the help."""
        from ui.dialogs.help import HelpDialog

        HelpDialog(self, topic or self._here).show()

    def _print(self) -> None:
        page = self.page()
        job = page.print_job() if page else None
        if job:
            self.preview(job)
        else:
            self.toast(_("There is nothing to print on this page."), Tone.INFO)

    def _export(self, table: Table[object]) -> None:
        from ui.models.export import save_as_spreadsheet

        save_as_spreadsheet(table, self)

    def _show_progress(self, title: str, progress: Progress, owner: QWidget) -> None:
        from ui.dialogs.progress import ProgressDialog

        parent = owner.window() if isinstance(owner, QWidget) else self
        ProgressDialog(parent, title, progress, self.desk)

    # -- who is here -------------------------------------------------------------------------------------------

    @property
    def lock_screen(self) -> LockScreen:
        """The lock; made when first needed."""
        if self._lock_screen is None:
            from ui.dialogs.lock import LockScreen

            self._lock_screen = LockScreen(self.desk)
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
        self._hidden = [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]
        for dialog in self._hidden:
            dialog.hide()
        self._was = self.desk.operator
        self._screens.setCurrentWidget(self.lock_screen)
        for made in self._acts.values():
            made.setEnabled(made.objectName() in _WHILE_LOCKED)
        self.desk.sign_in(None)
        self.lock_screen.lock(self._where)

    def welcome(self, operator: Operator) -> None:
        """``operator`` is at the desk from now on."""
        self.desk.sign_in(operator)
        for made in self._acts.values():
            made.setEnabled(True)
        self._screens.setCurrentWidget(self._work)
        for dialog in self._hidden:
            if self._was == operator:
                dialog.show()
            else:
                dialog.reject()     # another's half-done work; its draft is kept for them
        self._hidden = []
        self.count_again()
        if not self._here:
            self.open(self._first)
        else:
            self._reload()
        self._watch_idle()

    def _watch_idle(self) -> None:
        from app.services import people
        from ui.dialogs.lock import IdleWatch

        if self._idle is None:
            self._idle = IdleWatch(self)
            self._idle.idle.connect(self.lock)
            self._keys.touched.connect(self._idle.touched)
        self.desk.run(self, people.idle_minutes, self._idle.set_minutes, quiet=True)

    def show_depot(self, name: str, tip: str = "", *, demo: bool = False) -> None:
        """Which depot this is."""
        self._where = name
        self.status.show_depot(name, tip)
        self.setWindowTitle(f"{name}")
        if demo:
            self.status.show_demo()

    def show_bug(self, report: str) -> None:
        """Something that must not happen happened."""
        self._troubles.show_bug(report)

    # -- counts ------------------------------------------------------------------------------------------------

    def _record_changed(self, changes: Changes) -> None:
        if changes & ~Changes.DRAFTS:
            self.count_again()

    def count_again(self) -> None:
        """Fetch what waits on each page."""
        from ui.frame.counts import fetch

        if not self.locked():
            self.desk.run(self, fetch, self.navigation.show_counts, quiet=True, replace="counts")

    # -- language and look -------------------------------------------------------------------------------------

    def _next_language(self) -> None:
        self.speak("en" if language().startswith("zh") else "zh_CN")

    def speak(self, spoken: str) -> None:
        """Switch the language of the screen, at once and everywhere."""
        from ui.desktop import translate_qt

        desk_settings()[LANGUAGE] = spoken
        use(spoken)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        translate_qt(app)
        words.retranslate()
        for window in app.topLevelWidgets():
            app.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.bar.retranslate()
        self.navigation.look_again()
        self.setWindowTitle(self._where or _("Return depot"))
        self.detail.look_again()
        for page_id, page in self._pages.items():
            if page_id == self._here:
                page.retranslated()
            else:
                page.look_again()

    def _next_theme(self) -> None:
        self.wear(theme.Scheme.LIGHT if theme.is_dark() else theme.Scheme.DARK)

    def wear(self, scheme: theme.Scheme) -> None:
        """Switch the look."""
        desk_settings()[THEME] = scheme.value
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.wear(app, scheme)

    # -- the rest ----------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        self.bar.scan.listen()

    def _fold(self) -> None:
        self.navigation.fold(folded=not self.navigation.folded())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        memory.remember("window/geometry", self.saveGeometry())
        memory.remember("window/folded", "yes" if self.navigation.folded() else "")
        for dialog in self.findChildren(QDialog):
            dialog.close()
        super().closeEvent(event)


_WHILE_LOCKED = {"frame.help", "frame.keys", "frame.language", "frame.theme", "frame.quit"}
