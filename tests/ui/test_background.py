"""The desk: threads, answers, failures by kind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.changes import Changes
from app.depot import Depot
from app.errors import Cancelled, Refused, Unavailable
from tests.ui.conftest import sign_in
from ui.background import Desk, Progress, Trouble


@dataclass(frozen=True)
class Written:
    """A result that says what it touched."""

    changes: Changes = Changes.UNITS


@pytest.fixture
def owner(desk: Desk) -> Iterator[QObject]:
    """Somebody who asks."""
    made = QObject()
    yield made
    desk.wait_idle()


@pytest.fixture
def troubles(desk: Desk) -> list[Trouble]:
    """What the desk could not do."""
    found: list[Trouble] = []
    desk.troubled.connect(found.append)
    return found


def test_an_operation_runs_in_another_thread_and_answers_in_this_one(desk: Desk, owner: QObject) -> None:
    answers: list[tuple[str, bool]] = []
    here = threading.current_thread()
    desk.run(
        owner,
        lambda depot: (depot.depot_id, threading.current_thread() is here),
        lambda answer: answers.append((answer[0], answer[1] or threading.current_thread() is not here)),
    )
    desk.wait_idle()
    assert answers == [("SH1", False)]


def test_operations_are_done_in_the_order_they_were_asked(desk: Desk, owner: QObject) -> None:
    order: list[int] = []
    for number in range(20):
        desk.run(owner, lambda _depot, number=number: order.append(number))
    desk.wait_idle()
    assert order == list(range(20))


def test_an_operation_is_done_by_who_was_signed_in_when_it_was_asked(desk: Desk, owner: QObject) -> None:
    who: list[str] = []
    sign_in(desk, "clerk")
    desk.run(owner, lambda depot: depot.operator.login, who.append)
    desk.sign_in(None)
    desk.run(owner, lambda depot: depot.operator.login, who.append)
    desk.wait_idle()
    assert who == ["clerk", ""]


def test_what_changed_is_told_before_the_answer(desk: Desk, owner: QObject) -> None:
    told: list[object] = []
    desk.changed.connect(told.append)
    desk.run(owner, lambda _depot: Written(), told.append)
    desk.wait_idle()
    assert told == [Changes.UNITS, Written()]


def test_the_answer_for_a_closed_window_is_dropped_but_the_change_is_told(desk: Desk) -> None:
    told: list[object] = []
    desk.changed.connect(told.append)
    window = QWidget()
    gate = threading.Event()
    desk.run(window, lambda _depot: (gate.wait(10), Written())[1], lambda _result: told.append("answer"))
    delete(window)
    gate.set()
    desk.wait_idle()
    assert told == [Changes.UNITS]


def test_a_refusal_goes_to_the_asker_first(desk: Desk, owner: QObject, troubles: list[Trouble]) -> None:
    seen: list[Exception] = []

    def refuse(_depot: Depot) -> None:
        raise Refused("form.missing", field="serial", label="Serial")

    desk.run(owner, refuse, failed=lambda error: bool(seen.append(error)) or True)
    desk.run(owner, refuse)
    desk.wait_idle()
    assert [error.code for error in seen if isinstance(error, Refused)] == ["form.missing"]
    assert [type(trouble.error) for trouble in troubles] == [Refused]
    assert troubles[0].owner is owner


def test_a_failure_is_told_even_if_the_asker_is_gone(desk: Desk, troubles: list[Trouble]) -> None:
    window = QWidget()
    gate = threading.Event()

    def fail(_depot: Depot) -> None:
        gate.wait(10)
        raise Refused("form.missing", field="serial", label="Serial")

    desk.run(window, fail)
    delete(window)
    gate.set()
    desk.wait_idle()
    assert [trouble.owner for trouble in troubles] == [None]


def test_a_bug_comes_with_its_report(desk: Desk, owner: QObject, troubles: list[Trouble]) -> None:
    desk.run(owner, lambda _depot: 1 / 0)  # type: ignore[arg-type]
    desk.wait_idle()
    assert isinstance(troubles[0].error, ZeroDivisionError)
    assert "test_background.py" in troubles[0].report


def test_what_was_unavailable_can_be_tried_again(desk: Desk, owner: QObject, troubles: list[Trouble]) -> None:
    tries: list[int] = []
    answers: list[str] = []

    def second_time_lucky(_depot: Depot) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("database.locked")
        return "done"

    desk.run(owner, second_time_lucky, answers.append)
    desk.wait_idle()
    assert answers == []
    troubles[0].again()
    desk.wait_idle()
    assert answers == ["done"]


def test_only_the_newest_answer_to_a_question_counts(desk: Desk, owner: QObject) -> None:
    answers: list[int] = []
    asked: list[int] = []
    gate = threading.Event()
    desk.run(owner, lambda _depot: gate.wait(10))
    for number in range(5):
        desk.run(
            owner, lambda _depot, number=number: asked.append(number) or number, answers.append, replace="question"
        )
    gate.set()
    desk.wait_idle()
    assert answers == [4]
    assert asked == [4], "a question that is outdated before its turn is not asked at all"


def test_long_work_can_really_be_cancelled(desk: Desk, owner: QObject, qtbot: QtBot, troubles: list[Trouble]) -> None:
    steps: list[int] = []
    ended: list[object] = []
    desk.ended_long.connect(ended.append)

    def count(_depot: Depot, progress: Progress) -> int:
        for number in range(1_000_000):
            progress.step(number, 1_000_000, "counting")
            steps.append(number)
        return len(steps)

    answers: list[int] = []
    progress = desk.run_long(owner, count, answers.append, title="Counting")
    with qtbot.waitSignal(progress.stepped):
        pass
    progress.cancel()
    desk.wait_idle()
    assert answers == []
    assert troubles == []
    assert len(steps) < 1_000_000
    assert ended == [progress]
    with pytest.raises(Cancelled):
        progress.step(1)


def test_the_window_is_not_flooded_with_steps_and_hears_of_the_last(desk: Desk, owner: QObject) -> None:
    heard: list[int] = []

    def count(_depot: Depot, progress: Progress) -> None:
        for number in range(1, 100_001):
            progress.step(number, 100_000)

    progress = desk.run_long(owner, count)
    progress.stepped.connect(lambda done, _total, _text: heard.append(done))
    desk.wait_idle()
    assert len(heard) < 5_000
    assert heard[-1] == 100_000
    assert heard == sorted(heard)


def test_long_work_does_not_hold_up_the_counter(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    desk.run_long(owner, lambda _depot, _progress: gate.wait(20), title="")
    desk.run(owner, lambda depot: depot.depot_id, answers.append)
    qtbot.waitUntil(lambda: answers == ["SH1"])
    gate.set()


def test_after_closing_nothing_is_started(desk: Desk, owner: QObject) -> None:
    desk.close()
    errand = desk.run(owner, lambda _depot: 1)
    assert errand.dropped


def test_waiting_for_something_that_never_ends_says_so(desk: Desk, owner: QObject) -> None:
    gate = threading.Event()
    desk.run(owner, lambda _depot: gate.wait(20))
    with pytest.raises(TimeoutError):
        desk.wait_idle(0.05)
    gate.set()
