"""Policy values are declared, checked, effective-dated, and named by the version of their content."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.policy import DECLARED, Kind, PolicyBook, PolicyEntry, PolicyName, parse_hours, value_problems
from app.labels.policy import CHOICES, MEANINGS

DAY = date(2026, 11, 1)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
entries = st.lists(
    st.builds(
        PolicyEntry,
        entry_id=st.uuids().map(str),
        name=st.sampled_from(["nff-limit", "turnaround-days"]),
        value=st.integers(1, 9).map(str),
        effective=days,
    ),
    max_size=8,
    unique_by=lambda e: e.entry_id,
)


def entry(name: str, value: str, day: date = DAY, entry_id: str = "1") -> PolicyEntry:
    return PolicyEntry(entry_id, name, value, day)


def test_every_name_is_declared_with_a_legal_default_a_meaning_and_words_for_its_choices() -> None:
    assert set(DECLARED) == set(PolicyName) == set(MEANINGS)
    for name, declared in DECLARED.items():
        assert value_problems(name, declared.default) == []
        assert set(declared.choices) <= set(CHOICES)
        assert MEANINGS[name]


def test_the_figures_of_the_regulation() -> None:
    policy = PolicyBook().at(DAY)
    assert policy.whole(PolicyName.NFF_LIMIT) == 2
    assert policy.whole(PolicyName.FAILED_RETURN_LIMIT) == 2
    assert policy.whole(PolicyName.HAND_IN_DAYS) == 2
    assert policy.whole(PolicyName.TURNAROUND_DAYS) == 14
    assert policy.whole(PolicyName.LOAN_BACK_DAYS) == 3
    assert policy.text(PolicyName.EXCHANGE_WARRANTY) == "inherit"
    assert policy.switch(PolicyName.DOWNTIME_EXTENDS)


def test_an_entry_counts_from_its_day() -> None:
    book = PolicyBook((entry("turnaround-days", "10"),))
    assert book.at(DAY - timedelta(days=1)).whole(PolicyName.TURNAROUND_DAYS) == 14
    assert book.at(DAY).whole(PolicyName.TURNAROUND_DAYS) == 10


def test_of_two_entries_for_a_day_the_later_made_counts() -> None:
    book = PolicyBook((entry("nff-limit", "4", entry_id="b"), entry("nff-limit", "3", entry_id="a")))
    assert book.at(DAY).whole(PolicyName.NFF_LIMIT) == 4


def test_names_from_a_newer_head_office_and_damaged_values_change_nothing() -> None:
    plain = PolicyBook().at(DAY)
    book = PolicyBook((entry("moon-phase", "3"), entry("nff-limit", "two"), entry("nff-limit", "0")))
    assert book.at(DAY) == plain


def test_the_version_names_the_content() -> None:
    plain = PolicyBook().at(DAY)
    changed = PolicyBook((entry("nff-limit", "3"),)).at(DAY)
    back = PolicyBook((entry("nff-limit", "3"), entry("nff-limit", "2", DAY + timedelta(days=9), "2")))
    assert plain.version == "default"
    assert changed.version != plain.version
    assert back.at(DAY) == changed
    assert back.at(DAY + timedelta(days=9)).version == plain.version


@given(entries, days, st.randoms())
def test_the_order_in_which_entries_arrive_does_not_matter(some: list[PolicyEntry], day: date, random: object) -> None:
    mixed = list(some)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert PolicyBook(tuple(mixed)).at(day) == PolicyBook(tuple(some)).at(day)


@given(entries, entries, days)
def test_what_becomes_effective_later_changes_nothing_before(
    some: list[PolicyEntry], later: list[PolicyEntry], day: date
) -> None:
    book = PolicyBook(tuple(some))
    assert book.with_entries(e for e in later if e.effective > day).at(day) == book.at(day)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nothing", "1", "policy.unknown-name"),
        ("nff-limit", "two", "policy.not-a-number"),
        ("nff-limit", "2.0", "policy.not-a-number"),
        ("nff-limit", "02", "policy.not-a-number"),
        ("nff-limit", "٢", "policy.not-a-number"),
        ("nff-limit", "0", "policy.out-of-range"),
        ("both-units-fee", "-1", "policy.out-of-range"),
        ("exchange-warranty", "always", "policy.not-a-choice"),
        ("downtime-extends", "maybe", "policy.not-a-choice"),
        ("working-hours", "9 to 5", "policy.working-hours"),
        ("word.qa.zh", "质" * 41, "policy.too-long"),
    ],
)
def test_illegal_settings_are_named(name: str, value: str, code: str) -> None:
    assert [p.code for p in value_problems(name, value)] == [code]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("08:30-12:00,13:30-17:30", ((510, 720), (810, 1050))),
        ("00:00-24:00", ((0, 1440),)),
        ("09:00-12:00, 12:00-13:00", ((540, 720), (720, 780))),
        ("12:00-09:00", ()),
        ("09:00-12:00,11:00-13:00", ()),
        ("13:00-14:00,09:00-10:00", ()),
        ("09:00-25:00", ()),
        ("09:70-10:00", ()),
        ("09:00-09:00", ()),
        ("", ()),
    ],
)
def test_working_hours(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_hours(text) == spans


def test_only_numbers_have_ranges() -> None:
    for declared in DECLARED.values():
        assert (declared.most > 0) == (declared.kind in {Kind.WHOLE, Kind.MONEY})
