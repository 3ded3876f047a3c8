"""Words for what only paper asks: which copy, how satisfied, how to sign."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from app.domain.slips import Aspect, Copy, FormId, Grade, SigningRule
from app.i18n import N_

LABELS: Mapping[type[Enum], Mapping[Enum, str]] = {
    Copy: {
        Copy.ORIGINAL: N_("Original"),
        Copy.CUSTOMER: N_("Customer copy"),
        Copy.FILE: N_("File copy"),
        Copy.FINANCE: N_("Finance copy"),
        Copy.GIVER: N_("Giver's copy"),
        Copy.RECEIVER: N_("Receiver's copy"),
    },
    Aspect: {
        Aspect.RESPONSE: N_("How quickly we responded"),
        Aspect.ATTITUDE: N_("How you were treated"),
        Aspect.QUALITY: N_("Quality of the repair"),
        Aspect.TIME: N_("Time the repair took"),
        Aspect.OVERALL: N_("Overall"),
    },
    Grade: {
        Grade.VERY_SATISFIED: N_("Very satisfied"),
        Grade.SATISFIED: N_("Satisfied"),
        Grade.FAIR: N_("Fair"),
        Grade.DISSATISFIED: N_("Dissatisfied"),
        Grade.VERY_DISSATISFIED: N_("Very dissatisfied"),
    },
    SigningRule: {
        SigningRule.SIGN: N_("Signature"),
        SigningRule.STAMP: N_("Stamp"),
        SigningRule.SIGN_OR_STAMP: N_("Signature or stamp"),
        SigningRule.SIGN_AND_STAMP: N_("Signature and stamp"),
    },
    FormId: {
        FormId.TRAVELLER: N_("Field quality problem traveller"),
        FormId.RECEIVING_RECEIPT: N_("Receiving receipt"),
        FormId.RETURN_REGISTER: N_("Return register"),
        FormId.REPAIR_PLAN: N_("Repair plan"),
        FormId.HANDOVER_SLIP: N_("Handover slip"),
        FormId.TRANSFER_SLIP: N_("Transfer slip"),
        FormId.UNIT_LABEL: N_("Unit label"),
        FormId.QA_MARK: N_("QA mark"),
        FormId.REPAIR_SLIP: N_("Repair slip"),
        FormId.FEEDBACK_SLIP: N_("Feedback slip"),
        FormId.PACKING_SLIP: N_("Packing slip"),
        FormId.EXCHANGE_SLIP: N_("Exchange slip"),
        FormId.SCRAP_FORM: N_("Scrap form"),
        FormId.DETERMINATION: N_("Technical determination"),
        FormId.QUALITY_ALARM: N_("Quality alarm"),
        FormId.RETURN_NOTICE: N_("Return-unrepaired notice"),
        FormId.LOAN_SLIP: N_("Loan slip"),
        FormId.LOAN_LIST: N_("Weekly loan list"),
        FormId.QUOTATION: N_("Quotation"),
        FormId.SPARE_USE: N_("Spare use record"),
        FormId.EMERGENCY_REQUEST: N_("Emergency production request"),
        FormId.RESTOCK_SLIP: N_("Restock slip"),
        FormId.LOANER_AGREEMENT: N_("Loaner agreement"),
        FormId.ZONE_LEDGER: N_("Zone ledger"),
        FormId.CHASE_LIST: N_("Overdue list"),
        FormId.UNIT_FILE: N_("Unit file"),
        FormId.CUSTOMER_FILE: N_("Customer file"),
        FormId.STOCKTAKE_SHEET: N_("Stock-take sheet"),
        FormId.PART_COUNT_SHEET: N_("Parts count sheet"),
        FormId.TEST_SUMMARY: N_("Functional-test summary"),
        FormId.QUALITY_REPORT: N_("Quality analysis report"),
        FormId.CORRECTION_SHEET: N_("Correction sheet"),
        FormId.SERVICE_SUMMARY: N_("After-sales summary"),
        FormId.COMMAND_CARD: N_("Command card"),
        FormId.LABEL_CALIBRATION: N_("Label calibration"),
    },
}
