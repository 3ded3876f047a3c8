"""The colours of the program by their role. Plain data: the window can be painted before the rest of the kit is loaded.

Text keeps a contrast of 4.5:1 to its ground, control borders and the focus ring 3:1 (a test computes every pair).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by their role, as #RRGGBB. ``*_soft`` is the ground that the tone's text stands on."""

    name: str
    bg: str              # window
    surface: str         # cards, tables, inputs
    sunken: str          # board columns, disabled inputs
    hover: str
    border: str          # between things
    border_strong: str   # around things that can be used
    text: str
    text2: str           # secondary
    text3: str           # hints, placeholders
    accent: str          # primary button, selection bar, focus ring
    accent_hover: str
    accent_text: str     # on accent
    accent_soft: str     # selected row
    accent_ink: str      # accent coloured text on accent_soft
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    plum: str
    plum_soft: str
    mute: str
    mute_soft: str
    scroll: str
    paper: str           # around a page in the preview


LIGHT = Tokens(
    "light",
    bg="#F3F5F8", surface="#FFFFFF", sunken="#EBEEF2", hover="#F0F3F7", border="#E0E4EA", border_strong="#808B99",
    text="#18212D", text2="#4A5666", text3="#5C6878",
    accent="#1A63C6", accent_hover="#1453AA", accent_text="#FFFFFF", accent_soft="#E2EDFB", accent_ink="#114C9A",
    ok="#17713E", ok_soft="#DFF2E6", warn="#875400", warn_soft="#FCEFD3", bad="#AE231C", bad_soft="#FBE5E3",
    info="#14599F", info_soft="#E0EDFA", plum="#663B9B", plum_soft="#EEE6F8", mute="#4A5666", mute_soft="#E8EBF0",
    scroll="#BFC6D0", paper="#7C8896",
)
DARK = Tokens(
    "dark",
    bg="#12161C", surface="#1A1F27", sunken="#151A20", hover="#232A34", border="#2A323D", border_strong="#6A7685",
    text="#E5EAF0", text2="#ABB6C2", text3="#919DAA",
    accent="#4F96F0", accent_hover="#69A6F4", accent_text="#08111E", accent_soft="#1B3252", accent_ink="#9FC8FB",
    ok="#70D49B", ok_soft="#173327", warn="#ECC064", warn_soft="#3A2D12", bad="#F69C94", bad_soft="#45211F",
    info="#88BEF6", info_soft="#1A2F48", plum="#C5A5EF", plum_soft="#31264B", mute="#ABB6C2", mute_soft="#29313B",
    scroll="#424C59", paper="#0C0F13",
)
