"""Repair plans, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.masterdata import Product
from app.domain.planning import LineDraft, PlanState
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import planning, undoing
from tests.builders import a_customer, a_product, a_received_unit, own
from tests.conftest import as_person


@pytest.fixture
def product(depot: Depot) -> Product:
    """A product of which four units wait: S3 is due first, S0 last."""
    made, customer = a_product(depot), a_customer(depot)
    for n in range(4):
        a_received_unit(
            depot, f"S{n}", customer_id=customer.id, product_id=made.id, promised_on=date(2026, 12, 20 - n)
        )
    return made


def stages(depot: Depot) -> dict[str, Stage]:
    with depot.read() as tx:
        found = {}
        for n in range(4):
            (unit,) = rows.units_with_serial(tx, f"S{n}")
            case = rows.case(tx, unit.case_id or "")
            assert case is not None
            found[unit.serial] = case.stage
        return found


def planned(depot: Depot) -> set[str]:
    return {serial for serial, stage in stages(depot).items() if stage is Stage.PLANNED}


def case_of(depot: Depot, serial: str) -> str:
    with depot.read() as tx:
        (unit,) = rows.units_with_serial(tx, serial)
        return unit.case_id or ""


def seq(depot: Depot, plan_id: str) -> int:
    return planning.sheet(depot, plan_id).plan.seq


def countersigned(depot: Depot, product: Product, quantity: int) -> planning.PlanChanged:
    made = planning.draft(depot, [LineDraft(product.id, quantity)])
    return planning.countersign(as_person(depot, "planner"), made.plan_id, seq(depot, made.plan_id), own("planner"))


def test_a_draft_takes_the_oldest_due(depot: Depot, product: Product) -> None:
    assert [(w.model, w.waiting) for w in planning.waiting(depot)] == [("PSU-4800W", 4)]
    made = planning.draft(depot, [LineDraft(product.id, 2)])
    assert made.number == "SH1-P2611-00001"
    assert planned(depot) == {"S3", "S2"}
    sheet = planning.sheet(depot, made.plan_id)
    assert [case.serial for case in sheet.cases_of(sheet.lines[0].id)] == ["S3", "S2"]
    assert [(w.model, w.waiting) for w in planning.waiting(depot)] == [("PSU-4800W", 2)]
    assert [case.serial for case in planning.candidates(depot, product.id)] == ["S1", "S0"]
    undoing.undo(depot, made.entry_id)
    assert planned(depot) == set()
    assert planning.sheet(depot, made.plan_id).plan.state is PlanState.CANCELLED


def test_a_plan_is_not_larger_than_what_waits(depot: Depot, product: Product) -> None:
    with pytest.raises(Refused, match=r"planning\.not-enough") as refusal:
        planning.draft(depot, [LineDraft(product.id, 5)])
    assert (refusal.value.facts["asked"], refusal.value.facts["available"]) == (5, 4)
    assert planned(depot) == set()


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "planning.nothing"),
        ([("", 1, None)], "planning.unknown-product"),
        ([("p", 0, None)], "planning.quantity"),
        ([("p", 1, None), ("p", 1, None)], "planning.product-twice"),
        ([("p", 1, date(2020, 1, 1))], "planning.due"),
    ],
)
def test_bad_lines_are_refused(depot: Depot, product: Product, lines: list[tuple[str, int, date]], code: str) -> None:
    drafts = [LineDraft(product.id if p else "x", quantity, due) for p, quantity, due in lines]
    with pytest.raises(Refused, match=code):
        planning.draft(depot, drafts)


def test_an_edited_draft_keeps_its_units_and_the_edit_is_undone(depot: Depot, product: Product) -> None:
    made = planning.draft(depot, [LineDraft(product.id, 2)])
    planning.swap(depot, made.plan_id, case_of(depot, "S3"), case_of(depot, "S0"))
    assert planned(depot) == {"S0", "S2"}
    edited = planning.edit(depot, made.plan_id, seq(depot, made.plan_id), [LineDraft(product.id, 3)])
    assert planned(depot) == {"S0", "S2", "S3"}
    undoing.undo(depot, edited.entry_id)
    assert planned(depot) == {"S0", "S2"}


def test_one_step_after_another_is_taken_back(depot: Depot, product: Product) -> None:
    made = planning.draft(depot, [LineDraft(product.id, 1)])
    steps = [
        planning.edit(depot, made.plan_id, seq(depot, made.plan_id), [LineDraft(product.id, quantity)]).entry_id
        for quantity in (2, 3)
    ]
    with pytest.raises(Refused, match=r"undo\.changed-since"):
        undoing.undo(depot, steps[0])
    undoing.undo(depot, steps[1])
    assert len(planned(depot)) == 2
    undoing.undo(depot, steps[0])
    assert len(planned(depot)) == 1
    undoing.undo(depot, made.entry_id)
    assert planned(depot) == set()


def test_a_swap_is_undone(depot: Depot, product: Product) -> None:
    made = planning.draft(depot, [LineDraft(product.id, 1)])
    swapped = planning.swap(depot, made.plan_id, case_of(depot, "S3"), case_of(depot, "S1"))
    assert planned(depot) == {"S1"}
    with pytest.raises(Refused, match=r"planning\.not-on-plan"):
        planning.swap(depot, made.plan_id, case_of(depot, "S3"), case_of(depot, "S0"))
    undoing.undo(depot, swapped.entry_id)
    assert planned(depot) == {"S3"}


def test_two_people_do_not_write_over_one_another(depot: Depot, product: Product) -> None:
    made = planning.draft(depot, [LineDraft(product.id, 1)])
    seen = seq(depot, made.plan_id)
    planning.swap(as_person(depot, "clerk2"), made.plan_id, case_of(depot, "S3"), case_of(depot, "S1"))
    with pytest.raises(Refused, match=r"planning\.changed-meanwhile") as refusal:
        planning.countersign(as_person(depot, "planner"), made.plan_id, seen, own("planner"))
    assert refusal.value.facts["by"] == "Anna Clerk"


def test_issuing_releases_what_was_countersigned(depot: Depot, product: Product) -> None:
    plan = countersigned(depot, product, 3)
    issued = planning.issue(depot, plan.plan_id, seq(depot, plan.plan_id), own("planner"))
    assert stages(depot) == {
        "S3": Stage.RELEASED, "S2": Stage.RELEASED, "S1": Stage.RELEASED, "S0": Stage.RECEIVED,
    }
    with pytest.raises(Refused, match=r"undo\.plan-issued"):
        undoing.undo(depot, issued.entry_id)
    assert planning.plans(depot) == ()
    (row,) = planning.plans(depot, ended=True)
    assert (row.number, row.units, row.state) == (plan.number, 3, PlanState.ISSUED)


def test_issuing_less_needs_a_written_reason_and_the_rest_waits(depot: Depot, product: Product) -> None:
    plan = countersigned(depot, product, 3)
    (line,) = planning.sheet(depot, plan.plan_id).lines
    with pytest.raises(Refused, match=r"planning\.needs-reason"):
        planning.issue(depot, plan.plan_id, seq(depot, plan.plan_id), own("planner"), quantities={line.id: 1})
    with pytest.raises(Refused, match=r"planning\.more-than-planned"):
        planning.issue(depot, plan.plan_id, seq(depot, plan.plan_id), own("planner"), quantities={line.id: 4})
    issued = planning.issue(
        depot, plan.plan_id, seq(depot, plan.plan_id), own("planner"), quantities={line.id: 1}, reason="bench is full"
    )
    assert (len(issued.released), len(issued.let_go), issued.revision) == (1, 2, 1)
    assert stages(depot) == {
        "S3": Stage.RELEASED, "S2": Stage.RECEIVED, "S1": Stage.RECEIVED, "S0": Stage.RECEIVED,
    }
    (revision,) = planning.sheet(depot, plan.plan_id).revisions
    assert (revision.reason, revision.before[0]["quantity"], revision.after[0]["quantity"]) == ("bench is full", 3, 1)


def test_production_changes_in_writing_and_countersigns_anew(depot: Depot, product: Product) -> None:
    plan = countersigned(depot, product, 1)
    planner = as_person(depot, "planner")
    with pytest.raises(Refused, match=r"planning\.needs-reason"):
        planning.change(planner, plan.plan_id, seq(depot, plan.plan_id), [LineDraft(product.id, 2)], " ")
    changed = planning.change(planner, plan.plan_id, seq(depot, plan.plan_id), [LineDraft(product.id, 2)], "one more")
    assert (changed.state, changed.revision, planned(depot)) == (PlanState.DRAFT, 1, {"S3", "S2"})
    with pytest.raises(Refused, match=r"planning\.needs-reason"):
        planning.edit(depot, plan.plan_id, seq(depot, plan.plan_id), [LineDraft(product.id, 1)])
    with pytest.raises(Refused, match=r"planning\.state"):
        planning.issue(planner, plan.plan_id, seq(depot, plan.plan_id), own("planner"))
    with pytest.raises(Refused, match=r"undo\.plan-changed"):
        undoing.undo(planner, changed.entry_id)


def test_a_cancelled_plan_lets_its_units_wait_and_keeps_its_number(depot: Depot, product: Product) -> None:
    plan = countersigned(depot, product, 2)
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        planning.cancel(depot, plan.plan_id, seq(depot, plan.plan_id), "no")
    planner = as_person(depot, "planner")
    with pytest.raises(Refused, match=r"planning\.cancel-reason"):
        planning.cancel(planner, plan.plan_id, seq(depot, plan.plan_id), "")
    planning.cancel(planner, plan.plan_id, seq(depot, plan.plan_id), "bench is closed")
    assert planned(depot) == set()
    assert planning.draft(depot, [LineDraft(product.id, 1)]).number == "SH1-P2611-00002"


def test_who_signs_must_be_of_production(depot: Depot, product: Product) -> None:
    made = planning.draft(depot, [LineDraft(product.id, 1)])
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        planning.countersign(depot, made.plan_id, seq(depot, made.plan_id), own("clerk"))
    planning.countersign(depot, made.plan_id, seq(depot, made.plan_id), own("planner"))
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        planning.draft(as_person(depot, "technician"), [LineDraft(product.id, 1)])
