"""Words of complaints and suggestions."""

from __future__ import annotations

from enum import Enum

from app.domain.complaints import Channel, ComplaintKind, ComplaintState, ComplaintStep, Route, Topic
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    ComplaintKind: {
        ComplaintKind.COMPLAINT: N_("Complaint"),
        ComplaintKind.SUGGESTION: N_("Suggestion"),
    },
    Topic: {
        Topic.QUALITY: N_("Product quality"),
        Topic.DELIVERY: N_("Packing and transport"),
        Topic.SERVICE: N_("Our people and service"),
        Topic.OTHER: N_("Something else"),
    },
    Route: {
        Route.RND_PRODUCTION: N_("R&D or production"),
        Route.STORES: N_("Stores and shipping"),
        Route.AFTER_SALES: N_("After-sales"),
    },
    Channel: {
        Channel.PHONE: N_("by telephone"),
        Channel.LETTER: N_("letter or e-mail"),
        Channel.VISIT: N_("in person"),
        Channel.FOLLOW_UP: N_("in a follow-up"),
        Channel.FEEDBACK: N_("on a feedback slip"),
    },
    ComplaintState: {
        ComplaintState.OPEN: N_("open complaint"),
        ComplaintState.CLOSED: N_("settled"),
        ComplaintState.VOID: N_("Void"),
    },
    ComplaintStep: {
        ComplaintStep.ASSIGN: N_("pass it to the department"),
        ComplaintStep.ANSWER: N_("answer the complaint"),
        ComplaintStep.TELL: N_("tell the customer the result"),
        ComplaintStep.CLOSE: N_("close the complaint"),
        ComplaintStep.NOTHING: N_("nothing more to do"),
    },
}
