"""Heads under strain: a logo, long names, long numbers; nothing overlaps, every number can be scanned."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from app.domain.slips import DocumentHead, FormId, Signature
from app.i18n import translator
from app.printing import A4, A4_LANDSCAPE, A5, FORMS, render
from app.printing.printed import compose
from tests import sample_slips as samples
from tests.app.printing.reading_back import codes_on, text_of
from tests.app.printing.test_forms import collisions


def logo() -> bytes:
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 190, 190), fill=(18, 80, 158, 255))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def strained(head: DocumentHead) -> DocumentHead:
    letterhead = replace(
        head.letterhead, name="某某轨道交通装备技术服务股份有限公司华东区域返厂维修中心（上海张江）", logo=logo(),
        address="中国（上海）自由贸易试验区张江高科技园区张江路 1 号科技创新产业园 3 号楼 B 座 12 层 1201 至 1208 室",
    )
    return replace(head, letterhead=letterhead, number="SHANGHAI-R2611-100042", reprint=12, bilingual=True)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "form", [FormId.TRAVELLER, FormId.RETURN_REGISTER, FormId.PACKING_SLIP, FormId.REPAIR_SLIP],
)
def test_long_heads_do_not_overlap_and_are_scanned(form: FormId, language: str) -> None:
    slip = samples.SAMPLES[form][1](language)
    head = strained(samples.head(language=language))
    pages, paper, _ = compose(slip, head, translator(language))
    assert paper in (A4, A4_LANDSCAPE, A5)
    assert [collisions(leaves) for leaves in pages if collisions(leaves)] == []
    pdf = render(slip, head, translator(language)).pdf
    assert ("QRCode", head.number) in codes_on(pdf, 0, 203)
    assert ("Code128", head.number) in codes_on(pdf, 0, 300)
    assert "1201 至 1208 室" in text_of(pdf)


def test_the_qr_can_say_more_than_the_number() -> None:
    head = replace(samples.head(), code="SH1-S2611-00042/7Q$K+9")
    found = codes_on(render(samples.repair_slip(), head, translator("zh_CN")).pdf, 0, 203)
    assert ("QRCode", "SH1-S2611-00042/7Q$K+9") in found
    assert ("Code128", "SH1-S2611-00042") in found


def test_signature_boxes_bear_long_roles_and_names() -> None:
    role, name = "移交人（售后服务部华东区域返厂维修中心授权代表）", "欧阳娜仁其木格·阿不都热合曼·买买提江"
    long = Signature(role, name, samples.at(9))
    slip = replace(samples.handover_slip(), giver=long, receiver=replace(long, at=None))
    pages, _, _ = compose(slip, samples.head(), translator("zh_CN"))
    assert [collisions(leaves) for leaves in pages if collisions(leaves)] == []
    text = text_of(render(slip, samples.head(), translator("zh_CN")).pdf)
    assert text.count("买买提江") == 4  # two boxes on two copies


def test_a_stroke_of_one_point_is_still_a_dot() -> None:
    dot = Signature("用户", "", samples.at(9), (((0.5, 0.5),),))
    slip = replace(samples.handover_slip(), giver=dot)
    assert render(slip, samples.head(), translator("zh_CN")).pdf


def test_every_form_has_a_chinese_title() -> None:
    t = translator("zh_CN")
    assert [form.id for form in FORMS.values() if t(form.title).isascii()] == []
