"""What customers answered on feedback slips, every version of it."""

from __future__ import annotations

from sqlalchemy import select

from app.domain.feedback import Answers, KeyedAnswers
from app.domain.satisfaction import Aspect
from app.persistence.tables import feedback_answers
from app.persistence.transaction import Tx

_answer = feedback_answers.c
#: The column of each question.
_COLUMN = {aspect: aspect.value.lower() for aspect in Aspect}


def add(tx: Tx, document_id: str, number: str, version: int, answers: Answers) -> str:
    """Write one version of the answers."""
    answers_id = tx.new_id()
    tx.insert(feedback_answers, {
        "id": answers_id, "document_id": document_id, "number": number, "version": version,
        **{column: answers.grades.get(aspect) for aspect, column in _COLUMN.items()},
        "opinion": answers.opinion.strip(), "recontact": answers.recontact, "phone": answers.phone.strip(),
        "signed": answers.signed, "stamped": answers.stamped, "why": answers.why.strip(), "at": tx.at, "by": tx.by,
        "by_name": tx.by_name,
    })
    return answers_id


def of_document(tx: Tx, document_id: str) -> tuple[KeyedAnswers, ...]:
    """Every version, the oldest first."""
    rows = tx.execute(
        select(feedback_answers)
        .where(_answer.depot_id == tx.depot_id, _answer.document_id == document_id).order_by(_answer.version)
    ).mappings()
    return tuple(
        KeyedAnswers(
            row["id"], row["document_id"], row["number"], row["version"],
            Answers(
                {aspect: row[column] for aspect, column in _COLUMN.items() if row[column] is not None},
                row["opinion"], row["recontact"], row["phone"], row["signed"], row["stamped"], row["why"],
            ),
            row["at"], row["by_name"],
        )
        for row in rows
    )
