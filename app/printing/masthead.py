"""Head and foot of every paper: whose it is, what it is, its number to read and to scan, which copy, which page."""

from __future__ import annotations

from app.domain.numbering import page_code
from app.domain.slips import Copy, DocumentHead
from app.i18n import N_
from app.printing.barcodes import LINEAR_QUIET, linear_code, linear_module, linear_runs, qr_code
from app.printing.ink import (
    ACCENT,
    CHIP,
    CODE,
    FAINT,
    HAIR,
    HOUSE,
    INK,
    NOTE,
    STAMP,
    SUBTITLE,
    TITLE,
    TITLE_SMALL,
    Style,
)
from app.printing.leaves import Brush, Leaf
from app.printing.paper import MM, Paper
from app.printing.wording import Wording

QR_SIDE = 18 * MM
SMALL_QR_SIDE = 12.5 * MM
BAR_HEIGHT = 8.2 * MM
_GAP = 3 * MM
_RULE_GAP = 2.2 * MM


class Masthead:
    """The head of one document: heights first (the layout needs them), marks when the page count is known.

    A wide sheet has title, bar code and QR side by side; an A5 has the bar code below the title.
    """

    def __init__(self, paper: Paper, head: DocumentHead, title: str, say: Wording, missing: dict[str, None]) -> None:
        self.paper, self.head, self.say, self.missing = paper, head, say, missing
        self.left = paper.margin * MM
        self.right = paper.size[0] - self.left
        self.top = paper.top * MM
        self.wide = paper.width >= 200
        self.title = say.t(title)
        probe = Brush(paper, Leaf(), missing)
        self._code_width = self._width_of_code(probe)
        taken = QR_SIDE + (_GAP + self._code_width if self.wide else 0)
        self._text_width = self.right - self.left - taken - _GAP
        self._prepare(probe, say.second(title))

    def _width_of_code(self, probe: Brush) -> float:
        room = (self.right - self.left - QR_SIDE - _GAP) * (0.62 if self.wide else 1)
        module = linear_module(probe, self.head.number, room)
        code = linear_runs(self.head.number)
        self._quiet = LINEAR_QUIET * module
        return (code[0] + 2 * LINEAR_QUIET) * module if code and module else 0.0

    def _prepare(self, probe: Brush, second: str) -> None:
        """Break the texts and add up the heights."""
        letterhead = self.head.letterhead
        self._logo = 11 * MM if letterhead.logo else 0.0
        indent = self._logo + 2 * MM if self._logo else 0.0
        self._house = probe.lines(letterhead.name, HOUSE, self._text_width - indent)
        contact = self.say.pair(letterhead.address, letterhead.phone)
        self._contact = probe.lines(contact, NOTE, self._text_width - indent)
        self._title_style = TITLE
        self._titles = probe.lines(self.title, TITLE, self._text_width)
        if len(self._titles) > 1 or not self.wide:
            self._title_style = TITLE_SMALL
            self._titles = probe.lines(self.title, TITLE_SMALL, self._text_width)
        self._seconds = probe.lines(second, SUBTITLE, self._text_width)
        house = max(len(self._house) * HOUSE.leading + len(self._contact) * NOTE.leading, self._logo)
        self._title_top = house + 1.6 * MM
        texts = self._title_top + len(self._titles) * self._title_style.leading + len(self._seconds) * SUBTITLE.leading
        self._code_height = BAR_HEIGHT + CODE.leading if self._code_width else CODE.leading
        chips = CHIP.leading + 5 if self._chips(None) else 0.0
        right = max(QR_SIDE, self._code_height + chips + 2) if self.wide else QR_SIDE + chips
        block = max(texts, right)
        if not self.wide:
            block = max(texts + 2 * MM + self._code_height, right)
        self._code_top = block - self._code_height
        self.first_height = block + _RULE_GAP + 3 * MM
        self._following_titles = probe.lines(
            f"{self.title}  {self.head.number}", HOUSE, self.right - self.left - SMALL_QR_SIDE - _GAP,
        )
        following = len(self._following_titles) * HOUSE.leading + CHIP.leading + 8
        self.following_height = max(following, SMALL_QR_SIDE) + 4 * MM

    def furniture(self, page: int, pages: int, copy: Copy | None) -> Leaf:
        """Head and foot of page ``page`` of ``pages`` of one copy."""
        leaf = Leaf()
        brush = Brush(self.paper, leaf, self.missing)
        if self.head.void:
            self._void(brush)
        if page == 1:
            self._first(brush, copy)
        else:
            self._following(brush, page, copy)
        self._foot(brush, page, pages, copy)
        return leaf

    def _first(self, brush: Brush, copy: Copy | None) -> None:
        y, x, letterhead = self.top, self.left, self.head.letterhead
        if letterhead.logo:
            brush.picture(letterhead.logo, x, y, self._logo, self._logo)
            x += self._logo + 2 * MM
        for number, line in enumerate(self._house):
            brush.text(x, y + number * HOUSE.leading + HOUSE.drop, line, HOUSE)
        y += len(self._house) * HOUSE.leading
        for number, line in enumerate(self._contact):
            brush.text(x, y + number * NOTE.leading + NOTE.drop, line, NOTE)
        y = self.top + self._title_top
        for style, lines in ((self._title_style, self._titles), (SUBTITLE, self._seconds)):
            for line in lines:
                brush.text(self.left, y + style.drop, line, style)
                y += style.leading
        self._qr(brush, self.head.code or self.head.number, QR_SIDE, 2 * MM)
        self._number(brush)
        if self.wide:
            self._draw_chips(brush, self.right - QR_SIDE - _GAP - self._quiet, self.top, copy)
        else:
            self._draw_chips(brush, self.right, self.top + QR_SIDE - 1 * MM, copy)
        rule = self.top + self.first_height - 3 * MM
        brush.rule(self.left, rule, self.right, rule, 1.4, ACCENT)

    def _qr(self, brush: Brush, content: str, side: float, out: float) -> None:
        """The QR in the upper right corner; its quiet zone may reach ``out`` into the margin."""
        if content:
            qr_code(brush, content, self.right - side + out, self.top - out, side)

    def _number(self, brush: Brush) -> None:
        """Bar code and number; the bars stand flush with what is above or below them."""
        y = self.top + self._code_top
        if self.wide:
            x = self.right - QR_SIDE - _GAP - self._code_width
            middle = x + self._code_width / 2
            if self._code_width:
                linear_code(brush, self.head.number, x, y, self._code_width, BAR_HEIGHT)
                brush.text_centre(middle, y + BAR_HEIGHT + CODE.drop, self.head.number, CODE)
            else:
                brush.text_right(self.right - QR_SIDE - _GAP, y + CODE.drop, self.head.number, CODE)
            return
        if self._code_width:
            linear_code(brush, self.head.number, self.left - self._quiet, y, self._code_width, BAR_HEIGHT)
            y += BAR_HEIGHT
        brush.text(self.left, y + CODE.drop, self.head.number, CODE)

    def _following(self, brush: Brush, page: int, copy: Copy | None) -> None:
        y = self.top
        for line in self._following_titles:
            brush.text(self.left, y + HOUSE.drop, line, HOUSE)
            y += HOUSE.leading
        brush.text(self.left, y + NOTE.drop, self.head.letterhead.name, NOTE)
        self._qr(brush, page_code(self.head.number, page), SMALL_QR_SIDE, 1.5 * MM)
        self._draw_chips(brush, self.right - SMALL_QR_SIDE - _GAP, y, copy)
        rule = self.top + self.following_height - 3 * MM
        brush.rule(self.left, rule, self.right, rule, 0.8, ACCENT)

    def _chips(self, copy: Copy | None) -> list[tuple[str, str]]:
        """The framed words that say which print this is: void, reprint, copy."""
        chips = [(words, STAMP) for words in self.say.marks()]
        if copy:
            chips.append((self.say.words(copy), INK))
        return chips or ([("", INK)] if self.head.copy is None else [])

    def _draw_chips(self, brush: Brush, right: float, y: float, copy: Copy | None) -> None:
        for words, colour in reversed(self._chips(copy)):
            if not words:
                continue
            style = CHIP._replace(colour=colour)
            width = brush.measure(words, style) + 9
            brush.box(right - width, y, width, CHIP.leading + 3.4, 0.8, colour)
            brush.text(right - width + 4.5, y + 1.7 + style.drop, words, style)
            right -= width + 4

    def _foot(self, brush: Brush, page: int, pages: int, copy: Copy | None) -> None:
        t = self.say.t
        y = self.paper.size[1] - self.paper.bottom * MM + 2.4 * MM
        brush.rule(self.left, y, self.right, y, 0.4, HAIR)
        base = y + 1.2 * MM + NOTE.drop
        brush.text(self.left, base, self.say.pair(self.head.number, self.say.words(copy)), NOTE)
        number = t(N_("Page {n} of {m}")).format(n=page, m=pages)
        brush.text_right(self.right, base, number, NOTE)
        printed = t(N_("Printed {moment}")).format(moment=f"{self.head.printed_at:%Y-%m-%d %H:%M}")
        if self.wide and self.head.journal:
            printed = f"{printed}  {t(N_('Journal {end}')).format(end=self.head.journal)}"
        if self.wide:
            brush.text_centre((self.left + self.right) / 2, base, printed, NOTE)
        else:
            brush.text_right(self.right - brush.measure(number, NOTE) - 12, base, printed, NOTE)

    def _void(self, brush: Brush) -> None:
        """The word across the whole page, pale enough to read what is voided."""
        words = self.say.t(N_("VOID"))
        width, height = self.paper.size
        size = min(width / max(len(words), 2) * 0.9, 150.0)
        brush.text_turned(width / 2, height / 2, 35, words, Style(size, size, bold=True, colour=FAINT))


