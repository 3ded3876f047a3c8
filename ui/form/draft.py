"""Drafts: what is typed saves itself, so that a power cut loses at most a few seconds of typing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

PAUSE_MS = 2500


class HasContent(Protocol):
    """A form, or whatever else a person types into (a QObject): says what it holds, and shows what it held."""

    @property
    def changed(self) -> SignalInstance:
        """Something was typed."""

    def content(self) -> dict[str, object]:
        """Everything typed, as JSON can hold it."""

    def fill(self, content: Mapping[str, object]) -> None:
        """Show what :meth:`content` gave."""


class Draft(QObject):
    """Keeps the content of ``form`` in the depot's database under (operator, ``name``, ``subject``)."""

    restored = Signal()     # something was typed here before; it is back

    def __init__(self, desk: Desk, form: HasContent, name: str, subject: str = "") -> None:
        super().__init__(cast("QObject", form))
        self._desk, self._form, self._name, self._subject = desk, form, name, subject
        self._saved = ""
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.save)
        self._empty = self._content()
        form.changed.connect(self._changed)
        self._load()

    def save(self) -> None:
        """Save now if something changed. Called by itself a few seconds after typing began."""
        self._pause.stop()
        content = self._content()
        if content == self._saved:
            return
        self._saved = content
        name, subject = self._name, self._subject

        def keep(depot: Depot) -> None:
            from app.services import drafts

            drafts.save_draft(depot, name, subject, content)

        self._desk.run(self, keep, quiet=True, replace="save")

    def drop(self) -> None:
        """Forget the draft: what was typed has become a record, or is not wanted."""
        self._pause.stop()
        self._saved = self._content()
        name, subject = self._name, self._subject

        def forget(depot: Depot) -> None:
            from app.services import drafts

            drafts.drop_draft(depot, name, subject)

        self._desk.run(self, forget, quiet=True, replace="save")

    def flush(self) -> None:
        """Save what was typed since the last time: the window closes or is locked."""
        if self._pause.isActive():
            self.save()

    def _load(self) -> None:
        name, subject = self._name, self._subject

        def find(depot: Depot) -> str | None:
            from app.services import drafts

            return drafts.load_draft(depot, name, subject)

        self._desk.run(self, find, self._found, quiet=True, replace="load")

    def _found(self, content: str | None) -> None:
        if content and self._content() == self._empty:  # the person was quicker: what they typed now stands
            self._saved = content
            self._form.fill(json.loads(content))
            self._pause.stop()
            self.restored.emit()

    def _changed(self) -> None:
        # Not restarted by each key: somebody who types without a pause is saved all the same.
        if not self._pause.isActive():
            self._pause.start()

    def _content(self) -> str:
        return json.dumps(self._form.content(), ensure_ascii=False, default=str)
