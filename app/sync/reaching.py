"""A night begins with the way to the centre; one that finds none is a try as well, and is on record (spec 4)."""

from __future__ import annotations

from dataclasses import asdict

from app.depot import Depot
from app.domain.sync.outcomes import Ended
from app.errors import Refused
from app.persistence import sync as rows
from app.sync import credentials
from app.sync.night import Tally
from app.sync.server import Centre


def reach(depot: Depot, asked_by: str) -> Centre:
    """The way to the depot's centre.

    A refusal (``credentials.centre_of``) is on record as a night, so that the next try waits as after any other. A
    depot that has no centre yet (``sync.no-centre``) did not try.
    """
    try:
        return credentials.centre_of(depot)
    except Refused as refusal:
        if refusal.code != "sync.no-centre":
            with depot.write() as tx:
                rows.tried(tx, asked_by, Ended.REFUSED.value, {
                    **asdict(Tally()), "code": refusal.code,
                    "told": {name: str(value) for name, value in refusal.facts.items()},
                })
        raise
