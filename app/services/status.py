"""The state of the depot in figures, for the headless command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.depot import Depot
from app.domain.places import ZONES, Place
from app.domain.stages import Stage
from app.persistence import node
from app.persistence import status as rows
from app.persistence.migrate import HEAD


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of now. ``seq``: how many stamped writes this database has seen."""

    depot_id: str
    name: str
    at: datetime
    schema: str
    seq: int
    places: Mapping[Place, int]
    stages: Mapping[Stage, int]
    overdue: int
    travellers_outstanding: int

    def as_plain(self) -> dict[str, Any]:
        """Plain values for JSON; the zones are named apart."""
        return {
            "depot": self.depot_id,
            "name": self.name,
            "at": self.at.isoformat(),
            "schema": self.schema,
            "seq": self.seq,
            "places": {place.value: count for place, count in self.places.items()},
            "zones": {zone.value: self.places.get(zone, 0) for zone in ZONES},
            "stages": {stage.value: count for stage, count in self.stages.items()},
            "overdue": self.overdue,
            "travellers_outstanding": self.travellers_outstanding,
        }


def of(depot: Depot) -> Status:
    """Count everything in one snapshot."""
    with depot.read() as tx:
        return Status(
            depot.depot_id, depot.identity.name, tx.at.astimezone(depot.zone), HEAD, node.stamp(tx.connection),
            rows.units_by_place(tx), rows.cases_by_stage(tx), rows.overdue(tx, depot.local_day(tx.at)),
            rows.travellers_outstanding(tx),
        )


def stamp(depot: Depot) -> int:
    """The newest stamp of the database: it moves with every change, whoever made it."""
    with depot.read() as tx:
        return node.stamp(tx.connection)
