"""The call sheet of a follow-up: whom to call, about what, and everything that was before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.depot import Depot
from app.domain.complaints import ComplaintRow
from app.domain.followups import FollowUpRow, PastCall
from app.domain.visits import UnitNews
from app.errors import Refused
from app.persistence import complaints as complaint_rows
from app.persistence import followups as rows
from app.persistence import receiving as receiving_rows
from app.services import followups, visits


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What lies before the caller. ``news``: visits and warranty of the unit; ``earlier``: other calls to the customer;
    ``complaints``: of the customer. Moments are in the depot's time."""

    today: date
    row: FollowUpRow
    calls: tuple[PastCall, ...]
    news: UnitNews | None
    earlier: tuple[FollowUpRow, ...]
    complaints: tuple[ComplaintRow, ...]


def sheet(depot: Depot, follow_up_id: str) -> CallSheet:
    """The sheet of one follow-up. Refused: ``followups.unknown``."""
    with depot.read() as tx:
        row = rows.row(tx, follow_up_id)
        if row is None:
            raise Refused("followups.unknown")
        about = row.follow_up
        unit = receiving_rows.unit(tx, about.unit_id) if about.unit_id else None
        today = depot.local_day(tx.at)
        calls = tuple(replace(call, at=call.at.astimezone(depot.zone)) for call in rows.calls(tx, follow_up_id))
        earlier = tuple(
            followups.local(depot, other) for other in rows.of_customer(tx, about.customer_id)
            if other.follow_up.done_at is not None and other.follow_up.id != follow_up_id)
        complaints = complaint_rows.of_customer(tx, about.customer_id)
    news = visits.look(depot, unit.serial, unit.product_id).units if unit else ()
    return CallSheet(
        today, followups.local(depot, row), calls, news[0] if news else None, earlier, complaints)
