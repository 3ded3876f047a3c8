"""Two versions of what stands in a form: what somebody else wrote meanwhile, and what is typed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from app.i18n import _
from ui.form.form import Form


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which the versions differ; the words are as a person reads them.

    ``mine``: which side is proposed – ours where only we changed it, theirs where only they did; ``None`` where both
    did and a person must say.
    """

    name: str
    label: str
    opened: str
    theirs: str
    yours: str
    mine: bool | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What stood in a form when it was opened."""

    kept: Mapping[str, object]
    words: Mapping[str, str]

    @classmethod
    def of(cls, form: Form) -> Opened:
        """As the form stands now."""
        return cls(form.content(), {name: field.words() for name, field in form.fields.items()})


def state_of(seen: object) -> str:
    """A short name of the state ``seen`` (a record of plain values) for a draft: it is not shown over another one."""
    return f"{crc32(repr(seen).encode()):08x}"


def differences(opened: Opened, yours: Form, theirs: Form) -> tuple[Difference, ...]:
    """The fields on which ``yours`` and ``theirs`` differ, in the order of the form."""
    found = []
    for name, field in theirs.fields.items():
        mine = yours.fields.get(name)
        now, typed = field.keep(), mine.keep() if mine else None
        if mine is None or field.same(now, typed):
            continue
        first = opened.kept.get(name)
        by_them, by_me = not field.same(first, now), not field.same(first, typed)
        found.append(Difference(
            name, _(field.label), opened.words.get(name, ""), field.words(), mine.words(),
            None if by_them and by_me else by_me,
        ))
    return tuple(found)


def merged(yours: Form, theirs: Form, taken: Mapping[str, bool]) -> dict[str, object]:
    """The content with ``taken`` (field → ours is wanted); all other fields as they stand in the record now."""
    content = theirs.content()
    content.update({name: yours.fields[name].keep() for name, mine in taken.items() if mine})
    return content
