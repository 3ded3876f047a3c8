"""Every form: its title, the data it is made from, its paper, its copies, and the function that lays it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.slips import (
    AlarmPaper,
    ChaseList,
    CommandCard,
    Copy,
    CorrectionSheet,
    DeterminationPaper,
    EmergencyRequest,
    ExchangeSlip,
    FeedbackSlip,
    FormId,
    HandoverSlip,
    LabelCalibration,
    LoanerAgreement,
    LoanList,
    LoanSlip,
    PackingSlip,
    PartCountSheet,
    QaMarkLabel,
    QualityReport,
    QuotationSlip,
    ReceivingReceipt,
    RepairPlan,
    RepairSlip,
    RestockSlip,
    ReturnNotice,
    ReturnRegister,
    ScrapForm,
    ServiceSummary,
    SpareUseSlip,
    StocktakeSheet,
    TestSummary,
    TransferSlip,
    TravellerSlip,
    UnitLabel,
    ZoneLedger,
)
from app.domain.slips.files import CustomerFilePaper, UnitFilePaper
from app.i18n import N_
from app.printing.forms.chase_list import lay_chase_list
from app.printing.forms.command_card import lay_command_card
from app.printing.forms.determination import lay_determination
from app.printing.forms.emergency_request import lay_emergency_request
from app.printing.forms.exchange_slip import lay_exchange_slip
from app.printing.forms.feedback_slip import lay_feedback_slip
from app.printing.forms.handover_slip import lay_handover_slip, paper_for_handover
from app.printing.forms.label_calibration import lay_label_calibration
from app.printing.forms.loan_slip import lay_loan_list, lay_loan_slip
from app.printing.forms.loaner_agreement import lay_loaner_agreement
from app.printing.forms.packing_slip import lay_packing_slip
from app.printing.forms.part_count_sheet import lay_part_count_sheet
from app.printing.forms.qa_mark import lay_qa_mark
from app.printing.forms.quality_alarm import lay_quality_alarm
from app.printing.forms.quality_report import lay_correction_sheet, lay_quality_report
from app.printing.forms.quotation import lay_quotation
from app.printing.forms.receiving_receipt import lay_receiving_receipt
from app.printing.forms.record_file import lay_record_file
from app.printing.forms.repair_plan import lay_repair_plan
from app.printing.forms.repair_slip import lay_repair_slip
from app.printing.forms.restock_slip import lay_restock_slip
from app.printing.forms.return_notice import lay_return_notice
from app.printing.forms.return_register import lay_return_register
from app.printing.forms.scrap_form import lay_scrap_form
from app.printing.forms.service_summary import lay_service_summary
from app.printing.forms.spare_use import lay_spare_use
from app.printing.forms.stocktake_sheet import lay_stocktake_sheet
from app.printing.forms.test_summary import lay_test_summary
from app.printing.forms.transfer_slip import lay_transfer_slip
from app.printing.forms.traveller import lay_traveller
from app.printing.forms.unit_label import lay_unit_label
from app.printing.forms.zone_ledger import lay_zone_ledger
from app.printing.paper import A4, A4_LANDSCAPE, A5, LABELS, Paper

#: Lays the slip out on a sheet in the given wording. The slip's type is the form's ``slip``.
Lay = Callable[[Any, Any, Any], None]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of spec 2. ``papers`` are the sizes it may have, the usual one first."""

    id: FormId
    title: str
    slip: type
    lay: Lay
    papers: tuple[Paper, ...]
    copies: tuple[Copy, ...] = ()
    choose: Callable[[Any], Paper] | None = None

    def paper_for(self, slip: object) -> Paper:
        """The size this slip is printed on unless the person chose another."""
        return self.choose(slip) if self.choose else self.papers[0]


_LABELS = tuple(LABELS.values())
#: A unit label needs the height for its bars, its QR and its facts.
_UNIT_LABELS = tuple(paper for paper in _LABELS if paper.height >= 40)
_BOTH = (Copy.CUSTOMER, Copy.FILE)

FORMS: Mapping[FormId, Form] = {
    form.id: form
    for form in (
        Form(
            FormId.TRAVELLER, N_("Field quality problem traveller"), TravellerSlip, lay_traveller, (A4,),
            (Copy.ORIGINAL,),
        ),
        Form(
            FormId.RECEIVING_RECEIPT, N_("Receiving receipt"), ReceivingReceipt, lay_receiving_receipt, (A5, A4), _BOTH,
        ),
        Form(FormId.RETURN_REGISTER, N_("Return register"), ReturnRegister, lay_return_register, (A4_LANDSCAPE,)),
        Form(FormId.REPAIR_PLAN, N_("Repair plan"), RepairPlan, lay_repair_plan, (A4,)),
        Form(
            FormId.HANDOVER_SLIP, N_("Handover slip"), HandoverSlip, lay_handover_slip, (A5, A4),
            (Copy.GIVER, Copy.RECEIVER), paper_for_handover,
        ),
        Form(
            FormId.TRANSFER_SLIP, N_("Transfer slip"), TransferSlip, lay_transfer_slip, (A4,),
            (Copy.GIVER, Copy.RECEIVER),
        ),
        Form(FormId.UNIT_LABEL, N_("Unit label"), UnitLabel, lay_unit_label, _UNIT_LABELS),
        Form(FormId.QA_MARK, N_("QA mark"), QaMarkLabel, lay_qa_mark, (LABELS["40x30"], *_LABELS)),
        Form(
            FormId.REPAIR_SLIP, N_("Repair slip"), RepairSlip, lay_repair_slip, (A4,), (*_BOTH, Copy.FINANCE),
        ),
        Form(FormId.FEEDBACK_SLIP, N_("Feedback slip"), FeedbackSlip, lay_feedback_slip, (A4, A5)),
        Form(FormId.PACKING_SLIP, N_("Packing slip"), PackingSlip, lay_packing_slip, (A5, A4), _BOTH),
        Form(FormId.RETURN_NOTICE, N_("Return-unrepaired notice"), ReturnNotice, lay_return_notice, (A4,), _BOTH),
        Form(FormId.EXCHANGE_SLIP, N_("Exchange slip"), ExchangeSlip, lay_exchange_slip, (A4,), _BOTH),
        Form(FormId.SCRAP_FORM, N_("Scrap form"), ScrapForm, lay_scrap_form, (A4,)),
        Form(FormId.QUALITY_ALARM, N_("Quality alarm and feedback"), AlarmPaper, lay_quality_alarm, (A4,)),
        Form(FormId.DETERMINATION, N_("Technical determination"), DeterminationPaper, lay_determination, (A4,)),
        Form(FormId.LOAN_SLIP, N_("Loan slip"), LoanSlip, lay_loan_slip, (A5, A4), (Copy.ORIGINAL, Copy.FILE)),
        Form(FormId.LOAN_LIST, N_("Weekly loan list"), LoanList, lay_loan_list, (A4_LANDSCAPE,)),
        Form(FormId.QUOTATION, N_("Quotation"), QuotationSlip, lay_quotation, (A4,), _BOTH),
        Form(FormId.SPARE_USE, N_("Spare use record"), SpareUseSlip, lay_spare_use, (A4,), _BOTH),
        Form(
            FormId.EMERGENCY_REQUEST, N_("Emergency production request"), EmergencyRequest, lay_emergency_request,
            (A4,),
        ),
        Form(FormId.RESTOCK_SLIP, N_("Restock slip"), RestockSlip, lay_restock_slip, (A5, A4)),
        Form(
            FormId.LOANER_AGREEMENT, N_("Loaner agreement"), LoanerAgreement, lay_loaner_agreement, (A4,), _BOTH,
        ),
        Form(FormId.ZONE_LEDGER, N_("Zone ledger"), ZoneLedger, lay_zone_ledger, (A4_LANDSCAPE,)),
        Form(FormId.STOCKTAKE_SHEET, N_("Stock-take sheet"), StocktakeSheet, lay_stocktake_sheet, (A4_LANDSCAPE,)),
        Form(FormId.PART_COUNT_SHEET, N_("Parts count sheet"), PartCountSheet, lay_part_count_sheet, (A4_LANDSCAPE,)),
        Form(FormId.TEST_SUMMARY, N_("Functional-test summary"), TestSummary, lay_test_summary, (A4,)),
        Form(FormId.QUALITY_REPORT, N_("Quality analysis report"), QualityReport, lay_quality_report, (A4,)),
        Form(FormId.CORRECTION_SHEET, N_("Correction sheet"), CorrectionSheet, lay_correction_sheet, (A4,)),
        Form(FormId.SERVICE_SUMMARY, N_("After-sales summary"), ServiceSummary, lay_service_summary, (A4,)),
        Form(FormId.COMMAND_CARD, N_("Command card"), CommandCard, lay_command_card, (A4,)),
        Form(FormId.CHASE_LIST, N_("Overdue list"), ChaseList, lay_chase_list, (A4_LANDSCAPE,)),
        Form(FormId.UNIT_FILE, N_("Unit file"), UnitFilePaper, lay_record_file, (A4_LANDSCAPE, A4)),
        Form(FormId.CUSTOMER_FILE, N_("Customer file"), CustomerFilePaper, lay_record_file, (A4_LANDSCAPE, A4)),
        Form(FormId.LABEL_CALIBRATION, N_("Label calibration"), LabelCalibration, lay_label_calibration, _LABELS),
    )
}

_BY_SLIP: Mapping[type, Form] = {form.slip: form for form in FORMS.values()}


def form_of(slip: object) -> Form:
    """The form that is made from data of this type."""
    return _BY_SLIP[type(slip)]
