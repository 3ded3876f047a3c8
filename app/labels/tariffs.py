"""Words of the tariff."""

from __future__ import annotations

from app.domain.tariffs import RateClass, TariffKind
from app.i18n import N_

LABELS = {
    TariffKind: {
        TariffKind.LABOUR: N_("Labour per hour"),
        TariffKind.PARTS_SURCHARGE: N_("Surcharge on parts"),
        TariffKind.OLD_FOR_NEW: N_("Old-for-new credit"),
        TariffKind.TRAVEL: N_("Travel per km"),
        TariffKind.LODGING: N_("Lodging per night"),
        TariffKind.MEALS: N_("Meals per day"),
        TariffKind.ALLOWANCE: N_("Allowance per person and day"),
        TariffKind.INSPECTION: N_("Inspection fee"),
    },
    RateClass: {
        RateClass.GENERAL: N_("all alike"),
        RateClass.STANDARD: N_("bench work"),
        RateClass.SPECIALIST: N_("specialist"),
        RateClass.LOCAL: N_("in town"),
        RateClass.PROVINCE: N_("in the province"),
        RateClass.FAR: N_("beyond the province"),
    },
}

#: What each kind means, for the editor.
MEANINGS: dict[TariffKind, str] = {
    TariffKind.LABOUR: N_("What an hour of work costs the customer; minutes are charged exactly."),
    TariffKind.PARTS_SURCHARGE: N_(
        "What is added to the price of parts: this share or more, and never less than the amount."),
    TariffKind.OLD_FOR_NEW: N_("What is credited when the old part is handed in, as a share of the new one's price."),
    TariffKind.TRAVEL: N_("What a kilometre of travel to the customer costs."),
    TariffKind.LODGING: N_("What a night on site costs."),
    TariffKind.MEALS: N_("What a day's meals on site cost."),
    TariffKind.ALLOWANCE: N_("What a day on site costs for each person."),
    TariffKind.INSPECTION: N_("What is charged for looking at a unit, whatever comes of it."),
}
