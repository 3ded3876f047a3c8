"""Serial numbers: text, always (spec 1 §11). How a product's serials are written, and what is wrong with one.

A serial is folded before it is compared or stored: full-width letters and digits become ASCII, every kind of dash
becomes ``-``, spaces and invisible characters go, letters are raised where the product's rule says so. Leading
zeros stay. A unit whose nameplate cannot be read carries a *depot tag* instead, e.g. ``SH1-T00042``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from app.errors import Problem


class LetterCase(StrEnum):
    """What happens to the case of letters in a serial."""

    UPPER = "UPPER"
    KEEP = "KEEP"                # upper and lower case are different serials


#: Longest serial that any rule may allow; longer texts are never matched against a pattern.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class SerialRule:
    """How the serials of one product are written.

    ``drop``: characters that people add or leave out at will, e.g. ``"-/"``. ``pattern``: regular expression for
    the whole folded serial, empty for none; ``hint`` tells people what it wants, e.g. an example. Lengths count
    characters of the folded serial.
    """

    letters: LetterCase = LetterCase.UPPER
    drop: str = ""
    pattern: str = ""
    hint: str = ""
    min_length: int = 1
    max_length: int = 40

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {name: str(value) if isinstance(value, LetterCase) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> SerialRule:
        """The rule written by :meth:`as_dict`; what is missing has its default, what is unknown is left out."""
        known = {f.name: values[f.name] for f in fields(cls) if f.name in values}
        if "letters" in known:
            known["letters"] = LetterCase(str(known["letters"]))
        return cls(**known)  # type: ignore[arg-type]


ANY = SerialRule()

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_DAMAGE = re.compile(r"[+-]?\d+(?:[.,]\d+E[+-]?|E\+)\d{1,3}|#+|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)", re.I)
_DEPOT_TAG = re.compile(r"[A-Z][A-Z0-9]{1,7}-T(?:\d{5}|[1-9]\d{5,})", re.ASCII)

#: What people write when they mean that there is no serial (folded and raised).
_NOTHING = frozenset({
    "-", "--", "/", "//", "?", "??", "???", ".", "*", "N/A", "NA", "NIL", "NONE", "NULL", "UNKNOWN", "NOSN", "NOSERIAL",
    "无", "没有", "不详", "未知", "不清", "看不清", "不清楚", "无序列号", "无编号", "待查", "空",
})


def normalise(text: str, rule: SerialRule = ANY) -> str:
    """``text`` as it is stored and compared under ``rule``. Folding twice changes nothing. Depot tags stay whole."""
    tag = _folded(text, LetterCase.UPPER)
    if _DEPOT_TAG.fullmatch(tag):
        return tag
    folded = _folded(text, rule.letters)
    if not rule.drop:
        return folded
    dropped = set(_folded(rule.drop, rule.letters))
    kept = "".join(c for c in folded if c not in dropped)
    return kept if kept == folded else normalise(kept, rule)


def problems(text: str, rule: SerialRule = ANY, *, field: str = "serial") -> list[Problem]:
    """What is wrong with the serial ``text``; empty when it can be taken. Facts: ``value`` and what was expected.

    Codes: ``serial.missing``, ``serial.spreadsheet-damage``, ``serial.formula``, ``serial.control-character``,
    ``serial.length``, ``serial.pattern``.
    """
    serial = normalise(text, rule)
    if is_depot_tag(serial):
        return []
    if is_missing(text) or not serial:
        return [Problem(field, "serial.missing", {"value": text.strip()})]
    if is_spreadsheet_damage(text):
        return [Problem(field, "serial.spreadsheet-damage", {"value": text.strip()})]
    return _shape_problems(serial, rule, field)


def _shape_problems(serial: str, rule: SerialRule, field: str) -> list[Problem]:
    """The checks of an already folded ``serial``."""
    if any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} for c in serial):
        return [Problem(field, "serial.control-character", {"value": _visible(serial)})]
    if not rule.min_length <= len(serial) <= rule.max_length:
        facts = {"value": serial, "length": len(serial), "minimum": rule.min_length, "maximum": rule.max_length}
        return [Problem(field, "serial.length", facts)]
    matches = not rule.pattern or re.fullmatch(rule.pattern, serial) is not None
    # "+" and "-" may open a serial where the product's own pattern says so; "=" and "@" never do.
    if serial[0] in "=@" or (serial[0] in "+-" and not (rule.pattern and matches)):
        return [Problem(field, "serial.formula", {"value": serial})]
    return [] if matches else [Problem(field, "serial.pattern", {"value": serial, "hint": rule.hint or rule.pattern})]


def rule_problems(rule: SerialRule) -> list[Problem]:
    """What is wrong with ``rule`` itself: ``serial.rule-pattern`` (no regular expression), ``serial.rule-length``."""
    found = []
    try:
        re.compile(rule.pattern)
    except re.error as error:
        found.append(Problem("pattern", "serial.rule-pattern", {"value": rule.pattern, "reason": error.msg}))
    if not 1 <= rule.min_length <= rule.max_length <= LONGEST:
        facts = {"minimum": rule.min_length, "maximum": rule.max_length, "longest": LONGEST}
        found.append(Problem("max_length", "serial.rule-length", facts))
    return found


def is_missing(text: str) -> bool:
    """Whether ``text`` is empty or only says that there is no serial (不详, N/A, "-" …)."""
    folded = _folded(text, LetterCase.UPPER)
    return not folded or folded in _NOTHING


def is_spreadsheet_damage(text: str) -> bool:
    """Whether a spreadsheet destroyed the serial: ``6.37702E+15`` (also with comma), ``#REF!``, ``####``."""
    return _DAMAGE.fullmatch(_folded(text, LetterCase.UPPER)) is not None


def is_depot_tag(text: str) -> bool:
    """Whether ``text`` is the tag a depot gave to a unit without a readable serial, e.g. ``SH1-T00042``."""
    return _DEPOT_TAG.fullmatch(text) is not None


def depot_tag(depot: str, n: int) -> str:
    """The ``n``-th tag of ``depot`` (n ≥ 1), e.g. ``SH1-T00042``."""
    return f"{depot}-T{n:05d}"


def _folded(text: str, letters: LetterCase) -> str:
    """Folding to the fixed point: raising and composing can each make work for the other in exotic alphabets."""
    text = text.strip("\t\r\n\v\f ")
    while True:
        folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
        folded = "".join(c for c in folded if unicodedata.category(c) not in {"Zs", "Zl", "Zp", "Cf"})
        if letters is LetterCase.UPPER:
            folded = folded.upper()
        folded = folded.strip("\t\r\n\v\f")
        if folded == text:
            return text
        text = folded


def _visible(text: str) -> str:
    """``text`` with every unprintable character shown as ``\\x1d`` or the like."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)
