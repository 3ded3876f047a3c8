"""A believable quotation (F19), accepted by phone, in Chinese and English."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from app.domain.quotation import ConsentMethod
from app.domain.slips import QuotationSlip, QuotedLine, RateLine, Signature
from app.domain.tariffs import RateClass, TariffKind

_SHANGHAI = timezone(timedelta(hours=8))


def quotation_slip(language: str = "zh_CN") -> QuotationSlip:
    """F19, second version."""
    zh = language == "zh_CN"
    at = datetime(2026, 11, 12, 14, 20, tzinfo=_SHANGHAI)
    lines = (
        QuotedLine("工时" if zh else "Labour", "普通维修  每小时单价" if zh else "bench work  price per hour",
                   "50 分钟" if zh else "50 min", 18_000, 15_000),
        QuotedLine("主控板" if zh else "Main board", "P-MAIN-48", "1 件" if zh else "1 pcs", 128_000, 128_000),
        QuotedLine("M12 连接器" if zh else "M12 connector", "P-CON-M12", "2 件" if zh else "2 pcs", 2_905, 5_810),
        QuotedLine("交通费" if zh else "Travel", "省内" if zh else "in the province", "120 公里" if zh else "120 km",
                   150, 18_000),
        QuotedLine("备件加价" if zh else "Surcharge on parts", "10 %", "", None, 13_381),
        QuotedLine("以旧换新折价" if zh else "Old-for-new credit", "15 %", "1 件" if zh else "1 pcs", None, -19_200),
    )
    rates = (
        RateLine(TariffKind.LABOUR, RateClass.STANDARD, "¥180.00"),
        RateLine(TariffKind.LABOUR, RateClass.SPECIALIST, "¥260.00"),
        RateLine(TariffKind.PARTS_SURCHARGE, "", "10 %, 至少 ¥5.00" if zh else "10 %, at least ¥5.00"),
        RateLine(TariffKind.OLD_FOR_NEW, "", "15 %"),
        *(RateLine(TariffKind.TRAVEL, region, "¥1.50") for region in (RateClass.LOCAL, RateClass.PROVINCE)),
        RateLine(TariffKind.LODGING, RateClass.PROVINCE, "¥150.00"),
        RateLine(TariffKind.MEALS, RateClass.PROVINCE, "¥50.00"),
        RateLine(TariffKind.ALLOWANCE, RateClass.PROVINCE, "¥200.00"),
        RateLine(TariffKind.INSPECTION, "", "¥120.00"),
    )
    who = "张工" if zh else "Mr Zhang"
    return QuotationSlip(
        "郑州地铁运营有限公司" if zh else "Zhengzhou Metro Operations", "PSU-4800W 电源模块" if zh else "PSU-4800W",
        "H204817736", "SH1-R2611-00042", who, "138 0371 5566", "开机无输出" if zh else "no output when switched on",
        "输入端接反，主控板烧毁" if zh else "input reversed, main board burnt",
        "故障由使用、保管或操作引起，不属于保修范围。" if zh else
        "The fault came from use, storage or handling; the warranty does not cover it.",
        lines, rates, 160_991, date(2026, 11, 12), date(2026, 12, 12), 2, "SH1-Q2611-00006",
        "含税，运费由我方承担。" if zh else "Tax included; we bear the freight.", accepted=True,
        how=ConsentMethod.PHONE, answered_by=who, answered_phone="138 0371 5566", answered_at=at,
        signatures=(
            Signature("报价人" if zh else "Quoted by", "何静" if zh else "He Jing"),
            Signature("用户" if zh else "Customer", who),
        ),
    )
