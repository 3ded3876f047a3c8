"""One gettext catalogue for window, commands and paper; any language at any time.

The source language is English. Translations lie in ``resources/i18n/<language>/<step>.po``, one file per step of
the depot's work, and are compiled into the cache when stale (Babel is loaded only then).

In the window and the commands ``_`` and ``_n`` speak the language chosen with :func:`use`. Paper speaks the
customer's language: it is handed a :class:`Translator` and calls it ``t``. ``N_`` marks a text for extraction
where it is declared and translated later. Never an f-string inside: ``_("{n} units").format(n=n)``.
"""

from __future__ import annotations

import gettext
import hashlib
from functools import cache
from pathlib import Path

from app.paths import CATALOGUES, cache_dir

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}


class Translator:
    """Texts in one language. ``t("Scrap form")``; ``t.n("{n} unit", "{n} units", n)`` picks the plural form."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str) -> str:
        return self._catalogue.gettext(message) if message else ""

    def n(self, singular: str, plural: str, count: int) -> str:
        """The form for ``count``, with ``{n}`` still to be filled by the caller."""
        return self._catalogue.ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802  the name gettext tools know
    """Mark ``message`` for extraction; it is translated where it is shown."""
    return message


@cache
def translator(language: str) -> Translator:
    """The translator of ``language`` (``zh_CN`` or ``en``); an unknown one falls back to English."""
    return Translator(language if language in LANGUAGES else "en")


_current = "zh_CN"


def use(language: str) -> None:
    """From now on ``_`` speaks ``language``."""
    global _current  # noqa: PLW0603  the language of this process's screen is one thing by nature
    _current = language if language in LANGUAGES else "en"


def language() -> str:
    """The language ``_`` speaks."""
    return _current


def _(message: str) -> str:
    return translator(_current)(message)


def _n(singular: str, plural: str, count: int) -> str:
    return translator(_current).n(singular, plural, count)


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    sources = sorted((CATALOGUES / language).glob("*.po"))
    with _compiled(language, sources).open("rb") as file:
        return gettext.GNUTranslations(file)


def _compiled(language: str, sources: list[Path]) -> Path:
    """The .mo of ``sources`` in the cache; its name carries their state, so a stale one is never read."""
    state = "|".join(f"{p.name}:{p.stat().st_mtime_ns}:{p.stat().st_size}" for p in sources)
    digest = hashlib.sha256(f"{CATALOGUES}|{state}".encode()).hexdigest()[:16]
    target = cache_dir() / f"{language}-{digest}.mo"
    if not target.exists():
        _compile(sources, target)
    return target


def _compile(sources: list[Path], target: Path) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale="zh_CN")
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id:
                    merged.add(message.id, message.string)
    partial = target.with_suffix(f".{id(merged)}.part")
    with partial.open("wb") as file:
        write_mo(file, merged)
    partial.replace(target)
    for stale in target.parent.glob(f"{target.name.split('-')[0]}-*.mo"):
        if stale != target:
            stale.unlink(missing_ok=True)
