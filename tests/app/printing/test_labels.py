"""Labels in true millimetres, with bars that a coarse thermal printer can print and a scanner can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.places import ZONES
from app.domain.slips import LabelCalibration, UnitLabel
from app.i18n import translator
from app.printing import LABELS, Paper, label_medium, render
from app.printing.barcodes import LINEAR_QUIET
from app.printing.paper import MM
from app.printing.printed import compose
from tests import sample_slips as samples
from tests.app.printing.reading_back import codes_on, sizes_in_mm, squeezed, text_of

ZH = translator("zh_CN")


def label_pdf(slip: object, paper: Paper | None = None) -> bytes:
    """A label as it goes to the printer."""
    return render(slip, samples.head("SH1-R2611-00042"), ZH, paper=paper).pdf


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("medium", [name for name, paper in LABELS.items() if paper.height >= 40])
def test_serial_and_case_number_are_scanned_from_every_medium(medium: str, dpi: int) -> None:
    pdf = label_pdf(samples.unit_label(), label_medium(medium, dpi))
    assert codes_on(pdf, 0, dpi) == {("Code128", "BE2100079"), ("QRCode", "SH1-R2611-00042")}


SERIALS = ["7", "00079190", "BE2100079", "120000000000000042", "SN-ü-77", "BE21-00079190/A-2024-XL"]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("serial", SERIALS)
def test_any_serial_can_be_scanned_as_bars_or_else_as_qr(serial: str, dpi: int) -> None:
    slip = replace(samples.unit_label(), serial=serial)
    found = codes_on(label_pdf(slip, label_medium("60x40", dpi)), 0, dpi)
    assert serial in {text for _, text in found}
    assert ("QRCode", "SH1-R2611-00042") in found


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("name", ["40x30", "50x30"])
@pytest.mark.parametrize("code", ["", "SH1-M2611-00017:" + "QWERTYUIOP$%*+-./:0123456789" * 4])
def test_mark_is_scanned_even_when_it_is_signed(name: str, dpi: int, code: str) -> None:
    slip = replace(samples.qa_mark(), mark=replace(samples.MARK, code=code))
    paper = label_medium(name, dpi)
    found = codes_on(label_pdf(slip, paper), 0, dpi)
    assert found == {("QRCode", code or samples.MARK.number)}


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("make", [samples.unit_label, samples.qa_mark, lambda: LabelCalibration("ZD421")])
def test_bars_are_at_least_three_whole_printer_dots_on_the_printer_s_own_grid(make, dpi: int) -> None:  # type: ignore[no-untyped-def]
    slip = make()
    name = "40x30" if make is samples.qa_mark else "60x40"
    pages, _, _ = compose(slip, samples.head("SH1-R2611-00042"), ZH, paper=label_medium(name, dpi))
    pitch = 72 / dpi
    for leaf in (leaf for leaves in pages for leaf in leaves):
        for x, _, width, height in (bar for bars in leaf.codes for bar in bars):
            dots = width / pitch
            assert dots >= 3 - 1e-6
            assert dots == pytest.approx(round(dots))
            assert height >= 3 * pitch - 1e-6
            if not isinstance(slip, LabelCalibration):
                assert x / pitch == pytest.approx(round(x / pitch))


def test_quiet_zone_of_the_bars_is_kept_to_the_label_s_edge() -> None:
    for serial in ("BE2100079", "BE21000791", "12345678901234"):
        slip = replace(samples.unit_label(), serial=serial)
        pages, paper, _ = compose(slip, samples.head("SH1-R2611-00042"), ZH)
        bars = next(code for code in pages[0][0].codes if len({round(bar[1], 3) for bar in code}) == 1)
        module = min(bar[2] for bar in bars)
        assert min(bar[0] for bar in bars) >= LINEAR_QUIET * module - 0.5
        assert max(bar[0] + bar[2] for bar in bars) <= paper.size[0] - LINEAR_QUIET * module + 0.5


@pytest.mark.parametrize("name", LABELS)
def test_label_is_as_large_as_it_says(name: str) -> None:
    paper = LABELS[name]
    sizes = sizes_in_mm(label_pdf(LabelCalibration("ZD421"), paper))
    assert sizes == [(pytest.approx(paper.width, abs=0.01), pytest.approx(paper.height, abs=0.01))]


def test_calibration_frame_stands_two_millimetres_from_the_edge_and_a_shift_moves_it() -> None:
    straight = _ink_box(label_pdf(LabelCalibration(), label_medium("60x40")))
    shifted = _ink_box(label_pdf(LabelCalibration(), label_medium("60x40", shift=(0.8, -0.5))))
    assert straight == pytest.approx((2, 2, 58, 38), abs=0.15)
    assert shifted == pytest.approx((2.8, 1.5, 58.8, 37.5), abs=0.15)


def _ink_box(pdf: bytes) -> tuple[float, float, float, float]:
    """The box of everything printed, in millimetres from the top left corner, as a ruler finds it."""
    from PIL import Image, ImageOps

    from app.printing.raster import raster

    picture = raster(pdf, 0, 600)
    image = Image.frombuffer("RGBA", (picture.width, picture.height), picture.rgba, "raw", "RGBA", 0, 1).convert("L")
    box = ImageOps.invert(image).point(lambda value: 255 if value > 100 else 0).getbbox()
    assert box
    left, top, right, bottom = (edge / 600 * 25.4 for edge in box)
    return left, top, right, bottom


def test_texts_too_long_for_the_label_go_on_on_a_second_one() -> None:
    slip = UnitLabel(
        "BE2100079", "SH1-R2611-00042", "BE-2100 背光电源模块（带冗余输入与远程监控接口的宽温型号）",
        "某某轨道交通装备技术服务股份有限公司长沙分公司售后服务部第三检修车间备品备件组", ZONES[0], "A-03-2",
        *(samples.unit_label().received, samples.unit_label().due), urgent=True,
    )
    done = render(slip, samples.head("SH1-R2611-00042"), ZH)
    assert done.pages == 2
    text = squeezed(text_of(done.pdf))
    assert squeezed(slip.product) in text
    assert text.count("BE2100079") >= 2
    assert all(part in text for part in ("某某轨道交通装备", "备品备件组"))


@pytest.mark.parametrize("zone", ZONES)
def test_zone_band_is_readable_in_black_and_white(zone) -> None:  # type: ignore[no-untyped-def]
    from app.printing.forms.unit_label import BANDS

    red, green, blue = map(float, BANDS[zone][1].split())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5
    assert 0.299 * red + 0.587 * green + 0.114 * blue < 0.5  # a thermal printer makes it black


def test_margin_of_a_label_is_in_points_what_it_is_in_millimetres() -> None:
    assert LABELS["60x40"].size == (pytest.approx(60 * MM), pytest.approx(40 * MM))
