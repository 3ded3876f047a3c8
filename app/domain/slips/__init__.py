"""Slip data: frozen, complete, and free of the record it was taken from. One file per step of the work."""

from __future__ import annotations

from app.domain.satisfaction import Aspect, Grade
from app.domain.slips.alarms import AlarmPaper, AlarmUnit
from app.domain.slips.chase import ChaseLine, ChaseList
from app.domain.slips.disposition import NoticeTalk, NoticeVisit, ReturnNotice
from app.domain.slips.ends import ApprovalLine, DeterminationPaper, ExchangeSide, ExchangeSlip, ScrapForm
from app.domain.slips.handover import HandoverLine, HandoverSlip
from app.domain.slips.heads import Copy, DocumentHead, FormId, Letterhead, Signature, Stroke, Worded
from app.domain.slips.inspection import QaMarkLabel
from app.domain.slips.loans import BackLine, BorrowedPart, LoanList, LoanListLine, LoanSlip
from app.domain.slips.planning import PlanLine, PlanUnit, RepairPlan
from app.domain.slips.quality import (
    ChangedCase,
    ChangedFigure,
    CorrectionSheet,
    Exhibit,
    Figure,
    LotLine,
    Mark,
    QualityReport,
    ServiceLine,
    ServiceSummary,
    Shape,
    TestedItem,
    TestedProduct,
    TestSummary,
)
from app.domain.slips.quotation import QuotationSlip, QuotedLine, RateLine
from app.domain.slips.receiving import ReceivedUnit, ReceivingReceipt, UnitLabel
from app.domain.slips.registers import RegisterLine, RegisterTotals, ReturnRegister
from app.domain.slips.returning import (
    AccessoryBalance,
    Charge,
    FeedbackSlip,
    PackedUnit,
    PackingSlip,
    RepairSlip,
    SigningRule,
)
from app.domain.slips.settings import CommandCard, CommandGroup, LabelCalibration, ScanCommand
from app.domain.slips.spares import (
    BuiltLine,
    ConditionLine,
    EmergencyRequest,
    LoanerAgreement,
    RestockSlip,
    SpareUseSlip,
)
from app.domain.slips.storage import CountLine, LedgerLine, PartCountRow, PartCountSheet, StocktakeSheet, ZoneLedger
from app.domain.slips.transfers import TransferSlip, TransferVisit
from app.domain.slips.travellers import CustodyRow, FactorySection, FieldSection, TravellerSlip
from app.domain.slips.units import InspectionSheet, PartLine, QaMark, ReadingLine, WarrantyLine

__all__ = [
    "AccessoryBalance",
    "AlarmPaper",
    "AlarmUnit",
    "ApprovalLine",
    "Aspect",
    "BackLine",
    "BorrowedPart",
    "BuiltLine",
    "ChangedCase",
    "ChangedFigure",
    "Charge",
    "ChaseLine",
    "ChaseList",
    "CommandCard",
    "CommandGroup",
    "ConditionLine",
    "Copy",
    "CorrectionSheet",
    "CountLine",
    "CustodyRow",
    "DeterminationPaper",
    "DocumentHead",
    "EmergencyRequest",
    "ExchangeSide",
    "ExchangeSlip",
    "Exhibit",
    "FactorySection",
    "FeedbackSlip",
    "FieldSection",
    "Figure",
    "FormId",
    "Grade",
    "HandoverLine",
    "HandoverSlip",
    "InspectionSheet",
    "LabelCalibration",
    "LedgerLine",
    "Letterhead",
    "LoanList",
    "LoanListLine",
    "LoanSlip",
    "LoanerAgreement",
    "LotLine",
    "Mark",
    "NoticeTalk",
    "NoticeVisit",
    "PackedUnit",
    "PackingSlip",
    "PartCountRow",
    "PartCountSheet",
    "PartLine",
    "PlanLine",
    "PlanUnit",
    "QaMark",
    "QaMarkLabel",
    "QualityReport",
    "QuotationSlip",
    "QuotedLine",
    "RateLine",
    "ReadingLine",
    "ReceivedUnit",
    "ReceivingReceipt",
    "RegisterLine",
    "RegisterTotals",
    "RepairPlan",
    "RepairSlip",
    "RestockSlip",
    "ReturnNotice",
    "ReturnRegister",
    "ScanCommand",
    "ScrapForm",
    "ServiceLine",
    "ServiceSummary",
    "Shape",
    "Signature",
    "SigningRule",
    "SpareUseSlip",
    "StocktakeSheet",
    "Stroke",
    "TestSummary",
    "TestedItem",
    "TestedProduct",
    "TransferSlip",
    "TransferVisit",
    "TravellerSlip",
    "UnitLabel",
    "WarrantyLine",
    "Worded",
    "ZoneLedger",
]
