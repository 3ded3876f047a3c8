"""Answers of customers are keyed from the signed slip, and corrected with a reason; on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.depot import Depot
from app.domain.feedback import SCORES, Answers
from app.domain.slips import Aspect, Grade
from app.errors import Refused
from app.services import feedback, filing, signed_papers
from tests.app.services.test_filing import a_file, a_sent_unit, paper


def test_answers_are_keyed_and_amended(depot: Depot, tmp_path: Path) -> None:
    _case, numbers = a_sent_unit(depot)
    given = Answers({Aspect.OVERALL: Grade.SATISFIED, Aspect.TIME: Grade.FAIR}, "希望缩短周期", recontact=True,
                    phone="13800138000", signed=True, stamped=True)
    with pytest.raises(Refused) as refusal:
        feedback.key(depot, numbers["F9"], given)
    assert refusal.value.code == "feedback.not-on-file"
    filing.file_scans(depot, [a_file(tmp_path, paper(depot, numbers["F9"]))])
    assert [row.number for row in signed_papers.to_key(depot)] == [numbers["F9"]]
    for wrong, code in (
        (Answers(), "feedback.nothing"), (Answers(opinion="x" * 4001), "feedback.opinion-long"),
        (Answers(signed=True, phone="1" * 201), "feedback.phone-long"),
    ):
        with pytest.raises(Refused) as refusal:
            feedback.key(depot, numbers["F9"], wrong)
        assert refusal.value.code == code
    assert feedback.history(depot, numbers["F9"]) == ()
    assert feedback.key(depot, numbers["F9"], given).version == 1
    assert signed_papers.to_key(depot) == ()
    with pytest.raises(Refused) as refusal:
        feedback.key(depot, numbers["F9"], given)
    assert refusal.value.code == "feedback.why-missing"
    better = Answers({Aspect.OVERALL: Grade.VERY_SATISFIED}, "", signed=True, why="看错一格")
    assert feedback.key(depot, numbers["F9"], better).version == 2
    first, second = feedback.history(depot, numbers["F9"])
    assert first.answers == given
    assert (second.answers, second.by_name) == (better, "何静")
    assert [SCORES[grade] for grade in Grade] == [5, 4, 3, 2, 1]


def test_only_feedback_slips_have_answers(depot: Depot) -> None:
    _case, numbers = a_sent_unit(depot)
    for number in (numbers["F8"], "nonsense"):
        with pytest.raises(Refused) as refusal:
            feedback.key(depot, number, Answers(signed=True))
        assert refusal.value.code == "feedback.not-a-slip"
