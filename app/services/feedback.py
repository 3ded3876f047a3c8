"""Keying what customers ticked and wrote on their feedback slips, beside the picture (F9)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.changes import Changes
from app.depot import Depot
from app.domain.feedback import Answers, KeyedAnswers, answer_problems
from app.domain.people import Action
from app.errors import Refused
from app.persistence import feedback as rows
from app.persistence import filing as filing_rows
from app.persistence import journal, papers
from app.persistence.papers import Document
from app.persistence.transaction import Tx

#: Answers are corrected by a new version, which says why; the old one stays. So there is nothing to undo.
UNDO: dict[str, object] = {}


@dataclass(frozen=True, slots=True)
class Keyed:
    """Answers are on record. ``version``: 1 the first time."""

    number: str
    version: int
    entry_id: str
    changes: Changes = Changes.FEEDBACK | Changes.CASES


def key(depot: Depot, number: str, answers: Answers) -> Keyed:
    """Write what a feedback slip says; again to correct it, with the reason.

    Refused: ``feedback.not-a-slip``, ``feedback.not-on-file`` (the signed sheet comes first), the codes of
    ``feedback.answer_problems``.
    """
    depot.require(Action.FOLLOW_UP)
    with depot.write() as tx:
        document = _slip(tx, number)
        if not filing_rows.signed_of(tx, document.id):
            raise Refused("feedback.not-on-file", field="number", number=document.number)
        before = rows.of_document(tx, document.id)
        wrong = answer_problems(answers, amends=bool(before))
        if wrong:
            raise Refused.because(wrong)
        version = len(before) + 1
        rows.add(tx, document.id, document.number, version, answers)
        entry_id = journal.record(
            tx, "feedback.amend" if before else "feedback.key", subject_kind="document", subject_id=document.id,
            subject_number=document.number, case_id=document.case_id, unit_id=document.unit_id,
            facts={
                "number": document.number, "version": version, "text": answers.opinion.strip(),
                "note": answers.why.strip(),
                "grades": {aspect.value: grade.value for aspect, grade in answers.grades.items()},
            },
        )
    return Keyed(document.number, version, entry_id)


def history(depot: Depot, number: str) -> tuple[KeyedAnswers, ...]:
    """Every version of the answers of a slip, the oldest first. Refused: ``feedback.not-a-slip``."""
    with depot.read() as tx:
        found = rows.of_document(tx, _slip(tx, number).id)
    return tuple(replace(one, at=one.at.astimezone(depot.zone)) for one in found)


def _slip(tx: Tx, number: str) -> Document:
    document = papers.by_number(tx, number.strip().upper())
    if document is None or document.form != "F9":
        raise Refused("feedback.not-a-slip", field="number", value=number.strip())
    return document
