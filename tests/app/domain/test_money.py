"""Money is whole fen; typed amounts are read or refused; rounding happens once."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import MOST_FEN, Money, parse, problems, rounded, share, total
from app.errors import Refused

amounts = st.integers(0, MOST_FEN).map(Money)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("1234", 123400),
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("¥1,234.50", 123450),
        ("￥１２３４．５０", 123450),
        ("1234.50元", 123450),
        ("人民币 12 元", 1200),
        ("CNY 0.01", 1),
        ("12.500", 1250),
        ("12.", 1200),
    ],
)
def test_typed_amounts(text: str, fen: int) -> None:
    assert parse(text) == Money(fen)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.missing"),
        ("¥", "money.missing"),
        ("abc", "money.not-an-amount"),
        ("1,23", "money.not-an-amount"),
        ("1e5", "money.not-an-amount"),
        (".5", "money.not-an-amount"),
        ("=1+1", "money.not-an-amount"),
        ("-1", "money.negative"),
        ("¥-1", "money.negative"),
        ("1.005", "money.too-precise"),
        ("100000000.01", "money.too-large"),
        ("9" * 400, "money.too-large"),
    ],
)
def test_refused_amounts(text: str, code: str) -> None:
    assert [p.code for p in problems(text)] == [code]
    with pytest.raises(Refused) as caught:
        parse(text, field="price")
    assert (caught.value.code, caught.value.field) == (code, "price")


@given(amounts)
def test_what_is_shown_can_be_typed_again(amount: Money) -> None:
    assert parse(str(amount)) == amount
    assert parse(str(amount.yuan)) == amount


@given(st.fractions(-(10**9), 10**9))
def test_rounding_is_to_the_nearest_fen_and_halves_go_away_from_zero(fen: Fraction) -> None:
    amount = rounded(fen)
    assert abs(amount.fen - fen) <= Fraction(1, 2)
    assert rounded(-fen) == Money(-amount.fen)
    if fen.denominator == 2:
        assert amount.fen == int((Decimal(fen.numerator) / 2).quantize(Decimal(1), ROUND_HALF_UP))


@given(st.lists(amounts, max_size=6), st.integers(0, 200))
def test_a_surcharge_is_rounded_once_on_the_sum(some: list[Money], percent: int) -> None:
    together = rounded(sum((share(a, percent) for a in some), Fraction()))
    assert together == rounded(share(total(some), percent))


def test_credits_and_sums() -> None:
    assert str(Money(150) - Money(1235)) == "-¥10.85"
    assert Money(150) * 3 == Money(450)
    assert total([]) == Money()
    assert not Money()
