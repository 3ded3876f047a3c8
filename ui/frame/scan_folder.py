"""The watched scan folder of this desk: what a scanner lays there is filed, and moved to ``filed`` when it is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from app.config import SCAN_FOLDER, Setting
from app.config import desk as desk_settings
from app.domain.people import Action

if TYPE_CHECKING:
    from app.services.filing import Filed
    from ui.main_window import MainWindow

_SETTLE_MS = 1500   # a file that is still being written has not its last size yet
_DONE = "filed"


class ScanFolder(QObject):
    """Belongs to the window. Files while somebody who may is signed in; what cannot be read stays where it lies."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._folder: Path | None = None
        self._sizes: dict[Path, int] = {}
        self._unreadable: dict[Path, int] = {}
        self._busy = False
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._pause.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _path: self._pause.start())
        window.desk.operator_changed.connect(self._pause.start)
        desk_settings().listen(self._set)
        self.watch()

    def watch(self) -> None:
        """Watch the folder of the settings; what lies in it already is filed too."""
        setting = desk_settings()[SCAN_FOLDER]
        folder = Path(setting) if setting else None
        if self._folder is not None:
            self._watcher.removePath(str(self._folder))
        self._folder = folder if folder is not None and folder.is_dir() else None
        if self._folder is not None:
            self._watcher.addPath(str(self._folder))
            self._pause.start()

    def look(self) -> None:
        """File what has come and is whole; look again for what is still growing."""
        if self._folder is None or self._busy or not self._window.desk.permits(Action.ATTACH):
            return
        found = self._scans(self._folder)
        whole = [path for path, size in found.items() if self._sizes.get(path) == size]
        growing = set(found) - set(whole)
        self._sizes = found
        if growing:
            self._pause.start()
        if whole:
            self._file(whole, self._folder / _DONE)

    def _scans(self, folder: Path) -> dict[Path, int]:
        from app.services.scan_reading import SUFFIXES

        found = {}
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in SUFFIXES and path.is_file():
                size = path.stat().st_size
                if self._unreadable.get(path) != size:
                    found[path] = size
        return found

    def _file(self, scans: list[Path], into: Path) -> None:
        from app.services import filing

        self._busy = True
        self._window.desk.run_long(
            self, lambda depot, progress: filing.file_scans(depot, scans, progress, into), self._filed,
            failed=self._failed)

    def _filed(self, done: Filed) -> None:
        from ui.feedback.taking import summary, tone_of

        self._busy = False
        names = {name for name, _why in done.refused}
        self._unreadable |= {path: size for path, size in self._sizes.items() if path.name in names}
        self._window.toast(summary(done), tone_of(done))
        self._pause.start()

    def _failed(self, _error: Exception) -> bool:
        """The window says it; the scans stay where they lie until the next look."""
        self._busy = False
        return False

    def _set(self, setting: Setting[Any]) -> None:
        if setting is SCAN_FOLDER:
            self.watch()
