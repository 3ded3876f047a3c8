"""Serials are text; folding is stable; damage, formulas and control characters are named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.serials import (
    ANY,
    LetterCase,
    SerialRule,
    depot_tag,
    is_depot_tag,
    is_missing,
    normalise,
    problems,
    rule_problems,
)

KEEP = SerialRule(letters=LetterCase.KEEP)
rules = st.builds(
    SerialRule,
    letters=st.sampled_from(LetterCase),
    drop=st.text("-/. _aA", max_size=4),
    min_length=st.integers(1, 5),
    max_length=st.integers(5, 80),
)


def codes(text: str, rule: SerialRule = ANY) -> list[str]:
    return [p.code for p in problems(text, rule)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("00042", "00042"),
        (" ab 12\u3000cd ", "AB12CD"),
        ("ＡＢ－１２３", "AB-123"),
        ("ab–12—3", "AB-12-3"),
        ("\ufeffSN\u200b7", "SN7"),
        ("sn7\r\n", "SN7"),
        ("sh1-t00042", "SH1-T00042"),
    ],
)
def test_folding(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


def test_case_is_kept_where_the_rule_says_so() -> None:
    assert normalise("aB1", KEEP) == "aB1"


def test_dropped_characters_do_not_count_but_a_depot_tag_stays_whole() -> None:
    rule = SerialRule(drop="-/", pattern=r"\d{8}", hint="8 digits")
    assert normalise("2024-00/17", rule) == "20240017"
    assert codes("2024-0017", rule) == []
    assert normalise("sh1-t00042", rule) == "SH1-T00042"
    assert codes("SH1-T00042", rule) == []


@pytest.mark.parametrize(
    "text",
    ["6.37702E+15", "6,37702E+15", "6.37702e15", "6E+15", " ６.３７７０２Ｅ＋１５ ", "-1.5E-05", "#REF!", "#####"],
)
def test_spreadsheet_damage_is_recognised(text: str) -> None:
    assert codes(text) == ["serial.spreadsheet-damage"]


@pytest.mark.parametrize("text", ["637702E15", "12E3", "E15", "1.2.3E4", "#12"])
def test_serials_that_only_look_a_little_like_damage_pass(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "serial.missing"),
        (" \u200b ", "serial.missing"),
        ("不详", "serial.missing"),
        ("n/a", "serial.missing"),
        ("——", "serial.missing"),
        ("=HYPERLINK(1)", "serial.formula"),
        ("＝1+1", "serial.formula"),
        ("@SUM(A1)", "serial.formula"),
        ("+8613800", "serial.formula"),
        ("-2+3", "serial.formula"),
        ("AB\x1dCD", "serial.control-character"),
        ("AB\nCD", "serial.control-character"),
        ("A" * 41, "serial.length"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_plus_sign_is_no_formula_where_the_pattern_wants_it() -> None:
    assert codes("+123", SerialRule(pattern=r"\+\d+")) == []
    assert codes("=123", SerialRule(pattern=r"=\d+")) == ["serial.formula"]


def test_pattern_names_the_hint() -> None:
    (problem,) = problems("X1", SerialRule(pattern=r"SN\d+", hint="SN and digits"))
    assert (problem.code, problem.facts) == ("serial.pattern", {"value": "X1", "hint": "SN and digits"})


def test_control_characters_are_shown_visibly() -> None:
    (problem,) = problems("AB\x1dCD")
    assert problem.facts["value"] == r"AB\x1dCD"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SerialRule(pattern="(["), ["serial.rule-pattern"]),
        (SerialRule(min_length=9, max_length=8), ["serial.rule-length"]),
        (SerialRule(min_length=0), ["serial.rule-length"]),
        (SerialRule(max_length=81), ["serial.rule-length"]),
        (SerialRule(), []),
    ],
)
def test_a_rule_is_checked_itself(rule: SerialRule, expected: list[str]) -> None:
    assert [p.code for p in rule_problems(rule)] == expected


@given(st.text(max_size=30), rules)
def test_folding_twice_changes_nothing(text: str, rule: SerialRule) -> None:
    once = normalise(text, rule)
    assert normalise(once, rule) == once


@given(st.text(max_size=30), rules)
def test_what_is_accepted_is_accepted_again_in_its_folded_form(text: str, rule: SerialRule) -> None:
    if not problems(text, rule):
        assert problems(normalise(text, rule), rule) == []


@given(st.from_regex(r"0{1,5}[1-9][0-9]{0,20}", fullmatch=True))
def test_leading_zeros_stay(text: str) -> None:
    assert normalise(text) == text


@given(st.from_regex(r"[A-Z0-9]{1,20}", fullmatch=True), st.sampled_from(["", " ", "\u3000", "\t"]))
def test_width_case_and_spaces_never_make_another_serial(text: str, space: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    assert normalise(space + wide.lower() + space) == normalise(text)


@given(rules)
def test_a_rule_survives_json(rule: SerialRule) -> None:
    assert SerialRule.from_dict(json.loads(json.dumps(rule.as_dict()))) == rule


def test_an_older_or_newer_file_of_a_rule_is_read() -> None:
    assert SerialRule.from_dict({"drop": "-", "colour": "red"}) == SerialRule(drop="-")


@given(st.integers(1, 10**7))
def test_depot_tags_are_recognised_and_are_not_missing(n: int) -> None:
    tag = depot_tag("SH1", n)
    assert is_depot_tag(tag)
    assert not is_missing(tag)
    assert not is_depot_tag(tag + "X")
