"""What the handover page looks at: what can go, what waits for an answer, what was handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.depot import Depot
from app.domain.handover import ROUTES, Candidate, Direction, HandoverCase, HandoverHead, Route, readiness_problem
from app.errors import Refused
from app.persistence import handover_lists as lists


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """One handover as the page shows it."""

    head: HandoverHead
    cases: tuple[HandoverCase, ...]


def ready(
    depot: Depot, direction: Direction, after_row: Candidate | None = None, limit: int = 200
) -> tuple[Candidate, ...]:
    """What could be offered on ``direction`` now, the earliest due first; ``after_row`` pages on."""
    with depot.read() as tx:
        last = None if after_row is None else (after_row.due_on, after_row.case_id)
        return lists.ready(tx, ROUTES[direction], limit=limit, after=last)


def ready_counts(depot: Depot) -> Mapping[Direction, int]:
    """How many units could be offered on each direction."""
    with depot.read() as tx:
        return {direction: lists.count_ready(tx, route) for direction, route in ROUTES.items()}


def scanned(depot: Depot, direction: Direction, code: str) -> Candidate:
    """The case that a scanned serial, case number or traveller number means, if it may go on ``direction``.

    Refused: ``handover.not-found``, the codes of ``domain.handover.readiness_problem``.
    """
    with depot.read() as tx:
        found = lists.by_code(tx, code.strip()) or lists.by_code(tx, code.strip().upper())
        if not found:
            raise Refused("handover.not-found", field="scan", value=code.strip())
        fitting = [candidate for candidate in found if not stopped_by(ROUTES[direction], candidate)]
        if not fitting:
            raise refusal(ROUTES[direction], found[0])
        return fitting[0]


def look(depot: Depot, case_ids: Sequence[str]) -> tuple[Candidate, ...]:
    """The given cases as they are now; unknown ones are left out."""
    with depot.read() as tx:
        return lists.candidates(tx, case_ids)


def for_case(depot: Depot, case_id: str) -> tuple[Direction, Candidate] | None:
    """The direction on which a case can go now, and the case; ``None`` when there is none."""
    with depot.read() as tx:
        for candidate in lists.candidates(tx, [case_id]):
            for direction, route in ROUTES.items():
                if not stopped_by(route, candidate):
                    return direction, candidate
    return None


def objection(direction: Direction, candidate: Candidate) -> Refused | None:
    """Why a case cannot go on ``direction``, or ``None``: the same rule as in :func:`offer`, for the window."""
    route = ROUTES[direction]
    return refusal(route, candidate) if stopped_by(route, candidate) else None


def open_offers(depot: Depot) -> tuple[HandoverHead, ...]:
    """The offers that wait for an answer, the oldest first."""
    with depot.read() as tx:
        return tuple(_local(depot, head) for head in lists.open_offers(tx))


def history(depot: Depot, after_row: HandoverHead | None = None, limit: int = 200) -> tuple[HandoverHead, ...]:
    """Every handover, the newest first; ``after_row`` pages on."""
    with depot.read() as tx:
        last = None if after_row is None else (after_row.at, after_row.id)
        return tuple(_local(depot, head) for head in lists.heads(tx, limit=limit, after=last))


def sheet(depot: Depot, handover_id: str) -> HandoverSheet:
    """One handover with its cases. Refused: ``handover.unknown``."""
    with depot.read() as tx:
        head = lists.head(tx, handover_id)
        if head is None:
            raise Refused("handover.unknown")
        return HandoverSheet(_local(depot, head), lists.cases_of(tx, handover_id))


def sheet_by_number(depot: Depot, number: str) -> HandoverSheet:
    """The handover with the document number ``number``. Refused: ``handover.unknown``."""
    with depot.read() as tx:
        handover_id = lists.id_by_number(tx, number)
    if handover_id is None:
        raise Refused("handover.unknown")
    return sheet(depot, handover_id)


def stopped_by(route: Route, candidate: Candidate) -> str:
    """The code of what stops a case from going on ``route``; empty when nothing does."""
    return readiness_problem(
        route, candidate.stage, candidate.place, candidate.traveller_place, worked=candidate.worked,
        failed=candidate.failed, offered_in=candidate.offered_in,
    )


def refusal(route: Route, candidate: Candidate) -> Refused:
    """The refusal of a case that cannot go on ``route``."""
    return Refused(
        stopped_by(route, candidate), field="lines", serial=candidate.serial, number=candidate.case_number,
        stage=candidate.stage, place=candidate.place, needed_place=route.from_place, needed_stage=route.stage,
        offer=candidate.offered_in, traveller=candidate.traveller_number or "–",
        traveller_place=candidate.traveller_place or "–",
    )


def _local(depot: Depot, head: HandoverHead) -> HandoverHead:
    """The same moments in the depot's own time."""
    ended_at = head.ended_at.astimezone(depot.zone) if head.ended_at else None
    return replace(head, at=head.at.astimezone(depot.zone), ended_at=ended_at)
