"""What customers say on the feedback slip (F9): grades, opinion, and whether it is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.satisfaction import Aspect, Grade
from app.errors import Problem

LONGEST_OPINION = 4000
LONGEST_LINE = 200

#: Five is the best.
SCORES: Mapping[Grade, int] = {grade: 5 - place for place, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class Answers:
    """One sheet as it was keyed. An aspect without a tick is left out of ``grades``.

    ``recontact``: ``None`` when neither box is ticked. ``why``: what was corrected, from the second time on.
    """

    grades: Mapping[Aspect, Grade] = field(default_factory=dict)
    opinion: str = ""
    recontact: bool | None = None
    phone: str = ""
    signed: bool = False
    stamped: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class KeyedAnswers:
    """Answers on record. ``version`` counts from 1; the newest is what holds."""

    id: str
    document_id: str
    number: str
    version: int
    answers: Answers
    at: datetime
    by_name: str


def answer_problems(answers: Answers, *, amends: bool) -> list[Problem]:
    """What is wrong with ``answers``: ``feedback.nothing``, ``feedback.opinion-long``, ``feedback.phone-long``,
    ``feedback.why-missing`` (a correction says what it corrects), ``feedback.why-long``."""
    found = []
    empty = not answers.grades and not answers.opinion.strip() and answers.recontact is None
    if empty and not (answers.signed or answers.stamped):
        found.append(Problem(Aspect.RESPONSE.value, "feedback.nothing"))
    if len(answers.opinion) > LONGEST_OPINION:
        found.append(Problem("opinion", "feedback.opinion-long", {"n": len(answers.opinion), "most": LONGEST_OPINION}))
    if len(answers.phone) > LONGEST_LINE:
        found.append(Problem("phone", "feedback.phone-long", {"n": len(answers.phone), "most": LONGEST_LINE}))
    if amends and not answers.why.strip():
        found.append(Problem("why", "feedback.why-missing"))
    if len(answers.why) > LONGEST_LINE:
        found.append(Problem("why", "feedback.why-long", {"n": len(answers.why), "most": LONGEST_LINE}))
    return found
