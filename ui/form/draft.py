"""Drafts: what is typed saves itself, so that a power cut loses at most a few seconds of typing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from ui.form.versions import Opened

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

PAUSE_MS = 2500
#: Under this name a draft holds what stood in the record when it was typed; no field is called so.
_BEFORE = ""


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
    """Keeps the content of ``form`` in the depot's database under (operator, ``name``, ``subject``).

    ``opened``: what stood in the record when the form was opened, where it shows one. A draft that was typed over
    another state of the record does not cover the new one: ``overtaken`` tells of both.
    """

    restored = Signal()     # something was typed here before; it is back
    overtaken = Signal(object, object)      # what stood there then (Opened), what was typed over it (content)

    def __init__(
        self, desk: Desk, form: HasContent, name: str, subject: str = "", opened: Callable[[], Opened] | None = None,
    ) -> None:
        super().__init__(cast("QObject", form))
        self._desk, self._form, self._name, self._subject, self._opened = desk, form, name, subject, opened
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
        if not content or self._content() != self._empty:  # the person was quicker: what they typed now stands
            return
        self._saved = content
        typed = json.loads(content)
        before = typed.pop(_BEFORE, None)
        if before and self._opened and before["kept"] != json.loads(self._empty)[_BEFORE]["kept"]:
            self.overtaken.emit(Opened(before["kept"], before["words"]), typed)
            return
        self._form.fill(typed)
        self._pause.stop()
        self.restored.emit()

    def _changed(self) -> None:
        # Not restarted by each key: somebody who types without a pause is saved all the same.
        if not self._pause.isActive():
            self._pause.start()

    def _content(self) -> str:
        content = self._form.content()
        if self._opened:
            opened = self._opened()
            content[_BEFORE] = {"kept": opened.kept, "words": opened.words}
        return json.dumps(content, ensure_ascii=False, default=str)
