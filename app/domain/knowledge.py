"""What earlier repairs of the same product teach: which fault usually stands behind such words, and what cured it.

Two descriptions are compared by the tokens the search uses: Chinese in pairs of characters, Latin words whole. A token
that stands in many descriptions of the product says little and weighs little.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.search import LONGEST, folded, name_tokens
from app.errors import Problem

#: Kept of the best group, as examples.
_EXAMPLES = 3
#: The same code of the symptom counts as this share of likeness, whatever the words say (0..1).
_SAME_CODE = 0.8
#: Less likeness than this is chance (0..1).
_LEAST = 0.2
LONGEST_TITLE, LONGEST_BODY = 120, 4_000


@dataclass(frozen=True, slots=True)
class PastRepair:
    """One repair of the product that is diagnosed. ``symptom``: what the customer said and what the bench confirmed."""

    order_id: str
    case_id: str
    case_number: str
    unit_id: str
    serial: str
    came_on: date
    symptom: str
    symptom_code: str
    fault_code: str
    fault: str
    cause_class: str
    responsibility: str
    cause: str
    resolution_code: str
    work_done: str
    result: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A likely fault. ``count``: repairs that had it with such a symptom; ``share``: of all that had such a symptom.

    ``parts``: name → how often it was fitted; ``examples``: the newest repairs first.
    """

    fault_code: str
    fault: str
    count: int
    share: float
    cause_class: str
    responsibility: str
    cause: str
    resolution_code: str
    work_done: str
    parts: tuple[tuple[str, int], ...]
    examples: tuple[PastRepair, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """How to find a fault of a product. ``symptom_code``: empty for any symptom."""

    title: str
    body: str
    symptom_code: str = ""
    by_name: str = ""


def words(text: str) -> frozenset[str]:
    """The tokens of a description: pairs of Chinese characters and Latin words."""
    plain = " ".join(text.split())
    pieces = (plain[k:k + LONGEST] for k in range(0, len(plain), LONGEST - 1))
    return frozenset(
        token for piece in pieces for token in name_tokens(piece) if token[0] == "p" or len(token) > 2)


def suggestions(
    symptom: str, symptom_code: str, past: Sequence[PastRepair], parts: Iterable[tuple[str, str, int]] = (),
    limit: int = 3,
) -> tuple[Suggestion, ...]:
    """The faults that repairs with such a symptom had, the likeliest first.

    ``parts``: (order, name, pieces) of what was fitted. Without words and code there is nothing to go by.
    """
    likeness = _alike(symptom, symptom_code, past)
    groups: dict[str, list[tuple[float, PastRepair]]] = defaultdict(list)
    for repair, how in likeness:
        groups[repair.fault_code or folded(repair.fault)].append((how, repair))
    fitted: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for order_id, name, pieces in parts:
        fitted[order_id].append((name, pieces))
    total = len(likeness)
    ranked = sorted(groups.values(), key=lambda group: (-sum(how for how, _repair in group), group[0][1].case_number))
    return tuple(_suggestion([repair for _how, repair in group], total, fitted) for group in ranked[:limit])


def _alike(symptom: str, symptom_code: str, past: Sequence[PastRepair]) -> list[tuple[PastRepair, float]]:
    """The repairs with such a symptom, and how much alike it was (0..1)."""
    wanted = words(symptom)
    every = [(repair, words(repair.symptom)) for repair in past if repair.fault or repair.fault_code]
    seen: Counter[str] = Counter()
    for _repair, tokens in every:
        seen.update(tokens)

    def weight(token: str) -> float:
        return math.log(1 + (len(every) + 1) / (seen[token] + 1))

    whole = sum(map(weight, wanted))
    found = []
    for repair, tokens in every:
        how = sum(map(weight, sorted(wanted & tokens))) / whole if whole else 0.0
        if symptom_code and repair.symptom_code == symptom_code:
            how = max(how, _SAME_CODE)
        if how >= _LEAST:
            found.append((repair, how))
    return found


def _suggestion(
    group: Sequence[PastRepair], total: int, fitted: dict[str, list[tuple[str, int]]]
) -> Suggestion:
    newest = sorted(group, key=lambda repair: (repair.came_on, repair.case_number), reverse=True)

    def most(name: str) -> str:
        """What most of them say; of equals the newest."""
        said = Counter(text for repair in newest if (text := str(getattr(repair, name))))
        return said.most_common(1)[0][0] if said else ""

    names = Counter(name for repair in group for name in {name for name, _pieces in fitted.get(repair.order_id, ())})
    return Suggestion(
        newest[0].fault_code, most("fault"), len(group), len(group) / total, most("cause_class"),
        most("responsibility"), most("cause"), most("resolution_code"), most("work_done"),
        tuple(sorted(names.items(), key=lambda item: (-item[1], item[0]))), tuple(newest[:_EXAMPLES]),
    )


def note_problems(note: Note) -> list[Problem]:
    """Codes: ``knowledge.title-missing``, ``knowledge.body-missing``, ``knowledge.too-long``."""
    found = []
    if not note.title.strip():
        found.append(Problem("title", "knowledge.title-missing", {"value": note.body[:40]}))
    if not note.body.strip():
        found.append(Problem("body", "knowledge.body-missing", {"value": note.title[:40]}))
    if len(note.title) > LONGEST_TITLE or len(note.body) > LONGEST_BODY:
        found.append(Problem("body", "knowledge.too-long", {"value": note.title[:40], "longest": LONGEST_BODY}))
    return found
