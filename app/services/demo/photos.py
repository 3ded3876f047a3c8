"""Photos for the demonstration, drawn: a nameplate, a scorched board, a crushed box; no real picture is shipped."""

from __future__ import annotations

import io
from random import Random
from typing import TYPE_CHECKING

from app.paths import FONTS
from app.services.demo.fates import Life

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDE, HIGH = 1280, 960


def photo(life: Life, chance: Random) -> list[tuple[str, bytes]]:
    """One or two photos of a unit: (file name, JPEG)."""
    found = [("铭牌.jpg", _jpeg(_nameplate(life, chance)))]
    if life.story["symptom_code"] in {"S51", "S60", "S30"}:
        found.append(("损坏部位.jpg", _jpeg(_board(chance))))
    elif chance.random() < 0.4:
        found.append(("外箱.jpg", _jpeg(_box(chance))))
    return found


def _ground(chance: Random, colour: tuple[int, int, int]) -> tuple[Image, ImageDraw]:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDE, HIGH), colour)
    pen = ImageDraw.Draw(picture)
    for _ in range(160):
        x, y, shade = chance.randrange(WIDE), chance.randrange(HIGH), chance.randrange(-9, 10)
        tint = tuple(max(0, min(255, part + shade)) for part in colour)
        pen.ellipse((x - 90, y - 40, x + 90, y + 40), fill=tint)
    return picture, pen


def _font(size: int, *, bold: bool = False) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / ("NotoSansSC_700Bold.ttf" if bold else "NotoSansSC_400Regular.ttf"), size)


def _nameplate(life: Life, chance: Random) -> Image:
    picture, pen = _ground(chance, (58, 66, 74))
    pen.rounded_rectangle(
        (150, 170, WIDE - 150, HIGH - 170), 26, fill=(196, 201, 205), outline=(120, 126, 132), width=6)
    for x in (200, WIDE - 200):
        for y in (220, HIGH - 220):
            pen.ellipse((x - 18, y - 18, x + 18, y + 18), fill=(140, 146, 150), outline=(96, 100, 104), width=4)
    pen.text((260, 215), life.product, font=_font(84, bold=True), fill=(28, 32, 36))
    serial = "————" if life.tagged else life.serial
    for row, text in enumerate(("AC 90–264 V  50/60 Hz", "IP20    2.4 kg", f"No. {serial}")):
        pen.text((260, 345 + row * 92), text, font=_font(58), fill=(40, 46, 52))
    x = 262
    while x < WIDE - 270:
        bar = chance.choice((4, 4, 8, 12))
        pen.rectangle((x, 632, x + bar, 738), fill=(24, 26, 30))
        x += bar + chance.choice((4, 8, 8))
    for _ in range(9):
        x, y = chance.randrange(200, WIDE - 200), chance.randrange(200, HIGH - 200)
        pen.line((x, y, x + chance.randrange(40, 190), y + chance.randrange(-30, 30)), fill=(228, 231, 233), width=2)
    return picture.rotate(chance.uniform(-2.5, 2.5), fillcolor=(58, 66, 74))


def _board(chance: Random) -> Image:
    from PIL import ImageFilter

    picture, pen = _ground(chance, (24, 92, 58))
    for _ in range(46):
        x, y = chance.randrange(40, WIDE - 120), chance.randrange(40, HIGH - 100)
        wide, high = chance.choice(((64, 26), (30, 30), (110, 64), (22, 54)))
        pen.rectangle((x, y, x + wide, y + high), fill=chance.choice(((30, 32, 34), (74, 78, 84), (160, 130, 70))))
        end = (x - chance.randrange(200), y + high + chance.randrange(160))
        pen.line((x, y + high, *end), fill=(52, 128, 84), width=4)
    cx, cy = chance.randrange(400, 880), chance.randrange(320, 640)
    for size in range(190, 20, -12):
        dark = 16 + size // 4
        pen.ellipse((cx - size, cy - size * 0.7, cx + size, cy + size * 0.7), fill=(dark, dark - 4, dark - 10))
    pen.ellipse((cx - 230, cy - 190, cx + 230, cy + 190), outline=(220, 60, 48), width=8)
    return picture.filter(ImageFilter.BoxBlur(1))


def _box(chance: Random) -> Image:
    picture, pen = _ground(chance, (150, 146, 140))
    pen.polygon([(240, 300), (900, 240), (1060, 420), (1040, 800), (330, 860), (250, 700)], fill=(178, 138, 92))
    pen.polygon([(900, 240), (1060, 420), (1040, 800), (900, 810)], fill=(146, 110, 70))
    for _ in range(7):
        x, y = chance.randrange(820, 940), chance.randrange(260, 420)
        pen.line((x, y, x + chance.randrange(40, 120), y + chance.randrange(20, 100)), fill=(104, 76, 46), width=7)
    pen.rectangle((330, 520, 700, 700), fill=(236, 234, 228))
    pen.text((352, 536), "小心轻放", font=_font(60, bold=True), fill=(190, 40, 36))
    pen.text((352, 616), "上海返修站 收", font=_font(40), fill=(60, 60, 60))
    return picture


def _jpeg(picture: Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=72)
    return kept.getvalue()
