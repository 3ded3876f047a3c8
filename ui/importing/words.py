"""How fates and findings of rows read on the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from string import Formatter

from app.domain.importing.fates import Fate, RowFate
from app.errors import Problem
from app.i18n import _
from app.messages import say, sentences
from ui.tones import Tone

#: Code → how many rows it is said of, and as which finding first.
Examples = dict[str, tuple[int, Problem]]

TONES: dict[Fate, Tone] = {
    Fate.RECEIVED: Tone.OK, Fate.TAGGED: Tone.INFO, Fate.ALREADY_KNOWN: Tone.MUTE, Fate.REFUSED: Tone.BAD,
}


def findings(row: RowFate) -> tuple[Problem, ...]:
    """Everything that is to be said about ``row``, the weightiest first."""
    return (*row.reasons, *row.warnings)


def said(row: RowFate, parted: str = " ") -> str:
    """All sentences about ``row``."""
    return parted.join(say(problem.code, problem.facts) for problem in findings(row))


def in_general(code: str) -> str:
    """The sentence of ``code`` without the facts of a row."""
    if not code:
        return ""
    return Formatter().vformat(_(sentences()[code]), (), defaultdict(lambda: "…"))


def examples(rows: Iterable[RowFate]) -> Examples:
    """What is said of ``rows``, the most frequent first."""
    found: Examples = {}
    for row in rows:
        for problem in {problem.code: problem for problem in reversed(findings(row))}.values():
            count, first = found.get(problem.code, (0, problem))
            found[problem.code] = (count + 1, first)
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))
