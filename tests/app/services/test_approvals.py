"""Approvals by a second person, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import Depot
from app.domain.approvals import ApprovalKind
from app.domain.people import Role
from app.domain.today import Errand
from app.errors import Refused
from app.persistence import approvals as rows
from app.services import accounts, approvals, counts, people, today, undoing
from app.services.approvals import Asked, Asking
from app.services.receiving import ReceivedUnit
from tests.builders import a_received_unit, a_repaired_unit, as_person, own


def ask(depot: Depot, got: ReceivedUnit, kind: ApprovalKind = ApprovalKind.SCRAP, reason: str = "主板烧毁") -> Asked:
    with depot.write() as tx:
        return approvals.request(
            depot, tx, Asking(kind, "case", got.case_id, got.case_number, reason, got.case_id, got.unit_id)
        )


def code_of(depot: Depot, asked: Asked, login: str = "manager", **values: object) -> str:
    given = {"approved": True, "signature": own(login), **values}
    with pytest.raises(Refused) as refusal:
        approvals.decide(depot, asked.approval_id, **given)  # type: ignore[arg-type]
    with depot.read() as tx:
        kept = rows.get(tx, asked.approval_id)
    assert kept is None or kept.signature_id is None
    return refusal.value.code


def test_a_question_waits_for_the_manager_and_is_answered_once(depot: Depot) -> None:
    got = a_received_unit(depot)
    asked = ask(depot, got)
    assert approvals.waiting(depot) == ()
    (row,) = approvals.waiting(as_person(depot, "manager"))
    assert (row.approval.id, row.case_number, row.serial) == (asked.approval_id, got.case_number, "H204817736")
    decided = approvals.decide(depot, asked.approval_id, approved=True, signature=own("manager"))
    assert (decided.approval.approved, decided.approval.decided_by_name) == (True, "总经理")
    assert approvals.waiting(as_person(depot, "manager")) == ()
    assert code_of_decided(depot, asked) == "approvals.decided-already"
    with depot.read() as tx:
        assert approvals.given(tx, got.case_id, ApprovalKind.SCRAP) is not None
        assert approvals.given(tx, got.case_id, ApprovalKind.FREE_SERVICE) is None
    with pytest.raises(Refused) as again:
        ask(depot, got)
    assert again.value.code == "approvals.given-already"


def code_of_decided(depot: Depot, asked: Asked) -> str:
    with pytest.raises(Refused) as refusal:
        approvals.decide(depot, asked.approval_id, approved=False, signature=own("manager"), reason="再修")
    return refusal.value.code


def test_one_question_at_a_time_and_with_a_reason(depot: Depot) -> None:
    got = a_received_unit(depot)
    asked = ask(depot, got)
    with pytest.raises(Refused) as twice:
        ask(depot, got)
    assert twice.value.code == "approvals.asked-already"
    ask(depot, got, ApprovalKind.FREE_SERVICE)
    with pytest.raises(Refused) as empty:
        ask(depot, a_received_unit(depot, "H204817737"), reason=" ")
    assert empty.value.code == "approvals.reason-missing"
    undoing.undo(depot, asked.entry_id)
    assert code_of(depot, asked) == "approvals.unknown"
    ask(depot, got)


def test_a_refusal_says_why_and_may_be_asked_again(depot: Depot) -> None:
    got = a_received_unit(depot)
    asked = ask(depot, got)
    assert code_of(depot, asked, approved=False) == "approvals.refusal-reason"
    approvals.decide(depot, asked.approval_id, approved=False, signature=own("manager"), reason="先问开发部")
    with depot.read() as tx:
        assert approvals.given(tx, got.case_id, ApprovalKind.SCRAP) is None
    again = ask(depot, got)
    assert [a.approved for a in approvals.of_case(depot, got.case_id)] == [False, None]
    assert code_of(depot, again, "clerk2") == "people.not-allowed"
    assert code_of(depot, again, "manager", signature=own("manager", "0000")) == "people.wrong-secret"


@pytest.mark.parametrize(("login", "code"), [
    ("clerk", "people.approves-own-request"), ("technician", "people.approves-own-repair"),
])
def test_who_asked_or_repaired_does_not_approve(depot: Depot, login: str, code: str) -> None:
    got = a_repaired_unit(depot)
    user = next(user for user in people.users(depot) if user.login == login)
    seen = accounts.account_of(user)
    accounts.edit(as_person(depot, "admin"), user.id, replace(seen, roles=seen.roles | {Role.MANAGER}), seen)
    asked = ask(as_person(depot, "clerk"), got)
    assert code_of(depot, asked, login) == code


def test_the_managers_day_begins_with_what_waits(depot: Depot) -> None:
    got = a_received_unit(depot)
    ask(depot, got)
    seen = today.today(as_person(depot, "manager"))
    assert [task.case_id for task in seen.lists[Errand.TO_APPROVE]] == [got.case_id]
    assert counts.live(depot)["dispositions"].number == 1
