"""A unit goes from one depot to another: sender, centre, receiver, centre, sender (spec 4)."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.handover import Refusal, RefusalReason
from app.domain.people import Role
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.receiving import AccessoryIn, Intake
from app.domain.signing import Party
from app.domain.stages import ENDED, Stage
from app.domain.transfers import Carriage, Transferring, carried_from_dict
from app.domain.warranty_entries import Extended
from app.errors import Refused
from app.messages import say, sentence
from app.persistence import receiving as receiving_rows
from app.persistence import rulings
from app.persistence import transfers as rows
from app.persistence import warranty as warranty_rows
from app.persistence.tables import products
from app.services import (
    clocks,
    founding,
    night,
    people,
    receiving,
    transfer_arrivals,
    transfers,
    undoing,
    visits,
    warranty,
)
from app.sync import run
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import sqlite_engine
from app.sync.server import Centre
from tests.builders import a_received_unit, as_person, outside, own
from tests.conftest import CHEAP, FOUNDING, PASSWORD, PIN, FakeClock, Ids
from tests.simulation.places import filled

SERIAL = "H204817736"
DRIVER = outside("顺丰", Party.CARRIER)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Path:
    """A centre with a product of head office's, SH1 and CD1 that have met, and GZ1 that never came; made once."""
    folder = tmp_path_factory.mktemp("transfers")
    engine = sqlite_engine(str(folder / "centre.db"))
    make_sqlite(engine)
    with engine.begin() as link:
        for code in ("SH1", "CD1", "GZ1"):
            name = {"CD1": "成都返修站"}.get(code, code)
            add_depot_row(link, code, name, code.lower(), datetime.now(UTC))
        row = filled(products, {"id": "hq-p", "model": "PSU-1", "active": 1}) | {
            "depot_id": "HQ", "origin": 0, "seq": 1, "serial_rule": "{}", "warranty": '{"months": 24}'}
        link.exec_driver_sql(
            f"INSERT INTO products ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        link.exec_driver_sql("UPDATE node SET seq = 1")
    shutil.copyfile(template, folder / "SH1.db")
    clock = FakeClock(datetime(2026, 11, 3, 1, 0, tzinfo=UTC))
    for first_id, code in ((7_000_000, "CD1"), (9_000_000, "GZ1")):
        told = founding.found(
            folder / f"{code}.db", replace(FOUNDING, depot_id=code), clock=clock, hashing=CHEAP,
            new_id=Ids(itertools.count(first_id)))
        people.add_user(told, people.NewUser("clerk", "张伟", PASSWORD, PIN, frozenset({Role.CLERK})))
        told.close()
    centre = Centre("", engine=engine)
    for n, code in enumerate(("SH1", "CD1", "SH1")):
        depot = a_depot(folder, code, clock, 500_000 + n * 1000)
        a_night(depot, centre)
        depot.close()
    engine.dispose()
    return folder


def a_depot(folder: Path, code: str, clock: FakeClock, first_id: int) -> Depot:
    opened = open_depot(
        str(folder / f"{code}.db"), operator=SYSTEM, clock=clock, hashing=CHEAP, new_id=Ids(itertools.count(first_id)))
    return as_person(opened, "clerk")


@pytest.fixture
def folder(ground: Path, tmp_path: Path) -> Path:
    """The same for one test."""
    shutil.copytree(ground, tmp_path / "ground")
    return tmp_path / "ground"


@pytest.fixture
def centre(folder: Path) -> Iterator[Centre]:
    """The centre."""
    engine = sqlite_engine(str(folder / "centre.db"))
    yield Centre("", engine=engine)
    engine.dispose()


@pytest.fixture
def sender(folder: Path, clock: FakeClock) -> Iterator[Depot]:
    """SH1, which knows CD1 from the night."""
    opened = a_depot(folder, "SH1", clock, 2_000_000)
    yield opened
    opened.close()


@pytest.fixture
def elsewhere(folder: Path, clock: FakeClock) -> Iterator[Depot]:
    """CD1, the receiver."""
    opened = a_depot(folder, "CD1", clock, 8_000_000)
    yield opened
    opened.close()


def a_night(depot: Depot, centre: Centre) -> int:
    run.night(depot.as_operator(SYSTEM), centre)
    return night.after(depot.as_operator(SYSTEM)).transfers_heard


def sent_on(sender: Depot, **values: object) -> transfers.Transferred:
    """A unit with a story leaves for CD1."""
    got = a_received_unit(
        sender, SERIAL, product_id="hq-p", shipped_on=date(2026, 3, 2), lot="L7", symptom="带载跳闸",
        accessories=(AccessoryIn("电源线", 2),), contact="李工")
    with sender.write() as tx:
        warranty.add_entry(sender, tx, got.unit_id, Extended("", date(2026, 5, 1), 6, 0, "HT-9"), reason="合同")
    return transfers.send(
        sender,
        replace(Transferring(got.case_id, "CD1", "本站无此型号工装", Carriage.COURIER, "顺丰速运", "SF1390"), **values),
        own(), DRIVER)


def take_in(depot: Depot, intake: Intake) -> receiving.ReceivedUnit:
    return receiving.receive(depot, receiving.Receipt((intake,), DRIVER, own())).units[0]


def in_the_house(*depots: Depot) -> list[str]:
    """The depots whose record says that the unit is in the house, or on an open case there."""
    found = []
    for depot in depots:
        with depot.read() as tx:
            for unit in receiving_rows.units_with_serial(tx, SERIAL):
                case = receiving_rows.case(tx, unit.case_id or "")
                inside = CUSTODIAN[unit.place] not in {Custodian.OUTSIDE, Custodian.CARRIER}
                assert inside == (case is not None and case.stage not in ENDED)
                found += [depot.depot_id] * inside
    return found


def under_way(*depots: Depot) -> list[str]:
    """The transfers that nobody has answered, as their senders see them."""
    return [t.number for depot in depots for t in transfers.sent(depot) if t.answer is None]


def test_a_unit_goes_from_one_depot_to_another_and_the_news_comes_back(
    sender: Depot, elsewhere: Depot, centre: Centre, clock: FakeClock
) -> None:
    first_day = clock.now
    done = sent_on(sender)
    assert (in_the_house(sender, elsewhere), under_way(sender)) == ([], [done.number])
    assert transfer_arrivals.coming(elsewhere) == ()
    a_night(sender, centre)
    clock.advance(days=2)
    a_night(elsewhere, centre)
    (coming,) = transfer_arrivals.coming(elsewhere)
    assert (coming.number, coming.from_depot, coming.serial) == (done.number, "SH1", SERIAL)

    news = visits.look(elsewhere, SERIAL)                       # the serial is read at the counter
    assert news.coming is not None
    intake = news.coming.intake
    assert (intake.transfer, intake.product_id, intake.symptom, intake.contact) == (
        done.number, "hq-p", "带载跳闸", "李工")
    assert intake.customer_name                                 # the sender's own customer: proposed here by its name
    got = take_in(elsewhere, intake)
    assert in_the_house(sender, elsewhere) == ["CD1"]
    assert transfer_arrivals.coming(elsewhere) == ()
    with elsewhere.read() as tx:
        case, unit = receiving_rows.case(tx, got.case_id), receiving_rows.unit(tx, got.unit_id)
        carried = warranty_rows.of_unit(tx, got.unit_id)
        clock_now = clocks.states(elsewhere, tx, case) if case else ()
        counted = rulings.came(tx, unit) if unit else ()
    assert case is not None
    assert unit is not None
    assert (case.visit_no, unit.lot, unit.shipped_on, unit.place) == (1, "L7", date(2026, 3, 2), Place.ZONE_PENDING)
    assert case.counts_from is not None
    assert case.counts_from < first_day.replace(hour=2)
    assert clock_now[0].elapsed == 2
    assert case.due_on == clock_now[0].due
    assert [(row.kind, row.reason) for row in carried] == [("Extended", done.number)]
    assert [visit.depot for visit in counted] == ["CD1"]        # one visit, though two depots had it

    a_night(elsewhere, centre)
    assert a_night(sender, centre) == 1
    (ended,) = transfers.sent(sender, ended=True)
    assert (ended.state.value, ended.answered_by, ended.answered_number) == ("RECEIVED", "CD1", got.case_number)
    assert in_the_house(sender, elsewhere) == ["CD1"]
    with pytest.raises(Refused) as refused:
        undoing.undo(sender, done.entry_id)
    assert refused.value.code == "transfers.received-there"
    assert got.case_number in sentence(refused.value)
    assert (a_night(sender, centre), a_night(elsewhere, centre)) == (0, 0)       # told once


def test_the_night_tells_what_the_other_depots_are_called(sender: Depot) -> None:
    assert transfers.depots(sender) == {"CD1": "成都返修站"}


def test_a_third_depot_is_told_nothing_of_it(
    sender: Depot, elsewhere: Depot, centre: Centre, clock: FakeClock, folder: Path
) -> None:
    third = a_depot(folder, "GZ1", clock, 9_500_000)
    sent_on(sender)
    for depot in (sender, third, elsewhere):
        a_night(depot, centre)
    with third.read() as tx:
        assert tx.ask("SELECT count(*) FROM foreign_transfers") == [(0,)]
        assert tx.ask("SELECT count(*) FROM foreign_cases WHERE outcome = 'TRANSFERRED'") == [(1,)]
    assert run.night(third.as_operator(SYSTEM), centre).tally.fetched_again == []
    assert len(transfer_arrivals.coming(elsewhere)) == 1
    third.close()


def test_a_refusal_is_told_and_the_sender_takes_the_unit_back(
    sender: Depot, elsewhere: Depot, centre: Centre
) -> None:
    done = sent_on(sender)
    for depot in (sender, elsewhere):
        a_night(depot, centre)
    with pytest.raises(Refused) as refused:
        transfer_arrivals.refuse(elsewhere, done.number, " ")
    assert refused.value.code == "transfers.refusal-reason"
    transfer_arrivals.refuse(elsewhere, done.number, "外箱破损，原车退回")
    assert transfer_arrivals.coming(elsewhere) == ()
    a_night(elsewhere, centre)
    assert a_night(sender, centre) == 1
    (alert,) = [each for each in night.alerts(sender) if each.kind == "alert.transfer-refused"]
    assert "外箱破损" in say(alert.kind, alert.facts)
    undoing.undo(sender, transfers.entry_of(sender, done.transfer_id))
    assert in_the_house(sender, elsewhere) == ["SH1"]
    a_night(sender, centre)
    a_night(elsewhere, centre)
    with pytest.raises(Refused) as refused:
        transfer_arrivals.intake_of(elsewhere, done.number)
    assert refused.value.code == "transfers.withdrawn"


def test_a_line_refused_at_the_counter_is_told_too_and_awaits_nothing(
    sender: Depot, elsewhere: Depot, centre: Centre
) -> None:
    done = sent_on(sender)
    for depot in (sender, elsewhere):
        a_night(depot, centre)
    intake = transfer_arrivals.intake_of(elsewhere, done.number).intake
    why = Refusal(RefusalReason.OTHER, "铭牌与单据不符")
    receiving.receive(elsewhere, receiving.Receipt((intake,), DRIVER, own(), refused={0: why}))
    with elsewhere.read() as tx:
        assert [c[0] for c in tx.ask("SELECT stage FROM return_cases")] == [Stage.VOID.value]
    a_night(elsewhere, centre)
    a_night(sender, centre)
    (open_,) = transfers.sent(sender)
    assert (open_.state.value, open_.answer_reason) == ("REFUSED", "铭牌与单据不符")


def test_by_the_paper_alone_first_and_the_night_brings_the_rest(
    sender: Depot, elsewhere: Depot, centre: Centre
) -> None:
    done = sent_on(sender)
    blank = transfer_arrivals.intake_of(elsewhere, done.number.lower()).intake
    assert (blank.transfer, blank.serial) == (done.number, "")
    got = take_in(elsewhere, replace(
        blank, serial=SERIAL, product_id="hq-p", customer_name="中车株洲所", symptom="带载跳闸"))
    assert in_the_house(sender, elsewhere) == ["CD1"]
    a_night(sender, centre)
    assert a_night(elsewhere, centre) == 1
    with elsewhere.read() as tx:
        case, unit = receiving_rows.case(tx, got.case_id), receiving_rows.unit(tx, got.unit_id)
        assert [row.kind for row in warranty_rows.of_unit(tx, got.unit_id)] == ["Extended"]
        receipt = rows.receipt(tx, done.number)
    assert case is not None
    assert unit is not None
    assert receipt is not None
    assert (unit.lot, unit.shipped_on, receipt.settled_at is not None) == ("L7", date(2026, 3, 2), True)
    assert case.counts_from is not None
    a_night(sender, centre)                                     # the receipt was pushed with the receiver's night
    assert transfers.sent(sender) == ()


def test_taken_back_and_received_at_once_raises_an_alert(sender: Depot, elsewhere: Depot, centre: Centre) -> None:
    done = sent_on(sender)
    for depot in (sender, elsewhere):
        a_night(depot, centre)
    take_in(elsewhere, transfer_arrivals.intake_of(elsewhere, done.number).intake)
    undoing.undo(sender, done.entry_id)                         # nobody could know
    for depot in (elsewhere, sender, sender):
        a_night(depot, centre)
    (alert,) = [each for each in night.alerts(sender) if each.kind == "alert.transfer-twice"]
    assert SERIAL in say(alert.kind, alert.facts)


def test_a_receipt_that_is_undone_is_coming_again(sender: Depot, elsewhere: Depot, centre: Centre) -> None:
    done = sent_on(sender)
    for depot in (sender, elsewhere):
        a_night(depot, centre)
    intake = transfer_arrivals.intake_of(elsewhere, done.number).intake
    received = receiving.receive(elsewhere, receiving.Receipt((intake,), DRIVER, own()))
    for depot in (elsewhere, sender):
        a_night(depot, centre)
    undoing.undo(elsewhere, *received.entry_ids)
    assert [each.number for each in transfer_arrivals.coming(elsewhere)] == [done.number]
    for depot in (elsewhere, sender):
        a_night(depot, centre)
    assert under_way(sender) == [done.number]
    with pytest.raises(Refused) as refused:
        take_in(elsewhere, replace(intake, serial="H999"))
    assert refused.value.code == "transfers.serial-differs"
    take_in(elsewhere, replace(intake, transfer=""))            # found by its serial: the sender is told all the same
    assert transfer_arrivals.coming(elsewhere) == ()
    with pytest.raises(Refused) as refused:
        take_in(elsewhere, intake)
    assert refused.value.code == "receiving.already-here"


def test_the_unit_comes_back_by_transfer_and_is_still_one_visit(
    sender: Depot, elsewhere: Depot, centre: Centre
) -> None:
    done = sent_on(sender)
    for depot in (sender, elsewhere):
        a_night(depot, centre)
    got = take_in(elsewhere, transfer_arrivals.intake_of(elsewhere, done.number).intake)
    back = transfers.send(
        elsewhere, Transferring(got.case_id, "SH1", "配件已到上海", Carriage.COURIER, "顺丰速运", "SF77"), own(),
        DRIVER,
    )
    for depot in (elsewhere, sender):
        a_night(depot, centre)
    home = take_in(sender, transfer_arrivals.intake_of(sender, back.number).intake)
    assert in_the_house(sender, elsewhere) == ["SH1"]
    with sender.read() as tx:
        case, unit = receiving_rows.case(tx, home.case_id), receiving_rows.unit(tx, home.unit_id)
        counted = rulings.came(tx, unit) if unit else ()
        (row,) = [row.kind for row in warranty_rows.of_unit(tx, home.unit_id)]
        announced = rows.announced(tx, back.number)
    assert case is not None
    assert announced is not None
    assert (case.visit_no, [visit.id for visit in counted], row) == (1, [home.case_id], "Extended")
    assert carried_from_dict(announced.carried).received_at == case.counts_from


@pytest.mark.parametrize("seed", [3])
def test_the_unit_is_at_one_depot_or_between_two_whatever_is_done(
    sender: Depot, elsewhere: Depot, centre: Centre, seed: int
) -> None:
    chance, depots = random.Random(seed), {"SH1": sender, "CD1": elsewhere}
    at, case_id = "SH1", a_received_unit(sender, SERIAL, product_id="hq-p").case_id
    road: transfers.Transferred | None = None
    for n in range(12):
        if chance.random() < 0.5:
            a_night(depots[chance.choice(["SH1", "CD1"])], centre)
        other = "CD1" if at == "SH1" else "SH1"
        if road is None:
            road = transfers.send(
                depots[at], Transferring(case_id, other, "转修", Carriage.COURIER, "顺丰速运", f"SF{n}"), own(), DRIVER)
        elif chance.random() < 0.3:
            undoing.undo(depots[at], road.entry_id)             # it came back
            road = None
        elif chance.random() < 0.8:
            intake = transfer_arrivals.intake_of(depots[other], road.number).intake
            if not intake.serial:                               # only its paper is there yet
                intake = replace(
                    intake, serial=SERIAL, product_id="hq-p", customer_name="中车株洲所", symptom="开机无输出")
            at, case_id, road = other, take_in(depots[other], intake).case_id, None
        assert in_the_house(sender, elsewhere) == ([] if road else [at])
        if road:
            assert road.number in under_way(depots[at])
    for depot in (sender, elsewhere, sender, elsewhere):
        a_night(depot, centre)
    assert under_way(sender, elsewhere) == ([road.number] if road else [])
    assert not [a for d in (sender, elsewhere) for a in night.alerts(d) if a.kind == "alert.transfer-twice"]
