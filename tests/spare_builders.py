"""Spares that stand in zone 3, and what happens to them, for the tests of the pool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.receiving import Unit
from app.domain.signing import Party
from app.domain.spares import Sending, Swapping
from app.persistence import receiving as rows
from app.services import handover, inspection, returning, spares
from app.services.handover import Offering
from app.services.inspection import Passing
from tests.builders import a_unit_in_qa, as_person, outside, own

TODAY = date(2026, 11, 3)


@dataclass(frozen=True)
class Spare:
    """A unit that passed QA."""

    unit_id: str
    case_id: str
    case_number: str
    serial: str
    product_id: str


def a_spare(depot: Depot, serial: str = "H204817736", *, put_away: bool = True, **values: Any) -> Spare:
    """A repaired, marked unit in zone 3, or still at the counter."""
    got, qa = a_unit_in_qa(depot, serial, **values), as_person(depot, "inspector")
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    handover.hand_over(qa, Offering(Direction.PASSED, (got.case_id,), own("inspector")), own())
    if put_away:
        returning.put_away(depot, [got.case_id], return_needed=False)
    return Spare(got.unit_id, got.case_id, got.case_number, got.serial, unit_of(depot, got.unit_id).product_id)


def unit_of(depot: Depot, unit_id: str) -> Unit:
    """The unit's row."""
    with depot.read() as tx:
        found = rows.unit(tx, unit_id)
    assert found is not None
    return found


def sent(depot: Depot, spare: Spare, customer_id: str) -> spares.SentToSite:
    """A spare on its way with our field person."""
    return spares.send_to_site(
        depot, Sending(spare.unit_id, customer_id, "地铁 5 号线", "列车停运"), own(),
        outside("郭师傅", Party.FIELD_STAFF),
    )


def a_swap(depot: Depot, use_id: str, serial: str, on: date, **values: Any) -> spares.Swapped:
    """The spare was put in."""
    return spares.swap_at_site(depot, Swapping(use_id, serial, on, **values), outside())
