"""Dispositions: what becomes of a unit that comes back from the bench (art. 10.4; spec 1 §4). First match wins.

:func:`rule` is a pure function of the facts of the case, the earlier visits of the serial at all depots, and the
policy. It says what to do, by which row, and with which facts; the sentences (own papers with the article, customers
in plain words) are in ``app.messages.disposition``.

Decided where the table is silent:

* "In warranty" is the period on the day of receipt. A fault from outside (transport, surroundings) is not covered
  and counts as out of warranty. A user-caused one has rows of its own (2, 4); under the repeat rule (6, 7) it counts
  as out of warranty too.
* Warranty unknown: where both answers lead to the same row, that row rules. Else the policy decides; its default is
  that the warranty must be settled first (number 0, with both answers shown).
* A chargeable repair that the customer declined is row 9: return as is, or free of charge with approval (spec 1 §3).
* Failed returns: earlier visits whose fault was worked on and not removed, counting a repaired one whose fault came
  back, and this one. A visit whose next return was for another fault succeeded. NFF visits never count here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from app.domain.codes import Blame, CauseClass, RepairResult, Responsibility, blame
from app.domain.months import whole_months
from app.domain.policy import PolicyName, PolicySnapshot
from app.domain.warranty import WarrantyState
from app.errors import Problem, Refused


class Outcome(StrEnum):
    """What is to be done. A ruling may hold several, in order."""

    KEEP = "KEEP"                          # the unit does not go back
    EXCHANGE = "EXCHANGE"
    BOTH_TO_CUSTOMER = "BOTH_TO_CUSTOMER"  # exchange, and the kept unit too, for a fee
    RETURN_AS_IS = "RETURN_AS_IS"
    EXPLAIN = "EXPLAIN"                    # the talk with the customer is recorded
    QUOTE = "QUOTE"
    REPAIR = "REPAIR"                      # back to the bench
    SCRAP = "SCRAP"
    TO_RND = "TO_RND"                      # technical determination
    LAB_AFTER_SCRAP = "LAB_AFTER_SCRAP"    # scrapped first, then to R&D for analysis
    TO_CUSTOMER = "TO_CUSTOMER"            # zone 2
    TO_SPARE = "TO_SPARE"                  # zone 3
    SETTLE_WARRANTY = "SETTLE_WARRANTY"


class Consent(StrEnum):
    """What the customer said to a quotation."""

    NOT_ASKED = "NOT_ASKED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of the case that is ruled on.

    ``period``: the warranty by the calendar on the day of receipt. ``same_fault``: the fault is that of the visit
    before (``None``: not compared, counted as the same). ``wants_both``, ``wants_scrap``: the customer's written
    wish. ``free_approved``: the general manager approved a free repair.
    """

    result: RepairResult
    cause: CauseClass
    period: WarrantyState
    return_needed: bool
    responsibility: Responsibility = Responsibility.UNKNOWN
    same_fault: bool | None = None
    qa_passed: bool = False
    consent: Consent = Consent.NOT_ASKED
    wants_both: bool = False
    wants_scrap: bool = False
    free_approved: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier return visit of the serial, at any depot. ``result`` ``None``: it ended without one."""

    depot: str
    number: str
    received: date
    result: RepairResult | None
    same_fault: bool | None = None


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """The earlier visits, in any order. ``known_as_of``: how fresh the news from other depots was, for the record."""

    visits: tuple[Visit, ...] = ()
    known_as_of: date | None = None

    def in_order(self) -> tuple[Visit, ...]:
        """Oldest first."""
        return tuple(sorted(self.visits, key=lambda v: (v.received, v.depot, v.number)))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say. ``number``: the row (0: settle the warranty first). ``facts``: what it rests on.

    ``alternatives``: for number 0, the rulings in and out of warranty.
    """

    number: int
    outcomes: tuple[Outcome, ...]
    facts: Mapping[str, object]
    policy_version: str
    at_intake: bool = False
    alternatives: tuple[Ruling, ...] = ()

    @property
    def own_code(self) -> str:
        """The code of the reason for our own papers and screens, with the article."""
        return f"ruling.{self.number}.{'intake' if self.at_intake else 'own'}"

    @property
    def customer_code(self) -> str:
        """The code of the reason in plain words, for the customer."""
        return f"ruling.{self.number}.customer"


def outcome_code(outcome: Outcome) -> str:
    """The code of the sentence that tells a customer what ``outcome`` means."""
    return f"ruling.outcome.{outcome.value.lower().replace('_', '-')}"


def nff_in_a_row(visits: Sequence[Visit]) -> int:
    """How many of the last visits (oldest first) ended with no fault found, without another in between."""
    count = 0
    for visit in reversed(visits):
        if visit.result is not RepairResult.NFF:
            break
        count += 1
    return count


def failed_returns(visits: Sequence[Visit], same_fault_now: bool | None) -> int:  # noqa: FBT001  three-valued
    """How many of ``visits`` (oldest first) failed; a repaired one did if its fault came back."""
    return sum(which_failed(visits, same_fault_now))


def which_failed(visits: Sequence[Visit], same_fault_now: bool | None) -> tuple[bool, ...]:  # noqa: FBT001
    """For each of ``visits`` (oldest first) whether it counts as failed."""
    came_back = [*(v.same_fault for v in visits[1:]), same_fault_now]
    return tuple(
        visit.result in {RepairResult.FAULT_REMAINS, RepairResult.IRREPARABLE}
        or (visit.result is RepairResult.REPAIRED and again is not False)
        for visit, again in zip(visits, came_back, strict=False)
    )


def readiness_problems(facts: CaseFacts, history: UnitHistory, policy: PolicySnapshot) -> list[Problem]:
    """What must happen before the case can be ruled on; empty when :func:`rule` answers.

    Codes: ``ruling.needs-qa`` (repaired, or no fault found below the limit: QA first), ``ruling.bench-goes-on``
    (fault not removed, limit not reached: repair on, or find the unit irreparable).
    """
    view = _view(facts, history, policy)
    if facts.result is RepairResult.FAULT_REMAINS and view.failed < view.failed_limit:
        return [Problem("result", "ruling.bench-goes-on", {"failed": view.failed, "limit": view.failed_limit})]
    through_qa = facts.result is RepairResult.REPAIRED or (
        facts.result is RepairResult.NFF and view.nff < view.nff_limit
    )
    if through_qa and not facts.qa_passed:
        return [Problem("result", "ruling.needs-qa", {"result": facts.result})]
    return []


def rule(facts: CaseFacts, history: UnitHistory, policy: PolicySnapshot) -> Ruling:
    """The ruling on the case. Refuses with the codes of :func:`readiness_problems`."""
    if found := readiness_problems(facts, history, policy):
        raise Refused.because(found)
    view = _view(facts, history, policy)
    if facts.period is not WarrantyState.UNKNOWN:
        return _ruled(view)
    inside = _ruled(_with_period(view, WarrantyState.IN))
    outside = _ruled(_with_period(view, WarrantyState.OUT))
    if (inside.number, inside.outcomes) == (outside.number, outside.outcomes):
        return replace(inside, facts=_facts(view))
    match policy.text(PolicyName.UNKNOWN_WARRANTY):
        case "in":
            return inside
        case "out":
            return outside
        case _:
            return Ruling(0, (Outcome.SETTLE_WARRANTY,), _facts(view), policy.version, alternatives=(inside, outside))


def at_intake(
    history: UnitHistory, period: WarrantyState, policy: PolicySnapshot, *, same_fault: bool, return_needed: bool
) -> Ruling | None:
    """The ruling offered when a serial comes in that used up a limit on earlier visits; a supervisor confirms it.

    ``same_fault``: the symptom is that of the last visit. ``None``: no limit is used up.
    """
    visits = history.in_order()
    nff, failed = nff_in_a_row(visits), failed_returns(visits, same_fault_now=same_fault)
    if nff >= policy.whole(PolicyName.NFF_LIMIT):
        # Offered on the strength of the earlier visits: this one need not find nothing once more.
        facts = CaseFacts(RepairResult.NFF, CauseClass.NFF, period, return_needed)
        return replace(rule(facts, history, policy), facts=_facts(_view(facts, history, policy), nff=nff),
                       at_intake=True)
    if failed >= policy.whole(PolicyName.FAILED_RETURN_LIMIT) and same_fault:
        facts = CaseFacts(RepairResult.FAULT_REMAINS, CauseClass.UNDETERMINED, period, return_needed, same_fault=True)
        ruling = rule(facts, history, policy)
        offered = MappingProxyType({**ruling.facts, "failed": failed})
        return replace(ruling, facts=offered, at_intake=True)
    return None


def determined(
    *, fault_found: bool, manufactured: date | None, today: date, policy: PolicySnapshot
) -> tuple[Outcome, ...]:
    """What follows R&D's technical determination of a kept unit.

    A fault found: back to repair, as a future spare. None: scrapped, and if new (age unknown is not new) handed to
    R&D after scrapping.
    """
    if fault_found:
        return (Outcome.REPAIR, Outcome.TO_SPARE)
    new = manufactured is not None and whole_months(manufactured, today) <= policy.whole(PolicyName.RND_NEW_MONTHS)
    return (Outcome.SCRAP, Outcome.LAB_AFTER_SCRAP) if new else (Outcome.SCRAP,)


@dataclass(frozen=True, slots=True)
class _View:
    """The facts with the counters and limits worked out, as the rows look at them."""

    facts: CaseFacts
    visits: tuple[Visit, ...]
    known_as_of: date | None
    blame: Blame
    nff: int
    failed: int
    nff_limit: int
    failed_limit: int
    version: str

    @property
    def beyond_repair(self) -> bool:
        return self.facts.result in {RepairResult.IRREPARABLE, RepairResult.BER}

    @property
    def out_of_period(self) -> bool:
        return self.facts.period is WarrantyState.OUT

    @property
    def out_or_outside(self) -> bool:
        return self.out_of_period or self.blame is Blame.OUTSIDE

    @property
    def worn_out(self) -> bool:
        """Fault not removed, and the returns are used up."""
        return self.facts.result is RepairResult.FAULT_REMAINS and self.failed >= self.failed_limit


def _view(facts: CaseFacts, history: UnitHistory, policy: PolicySnapshot) -> _View:
    visits = history.in_order()
    is_nff = facts.result is RepairResult.NFF
    failed_now = facts.result in {RepairResult.FAULT_REMAINS, RepairResult.IRREPARABLE}
    return _View(
        facts, visits, history.known_as_of, blame(facts.cause, facts.responsibility),
        nff_in_a_row(visits) + 1 if is_nff else 0, failed_returns(visits, facts.same_fault) + failed_now,
        policy.whole(PolicyName.NFF_LIMIT), policy.whole(PolicyName.FAILED_RETURN_LIMIT), policy.version,
    )


def _with_period(view: _View, period: WarrantyState) -> _View:
    return replace(view, facts=replace(view.facts, period=period))


def _kept(view: _View) -> tuple[Outcome, ...]:
    if view.facts.wants_both and view.facts.return_needed:
        return (Outcome.BOTH_TO_CUSTOMER,)
    exchange = (Outcome.EXCHANGE,) if view.facts.return_needed else ()
    return (Outcome.KEEP, *exchange, Outcome.TO_RND)


def _back_with_talk(view: _View) -> tuple[Outcome, ...]:
    return (Outcome.EXPLAIN, Outcome.SCRAP if view.facts.wants_scrap else Outcome.RETURN_AS_IS)


def _quoted(view: _View) -> tuple[Outcome, ...]:
    answer = {
        Consent.NOT_ASKED: Outcome.QUOTE, Consent.ACCEPTED: Outcome.REPAIR, Consent.DECLINED: Outcome.RETURN_AS_IS,
    }
    return (answer[view.facts.consent],)


def _scrapped(view: _View) -> tuple[Outcome, ...]:
    return (Outcome.SCRAP, Outcome.EXCHANGE) if view.facts.return_needed else (Outcome.SCRAP,)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table: its number, its test, what follows."""

    number: int
    holds: Callable[[_View], bool]
    outcomes: Callable[[_View], tuple[Outcome, ...]]


#: The table of spec 1 §4 in its order; row 9 is the declined quotation of spec 1 §3.
_ROWS: tuple[_Row, ...] = (
    _Row(1, lambda v: v.facts.result is RepairResult.NFF and v.nff >= v.nff_limit, _kept),
    _Row(2, lambda v: v.facts.result is RepairResult.IRREPARABLE and v.blame is Blame.USER,
         lambda _v: (Outcome.RETURN_AS_IS,)),
    _Row(3, lambda v: v.beyond_repair and v.out_or_outside, _back_with_talk),
    _Row(4, lambda v: v.facts.result is RepairResult.BER and v.blame is Blame.USER, _quoted),
    _Row(5, lambda v: v.beyond_repair, _scrapped),
    _Row(6, lambda v: v.worn_out and not v.out_or_outside and v.blame is not Blame.USER, _scrapped),
    _Row(7, lambda v: v.worn_out, _back_with_talk),
    _Row(8, lambda v: v.facts.result in {RepairResult.REPAIRED, RepairResult.NFF},
         lambda v: (Outcome.TO_CUSTOMER if v.facts.return_needed else Outcome.TO_SPARE,)),
    _Row(9, lambda v: v.facts.result is RepairResult.DECLINED,
         lambda v: (Outcome.REPAIR if v.facts.free_approved else Outcome.RETURN_AS_IS,)),
)


def _ruled(view: _View) -> Ruling:
    row = next(row for row in _ROWS if row.holds(view))
    return Ruling(row.number, row.outcomes(view), _facts(view), view.version)


def _facts(view: _View, **changed: object) -> Mapping[str, object]:
    """What the sentences and the record need. ``previous`` and ``depots`` are those of the earlier visits."""
    return MappingProxyType({
        "result": view.facts.result,
        "cause": view.facts.cause,
        "responsibility": view.facts.responsibility,
        "warranty": view.facts.period,
        "return_needed": view.facts.return_needed,
        "visit": len(view.visits) + 1,
        "nff": view.nff,
        "nff_limit": view.nff_limit,
        "failed": view.failed,
        "failed_limit": view.failed_limit,
        "previous": tuple(v.received for v in view.visits),
        "depots": tuple(sorted({v.depot for v in view.visits})),
        "known_as_of": view.known_as_of,
        **changed,
    })
