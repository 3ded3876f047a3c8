"""The papers that the work makes can be printed from the record: slip, traveller, mark."""

from __future__ import annotations

from app.depot import Depot
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.slips import FormId
from app.services import handover, inspection, slips
from tests.builders import a_unit_in_qa, as_person, own


def test_slip_traveller_and_mark_of_a_passed_unit(sqlite_depot: Depot) -> None:
    got = a_unit_in_qa(sqlite_depot)
    marked = inspection.pass_and_mark(
        as_person(sqlite_depot, "inspector"),
        inspection.Passing(
            got.case_id, tuple(Reading(item.code, "OK") for item in BASIC_SHEET), own("inspector"), MarkMethod.STAMPED
        ),
    )
    newest = handover.history(sqlite_depot)[0]
    for form, number in (
        (FormId.HANDOVER_SLIP, newest.number), (FormId.TRAVELLER, got.case_number),
        (FormId.QA_MARK, marked.mark.number),
    ):
        made = slips.paper(sqlite_depot, form, number)
        assert made.pdf.startswith(b"%PDF")
        assert made.missing_glyphs == ()
