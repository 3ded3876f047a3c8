"""One believable slip of every form, in Chinese and English, with the long and rare things that break papers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from app.domain.alarms import AlarmOrigin, Severity
from app.domain.chase import Grouping, NextAct, Reach
from app.domain.clocks import ClockName, Colour, TimeKind
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.determination import Conclusion
from app.domain.disposition import Channel
from app.domain.emergency import BuildState
from app.domain.exchange import ExchangeSource
from app.domain.loaners import LoanState
from app.domain.places import ZONES, Place
from app.domain.restock import Condition
from app.domain.rulings import Outcome
from app.domain.scrap import ScrapDestination, ScrapWay
from app.domain.slips import (
    AccessoryBalance,
    AlarmPaper,
    AlarmUnit,
    ApprovalLine,
    Aspect,
    BuiltLine,
    Charge,
    ChaseLine,
    ChaseList,
    CommandCard,
    CommandGroup,
    ConditionLine,
    CountLine,
    CustodyRow,
    DeterminationPaper,
    DocumentHead,
    EmergencyRequest,
    ExchangeSide,
    ExchangeSlip,
    FactorySection,
    FeedbackSlip,
    FieldSection,
    FormId,
    Grade,
    HandoverLine,
    HandoverSlip,
    InspectionSheet,
    LabelCalibration,
    LedgerLine,
    Letterhead,
    LoanerAgreement,
    NoticeTalk,
    NoticeVisit,
    PackedUnit,
    PackingSlip,
    PartCountRow,
    PartCountSheet,
    PartLine,
    PlanLine,
    PlanUnit,
    QaMark,
    QaMarkLabel,
    ReadingLine,
    ReceivedUnit,
    ReceivingReceipt,
    RegisterLine,
    RegisterTotals,
    RepairPlan,
    RepairSlip,
    RestockSlip,
    ReturnNotice,
    ReturnRegister,
    ScanCommand,
    ScrapForm,
    Signature,
    SigningRule,
    SpareUseSlip,
    StocktakeSheet,
    TransferSlip,
    TransferVisit,
    TravellerSlip,
    UnitLabel,
    WarrantyLine,
    ZoneLedger,
)
from app.domain.slips.files import CustomerFilePaper, FileSection, UnitFilePaper
from app.domain.spares import Carriage, UseState
from app.domain.stock import PartGrade, PlaceKind
from app.domain.warranty import WarrantyState
from app.i18n import translator
from app.labels import label
from tests import sample_quality
from tests.sample_loans import loan_list, loan_slip
from tests.sample_quotation import quotation_slip

SHANGHAI = timezone(timedelta(hours=8))


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def spoken(language: str) -> Callable[[str, str], str]:
    """Picks the Chinese or the English of two texts."""
    return lambda zh, en: zh if language == "zh_CN" else en


def letterhead(language: str = "zh_CN", **values: Any) -> Letterhead:
    """The sample depot's letterhead."""
    if language == "en":
        texts = ("Shanghai Return-Repair Depot", "1 Zhangjiang Road, Pudong, Shanghai 201203")
    else:
        texts = ("上海返厂维修站", "上海市浦东新区张江路 1 号 3 号楼")
    return Letterhead("SH1", texts[0], texts[1], "+86 21 5080 1234", **values)


def head(number: str = "SH1-S2611-00042", language: str = "zh_CN", **values: Any) -> DocumentHead:
    """A document's head."""
    return DocumentHead(letterhead(language), number, at(21, 14, 32), language, **values)


def scrawl(turns: int = 4) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Pen strokes that look like a hand's."""
    wave = tuple(
        (0.08 + 0.6 * step / 60, 0.5 + 0.33 * math.sin(turns * math.pi * step / 30) * (1 - step / 90))
        for step in range(61)
    )
    return wave, ((0.62, 0.3), (0.75, 0.28), (0.93, 0.62)), ((0.1, 0.82), (0.95, 0.74))


def signed(role: str, name: str, moment: datetime | None = None, *, drawn: bool = False) -> Signature:
    """A given signature."""
    return Signature(role, name, moment or at(21, 10, 5), scrawl() if drawn else ())


MARK = QaMark("SH1-M2611-00017", "QA07", date(2026, 11, 20), "SH1")


def traveller(language: str = "zh_CN") -> TravellerSlip:
    """F1, circulation complete."""
    zh = language == "zh_CN"
    w = spoken(language)
    field = FieldSection(
        customer=w("中车株洲电力机车研究所有限公司", "CRRC Zhuzhou Locomotive Institute"),
        site=w("长沙地铁 5 号线圭塘车辆段", "Changsha Metro line 5, Guitang depot"),
        contact=w("龚䶮", "Gong Yan"),
        phone="138 0013 8000",
        product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
        serial="BE21-00079190",
        lot="L2405-B",
        manufactured=date(2024, 5, 2),
        phase=w("现场应用", "In service"),
        fault_date=date(2026, 10, 28),
        symptom=w(
            "开机约 3 分钟后黑屏，偶发花屏；重新上电可恢复，但间隔越来越短（从最初的每周一次到现在的每天两三次）。"
            "用户反映与环境温度有关，车厢温度高于 35 ℃ 时必现。",
            "Screen goes dark about 3 minutes after power-on, sometimes garbled; recovers after a power cycle, "
            "but at ever shorter intervals. The customer says it always happens above 35 °C.",
        ),
        tried=w(
            "更换输入线缆、测量输入电压 24.1 V 正常；与相邻屏互换后故障随屏走。",
            "Input cable replaced, input voltage 24.1 V is good; the fault moves with the module when swapped.",
        ),
        accessories=("电源线 ×1", "安装支架 ×2", "说明书 ×1") if zh else ("power cord ×1", "bracket ×2", "manual ×1"),
        condition=w("外壳右下角有磕痕，铭牌清晰，无进水痕迹。", "Dent at the lower right corner, no trace of water."),
        way_of_return=w("邮寄", "Mailed"),
        brought_by=w("用户", "Customer"),
        carrier=w("顺丰", "SF Express"),
        waybill="SF1402 8876 5521",
        back_at_factory=date(2026, 11, 2),
        return_needed=True,
        spare_left="BE21-00055012",
        urgency=w("特殊", "Special"),
        promised=date(2026, 11, 24),
        warranty=WarrantyLine(
            status=w("保修期内", "In warranty"),
            start=date(2024, 6, 1),
            until=date(2027, 7, 12),
            reason=w(
                "2024-06-01 起 36 个月，上次维修停用 41 天已顺延。",
                "36 months from 2024-06-01, extended by 41 days of the last repair.",
            ),
            proof=w("保修卡原件", "Warranty card"),
        ),
        visit=2,
        filled_by=w("何静", "He Jing"),
        filled_at=at(2, 16, 20),
    )
    factory = FactorySection(
        confirmed_symptom=w(
            "60 ℃ 老化箱内 4 分钟复现，输出由 12.0 V 跌落至 6.3 V。",
            "Reproduced in the chamber at 60 °C after 4 minutes: output drops from 12.0 V to 6.3 V.",
        ),
        fault=w("F-207 输出滤波电容失效", "F-207 output capacitor failed"),
        cause=CauseClass.COMPONENT_QUALITY,
        responsibility=Responsibility.MAKER,
        result=RepairResult.REPAIRED,
        work=w(
            "更换 C14、C15（耐温 105 ℃ 型号），补焊 T2 引脚，清洁散热片并更换导热垫；通电老化 24 小时。",
            "C14 and C15 replaced (105 °C type), pins of T2 resoldered, heat sink cleaned; soak test of 24 hours.",
        ),
        parts=(
            PartLine(w("电解电容 470 µF / 25 V", "Capacitor 470 µF / 25 V"), "EC-470-25-105", 2),
            PartLine(w("主控板", "Control board"), "CB-2100-03", 1, "CB00917", "CB01455"),
        ),
        technician=w("李敏", "Li Min"),
        started_at=at(10, 9, 12),
        finished_at=at(13, 17, 40),
        runs=(
            InspectionSheet(
                1,
                (
                    ReadingLine(w("输出电压", "Output voltage"), "11.8 – 12.2", "12.31", "V", passed=False),
                    ReadingLine(w("外观", "Appearance"), w("无划伤", "no scratch"), w("无", "none"), "", passed=True),
                ),
                w("王建国", "Wang Jianguo"),
                at(16, 10),
                passed=False,
                remark=w("输出偏高，退回重调。", "Output too high, back for adjustment."),
            ),
            InspectionSheet(
                2,
                (
                    ReadingLine(w("输出电压", "Output voltage"), "11.8 – 12.2", "12.02", "V", passed=True),
                    ReadingLine(w("纹波", "Ripple"), "≤ 80", "42", "mV", passed=True),
                    ReadingLine(w("绝缘电阻", "Insulation resistance"), "≥ 20", "155", "MΩ", passed=True),
                    ReadingLine(w("外观", "Appearance"), w("无划伤", "no scratch"), w("无", "none"), "", passed=True),
                ),
                w("王建国", "Wang Jianguo"),
                at(20, 11, 30),
                passed=True,
            ),
        ),
        mark=MARK,
    )
    return TravellerSlip("SH1-R2611-00042", field, factory, custody(language), at(21, 16), w("王建国", "Wang Jianguo"))


def custody(language: str = "zh_CN") -> tuple[CustodyRow, ...]:
    """The chain of custody of a unit that went all the way."""
    zh = language == "zh_CN"
    w = spoken(language)
    steps = (
        (2, Place.INBOUND, Place.ZONE_PENDING, w("赵师傅", "Courier Zhao"), w("何静", "He Jing")),
        (9, Place.ZONE_PENDING, Place.REPAIR, w("何静", "He Jing"), w("李敏", "Li Min")),
        (14, Place.REPAIR, Place.QA, w("李敏", "Li Min"), w("王建国", "Wang Jianguo")),
        (20, Place.QA, Place.COUNTER, w("王建国", "Wang Jianguo"), w("何静", "He Jing")),
    )
    return tuple(
        CustodyRow(
            f"SH1-H2611-{number:05d}",
            giver,
            receiver,
            signed("", given, at(day, 15, 1), drawn=number == 1),
            signed("", taken, at(day, 15, 3)),
            at(day, 15, 3),
            remark="随附现场照片 3 张" if zh and number == 1 else "",
        )
        for number, (day, giver, receiver, given, taken) in enumerate(steps, 1)
    )


def empty_traveller() -> TravellerSlip:
    """F1 as printed at receipt: everything that comes later is still open."""
    return TravellerSlip("SH1-R2611-00042", FieldSection("中车株洲所", "BE-2100", "BE21-00079190", symptom="黑屏"))


def receiving_receipt(language: str = "zh_CN", units: int = 3) -> ReceivingReceipt:
    """F2."""
    zh = language == "zh_CN"
    w = spoken(language)
    lines = tuple(
        ReceivedUnit(
            f"BE21-{79190 + number * 7:08d}",
            w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
            f"SH1-R2611-{42 + number:05d}",
            ("电源线 ×1", "支架 ×2") if zh else ("power cord ×1", "bracket ×2"),
            w("外壳有磕痕", "housing dented"),
            w("黑屏，偶发花屏", "screen goes dark"),
            date(2026, 11, 24),
        )
        for number in range(units)
    )
    return ReceivingReceipt(
        customer=w("中车株洲电力机车研究所有限公司", "CRRC Zhuzhou Locomotive Institute"),
        received_at=at(2, 16, 20),
        units=lines,
        contact=w("龚䶮", "Gong Yan"),
        phone="138 0013 8000",
        way_of_return=w("带回", "Hand-carried"),
        brought_by=w("用户", "Customer"),
        terms=(
            "请妥善保管本回执，取件或查询时请出示本回执编号。",
            "保修期内因产品本身质量问题的维修免费；其他情况先报价，经您同意后维修。",
            "维修周期一般不超过两周，等待您答复的时间不计在内。",
        )
        if zh
        else (
            "Please keep this receipt and have its number at hand when you ask or collect.",
            "In warranty, repairs of product faults are free; otherwise you get a quotation first.",
            "A repair usually takes no longer than two weeks; waiting for your answer does not count.",
        ),
        enquiry_phone="+86 21 5080 1234",
        signatures=(
            Signature(w("交件人", "Handed in by"), w("龚䶮", "Gong Yan"), at(2, 16, 21), scrawl(3)),
            signed(w("接收人", "Received by"), w("何静", "He Jing"), at(2, 16, 22)),
        ),
    )


def return_register(language: str = "zh_CN", lines: int = 40) -> ReturnRegister:
    """F3."""
    zh = language == "zh_CN"
    w = spoken(language)
    rows = tuple(
        RegisterLine(
            f"SH1-R2611-{number:05d}",
            ("中车株洲电力机车研究所有限公司", "广州地铁", "北京和利时")[number % 3]
            if zh
            else ("CRRC Zhuzhou", "Guangzhou Metro", "HollySys")[number % 3],
            "BE-2100",
            f"BE21-{79000 + number * 13:08d}",
            date(2026, 11, 1 + number % 20),
            1 + number % 3,
            ("带回", "邮寄")[number % 2] if zh else ("Carried", "Mailed")[number % 2],
            ("保修期内", "保修期外", "不明")[number % 3]
            if zh
            else ("In warranty", "Out of warranty", "Unknown")[number % 3],
            "SH1-P2611-00003" if number % 4 else "",
            date(2026, 11, 5) if number % 4 else None,
            date(2026, 11, 9) if number % 3 else None,
            date(2026, 11, 14) if number % 3 else None,
            date(2026, 11, 20) if number % 5 == 1 else None,
            "SH1-M2611-00017" if number % 5 == 1 else "",
            (w("返还用户", "Returned")) if number % 5 == 1 else "",
            date(2026, 11, 21) if number % 5 == 1 else None,
            5 + number % 13,
            number % 11 == 0,
            (w("待用户答复", "awaiting customer")) if number % 7 == 0 else "",
        )
        for number in range(1, lines + 1)
    )
    return ReturnRegister(
        date(2026, 11, 1),
        date(2026, 11, 30),
        rows,
        RegisterTotals(lines, 8, 3, 1, lines - 12, 4),
        w("全部产品，全部用户", "All products, all customers"),
    )


def repair_plan(language: str = "zh_CN") -> RepairPlan:
    """F4, first revision."""
    zh = language == "zh_CN"
    w = spoken(language)
    units = tuple(
        PlanUnit(
            f"BE21-{79000 + number:08d}",
            f"SH1-R2611-{number:05d}",
            w("广州地铁集团有限公司", "Guangzhou Metro Group"),
            date(2026, 11, 2),
            date(2026, 11, 16),
        )
        for number in range(1, 7)
    )
    return RepairPlan(
        w("已下达", "Issued"),
        (
            PlanLine(
                w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
                4,
                6,
                date(2026, 11, 16),
                units[:4],
                w("其余 2 台等料", "2 more wait for parts"),
            ),
            PlanLine(w("TC-88 列车控制板", "TC-88 train control board"), 2, 2, date(2026, 11, 18), units[4:]),
        ),
        1,
        w(
            "电解电容缺料，BE-2100 本期减少 2 台，余量列入下期计划。",
            "Capacitors are short: two BE-2100 move to the next plan.",
        ),
        w("何静", "He Jing"),
        at(4, 10),
        at(5, 9),
        ("维修部门", "质检部", "生产处") if zh else ("Repair", "QA", "Production"),
        signatures=(
            signed(w("编制（售后服务部）", "Drafted (after-sales)"), w("何静", "He Jing"), at(4, 10)),
            signed(w("会签（生产处）", "Countersigned (production)"), w("周颖", "Zhou Ying"), at(4, 16)),
            Signature(w("批准", "Approved")),
        ),
    )


def handover_slip(language: str = "zh_CN", lines: int = 4) -> HandoverSlip:
    """F5 with one refused line."""
    w = spoken(language)
    rows = tuple(
        HandoverLine(
            f"BE21-{79000 + number:08d}",
            w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
            f"SH1-R2611-{number:05d}",
            traveller=f"SH1-T2611-{number:05d}",
            accepted=number != 3,
            reason=(w("实物序列号与信息传递表不一致", "Serial differs from the traveller")) if number == 3 else "",
        )
        for number in range(1, lines + 1)
    )
    return HandoverSlip(
        Place.ZONE_PENDING,
        Place.REPAIR,
        rows,
        signed(w("移交人（售后服务部）", "Handed over by (after-sales)"), w("何静", "He Jing")),
        signed(w("接收人（维修部门）", "Taken over by (repair)"), w("李敏", "Li Min"), drawn=True),
        at(9, 15, 3),
        w("拒收一行，已退回售后服务部核对。", "One line refused, goes back to after-sales."),
    )


def transfer_slip(language: str = "zh_CN") -> TransferSlip:
    """F5T, on its way to Chengdu with a courier."""
    w = spoken(language)
    return TransferSlip(
        from_depot="SH1  上海返修站", to_depot="CD1", sent_at=at(9, 16, 20),
        reason=w("本站无此型号老化工装，转成都站修理。", "No burn-in rig for this model here; Chengdu repairs it."),
        carriage=Carriage.COURIER, carrier=w("顺丰速运", "SF Express"), waybill="SF1402 8876 5521",
        serial="BE21-00079190", product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"), lot="L2405-B",
        customer=w("长沙市轨道交通集团有限公司", "Changsha Metro Group"), contact=w("龚䶮", "Gong Yan"),
        phone="138 0013 8000", case_number="SH1-R2611-00042", traveller="SH1-T2611-00042", visit_no=2,
        received_on=date(2026, 11, 5), due_on=date(2026, 11, 19),
        symptom=w("带载 4 分钟后跳闸，冷机后恢复。", "Trips after four minutes under load, recovers when cold."),
        tried=w("已致电现场，环境温度约 45 ℃。", "The site was called; about 45 degrees there."),
        condition=w("外壳轻微划痕", "light scratches"),
        accessories=(w("电源线 × 2", "mains cable × 2"), w("支架 × 1", "bracket × 1")),
        warranty=(w("延保 2026-05-01", "extended 2026-05-01"),),
        visits=(
            TransferVisit("SH1-R2605-00017", date(2026, 5, 12), w("无输出", "no output"),
                          w("输入电容鼓包", "input capacitor bulged"), RepairResult.REPAIRED),
        ),
        remark=w("随件附原信息传递表。", "The traveller goes along."),
        signatures=(
            signed(w("转出站", "Sending depot"), w("何静", "He Jing")),
            signed(w("携带人", "Carried by"), w("刘师傅", "Mr Liu"), drawn=True),
            Signature(w("接收站", "Receiving depot")),
        ),
    )


def unit_label(language: str = "zh_CN") -> UnitLabel:
    """F6."""
    w = spoken(language)
    return UnitLabel(
        "BE2100079",
        "SH1-R2611-00042",
        w("BE-2100 背光电源模块", "BE-2100 backlight power"),
        w("中车株洲所", "CRRC Zhuzhou Institute"),
        Place.ZONE_PENDING,
        "A-03-2",
        date(2026, 11, 2),
        date(2026, 11, 16),
        urgent=True,
    )


def qa_mark(language: str = "zh_CN") -> QaMarkLabel:
    """F7."""
    return QaMarkLabel(MARK, "BE21-00079190", "BE-2100 背光电源" if language == "zh_CN" else "BE-2100")


def repair_slip(language: str = "zh_CN") -> RepairSlip:
    """F8 with parts, charges and the mark."""
    w = spoken(language)
    facts = traveller(language)
    return RepairSlip(
        facts.field_section.customer,
        facts.field_section.product,
        facts.field_section.serial,
        facts.case_number,
        address=w(
            "湖南省株洲市石峰区田心大道 1 号科技园 B 座 12 层", "1 Tianxin Avenue, Shifeng District, Zhuzhou, Hunan"
        ),
        contact=facts.field_section.contact,
        phone="138 0013 8000",
        lot="L2405-B",
        visit=2,
        received=date(2026, 11, 2),
        returned=date(2026, 11, 21),
        symptom=facts.field_section.symptom,
        fault=facts.factory_section.fault,
        cause=CauseClass.USER,
        result=RepairResult.REPAIRED,
        work=facts.factory_section.work,
        technician=w("李敏", "Li Min"),
        parts=(
            PartLine(w("电解电容 470 µF / 25 V", "Capacitor 470 µF / 25 V"), "EC-470-25-105", 2, "", "", 1250, 2500),
            PartLine(w("主控板", "Control board"), "CB-2100-03", 1, "CB00917", "CB01455", 98000, 98000),
        ),
        charges=(Charge(w("工时费", "Labour"), 22950),),
        total=123450,
        receipt_number="RC-20261121-07",
        warranty=WarrantyLine(
            w("保修期外", "Out of warranty"),
            w(
                "保修期至 2026-06-12 届满；故障由进液引起，不属于保修范围。",
                "The warranty ended on 2026-06-12, and the fault was caused by liquid.",
            ),
            until=date(2026, 6, 12),
            next_until=date(2027, 2, 21),
        ),
        mark=MARK,
        signing=SigningRule.SIGN_AND_STAMP,
        signatures=(
            signed(w("维修部门", "Repair department"), w("李敏", "Li Min")),
            signed(w("售后服务部", "After-sales"), w("何静", "He Jing")),
            Signature(w("用户（签字盖章）", "Customer (sign and stamp)")),
        ),
    )


def return_notice(language: str = "zh_CN") -> ReturnNotice:
    """F11 with two visits and the talk."""
    w = spoken(language)
    slip = repair_slip(language)
    return ReturnNotice(
        slip.customer, slip.product, slip.serial, slip.case_number, "SH1-D2611-00007",
        w("该产品已无法以合理费用修复，且不在保修范围内。",
          "The unit cannot be repaired at a sensible cost, and the warranty does not cover it."),
        (w("我们很乐意向您当面说明情况。", "We will gladly explain our findings to you."),
         w("产品按原样退还给您。", "You receive the unit back as it is.")),
        address=slip.address, contact=slip.contact, phone=slip.phone, lot=slip.lot, visit=2,
        received=date(2026, 11, 2), decided=date(2026, 11, 12), symptom=slip.symptom,
        fault=w("主板烧穿", "Main board burnt through"), result=RepairResult.BER, work=w("已全面检测", "Fully tested"),
        warranty=slip.warranty,
        visits=(
            NoticeVisit(date(2026, 3, 4), w("不开机", "does not start"), RepairResult.REPAIRED, "BJ1-R2603-00011"),
            NoticeVisit(date(2026, 11, 2), slip.symptom, RepairResult.BER, slip.case_number),
        ),
        talks=(
            NoticeTalk(
                at(13, 10, 30), w("刘工", "Mr Liu"), Channel.PHONE,
                w("主板烧穿，更换费用高于整机价值", "The board is burnt; a new one costs more than the unit is worth"),
                w("理解，请寄回", "Understood, please send it back"), w("陈思远", "Chen Siyuan"),
            ),
        ),
        signatures=(
            Signature(w("售后主管", "After-sales supervisor"), w("陈思远", "Chen Siyuan"), at(12, 16)),
            Signature(w("用户", "Customer"), ""),
        ),
    )


def exchange_slip(language: str = "zh_CN") -> ExchangeSlip:
    """F12: a spare for a scrapped unit, with a charge."""
    w = spoken(language)
    slip = repair_slip(language)
    reckoned = w("旧件保修余期转入：2024-05-02 起 24 个月；返修 41 天，至 2026-06-12",
                 "What the old unit had left: 24 months from 2024-05-02; 41 days of repair")
    until = WarrantyLine(WarrantyState.IN, reckoned, date(2024, 5, 2), date(2026, 6, 12))
    return ExchangeSlip(
        slip.customer, slip.case_number, ExchangeSide(slip.serial, slip.product, slip.lot, date(2024, 4, 1), until),
        ExchangeSide("H204899001", slip.product, "2024-11", date(2024, 11, 5), until),
        w("该产品已无法以合理费用修复；产品在保修期内，费用由我方承担。",
          "The unit cannot be repaired at a sensible cost. It is under warranty, so you bear no cost."),
        ExchangeSource.SPARE, date(2026, 11, 20), carried=w("沿用旧件保修余期", "the rest goes over to it"),
        charge_fen=123450, address=slip.address, contact=slip.contact, phone=slip.phone,
        signatures=(
            Signature(w("售后服务部", "After-sales"), w("陈思远", "Chen Siyuan"), at(20, 16)),
            Signature(w("用户", "Customer"), ""),
        ),
    )


def scrap_form(language: str = "zh_CN") -> ScrapForm:
    """F13 of a kept unit in which R&D found nothing, disposed of."""
    w = spoken(language)
    slip = repair_slip(language)
    return ScrapForm(
        slip.product, slip.serial, slip.case_number, slip.customer,
        w("连续两次未查出故障，留存后经技术认定报废", "No fault found twice; scrapped after R&D's determination"),
        w("规则 1（第十条第4款）：连续 2 次返修未查出故障。",
          "Rule 1 (art. 10.4): no fault found on 2 visits in a row."),
        date(2026, 11, 20), "2024-03", date(2024, 4, 1), "", CauseClass.NFF, RepairResult.NFF, slip.warranty,
        "SH1-D2611-00007", "SH1-A2611-00002", Conclusion.NONE, w("各项指标合格", "Everything within limits"),
        return_notice(language).visits,
        (
            ApprovalLine(at(18, 9), w("何静", "He Jing"), w("技术认定无故障", "No fault found by R&D"),
                         w("不批准", "refused"), at(18, 15), w("总经理", "General manager"),
                         w("先拆件", "Parts first")),
            ApprovalLine(at(19, 9), w("何静", "He Jing"), w("零件已拆", "Parts taken out"), w("批准", "approved"),
                         at(19, 15), w("总经理", "General manager")),
        ),
        ScrapDestination.DISPOSED, ScrapWay.RECYCLER, w("绿源再生公司", "Green Recycling"), w("周颖", "Zhou Ying"),
        date(2026, 11, 25), "SH1-H2611-00088",
        (
            Signature(w("申请人", "Asked by"), w("何静", "He Jing"), at(19, 9)),
            Signature(w("总经理", "General manager"), w("总经理", "General manager"), at(19, 15)),
            Signature(w("监销人", "Witness"), w("周颖", "Zhou Ying")),
        ),
    )


def determination_paper(language: str = "zh_CN") -> DeterminationPaper:
    """F14 with no fault found in a new unit."""
    w = spoken(language)
    slip = repair_slip(language)
    return DeterminationPaper(
        slip.product, slip.serial, slip.case_number, slip.customer, date(2026, 11, 19), Conclusion.NONE,
        w("各项指标合格，未复现用户所述现象", "Everything within limits; the symptom did not appear"),
        (
            (w("高温老化 72 h", "Burn-in 72 h"), w("未复现", "not seen")),
            (w("随机振动", "Random vibration"), w("正常", "fine")),
        ),
        (Outcome.SCRAP, Outcome.LAB_AFTER_SCRAP), "2026-03", date(2026, 4, 1), date(2026, 11, 13),
        w("刘工，电话", "Mr Liu, on the phone"), slip.symptom, return_notice(language).visits,
        (Signature(w("开发部工程师", "R&D engineer"), w("孙工", "Engineer Sun"), at(19, 11)),),
    )


def alarm_paper(language: str = "zh_CN") -> AlarmPaper:
    """F23 answered and closed, two other units of the lot."""
    w = spoken(language)
    slip = repair_slip(language)
    return AlarmPaper(
        slip.product, "2026-03", slip.serial, slip.case_number, AlarmOrigin.INSPECTOR, Severity.MAJOR,
        w("同批三件输入电容鼓包", "Bulging input capacitors in three units of the lot"),
        w("已送检三件，均为同一电容供方", "Three tested; all capacitors from one supplier"), date(2026, 11, 12),
        date(2026, 11, 15),
        (AlarmUnit("H204817740", Place.CUSTOMER, 2), AlarmUnit("H204817751", Place.ZONE_PENDING, 1)),
        w("电容漏电流超差", "Leakage current of the capacitors out of limits"), CauseClass.COMPONENT_QUALITY,
        w("该批全部更换 C12", "C12 replaced in the whole lot"), date(2026, 11, 14),
        w("更换后无再发", "None came back since"), date(2026, 11, 30),
        (
            Signature(w("发出", "Raised by"), w("赵检", "Inspector Zhao"), at(12, 9)),
            Signature(w("开发部工程师", "R&D engineer"), w("孙工", "Engineer Sun"), at(14, 16)),
            Signature(w("质检", "QA"), w("赵检", "Inspector Zhao"), at(30, 10)),
        ),
    )


def feedback_slip(language: str = "zh_CN") -> FeedbackSlip:
    """F9, one answer known."""
    w = spoken(language)
    facts = traveller(language)
    return FeedbackSlip(
        facts.field_section.customer,
        facts.field_section.product,
        facts.field_section.serial,
        facts.case_number,
        facts.field_section.contact,
        "138 0013 8000",
        date(2026, 11, 21),
        facts.factory_section.work,
        w(
            "上海市浦东新区张江路 1 号 3 号楼，上海返厂维修站 售后服务部收",
            "After-sales, Shanghai Return-Repair Depot, 1 Zhangjiang Road",
        ),
        date(2026, 12, 5),
        {Aspect.RESPONSE: Grade.SATISFIED},
    )


def packing_slip(language: str = "zh_CN") -> PackingSlip:
    """F10, one accessory short."""
    zh = language == "zh_CN"
    w = spoken(language)
    return PackingSlip(
        w("中车株洲电力机车研究所有限公司", "CRRC Zhuzhou Locomotive Institute"),
        tuple(
            PackedUnit(
                f"BE21-{79190 + number:08d}",
                w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
                f"SH1-R2611-{42 + number:05d}",
                RepairResult.REPAIRED,
                f"SH1-M2611-{17 + number:05d}",
            )
            for number in range(2)
        ),
        w("湖南省株洲市石峰区田心大道 1 号科技园 B 座 12 层", "1 Tianxin Avenue, Shifeng District, Zhuzhou, Hunan"),
        w("龚䶮", "Gong Yan"),
        "138 0013 8000",
        w("顺丰", "SF Express"),
        "SF1402 8876 5999",
        1,
        date(2026, 11, 21),
        (
            AccessoryBalance(w("电源线", "Power cord"), 2, 2),
            AccessoryBalance(
                w("安装支架", "Bracket"), 4, 3, w("1 件随坏损件报废，用户已同意", "one scrapped with consent")
            ),
        ),
        ("售后服务维修单", "用户意见处理反馈表") if zh else ("Repair slip", "Feedback slip"),
        signatures=(
            signed(w("装箱人", "Packed by"), w("何静", "He Jing")),
            Signature(w("承运人", "Carrier")),
            Signature(w("收货人", "Received by")),
        ),
    )


def zone_ledger(language: str = "zh_CN", lines: int = 40) -> ZoneLedger:
    """F20."""
    w = spoken(language)
    balance, rows = 12, []
    for number in range(1, lines + 1):
        incoming = number % 3 != 0
        balance += 1 if incoming else -1
        rows.append(
            LedgerLine(
                at(1 + number % 20, 9, number),
                incoming,
                f"BE21-{79000 + number:08d}",
                w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
                f"SH1-R2611-{number:05d}",
                Place.INBOUND if incoming else Place.REPAIR,
                balance,
                "A-03-2",
                f"SH1-H2611-{number:05d}",
                w("何静", "He Jing"),
            )
        )
    return ZoneLedger(Place.ZONE_PENDING, date(2026, 11, 1), date(2026, 11, 21), 12, balance, tuple(rows))


def stocktake_sheet(language: str = "zh_CN", *, closed: bool = True) -> StocktakeSheet:
    """F20 count sheet: one unit missing, one too many."""
    w = spoken(language)
    product = w("BE-2100 背光电源模块", "BE-2100 backlight power module")
    rows = tuple(
        CountLine(
            f"A-{1 + number // 4:02d}-{1 + number % 4}",
            f"BE21-{79000 + number:08d}",
            product,
            f"SH1-R2611-{number:05d}",
            found=None if not closed else number != 5,
        )
        for number in range(14)
    )
    surplus = CountLine(
        "A-04-3",
        "BE21-00081777",
        product,
        "SH1-R2610-00311",
        booked=False,
        found=True,
        remark=w("账在维修备品储存区", "booked in the spares zone (C)"),
    )
    return StocktakeSheet(
        Place.ZONE_PENDING,
        at(20, 17),
        (*rows, surplus) if closed else rows,
        at(20, 18, 30) if closed else None,
        signatures=(Signature(w("盘点人", "Counted by"), w("何静", "He Jing")), Signature(w("监盘人", "Witness"))),
    )


def part_count_sheet(language: str = "zh_CN") -> PartCountSheet:
    """F20P: one part missing two pieces, one too many, the others right."""
    w = spoken(language)
    names = ((w("熔断器 10 A", "Fuse 10 A"), 158, 156, w("发料漏记", "issue not booked")),
             (w("M12 连接器", "M12 connector"), 52, 52, ""),
             (w("电源板", "Power board"), 6, 7, w("退料漏记", "return not booked")))
    return PartCountSheet(
        PlaceKind.MAIN, at(20, 17), tuple(
            PartCountRow(f"P-{1000 + n}", name, w("只", "pcs"), PartGrade.NEW, booked, counted, reason)
            for n, (name, booked, counted, reason) in enumerate(names)
        ), at(20, 18, 30), w("季度盘点", "quarterly count"),
        (Signature(w("盘点人", "Counted by"), w("何静", "He Jing")), Signature(w("售后主管", "Supervisor"))),
    )


def command_card(language: str = "zh_CN") -> CommandCard:
    """F25."""
    zh = language == "zh_CN"
    w = spoken(language)
    return CommandCard(
        (
            CommandGroup(
                w("区域", "Zones"),
                tuple(
                    ScanCommand(f"{number} 区" if zh else f"Zone {number}", f"CMD:PLACE:{zone}")
                    for number, zone in enumerate(ZONES, 1)
                ),
            ),
            CommandGroup(
                w("检验结论", "Verdicts"),
                (
                    ScanCommand(w("合格", "Pass"), "CMD:PASS"),
                    ScanCommand(w("不合格", "Fail"), "CMD:FAIL"),
                ),
            ),
            CommandGroup(
                w("操作", "Actions"),
                (
                    ScanCommand(w("撤销上一步", "Undo"), "CMD:UNDO"),
                    ScanCommand(w("打印标签", "Print label"), "CMD:LABEL"),
                    ScanCommand(w("工牌：何静", "Badge: He Jing"), "CMD:BADGE:01935A7C22E0"),
                ),
            ),
        )
    )


def spare_use(language: str = "zh_CN") -> SpareUseSlip:
    """F15, the faulty unit still owed."""
    w = spoken(language)
    return SpareUseSlip(
        customer=w("长沙市轨道交通集团有限公司", "Changsha Metro Group"),
        site=w("5 号线圭塘车辆段 12 股道", "Line 5, Guitang depot, track 12"), state=UseState.OWED,
        spare_product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"), spare_serial="BE21-00055012",
        reason=w("车辆停运，第二天早班必须上线；返厂维修来不及。",
                 "The train stands still and must run tomorrow morning."),
        contact=w("龚䶮", "Gong Yan"), phone="138 0013 8000", request_number="SH1-J2611-00007",
        case_number="SH1-R2611-00042", spare_lot="L2405-B",
        sent_at=at(4, 8, 30), taken_by=w("顺丰", "SF Express"), waybill="SF1402 8876 5521",
        handover="SH1-H2611-00011", replaced_product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"),
        replaced_serial="BE21-00079190", swapped_on=date(2026, 11, 5), owed_since=date(2026, 11, 5),
        owed_until=date(2026, 11, 19), remark=w("故障件随车带回。", "The faulty unit travels back with our man."),
        signatures=(
            Signature(w("发出", "Issued by"), w("何静", "He Jing")),
            signed(w("现场用户", "User at the site"), w("龚䶮", "Gong Yan"), at(5, 16, 20), drawn=True),
        ),
    )


def emergency_request(language: str = "zh_CN") -> EmergencyRequest:
    """F16, one of two built."""
    w = spoken(language)
    return EmergencyRequest(
        product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"), quantity=2, need_by=date(2026, 11, 12),
        customer=w("长沙市轨道交通集团有限公司", "Changsha Metro Group"),
        reason=w("现场无备品，车辆停运。", "No spare at the site, the train stands still."), state=BuildState.CONFIRMED,
        case_number="SH1-R2611-00042", requested_by=w("何静", "He Jing"), requested_at=at(4, 9, 5),
        promised_on=date(2026, 11, 10),
        units=(
            BuiltLine("BE21-00091001", "L2611-A", date(2026, 11, 8), "DA-2611-017"),
            BuiltLine("BE21-00091002", "L2611-A", date(2026, 11, 9), "DA-2611-018", complete=False,
                      remark=w("老化记录待补", "Burn-in log to follow")),
        ),
        remark=w("完工后送成品库。", "To the stores when built."),
        signatures=(
            Signature(w("申请人", "Asked by"), w("何静", "He Jing")),
            signed(w("生产确认", "Confirmed by production"), w("周颖", "Zhou Ying")),
        ),
    )


def restock_slip(language: str = "zh_CN") -> RestockSlip:
    """F17."""
    w = spoken(language)
    return RestockSlip(
        product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"), serial="BE21-00055012",
        case_number="SH1-R2609-00007",
        conditions=(
            ConditionLine(Condition.AGE, 7, 12, at_most=True),
            ConditionLine(Condition.VALUE, 860_000, 500_000, at_most=False, money=True),
            ConditionLine(Condition.QUANTITY, 6, 5, at_most=False),
            ConditionLine(Condition.USES, 0, 1, at_most=True),
        ),
        lot="L2405-B", made_on=date(2026, 4, 1), restocked_on=date(2026, 11, 21), handover="SH1-H2611-00031",
        signatures=(
            signed(w("批准", "Approved by"), w("陈思远", "Chen Siyuan")),
            signed(w("移交人", "Giver"), w("何静", "He Jing")),
            signed(w("成品库", "Company stores"), w("仓管 钱伟", "Qian Wei"), drawn=True),
        ),
    )


def loaner_agreement(language: str = "zh_CN") -> LoanerAgreement:
    """F18L, still out."""
    w = spoken(language)
    return LoanerAgreement(
        customer=w("长沙市轨道交通集团有限公司", "Changsha Metro Group"),
        product=w("BE-2100 背光电源模块", "BE-2100 backlight power module"), serial="BE21-LOAN-03",
        out_on=date(2026, 11, 5), due_on=date(2026, 11, 26),
        condition_out=w("外观良好，右侧有轻微划痕", "Good, light scratch at the right"), state=LoanState.OUT,
        case_number="SH1-R2611-00042", contact=w("龚䶮", "Gong Yan"), phone="138 0013 8000",
        terms=w("维修产品送达时换回；运费由本厂承担。", "Handed in when the repaired unit arrives; freight is ours."),
        handovers=("SH1-H2611-00012",),
        signatures=(
            Signature(w("出借", "Lent by"), w("何静", "He Jing")),
            signed(w("借用", "Borrowed by"), w("龚䶮", "Gong Yan"), drawn=True),
        ),
    )


def chase_list(language: str = "zh_CN") -> ChaseList:
    """What is late and why: each kind of clock, a pause, a long call."""
    w = spoken(language)
    hours = label(TimeKind.WORKING_HOURS, translator(language))
    days = label(TimeKind.CALENDAR_DAYS, translator(language))
    lines = (
        ChaseLine(
            "SH1-R2611-00007", ClockName.TURNAROUND, Colour.OVERDUE, f"6 {days}", late=True,
            customer=w("中车株洲电力机车研究所有限公司", "CRRC Zhuzhou Locomotive Institute"), product="BE-2100",
            serial="BE21-00079190", since="2026-11-02", target=f"14 {days}", until="2026-11-18",
            pauses=w("2026-11-05–2026-11-07 等待用户同意", "2026-11-05–2026-11-07 waiting for the customer's consent"),
            who=w("李敏", "Li Min"), act=NextAct.REPAIR,
            call=w("2026-11-19 · 周工 · 电容缺料，供应商答应本周内发货 · 承诺 2026-11-27",
                   "2026-11-19 · Zhou · capacitors are short, the supplier ships this week · promised for 2026-11-27"),
        ),
        ChaseLine(
            "SH1-J2611-00003", ClockName.SOLUTION_PLAN, Colour.DUE_SOON, f"1.5 {hours}", late=False,
            customer=w("晋城高速公路管理处", "Jincheng Expressway"), product="RTU-200", serial="R20010594",
            since="2026-11-21 09:10", target=f"8 {hours}", until="2026-11-21 17:30",
            who=w("维修员", "repair technician"), act=NextAct.PLAN_SOLUTION,
        ),
        ChaseLine(
            "SH1-U2611-00002", ClockName.OWED_UNIT, Colour.OVERDUE, f"3 {days}", late=True,
            customer=w("云栖电力自动化", "Yunqi Power"), serial="VB011750", since="2026-11-04", target=f"14 {days}",
            until="2026-11-18", who=w("售后服务员", "after-sales clerk"), act=NextAct.FETCH_OWED,
        ),
    )
    return ChaseList(date(2026, 11, 21), Reach.LATE_OR_SOON, Grouping.DUE, lines, 2, 1, 4, 0)


def unit_file(language: str = "zh_CN") -> UnitFilePaper:
    """A unit with two key parts, one visit and an empty section."""
    w = spoken(language)
    return UnitFilePaper(
        date(2026, 11, 21),
        (((w("序列号", "Serial number"), "BE21-00079190"), (w("批号", "Lot"), "2405-07")),),
        ((w("出厂状态", "As it was shipped"),
          w("软件 V2.3，双路电源，防潮涂覆", "Software V2.3, two supplies, coated")),
         (w("备注", "Remark"), "")),
        (
            FileSection(
                w("关键件", "Key parts"), (w("名称", "Part"), w("批号", "Lot"), w("产地", "Origin")), (4, 2, 1),
                ((w("电源板", "Supply board"), "PB-2401", w("国产", "domestic")),
                 (w("显示屏", "Display"), "L-99", w("进口", "imported")))),
            FileSection(
                w("返修单", "Return cases"), (w("返修单号", "Case no."), w("故障现象", "Symptom")), (3, 6),
                (("SH1-R2611-00042", w("开机无输出", "No output")),)),
            FileSection(w("投诉", "Complaints"), (w("编号", "Number"), w("内容", "Story")), (1, 3), ()),
        ),
    )


def customer_file(language: str = "zh_CN") -> CustomerFilePaper:
    """A customer with contacts and a year."""
    w = spoken(language)
    return CustomerFilePaper(
        date(2026, 11, 21), (((w("用户", "Customer"), w("中车株洲所", "CRRC Zhuzhou")),),), (),
        (
            FileSection(
                w("联系人", "Contacts"), (w("姓名", "Name"), w("电话", "Telephone")), (1, 1),
                ((w("周工", "Zhou"), "0731-8855 6677"),)),
            FileSection(
                w("逐年情况", "Year by year"), (w("年份", "Year"), w("返修", "Returns")), (1, 1), (("2026", "17"),)),
        ),
    )


#: Form → the number of its sample document, and the function that makes the sample in a language.
SAMPLES: dict[FormId, tuple[str, Any]] = {
    FormId.TRAVELLER: ("SH1-T2611-00042", traveller),
    FormId.RECEIVING_RECEIPT: ("SH1-C2611-00042", receiving_receipt),
    FormId.RETURN_REGISTER: ("SH1-L2611-00001", return_register),
    FormId.REPAIR_PLAN: ("SH1-P2611-00003", repair_plan),
    FormId.HANDOVER_SLIP: ("SH1-H2611-00009", handover_slip),
    FormId.TRANSFER_SLIP: ("SH1-H2611-00010", transfer_slip),
    FormId.UNIT_LABEL: ("SH1-R2611-00042", unit_label),
    FormId.QA_MARK: ("SH1-M2611-00017", qa_mark),
    FormId.REPAIR_SLIP: ("SH1-S2611-00042", repair_slip),
    FormId.FEEDBACK_SLIP: ("SH1-F2611-00042", feedback_slip),
    FormId.PACKING_SLIP: ("SH1-K2611-00042", packing_slip),
    FormId.RETURN_NOTICE: ("SH1-Y2611-00003", return_notice),
    FormId.EXCHANGE_SLIP: ("SH1-X2611-00004", exchange_slip),
    FormId.SCRAP_FORM: ("SH1-W2611-00005", scrap_form),
    FormId.DETERMINATION: ("SH1-A2611-00002", determination_paper),
    FormId.QUALITY_ALARM: ("SH1-V2611-00001", alarm_paper),
    FormId.LOAN_SLIP: ("SH1-L2611-00004", loan_slip),
    FormId.LOAN_LIST: ("SH1-LOANS-20261116-20261122", loan_list),
    FormId.QUOTATION: ("SH1-Q2611-00007", quotation_slip),
    FormId.SPARE_USE: ("SH1-U2611-00004", spare_use),
    FormId.EMERGENCY_REQUEST: ("SH1-E2611-00002", emergency_request),
    FormId.RESTOCK_SLIP: ("SH1-Z2611-00002", restock_slip),
    FormId.LOANER_AGREEMENT: ("SH1-L2611-00005", loaner_agreement),
    FormId.ZONE_LEDGER: ("SH1-Z2611-00001", zone_ledger),
    FormId.STOCKTAKE_SHEET: ("SH1-N2611-00002", stocktake_sheet),
    FormId.PART_COUNT_SHEET: ("SH1-N2611-00003", part_count_sheet),
    FormId.TEST_SUMMARY: ("SH1-F21-2026-10", sample_quality.what_was_tested),
    FormId.QUALITY_REPORT: ("SH1-F22-2026-10", sample_quality.quality_report),
    FormId.CORRECTION_SHEET: ("SH1-F22K-2026-10", sample_quality.correction_sheet),
    FormId.SERVICE_SUMMARY: ("SH1-F24-2026-10", sample_quality.service_summary),
    FormId.COMMAND_CARD: ("SH1-CARD", command_card),
    FormId.CHASE_LIST: ("SH1-CHASE", chase_list),
    FormId.UNIT_FILE: ("SH1-UFILE", unit_file),
    FormId.CUSTOMER_FILE: ("SH1-CFILE", customer_file),
    FormId.LABEL_CALIBRATION: ("SH1-CAL", lambda language: LabelCalibration("ZD421")),
}

LONG = (
    "这是一段很长的说明，用来检查长文本是否会自动换行并接到下一页，任何内容都不得被截断；"
    "包括英文 words、序列号 ABC-000123 和标点（，。！？）。"
)


def long_traveller() -> TravellerSlip:
    """F1 with texts that need more than a page each."""
    sample = traveller()
    field = replace(
        sample.field_section, symptom=LONG * 60, customer="某某轨道交通装备技术服务股份有限公司长沙分公司" * 3
    )
    return replace(sample, field_section=field, factory_section=replace(sample.factory_section, work=LONG * 20))
