"""The codes themselves: right, wide enough, with their quiet zones, or not drawn at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing.barcodes import LINEAR_QUIET, linear_code, linear_runs, qr_code, qr_runs
from app.printing.leaves import Brush, Leaf
from app.printing.paper import A4, MM


def brush() -> Brush:
    return Brush(A4, Leaf(), {})


@pytest.mark.parametrize("text", ["SH1-R2611-00042", "00079190", "BE21-00079190", "CMD:PASS", "a b"])
def test_bars_are_those_of_another_encoder(text: str) -> None:
    """ReportLab's own Code 128 is an independent witness for what the bars say."""
    from reportlab.graphics.barcode.code128 import Code128Auto

    other = Code128Auto(text, barWidth=1, quiet=0)
    other.validate()
    other.encode()
    other.decompose()
    bars, at = [], 0
    for part in other.decomposed:
        width = ord(part.upper()) - ord("A") + 1
        if part.isupper():
            bars.append((at, width))
        at += width
    found = linear_runs(text)
    assert found == (at, tuple(bars)) or (found and found[0] < at)  # the same, or the same content in fewer bars


@given(st.text(max_size=20))
@settings(max_examples=60)
def test_only_printable_ascii_becomes_bars(text: str) -> None:
    assert (linear_runs(text) is not None) == (bool(text) and text.isascii() and text.isprintable())


def test_bars_that_would_be_too_narrow_are_not_drawn() -> None:
    canvas = brush()
    assert linear_code(canvas, "SH1-R2611-00042", 0, 0, 40 * MM, 20) == 0
    assert canvas.leaf.codes == []


def test_bars_keep_their_quiet_zones_within_the_room_they_got() -> None:
    for align in "lcr":
        canvas = brush()
        taken = linear_code(canvas, "SH1-R2611-00042", 50, 0, 90 * MM, 20, align=align)
        bars = canvas.leaf.codes[0]
        module = min(bar[2] for bar in bars)
        assert module >= 0.375 * MM - 1e-6
        assert taken <= 90 * MM
        assert bars[0][0] >= 50 + LINEAR_QUIET * module - 1e-6
        assert bars[-1][0] + bars[-1][2] <= 50 + 90 * MM - LINEAR_QUIET * module + 1e-6


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_runs_of_a_qr_never_touch_each_other_and_stay_inside(text: str) -> None:
    side, runs = qr_runs(text)
    for column, row, length in runs:
        assert 0 <= column < column + length <= side
        assert 0 <= row < side
    cells = [(column + step, row) for column, row, length in runs for step in range(length)]
    assert len(cells) == len(set(cells))


def test_a_qr_is_one_path_inside_its_quiet_zone() -> None:
    canvas = brush()
    qr_code(canvas, "SH1-R2611-00042", 10, 10, 20 * MM)
    (path,) = canvas.leaf.codes
    module = 20 * MM / (qr_runs("SH1-R2611-00042")[0] + 8)
    assert min(x for x, _, _, _ in path) == pytest.approx(10 + 4 * module)
    assert max(x + width for x, _, width, _ in path) == pytest.approx(10 + 20 * MM - 4 * module)
