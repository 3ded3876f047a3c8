"""The door of the printing room: what it loads, and that two people may print at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.domain.slips import FormId
from app.i18n import translator
from app.printing import FORMS, render
from tests import sample_slips as samples

ROOT = Path(__file__).resolve().parents[3]


def test_nothing_heavy_is_loaded_before_the_first_paper() -> None:
    code = (
        "import sys, app.printing;"
        "heavy = ('reportlab', 'PIL', 'zxingcpp', 'cn2an', 'pypdfium2', 'babel');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_papers_printed_at_the_same_time_are_the_same_as_one_by_one() -> None:
    def one(form: FormId) -> bytes:
        number, make = samples.SAMPLES[form]
        return render(make("zh_CN"), samples.head(number), translator("zh_CN")).pdf

    forms = list(FORMS) * 2
    alone = [one(form) for form in forms]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, forms)) == alone


def test_the_file_names_its_title_author_and_language() -> None:
    from io import BytesIO

    import pypdf

    done = render(samples.repair_slip("en"), samples.head(language="en"), translator("en"))
    reader = pypdf.PdfReader(BytesIO(done.pdf))
    assert reader.metadata
    assert reader.metadata.title == "Repair slip SH1-S2611-00042"
    assert reader.metadata.author == "Shanghai Return-Repair Depot"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_every_font_is_embedded_and_no_other_is_named() -> None:
    from io import BytesIO

    import pypdf

    done = render(samples.repair_slip(), samples.head(), translator("zh_CN"))
    for page in pypdf.PdfReader(BytesIO(done.pdf)).pages:
        fonts = page["/Resources"]["/Font"]
        for name in fonts:
            font = fonts[name].get_object()
            assert "NotoSansSC" in font["/BaseFont"]
            assert "/FontFile2" in font["/FontDescriptor"]
