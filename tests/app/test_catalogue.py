"""Every text of the program in both languages, every code with its sentence, every page with its help."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import catalogue_check


@pytest.mark.parametrize("check", catalogue_check.CHECKS.values(), ids=catalogue_check.CHECKS)
def test_the_catalogue_is_complete(check: Callable[[], list[str]]) -> None:
    assert check() == []


def test_the_check_sees_what_it_is_there_for() -> None:
    found = catalogue_check.Extracted()
    code = 'f = _(f"{n} units"); g = N_("a" + b); h = _("fine {n}"); raise Refused("x.y" if a else "x.z")'
    for node in catalogue_check.ast.walk(catalogue_check.ast.parse(code)):
        if isinstance(node, catalogue_check.ast.Call):
            catalogue_check._read_call(node, "there.py", found)
    assert len(found.wrong) == 2
    assert set(found.texts) == {("fine {n}", "")}
    assert set(found.raised) == {"x.y", "x.z"}
    assert catalogue_check.fields_of("{a} and {b:+d} of {c.name}") == {"a", "b", "c"}
