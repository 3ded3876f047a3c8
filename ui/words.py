"""Texts that speak again when the language is switched.

``bind(label.setText, N_("Serial number"))`` says the text now and after each switch, for as long as the widget lives.
Texts made from data are set by whoever loads the data; they are made anew by the page's ``retranslated``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.i18n import _


@dataclass(frozen=True, slots=True)
class _Said:
    setter: str
    message: str
    facts: dict[str, object]

    def say(self, speaker: QObject) -> None:
        getattr(speaker, self.setter)(_(self.message).format(**self.facts) if self.facts else _(self.message))


_said: WeakKeyDictionary[QObject, dict[str, _Said]] = WeakKeyDictionary()


def bind(setter: Callable[[str], object], message: str, **facts: object) -> None:
    """Say ``message`` (marked by ``N_``) through ``setter``, a bound method of a widget; again after each switch.

    A second call with the same setter replaces the first. ``facts`` fill the message's ``{names}``.
    """
    speaker: QObject = setter.__self__  # type: ignore[attr-defined]  # a bound method has its object
    said = _Said(setter.__name__, message, facts)
    _said.setdefault(speaker, {})[said.setter] = said
    said.say(speaker)


def retranslate() -> None:
    """Say every bound text again, in the language now chosen."""
    for speaker, texts in list(_said.items()):
        if isValid(speaker):
            for said in texts.values():
                said.say(speaker)
