"""Follow-ups: the list that policy asks for is drawn up and kept, calls are made, and the share of a month is counted.

The list only grows: a changed policy asks for more calls, it takes none back. Drawing it up twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain import followups as rules
from app.domain.followups import (
    Call,
    CallResult,
    Candidate,
    FollowUp,
    FollowUpKind,
    FollowUpRow,
    FollowUpState,
    MonthTarget,
    PastCall,
    Planned,
    Reach,
)
from app.domain.masterdata import Customer
from app.domain.months import add_months
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.domain.satisfaction import Grade
from app.errors import Refused
from app.persistence import followups as rows
from app.persistence import journal, masterdata
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import calendar
from app.services.undoing import Way

#: How many months the target is shown for, and how many lines a list has at most.
MONTHS, MOST = 12, 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """The list was brought up to date; ``added`` calls came into it."""

    added: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Followed:
    """A call was written down. ``again_on``: when it is to be tried again; ``next_id``: the call agreed with this one.

    ``complaint``: the customer complained, which is to be registered now.
    """

    follow_up_id: str
    entry_id: str
    again_on: date | None = None
    next_id: str = ""
    complaint: bool = False
    changes: Changes = Changes.CARE


def draw_up(depot: Depot) -> Drawn:
    """Bring the list up to date: repairs of this month and the last one, deliveries whose call falls into this month.

    Kept as rows, so that what was asked for stays visible; nothing is written when nothing is missing.
    """
    depot.require(Action.FOLLOW_UP)
    with depot.read() as tx:
        wanted = tuple(_wanted(depot, tx))
    if not wanted:
        return Drawn(0, Changes.NOTHING)
    with depot.write() as tx:
        wanted = tuple(_wanted(depot, tx))
        rows.add(tx, wanted)
        if wanted:
            journal.record(
                tx, "followups.draw_up", subject_kind="follow_ups", subject_id=wanted[0].id,
                facts={"added": len(wanted), "policy": wanted[0].policy_version},
            )
    return Drawn(len(wanted), Changes.CARE)


def plan(depot: Depot, planned: Planned) -> Followed:
    """Put a call on the list by hand. Refused: the codes of ``followups.planned_problems``,
    ``followups.unknown-customer``."""
    depot.require(Action.FOLLOW_UP)
    with depot.write() as tx:
        today = depot.local_day(tx.at)
        wrong = rules.planned_problems(planned, today)
        if wrong:
            raise Refused.because(wrong)
        if masterdata.get(tx, Customer, planned.customer_id) is None:
            raise Refused("followups.unknown-customer", field="customer_id")
        row = _agreed(depot, tx, planned.customer_id, planned.due_on or today, planned.reason.strip(), planned.unit_id)
        rows.add(tx, [row])
        return Followed(row.id, _recorded(tx, "followups.plan", row, {"due_on": row.due_on.isoformat()}))


def record(depot: Depot, call: Call) -> Followed:
    """Write a call down. Nobody reached: it is due again, or ends as not reached after the policy's tries.

    Refused: the codes of ``followups.call_problems``, ``followups.unknown``, ``followups.not-open``.
    """
    depot.require(Action.FOLLOW_UP)
    with depot.write() as tx:
        row = _require_open(tx, call.follow_up_id)
        wrong = rules.call_problems(call, row.kind, depot.local_day(tx.at))
        if wrong:
            raise Refused.because(wrong)
        return _reached(depot, tx, row, call) if call.reached else _missed(depot, tx, row, call)


def drop(depot: Depot, follow_up_id: str, reason: str) -> Followed:
    """The call is not made, for a reason. Refused: ``followups.reason-missing``, ``followups.not-open``."""
    depot.require(Action.FOLLOW_UP)
    if not reason.strip():
        raise Refused("followups.reason-missing", field="reason")
    with depot.write() as tx:
        row = _require_open(tx, follow_up_id)
        return _ended(tx, "followups.drop", row, FollowUpState.DROPPED, said=reason.strip())


def listed(depot: Depot, reach: Reach, text: str = "") -> tuple[FollowUpRow, ...]:
    """The list under ``reach``."""
    with depot.read() as tx:
        found = rows.listed(tx, reach, depot.local_day(tx.at), text.strip(), MOST)
    return tuple(local(depot, row) for row in found)


def targets(depot: Depot, months: int = MONTHS) -> tuple[MonthTarget, ...]:
    """Target and actual share of the last months, the newest first."""
    with depot.read() as tx:
        return tuple(month_target(depot, tx, m) for m in rules.months_back(depot.local_day(tx.at), months))


def month_target(depot: Depot, tx: Tx, month: str) -> MonthTarget:
    """Target and actual share of ``month`` (2026-11), by the policy of its last day (of today in this month)."""
    start, end = _span(depot, month)
    policy = depot.policy(tx, min(depot.local_day(end - timedelta(microseconds=1)), depot.local_day(tx.at)))
    done, pleased, graded = rows.tally(tx, start, end)
    states = rows.standing(tx, month)
    return MonthTarget(
        month, len(rows.went_back(tx, start, end)), policy.whole(PolicyName.FOLLOW_UP_SHARE),
        policy.switch(PolicyName.FOLLOW_UP_EVERY_REPAIR), done, states.get(FollowUpState.OPEN, 0),
        states.get(FollowUpState.NOT_REACHED, 0), pleased, graded,
    )


def after_complaint(
    depot: Depot, tx: Tx, complaint_id: str, customer_id: str, unit_id: str | None, closing: str
) -> str:
    """A closed complaint is followed up; the id of the call. ``closing``: which closing it was."""
    policy, today = depot.policy(tx), depot.local_day(tx.at)
    row = _new(
        policy.version, tx, f"complaint:{complaint_id}:{closing}", FollowUpKind.COMPLAINT, today,
        today + timedelta(days=policy.whole(PolicyName.FOLLOW_UP_AFTER_DAYS)), customer_id, unit_id=unit_id,
        complaint_id=complaint_id,
    )
    rows.add(tx, [row])
    return row.id


def local(depot: Depot, row: FollowUpRow) -> FollowUpRow:
    """The row with its moments in the depot's time."""
    done, back = row.follow_up.done_at, row.returned_at
    return replace(
        row, returned_at=back.astimezone(depot.zone) if back else None,
        follow_up=replace(row.follow_up, done_at=done.astimezone(depot.zone) if done else None),
    )


# -- the list ----------------------------------------------------------------------------------------------------


def _wanted(depot: Depot, tx: Tx) -> Iterator[FollowUp]:
    """The calls that policy asks for and that are not in the list yet."""
    today = depot.local_day(tx.at)
    for month in rules.months_back(today, 2):
        yield from _of_repairs(depot, tx, month)
    policy = depot.policy(tx)
    first, later = (
        policy.whole(name) for name in (PolicyName.FOLLOW_UP_FIRST_YEAR_MONTHS, PolicyName.FOLLOW_UP_LATER_MONTHS))
    if not first and not later:
        return
    start = today.replace(day=1)
    end = add_months(start, 1) - timedelta(days=1)
    asked = {
        f"delivery:{found.customer_id}:{found.day}:{due}": (found, due)
        for found in rows.deliveries(tx) for due in rules.rhythm(found.day, first, later, start, end)
    }
    there = rows.known(tx, asked)
    for basis, (found, due) in asked.items():
        if basis not in there:
            yield _new(
                policy.version, tx, basis, FollowUpKind.RHYTHM, due, max(due, today), found.customer_id,
                unit_id=found.unit_id)


def _of_repairs(depot: Depot, tx: Tx, month: str) -> Iterator[FollowUp]:
    """The share of the repairs that went back in ``month``."""
    start, end = _span(depot, month)
    policy = depot.policy(tx)
    every = policy.switch(PolicyName.FOLLOW_UP_EVERY_REPAIR)
    back = [Candidate(case, customer, unit, depot.local_day(at)) for case, customer, unit, at in
            rows.went_back(tx, start, end)]
    there = rows.repairs_listed(tx, month)
    missing = rules.owed(len(back), policy.whole(PolicyName.FOLLOW_UP_SHARE), every=every) - len(there)
    left = [candidate for candidate in back if candidate.case_id not in there]
    after = timedelta(days=policy.whole(PolicyName.FOLLOW_UP_AFTER_DAYS))
    known = rows.known(tx, [f"case:{candidate.case_id}" for candidate in left])
    left = [candidate for candidate in left if f"case:{candidate.case_id}" not in known]
    for chosen in rules.choose(left, rows.customers_called(tx, month), missing):
        yield _new(
            policy.version, tx, f"case:{chosen.case_id}", FollowUpKind.REPAIR, chosen.returned_on,
            chosen.returned_on + after, chosen.customer_id, case_id=chosen.case_id, unit_id=chosen.unit_id,
        )


def _span(depot: Depot, month: str) -> tuple[datetime, datetime]:
    first = date.fromisoformat(f"{month}-01")
    start, end = (datetime.combine(day, time(), depot.zone) for day in (first, add_months(first, 1)))
    return start, end


def _agreed(
    depot: Depot, tx: Tx, customer_id: str, due_on: date, reason: str, unit_id: str | None, case_id: str | None = None
) -> FollowUp:
    return _new(
        depot.policy(tx).version, tx, f"agreed:{tx.new_id()}", FollowUpKind.AGREED, due_on, due_on, customer_id,
        case_id=case_id, unit_id=unit_id, reason=reason,
    )


def _new(
    version: str, tx: Tx, basis: str, kind: FollowUpKind, counts_for: date, due_on: date, customer_id: str, *,
    case_id: str | None = None, unit_id: str | None = None, complaint_id: str | None = None, reason: str = "",
) -> FollowUp:
    return FollowUp(
        id=tx.new_id(), basis=basis, kind=kind, state=FollowUpState.OPEN, month=rules.month_of(counts_for),
        customer_id=customer_id, case_id=case_id, unit_id=unit_id, complaint_id=complaint_id, reason=reason,
        due_on=due_on, tries=0, result=None, grade=None, answers={}, said="", called="", next_on=None, done_at=None,
        done_by=None, done_by_name="", policy_version=version,
    )


# -- a call ------------------------------------------------------------------------------------------------------


def _require_open(tx: Tx, follow_up_id: str) -> FollowUp:
    row = rows.get(tx, follow_up_id)
    if row is None:
        raise Refused("followups.unknown")
    if row.state is not FollowUpState.OPEN:
        raise Refused("followups.not-open", state=row.state)
    return row


def _reached(depot: Depot, tx: Tx, row: FollowUp, call: Call) -> Followed:
    next_id = ""
    if call.next_on is not None:
        follow = _agreed(depot, tx, row.customer_id, call.next_on, call.said.strip(), row.unit_id, row.case_id)
        rows.add(tx, [follow])
        next_id = follow.id
    call_id = _wrote(tx, row, call, call.next_on)
    done = _ended(
        tx, "followups.reach", row, FollowUpState.DONE, {"call": call_id, "next": next_id}, said=call.said.strip(),
        called=call.called.strip(), result=call.result, grade=call.grade, next_on=call.next_on, tries=row.tries + 1,
        answers={aspect.value: grade.value for aspect, grade in call.answers.items()},
    )
    return replace(done, next_id=next_id, complaint=call.result is CallResult.COMPLAINT)


def _missed(depot: Depot, tx: Tx, row: FollowUp, call: Call) -> Followed:
    """Nobody was reached: once more on the day agreed or after the policy's wait, until the tries are used up."""
    policy, today = depot.policy(tx), depot.local_day(tx.at)
    tries = row.tries + 1
    if call.next_on is None and tries >= policy.whole(PolicyName.FOLLOW_UP_TRIES):
        call_id = _wrote(tx, row, call, None)
        return _ended(
            tx, "followups.give_up", row, FollowUpState.NOT_REACHED, {"call": call_id}, tries=tries,
            called=call.called.strip(), said=call.said.strip())
    wait = policy.whole(PolicyName.FOLLOW_UP_RETRY_DAYS)
    again = call.next_on or calendar.calendar(depot, tx, policy).working_day(today, wait)
    call_id = _wrote(tx, row, call, again)
    before = {"tries": row.tries, "due_on": row.due_on.isoformat()}
    rows.change(tx, row.id, tries=tries, due_on=again)
    entry_id = _recorded(tx, "followups.miss", row, {"call": call_id, "before": before, "again": again.isoformat()})
    return Followed(row.id, entry_id, again)


def _wrote(tx: Tx, row: FollowUp, call: Call, again: date | None) -> str:
    made = PastCall(tx.new_id(), call.reached, call.called.strip(), call.said.strip(), again, tx.at, tx.by_name)
    rows.add_call(tx, row.id, made)
    return made.id


def _ended(
    tx: Tx, action: str, row: FollowUp, state: FollowUpState, facts: Mapping[str, object] | None = None, *,
    tries: int | None = None, called: str = "", said: str = "", result: CallResult | None = None,
    grade: Grade | None = None, next_on: date | None = None, answers: Mapping[str, str] | None = None,
) -> Followed:
    rows.change(
        tx, row.id, state=state, done_at=tx.at, done_by=tx.by, done_by_name=tx.by_name, called=called, said=said,
        result=result, grade=grade, next_on=next_on, answers=dict(answers or {}),
        tries=row.tries if tries is None else tries,
    )
    told = {"said": said, "result": result.value if result else "", "grade": grade.value if grade else ""}
    return Followed(row.id, _recorded(tx, action, row, {**told, "before": {"tries": row.tries}, **(facts or {})}))


def _recorded(tx: Tx, action: str, row: FollowUp, facts: Mapping[str, object]) -> str:
    case = receiving_rows.case(tx, row.case_id) if row.case_id else None
    return journal.record(
        tx, action, subject_kind="follow_up", subject_id=row.id, subject_number=case.number if case else "",
        case_id=row.case_id, unit_id=row.unit_id, facts=dict(facts),
    )


# -- the way back ------------------------------------------------------------------------------------------------


def _went_on(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """Only the newest call is taken back, and not when the one agreed with it was made."""
    standing = rows.calls(tx, entry.subject_id)
    if "call" in entry.facts and (not standing or standing[-1].id != entry.facts["call"]):
        return Refused("followups.went-on")
    following = rows.get(tx, entry.facts.get("next") or "")
    if following is not None and (following.state is not FollowUpState.OPEN or following.tries):
        return Refused("followups.went-on")
    return None


def _take_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    before = dict(entry.facts.get("before") or {})
    if "due_on" in before:
        before["due_on"] = date.fromisoformat(before["due_on"])
    rows.change(
        tx, entry.subject_id, state=FollowUpState.OPEN, done_at=None, done_by=None, done_by_name="", called="", said="",
        result=None, grade=None, next_on=None, answers={}, **before,
    )
    if "call" in entry.facts:
        mark = PastCall(tx.new_id(), False, "", "", None, tx.at, tx.by_name)
        rows.add_call(tx, entry.subject_id, mark, undoes=entry.facts["call"])
    if entry.facts.get("next"):
        rows.change(tx, entry.facts["next"], deleted_at=tx.at)
    return Changes.CARE


def _unplan(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change(tx, entry.subject_id, deleted_at=tx.at)
    return Changes.CARE


def _untouched(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    row = rows.get(tx, entry.subject_id)
    return None if row and row.state is FollowUpState.OPEN and not row.tries else Refused("followups.went-on")


UNDO: Mapping[str, Way] = {
    "followups.plan": Way(_unplan, _untouched, Action.FOLLOW_UP),
    **{
        f"followups.{step}": Way(_take_back, _went_on, Action.FOLLOW_UP)
        for step in ("reach", "miss", "give_up", "drop")
    },
}
