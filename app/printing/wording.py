"""How values read on paper, in the language of the paper's reader, and captions in one language or two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

from app.domain.slips import DocumentHead, Worded
from app.i18n import N_, Translator, translator
from app.labels import label, labels_of


class Wording:
    """One paper's language. ``t`` is its translator; ``cap`` adds the other language where both are wanted."""

    def __init__(self, head: DocumentHead, t: Translator) -> None:
        self.t = t
        self.head = head
        self.chinese = t.language.startswith("zh")
        self._other = translator("en" if self.chinese else "zh_CN") if head.bilingual else None

    def cap(self, message: str) -> str:
        """The caption ``message``, followed by the other language on a bilingual paper."""
        words = self.t(message)
        other = self.second(message)
        return f"{words} {other}" if other and other != words else words

    def cap_of(self, member: Enum) -> str:
        """The label of ``member`` as a caption."""
        return self.cap(labels_of(type(member))[member])

    def heading(self, message: str) -> str:
        """The heading of a column: on a bilingual paper the other language stands below."""
        words = self.t(message)
        other = self.second(message)
        return f"{words}\n{other}" if other and other != words else words

    def second(self, message: str) -> str:
        """``message`` in the other language of a bilingual paper; empty on a paper in one language."""
        return self._other(message) if self._other else ""

    def marks(self) -> list[str]:
        """What sets this print apart from the first valid one: void, reprint and how often."""
        marks = [self.t(N_("VOID"))] if self.head.void else []
        if self.head.reprint:
            marks.append(self.t(N_("REPRINT {n}")).format(n=self.head.reprint))
        return marks

    def words(self, value: Worded | date | int | None) -> str:
        """What people read for ``value``: the label of a member, a date as yyyy-MM-dd, yes or no, a text as it is."""
        if value is None:
            return ""
        if isinstance(value, Enum):
            words = label(value, self.t)
            return words[:1].upper() + words[1:]
        if isinstance(value, bool):
            return self.t("Yes") if value else self.t("No")
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        return str(value)

    def list(self, texts: Iterable[str]) -> str:
        """Texts one after the other, the way the language lists things."""
        return ("、" if self.chinese else ", ").join(text for text in texts if text)

    def pair(self, first: str, second: str) -> str:
        """Two things that belong together in one field, set apart by a wide gap; either may be empty."""
        return "  ".join(text for text in (first, second) if text)

    def period(self, start: date, end: date) -> str:
        """From one day to another, both included."""
        return f"{start} – {end}" if start != end else str(start)
