"""The words of the depot: a label for every value of every enumeration, the same on screen and paper.

An enumeration of the domain is only a code; what people read is declared once, in the file of its step
(``LABELS``: enumeration → member → English label), and translated by the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from app.i18n import Translator, language, translator


@cache
def labels() -> Mapping[type[Enum], Mapping[Enum, str]]:
    """Every enumeration with the English label of each member."""
    merged: dict[type[Enum], Mapping[Enum, str]] = {}
    for module in iter_modules(__path__):
        for enumeration, texts in import_module(f"{__name__}.{module.name}").LABELS.items():
            if enumeration in merged:
                raise ValueError(f"two tables of labels for {enumeration.__name__}")
            merged[enumeration] = texts
    return merged


def label(member: Enum, t: Translator | None = None) -> str:
    """What people read for ``member``, in the language of ``t`` (default: the screen's)."""
    t = t or translator(language())
    return t(labels_of(type(member))[member])


#: Words of these modules stand in the file of another step, and are asked for on every start.
_IN = {"places": "storage", "rulings": "disposition", "satisfaction": "printing"}


@cache
def labels_of(enumeration: type[Enum]) -> Mapping[Enum, str]:
    """The English labels of one enumeration. The file of its step's name is asked first: loading them all would load
    the whole domain for one word."""
    step = enumeration.__module__.rpartition(".")[2]
    step = _IN.get(step, step)
    if any(module.name == step for module in iter_modules(__path__)):
        own: Mapping[type[Enum], Mapping[Enum, str]] = import_module(f"{__name__}.{step}").LABELS
        if enumeration in own:
            return own[enumeration]
    return labels()[enumeration]


def several(members: Iterable[Enum], t: Translator | None = None) -> str:
    """The labels of ``members`` as one text, separated the way the language does."""
    t = t or translator(language())
    return ("、" if t.language.startswith("zh") else ", ").join(label(member, t) for member in members)
