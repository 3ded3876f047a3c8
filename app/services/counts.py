"""The live counts of the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from app.depot import Depot
from app.domain import chase as chase_rules
from app.domain.clocks import Colour
from app.domain.handover import ROUTES
from app.domain.places import Place
from app.domain.stages import Stage
from app.domain.today import IN_HOUSE, Waiting
from app.persistence import approvals as approval_rows
from app.persistence import complaints as complaint_rows
from app.persistence import determination as determination_rows
from app.persistence import disposition as disposition_rows
from app.persistence import emergency as emergency_rows
from app.persistence import followups as followup_rows
from app.persistence import handover_lists as handover_rows
from app.persistence import loaners as loaner_rows
from app.persistence import loans as loan_rows
from app.persistence import quotation as quotation_rows
from app.persistence import requests as request_rows
from app.persistence import returning as returning_rows
from app.persistence import spares as spare_rows
from app.persistence import stock as stock_rows
from app.persistence import sync as sync_rows
from app.persistence import today as rows
from app.persistence import transfers as transfer_rows
from app.persistence.transaction import Tx
from app.services import adoption, chase, chase_sources, signed_papers
from app.services.today import due_soon_day

#: Which cases stand in the lists of which page (``ui.pages``: ``counted``): stages, and places where these matter.
_LISTS: dict[str, tuple[tuple[tuple[Stage, ...], tuple[Place, ...]], ...]] = {
    "receiving": (((Stage.REPORTED,), tuple(Place)),),
    "plan": (((Stage.RECEIVED,), tuple(Place)),),
    "bench": (((Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.REFERRED), (Place.REPAIR,)),),
    "qa": (((Stage.IN_QA, Stage.PASSED), (Place.QA,)),),
    "return": (
        ((Stage.PASSED,), (Place.COUNTER,)),
        ((Stage.READY_TO_RETURN,), (Place.ZONE_REPAIRED, Place.OUTBOUND)),
    ),
}


def live(depot: Depot) -> Mapping[str, Waiting]:
    """What waits on each page, by the page's count name: as many as its lists of work have lines. Pages where nothing
    waits are left out.
    """
    with depot.read() as tx:
        today, soon = depot.local_day(tx.at), due_soon_day(depot, tx)
        cases = rows.waiting_by_place(tx, today, soon)
        found = {
            name: _sum(cases[at] for stages, places in lists for at in product(stages, places) if at in cases)
            for name, lists in _LISTS.items()
        }
        found["return"] = _sum((found["return"], returning_rows.count_exchanged(tx, today, soon)))
        found["handover"] = Waiting(handover_rows.count_open_offers(tx) + sum(
            handover_rows.count_ready(tx, route, unoffered=True) for route in ROUTES.values()
            if (route.stage, route.from_place) in cases))
        found["dispositions"] = Waiting(
            disposition_rows.count_unruled(tx) + approval_rows.count_waiting(tx)
            + determination_rows.count_to_determine(tx)
        )
        found["quotations"] = _quotations(depot, tx)
        found["spares"] = _spares(depot, tx)
        found["requests"], found["chase"] = _clocks(
            depot, tx, _sum(waiting for (stage, _place), waiting in cases.items() if stage in IN_HOUSE))
        found["care"] = _care(depot, tx)
        late = loan_rows.overdue(tx, today)
        found["parts"] = Waiting(late + stock_rows.count_to_order(tx), late)
        found["feedback"] = signed_papers.counts(depot, tx)
        found["sync"] = Waiting(sum(sync_rows.counts(tx)))
        found["network"] = Waiting(adoption.count(tx))
        found["transfers"] = Waiting(transfer_rows.coming_number(tx))
        found["travellers"] = Waiting(rows.travellers_to_archive(tx))
    return {name: waiting for name, waiting in found.items() if waiting.number}


def _clocks(depot: Depot, tx: Tx, cases: Waiting) -> tuple[Waiting, Waiting]:
    """Open requests with those of which a clock is late, and the clocks that are late – while none is, those due soon.

    ``cases``: those in the house, counted already."""
    reading = chase.reading_of(depot, tx, everything=False)
    running = tuple(chase.running_clocks(tx, reading, chase_sources.BESIDE_CASES))
    colours: dict[str, Colour] = {}
    for row in running:
        if row.subject.kind == "request":
            colours[row.subject.id] = max(
                colours.get(row.subject.id, Colour.CALM), row.state.colour, key=list(Colour).index)
    late, beside = list(colours.values()), chase_rules.tally(running)
    overdue, soon = beside.overdue + cases.overdue, beside.due_soon + cases.due_soon
    return (
        Waiting(request_rows.open_number(tx), late.count(Colour.OVERDUE), late.count(Colour.DUE_SOON)),
        Waiting(overdue or soon, overdue, 0 if overdue else soon),
    )


def _care(depot: Depot, tx: Tx) -> Waiting:
    """Calls due, with those that should have been made before, and open complaints."""
    due, late = followup_rows.counts(tx, depot.local_day(tx.at))
    return Waiting(due + complaint_rows.open_number(tx), late)


def _quotations(depot: Depot, tx: Tx) -> Waiting:
    """Cases that need a price; quotations that ended unanswered count as late, those that soon do as due soon."""
    today = depot.local_day(tx.at)
    need, _wait, late = quotation_rows.counts(tx, today)
    soon = len(quotation_rows.expiring(tx, due_soon_day(depot, tx))) - late
    return Waiting(need + late + soon, late, soon)


def _spares(depot: Depot, tx: Tx) -> Waiting:
    """What is awaited on the spares page: units owed, loaners out, builds."""
    today, soon = depot.local_day(tx.at), due_soon_day(depot, tx)
    counts = (
        spare_rows.owed_counts(tx, today, soon), loaner_rows.due_counts(tx, today, soon),
        emergency_rows.open_counts(tx, today, soon),
    )
    return Waiting(*(sum(kind) for kind in zip(*counts, strict=True)))


def _sum(parts: Iterable[Waiting]) -> Waiting:
    some = tuple(parts)
    return Waiting(sum(w.number for w in some), sum(w.overdue for w in some), sum(w.due_soon for w in some))
