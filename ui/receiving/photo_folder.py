"""The watched folder: pictures a camera or telephone puts there go to the unit that is being received."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from app.config import PHOTO_FOLDER
from app.config import desk as desk_settings
from ui.form.files import PHOTOS

_SETTLE_MS = 700    # a file that is still being written has not its last size yet


class PhotoFolder(QObject):
    """Tells of pictures that appear in the folder set for this desk, once each, when they are whole."""

    arrived = Signal(list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seen: set[Path] = set()
        self._folder: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(lambda _path: self._pause.start())

    def watch(self) -> None:
        """Begin to watch the folder of the settings; what is in it already is not new."""
        setting = desk_settings()[PHOTO_FOLDER]
        folder = Path(setting) if setting else None
        if folder == self._folder:
            return
        if self._folder is not None:
            self._watcher.removePath(str(self._folder))
        self._folder = folder if folder is not None and folder.is_dir() else None
        if self._folder is not None:
            self._seen = set(self._pictures())
            self._watcher.addPath(str(self._folder))

    def _look(self) -> None:
        new = [path for path in self._pictures() if path not in self._seen]
        self._seen.update(new)
        if new:
            self.arrived.emit(new)

    def _pictures(self) -> list[Path]:
        if self._folder is None:
            return []
        found = [path for path in self._folder.iterdir() if path.suffix.lower() in PHOTOS and path.is_file()]
        return sorted(found, key=lambda path: path.stat().st_mtime)
