"""The one table of actions."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from app import i18n
from ui.actions import clashes, everything
from ui.dialogs.help import keys_page


def test_no_two_actions_that_meet_have_the_same_keys() -> None:
    assert clashes() == []


def test_every_id_is_there_once() -> None:
    ids = [line.id for line in everything()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("line", [line for line in everything() if line.shortcut], ids=lambda line: line.id)
def test_keys_are_understood_by_qt_and_are_no_bare_letter(line: object, qapp: QApplication) -> None:
    del qapp
    shortcut: str = line.shortcut  # type: ignore[attr-defined]
    keys = QKeySequence(shortcut)
    assert not keys.isEmpty()
    assert keys.toString(QKeySequence.SequenceFormat.PortableText) == shortcut
    # A scanner types letters, digits and signs: none of them may do anything by itself.
    assert re.match(r"(Ctrl|Alt|Meta)\+", shortcut) or re.fullmatch(r"(Shift\+)?(F\d+|Esc|Del|Ins)", shortcut)


def test_the_key_help_names_every_action_with_keys(qapp: QApplication) -> None:
    del qapp
    page = keys_page()
    for line in everything():
        if line.shortcut:
            assert i18n._(line.text).rstrip("…") in page
            assert QKeySequence(line.shortcut).toString(QKeySequence.SequenceFormat.NativeText) in page
