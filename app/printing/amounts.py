"""Renminbi on paper: in figures, and in the capital characters that cannot be altered with a pen."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def figures(fen: int | None) -> str:
    """``123450`` → ``¥1,234.50``; an unknown amount is empty."""
    if fen is None:
        return ""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def in_words(fen: int) -> str:
    """``123450`` → ``壹仟贰佰叁拾肆元伍角``. The library cuts instead of rounding, hence the quantize before it."""
    import cn2an

    amount = (Decimal(fen) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    words: str = cn2an.an2cn(str(abs(amount)), "rmb")
    return f"负{words}" if amount < 0 else words
