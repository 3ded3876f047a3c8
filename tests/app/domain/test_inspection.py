"""Readings against limits, as decimal text; a value at a limit passes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.inspection import (
    NOT_OK,
    OK,
    ItemKind,
    ItemVerdict,
    Reading,
    SheetVerdict,
    TestItem,
    canonical,
    canonical_value,
    problems,
    sheet_verdict,
    template_problems,
    verdict,
)

VOLTS = TestItem("V1", "输出电压", "output voltage", ItemKind.NUMERIC, "V", "11.8", "12.2")
LIGHT = TestItem("L1", "指示灯", "light", ItemKind.TICK)
COLOUR = TestItem("C1", "颜色", "colour", ItemKind.CHOICE, choices=("green", "amber", "red"), good=("green",))
NOISE = TestItem("N1", "噪声", "noise", ItemKind.NUMERIC, "dB", None, "40", mandatory=False)
SHEET = (VOLTS, LIGHT, COLOUR, NOISE)
numbers = st.decimals(-(10**6), 10**6, places=3).map(lambda d: f"{d:f}")
GOOD = (Reading("V1", "12.0"), Reading("L1", OK), Reading("C1", "green"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12", "12"),
        ("12.50", "12.50"),
        ("+012.5", "12.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0", "0"),
        ("-0.0", "0.0"),
        ("－１２．５", "-12.5"),
        ("−3", "-3"),
        (" 1 2 ", "12"),
    ],
)
def test_canonical_numbers(typed: str, stored: str) -> None:
    assert canonical(typed) == stored


@pytest.mark.parametrize("typed", ["", ".", "-", "1,5", "1e3", "abc", "NaN", "Infinity", "1.2.3", "٣", "0x1", "9" * 31])
def test_what_is_no_number(typed: str) -> None:
    assert canonical(typed) is None


@given(numbers)
def test_canonical_text_is_stable_and_keeps_the_value(text: str) -> None:
    once = canonical(text)
    assert once is not None
    assert canonical(once) == once
    assert Decimal(once) == Decimal(text)


@given(numbers, numbers)
def test_a_value_at_a_limit_passes_and_just_beyond_fails(one: str, other: str) -> None:
    lower, upper = (str(canonical(x)) for x in sorted((one, other), key=Decimal))
    item = TestItem("X", "x", "x", ItemKind.NUMERIC, "", lower, upper)
    assert template_problems([item]) == []
    assert verdict(item, lower) is verdict(item, upper) is ItemVerdict.PASSED
    assert verdict(item, f"{Decimal(lower) - Decimal('0.001'):f}") is ItemVerdict.FAILED
    assert verdict(item, f"{Decimal(upper) + Decimal('0.001'):f}") is ItemVerdict.FAILED


@given(numbers, numbers, numbers)
def test_every_number_is_passed_or_failed(value: str, one: str, other: str) -> None:
    lower, upper = sorted((one, other), key=Decimal)
    item = TestItem("X", "x", "x", ItemKind.NUMERIC, "", lower, upper)
    inside = Decimal(lower) <= Decimal(value) <= Decimal(upper)
    assert verdict(item, value) is (ItemVerdict.PASSED if inside else ItemVerdict.FAILED)


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        (VOLTS, "", ItemVerdict.MISSING),
        (VOLTS, "about 12", ItemVerdict.INVALID),
        (NOISE, "-300", ItemVerdict.PASSED),
        (LIGHT, OK, ItemVerdict.PASSED),
        (LIGHT, NOT_OK, ItemVerdict.FAILED),
        (LIGHT, "yes", ItemVerdict.INVALID),
        (COLOUR, "green", ItemVerdict.PASSED),
        (COLOUR, "red", ItemVerdict.FAILED),
        (COLOUR, "blue", ItemVerdict.INVALID),
    ],
)
def test_verdict_of_one_item(item: TestItem, value: str, expected: ItemVerdict) -> None:
    assert verdict(item, value) is expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (GOOD, SheetVerdict.PASSED),
        ((*GOOD, Reading("N1", "99")), SheetVerdict.PASSED),  # an optional item decides nothing
        (GOOD[:2], SheetVerdict.INCOMPLETE),
        ((Reading("V1", "13"),), SheetVerdict.FAILED),
        ((*GOOD, Reading("V1", "13")), SheetVerdict.FAILED),  # the last reading counts
        ((Reading("V1", "x"), *GOOD[1:]), SheetVerdict.INCOMPLETE),
        ((), SheetVerdict.INCOMPLETE),
    ],
)
def test_verdict_of_the_sheet(readings: tuple[Reading, ...], expected: SheetVerdict) -> None:
    assert sheet_verdict(SHEET, readings) is expected


def test_a_sheet_without_mandatory_items_never_passes() -> None:
    assert sheet_verdict((NOISE,), (Reading("N1", "3"),)) is SheetVerdict.INCOMPLETE


def test_problems_name_the_item_and_the_choices() -> None:
    readings = (Reading("V1", "1,2"), Reading("C1", "blue"), Reading("Z9", "1"))
    found = problems(SHEET, readings)
    assert [(p.field, p.code) for p in found] == [
        ("V1", "inspection.not-a-number"),
        ("L1", "inspection.reading-missing"),
        ("C1", "inspection.not-a-choice"),
        ("Z9", "inspection.unknown-item"),
    ]
    assert found[2].facts["choices"] == ("green", "amber", "red")


READINGS = st.builds(Reading, st.sampled_from(["V1", "L1", "C1", "N1"]), st.sampled_from(["12", OK, "green", ""]))


@given(st.lists(READINGS))
def test_a_sheet_that_passes_has_no_missing_reading(readings: list[Reading]) -> None:
    if sheet_verdict(SHEET, readings) is SheetVerdict.PASSED:
        assert {p.field for p in problems(SHEET, readings)} <= {"N1"}


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        (SHEET, []),
        ((), ["inspection.no-items"]),
        ((NOISE,), ["inspection.no-items"]),
        ((LIGHT, LIGHT), ["inspection.item-twice"]),
        ((TestItem("a b", "x", "x", ItemKind.TICK),), ["inspection.item-code"]),
        ((TestItem("A", " ", "x", ItemKind.TICK),), ["inspection.item-name"]),
        ((TestItem("A", "x", "x", ItemKind.NUMERIC, "", "1,5"),), ["inspection.limit-not-a-number"]),
        ((TestItem("A", "x", "x", ItemKind.NUMERIC, "", "2", "1"),), ["inspection.limits-crossed"]),
        ((TestItem("A", "x", "x", ItemKind.NUMERIC),), ["inspection.no-limit"]),
        ((TestItem("A", "x", "x", ItemKind.CHOICE, choices=("a",)),), ["inspection.no-good-choice"]),
        ((TestItem("A", "x", "x", ItemKind.CHOICE, choices=("a",), good=("b",)),), ["inspection.no-good-choice"]),
    ],
)
def test_templates_are_checked(items: tuple[TestItem, ...], codes: list[str]) -> None:
    assert [p.code for p in template_problems(items)] == codes


def test_stored_values_are_canonical_where_they_are_numbers() -> None:
    assert canonical_value(VOLTS, " +12.50 ") == "12.50"
    assert canonical_value(VOLTS, "open") == "open"
    assert canonical_value(COLOUR, " green ") == "green"
