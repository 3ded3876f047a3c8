"""Words of scrap, determinations and exchanges."""

from app.domain.determination import Conclusion, Told
from app.domain.exchange import ExchangeSource
from app.domain.scrap import ScrapDestination, ScrapWay
from app.i18n import N_

LABELS = {
    ScrapDestination: {
        ScrapDestination.DISPOSED: N_("Disposal"),
        ScrapDestination.LAB: N_("To R&D as a sample"),
    },
    ScrapWay: {
        ScrapWay.DISMANTLED: N_("Dismantled"),
        ScrapWay.RECYCLER: N_("To a recycler"),
        ScrapWay.DESTROYED: N_("Destroyed"),
    },
    Conclusion: {
        Conclusion.FAULT: N_("A fault was found"),
        Conclusion.NONE: N_("No fault found by R&D"),
    },
    Told: {
        Told.PHONE: N_("On the phone"),
        Told.IN_PERSON: N_("In person"),
        Told.WRITTEN: N_("In writing"),
    },
    ExchangeSource: {
        ExchangeSource.SPARE: N_("Repaired spare"),
        ExchangeSource.STORES: N_("New unit from stores"),
    },
}
