"""What people type into the one box, and the words under which a unit can be found (spec 3, "full-text search").

The same tokens are made for both engines: every trigram of the serial and the model, every Chinese character and
pair of a name, every Latin word, and the pinyin initials of a name from each of its characters on. A token holds only
letters, digits and ``_``, so that no engine cuts it differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

#: Longest text that is looked for; the rest of a longer one is left out.
LONGEST = 64


class Reach(StrEnum):
    """How a hit was found, nearest first."""

    EXACT = "EXACT"
    NUMBER = "NUMBER"
    PREFIX = "PREFIX"
    SUFFIX = "SUFFIX"
    INSIDE = "INSIDE"
    NAME = "NAME"


@dataclass(frozen=True, slots=True)
class Query:
    """A typed text, taken apart. ``serial``: folded as serials are; ``words``: tokens that must all be present.

    ``prefixes``: tokens of which one that begins so must be present. ``inside``: what the serial or model must
    contain when it was found by trigrams.
    """

    text: str
    serial: str
    words: tuple[str, ...]
    prefixes: tuple[str, ...]
    inside: str


def folded(text: str) -> str:
    """``text`` as it is compared: NFKC, lower case, one space between words, no control characters."""
    plain = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split())[:LONGEST]


def query(text: str) -> Query:
    """Take apart what was typed."""
    plain = folded(text)
    serial = plain.upper().replace(" ", "")
    words: list[str] = []
    prefixes: list[str] = []
    inside = ""
    for word in plain.split(" "):
        chinese = "".join(c for c in word if is_han(c))
        latin = "".join(c if c.isascii() or not is_han(c) else " " for c in word).strip()
        if chinese:
            words += [_safe(f"n{pair}") for pair in _pairs(chinese)]
        if latin.isalpha() and latin.isascii():
            prefixes.append(_safe(f"p{latin}"))
        elif len(latin) >= 3:
            words += [_safe(f"s{gram}") for gram in _grams(latin)]
            inside = latin.upper()
        elif latin:
            prefixes.append(_safe(f"p{latin}"))
    return Query(plain, serial, tuple(dict.fromkeys(words)), tuple(dict.fromkeys(prefixes)), inside)


def serial_tokens(*texts: str) -> list[str]:
    """Trigrams of serials, models and lots."""
    return [_safe(f"s{gram}") for text in texts for gram in _grams(folded(text).replace(" ", ""))]


def name_tokens(name: str, initials: Iterable[str] = ()) -> list[str]:
    """Tokens of a name: characters and pairs of Chinese, Latin words, pinyin initials from each character on."""
    plain = folded(name)
    tokens = []
    for run in re.findall(r"[㐀-鿿豈-﫿\U00020000-\U000323af]+", plain):
        tokens += [f"n{c}" for c in run]
        tokens += [f"n{a}{b}" for a, b in pairwise(run)]
    tokens += [_safe(f"p{word}") for word in re.findall(r"[a-z0-9][a-z0-9.&+-]*", plain)]
    for letters in initials:
        clean = "".join(c for c in letters.casefold() if c.isascii() and c.isalnum())[:16]
        tokens += [f"p{clean[k:]}" for k in range(max(len(clean) - 1, 0))]
    return tokens


def is_han(c: str) -> bool:
    """Whether ``c`` is a Chinese character."""
    return "㐀" <= c <= "鿿" or "豈" <= c <= "﫿" or "\U00020000" <= c <= "\U000323af"


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [a + b for a, b in pairwise(run)]


def _grams(text: str) -> list[str]:
    return [text[k:k + 3] for k in range(len(text) - 2)]


def _safe(token: str) -> str:
    return token if token.isalnum() else "".join(c if c.isalnum() else "_" for c in token)
