"""Words of the chase list."""

from __future__ import annotations

from enum import Enum

from app.domain.chase import Grouping, NextAct, Reach
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Reach: {
        Reach.LATE_OR_SOON: N_("Late and due soon"),
        Reach.OVERDUE: N_("Overdue"),
        Reach.PAUSED: N_("Paused"),
        Reach.RUNNING: N_("All"),
    },
    Grouping: {
        Grouping.DUE: N_("By due day"),
        Grouping.CLOCK: N_("By clock"),
        Grouping.CUSTOMER: N_("By customer"),
        Grouping.ROLE: N_("By who acts"),
    },
    NextAct: {
        NextAct.HAND_IN: N_("hand the unit in"),
        NextAct.PLAN: N_("put it on a repair plan"),
        NextAct.ISSUE: N_("countersign and issue the plan"),
        NextAct.DISPATCH: N_("hand it over to repair"),
        NextAct.REPAIR: N_("diagnose and repair"),
        NextAct.GET_CONSENT: N_("get the customer's answer"),
        NextAct.INSPECT: N_("inspect"),
        NextAct.PUT_AWAY: N_("put it away"),
        NextAct.RETURN: N_("pack and return"),
        NextAct.DELIVER: N_("prove the delivery"),
        NextAct.RULE: N_("confirm the ruling"),
        NextAct.DETERMINE: N_("make the technical determination"),
        NextAct.PASS_ON: N_("pass the message on"),
        NextAct.ANSWER: N_("answer the enquiry"),
        NextAct.PLAN_SOLUTION: N_("give a solution plan"),
        NextAct.FETCH_OWED: N_("get the owed unit back"),
        NextAct.FETCH_LOANER: N_("get the loaner back"),
        NextAct.CLEAR_LOAN: N_("bring the borrowed parts back"),
        NextAct.FETCH_ANSWER: N_("ask for the answer to the quotation"),
        NextAct.FETCH_PAPER: N_("get the signed paper back"),
        NextAct.BUILD: N_("finish the emergency build"),
        NextAct.ASSIGN_COMPLAINT: N_("pass it to the department"),
        NextAct.ANSWER_COMPLAINT: N_("answer the complaint"),
        NextAct.TELL_RESULT: N_("tell the customer the result"),
        NextAct.CALL_BACK: N_("make the follow-up call"),
        NextAct.ANSWER_ALARM: N_("answer the quality alarm"),
        NextAct.TRACE_TRANSFER: N_("ask the other depot for the unit"),
    },
}
