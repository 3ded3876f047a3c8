"""The names in the navigation: none is cut, in either language, with a number beside it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF

from app import i18n
from ui.frame.navigation import WIDE
from ui.pages import PAGES
from ui.theme import BODY, font

#: Margins, icon and a number of two digits with the dot that says some are late.
TAKEN = 104


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.usefixtures("qapp")
def test_a_name_of_every_page_fits_beside_its_number(language: str) -> None:
    metrics, t = QFontMetricsF(font(BODY, bold=True)), i18n.translator(language)
    cut = [spec.id for spec in PAGES
           if min(metrics.horizontalAdvance(t(name)) for name in (spec.title, spec.short) if name) > WIDE - TAKEN]
    assert cut == []
