"""Two desks on one PostgreSQL at the same moment: nothing is lost or doubled, and the second is told what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.planning import LineDraft, PlanState
from app.errors import Refused
from app.messages import sentence
from app.services import amending, planning, receiving, verifying
from tests.builders import a_customer, a_product, a_received_unit, an_intake, outside, own
from tests.conftest import CHEAP, FakeClock, as_person

pytestmark = pytest.mark.postgres


@pytest.fixture
def engine() -> str:
    return "postgresql"


def at_once(database_url: str, clock: FakeClock, *works: tuple[str, Callable[[Depot], object]]) -> list[object]:
    """Do ``works`` (login, what) at desks of their own at the same moment; what came of each."""
    together = threading.Barrier(len(works))

    def sit(login: str, work: Callable[[Depot], object]) -> object:
        depot = open_depot(database_url, operator=SYSTEM, clock=lambda: clock.now, hashing=CHEAP)
        try:
            there = as_person(depot, login)
            together.wait(timeout=10)
            return work(there)
        except Refused as refusal:
            return refusal
        finally:
            depot.close()

    with ThreadPoolExecutor(len(works)) as desks:
        return [done.result() for done in [desks.submit(sit, *work) for work in works]]


def told(results: list[object]) -> Refused:
    """The one refusal among ``results``; the others were done."""
    (refusal,) = [result for result in results if isinstance(result, Refused)]
    assert sentence(refusal)
    return refusal


def test_the_same_unit_received_twice_at_once_comes_in_once(depot: Depot, database_url: str, clock: FakeClock) -> None:
    intake = an_intake(depot)

    def receive(at: Depot) -> object:
        return receiving.receive(at, receiving.Receipt((intake,), outside(), own(at.operator.login)))

    refusal = told(at_once(database_url, clock, ("clerk", receive), ("clerk2", receive)))
    assert refusal.facts["serial" if "serial" in refusal.facts else "value"] == intake.serial
    with depot.read() as tx:
        assert tx.ask("SELECT count(*) FROM return_cases") == [(1,)]
        assert tx.ask("SELECT count(*) FROM units") == [(1,)]
    assert verifying.verify(depot).sound


def test_many_units_received_at_once_have_numbers_without_a_gap(
    depot: Depot, database_url: str, clock: FakeClock
) -> None:
    customer, product = a_customer(depot), a_product(depot)

    def crate(first: int) -> Callable[[Depot], object]:
        def receive(at: Depot) -> list[str]:
            numbers = []
            for n in range(first, first + 5):
                intake = an_intake(at, f"S{n}", customer_id=customer.id, product_id=product.id)
                done = receiving.receive(at, receiving.Receipt((intake,), outside(), own(at.operator.login)))
                numbers += [unit.case_number for unit in done.units]
            return numbers
        return receive

    results = at_once(database_url, clock, ("clerk", crate(0)), ("clerk2", crate(100)))
    numbers = sorted(number for result in results for number in result)  # type: ignore[attr-defined]
    assert [int(number[-5:]) for number in numbers] == list(range(1, 11))
    assert verifying.verify(depot).sound


def test_the_same_case_edited_twice_keeps_the_first_and_tells_the_second(
    depot: Depot, database_url: str, clock: FakeClock
) -> None:
    got = a_received_unit(depot)
    seen = amending.intake_of(depot, got.case_id)

    def amend(words: str) -> Callable[[Depot], object]:
        return lambda at: amending.amend(at, got.case_id, seen.seq, replace(seen.intake, symptom=words))

    results = at_once(database_url, clock, ("clerk", amend("风扇异响")), ("clerk2", amend("输出不稳")))
    refusal = told(results)
    assert refusal.code == "receiving.changed-meanwhile"
    first = 1 - results.index(refusal)
    assert refusal.facts["by"] == ("何静", "Anna Clerk")[first]
    assert amending.intake_of(depot, got.case_id).intake.symptom == ("风扇异响", "输出不稳")[first]


def test_a_plan_issued_while_its_line_is_changed_is_one_or_the_other(
    depot: Depot, database_url: str, clock: FakeClock
) -> None:
    product = a_product(depot)
    customer = a_customer(depot)
    for n in range(3):
        a_received_unit(depot, f"S{n}", customer_id=customer.id, product_id=product.id)
    made = planning.draft(depot, [LineDraft(product.id, 3)])
    planner = as_person(depot, "planner")
    planning.countersign(planner, made.plan_id, planning.sheet(depot, made.plan_id).plan.seq, own("planner"))
    seq = planning.sheet(depot, made.plan_id).plan.seq

    def change(at: Depot) -> object:
        return planning.change(at, made.plan_id, seq, [LineDraft(product.id, 2)], "一台缺随附件")

    def issue(at: Depot) -> object:
        return planning.issue(at, made.plan_id, seq, own("planner"))

    refusal = told(at_once(database_url, clock, ("planner", change), ("planner", issue)))
    assert refusal.code in {"planning.changed-meanwhile", "planning.state"}
    sheet = planning.sheet(depot, made.plan_id)
    units = sum(len(sheet.cases_of(line.id)) for line in sheet.lines)
    assert (sheet.plan.state, units) in {(PlanState.ISSUED, 3), (PlanState.DRAFT, 2)}
    assert verifying.verify(depot).sound
