"""Both engines and Python make the same text and number of a row; chains and schedules (spec 4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.depot import Depot
from app.domain.sync import chain, schedule
from app.domain.sync.reconciling import Fate, Version, fate
from app.domain.sync.rows import EMPTY, Sum, added, canonical, divided, divisible, row_number, summed
from app.persistence import stamped
from tests.builders import a_received_unit

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = schedule.Plan()


def test_engine_and_program_make_the_same_text_and_sum(depot: Depot) -> None:
    a_received_unit(depot, "H2048\u00e9", symptom="开机无输出 \u2014 “冒烟”")
    compared = 0
    with depot.read() as tx:
        for shape in stamped.shapes():
            ((origin, seq),) = tx.ask("SELECT origin, seq FROM node")
            rows = stamped.changed(tx.connection, shape, depot.depot_id, origin, 0, seq).rows
            texts, missing = stamped.changed_texts(tx.connection, shape, depot.depot_id, origin, 0, seq)
            assert [canonical(row) for row in rows] == texts
            assert missing == sum(row.count(None) for row in rows)
            assert divisible(texts, len(shape.columns), missing)
            assert [divided(text) for text in texts] == [[v if v is None else str(v) for v in row] for row in rows]
            total = EMPTY
            for found in stamped.sums(tx.connection, shape, depot.depot_id).values():
                total = added(total, found)
            assert total == summed(text.encode() for text in texts)
            compared += len(texts)
    assert compared > 20


@given(st.lists(st.binary(max_size=20), max_size=40))
def test_the_sum_does_not_depend_on_the_order(texts: list[bytes]) -> None:
    one = summed(texts)
    assert one == summed(reversed(texts))
    half = len(texts) // 2
    assert one == added(summed(texts[:half]), summed(texts[half:]))
    plain = 0
    for text in texts:
        plain ^= row_number(text.decode("latin-1")) if text.isascii() else 0
    if all(text.isascii() for text in texts):
        assert one == Sum(len(texts), plain)


def test_a_chain_names_everything_before_it() -> None:
    one = chain.link(chain.GENESIS, 1, 0, 5, 5, "x")
    assert chain.link(one, 2, 5, 9, 4, "y") != chain.link(chain.GENESIS, 2, 5, 9, 4, "y")
    assert chain.digest([("a", 1, "p"), ("b", 1, "q")]) == chain.digest([("b", 1, "q"), ("a", 1, "p"), ("c", 0, "")])


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        (None, (5, 3, 1), Fate.TAKE), ((5, 3, 1), None, Fate.SEND), ((5, 3, 1), (5, 3, 1), None),
        ((5, 3, 1), (5, 3, 2), Fate.DAMAGED), ((5, 9, 1), (5, 3, 2), Fate.SEND), ((5, 3, 1), (6, 1, 2), Fate.TAKE),
        ((5, 9, 1), (6, 1, 2), Fate.CONFLICT), ((5, 9, 1), (5, 9, 2), Fate.CONFLICT), ((5, 9, 1), (6, 1, 1), Fate.TAKE),
        ((5, 2, 1), (5, 3, 2), Fate.TAKE), ((5, 4, 1), (5, 3, 2), Fate.SEND),
    ],
)
def test_what_becomes_of_two_versions(
    mine: tuple[int, int, int] | None, theirs: tuple[int, int, int] | None, wanted: Fate | None
) -> None:
    """Parted in origin 5 after seq 4."""
    assert fate(mine and Version(*mine), theirs and Version(*theirs), {5: 4}) == wanted


def due(now: datetime, success: datetime | None, attempt: datetime | None) -> bool:
    return schedule.is_due(now, success, attempt, zone=ZONE, depot_id="SH1", plan=NIGHT)


def test_a_missed_night_is_due_at_the_next_chance() -> None:
    now = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)                       # noon in Shanghai
    start = schedule.last_start(now, ZONE, "SH1", NIGHT)
    assert due(now, None, None)
    assert due(now, start - timedelta(hours=1), start - timedelta(hours=1))
    assert not due(now, start + timedelta(minutes=5), start + timedelta(minutes=5))
    assert not due(now, None, now - timedelta(minutes=3))               # a moment ago it failed
    assert due(now, None, now - timedelta(minutes=20))
    assert due(now, now + timedelta(days=2), now + timedelta(days=2))   # the clock was set back
    assert schedule.next_start(now, ZONE, "SH1", NIGHT) == start + timedelta(days=1)


def test_depots_begin_at_different_minutes() -> None:
    minutes = {schedule.minute_of(f"D{n}", NIGHT) for n in range(50)}
    assert len(minutes) > 25
    assert max(minutes) < NIGHT.spread
