"""Words for the stages of a return case and for the steps between them."""

from __future__ import annotations

from enum import Enum

from app.domain.stages import Stage, Step
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Stage: {
        Stage.REPORTED: N_("Reported"),
        Stage.RECEIVED: N_("Received"),
        Stage.PLANNED: N_("Planned"),
        Stage.RELEASED: N_("Released"),
        Stage.IN_REPAIR: N_("In repair"),
        Stage.AWAITING_CUSTOMER: N_("Awaiting customer"),
        Stage.IN_QA: N_("In QA"),
        Stage.PASSED: N_("Passed"),
        Stage.READY_TO_RETURN: N_("Ready to return"),
        Stage.RETURNED: N_("Returned"),
        Stage.SPARE: N_("Spare"),
        Stage.RESTOCKED: N_("Restocked"),
        Stage.REFERRED: N_("Awaiting ruling"),
        Stage.SCRAPPED: N_("Scrapped"),
        Stage.TO_RND: N_("With R&D"),
        Stage.CLOSED: N_("Closed"),
        Stage.VOID: N_("Void"),
    },
    Step: {
        Step.RECEIVE: N_("Receive"),
        Step.UNRECEIVE: N_("Undo the receipt"),
        Step.PLAN: N_("Plan"),
        Step.UNPLAN: N_("Take off the plan"),
        Step.ISSUE: N_("Issue the plan"),
        Step.DISPATCH: N_("Hand over to repair"),
        Step.FOUND_AT_REPAIR: N_("Book as found at repair"),
        Step.QUOTE: N_("Quote"),
        Step.CONSENT: N_("Customer agrees"),
        Step.DECLINE: N_("Customer declines"),
        Step.TO_QA: N_("Hand over to QA"),
        Step.FAIL: N_("Fail"),
        Step.PASS: N_("Pass and mark"),
        Step.REFER: N_("Refer for a ruling"),
        Step.PUT_AWAY_RETURN: N_("Put away for return"),
        Step.PUT_AWAY_SPARE: N_("Put away as spare"),
        Step.RETURN: N_("Return to the customer"),
        Step.RESTOCK: N_("Restock"),
        Step.RULE_AS_IS: N_("Rule: return as is"),
        Step.RULE_SCRAP: N_("Rule: scrap"),
        Step.RULE_RND: N_("Rule: to R&D"),
        Step.RND_TO_REPAIR: N_("R&D: back to repair"),
        Step.RND_TO_SCRAP: N_("R&D: scrap"),
        Step.RULE_REPAIR: N_("Rule: repair"),
        Step.TRANSFER: N_("Hand on to another depot"),
        Step.CLOSE: N_("Close the case"),
        Step.VOID: N_("Void the receipt"),
    },
}
