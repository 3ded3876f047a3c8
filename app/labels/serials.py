"""Words for serial rules and document types."""

from __future__ import annotations

from enum import Enum

from app.domain.numbering import DocumentType
from app.domain.serials import LetterCase
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    LetterCase: {
        LetterCase.UPPER: N_("capital letters"),
        LetterCase.KEEP: N_("as written"),
    },
    DocumentType: {
        DocumentType.RETURN_CASE: N_("Return case"),
        DocumentType.TRAVELLER: N_("Traveller"),
        DocumentType.REPAIR_PLAN: N_("Repair plan"),
        DocumentType.HANDOVER: N_("Handover slip"),
        DocumentType.QA_MARK: N_("QA mark"),
        DocumentType.REPAIR_SLIP: N_("Repair slip"),
        DocumentType.PACKING_SLIP: N_("Packing slip"),
        DocumentType.RECEIVING_RECEIPT: N_("Receiving receipt"),
        DocumentType.FEEDBACK_SLIP: N_("Feedback slip"),
        DocumentType.STOCK_TAKE: N_("Stock-take sheet"),
        DocumentType.IMPORT_BATCH: N_("Import batch"),
        DocumentType.DEPOT_TAG: N_("Depot tag"),
        DocumentType.DISPOSITION: N_("Disposition"),
        DocumentType.QUOTATION: N_("Quotation"),
        DocumentType.EXCHANGE: N_("Exchange slip"),
        DocumentType.LOAN: N_("Loan slip"),
        DocumentType.SPARE_USE: N_("Spare use record"),
        DocumentType.EMERGENCY_BUILD: N_("Emergency production request"),
        DocumentType.SCRAP_FORM: N_("Scrap form"),
        DocumentType.TECHNICAL_DETERMINATION: N_("Technical determination"),
        DocumentType.RESTOCK: N_("Restock slip"),
        DocumentType.RETURN_NOTICE: N_("Return-unrepaired notice"),
        DocumentType.SERVICE_REQUEST: N_("Service request"),
        DocumentType.QUALITY_ALARM: N_("Quality alarm"),
    },
}
