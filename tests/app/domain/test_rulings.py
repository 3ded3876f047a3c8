"""Dispositions: every row of spec 1 §4 crossed with warranty, cause, return, visit and depot; exactly one row rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.codes import Blame, CauseClass, RepairResult, Responsibility, blame
from app.domain.policy import PolicyBook, PolicyEntry, PolicySnapshot
from app.domain.rulings import (
    CaseFacts,
    Consent,
    Outcome,
    Ruling,
    UnitHistory,
    Visit,
    at_intake,
    determined,
    failed_returns,
    nff_in_a_row,
    outcome_code,
    readiness_problems,
    rule,
)
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.i18n import translator
from app.messages import say

DAY = date(2026, 5, 4)
POLICY = PolicyBook().at(DAY)
IN, OUT, UNKNOWN = WarrantyState.IN, WarrantyState.OUT, WarrantyState.UNKNOWN
R = RepairResult
O = Outcome  # noqa: E741

CAUSES = {
    "ours": CauseClass.COMPONENT_QUALITY,
    "user": CauseClass.USER,
    "outside": CauseClass.ENVIRONMENT,
    "open": CauseClass.UNDETERMINED,
}

#: Which row rules: result (at its limit where it has one), whose fault → in, out, unknown.
TABLE: dict[tuple[RepairResult, str], tuple[int, int, int]] = {
    (R.IRREPARABLE, "ours"): (5, 3, 0),
    (R.IRREPARABLE, "user"): (2, 2, 2),
    (R.IRREPARABLE, "outside"): (3, 3, 3),
    (R.IRREPARABLE, "open"): (5, 3, 0),
    (R.BER, "ours"): (5, 3, 0),
    (R.BER, "user"): (4, 3, 0),
    (R.BER, "outside"): (3, 3, 3),
    (R.BER, "open"): (5, 3, 0),
    (R.FAULT_REMAINS, "ours"): (6, 7, 0),
    (R.FAULT_REMAINS, "user"): (7, 7, 7),
    (R.FAULT_REMAINS, "outside"): (7, 7, 7),
    (R.FAULT_REMAINS, "open"): (6, 7, 0),
    (R.REPAIRED, "ours"): (8, 8, 8),
    (R.REPAIRED, "user"): (8, 8, 8),
    (R.REPAIRED, "outside"): (8, 8, 8),
    (R.REPAIRED, "open"): (8, 8, 8),
    (R.DECLINED, "ours"): (9, 9, 9),
    (R.DECLINED, "user"): (9, 9, 9),
    (R.DECLINED, "outside"): (9, 9, 9),
    (R.DECLINED, "open"): (9, 9, 9),
}

#: What follows from each row, when the unit must go back and when not.
FOLLOWS: dict[int, tuple[tuple[Outcome, ...], tuple[Outcome, ...]]] = {
    0: ((O.SETTLE_WARRANTY,), (O.SETTLE_WARRANTY,)),
    1: ((O.KEEP, O.EXCHANGE, O.TO_RND), (O.KEEP, O.TO_RND)),
    2: ((O.RETURN_AS_IS,), (O.RETURN_AS_IS,)),
    3: ((O.EXPLAIN, O.RETURN_AS_IS), (O.EXPLAIN, O.RETURN_AS_IS)),
    4: ((O.QUOTE,), (O.QUOTE,)),
    5: ((O.SCRAP, O.EXCHANGE), (O.SCRAP,)),
    6: ((O.SCRAP, O.EXCHANGE), (O.SCRAP,)),
    7: ((O.EXPLAIN, O.RETURN_AS_IS), (O.EXPLAIN, O.RETURN_AS_IS)),
    8: ((O.TO_CUSTOMER,), (O.TO_SPARE,)),
    9: ((O.RETURN_AS_IS,), (O.RETURN_AS_IS,)),
}


def visits(*results: RepairResult | None, depots: str = "same") -> UnitHistory:
    """Earlier visits, oldest first, ninety days apart, at this depot or at others."""
    return UnitHistory(tuple(
        Visit("SH1" if depots == "same" else f"BJ{n}", f"R-{n}", DAY - timedelta(days=90 * (len(results) - n)), result)
        for n, result in enumerate(results)
    ))


def facts(result: RepairResult, whose: str = "ours", period: WarrantyState = IN, **more: object) -> CaseFacts:
    return replace(CaseFacts(result, CAUSES[whose], period, return_needed=True, qa_passed=True), **more)  # type: ignore[arg-type]


def policy(**values: str) -> PolicySnapshot:
    return PolicyBook(tuple(PolicyEntry(n, n.replace("_", "-"), v, DAY) for n, v in values.items())).at(DAY)


def codes(case: CaseFacts, history: UnitHistory, with_policy: PolicySnapshot = POLICY) -> list[str]:
    return [p.code for p in readiness_problems(case, history, with_policy)]


@pytest.mark.parametrize("depots", ["same", "other"])
@pytest.mark.parametrize("earlier", [0, 1, 2])
@pytest.mark.parametrize("return_needed", [True, False])
@pytest.mark.parametrize(("result", "whose"), TABLE)
def test_every_row_crossed(
    result: RepairResult, whose: str, return_needed: bool, earlier: int, depots: str
) -> None:
    history = visits(*[R.REPAIRED] * earlier, depots=depots)
    for period, number in zip((IN, OUT, UNKNOWN), TABLE[result, whose], strict=True):
        case = facts(result, whose, period, return_needed=return_needed)
        if result is R.FAULT_REMAINS and earlier == 0:
            assert codes(case, history) == ["ruling.bench-goes-on"]
            continue
        ruling = rule(case, history, POLICY)
        assert ruling.number == number
        assert ruling.outcomes == FOLLOWS[number][0 if return_needed else 1]
        assert ruling.facts["visit"] == earlier + 1


@pytest.mark.parametrize("depots", ["same", "other"])
@pytest.mark.parametrize(("period", "return_needed"), list(product((IN, OUT, UNKNOWN), (True, False))))
@pytest.mark.parametrize(
    ("earlier", "number"),
    [
        ((), 8),
        ((R.NFF,), 1),
        ((R.REPAIRED,), 8),
        ((R.NFF, R.REPAIRED), 8),       # not in a row
        ((R.REPAIRED, R.NFF), 1),
        ((R.NFF, None), 8),             # a visit without a result lies between
        ((R.NFF, R.NFF), 1),
    ],
)
def test_no_fault_found(
    earlier: tuple[RepairResult | None, ...], number: int, period: WarrantyState, return_needed: bool, depots: str
) -> None:
    case = replace(facts(R.NFF, period=period, return_needed=return_needed), cause=CauseClass.NFF)
    ruling = rule(case, visits(*earlier, depots=depots), POLICY)
    assert ruling.number == number
    assert ruling.outcomes == FOLLOWS[number][0 if return_needed else 1]


def test_a_first_nff_and_a_repaired_unit_go_through_qa() -> None:
    for case in (facts(R.NFF, qa_passed=False), facts(R.REPAIRED, qa_passed=False)):
        assert codes(case, visits()) == ["ruling.needs-qa"]
        with pytest.raises(Refused) as caught:
            rule(case, visits(), POLICY)
        assert caught.value.code == "ruling.needs-qa"


def test_an_nff_at_its_limit_needs_no_qa() -> None:
    assert rule(facts(R.NFF, qa_passed=False), visits(R.NFF), POLICY).number == 1


def test_the_customer_who_insists_gets_both() -> None:
    assert rule(facts(R.NFF, wants_both=True), visits(R.NFF), POLICY).outcomes == (O.BOTH_TO_CUSTOMER,)


@pytest.mark.parametrize(("result", "period"), [(R.BER, OUT), (R.IRREPARABLE, OUT), (R.FAULT_REMAINS, OUT)])
def test_out_of_warranty_it_is_scrapped_only_at_the_customers_wish(result: RepairResult, period: WarrantyState) -> None:
    ruling = rule(facts(result, period=period, wants_scrap=True), visits(R.REPAIRED), POLICY)
    assert ruling.outcomes == (O.EXPLAIN, O.SCRAP)


@pytest.mark.parametrize(
    ("consent", "outcome"),
    [(Consent.NOT_ASKED, O.QUOTE), (Consent.ACCEPTED, O.REPAIR), (Consent.DECLINED, O.RETURN_AS_IS)],
)
def test_user_caused_and_not_worth_repairing_is_quoted(consent: Consent, outcome: Outcome) -> None:
    assert rule(facts(R.BER, "user", consent=consent), visits(), POLICY).outcomes == (outcome,)


def test_a_declined_repair_may_be_free_with_approval() -> None:
    assert rule(facts(R.DECLINED, free_approved=True), visits(), POLICY).outcomes == (O.REPAIR,)


@pytest.mark.parametrize(("value", "number"), [("supervisor", 0), ("in", 5), ("out", 3)])
def test_unknown_warranty_follows_the_policy(value: str, number: int) -> None:
    ruling = rule(facts(R.IRREPARABLE, period=UNKNOWN), visits(), policy(unknown_warranty=value))
    assert ruling.number == number
    assert [a.number for a in ruling.alternatives] == ([5, 3] if number == 0 else [])


def test_responsibility_outweighs_the_cause_class() -> None:
    dropped_by_us = facts(R.IRREPARABLE, "outside", responsibility=Responsibility.MAKER)
    assert rule(dropped_by_us, visits(), POLICY).number == 5
    misused = facts(R.IRREPARABLE, "open", responsibility=Responsibility.USER)
    assert rule(misused, visits(), POLICY).number == 2


@pytest.mark.parametrize(
    ("earlier", "same_fault", "number"),
    [
        ((R.REPAIRED,), True, 6),
        ((R.REPAIRED,), None, 6),
        ((R.REPAIRED,), False, None),   # the last visit succeeded: this is another fault
        ((R.FAULT_REMAINS,), False, 6),
        ((R.NFF,), True, None),         # no fault found is counted apart
        ((R.DECLINED,), True, None),
        ((R.BER,), True, None),
        ((R.IRREPARABLE,), True, 6),
        ((None,), True, None),
    ],
)
def test_which_earlier_visits_count_as_failed(
    earlier: tuple[RepairResult, ...], same_fault: bool | None, number: int | None
) -> None:
    case, history = facts(R.FAULT_REMAINS, same_fault=same_fault), visits(*earlier)
    if number is None:
        assert codes(case, history) == ["ruling.bench-goes-on"]
    else:
        assert rule(case, history, POLICY).number == number


def test_limits_come_from_the_policy() -> None:
    lenient = policy(nff_limit="3", failed_return_limit="3")
    assert codes(facts(R.FAULT_REMAINS), visits(R.REPAIRED), lenient) == ["ruling.bench-goes-on"]
    assert rule(facts(R.FAULT_REMAINS), visits(R.REPAIRED, R.REPAIRED), lenient).number == 6
    assert rule(facts(R.NFF), visits(R.NFF), lenient).number == 8
    assert rule(facts(R.NFF), visits(R.NFF, R.NFF), lenient).policy_version == lenient.version


def test_counters_across_depots() -> None:
    mixed = (
        Visit("SH1", "1", date(2025, 1, 1), R.REPAIRED),
        Visit("BJ1", "1", date(2025, 6, 1), R.NFF, same_fault=True),
        Visit("SH1", "2", date(2025, 9, 1), R.NFF),
    )
    assert nff_in_a_row(mixed) == 2
    assert failed_returns(mixed, same_fault_now=True) == 1
    assert UnitHistory(mixed[::-1]).in_order() == mixed


@pytest.mark.parametrize(
    ("earlier", "same_fault", "period", "number"),
    [
        ((), True, IN, None),
        ((R.NFF,), True, IN, None),
        ((R.NFF, R.NFF), False, OUT, 1),
        ((R.REPAIRED, R.REPAIRED), True, IN, 6),
        ((R.REPAIRED, R.REPAIRED), True, OUT, 7),
        ((R.REPAIRED, R.REPAIRED), True, UNKNOWN, 0),
        ((R.REPAIRED, R.REPAIRED), False, IN, None),
        ((R.REPAIRED,), True, IN, None),
    ],
)
def test_at_intake_a_used_up_limit_is_offered_at_once(
    earlier: tuple[RepairResult, ...], same_fault: bool, period: WarrantyState, number: int | None
) -> None:
    ruling = at_intake(visits(*earlier), period, POLICY, same_fault=same_fault, return_needed=True)
    assert (ruling.number if ruling else None) == number
    if ruling:
        assert ruling.own_code == f"ruling.{number}.intake"
        assert max(ruling.facts["nff"], ruling.facts["failed"]) == 2  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("fault_found", "manufactured", "outcomes"),
    [
        (True, date(2020, 1, 1), (O.REPAIR, O.TO_SPARE)),
        (False, date(2025, 5, 4), (O.SCRAP, O.LAB_AFTER_SCRAP)),   # twelve months to the day
        (False, date(2025, 4, 3), (O.SCRAP,)),
        (False, None, (O.SCRAP,)),
    ],
)
def test_after_the_technical_determination(
    fault_found: bool, manufactured: date | None, outcomes: tuple[Outcome, ...]
) -> None:
    assert determined(fault_found=fault_found, manufactured=manufactured, today=DAY, policy=POLICY) == outcomes


cases = st.builds(
    CaseFacts,
    result=st.sampled_from(RepairResult),
    cause=st.sampled_from(CauseClass),
    period=st.sampled_from(WarrantyState),
    return_needed=st.booleans(),
    responsibility=st.sampled_from(Responsibility),
    same_fault=st.sampled_from([True, False, None]),
    qa_passed=st.booleans(),
    consent=st.sampled_from(Consent),
    wants_both=st.booleans(),
    wants_scrap=st.booleans(),
    free_approved=st.booleans(),
)
histories = st.lists(
    st.builds(
        Visit,
        depot=st.sampled_from(["SH1", "BJ1"]),
        number=st.integers(1, 9).map(str),
        received=st.dates(date(2024, 1, 1), DAY),
        result=st.none() | st.sampled_from(RepairResult),
        same_fault=st.sampled_from([True, False, None]),
    ),
    max_size=4,
    unique_by=lambda v: (v.depot, v.number),
).map(lambda some: UnitHistory(tuple(some)))
policies = st.builds(
    policy,
    nff_limit=st.integers(1, 4).map(str),
    failed_return_limit=st.integers(1, 4).map(str),
    unknown_warranty=st.sampled_from(["supervisor", "in", "out"]),
)


def rows_by_the_letter(case: CaseFacts, history: UnitHistory, with_policy: PolicySnapshot) -> set[int]:
    """The rows of the table that hold if each is read with all rows above it not holding."""
    seen = history.in_order()
    whose = blame(case.cause, case.responsibility)
    out = case.period is OUT or whose is Blame.OUTSIDE
    nff = case.result is R.NFF and nff_in_a_row(seen) + 1 >= int(with_policy.text("nff-limit"))  # type: ignore[arg-type]
    gone, ber, user = case.result is R.IRREPARABLE, case.result is R.BER, whose is Blame.USER
    again = case.result is R.FAULT_REMAINS
    holds = {
        1: nff,
        2: gone and user,
        3: (gone and not user and out) or (ber and out),
        4: ber and user and not out,
        5: (gone or ber) and not user and not out,
        6: again and not user and not out,
        7: again and (user or out),
        8: case.result is R.REPAIRED or (case.result is R.NFF and not nff),
        9: case.result is R.DECLINED,
    }
    return {number for number, held in holds.items() if held}


@given(cases, histories, policies)
def test_exactly_one_row_rules_every_reachable_case(
    case: CaseFacts, history: UnitHistory, with_policy: PolicySnapshot
) -> None:
    assume(not readiness_problems(case, history, with_policy))
    ruling = rule(case, history, with_policy)
    if case.period is UNKNOWN and ruling.number == 0:
        assert {a.number for a in ruling.alternatives} == {
            n for p in (IN, OUT) for n in rows_by_the_letter(replace(case, period=p), history, with_policy)
        }
        assert len(ruling.alternatives) == 2
    else:
        allowed = (IN, OUT) if case.period is UNKNOWN else (case.period,)
        one = [rows_by_the_letter(replace(case, period=p), history, with_policy) for p in allowed]
        assert {ruling.number} in one
    assert ruling.outcomes


@given(cases, histories, policies, st.randoms())
def test_the_ruling_depends_only_on_its_stated_inputs(
    case: CaseFacts, history: UnitHistory, with_policy: PolicySnapshot, random: object
) -> None:
    assume(not readiness_problems(case, history, with_policy))
    mixed = list(history.visits)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    again = rule(case, UnitHistory(tuple(mixed), history.known_as_of), with_policy)
    assert again == rule(case, history, with_policy)


@given(cases, histories, policies)
def test_a_unit_out_of_warranty_is_never_exchanged_at_our_cost_unless_nothing_is_wrong_with_it(
    case: CaseFacts, history: UnitHistory, with_policy: PolicySnapshot
) -> None:
    case = replace(case, period=OUT)
    assume(not readiness_problems(case, history, with_policy))
    ruling = rule(case, history, with_policy)
    if O.EXCHANGE in ruling.outcomes:
        assert case.result is R.NFF
    if O.SCRAP in ruling.outcomes:
        assert case.wants_scrap


@given(cases, histories, policies, st.sampled_from(["en", "zh_CN"]))
def test_every_ruling_has_its_sentences_in_both_languages(
    case: CaseFacts, history: UnitHistory, with_policy: PolicySnapshot, language: str
) -> None:
    assume(not readiness_problems(case, history, with_policy))
    t = translator(language)
    ruling: Ruling = rule(case, history, with_policy)
    assert "{" not in say(ruling.own_code, ruling.facts, t)
    customer = say(ruling.customer_code, ruling.facts, t)
    assert "art." not in customer
    assert "条" not in customer
    for outcome in ruling.outcomes:
        assert say(outcome_code(outcome), ruling.facts, t)
