"""Texts as spreadsheets bring them: what is cleaned away, what is only reported, what cannot be taken."""

from __future__ import annotations

import re
import unicodedata

from app.domain.importing.fields import Field
from app.errors import Fact, Problem

#: C0 (but tab and line breaks), DEL, C1, and the marks that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad]")
_LITERAL_BREAK = re.compile(r"\\r\\n|\\n|\\r(?![a-z])")
_PATH = re.compile(r"(?:[\"'(]?[A-Za-z]:\\|\\\\)")
_FORMULA = re.compile(r"=(?![=\s]|$)|[=+\-@]\s*[A-Za-z][A-Za-z0-9.]*\(|[=+\-@][^|\n]*\|[^!\n]*!")
_QUOTED = re.compile(r'="([^"]*)"')
_LOST_DIGITS = re.compile(r"[+-]?\d+(?:[.,]\d+E[+-]?|E\+)\d{1,3}|#{2,}", re.IGNORECASE)
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}")


def clean(text: str, field: Field, warnings: list[Problem], *, lines: bool = False) -> str:
    """``text`` composed (NFC), trimmed and without unprintable characters; what was taken away goes to ``warnings``.

    ``lines``: line breaks stay (and become ``\\n``); else any white space becomes one space. Codes:
    ``import.control-character`` (removed), ``import.private-character`` (kept; no font shows it),
    ``import.literal-breaks`` (the two characters ``\\n`` made a line break).
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text.strip() if lines or "  " not in text else " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    removed = _CONTROL.findall(text)
    if removed:
        facts: dict[str, Fact] = {"what": field, "character": f"U+{ord(removed[0]):04X}", "count": len(removed)}
        warnings.append(Problem(field, "import.control-character", facts))
        text = _CONTROL.sub("", text)
    text = _INVISIBLE.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n")
    private = next((c for c in text if c > "\u0fff" and unicodedata.category(c) in {"Co", "Cn"}), "")
    if private:
        facts = {"what": field, "character": f"U+{ord(private):04X}"}
        warnings.append(Problem(field, "import.private-character", facts))
    if not lines:
        return " ".join(text.split())
    if "\\" in text:
        text, count = _breaks(text)
        if count:
            warnings.append(Problem(field, "import.literal-breaks", {"what": field, "count": count}))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _breaks(text: str) -> tuple[str, int]:
    """``text`` with the characters ``\\r\\n`` and ``\\n`` turned into line breaks, except inside Windows paths."""
    made: list[str] = []
    end = count = 0
    for found in _LITERAL_BREAK.finditer(text):
        token = re.split(r"\s", text[:found.start() + 2])[-1]
        if _PATH.match(token):
            continue
        made += [text[end:found.start()], "\n"]
        end = found.end()
        count += 1
    return "".join(made) + text[end:], count


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program would calculate ``text`` instead of showing it; ``- leaks`` is not one."""
    return text[:1] in {"=", "+", "-", "@"} and _FORMULA.match(text) is not None


def quoted(text: str) -> str | None:
    """What ``="00042"`` protects (people save zeros so in CSV files); ``None`` for any other text."""
    found = _QUOTED.fullmatch(text)
    return found[1] if found else None


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet shortened a long number to ``6.37702E+15`` or ``####``."""
    return _LOST_DIGITS.fullmatch(text) is not None


def is_error(text: str) -> bool:
    """Whether ``text`` is a spreadsheet's error, such as ``#REF!``."""
    return text[:1] in {"#", "E"} and _ERROR.fullmatch(text) is not None


def shown(text: str, longest: int = 60) -> str:
    """``text`` fit for a sentence: one line, printable, not too long."""
    plain = "".join(c if c.isprintable() else "·" for c in " ".join(text.split()))
    return plain if len(plain) <= longest else plain[:longest - 1] + "…"
