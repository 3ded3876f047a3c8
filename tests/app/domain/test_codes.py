"""Cause classes and responsibility come to one blame; contradictions are named; the starter table is well-formed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import (
    PRODUCT_CAUSED,
    Blame,
    CauseClass,
    RepairResult,
    Responsibility,
    attribution_problems,
    blame,
    code_problems,
    result_problems,
    usual_responsibility,
)
from app.domain.starter_codes import FAULTS, RESOLUTIONS, SYMPTOMS

causes = st.sampled_from(CauseClass)


@pytest.mark.parametrize(
    ("cause", "responsibility", "expected"),
    [
        (CauseClass.COMPONENT_QUALITY, Responsibility.UNKNOWN, Blame.OURS),
        (CauseClass.USER, Responsibility.UNKNOWN, Blame.USER),
        (CauseClass.TRANSPORT, Responsibility.UNKNOWN, Blame.OUTSIDE),
        (CauseClass.TRANSPORT, Responsibility.MAKER, Blame.OURS),  # our own carrier dropped it
        (CauseClass.TRANSPORT, Responsibility.USER, Blame.USER),
        (CauseClass.ENVIRONMENT, Responsibility.NOBODY, Blame.OUTSIDE),
        (CauseClass.NFF, Responsibility.NOBODY, Blame.OPEN),
        (CauseClass.UNDETERMINED, Responsibility.UNKNOWN, Blame.OPEN),
        (CauseClass.UNDETERMINED, Responsibility.USER, Blame.USER),
    ],
)
def test_who_bears_the_fault(cause: CauseClass, responsibility: Responsibility, expected: Blame) -> None:
    assert blame(cause, responsibility) is expected


@given(causes)
def test_the_usual_responsibility_contradicts_nothing_and_changes_no_blame(cause: CauseClass) -> None:
    usual = usual_responsibility(cause)
    assert attribution_problems(cause, usual) == []
    assert blame(cause, usual) is blame(cause, Responsibility.UNKNOWN)


def test_a_product_fault_is_not_blamed_on_the_user_and_no_fault_on_nobody() -> None:
    for cause in PRODUCT_CAUSED:
        assert [p.code for p in attribution_problems(cause, Responsibility.USER)] == ["codes.blame-contradicts"]
    assert [p.code for p in attribution_problems(CauseClass.NFF, Responsibility.MAKER)] == ["codes.blame-contradicts"]


@given(st.sampled_from(RepairResult), causes)
def test_nff_is_result_and_cause_together(result: RepairResult, cause: CauseClass) -> None:
    assert bool(result_problems(result, cause)) == ((result is RepairResult.NFF) != (cause is CauseClass.NFF))


@pytest.mark.parametrize(
    ("code", "ok"), [("F102", True), ("ABC12", True), ("f102", False), ("F1", False), ("F 12", False)]
)
def test_code_shapes(code: str, ok: bool) -> None:
    assert (code_problems(code) == []) is ok


def test_the_starter_table_has_unique_well_formed_codes_and_every_cause_class() -> None:
    codes = [row[0] for row in (*SYMPTOMS, *FAULTS, *RESOLUTIONS)]
    assert len(set(codes)) == len(codes)
    assert [c for c in codes if code_problems(c)] == []
    assert {row[3] for row in FAULTS} == set(CauseClass)
