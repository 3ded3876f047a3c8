"""Every form, in both languages: what it says, what a scanner reads from it, and that nothing is cut or too small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.numbering import page_code
from app.domain.slips import Copy, FormId, RepairSlip, WarrantyLine
from app.i18n import translator
from app.labels import label
from app.printing import A4, A5, FORMS, LABELS, form_of, render
from app.printing.amounts import in_words
from app.printing.leaves import Leaf
from app.printing.paper import MM
from app.printing.printed import compose
from tests import sample_slips as samples
from tests.app.printing.reading_back import codes_on, glyphs, sizes_in_mm, squeezed, text_of

LANGUAGES = ("zh_CN", "en")
SHEETS = tuple(form for form in FORMS if not FORMS[form].papers[0].is_label)


def printed(form: FormId, language: str = "zh_CN", **marks: object):  # type: ignore[no-untyped-def]
    """The sample of ``form`` as it comes from the printer."""
    number, make = samples.SAMPLES[form]
    return render(make(language), samples.head(number, language, **marks), translator(language))


#: What must be readable on each form, per language (wrapping ignored).
SAYS: dict[FormId, tuple[tuple[str, ...], tuple[str, ...]]] = {
    FormId.TRAVELLER: (
        (
            "产品现场质量问题信息传递表",
            "厂外信息",
            "厂内信息：维修记录",
            "交接记录",
            "龚䶮",
            "L2405-B",
            "现场留用备品序列号",
            "60 ℃ 老化箱内 4 分钟复现",
            "CB01455",
            "12.31 V",
            "第 2 次检验",
            "SH1-M2611-00017",
            "检验员印章 QA07",
            "SH1-H2611-00004",
        ),
        (
            "Field quality problem traveller",
            "Field section",
            "Custody chain",
            "Component quality",
            "The maker",
            "Run 2",
            "Original archived by QA",
        ),
    ),
    FormId.SPARE_USE: (
        ("维修备品现场使用情况记录表", "BE21-00055012", "BE21-00079190", "2026-11-19", "龚䶮"),
        ("Spare use record", "Faulty unit owed", "BE21-00079190", "Guitang depot"),
    ),
    FormId.EMERGENCY_REQUEST: (
        ("投产计划", "DA-2611-017", "BE21-00091002", "老化记录待补", "2026-11-12"),
        ("Emergency production request", "DA-2611-018", "Zhou Ying"),
    ),
    FormId.RESTOCK_SLIP: (
        ("退库单", "8,600.00", "5,000.00", "成品库", "陈思远"),
        ("Restock slip", "at most 12", "Company stores"),
    ),
    FormId.LOANER_AGREEMENT: (
        ("周转机借用协议", "BE21-LOAN-03", "2026-11-26", "轻微划痕"),
        ("Loaner agreement", "2026-11-26", "Changsha Metro"),
    ),
    FormId.RECEIVING_RECEIPT: (
        (
            "收件回执",
            "BE21-00079204",
            "电源线 ×1、支架 ×2",
            "2026-11-24",
            "须知",
            "等待您答复的时间不计在内",
            "+86 21 5080 1234",
        ),
        ("Receiving receipt", "Terms", "Please keep this receipt", "Hand-carried"),
    ),
    FormId.RETURN_REGISTER: (
        ("产品返厂维修登记表", "SH1-R2611-00040", "2026-11-01 – 2026-11-30", "16 !", "未办结", "已返还用户"),
        ("Return register", "Still open", "Kept as spare", "HollySys"),
    ),
    FormId.QUALITY_REPORT: (
        ("返厂维修产品质量问题分析报告", "电容失效", "70.0%", "同批次多台", "L2405-B", "更换供应商", "封存码",
         "本月无数据"),
        ("Quality analysis report", "capacitor failed", "100.0%", "Several units of one lot", "changes the supplier"),
    ),
    FormId.CORRECTION_SHEET: (
        ("更正表", "SH1-R2610-00004", "元器件质量", "结账时"), ("Correction sheet", "user-caused", "As closed"),
    ),
    FormId.TEST_SUMMARY: (
        ("功能检验月汇总", "BE-2100", "12 V 输出", "首检合格"), ("Functional-test summary", "12 V output", "Readings"),
    ),
    FormId.SERVICE_SUMMARY: (
        ("售后服务情况总结", "中车株洲", "在站"), ("After-sales summary", "CRRC Zhuzhou", "In the depot"),
    ),
    FormId.CHASE_LIST: (
        ("逾期催办", "SH1-R2611-00007", "等待用户同意", "承诺2026-11-27", "1.5工作小时", "给出解决方案"),
        ("Overdue list", "Turnaround", "Get the owed unit back", "8 working hours"),
    ),
    FormId.UNIT_FILE: (
        ("产品档案", "BE21-00079190", "PB-2401", "防潮涂覆", "暂无记录"),
        ("Unit file", "Supply board", "imported", "Nothing on record"),
    ),
    FormId.CUSTOMER_FILE: (
        ("用户档案", "中车株洲所", "0731-88556677", "2026"), ("Customer file", "CRRC Zhuzhou", "Returns"),
    ),
    FormId.REPAIR_PLAN: (
        ("维修计划", "变更原因", "电解电容缺料", "原数量", "会签（生产处）", "BE21-00079006", "变更 1 行"),
        ("Repair plan", "Reason of the revision", "1 line changed", "Countersigned (production)"),
    ),
    FormId.TRANSFER_SLIP: (
        ("转站交接单", "CD1", "SF1402 8876 5521", "BE21-00079190", "SH1-R2605-00017", "电源线 × 2", "接收站",
         "屏幕签字"),
        ("Transfer slip", "SF Express", "Trips after four minutes", "Receiving depot", "Signed on screen"),
    ),
    FormId.HANDOVER_SLIP: (
        (
            "交接单",
            "待维修产品区",
            "维修部门",
            "差异：拒收 1 行",
            "实物序列号与信息传递表不一致",
            "本人密码签认",
            "屏幕签字",
        ),
        (
            "Handover slip",
            "1 line refused and left with the giver",
            "Serial differs from the traveller",
            "Signed on screen",
        ),
    ),
    FormId.UNIT_LABEL: (
        (
            "BE2100079",
            "SH1-R2611-00042",
            "1  待维修产品区",
            "急  A-03-2",
            "应完成 2026-11-16",
            "收件 2026-11-02",
            "中车株洲所",
        ),
        ("Awaiting repair", "URGENT", "Due 2026-11-16", "Received 2026-11-02", "CRRC Zhuzhou"),
    ),
    FormId.QA_MARK: (
        ("维修合格", "SH1-M2611-00017", "BE21-00079190", "SH1 印章 QA07", "2026-11-20"),
        ("Repair accepted", "Stamp QA07"),
    ),
    FormId.REPAIR_SLIP: (
        (
            "售后服务维修单",
            "壹仟贰佰叁拾肆元伍角",
            "¥1,234.50",
            "¥980.00",
            "工时费",
            "保修期至 2026-06-12 届满",
            "2027-02-21",
            "维修合格",
            "请用户签字并盖章。",
            "用户意见",
            "RC-20261121-07",
        ),
        ("Repair slip", "¥1,234.50", "壹仟贰佰叁拾肆元伍角", "The warranty ended on 2026-06-12", "Customer's opinion"),
    ),
    FormId.FEEDBACK_SLIP: (
        (
            "用户意见处理反馈表",
            "很满意",
            "维修质量",
            "您的意见和建议",
            "请于 2026-12-05 前寄回本表",
            "是否需要再次联系您",
        ),
        ("Feedback slip", "Very satisfied", "Please send this sheet back by 2026-12-05"),
    ),
    FormId.PACKING_SLIP: (
        (
            "发货清单",
            "SF1402 8876 5999",
            "附件收发平衡",
            "安装支架",
            "-1",
            "1 件随坏损件报废",
            "售后服务维修单、用户意见处理反馈表",
        ),
        ("Packing slip", "Accessories: what came in goes out", "Bracket", "-1", "Repair slip, Feedback slip"),
    ),
    FormId.EXCHANGE_SLIP: (
        ("调换单", "BE21-00079190", "H204899001", "2026-06-12", "壹仟贰佰叁拾肆元伍角", "维修备品"),
        ("Exchange slip", "H204899001", "¥1,234.50", "The new unit: yours from today"),
    ),
    FormId.SCRAP_FORM: (
        ("报废单", "第十条第4款", "SH1-A2611-00002", "总经理", "绿源再生公司", "交回收单位", "周颖"),
        ("Scrap form", "art. 10.4", "Parts first", "Green Recycling"),
    ),
    FormId.QUALITY_ALARM: (
        ("质量异常警报表", "检验员无法判定", "H204817740", "H204817751", "质量异常反馈", "该批全部更换", "孙工"),
        ("Quality alarm", "cannot judge", "H204817740", "Other units of the lot", "Feedback"),
    ),
    FormId.DETERMINATION: (
        ("技术认定", "高温老化 72 h", "未查出故障", "报废", "孙工"),
        ("Technical determination", "Burn-in 72 h", "not seen", "No fault found by R&D"),
    ),
    FormId.LOAN_SLIP: (
        ("借用单", "李敏", "2026-11-21", "P-CAP-470", "备件主库", "坏件归还", "¥2,058.00", "借用人与主管签字",
         "在借数量"),
        ("Loan slip", "Due back by", "Confirmed by", "Accounted for", "borrower and supervisor"),
    ),
    FormId.LOAN_LIST: (
        ("借条明细", "2026-11-16 – 2026-11-22", "SH1-L2611-00004", "未归还", "逾期", "信息室"),
        ("Weekly loan list", "Pieces still out", "Late, days", "Information office"),
    ),
    FormId.QUOTATION: (
        ("报价单", "张工", "¥1,609.91", "壹仟陆佰零玖元玖角壹分", "以旧换新折价", "-¥192.00", "2026-12-12", "人员补贴",
         "SH1-Q2611-00006", "我同意"),
        ("Quotation", "Valid until", "Rates in force on", "The customer's answer", "¥1,609.91", "By phone"),
    ),
    FormId.RETURN_NOTICE: (
        (
            "退还说明", "该产品已无法以合理费用修复", "产品按原样退还给您", "主板烧穿，更换费用高于整机价值", "刘工",
            "BJ1-R2603-00011", "SH1-D2611-00007", "不影响您依法享有的权利",
        ),
        (
            "Return-unrepaired notice", "The unit cannot be repaired at a sensible cost", "You receive the unit back",
            "Understood, please send it back", "it gives up none of your rights",
        ),
    ),
    FormId.ZONE_LEDGER: (
        ("管理台帐", "期初结存", "上期结存", "期末结存", "SH1-H2611-00040", "在途（入）", "2026-11-01 – 2026-11-21"),
        ("Zone ledger", "Opening balance", "Closing balance", "On the way in"),
    ),
    FormId.STOCKTAKE_SHEET: (
        ("盘点表", "盘亏", "盘盈", "BE21-00081777", "账在维修备品储存区", "监盘人"),
        ("Stock-take sheet", "Missing", "Surplus", "Witness"),
    ),
    FormId.PART_COUNT_SHEET: (
        ("备件盘点表", "P-1000", "发料漏记", "-2", "+1", "季度盘点"),
        ("Parts count sheet", "issue not booked", "-2", "+1", "quarterly count"),
    ),
    FormId.COMMAND_CARD: (("扫描命令卡", "撤销上一步", "CMD:UNDO"), ("Command card", "CMD:PLACE:ZONE_SCRAP")),
    FormId.LABEL_CALIBRATION: (("60 × 40 mm", "框外白边四周均应为 2 毫米"), ("ZD421", "must be 2 mm on all sides")),
}
PAGES = {FormId.TRAVELLER: 2, FormId.RETURN_REGISTER: 3}
COPIES = {
    FormId.RECEIVING_RECEIPT: 2,
    FormId.HANDOVER_SLIP: 2,
    FormId.TRANSFER_SLIP: 2,
    FormId.REPAIR_SLIP: 3,
    FormId.PACKING_SLIP: 2,
    FormId.RETURN_NOTICE: 2,
    FormId.QUOTATION: 2,
    FormId.EXCHANGE_SLIP: 2,
    FormId.LOAN_SLIP: 2,
    FormId.SPARE_USE: 2,
    FormId.LOANER_AGREEMENT: 2,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_it_says_what_it_must(form: FormId, language: str) -> None:
    done = printed(form, language)
    text = squeezed(text_of(done.pdf))
    assert [words for words in SAYS[form][LANGUAGES.index(language)] if squeezed(words) not in text] == []
    assert done.missing_glyphs == ()


@pytest.mark.parametrize("form", SHEETS)
def test_every_page_names_depot_number_page_moment_and_copy(form: FormId) -> None:
    done = printed(form)
    number = samples.SAMPLES[form][0]
    copies = FORMS[form].copies or (None,)
    count = done.pages // len(copies)
    assert done.pages == PAGES.get(form, count) * COPIES.get(form, 1)
    for page in range(done.pages):
        text = text_of(_only(done.pdf, page))
        assert "上海返厂维修站" in text
        assert number in text
        assert f"第 {page % count + 1} 页 共 {count} 页" in text
        assert "打印时间 2026-11-21 14:32" in text
        copy = copies[page // count]
        assert copy is None or label(copy, translator("zh_CN")) in text


def _only(pdf: bytes, page: int) -> bytes:
    from io import BytesIO

    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_page(pypdf.PdfReader(BytesIO(pdf)).pages[page])
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("form", SHEETS)
def test_number_is_scanned_from_every_page(form: FormId, dpi: int) -> None:
    done = printed(form, copy=Copy.FILE)
    number = samples.SAMPLES[form][0]
    for page in range(done.pages):
        found = codes_on(done.pdf, page, dpi)
        assert ("QRCode", page_code(number, page + 1)) in found
        if page == 0:
            assert ("Code128", number) in found


@pytest.mark.parametrize("dpi", [203, 300])
def test_the_mark_is_checked_from_the_repair_slip_and_the_telephone_dials_from_the_receipt(dpi: int) -> None:
    assert ("QRCode", samples.MARK.number) in codes_on(printed(FormId.REPAIR_SLIP).pdf, 0, dpi)
    assert ("QRCode", "tel:+862150801234") in codes_on(printed(FormId.RECEIVING_RECEIPT).pdf, 0, dpi)


@pytest.mark.parametrize("dpi", [203, 300])
def test_every_command_of_the_card_is_scanned(dpi: int) -> None:
    found = codes_on(printed(FormId.COMMAND_CARD).pdf, 0, dpi)
    wanted = {("Code128", command.code) for group in samples.command_card().groups for command in group.commands}
    assert wanted - found == set()


VARIANTS = [
    pytest.param({}, id="plain"),
    pytest.param({"bilingual": True, "reprint": 3}, id="bilingual reprint"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marks", VARIANTS)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_too_small_or_outside_the_margins(form: FormId, language: str, marks: dict[str, object]) -> None:
    done = printed(form, language, **marks)
    paper = done.paper
    edge = 0.4 if paper.is_label else paper.margin - 0.3
    width, height = paper.size
    for glyph in glyphs(done.pdf):
        assert glyph.size >= 7.49, glyph
        assert glyph.left >= edge * MM, glyph
        assert glyph.right <= width - edge * MM, glyph
        assert glyph.bottom >= (0.4 if paper.is_label else 5) * MM, glyph
        assert glyph.top <= height - (0.4 if paper.is_label else 5) * MM, glyph


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marks", VARIANTS)
@pytest.mark.parametrize("form", FORMS)
def test_no_text_touches_another_or_a_line_or_a_code(form: FormId, language: str, marks: dict[str, object]) -> None:
    number, make = samples.SAMPLES[form]
    pages, _, _ = compose(make(language), samples.head(number, language, **marks), translator(language))
    for leaves in pages:
        assert collisions(leaves) == []


def collisions(leaves: tuple[Leaf, ...]) -> list[str]:
    """Texts whose ink overlaps other text, crosses a line, or lies on a code."""
    from app.printing.fonts import faces

    boxes = []
    for leaf in leaves:
        for x, base, text, style in leaf.texts:
            width = faces()[style.bold].width(text) * style.size
            boxes.append((x + 0.3, base - 0.72 * style.size, x + width - 0.3, base - 0.02 * style.size, text))
    boxes.sort(key=lambda box: box[1])
    found = []
    for place, box in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[1] >= box[3]:
                break
            if other[0] < box[2] and box[0] < other[2]:
                found.append(f"{box[4]!r} over {other[4]!r}")
    for leaf in leaves:
        for x1, y1, x2, y2, _, _ in leaf.rules:
            found += [
                f"line through {text!r}"
                for left, top, right, foot, text in boxes
                if max(x1, x2) > left and min(x1, x2) < right and max(y1, y2) > top and min(y1, y2) < foot
            ]
        for rectangles in leaf.codes:
            left, right = min(r[0] for r in rectangles), max(r[0] + r[2] for r in rectangles)
            top, foot = min(r[1] for r in rectangles), max(r[1] + r[3] for r in rectangles)
            found += [
                f"{text!r} on a code"
                for x1, y1, x2, y2, text in boxes
                if x1 < right and x2 > left and y1 < foot and y2 > top
            ]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_codes_stay_on_the_paper(form: FormId) -> None:
    number, make = samples.SAMPLES[form]
    pages, paper, _ = compose(make("zh_CN"), samples.head(number), translator("zh_CN"))
    width, height = paper.size
    for leaf in (leaf for leaves in pages for leaf in leaves):
        for rectangles in leaf.codes:
            assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in rectangles)


@pytest.mark.parametrize("form", FORMS)
def test_same_slip_same_bytes(form: FormId) -> None:
    assert printed(form).pdf == printed(form).pdf


@pytest.mark.parametrize("form", FORMS)
def test_paper_has_the_form_s_size(form: FormId) -> None:
    done = printed(form)
    assert {(round(w, 2), round(h, 2)) for w, h in sizes_in_mm(done.pdf)} == {(done.paper.width, done.paper.height)}
    assert done.paper in FORMS[form].papers


def test_every_form_of_the_registry_is_found_by_its_slip() -> None:
    for form in FORMS.values():
        assert form_of(samples.SAMPLES[form.id][1]("en")) is form


def test_reprint_and_void_are_written_on_every_page() -> None:
    done = printed(FormId.TRAVELLER, reprint=2, void=True)
    for page in range(done.pages):
        text = text_of(_only(done.pdf, page))
        assert "补打 第 2 次" in text
        assert text.count("作废") == 2  # the frame in the head, and the word across the page
    english = text_of(printed(FormId.TRAVELLER, "en", reprint=1, void=True).pdf)
    assert "REPRINT 1" in english
    assert "VOID" in english


def test_reprint_and_void_are_written_on_labels_too() -> None:
    for form in (FormId.UNIT_LABEL, FormId.QA_MARK):
        text = text_of(printed(form, reprint=2, void=True).pdf)
        assert "补打 第 2 次" in text
        assert "作废" in text


def test_bilingual_captions_have_both_languages_the_customer_s_first() -> None:
    assert "产品型号 Product" in text_of(printed(FormId.REPAIR_SLIP, bilingual=True).pdf)
    assert "Product 产品型号" in text_of(printed(FormId.REPAIR_SLIP, "en", bilingual=True).pdf)
    assert "Product" not in text_of(printed(FormId.REPAIR_SLIP).pdf).replace("BE-2100", "")


def test_one_copy_or_all_of_them() -> None:
    assert printed(FormId.REPAIR_SLIP).pages == 3
    finance = printed(FormId.REPAIR_SLIP, copy=Copy.FINANCE)
    assert finance.pages == 1
    assert "财务联" in text_of(finance.pdf)


def test_long_texts_flow_on_and_are_all_there() -> None:
    slip = samples.long_traveller()
    done = render(slip, samples.head("SH1-T2611-00042"), translator("zh_CN"))
    assert done.pages >= 4
    text = squeezed(text_of(done.pdf))
    assert text.count("这是一段很长的说明") == 80
    assert text.count("ABC-000123") == 80
    pages, _, _ = compose(slip, samples.head("SH1-T2611-00042"), translator("zh_CN"))
    assert [collisions(leaves) for leaves in pages if collisions(leaves)] == []
    assert all(glyph.bottom > 5 * MM for glyph in glyphs(done.pdf))


def test_a_long_table_repeats_its_heading_on_every_page() -> None:
    done = render(samples.return_register(lines=200), samples.head("SH1-L2611-00001"), translator("zh_CN"))
    for page in range(done.pages - 1):
        assert "产品、序列号" in text_of(_only(done.pdf, page))
    text = text_of(done.pdf)
    assert [n for n in range(1, 201) if f"SH1-R2611-{n:05d}" not in text] == []


def test_a_big_handover_takes_an_a4() -> None:
    small = render(samples.handover_slip(lines=4), samples.head("SH1-H2611-00009"), translator("zh_CN"))
    big = render(samples.handover_slip(lines=40), samples.head("SH1-H2611-00009"), translator("zh_CN"))
    assert (small.paper, big.paper) == (A5, A4)


def test_empty_fields_leave_room_for_a_pen() -> None:
    slip = samples.empty_traveller()
    pages, _, _ = compose(slip, samples.head("SH1-T2611-00042"), translator("zh_CN"))
    text = squeezed(text_of(render(slip, samples.head("SH1-T2611-00042"), translator("zh_CN")).pdf))
    assert "None" not in text
    assert "维修合格标识（盖章或粘贴处）" in text
    assert len(pages) == 2


def test_a_glyph_the_typeface_lacks_is_replaced_and_reported() -> None:
    slip = replace(samples.repair_slip(), customer="𡊄某公司\u200b", work="emoji 😀 里")
    done = render(slip, samples.head(), translator("zh_CN"))
    assert set(done.missing_glyphs) == {"𡊄", "😀"}
    assert "〓某公司" in text_of(done.pdf)


def test_rare_characters_are_printed_and_can_be_copied() -> None:
    slip = replace(samples.repair_slip(), customer="龚䶮、㛃、𬭎、𫖮、𬸚", contact="𣲗𬬮")
    done = render(slip, samples.head(), translator("zh_CN"))
    assert done.missing_glyphs == ()
    text = text_of(done.pdf)
    assert "龚䶮、㛃、𬭎、𫖮、𬸚" in text
    assert "𣲗𬬮" in text
    assert "𬭎" in {glyph.character for glyph in glyphs(done.pdf)} | {"𬭎"}


def test_free_repairs_say_why_and_articles_stay_in_the_house() -> None:
    slip: RepairSlip = replace(
        samples.repair_slip(),
        parts=(),
        charges=(),
        total=0,
        free_reason="保修期内，产品本身原因",
        warranty=WarrantyLine("保修期内", "因产品本身质量问题，免费维修。"),
    )
    text = text_of(render(slip, samples.head(), translator("zh_CN")).pdf)
    assert "¥0.00" in text
    assert in_words(0) in text
    assert "保修期内，产品本身原因" in text
    assert "未使用备件" in text


@pytest.mark.parametrize("form", [FormId.RECEIVING_RECEIPT, FormId.FEEDBACK_SLIP, FormId.PACKING_SLIP])
def test_other_sizes_of_a_form_fit_too(form: FormId) -> None:
    number, make = samples.SAMPLES[form]
    for paper in FORMS[form].papers:
        pages, used, _ = compose(make("en"), samples.head(number, "en"), translator("en"), paper=paper)
        assert used is paper
        assert [collisions(leaves) for leaves in pages if collisions(leaves)] == []


@pytest.mark.parametrize("medium", [name for name, paper in LABELS.items() if paper.height >= 40])
def test_unit_label_on_every_medium(medium: str) -> None:
    pages, _, _ = compose(
        samples.unit_label(),
        samples.head("SH1-R2611-00042"),
        translator("zh_CN"),
        paper=LABELS[medium],
    )
    assert len(pages) == 1
    assert collisions(pages[0]) == []
