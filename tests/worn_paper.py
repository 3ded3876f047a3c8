"""Papers as they come back from customers: rasterised at 200 dpi, turned, skewed, noisy, with a ring of coffee."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw

from app.printing import Printed
from app.printing.raster import raster

DPI = 200


def page(printed: Printed, number: int = 0) -> Image.Image:
    """One page as a good scanner sees it."""
    seen = raster(printed.pdf, number, DPI)
    return Image.frombytes("RGBA", (seen.width, seen.height), seen.rgba).convert("RGB")


def worn(picture: Image.Image, turned: int, chance: Random, skew: float = 2.0) -> Image.Image:
    """The page turned by ``turned`` degrees, ``skew`` degrees askew, with a coffee stain and noise."""
    slanted = picture.rotate(
        chance.choice((skew, -skew)), expand=True, fillcolor=(250, 249, 245), resample=Image.Resampling.BICUBIC)
    slanted = slanted.rotate(turned, expand=True)
    width, height = slanted.size
    x, y, r = chance.randrange(width), chance.randrange(height), chance.randrange(120, 260)
    ImageDraw.Draw(slanted, "RGBA").ellipse(
        (x - r, y - r, x + r, y + r), fill=(120, 72, 20, 60), outline=(90, 50, 10, 150), width=14)
    small = (width // 2 + 1, height // 2 + 1)
    grain = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    return Image.blend(slanted, grain.resize(slanted.size).convert("RGB"), 0.14)


def as_pdf(pictures: Sequence[Image.Image]) -> bytes:
    """Several sheets in one file, as a scanner with a feeder makes it."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=DPI, quality=70)
    return out.getvalue()


def with_code(text: str) -> Image.Image:
    """A sheet with a QR of somebody else's."""
    from app.printing.barcodes import qr_runs

    side, runs = qr_runs(text)
    sheet = Image.new("RGB", (1000, 1400), "white")
    draw = ImageDraw.Draw(sheet)
    for column, row, length in runs:
        x, y = 700 + column * 6, 80 + row * 6
        draw.rectangle((x, y, x + length * 6 - 1, y + 5), fill="black")
    draw.text((80, 80 + side), "delivery note", fill="black")
    return sheet
