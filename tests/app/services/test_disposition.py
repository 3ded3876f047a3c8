"""Rulings on record: what waits, confirming, deciding otherwise, facts that change, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult
from app.domain.disposition import Channel, Talk, Wish
from app.domain.places import Place
from app.domain.rulings import Outcome, Ruling
from app.domain.stages import Stage
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.persistence import disposition as rows
from app.persistence import receiving as receiving_rows
from app.persistence.tables import return_cases, units
from app.persistence.transaction import as_row
from app.services import back_to_bench, disposition, handover, notices, repair, returning, settling, undoing
from tests.builders import (
    a_finish,
    a_product,
    a_received_unit,
    a_referred_unit,
    as_person,
    own,
    set_stage,
)

IN_WARRANTY = {"shipped_on": date(2026, 3, 2)}
OUT_OF_WARRANTY = {"shipped_on": date(2019, 3, 2)}
TERMS = {"months": 24}


def boss(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


def case_and_unit(depot: Depot, case_id: str) -> tuple[object, object]:
    with depot.read() as tx:
        case = receiving_rows.case(tx, case_id)
        assert case is not None
        unit = receiving_rows.unit(tx, case.unit_id)
        assert unit is not None
        return case, unit


def referred(depot: Depot, **values: object) -> str:
    product = a_product(depot, warranty=TERMS)
    return a_referred_unit(depot, product_id=product.id, **values).case_id  # type: ignore[arg-type]


def a_talk(depot: Depot, **values: object) -> Talk:
    return replace(
        Talk("刘工", depot.clock() - timedelta(hours=1), Channel.PHONE, "主板烧毁，无法修复", "同意取回"),
        **values,  # type: ignore[arg-type]
    )


def test_a_referred_case_waits_until_it_is_confirmed(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    (one,) = disposition.waiting(depot)
    assert (one.row.case_id, one.row.place, one.changed, one.offered) == (case_id, Place.COUNTER, (), False)
    done = disposition.confirm(depot, case_id, own("supervisor"))   # the clerk's desk, the supervisor's signature
    assert done.outcomes == (Outcome.SCRAP, Outcome.EXCHANGE)
    assert done.number == "SH1-D2611-00001"
    assert disposition.waiting(depot) == ()
    (row,) = disposition.to_carry_out(depot)
    assert (row.number, row.rule_no, row.decided_by_name) == (done.number, 5, "陈思远")
    case, _unit = case_and_unit(depot, case_id)
    assert (case.outcome, case.stage) == ("SCRAP", Stage.REFERRED)  # type: ignore[attr-defined]
    with depot.read() as tx:
        written = rows.current(tx, case_id)
    assert written is not None
    assert (written.policy_version, written.known_as_of) == ("default", depot.today())
    assert written.facts["warranty"] == "IN"


def test_only_a_supervisor_signs_and_nothing_is_written_otherwise(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    for login in ("clerk", "technician", "manager"):
        with pytest.raises(Refused) as caught:
            disposition.confirm(depot, case_id, own(login))
        assert caught.value.code == "people.not-allowed"
    with pytest.raises(Refused) as caught:
        disposition.confirm(depot, case_id, own("supervisor", "9999"))
    assert caught.value.code == "people.wrong-secret"
    assert disposition.recorded(depot) == ()
    case, _unit = case_and_unit(depot, case_id)
    assert case.outcome is None  # type: ignore[attr-defined]


def test_a_case_that_nobody_referred_cannot_be_ruled_on(depot: Depot) -> None:
    got = a_received_unit(depot)
    with pytest.raises(Refused) as caught:
        disposition.confirm(depot, got.case_id, own("supervisor"))
    assert caught.value.code == "disposition.not-referred"
    set_stage(depot, got.case_id, Stage.IN_QA)
    with pytest.raises(Refused) as caught:
        disposition.confirm(depot, got.case_id, own("supervisor"))
    assert caught.value.code == "disposition.not-referred"


def test_confirming_twice_is_refused(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    disposition.confirm(depot, case_id, own("supervisor"))
    with pytest.raises(Refused) as caught:
        disposition.confirm(depot, case_id, own("supervisor"))
    assert caught.value.code == "disposition.ruled-already"


def test_deciding_otherwise_needs_a_reason_and_a_sensible_set(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    for outcomes, reason, code in (
        ((Outcome.RETURN_AS_IS,), " ", "disposition.reason-missing"),
        ((Outcome.SCRAP, Outcome.EXCHANGE), "同规则", "disposition.not-sensible"),     # the ruled one
        ((Outcome.EXPLAIN, Outcome.SCRAP), "客户口头", "disposition.not-sensible"),    # no written wish
        ((Outcome.SCRAP, Outcome.QUOTE), "随便", "disposition.not-sensible"),
    ):
        with pytest.raises(Refused) as caught:
            disposition.override(depot, case_id, outcomes, reason, own("supervisor"))
        assert code in {caught.value.code, *(p.code for p in caught.value.others)}
    assert disposition.recorded(depot) == ()
    done = disposition.override(depot, case_id, (Outcome.REPAIR,), "客户愿意等原厂配件", own("supervisor"))
    (row,) = disposition.recorded(depot)
    assert (row.number, row.rule_no, row.overridden, row.outcomes) == (done.number, 5, True, ["REPAIR"])


def test_taking_a_ruling_back_leaves_its_number_void(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    done = disposition.confirm(depot, case_id, own("supervisor"))
    undoing.undo(boss(depot), done.entry_id)
    (one,) = disposition.waiting(depot)
    assert one.row.case_id == case_id
    case, _unit = case_and_unit(depot, case_id)
    assert case.outcome is None  # type: ignore[attr-defined]
    with depot.read() as tx:
        voided = tx.execute(text("SELECT voided_at FROM documents WHERE number = :n"), {"n": done.number}).scalar_one()
    assert voided is not None
    again = disposition.confirm(depot, case_id, own("supervisor"))
    assert again.number == "SH1-D2611-00002"
    disposition.take_back(boss(depot), again.disposition_id)
    assert len(disposition.waiting(depot)) == 1
    with pytest.raises(Refused) as caught:
        disposition.take_back(as_person(depot, "clerk"), again.disposition_id)
    assert caught.value.code == "undo.already"


def test_facts_that_change_make_a_ruling_stale(depot: Depot) -> None:
    case_id = referred(depot, **OUT_OF_WARRANTY)
    first = disposition.confirm(depot, case_id, own("supervisor"))
    assert first.outcomes == (Outcome.EXPLAIN, Outcome.RETURN_AS_IS)
    notices.record_talk(depot, case_id, a_talk(depot, wish=Wish.SCRAP, written="2026-11-03 邮件"))
    (one,) = disposition.waiting(depot)
    assert one.changed == ("wish",)
    assert disposition.sheet(depot, case_id).changed == ("wish",)
    with pytest.raises(Refused) as caught:
        notices.return_as_is(depot, case_id)
    assert caught.value.code == "disposition.changed-since"
    second = disposition.confirm(depot, case_id, own("supervisor"))
    assert second.outcomes == (Outcome.EXPLAIN, Outcome.SCRAP)
    assert [row.ended_why for row in disposition.recorded(depot)] == [None, "RULED_ANEW"]


def test_row_0_is_settled_first(depot: Depot) -> None:
    case_id = referred(depot)
    sheet = disposition.sheet(depot, case_id)
    assert isinstance(sheet.ruling, Ruling)
    assert (sheet.ruling.number, [a.number for a in sheet.ruling.alternatives]) == (0, [5, 3])
    with pytest.raises(Refused) as caught:
        disposition.confirm(depot, case_id, own("supervisor"))
    assert caught.value.code == "disposition.settle-first"
    for state, reason, proof, code in (
        (WarrantyState.UNKNOWN, "x", "x", "disposition.settle-state"),
        (WarrantyState.OUT, "", "", "disposition.settle-reason"),
        (WarrantyState.IN, "凭发票", "", "disposition.settle-proof"),
    ):
        with pytest.raises(Refused) as caught:
            settling.settle_warranty(boss(depot), case_id, state, reason, proof)
        assert code in {caught.value.code, *(p.code for p in caught.value.others)}
    with pytest.raises(Refused) as caught:
        settling.settle_warranty(depot, case_id, WarrantyState.IN, "凭发票", "发票 0231")
    assert caught.value.code == "people.not-allowed"
    settling.settle_warranty(boss(depot), case_id, WarrantyState.IN, "凭发票", "发票 0231")
    assert disposition.confirm(depot, case_id, own("supervisor")).outcomes == (Outcome.SCRAP, Outcome.EXCHANGE)


def test_a_known_warranty_is_not_settled_by_hand(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    with pytest.raises(Refused) as caught:
        settling.settle_warranty(boss(depot), case_id, WarrantyState.OUT, "说不清", "")
    assert caught.value.code == "disposition.settle-known"


def test_return_as_is_needs_the_talk_and_opens_the_gate(depot: Depot) -> None:
    case_id = referred(depot, **OUT_OF_WARRANTY)
    with pytest.raises(Refused) as caught:
        notices.return_as_is(depot, case_id)
    assert caught.value.code == "disposition.not-ruled"
    disposition.confirm(depot, case_id, own("supervisor"))
    assert [talk_due for _row, talk_due in notices.waiting(depot)] == [True]
    with pytest.raises(Refused) as caught:
        notices.return_as_is(depot, case_id)
    assert caught.value.code == "disposition.talk-needed"
    notices.record_talk(depot, case_id, a_talk(depot))
    done = notices.return_as_is(depot, case_id)
    assert done.number == "SH1-Y2611-00001"
    case, unit = case_and_unit(depot, case_id)
    assert (case.stage, unit.place) == (Stage.READY_TO_RETURN, Place.ZONE_REPAIRED)  # type: ignore[attr-defined]
    assert all(gate.open for gate in returning.checklist(depot, case_id))
    undoing.undo(depot, done.entry_id)
    case, unit = case_and_unit(depot, case_id)
    assert (case.stage, unit.place) == (Stage.REFERRED, Place.COUNTER)  # type: ignore[attr-defined]
    assert notices.return_as_is(depot, case_id).number == "SH1-Y2611-00002"


def test_return_as_is_waits_for_the_handover(depot: Depot) -> None:
    case_id = referred(depot, at_counter=False, result=RepairResult.IRREPARABLE, cause=CauseClass.USER, **IN_WARRANTY)
    ruled = disposition.confirm(depot, case_id, own("supervisor"))
    assert ruled.outcomes == (Outcome.RETURN_AS_IS,)      # row 2: no talk ordered
    with pytest.raises(Refused) as caught:
        notices.return_as_is(depot, case_id)
    assert caught.value.code == "disposition.not-at-counter"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"with_whom": " "}, "disposition.talk-whom"),
        ({"held_at": None}, "disposition.talk-when"),
        ({"held_at": datetime(2030, 1, 1, tzinfo=UTC)}, "disposition.talk-future"),
        ({"said": ""}, "disposition.talk-said"),
        ({"answered": ""}, "disposition.talk-answer"),
        ({"wish": Wish.SCRAP}, "disposition.wish-unwritten"),
    ],
)
def test_an_incomplete_talk_is_refused(sqlite_depot: Depot, values: dict[str, object], code: str) -> None:
    case_id = referred(sqlite_depot, **OUT_OF_WARRANTY)
    with pytest.raises(Refused) as caught:
        notices.record_talk(sqlite_depot, case_id, a_talk(sqlite_depot, **values))
    assert code in {caught.value.code, *(p.code for p in caught.value.others)}
    assert disposition.sheet(sqlite_depot, case_id).talks == ()


def third_visit(depot: Depot, **values: object) -> str:
    """A serial that comes for the third time with the same symptom: the case just received."""
    product = a_product(depot, warranty=TERMS)
    got = a_received_unit(depot, product_id=product.id, **values)
    replicate(depot, got.unit_id, depot.depot_id, ["REPAIRED", "REPAIRED"])
    return got.case_id


def replicate(depot: Depot, unit_id: str, depot_id: str, results: list[str]) -> None:
    """Earlier visits of a unit, here or as the sync brings them from another depot: two months apart, oldest first."""
    other = depot_id != depot.depot_id
    with depot.as_operator(boss(depot).operator).write() as tx:
        unit = receiving_rows.unit(tx, unit_id)
        case = receiving_rows.cases_of_unit(tx, unit_id)[0]
        assert unit is not None
        at_unit = unit_id
        if other:
            at_unit = tx.new_id()
            row = {**as_row(unit, without=["seq"]), "id": at_unit, "depot_id": depot_id, "serial_reversed": "x",
                   "place": Place.FIELD, "movement_no": 0, "case_id": None}
            tx.execute(units.insert().values(**row))
        for n, result in enumerate(results):
            came = tx.at - timedelta(days=60 * (len(results) - n))
            row = {**as_row(case, without=["seq"]), "id": tx.new_id(), "depot_id": depot_id, "unit_id": at_unit,
                   "number": f"{depot_id}-R2601-0000{n + 1}", "received_at": came, "reported_at": came,
                   "stage": Stage.CLOSED, "result": result, "visit_no": n + 1}
            tx.execute(return_cases.insert().values(**row))
        if not other:
            receiving_rows.change_case(tx, case.id, visit_no=len(results) + 1)


def test_at_intake_the_ruling_is_offered_and_brings_the_unit_to_the_counter(depot: Depot) -> None:
    case_id = third_visit(depot, **IN_WARRANTY)
    (one,) = disposition.waiting(depot)
    assert (one.row.case_id, one.offered) == (case_id, True)
    (sheet,) = disposition.offered(depot, [case_id])
    assert isinstance(sheet.ruling, Ruling)
    assert (sheet.ruling.number, sheet.ruling.at_intake) == (6, True)
    assert [v.counts for v in sheet.visits] == ["FAILED", "FAILED", ""]
    done = disposition.confirm(depot, case_id, own("supervisor"))
    case, unit = case_and_unit(depot, case_id)
    assert (case.stage, unit.place) == (Stage.REFERRED, Place.COUNTER)  # type: ignore[attr-defined]
    assert not disposition.sheet(depot, case_id).changed
    undoing.undo(boss(depot), done.entry_id)
    case, unit = case_and_unit(depot, case_id)
    assert (case.stage, unit.place) == (Stage.RECEIVED, Place.ZONE_PENDING)  # type: ignore[attr-defined]
    with depot.read() as tx:
        traveller = receiving_rows.traveller_of_case(tx, case_id)
    assert traveller is not None
    assert traveller.place is Place.ZONE_PENDING


def test_visits_at_other_depots_count(depot: Depot) -> None:
    product = a_product(depot, warranty=TERMS)
    got = a_received_unit(depot, product_id=product.id, **IN_WARRANTY)
    replicate(depot, got.unit_id, "BJ1", ["NFF", "NFF"])
    (one,) = disposition.waiting(depot)
    assert (one.row.case_id, one.offered) == (got.case_id, True)
    sheet = disposition.sheet(depot, got.case_id)
    assert isinstance(sheet.ruling, Ruling)
    assert (sheet.ruling.number, sheet.ruling.facts["depots"]) == (1, ("BJ1",))
    assert [(v.depot, v.counts) for v in sheet.visits] == [("BJ1", "NFF"), ("BJ1", "NFF"), ("SH1", "")]


def test_sent_back_to_the_bench_and_repaired_after_all(depot: Depot) -> None:
    case_id = referred(depot, **IN_WARRANTY)
    disposition.override(depot, case_id, (Outcome.REPAIR,), "原厂提供配件", own("supervisor"))
    with pytest.raises(Refused) as caught:
        notices.return_as_is(depot, case_id)
    assert caught.value.code == "disposition.otherwise"
    sent = back_to_bench.send(depot, case_id)
    undoing.undo(depot, sent.entry_id)
    case, _unit = case_and_unit(depot, case_id)
    assert (case.stage, case.result) == (Stage.REFERRED, "IRREPARABLE")  # type: ignore[attr-defined]
    back_to_bench.send(depot, case_id)
    handover.hand_over(
        depot, handover.Offering(handover.Direction.BACK_TO_BENCH, (case_id,), own()), own("technician")
    )
    bench = as_person(depot, "technician")
    repair.finish(bench, a_finish(case_id))
    case, unit = case_and_unit(depot, case_id)
    assert (case.result, unit.place) == ("REPAIRED", Place.REPAIR)  # type: ignore[attr-defined]
