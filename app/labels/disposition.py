"""Words for rulings and what follows from them."""

from __future__ import annotations

from enum import Enum

from app.domain.disposition import Channel, Ended, Wish
from app.domain.rulings import Consent, Outcome
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Outcome: {
        Outcome.KEEP: N_("keep the unit"),
        Outcome.EXCHANGE: N_("exchange"),
        Outcome.BOTH_TO_CUSTOMER: N_("exchange and give both units, for a fee"),
        Outcome.RETURN_AS_IS: N_("return as is"),
        Outcome.EXPLAIN: N_("explain and record the talk"),
        Outcome.QUOTE: N_("quote"),
        Outcome.REPAIR: N_("back to repair"),
        Outcome.SCRAP: N_("scrap"),
        Outcome.TO_RND: N_("to R&D for technical determination"),
        Outcome.LAB_AFTER_SCRAP: N_("to R&D for analysis after scrapping"),
        Outcome.TO_CUSTOMER: N_("back to the customer"),
        Outcome.TO_SPARE: N_("put away as repaired spare"),
        Outcome.SETTLE_WARRANTY: N_("settle the warranty first"),
    },
    Consent: {
        Consent.NOT_ASKED: N_("not asked"),
        Consent.ACCEPTED: N_("agreed"),
        Consent.DECLINED: N_("declined"),
    },
    Channel: {
        Channel.PHONE: N_("by phone"),
        Channel.IN_PERSON: N_("in person"),
        Channel.MESSAGE: N_("by message or e-mail"),
        Channel.LETTER: N_("by letter"),
    },
    Wish: {
        Wish.NONE: N_("no special wish"),
        Wish.SCRAP: N_("scrap it for us"),
        Wish.BOTH: N_("both units back, for the fee"),
    },
    Ended: {
        Ended.UNDONE: N_("taken back"),
        Ended.RULED_ANEW: N_("ruled anew"),
        Ended.DONE: N_("carried out"),
    },
}
