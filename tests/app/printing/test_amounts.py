"""Money in figures and in the capital characters of a Chinese receipt."""

from __future__ import annotations

import pytest

from app.printing.amounts import figures, in_words


@pytest.mark.parametrize(
    ("fen", "shown", "words"),
    [
        (0, "¥0.00", "零元整"),
        (1, "¥0.01", "壹分"),
        (10, "¥0.10", "壹角"),
        (105, "¥1.05", "壹元零伍分"),
        (1000, "¥10.00", "壹拾元整"),
        (10005, "¥100.05", "壹佰元零伍分"),
        (10050, "¥100.50", "壹佰元伍角"),
        (123450, "¥1,234.50", "壹仟贰佰叁拾肆元伍角"),
        (123456, "¥1,234.56", "壹仟贰佰叁拾肆元伍角陆分"),
        (1000100, "¥10,001.00", "壹万零壹元整"),
        (1_000_000_000, "¥10,000,000.00", "壹仟万元整"),
        (-2550, "-¥25.50", "负贰拾伍元伍角"),
    ],
)
def test_amount(fen: int, shown: str, words: str) -> None:
    assert figures(fen) == shown
    assert in_words(fen) == words


def test_unknown_amount_is_an_empty_field() -> None:
    assert figures(None) == ""
