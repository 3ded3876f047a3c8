"""Places: where a unit or a traveller is, and who answers for it there (art. 12.2; spec 1 §2).

A place is not a status. The four zones are the marked areas, each with its own ledger.
"""

from __future__ import annotations

from enum import StrEnum

from app.domain.stages import Stage


class Place(StrEnum):
    """Where a unit can be."""

    FIELD = "FIELD"
    INBOUND = "INBOUND"
    ZONE_PENDING = "ZONE_PENDING"
    REPAIR = "REPAIR"
    QA = "QA"
    COUNTER = "COUNTER"
    ZONE_REPAIRED = "ZONE_REPAIRED"
    ZONE_SPARE = "ZONE_SPARE"
    ZONE_SCRAP = "ZONE_SCRAP"
    OUTBOUND = "OUTBOUND"
    CUSTOMER = "CUSTOMER"
    STORES = "STORES"
    LAB = "LAB"
    DISPOSED = "DISPOSED"


class Custodian(StrEnum):
    """Who answers for what stands at a place."""

    OUTSIDE = "OUTSIDE"          # customer or company field person
    CARRIER = "CARRIER"
    AFTER_SALES = "AFTER_SALES"
    REPAIR = "REPAIR"
    QA = "QA"
    STORES = "STORES"
    RND = "RND"
    NOBODY = "NOBODY"


ZONES: tuple[Place, ...] = (Place.ZONE_PENDING, Place.ZONE_REPAIRED, Place.ZONE_SPARE, Place.ZONE_SCRAP)

CUSTODIAN: dict[Place, Custodian] = {
    Place.FIELD: Custodian.OUTSIDE,
    Place.INBOUND: Custodian.CARRIER,
    Place.ZONE_PENDING: Custodian.AFTER_SALES,
    Place.REPAIR: Custodian.REPAIR,
    Place.QA: Custodian.QA,
    Place.COUNTER: Custodian.AFTER_SALES,
    Place.ZONE_REPAIRED: Custodian.AFTER_SALES,
    Place.ZONE_SPARE: Custodian.AFTER_SALES,
    Place.ZONE_SCRAP: Custodian.AFTER_SALES,
    Place.OUTBOUND: Custodian.CARRIER,
    Place.CUSTOMER: Custodian.OUTSIDE,
    Place.STORES: Custodian.STORES,
    Place.LAB: Custodian.RND,
    Place.DISPOSED: Custodian.NOBODY,
}

#: No mixing (art. 12.3): the case stages whose units may stand in each zone.
BELONGS: dict[Place, frozenset[Stage]] = {
    Place.ZONE_PENDING: frozenset({Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED}),
    Place.ZONE_REPAIRED: frozenset({Stage.READY_TO_RETURN}),
    Place.ZONE_SPARE: frozenset({Stage.SPARE, Stage.CLOSED}),
    Place.ZONE_SCRAP: frozenset({Stage.SCRAPPED, Stage.CLOSED}),
}


def changes_custodian(origin: Place, target: Place) -> bool:
    """Whether a move needs an accepted handover line (spec 1 §2, invariant 3)."""
    return CUSTODIAN[origin] is not CUSTODIAN[target]


def belongs(stage: Stage, place: Place) -> bool:
    """Whether a unit whose case is at ``stage`` may stand at ``place``; outside the zones there is no such rule."""
    return place not in BELONGS or stage in BELONGS[place]
