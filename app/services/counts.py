"""The live counts of the navigation."""

from __future__ import annotations

from collections.abc import Mapping

from app.depot import Depot
from app.domain import chase as chase_rules
from app.domain.clocks import Colour
from app.domain.stages import Stage
from app.domain.today import IN_HOUSE, Waiting
from app.persistence import approvals as approval_rows
from app.persistence import complaints as complaint_rows
from app.persistence import determination as determination_rows
from app.persistence import disposition as disposition_rows
from app.persistence import emergency as emergency_rows
from app.persistence import followups as followup_rows
from app.persistence import loaners as loaner_rows
from app.persistence import loans as loan_rows
from app.persistence import quotation as quotation_rows
from app.persistence import requests as request_rows
from app.persistence import spares as spare_rows
from app.persistence import sync as sync_rows
from app.persistence import today as rows
from app.persistence import transfers as transfer_rows
from app.persistence.transaction import Tx
from app.services import adoption, chase, chase_sources, signed_papers
from app.services.today import due_soon_day

#: Which stages wait on which page (``ui.pages``: ``counted``).
_STAGES: dict[str, tuple[Stage, ...]] = {
    "receiving": (Stage.REPORTED,),
    "plan": (Stage.RECEIVED,),
    "bench": (Stage.IN_REPAIR,),
    "qa": (Stage.IN_QA,),
    "return": (Stage.PASSED, Stage.READY_TO_RETURN),
}


def live(depot: Depot) -> Mapping[str, Waiting]:
    """What waits on each page, by the page's count name; pages where nothing waits are left out."""
    with depot.read() as tx:
        by_stage = rows.waiting_by_stage(tx, depot.local_day(tx.at), due_soon_day(depot, tx))
        found = {name: _sum(by_stage, stages) for name, stages in _STAGES.items()}
        found["handover"] = Waiting(rows.open_offers(tx) + by_stage.get(Stage.RELEASED, Waiting(0)).number)
        found["dispositions"] = Waiting(
            disposition_rows.count_unruled(tx) + approval_rows.count_waiting(tx)
            + determination_rows.count_to_determine(tx)
        )
        found["quotations"] = _quotations(depot, tx)
        found["spares"] = _spares(depot, tx)
        found["requests"], found["chase"] = _clocks(depot, tx, _sum(by_stage, IN_HOUSE))
        found["care"] = _care(depot, tx)
        late = loan_rows.overdue(tx, depot.local_day(tx.at))
        found["parts"] = Waiting(late, late)
        found["feedback"] = signed_papers.counts(depot, tx)
        found["sync"] = Waiting(sum(sync_rows.counts(tx)))
        found["network"] = Waiting(adoption.count(tx))
        found["transfers"] = Waiting(transfer_rows.coming_number(tx))
        found["travellers"] = Waiting(rows.travellers_to_archive(tx))
    return {name: waiting for name, waiting in found.items() if waiting.number}


def _clocks(depot: Depot, tx: Tx, cases: Waiting) -> tuple[Waiting, Waiting]:
    """Open requests with those of which a clock is late, and every clock that is late or due soon.

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
        Waiting(overdue + soon, overdue, soon),
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


def _sum(by_stage: Mapping[Stage, Waiting], stages: tuple[Stage, ...]) -> Waiting:
    some = [by_stage[stage] for stage in stages if stage in by_stage]
    return Waiting(sum(w.number for w in some), sum(w.overdue for w in some), sum(w.due_soon for w in some))
