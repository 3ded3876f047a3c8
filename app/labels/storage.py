"""Words for places and for who answers there."""

from __future__ import annotations

from enum import Enum

from app.domain.places import Custodian, Place
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Place: {
        Place.FIELD: N_("In the field"),
        Place.INBOUND: N_("On the way in"),
        Place.ZONE_PENDING: N_("Awaiting repair"),
        Place.REPAIR: N_("Repair department"),
        Place.QA: N_("QA"),
        Place.COUNTER: N_("After-sales counter"),
        Place.ZONE_REPAIRED: N_("Repaired, awaiting return"),
        Place.ZONE_SPARE: N_("Repaired spares"),
        Place.ZONE_SCRAP: N_("Scrap"),
        Place.OUTBOUND: N_("On the way out"),
        Place.CUSTOMER: N_("At the customer's"),
        Place.STORES: N_("Company stores"),
        Place.LAB: N_("R&D laboratory"),
        Place.DISPOSED: N_("Disposed of"),
    },
    Custodian: {
        Custodian.OUTSIDE: N_("customer or field staff"),
        Custodian.CARRIER: N_("carrier"),
        Custodian.AFTER_SALES: N_("after-sales"),
        Custodian.REPAIR: N_("repair department"),
        Custodian.QA: N_("QA department"),
        Custodian.STORES: N_("company stores"),
        Custodian.RND: N_("R&D"),
        Custodian.NOBODY: N_("no one"),
    },
}
