"""Samples of the monthly reports: F21, F22, its correction sheet, F24."""

from __future__ import annotations

from app.domain.slips import (
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
    Signature,
    TestedItem,
    TestedProduct,
    TestSummary,
)

MONTH = "2026-10"


def quality_report(language: str = "zh_CN") -> QualityReport:
    """F22 with each kind of chart, an empty one and long names."""
    zh = language.startswith("zh")

    def w(chinese: str, english: str) -> str:
        return chinese if zh else english

    both = (w("产品原因", "Product-caused"), w("其他原因", "Other causes"))
    months = [f"26-{n:02d}" for n in range(1, 11)]
    exhibits = (
        Exhibit("pareto", w("产品原因故障（排列图）", "Product-caused faults (Pareto)"), Shape.BARS, w("故障", "Fault"),
                (w("台数", "Units"),), (
                    Mark(w("F11 电容失效", "F11 capacitor failed"), (7,), "70.0%"),
                    Mark(w("F30 虚焊、漏焊，系波峰焊炉温设置不当引起的同批次问题", "F30 cold solder joint"), (3,),
                         "100.0%"),
                ), tail=w("累计占比", "Cumulative share")),
        Exhibit("trend", w("近 12 个月检修台数", "Examined units, 12 months"), Shape.COLUMNS, w("月份", "Month"),
                ("A", "B", "C", "D"), tuple(Mark(m, (n, n + 1, 2, 1)) for n, m in enumerate(months))),
        Exhibit("yield", w("首检合格率", "First-pass yield"), Shape.LINES, w("月份", "Month"),
                (w("首检合格率", "First-pass yield"), "NFF"),
                tuple(Mark(m, (None if n == 3 else 900 + n, 50 + n)) for n, m in enumerate(months)), permille=True),
        Exhibit("products", w("按产品", "By product"), Shape.BARS, w("产品", "Product"), both,
                (Mark("BE-2100", (5, 2)),)),
        Exhibit("lots", w("按批次", "By lot"), Shape.BARS, w("批次", "Lot"), both, ()),
    )
    return QualityReport(
        MONTH, w("王建国于 2026-11-03 结账；封存码 9f3c2b1a00d4e5f6", "Closed by Wang Jianguo on 2026-11-03"),
        (Figure("ours", w("产品原因故障", "Product-caused faults"), "10", w("占检修完成 17 台的 58.8%", "58.8% of 17")),
         Figure("nff", w("测试无故障占比", "No-fault-found share"), "5.9%", "1/17")),
        exhibits,
        (LotLine("BE-2100", "L2405-B", 3, 2, "SH1-R2610-00004 BE21-00079204; SH1-R2610-00009 BE21-00079211"),),
        w("重复返修 90 天内，周转期限 14 天", "repeat within 90 days, turnaround 14 days"),
        w("电容批次 L2405-B 早期失效。", "Capacitors of lot L2405-B fail early."),
        w("开发部 11 月底前更换供应商。", "R&D changes the supplier by the end of November."),
        (Signature(w("检验员", "Quality inspector"), w("王建国", "Wang Jianguo")),),
    )


def correction_sheet(language: str = "zh_CN") -> CorrectionSheet:
    """One figure and one case that read otherwise."""
    zh = language.startswith("zh")
    return CorrectionSheet(
        MONTH, "王建国 2026-11-03" if zh else "Wang Jianguo 2026-11-03",
        (ChangedFigure("产品原因" if zh else "Product-caused", "", "10", "9"),),
        (ChangedCase("SH1-R2610-00004", "BE21-00079204", "内容有改动" if zh else "reads otherwise",
                     "原因" if zh else "Cause", "元器件质量" if zh else "component quality",
                     "用户原因" if zh else "user-caused"),),
    )


def what_was_tested(language: str = "zh_CN") -> TestSummary:
    """Two products, one item each."""
    zh = language.startswith("zh")
    return TestSummary(
        MONTH, (Figure("tested", "检验" if zh else "Tested", "21"),),
        (TestedProduct("BE-2100", 12, 10, 2, 11, 9), TestedProduct("PSU-4800W", 9, 9, 0, 9, 9)),
        (TestedItem("BE-2100", "V12", "12 V 输出" if zh else "12 V output", 12, 11, 1),),
        (Signature("检验员" if zh else "Quality inspector", "王建国" if zh else "Wang Jianguo"),),
    )


def service_summary(language: str = "zh_CN") -> ServiceSummary:
    """One product, one customer, the chart of receipts and exits."""
    zh = language.startswith("zh")
    flow = Exhibit("flow", "收件与出站" if zh else "Received and out", Shape.LINES, "月份" if zh else "Month",
                   ("收件" if zh else "Received", "出站" if zh else "Out"),
                   (Mark("26-09", (12, 9)), Mark("26-10", (17, 18))))
    return ServiceSummary(
        MONTH, (Figure("received", "收件" if zh else "Received", "17"),), (ServiceLine("BE-2100", 17, 18, 6, 1),),
        (ServiceLine("中车株洲电力机车研究所有限公司" if zh else "CRRC Zhuzhou Institute", 4, 3, 2, 0),), (flow,),
        (Signature("售后服务部编制" if zh else "Made by after-sales"),),
    )
