"""Words for cause classes, responsibility, results and resolutions."""

from __future__ import annotations

from enum import Enum

from app.domain.codes import Blame, CauseClass, RepairResult, Resolution, Responsibility
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    CauseClass: {
        CauseClass.COMPONENT_QUALITY: N_("component quality"),
        CauseClass.DESIGN_PROCESS: N_("design or process"),
        CauseClass.PRODUCTION_CONTROL: N_("production control"),
        CauseClass.USER: N_("user-caused"),
        CauseClass.TRANSPORT: N_("transport"),
        CauseClass.ENVIRONMENT: N_("environment"),
        CauseClass.NFF: N_("no fault found"),
        CauseClass.UNDETERMINED: N_("undetermined"),
    },
    Responsibility: {
        Responsibility.MAKER: N_("the maker"),
        Responsibility.USER: N_("the user"),
        Responsibility.CARRIER: N_("the carrier"),
        Responsibility.NOBODY: N_("nobody"),
        Responsibility.UNKNOWN: N_("not known yet"),
    },
    RepairResult: {
        RepairResult.REPAIRED: N_("repaired"),
        RepairResult.NFF: N_("no fault found (NFF)"),
        RepairResult.IRREPARABLE: N_("irreparable"),
        RepairResult.BER: N_("not worth repairing (BER)"),
        RepairResult.FAULT_REMAINS: N_("fault not removed"),
        RepairResult.DECLINED: N_("repair declined by the customer"),
    },
    Resolution: {
        Resolution.PART_REPLACED: N_("part replaced"),
        Resolution.REWORKED: N_("reworked"),
        Resolution.ADJUSTED: N_("adjusted"),
        Resolution.SOFTWARE: N_("software"),
        Resolution.CLEANED: N_("cleaned"),
        Resolution.TESTED_ONLY: N_("tested only"),
        Resolution.NOTHING_DONE: N_("nothing done"),
    },
    Blame: {
        Blame.OURS: N_("ours"),
        Blame.USER: N_("the user's"),
        Blame.OUTSIDE: N_("outside causes"),
        Blame.OPEN: N_("not settled"),
    },
}
