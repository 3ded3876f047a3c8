"""Lines end where a careful typesetter would end them, and together they are the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.printing.line_breaking import NO_END, NO_START, break_lines


def em(character: str) -> float:
    """Widths like the typeface's: a Chinese character one em, a Latin letter half of it."""
    return 1.0 if ord(character) >= 0x2E80 or character in "“”…—" else 0.5


CHARACTERS = "产品返厂维修管理制度黑屏龚䶮㛃，。；：？！、（）《》“”…—·abcXYZ019-/.:,()% ¥"
texts = st.text(st.sampled_from(CHARACTERS), max_size=200)


@given(texts, st.floats(4, 40))
def test_the_lines_together_are_the_text(text: str, limit: float) -> None:
    lines = break_lines(text, em, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(texts, st.floats(4, 40))
def test_no_line_is_wider_than_the_limit(text: str, limit: float) -> None:
    for line in break_lines(text, em, limit):
        assert sum(map(em, line)) <= limit + 1e-6 or len(line) == 1


@given(texts, st.floats(6, 40))
@example("（" * 12 + "维修", 6.0)
@example("开机" + "。" * 30, 6.0)
def test_no_line_begins_or_ends_with_a_forbidden_mark_where_it_can_be_avoided(text: str, limit: float) -> None:
    lines = break_lines(text, em, limit)
    for above, below in pairwise(lines):
        if below[:1] in NO_START or above[-1:] in NO_END:
            assert _hopeless(above, below), (above, below)


def _hopeless(above: str, below: str) -> bool:
    """Whether the line above had no place at all where it could have ended earlier without breaking the rule."""
    return not any(
        above[:place].rstrip()[-1:] not in NO_END and (above + below)[place:].lstrip()[:1] not in NO_START
        for place in range(1, len(above))
    )


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("开机黑屏，偶发花屏。", 4, ["开机黑", "屏，偶发", "花屏。"]),
        ("返修（第一次）完成", 3, ["返修", "（第一", "次）完", "成"]),
        ("the quick brown fox", 5.5, ["the quick", "brown fox"]),
        ("单号 SH1-R2611-00042 已接收", 8, ["单号", "SH1-R2611-00042", "已接收"]),
        ("电话 138-0013-8000 转 2", 8, ["电话", "138-0013-8000 转", "2"]),
        ("a return-repair depot", 6, ["a return-", "repair depot"]),
        ("SERIALNUMBERWITHOUTANYBREAK", 5, ["SERIALNUMB", "ERWITHOUTA", "NYBREAK"]),
        ("ABC-DEF_GHI-JKLMNO", 4, ["ABC-", "DEF_GHI-", "JKLMNO"]),
        ("他说：“不行。”然后走了", 4, ["他说：", "“不", "行。”然", "后走了"]),
        ("金额 ¥1,234.50 元", 5, ["金额", "¥1,234.50", "元"]),
        ("一行\n\n三行", 9, ["一行", "", "三行"]),
        ("", 9, [""]),
        ("宽", 0.2, ["宽"]),
    ],
)
def test_where_lines_end(text: str, limit: float, lines: list[str]) -> None:
    assert break_lines(text, em, limit) == lines
