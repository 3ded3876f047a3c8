"""The demonstration: every stage is there, the laws hold, and the same dice make the same depot."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.depot import SYSTEM, Depot, open_depot
from app.domain.places import ZONES
from app.domain.register import Selection
from app.domain.stages import Stage
from app.domain.stocktaking import StocktakeState
from app.errors import Cancelled, Refused
from app.persistence import journal
from app.persistence.tables import identity, receiving
from app.services import attachments, demo, handover_lists, people, register, status, stocktaking, storage
from app.services.demo import keeping
from tests.conftest import FakeClock
from tests.month_check import check_reports
from tests.raw_month import month_names

#: A Saturday and a Wednesday: the demonstration is opened on any day, at any hour.
MOMENTS = (datetime(2026, 11, 21, 3, 0, tzinfo=UTC), datetime(2026, 11, 25, 16, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.Built]:
    place = tmp_path_factory.mktemp("demo") / "demo.db"
    return place, demo.build(place, units=28, clock=lambda: MOMENTS[0])


@pytest.fixture
def depot(made: tuple[Path, demo.Built], tmp_path: Path) -> Iterator[Depot]:
    target = tmp_path / "demo.db"
    shutil.copyfile(made[0], target)
    opened = open_depot(str(target), operator=SYSTEM, clock=FakeClock(MOMENTS[0]), hashing=demo.HASHING)
    yield opened
    opened.close()


def test_units_stand_at_every_stage(depot: Depot, made: tuple[Path, demo.Built]) -> None:
    state = status.of(depot)
    wanted = {
        Stage.REPORTED, Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED, Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER,
        Stage.IN_QA, Stage.PASSED, Stage.READY_TO_RETURN, Stage.RETURNED, Stage.SPARE, Stage.REFERRED, Stage.CLOSED,
    }
    assert {stage for stage in wanted if not state.stages.get(stage)} == set()
    assert sum(state.stages.values()) == made[1].units
    assert handover_lists.open_offers(depot)
    assert any(head.refused for head in handover_lists.history(depot))
    rows = register.page(depot, Selection(), limit=1000)
    assert max(row.visit_no for row in rows) >= 3
    assert any(row.tagged for row in rows)
    assert any(stocktake.state is StocktakeState.FINISHED for stocktake in stocktaking.stocktakes(depot))
    assert sum(len(attachments.of_case(depot, row.case_id)) for row in rows) > 0


def test_ledgers_balance_and_the_journal_is_one_chain(depot: Depot) -> None:
    board = storage.board(depot)
    with depot.read() as tx:
        units = tx.connection.execute(
            select(receiving.units.c.place).where(receiving.units.c.depot_id == depot.depot_id)).scalars()
        standing = Counter(units)
        entries = list(reversed(journal.entries(tx, limit=1_000_000)))
        head, last = tx.connection.exec_driver_sql("SELECT journal_head, journal_no FROM node").one()
        rows = tx.connection.execute(select(identity.journal.c.id, identity.journal.c.chain))
        chains = {row.id: row.chain for row in rows}
    assert {zone.zone: zone.standing for zone in board.zones} == {zone: standing[zone.value] for zone in ZONES}
    assert [entry.no for entry in entries] == list(range(1, last + 1))
    assert chains[entries[-1].id] == head
    link = ""
    for entry in entries:
        row = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
        link = journal.link(link, depot.depot_id, row)
        assert chains[entry.id] == link


def test_everybody_signs_in_with_what_the_screen_says(depot: Depot) -> None:
    assert len(demo.logins()) == 16
    for login in demo.logins():
        assert people.sign_in(depot, login, demo.PASSWORD).login == login
        assert people.check_secret(depot, login, demo.PIN).login == login


def test_nothing_happened_in_the_future_and_all_of_it_in_order(depot: Depot) -> None:
    with depot.read() as tx:
        moments = [entry.at for entry in reversed(journal.entries(tx, limit=1_000_000))]
    assert moments == sorted(moments)
    assert moments[-1] <= MOMENTS[0]
    assert moments[-1] > MOMENTS[0] - timedelta(hours=3)


def test_the_same_dice_make_the_same_depot(made: tuple[Path, demo.Built], tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    demo.build(again, units=28, clock=lambda: MOMENTS[0])
    heads = []
    for place in (made[0], again):
        depot = open_depot(str(place), operator=SYSTEM)
        with depot.read() as tx:
            heads.append(tx.connection.exec_driver_sql("SELECT journal_head, seq FROM node").one())
        depot.close()
    assert heads[0] == heads[1]


@pytest.mark.parametrize("seed", [7])
def test_other_dice_and_other_days_do_as_well(tmp_path: Path, seed: int) -> None:
    built = demo.build(tmp_path / "d.db", units=30, seed=seed, clock=lambda: MOMENTS[1])
    assert built.units >= 30


def test_it_is_not_made_over_a_depot_and_can_be_stopped(made: tuple[Path, demo.Built], tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"founding\.exists"):
        demo.build(made[0], units=24)

    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:
            del total, text
            if done > 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        demo.build(tmp_path / "d.db", units=24, progress=Impatient())


def test_the_second_start_of_a_day_copies_what_the_first_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr(demo, "UNITS", 24)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        keeping.copy_to(tmp_path / name / "demo.db", clock=lambda: MOMENTS[0])
    (kept,) = (tmp_path / "cache" / "demo").iterdir()
    assert (tmp_path / "first" / "demo.db").read_bytes() == (tmp_path / "second" / "demo.db").read_bytes()
    keeping.copy_to(tmp_path / "second" / "next.db", clock=lambda: MOMENTS[1])
    assert not kept.exists()


def test_its_months_say_what_its_rows_say(depot: Depot, tmp_path: Path) -> None:
    """Figure by figure, counted again from the raw rows."""
    with closing(sqlite3.connect(tmp_path / "demo.db")) as eye:
        names = month_names(MOMENTS[0] - timedelta(60), MOMENTS[0])
        months = [check_reports(depot, eye, month) for month in names]
        assert any(raw.examined for raw in months)
        assert any(raw.spares()["put_in"] for raw in months)
        assert any(raw.called()[0] for raw in months)
        assert any(raw.satisfied()[1] for raw in months)
