"""Money: whole fen of CNY, never a float. Shares and surcharges are computed exactly and rounded once, at the end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.errors import Problem, Refused

#: Larger amounts are typing errors: one hundred million yuan.
MOST_FEN = 10_000_000_000

_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d*))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of ``fen`` (1/100 yuan). Negative amounts only arise from subtraction, e.g. a credit."""

    fen: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, quantity: int) -> Money:
        return Money(self.fen * quantity)

    def __bool__(self) -> bool:
        return self.fen != 0

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan with two decimals."""
        return Decimal(self.fen).scaleb(-2)

    def __str__(self) -> str:
        """``¥1,234.50``, with the sign before the symbol."""
        sign = "-" if self.fen < 0 else ""
        return f"{sign}¥{abs(self.yuan):,.2f}"


def total(amounts: Iterable[Money]) -> Money:
    """The sum."""
    return Money(sum(amount.fen for amount in amounts))


def rounded(fen: Fraction) -> Money:
    """An exact amount of fen as money, half a fen away from zero. The one place where money is rounded."""
    whole = (2 * abs(fen) + 1) // 2
    return Money(whole if fen >= 0 else -whole)


def share(amount: Money, percent: int) -> Fraction:
    """``percent`` per cent of ``amount``, exact, in fen; to be :func:`rounded` at the very end."""
    return Fraction(amount.fen * percent, 100)


def problems(text: str, *, field: str = "amount") -> list[Problem]:
    """What is wrong with the typed amount ``text``; empty when :func:`parse` takes it.

    Codes: ``money.missing``, ``money.not-an-amount``, ``money.negative``, ``money.too-precise``, ``money.too-large``.
    """
    plain = _plain(text)
    facts = {"value": text.strip()}
    if not plain:
        return [Problem(field, "money.missing")]
    found = _AMOUNT.fullmatch(plain.removeprefix("-"))
    if found is None:
        return [Problem(field, "money.not-an-amount", facts)]
    if plain.startswith("-"):
        return [Problem(field, "money.negative", facts)]
    if len((found["part"] or "").rstrip("0")) > 2:
        return [Problem(field, "money.too-precise", facts)]
    if len(found["whole"]) > 20 or _fen(found) > MOST_FEN:
        return [Problem(field, "money.too-large", facts | {"most": Money(MOST_FEN)})]
    return []


def parse(text: str, *, field: str = "amount") -> Money:
    """The amount typed as ``text``: ``1234.5``, ``1,234.50``, ``¥1234``, ``1234元``, also in full width.

    Refuses with the codes of :func:`problems`.
    """
    if found := problems(text, field=field):
        raise Refused.because(found)
    matched = _AMOUNT.fullmatch(_plain(text))
    assert matched is not None
    return Money(_fen(matched))


def _plain(text: str) -> str:
    """``text`` without currency words and spaces, in ASCII."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    for word in ("¥", "CNY", "RMB", "人民币"):
        plain = plain.replace(word, "", 1) if plain.removeprefix("-").startswith(word) else plain
    return plain.removesuffix("元").removesuffix("圆")


def _fen(found: re.Match[str]) -> int:
    return int(found["whole"].replace(",", "")) * 100 + int(((found["part"] or "") + "00")[:2])
