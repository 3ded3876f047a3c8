"""Units on their way to an end, made through the services: ruled, approved, kept, spares that may be given."""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.masterdata import Product
from app.domain.rulings import Outcome
from app.persistence import receiving as receiving_rows
from app.services import (
    approvals,
    disposition,
    handover,
    inspection,
    returning,
    scrap,
    travellers,
)
from app.services.handover import Offering
from app.services.inspection import Passing
from app.services.receiving import ReceivedUnit
from tests.builders import a_product, a_referred_unit, a_unit_in_qa, as_person, own

KEEP = (Outcome.KEEP, Outcome.EXCHANGE, Outcome.TO_RND)
BOTH = (Outcome.BOTH_TO_CUSTOMER,)
TERMS = {"months": 24}


def the_product(depot: Depot, model: str = "PSU-4800W") -> Product:
    """A product with a warranty."""
    return a_product(depot, model, warranty=TERMS)


def a_ber_unit(depot: Depot, product: Product, serial: str = "H204817736", **values: object) -> ReceivedUnit:
    """In warranty and not worth repairing, ruled: scrap and exchange (row 5)."""
    got = a_referred_unit(
        depot, serial, result=RepairResult.BER, product_id=product.id,
        **{"shipped_on": date(2026, 3, 2), "manufactured_on": date(2026, 2, 1), **values},  # type: ignore[arg-type]
    )
    disposition.confirm(depot, got.case_id, own("supervisor"))
    return got


def a_decided_unit(
    depot: Depot, product: Product, outcomes: tuple[Outcome, ...] = KEEP, serial: str = "H204817736", **values: object
) -> ReceivedUnit:
    """A referred unit for which the supervisor decided ``outcomes``."""
    got = a_referred_unit(
        depot, serial, result=RepairResult.IRREPARABLE, cause=CauseClass.COMPONENT_QUALITY, product_id=product.id,
        **{"shipped_on": date(2026, 3, 2), "manufactured_on": date(2026, 2, 1), **values},  # type: ignore[arg-type]
    )
    disposition.override(depot, got.case_id, outcomes, "连续两次未查出故障", own("supervisor"))
    return got


def a_spare(depot: Depot, product: Product, serial: str = "H204899001", **values: object) -> ReceivedUnit:
    """A repaired spare in zone 3."""
    got = a_unit_in_qa(depot, serial, product_id=product.id, **values)
    qa = as_person(depot, "inspector")
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    handover.hand_over(qa, Offering(Direction.PASSED, (got.case_id,), own("inspector")), own())
    returning.put_away(as_person(depot, "clerk"), [got.case_id], return_needed=False)
    return got


def approve_scrap(depot: Depot, case_id: str) -> None:
    """The clerk asks, the general manager approves."""
    asked = scrap.request(as_person(depot, "clerk"), case_id, "维修费用超过残值")
    approvals.decide(depot, asked.approval_id, approved=True, signature=own("manager"))


def archive(depot: Depot, case_id: str) -> tuple[str, ...]:
    """The original of a case goes to the archive; the numbers of the cases that closed."""
    with depot.read() as tx:
        traveller = receiving_rows.traveller_of_case(tx, case_id)
    assert traveller is not None
    filing = travellers.Filing((traveller.id,), "A-1", own(), own("inspector"))
    return travellers.archive(as_person(depot, "inspector"), filing).closed


def a_scrapped_unit(depot: Depot, product: Product, serial: str = "H204817736", **values: object) -> ReceivedUnit:
    """A unit in zone 4."""
    got = a_ber_unit(depot, product, serial, **values)
    approve_scrap(depot, got.case_id)
    scrap.carry_out(as_person(depot, "clerk"), scrap.Scrapping(got.case_id))
    return got
