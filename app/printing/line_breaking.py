"""Where a line of Chinese and English may end (the usual rules of Chinese setting, GB/T 15834 and JIS X 4051).

Chinese breaks between any two characters, except before a closing and after an opening mark. Latin words, numbers
and codes stay whole unless they are longer than a line. A text is never shortened: the lines together are the text,
without the blanks at which it was broken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

#: May not begin a line: closing marks, and marks that belong to what stands before them.
NO_START = frozenset("，。、；：？！）》〉】〕」』〗”’…—～·％‰℃°ー々〻‐,.;:?!)]}%»›＂＇﹚﹜．／－")
#: May not end a line: opening marks, and signs that belong to what follows.
NO_END = frozenset("（《〈【〔「『〖“‘￥¥$€£([{#@«‹№§＃＠")

#: Inside a word that is longer than a line, the places where a break hurts least: after one of these.
_JOINTS = frozenset("-/_.,:;=+&?\\|")
#: From here on scripts are set without blanks between words.
_WIDE = 0x2E80
#: A hair's breadth for sums of widths.
_FUZZ = 1e-6


def break_lines(text: str, advance: Callable[[str], float], limit: float) -> list[str]:
    """``text`` in lines no wider than ``limit``, in the measure in which ``advance`` gives a character's width.

    A character wider than the limit gets a line of its own. Line ends in the text are kept.
    """
    if "\n" not in text:
        return _paragraph(text, advance, limit)
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, advance, limit)]


def _paragraph(text: str, advance: Callable[[str], float], limit: float) -> list[str]:
    ends = list(accumulate(map(advance, text)))
    if not ends or ends[-1] <= limit + _FUZZ:
        return [text]
    lines: list[str] = []
    start, before, length = 0, 0.0, len(text)
    while start < length:
        fits = max(bisect_right(ends, before + limit + _FUZZ, lo=start), start + 1)
        cut = length if fits >= length else _cut(text, start, fits)
        lines.append(text[start:cut].rstrip(" "))
        start = cut
        while start < length and text[start] == " ":
            start += 1
        before = ends[start - 1]
    return lines


def _cut(text: str, start: int, fits: int) -> int:
    """Where the line from ``start`` ends, given that the character at ``fits`` is the first that does not fit."""
    for place in range(fits, start, -1):
        if _may_break(text, place):
            return place
    joint = next((at for at in range(fits, start, -1) if text[at - 1] in _JOINTS and _unmarked(text, at)), start)
    if joint - start >= (fits - start) // 3 and joint > start:
        return joint
    return next((at for at in range(fits, start, -1) if _unmarked(text, at)), fits)


def _unmarked(text: str, place: int) -> bool:
    """Whether no mark forbids a line to end before ``place``; blanks at the break vanish, so they do not count."""
    previous, following = text[place - 1], text[place]
    if following == " ":
        following = text[place:].lstrip(" ")[:1]
    if previous == " ":
        previous = text[:place].rstrip(" ")[-1:]
    return following not in NO_START and previous not in NO_END


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before ``place`` without breaking a word or a rule of marks."""
    if not _unmarked(text, place):
        return False
    previous, following = text[place - 1], text[place]
    if previous == " " or following == " " or ord(previous) >= _WIDE or ord(following) >= _WIDE:
        return True
    # return-repair may break after its hyphen; SH1-R2611-00042 and 138-0013-8000 may not
    return previous in "-/" and following.isalpha() and place > 1 and text[place - 2].isalpha()
