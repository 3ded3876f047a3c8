"""Travellers and their archive, on both engines."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Traveller
from app.domain.stages import Stage
from app.domain.travellers import Shelfmark
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import handover, inspection, travellers, undoing
from app.services.handover import Offering
from app.services.inspection import Passing
from app.services.travellers import Filing
from tests.builders import a_received_unit, a_unit_in_qa, own
from tests.conftest import as_person


def at_stage(depot: Depot, stage: Stage, serial: str = "H1") -> tuple[ReturnCase, Traveller]:
    """A case put at ``stage`` by hand: the steps on the way have tests of their own."""
    got = a_received_unit(depot, serial)
    with depot.write() as tx:
        rows.change_case(tx, got.case_id, stage=stage)
    return read(depot, got.case_id)


def read(depot: Depot, case_id: str) -> tuple[ReturnCase, Traveller]:
    with depot.read() as tx:
        case, traveller = rows.case(tx, case_id), rows.traveller_of_case(tx, case_id)
    assert case is not None
    assert traveller is not None
    return case, traveller


def signed(*ids: str) -> Filing:
    return Filing(ids, "2026-11/37", own("clerk"), own("inspector"))


def test_an_original_is_brought_to_qa_archived_and_its_case_closes(depot: Depot) -> None:
    case, traveller = at_stage(depot, Stage.RETURNED)
    done = travellers.archive(as_person(depot, "inspector"), signed(traveller.id))
    closed, filed = read(depot, case.id)
    assert (closed.stage, filed.place, filed.archive_position) == (Stage.CLOSED, Place.QA, "2026-11/37")
    assert closed.closed_at is not None
    assert (done.closed, done.handover_number) == ((case.number,), "SH1-H2611-00002")
    (row,) = travellers.page(depot, Shelfmark.ARCHIVED)
    assert (row.number, row.archived_by) == (traveller.number, "王建国")


def test_a_case_stays_open_until_its_unit_has_gone(depot: Depot) -> None:
    case, traveller = at_stage(depot, Stage.READY_TO_RETURN)
    travellers.archive(as_person(depot, "inspector"), signed(traveller.id))
    assert read(depot, case.id)[0].stage is Stage.READY_TO_RETURN
    with depot.write() as tx:
        rows.change_case(tx, case.id, stage=Stage.RETURNED)
        assert travellers.close_when_complete(depot, tx, case.id)
    assert read(depot, case.id)[0].stage is Stage.CLOSED


def test_a_case_does_not_close_while_its_traveller_is_outstanding(depot: Depot) -> None:
    case, _ = at_stage(depot, Stage.RETURNED)
    with depot.write() as tx:
        assert not travellers.close_when_complete(depot, tx, case.id)
    assert travellers.count(depot, Shelfmark.TO_ARCHIVE) == 1


def test_an_original_under_way_is_not_archived(depot: Depot) -> None:
    _, traveller = at_stage(depot, Stage.IN_REPAIR)
    with pytest.raises(Refused) as refusal:
        travellers.archive(as_person(depot, "inspector"), signed(traveller.id))
    assert refusal.value.code == "travellers.under-way"


def test_an_original_elsewhere_needs_both_signatures(depot: Depot) -> None:
    _, traveller = at_stage(depot, Stage.RETURNED)
    with pytest.raises(Refused) as refusal:
        travellers.archive(as_person(depot, "inspector"), Filing((traveller.id,), "1"))
    assert refusal.value.code == "travellers.signatures-missing"
    assert read(depot, traveller.case_id)[1].place is Place.ZONE_PENDING


def test_archiving_is_undone_and_the_case_is_open_again(depot: Depot) -> None:
    case, traveller = at_stage(depot, Stage.SPARE)
    inspector = as_person(depot, "inspector")
    done = travellers.archive(inspector, signed(traveller.id))
    assert read(depot, case.id)[0].stage is Stage.CLOSED
    undoing.undo(inspector, *done.entry_ids)
    reopened, outstanding = read(depot, case.id)
    assert (reopened.stage, reopened.closed_at, outstanding.archived_at) == (Stage.SPARE, None, None)
    again = travellers.archive(inspector, Filing((traveller.id,), "B2"))
    assert again.handover_number == ""


def test_an_original_archived_by_qa_does_not_leave_with_its_unit(depot: Depot) -> None:
    got = a_unit_in_qa(depot)
    qa = as_person(depot, "inspector")
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    _, traveller = read(depot, got.case_id)
    going = Offering(Direction.PASSED, (got.case_id,), own("inspector"))
    offered = handover.offer(qa, going)
    with pytest.raises(Refused) as refusal:
        travellers.archive(qa, Filing((traveller.id,), "B1"))
    assert (refusal.value.code, refusal.value.facts["offer"]) == ("travellers.offered", offered.number)
    handover.withdraw(qa, offered.handover_id)
    travellers.archive(qa, Filing((traveller.id,), "B1"))
    handover.hand_over(qa, going, own())
    with depot.read() as tx:
        unit = rows.unit(tx, got.unit_id)
    assert unit is not None
    assert (unit.place, read(depot, got.case_id)[1].place) == (Place.COUNTER, Place.QA)


def test_a_form_is_found_by_any_number_on_it(depot: Depot) -> None:
    case, traveller = at_stage(depot, Stage.RETURNED, "H0042")
    for scan in (traveller.number, case.number, "h0042"):
        found = travellers.scanned(depot, scan)
        assert found is not None
        assert found.traveller_id == traveller.id
    assert travellers.scanned(depot, "nothing") is None


def test_the_lists_page_by_key(depot: Depot) -> None:
    at_stage(depot, Stage.RETURNED, "A")
    at_stage(depot, Stage.IN_REPAIR, "B")
    at_stage(depot, Stage.SPARE, "C")
    first = travellers.page(depot, Shelfmark.TO_ARCHIVE, limit=1)
    second = travellers.page(depot, Shelfmark.TO_ARCHIVE, after_row=first[0], limit=5)
    assert [row.serial for row in (*first, *second)] == ["A", "C"]
    assert [row.serial for row in travellers.page(depot, Shelfmark.UNDER_WAY)] == ["B"]
    assert [row.serial for row in travellers.page(depot, Shelfmark.TO_ARCHIVE, "C")] == ["C"]
