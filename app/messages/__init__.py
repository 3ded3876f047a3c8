"""Code and facts become one sentence, for window, commands and paper alike.

Each step keeps its sentences in a file of its name (``SENTENCES``: code → English template with ``{fact}``).
A test demands that every code raised anywhere has a sentence, and every sentence a translation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from app.errors import Problem, Refused, Unavailable
from app.i18n import Translator, language, translator
from app.labels import label
from app.labels.records import record, records


@cache
def sentences() -> Mapping[str, str]:
    """Every code with its English template. A code may be declared once only."""
    merged: dict[str, str] = {}
    for module in iter_modules(__path__):
        for code, template in import_module(f"{__name__}.{module.name}").SENTENCES.items():
            if code in merged:
                raise ValueError(f"two sentences for {code}")
            merged[code] = template
    return merged


def sentence(what: Refused | Unavailable | Problem, t: Translator | None = None) -> str:
    """The sentence of a refusal in the language of ``t`` (default: the screen's)."""
    return say(what.code, what.facts, t)


def say(code: str, facts: Mapping[str, object], t: Translator | None = None) -> str:
    """Fill the sentence of ``code`` with ``facts``; enum values appear as their labels, dates as yyyy-MM-dd, tables of
    the record (facts ``table``, ``tables``, ``refers_to``) as what people call their rows."""
    t = t or translator(language())
    return t(sentences()[code]).format(**{name: _fact(name, value, t) for name, value in facts.items()})


def _fact(name: str, value: object, t: Translator) -> object:
    if name in {"table", "refers_to"} and isinstance(value, str):
        return record(value, t)
    if name == "tables" and isinstance(value, str):
        return records(value.split(", "), t)
    return _shown(value, t)


#: A sentence stays a sentence: of a longer value its beginning is enough to recognise it.
_LONGEST_VALUE = 200


def _shown(value: object, t: Translator) -> object:
    if isinstance(value, str) and not isinstance(value, Enum) and len(value) > _LONGEST_VALUE:
        return value[:_LONGEST_VALUE // 2] + "…"
    if isinstance(value, Enum):
        return label(value, t)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | set | frozenset):
        return ("、" if t.language.startswith("zh") else ", ").join(str(_shown(v, t)) for v in value)
    return value
