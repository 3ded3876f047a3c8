"""The depot's own repairs suggest what is likely; notes on a product are shown at its bench."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.importing.mapping import ListKind, Mapping
from app.domain.knowledge import Note
from app.errors import Refused
from app.services import importing, knowledge, undoing
from tests.app.services.test_importing import COLUMNS, GOOD, a_sheet
from tests.builders import a_product, a_repaired_unit, a_unit_at_repair
from tests.conftest import as_person


def test_earlier_repairs_of_the_product_suggest_fault_remedy_and_examples(depot: Depot) -> None:
    product = a_product(depot)
    done = a_repaired_unit(depot, "OLD-1", product_id=product.id)
    got = a_unit_at_repair(depot, "NEW-1", product_id=product.id)
    a_repaired_unit(depot, "OTHER-1", product_id=a_product(depot, "OTHER").id)
    learnt = knowledge.learnt(depot, got.case_id)
    (one,) = learnt.suggestions
    assert one.fault
    assert one.cause_class
    assert one.examples[0].serial == "OLD-1"
    assert one.examples[0].case_id == done.case_id
    assert learnt.repairs == 1
    assert knowledge.learnt(depot, done.case_id).suggestions == (), "a case teaches itself nothing"


def test_imported_history_teaches_until_it_is_taken_back(depot: Depot) -> None:
    product = a_product(depot)
    got = a_unit_at_repair(depot, "NEW-1", symptom="风扇异响", product_id=product.id)
    past = [
        {**GOOD, "product": product.model, "serial": f"P{n}", "symptom": "运行中风扇异响", "fault": "轴承磨损",
         "work_done": "更换风扇", "received_on": "2024-05-06", "outcome": "已修复"}
        for n in range(3)]
    imported = importing.run(depot, importing.rehearse(
        depot, a_sheet(*past), Mapping(columns=COLUMNS, kind=ListKind.HISTORY)))
    (one,) = knowledge.learnt(depot, got.case_id).suggestions
    assert (one.fault, one.count, one.work_done) == ("轴承磨损", 3, "更换风扇")
    assert imported.batch is not None
    importing.undo(as_person(depot, "supervisor"), imported.batch.id)
    assert knowledge.learnt(depot, got.case_id).suggestions == ()


def test_notes_are_written_as_a_whole_and_taken_back(depot: Depot) -> None:
    product_id = a_product(depot).id
    got = a_unit_at_repair(depot, product_id=product_id)
    technician = as_person(depot, "technician")
    before = importing.content_digest(depot)
    first = knowledge.save_notes(technician, product_id, [Note(" 无输出 ", "先量 C12 "), Note("异响", "查风扇", "s99")])
    assert [(n.title, n.symptom_code) for n in knowledge.notes(depot, product_id)] == [("无输出", ""), ("异响", "S99")]
    assert [n.title for n in knowledge.learnt(depot, got.case_id, symptom_code="S01").notes] == ["无输出"]
    second = knowledge.save_notes(as_person(depot, "engineer"), product_id, first.notes[:1])
    assert second.notes[0].by_name == first.notes[0].by_name, "whoever wrote it stays its author"
    with pytest.raises(Refused, match=r"knowledge\.written-again"):
        undoing.undo(technician, first.entry_id)
    undoing.undo(technician, second.entry_id)
    undoing.undo(technician, first.entry_id)
    assert importing.content_digest(depot) == before


def test_who_may_write_notes_and_what_is_no_note(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        knowledge.save_notes(as_person(depot, "planner"), "x", [])
    technician = as_person(depot, "technician")
    with pytest.raises(Refused, match=r"knowledge\.title-missing"):
        knowledge.save_notes(technician, "x", [Note("", "y")])
    with pytest.raises(Refused, match=r"masterdata\.gone"):
        knowledge.save_notes(technician, "x", [Note("t", "y")])
