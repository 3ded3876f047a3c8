"""Words of service requests and work on site."""

from __future__ import annotations

from enum import Enum

from app.domain.requests import RequestState, RequestStep, Route
from app.domain.site_visits import SiteResult
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    RequestState: {
        RequestState.OPEN: N_("Open"),
        RequestState.CLOSED: N_("Closed"),
        RequestState.VOID: N_("Void"),
    },
    Route: {
        Route.PHONE: N_("By phone"),
        Route.ON_SITE: N_("On site"),
        Route.RETURN: N_("Return to the factory"),
        Route.SPARE_SWAP: N_("Spare swap"),
    },
    RequestStep: {
        RequestStep.PASS_ON: N_("pass it on"),
        RequestStep.ANSWER: N_("answer the customer"),
        RequestStep.PLAN: N_("give a solution plan"),
        RequestStep.CHOOSE_ROUTE: N_("choose how it is solved"),
        RequestStep.SEND_SOMEBODY: N_("send a technician"),
        RequestStep.GET_CONSENT: N_("get the customer's consent"),
        RequestStep.FINISH_TRIP: N_("report on the trip"),
        RequestStep.AWAIT_UNIT: N_("wait for the unit"),
        RequestStep.SWAP: N_("swap the spare at the site"),
        RequestStep.CLOSE: N_("close the request"),
        RequestStep.NOTHING: N_("nothing more to do"),
    },
    SiteResult: {
        SiteResult.SOLVED: N_("solved"),
        SiteResult.NOT_SOLVED: N_("not solved"),
        SiteResult.UNIT_COMES_BACK: N_("the unit comes back"),
    },
}
