"""A unit is handed on to another depot: from which stages, what becomes of the case, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import SYSTEM, Depot
from app.domain.chase import Reach, Wanted
from app.domain.places import Place
from app.domain.receiving import AccessoryIn
from app.domain.signing import OutsideSignature, Party
from app.domain.stages import Stage
from app.domain.sync.protocol import Held
from app.domain.transfers import TRANSFERRED, Carriage, Transferring, carried_from_dict
from app.errors import Refused
from app.messages import sentence
from app.persistence import held, rulings
from app.persistence import receiving as receiving_rows
from app.persistence import transfers as rows
from app.services import chase, quality, receiving, transfers, undoing
from tests.builders import a_received_unit, as_person, outside, own, set_stage
from tests.conftest import FakeClock

COURIER = outside("顺丰", Party.CARRIER)


def knows(depot: Depot, *codes: str) -> None:
    """As if a night had told of other depots."""
    with depot.as_operator(SYSTEM).write() as tx:
        for n, code in enumerate(codes, 1):
            held.hold(tx, Held(n << 20, code, 1, "x"), "0008")


def onward(case_id: str, **values: object) -> Transferring:
    return replace(
        Transferring(case_id, "CD1", "本站无此型号工装", Carriage.COURIER, "顺丰速运", "SF1390"), **values)


def send(depot: Depot, case_id: str, **values: object) -> transfers.Transferred:
    return transfers.send(depot, onward(case_id, **values), own(), COURIER)


@pytest.fixture
def got(depot: Depot) -> receiving.ReceivedUnit:
    knows(depot, "CD1", "GZ1")
    return a_received_unit(depot, accessories=(AccessoryIn("电源线", 2),))


def test_the_unit_leaves_with_its_traveller_and_the_case_is_over(depot: Depot, got: receiving.ReceivedUnit) -> None:
    done = send(depot, got.case_id)
    with depot.read() as tx:
        case, unit = receiving_rows.case(tx, got.case_id), receiving_rows.unit(tx, got.unit_id)
        traveller = receiving_rows.traveller_of_case(tx, got.case_id)
        (cable,) = receiving_rows.accessories_of_case(tx, got.case_id)
        transfer = rows.of_case(tx, got.case_id)
        visits = rulings.came(tx, unit) if unit else ()
    assert case is not None
    assert unit is not None
    assert traveller is not None
    assert transfer is not None
    assert (case.stage, case.outcome, case.returned_at) == (Stage.CLOSED, TRANSFERRED, None)
    assert (unit.place, traveller.place, cable.quantity_out) == (Place.OUTBOUND, Place.OUTBOUND, 2)
    assert (transfer.number, transfer.to_depot, transfer.state.value) == (done.number, "CD1", "UNDER_WAY")
    story = carried_from_dict(transfer.carried)
    assert (story.case_number, story.traveller, story.visit_no, story.intake.symptom) == (
        got.case_number, got.traveller_number, 1, "开机无输出")
    assert [(a.name, a.quantity) for a in story.intake.accessories] == [("电源线", 2)]
    assert carried_from_dict(story.as_dict()) == story
    assert visits == ()                          # the visit counts where it goes on
    assert [t.number for t in transfers.sent(depot)] == [done.number]


def test_it_is_taken_back_as_long_as_nobody_received_it(depot: Depot, got: receiving.ReceivedUnit) -> None:
    done = send(depot, got.case_id)
    undoing.undo(depot, done.entry_id)
    with depot.read() as tx:
        case, unit = receiving_rows.case(tx, got.case_id), receiving_rows.unit(tx, got.unit_id)
        traveller = receiving_rows.traveller_of_case(tx, got.case_id)
    assert case is not None
    assert unit is not None
    assert traveller is not None
    assert (case.stage, case.outcome, case.closed_at) == (Stage.RECEIVED, None, None)
    assert (unit.place, traveller.place) == (Place.ZONE_PENDING, Place.ZONE_PENDING)
    assert [t.state.value for t in transfers.sent(depot, ended=True)] == ["TAKEN_BACK"]
    again = send(depot, got.case_id)             # and may go again, under a new number
    assert again.number != done.number


@pytest.mark.parametrize(("stage", "code"), [
    (Stage.PLANNED, "transfers.planned"), (Stage.RELEASED, "transfers.released"),
    (Stage.IN_REPAIR, "transfers.working"), (Stage.READY_TO_RETURN, "transfers.working"),
    (Stage.REPORTED, "transfers.not-here"), (Stage.VOID, "transfers.over"),
])
def test_nothing_half_done_is_handed_on(
    sqlite_depot: Depot, stage: Stage, code: str
) -> None:
    knows(sqlite_depot, "CD1")
    got = a_received_unit(sqlite_depot)
    set_stage(sqlite_depot, got.case_id, stage)
    with pytest.raises(Refused) as refused:
        send(sqlite_depot, got.case_id)
    assert refused.value.code == code
    assert got.case_number in sentence(refused.value) or got.serial in sentence(refused.value)
    assert transfers.sent(sqlite_depot) == ()


@pytest.mark.parametrize(("values", "code"), [
    ({"to_depot": "XX9"}, "transfers.depot-unknown"), ({"to_depot": "SH1"}, "transfers.to-itself"),
    ({"to_depot": " "}, "transfers.depot-missing"), ({"reason": " "}, "transfers.reason-missing"),
    ({"waybill": ""}, "transfers.waybill-missing"), ({"carrier": ""}, "transfers.carrier-missing"),
    ({"carriage": Carriage.FIELD_STAFF}, "transfers.who-carries"), ({"case_id": "?"}, "transfers.no-case"),
])
def test_what_is_wrong_with_the_form_is_said(
    sqlite_depot: Depot, values: dict[str, object], code: str
) -> None:
    knows(sqlite_depot, "CD1")
    got = a_received_unit(sqlite_depot)
    with pytest.raises(Refused) as refused:
        send(sqlite_depot, **{"case_id": got.case_id, **values})
    assert refused.value.code == code
    assert sentence(refused.value)
    assert transfers.sent(sqlite_depot) == ()


def test_before_the_first_night_no_depot_is_known(sqlite_depot: Depot) -> None:
    got = a_received_unit(sqlite_depot)
    with pytest.raises(Refused) as refused:
        send(sqlite_depot, got.case_id)
    assert refused.value.code == "transfers.no-depots"


def test_only_the_counter_hands_on(sqlite_depot: Depot) -> None:
    knows(sqlite_depot, "CD1")
    got = a_received_unit(sqlite_depot)
    with pytest.raises(Refused) as refused:
        send(as_person(sqlite_depot, "technician"), got.case_id)
    assert refused.value.code == "people.not-allowed"
    with pytest.raises(Refused) as refused:
        transfers.send(sqlite_depot, onward(got.case_id), own("technician"), COURIER)
    assert refused.value.code == "handover.not-yours"


def test_one_that_never_arrives_is_chased(sqlite_depot: Depot, clock: FakeClock) -> None:
    knows(sqlite_depot, "CD1")
    done = send(sqlite_depot, a_received_unit(sqlite_depot).case_id)
    late = Wanted(Reach.OVERDUE)
    assert done.number not in {row.subject.number for row in chase.chase(sqlite_depot, late).rows}
    clock.advance(days=8)
    (row,) = [row for row in chase.chase(sqlite_depot, late).rows if row.subject.number == done.number]
    assert (row.subject.kind, row.subject.person, row.name.value) == ("transfer", "CD1", "TRANSFER")


def test_the_report_of_the_month_balances_and_counts_no_repair(depot: Depot, clock: FakeClock) -> None:
    knows(depot, "CD1")
    stays, goes = a_received_unit(depot, "H1"), a_received_unit(depot, "H2")
    clock.advance(hours=3)
    send(depot, goes.case_id)
    month = quality.month(depot, "2026-11").month
    assert (month.opening, month.received, month.left, month.closing) == (0, 2, 1, 1)
    assert dict(month.doors)["TRANSFERRED"] == sum(n for _door, n in month.doors) == 1
    assert (month.examined, month.turnaround.n, month.again) == (0, 0, 0)
    (row,) = quality.behind(depot, "2026-11", "left")
    assert row.number == goes.case_number != stays.case_number
    assert quality.behind(depot, "2026-11", "turnaround") == ()


def test_who_carries_it_may_be_our_own_people(sqlite_depot: Depot) -> None:
    knows(sqlite_depot, "CD1")
    got = a_received_unit(sqlite_depot)
    done = transfers.send(
        sqlite_depot, onward(got.case_id, carriage=Carriage.FIELD_STAFF, carrier="", waybill=""), own(),
        OutsideSignature(Party.FIELD_STAFF, "外派小王", on_paper=True),
    )
    assert done.to_depot == "CD1"
