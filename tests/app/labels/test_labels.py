"""Every value of every enumeration that people read has its word."""

from __future__ import annotations

from enum import Enum

import pytest

from app.i18n import translator
from app.labels import label, labels


@pytest.mark.parametrize("enumeration", sorted(labels(), key=lambda e: e.__name__), ids=lambda e: e.__name__)
def test_no_member_is_without_its_word(enumeration: type[Enum]) -> None:
    assert set(labels()[enumeration]) == set(enumeration)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_words_of_one_enumeration_differ(language: str) -> None:
    t = translator(language)
    same = {}
    for enumeration in labels():
        words = [label(member, t) for member in enumeration]
        if len(set(words)) < len(words):
            same[enumeration.__name__] = sorted({w for w in words if words.count(w) > 1})
    assert same == {}
