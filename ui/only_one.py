"""One window per database: the second start brings the first window to the front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer


class OnlyOne(QObject):
    """Two windows on one file would work, but puzzle. ``folder`` holds the lock."""

    asked = Signal()            # another start wants this window to the front

    def __init__(self, database: str, folder: Path) -> None:
        super().__init__()
        digest = QCryptographicHash.hash(database.encode(), QCryptographicHash.Algorithm.Sha256)
        self._name = "fanxiu-" + bytes(digest.toHex().data()).decode()[:16]
        self._lock = QLockFile(str(folder / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)      # the lock of a process that is gone is taken over by itself
        self._server: QLocalServer | None = None

    def here(self) -> bool:
        """Whether this is the first."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """From now on hear the others knock."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._knocked)
        self._server.listen(self._name)

    def raise_other(self) -> bool:
        """Ask the first to come to the front; ``False`` if it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(1000)
        if reached:
            socket.disconnectFromServer()
        return reached

    def leave(self) -> None:
        """Let the next one be the first."""
        if self._server:
            self._server.close()
        self._lock.unlock()

    def _knocked(self) -> None:
        assert self._server is not None
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.deleteLater()
        self.asked.emit()
