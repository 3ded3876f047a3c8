"""No character vanishes: it is printed, or replaced and reported; and what is printed can be copied again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.printing.embedding import character_map
from app.printing.fonts import REPLACEMENT, faces


@given(st.text(max_size=40))
def test_every_character_is_printed_replaced_and_reported_or_has_no_ink(text: str) -> None:
    missing: dict[str, None] = {}
    face = faces()[0]
    clean = face.clean(text, missing)
    assert face.width(clean) >= 0  # measuring never stumbles over a clean text
    assert clean.count(REPLACEMENT) >= len(missing)
    assert not set(missing) & set(clean)


def test_both_weights_have_the_same_characters_and_figures_of_one_width() -> None:
    regular, bold = faces()
    assert set(regular.font.face.charToGlyph) == set(bold.font.face.charToGlyph)
    assert len({regular.width(figure) for figure in "0123456789"}) == 1
    assert len({bold.width(figure) for figure in "0123456789"}) == 1


def test_gb2312_is_all_there() -> None:
    missing: dict[str, None] = {}
    han = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    faces()[0].clean("".join(han), missing)
    assert missing == {}


def test_inkless_characters_leave_no_trace_and_blanks_become_blanks() -> None:
    missing: dict[str, None] = {}
    assert faces()[0].clean("\ufeffA\u200bB\u202e\ufe0fC\tD\rE\x07", missing) == "ABC D E"
    assert missing == {}


def test_composed_and_decomposed_letters_print_alike() -> None:
    missing: dict[str, None] = {}
    assert faces()[0].clean("Mu\u0308ller", missing) == "Müller"
    assert missing == {}


def test_character_map_writes_surrogates_and_small_blocks() -> None:
    written = character_map([0, *range(0x4E00, 0x4E00 + 150), 0x2CB4E])
    assert "<97> <D872DF4E>" in written
    assert "100 beginbfchar" in written
    assert "51 beginbfchar" in written
    assert "<0000>" not in written
