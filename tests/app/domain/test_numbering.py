"""Document numbers go out and come back unchanged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import DocumentType, Number, depot_code_problems, format_number, number_on, parse_number

depots = st.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True)


def test_the_number_of_the_specification() -> None:
    assert format_number("SH1", DocumentType.RETURN_CASE, 26, 11, 42) == "SH1-R2611-00042"
    assert str(number_on("SH1", DocumentType.HANDOVER, date(2026, 1, 31), 7)) == "SH1-H2601-00007"


def test_letters_are_one_capital_each_and_none_reads_as_a_digit() -> None:
    letters = [t.value for t in DocumentType]
    assert len(set(letters)) == len(letters)
    assert all(len(x) == 1 and x in "ABCDEFGHJKLMNPQRSTUVWXYZ" for x in letters)


@given(depots, st.sampled_from(DocumentType), st.integers(0, 99), st.integers(1, 12), st.integers(1, 10**9))
def test_round_trip(depot: str, type_: DocumentType, yy: int, mm: int, n: int) -> None:
    assert parse_number(format_number(depot, type_, yy, mm, n)) == Number(depot, type_, yy, mm, n)


def test_the_hundred_thousandth_grows_a_digit() -> None:
    assert format_number("SH1", DocumentType.RETURN_CASE, 26, 11, 123456) == "SH1-R2611-123456"


@pytest.mark.parametrize("text", [" sh1-r2611-00042\n", "ＳＨ１－Ｒ２６１１－０００４２"])
def test_typed_and_scanned_forms(text: str) -> None:
    assert parse_number(text) == Number("SH1", DocumentType.RETURN_CASE, 26, 11, 42)


@pytest.mark.parametrize(
    "text",
    [
        "", "SH1-R2613-00042", "SH1-R2611-42", "SH1-R2611-00000", "SH1-R2611-012345", "SH1-O2611-00042",
        "SH1-T00042", "1SH-R2611-00042",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(max_size=25))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or parse_number(str(number)) == number


@pytest.mark.parametrize(
    ("code", "ok"),
    [("SH1", True), ("S", False), ("sh1", False), ("1SH", False), ("SH-1", False), ("ABCDEFGHI", False)],
)
def test_depot_codes(code: str, ok: bool) -> None:
    assert (depot_code_problems(code) == []) is ok
