"""The preview's pictures."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from app.i18n import translator
from app.printing import A5, render
from app.printing.raster import page_sizes, raster
from tests import sample_slips as samples


def test_a_page_becomes_a_picture_of_its_size_on_white_ground() -> None:
    done = render(samples.packing_slip(), samples.head("SH1-K2611-00042"), translator("zh_CN"))
    assert [(round(w), round(h)) for w, h in page_sizes(done.pdf)] == [(420, 595)] * done.pages
    picture = raster(done.pdf, 0, 150)
    assert picture.width == pytest.approx(A5.width / 25.4 * 150, abs=1)
    assert picture.height == pytest.approx(A5.height / 25.4 * 150, abs=1)
    assert picture.rgba[:4] == b"\xff\xff\xff\xff"
    assert len(picture.rgba) == picture.width * picture.height * 4
    image = Image.open(BytesIO(picture.png()))
    assert image.size == (picture.width, picture.height)
    assert min(image.convert("L").tobytes()) < 40  # there is ink


def test_the_accent_is_blue_and_not_red() -> None:
    """Red and blue are not exchanged on the way from the raster."""
    done = render(samples.packing_slip(), samples.head("SH1-K2611-00042"), translator("zh_CN"))
    picture = raster(done.pdf, 0, 100)
    pixels = [picture.rgba[at : at + 3] for at in range(0, len(picture.rgba), 4)]
    assert sum(1 for red, _, blue in pixels if blue > red + 80) > 200
