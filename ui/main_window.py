"""The window: navigation, scan box, pages, the unit's detail, status. Pages are loaded when they are first opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.config import LANGUAGE, THEME
from app.config import desk as desk_settings
from app.i18n import N_, _, language, use
from ui import memory, theme, words
from ui.actions import everything
from ui.background import Desk, Progress
from ui.errors import Troubles
from ui.form.draft import Draft
from ui.frame import counts
from ui.frame.beside import Beside
from ui.frame.detail_panel import DetailPanel
from ui.frame.guard import Guard
from ui.frame.navigation import Navigation
from ui.frame.routing import Router
from ui.frame.status import Status
from ui.frame.top_bar import TopBar
from ui.frame.voice import Voice
from ui.keys import Act, act
from ui.page import Page
from ui.pages import PAGES, PageSpec, page_spec
from ui.scanner import KeyWatch
from ui.tones import Tone
from ui.words import bind

if TYPE_CHECKING:
    from app.domain.signing import Signature
    from ui.dialogs.lock import LockScreen
    from ui.dialogs.preview import PrintJob
    from ui.dialogs.sign import SignRequest
    from ui.frame.scan_folder import ScanFolder
    from ui.models.table import Table


class MainWindow(QWidget):
    """The frame around the pages; what pages ask of it is :class:`ui.page.Frame`."""

    page_shown = Signal(str)

    def __init__(self, desk: Desk, *, pages: tuple[PageSpec, ...] = PAGES, first: str = "today") -> None:
        """``first``: the page opened when somebody signs in; empty: none."""
        super().__init__()
        self.desk = desk
        self._specs = pages
        self._first = first
        self._pages: dict[str, Page] = {}
        self._history: list[str] = []
        self._here = ""
        self._name = ""
        self._scans: ScanFolder | None = None
        self.setAcceptDrops(True)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(1360, 860)
        bind(self.setWindowTitle, N_("Return depot"))
        self.voice: Voice
        self.guard: Guard
        self._acts = self._make_acts()
        self._build()
        self._router = Router(self)
        self._troubles = Troubles(self, desk)
        self._keys = KeyWatch(self)
        self._keys.scanned.connect(self._router.take)
        self.bar.scan.entered.connect(lambda text: self._router.take(text, typed=True))
        self.bar.scan.unit_chosen.connect(self.show_unit)
        self.guard.welcomed.connect(self._welcomed)
        desk.started_long.connect(self._show_progress)
        desk.changed.connect(self._record_changed)
        self.navigation.fold(folded=memory.recall("window/folded") == "yes")

    # -- building ----------------------------------------------------------------------------------------------

    def _make_acts(self) -> dict[str, Act]:
        slots: dict[str, Callable[[], object]] = {
            "frame.help": self.help,
            "frame.scan": lambda: self.bar.scan.listen(),  # noqa: PLW0108  it is made later
            "frame.detail": lambda: self.detail.toggle(),  # noqa: PLW0108  it is made later
            "frame.reload": self.reload,
            "frame.lock": lambda: self.guard.lock(),  # noqa: PLW0108  it is made later
            "frame.print": self._print,
            "frame.undo": lambda: self.voice.undo_last(),  # noqa: PLW0108  it is made later
            "frame.navigation": lambda: self.navigation.fold(folded=not self.navigation.folded()),
            "frame.keys": lambda: self.help("keys"),
            "frame.back": self.back,
            "frame.language": lambda: self.speak("en" if language().startswith("zh") else "zh_CN"),
            "frame.theme": lambda: self.wear(theme.Scheme.LIGHT if theme.is_dark() else theme.Scheme.DARK),
            "frame.unit-file": lambda: self.detail.open_file(),  # noqa: PLW0108  it is made later
            "frame.same-lot": lambda: self.detail.open_lot(),  # noqa: PLW0108  it is made later
            "frame.warranty": lambda: self.detail.open_warranty(),  # noqa: PLW0108  it is made later
            "frame.quit": lambda: self.window().close(),
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
        middle, column = _box(QVBoxLayout())
        banners = QVBoxLayout()
        column.addLayout(banners)
        column.addWidget(self.stack, 1)
        work, row = _box(QHBoxLayout())
        row.addWidget(self.navigation)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(Beside(middle, self.detail), 1)
        row.addLayout(right, 1)
        screens = QStackedWidget()
        screens.addWidget(work)
        self.status = Status(self.desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(screens, 1)
        outer.addWidget(self.status)
        self.voice = Voice(self.desk, middle, banners)
        self.toast = self.voice.toast
        self.banner = self.voice.banner
        self.drop_banner = self.voice.drop_banner
        self.toasts = self.voice.toasts
        self.banners = self.voice.banners
        self.guard = Guard(self.desk, self, screens, list(self._acts.values()))
        self.lock = self.guard.lock
        self.locked = self.guard.locked
        self.welcome = self.guard.welcome
        self.bar.retranslate()

    @property
    def lock_screen(self) -> LockScreen:
        """The lock."""
        return self.guard.lock_screen

    def begin_at(self, page_id: str) -> None:
        """Show ``page_id`` when somebody first signs in."""
        self._first = page_id

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
        new = page_id not in self._pages
        page = self._pages.get(page_id) or self._load(page_id)
        if self._here and self._here != page_id:
            self._history.append(self._here)
            del self._history[:-50]
        self._here = page_id
        for other in self._pages.values():     # the window is as wide as this page needs, whatever the others would
            needed = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            other.setSizePolicy(needed, needed)
        self.stack.setCurrentWidget(page)
        self.navigation.show_here(page_id)
        if new and not self.bar.scan.hasFocus():
            page.begin()
        if subject is not None:
            page.open_subject(subject)
        if not page.isAncestorOf(QApplication.focusWidget() or self) and not self.bar.scan.hasFocus():
            page.setFocus()
        self.page_shown.emit(page_id)

    def back(self) -> None:
        """Show the page before."""
        if self._history:
            self.open(self._history.pop())
            self._history.pop()

    def reload(self) -> None:
        """Look again at everything that is shown."""
        page = self.page()
        if page:
            page.look_again()
        self.detail.look_again()
        self.count_again()

    def _load(self, page_id: str) -> Page:
        spec = next((spec for spec in self._specs if spec.id == page_id), None) or page_spec(page_id)
        made: Page = getattr(import_module(spec.module), spec.name)(self.desk, self, spec)
        self._pages[page_id] = made
        self.stack.addWidget(made)
        return made

    # -- the unit's detail -------------------------------------------------------------------------------------

    def show_unit(self, unit_id: str, depot_id: str = "") -> None:
        """Show the unit at the right; of another depot's unit (head office) to be read only."""
        self.detail.show_unit(unit_id, depot_id)

    def leave_unit(self, unit_id: str) -> None:
        """Take the detail away if it shows the unit ``unit_id``."""
        self.detail.leave_unit(unit_id)

    def _close_detail(self) -> None:
        self.detail.hide()
        page = self.page()
        if page:
            page.setFocus()

    # -- papers, signatures, help ------------------------------------------------------------------------------

    def preview(self, job: PrintJob) -> None:
        """Show a paper before it is printed."""
        from ui.dialogs.preview import PreviewDialog

        PreviewDialog(self, job, self.desk).show()

    def sign(self, owner: QWidget, request: SignRequest, then: Callable[[Signature], None]) -> None:
        """Ask for a signature; ``then`` gets it, and is not called when the person steps back."""
        from ui.dialogs.sign import sign

        sign(self._over(owner), request, self.desk, then)

    def export(self, table: Table[object]) -> None:
        """Ask where to, then save what ``table`` shows as a spreadsheet."""
        from ui.models.export import save_as_spreadsheet

        save_as_spreadsheet(table, self)

    def help(self, topic: str = "") -> None:
        """Open the help at ``topic``, the current page's when empty."""
        from ui.dialogs.help import HelpDialog

        HelpDialog(self, topic or self._here).show()

    def chime(self, *, good: bool) -> None:
        """Answer a scan by sound and colour."""
        from ui.frame.chime import chime

        self.bar.scan.flash(good=good)
        chime(good=good)

    def show_bug(self, report: str) -> None:
        """Something that must not happen happened."""
        self._troubles.show_bug(report)

    def _print(self) -> None:
        page = self.page()
        job = page.print_job() if page else None
        if job:
            self.preview(job)
        else:
            self.toast(_("There is nothing to print on this page."), Tone.INFO)

    def _show_progress(self, title: str, progress: Progress, owner: object) -> None:
        from ui.dialogs.progress import ProgressDialog

        ProgressDialog(self._over(owner), title, progress, self.desk)

    def _over(self, owner: object) -> QWidget:
        """What a dialogue for ``owner`` lies over: the dialogue it is in, else the window."""
        around = owner.window() if isinstance(owner, QWidget) else self
        return around if isinstance(around, QDialog) else self

    # -- who is here, and where --------------------------------------------------------------------------------

    def _welcomed(self, another: bool) -> None:  # noqa: FBT001  a signal's argument
        if another:
            self.voice.forget()
        for page_id, page in self._pages.items():
            if page_id != self._here:
                page.look_again()       # it shows what waits for whoever was here before
        if self._here:
            self.reload()
        else:
            self.count_again()
            if self._first:
                self.open(self._first)
        self.guard.watch_idle(self._keys)
        self._watch_scans()
        from ui.frame.reminders import remind

        remind(self)

    def _watch_scans(self) -> None:
        """From the first person on, if this desk has a scan folder or may get one."""
        if self._scans is None:
            from ui.frame.scan_folder import ScanFolder

            self._scans = ScanFolder(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        if event.mimeData().hasUrls() and not self.locked() and self.knows("feedback"):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Files that no page took: scans of signed papers."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open("feedback", files)

    def show_depot(self, name: str, tip: str = "", *, demo: bool = False) -> None:
        """Which depot this is."""
        self._name = self.guard.where = name
        if self.locked():
            self.lock_screen.say_where(name)
        self.status.show_depot(name, tip)
        self.setWindowTitle(name)
        if demo:
            self.status.show_demo()

    # -- counts ------------------------------------------------------------------------------------------------

    def _record_changed(self, changes: Changes) -> None:
        if changes & ~Changes.DRAFTS:
            self.count_again()

    def count_again(self) -> None:
        """Fetch what waits on each page."""
        if not self.locked():
            self.desk.run(self, counts.fetch, self.navigation.show_counts, quiet=True, replace="counts")

    # -- language and look -------------------------------------------------------------------------------------

    def speak(self, spoken: str) -> None:
        """Switch the language of the screen, at once and everywhere."""
        from ui.desktop import translate_qt

        desk_settings()[LANGUAGE] = spoken
        use(spoken)
        app = _application()
        translate_qt(app)
        words.retranslate()
        for window in app.topLevelWidgets():
            app.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.bar.retranslate()
        self.navigation.look_again()
        self.setWindowTitle(self._name or _("Return depot"))
        self.detail.look_again()
        for page in self._pages.values():
            page.say_again()

    def wear(self, scheme: theme.Scheme) -> None:
        """Switch the look."""
        desk_settings()[THEME] = scheme.value
        theme.wear(_application(), scheme)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        self.put_away()
        super().closeEvent(event)

    def put_away(self) -> None:
        """The window closes: remember how it was, close what stands around."""
        memory.remember("window/folded", "yes" if self.navigation.folded() else "")
        for draft in self.findChildren(Draft):
            draft.flush()
        for dialog in self.findChildren(QDialog):
            dialog.close()


def _box(layout: QVBoxLayout | QHBoxLayout) -> tuple[QWidget, QVBoxLayout | QHBoxLayout]:
    box = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    box.setLayout(layout)
    return box, layout


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
