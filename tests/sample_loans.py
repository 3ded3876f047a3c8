"""A believable loan slip and weekly list (F18, F18W), in Chinese and English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from app.domain.loans import Carriage, LoanFate
from app.domain.slips import BackLine, BorrowedPart, LoanList, LoanListLine, LoanSlip, Signature
from app.domain.stock import PlaceKind

_SHANGHAI = timezone(timedelta(hours=8))


def _parts(language: str) -> tuple[BorrowedPart, ...]:
    zh = language == "zh_CN"
    return (
        BorrowedPart("功率板" if zh else "Power board", "P-PSU-PWR", "块" if zh else "pcs", 2, 86_000, PlaceKind.MAIN,
                     consumed=1),
        BorrowedPart("电解电容 470 µF / 450 V" if zh else "Electrolytic capacitor 470 µF / 450 V", "P-CAP-470",
                     "只" if zh else "pcs", 12, 1_850, "李敏工位" if zh else "Bench of Li Min", unused=7, consumed=4,
                     defective=1),
        BorrowedPart("M12 连接器" if zh else "M12 connector", "P-CON-M12", "个" if zh else "pcs", 4, 2_900,
                     PlaceKind.MAIN, lost=1),
    )


def loan_slip(language: str = "zh_CN") -> LoanSlip:
    """F18, partly accounted for."""
    zh = language == "zh_CN"
    at = datetime(2026, 11, 12, 9, 40, tzinfo=_SHANGHAI)
    clerk = "何静" if zh else "He Jing"
    names = [part.name for part in _parts(language)]
    back = (
        BackLine(at + timedelta(days=8), names[1], 7, LoanFate.UNUSED, "", clerk),
        BackLine(at + timedelta(days=8), names[1], 4, LoanFate.CONSUMED, "SH1-R2611-00031", clerk),
        BackLine(at + timedelta(days=8), names[1], 1, LoanFate.DEFECTIVE, "漏液" if zh else "leaks", clerk),
        BackLine(at + timedelta(days=9), names[2], 1, LoanFate.LOST, "现场遗失" if zh else "left behind at the site",
                 clerk),
    )
    return LoanSlip(
        "李敏" if zh else "Li Min",
        "郑州地铁 2 号线两台电源模块现场更换，备足易损件" if zh else "Two power modules, Zhengzhou Metro line 2",
        Carriage.CARRIED, at, date(2026, 11, 18), date(2026, 11, 21), 205_800, False, _parts(language), back,
        "SH1-R2611-00031", None,
        (
            Signature("借用人" if zh else "Borrower", "李敏" if zh else "Li Min", at),
            Signature("售后主管" if zh else "Supervisor", "陈思远" if zh else "Chen Siyuan", at),
            Signature("质检复验" if zh else "QA re-inspection"),
        ),
    )


def loan_list(language: str = "zh_CN") -> LoanList:
    """F18W, one loan late and one cleared."""
    zh = language == "zh_CN"
    open_ones = tuple(
        LoanListLine("SH1-L2611-00004", "李敏" if zh else "Li Min", date(2026, 11, 9), date(2026, 11, 15), part, 6)
        for part in _parts(language)
    )
    done = LoanListLine(
        "SH1-L2611-00005", "赵强" if zh else "Zhao Qiang", date(2026, 11, 16), date(2026, 11, 20),
        replace(_parts(language)[0], quantity=1, consumed=1), 0, date(2026, 11, 19))
    return LoanList(date(2026, 11, 16), date(2026, 11, 22), (*open_ones, done), (
        Signature("备件库" if zh else "Parts store"), Signature("信息室" if zh else "Information office")))
