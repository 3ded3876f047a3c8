"""The total of a quotation is the exact sum, rounded once; capitals say the same amount."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import rounded
from app.domain.quotation import LineKind, QuoteLine, amounts
from app.domain.tariffs import RateClass, TariffEntry, TariffKind, tariff_on
from app.printing.amounts import in_words

DAY = date(2026, 11, 3)
TARIFF = tariff_on([
    TariffEntry("1", TariffKind.PARTS_SURCHARGE, RateClass.GENERAL, 500, 10, DAY),
    TariffEntry("2", TariffKind.OLD_FOR_NEW, RateClass.GENERAL, 0, 15, DAY),
], DAY)


@st.composite
def lines(draw: st.DrawFn) -> QuoteLine:
    kind = draw(st.sampled_from(LineKind))
    quantity = draw(st.integers(1, 5000))
    old = draw(st.integers(0, quantity)) if kind is LineKind.PART else 0
    return QuoteLine(kind, quantity, draw(st.integers(0, 500_000)), text="x", old_returned=old)


@given(st.lists(lines(), min_size=1, max_size=12), st.integers(10, 900))
def test_the_total_is_the_exact_sum_rounded_once(some: list[QuoteLine], percent: int) -> None:
    found = amounts(some, percent, TARIFF)
    labour = sum((Fraction(x.price_fen * x.quantity, 60) for x in some if x.kind is LineKind.LABOUR), Fraction(0))
    rest = sum(x.price_fen * x.quantity for x in some if x.kind is not LineKind.LABOUR)
    parts = sum(x.price_fen * x.quantity for x in some if x.kind is LineKind.PART)
    old = sum(x.price_fen * x.old_returned for x in some)
    surcharge = max(Fraction(parts * percent, 100), Fraction(500)) if parts else Fraction(0)
    exact = labour + rest + surcharge - Fraction(old * 15, 100)
    assert found.total == rounded(exact)
    assert abs(found.total.fen - exact) <= Fraction(1, 2)
    assert found.total.fen >= 0
    shown = sum(rounded(a).fen for a in (*found.lines, found.surcharge, -found.credit))
    assert shown + found.rounding == found.total.fen        # what the paper says adds up


@given(st.integers(1, 10**9))
def test_capitals_say_the_amount_and_another_amount_otherwise(fen: int) -> None:
    assert in_words(fen) != in_words(fen + 1)
    assert ("整" in in_words(fen)) == (fen % 10 == 0) or "分" in in_words(fen) or "角" in in_words(fen)
