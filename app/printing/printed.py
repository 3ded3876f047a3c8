"""A slip becomes a PDF: laid out once, struck once for every copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.slips import Copy, DocumentHead
from app.i18n import Translator
from app.printing.leaves import Leaf, Sheet
from app.printing.masthead import Masthead
from app.printing.paper import Paper
from app.printing.press import strike
from app.printing.registry import form_of
from app.printing.wording import Wording


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF. ``missing_glyphs`` are the characters printed as 〓: tell the person before printing."""

    pdf: bytes
    pages: int
    paper: Paper
    missing_glyphs: tuple[str, ...] = ()


def render(slip: object, head: DocumentHead, t: Translator, *, paper: Paper | None = None) -> Printed:
    """The PDF of ``slip`` under ``head`` in the language of ``t``.

    ``paper`` is one of the form's sizes or a label medium as it stands in the printer; by default the form's own.
    Without a copy named in the head, every copy of the form follows the other in one file. Same input, same bytes.
    """
    pages, paper, missing = compose(slip, head, t, paper=paper)
    letterhead = head.letterhead
    pdf = strike(
        paper, pages, title=f"{t(form_of(slip).title)} {head.number}", author=letterhead.name, language=head.language,
    )
    return Printed(pdf, len(pages), paper, missing)


def compose(
    slip: object, head: DocumentHead, t: Translator, *, paper: Paper | None = None,
) -> tuple[list[Sequence[Leaf]], Paper, tuple[str, ...]]:
    """The leaves of every page of every copy, their paper, and the missing glyphs."""
    form = form_of(slip)
    paper = paper or form.paper_for(slip)
    say = Wording(head, t)
    if paper.is_label:
        sheet = Sheet(paper)
        form.lay(sheet, slip, say)
        return [[leaf] for leaf in sheet.leaves], paper, tuple(sheet.missing)
    missing: dict[str, None] = {}
    masthead = Masthead(paper, head, form.title, say, missing)
    sheet = Sheet(paper, first=masthead.first_height, following=masthead.following_height)
    form.lay(sheet, slip, say)
    copies: Sequence[Copy | None] = (head.copy,) if head.copy else head.copies or form.copies or (None,)
    count = len(sheet.leaves)
    pages = [
        (masthead.furniture(number, count, copy), leaf)
        for copy in copies
        for number, leaf in enumerate(sheet.leaves, 1)
    ]
    missing.update(sheet.missing)
    return list(pages), paper, tuple(missing)
