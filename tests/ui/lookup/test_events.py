"""Whatever happened to a unit has words, and a life-line tells it in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

from app import i18n
from app.depot import Depot
from app.domain.life_line import Event, Mood
from app.services import life_line
from tests.builders import a_repaired_unit, a_unit_in_qa, as_person
from ui.lookup.events import TITLES, life_event


def test_every_step_to_qa_has_a_title_of_its_own(side: Depot) -> None:
    got = a_unit_in_qa(side)
    life = life_line.unit_life(side, got.unit_id)
    assert {event.action for event in life.events} <= set(TITLES)
    told = [life_event(event) for event in life.events]
    assert [event.title for event in told][-1] == "Received at the counter"
    assert any("Repaired" in event.text or "repaired" in event.text for event in told)
    i18n.use("zh_CN")
    assert life_event(life.events[-1]).title == "柜台收件"


def test_what_a_call_came_to_is_said_in_words() -> None:
    for action, facts, said in (
        ("followups.reach", {"result": "FINE"}, "all well"),
        ("repair.finish", {"result": "NFF"}, "no fault found (NFF)"),
    ):
        at = datetime(2026, 11, 2, tzinfo=UTC)
        event = Event(at, action, "何静", None, "", facts, (), Mood.PLAIN, undone=False, entry_id="")
        assert life_event(event).text == said


def test_a_step_taken_back_says_so(side: Depot) -> None:
    from app.services import undoing

    got = a_repaired_unit(side)
    bench = as_person(side, "technician")
    entry = next(e for e in life_line.unit_life(side, got.unit_id).events if e.action == "repair.finish")
    undoing.undo(bench, entry.entry_id)
    titles = [life_event(event).title for event in life_line.unit_life(side, got.unit_id).events]
    assert "Taken back: Factory section completed" in titles
    assert "Factory section completed (taken back)" in titles
