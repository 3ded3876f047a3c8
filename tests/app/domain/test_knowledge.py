"""Likeness of symptoms in Chinese and English, and what a group of repairs says."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.knowledge import Note, PastRepair, note_problems, suggestions, words


def repair(n: int, symptom: str, fault: str, *, code: str = "", fault_code: str = "", work: str = "") -> PastRepair:
    return PastRepair(
        f"o{n}", f"c{n}", f"N{n:03d}", f"u{n}", f"S{n}", date(2026, 1, 1 + n % 28), symptom, code, fault_code, fault,
        "COMPONENT_QUALITY", "MAKER", "", "PART_REPLACED", work, "REPAIRED")


def test_chinese_and_english_words_find_their_like() -> None:
    past = [
        repair(1, "上电无输出，指示灯不亮", "输入电容鼓包", work="更换 C12"), repair(2, "开机后无输出", "输入电容鼓包"),
        repair(3, "风扇异响", "风扇轴承磨损"), repair(4, "No output after power-on", "fuse blown"),
    ]
    first, *rest = suggestions("客户反映无输出", "", past)
    assert (first.fault, first.count, first.work_done) == ("输入电容鼓包", 2, "更换 C12")
    assert [one.case_number for one in first.examples] == ["N002", "N001"], "the newest first"
    assert rest == []
    (english,) = suggestions("no OUTPUT", "", past)
    assert (english.fault, english.share) == ("fuse blown", 1.0)
    assert suggestions("", "", past) == ()
    assert suggestions("屏幕花屏", "", past) == ()


def test_the_same_code_counts_whatever_the_words_and_parts_are_counted_once_per_repair() -> None:
    past = [
        repair(1, "aaa", "x", code="S01", fault_code="F10"), repair(2, "bbb", "x2", code="S01", fault_code="F10"),
        repair(3, "ccc", "y", code="S02"),
    ]
    parts = [("o1", "电容", 2), ("o1", "电容", 1), ("o2", "电容", 1), ("o3", "风扇", 1)]
    (only,) = suggestions("zzz", "S01", past, parts)
    assert (only.fault_code, only.count, only.share, only.parts) == ("F10", 2, 1.0, (("电容", 2),))


@given(st.lists(st.text("无输出不亮 abc", min_size=1, max_size=12), max_size=12), st.text("无输出 abc", max_size=12))
def test_shares_never_exceed_the_whole(symptoms: list[str], told: str) -> None:
    past = [repair(n, text, f"fault {n % 3}") for n, text in enumerate(symptoms)]
    found = suggestions(told, "", past, limit=99)
    assert sum(one.count for one in found) <= len(past)
    assert not found or abs(sum(one.share for one in found) - 1) < 1e-9


def test_long_texts_are_read_whole() -> None:
    assert words("x " * 100 + "电容鼓包") >= {"n电容", "n鼓包"}


def test_a_note_says_something() -> None:
    assert [p.code for p in note_problems(Note("", ""))] == ["knowledge.title-missing", "knowledge.body-missing"]
    assert [p.code for p in note_problems(Note("a", "b" * 5000))] == ["knowledge.too-long"]
    assert note_problems(Note("a", "b")) == []
