"""Writing a quotation: its lines, region and surcharge, with the total as it grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.depot import Depot
from app.domain import money
from app.domain.money import Money
from app.domain.quotation import Amounts, Draft, LineKind, QuotationState, QuoteLine
from app.domain.tariffs import LABOUR_CLASSES, REGIONS, RateClass
from app.errors import Problem, Refused
from app.i18n import N_, _
from app.labels import label, labels_of
from app.labels.quotation import UNITS
from app.services import bench_sheet, quotation, quotation_lists
from app.services.quotation_lists import QuoteSheet
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, Form, LineColumn, LinesField, NumberField, TextField
from ui.form.line_search import Found
from ui.naming import named
from ui.page import Page
from ui.widgets import Card, muted
from ui.widgets.labels import text_label


def _listed_parts(depot: Depot, text: str) -> Sequence[Found]:
    """What the parts list knows under ``text``, with today's list price."""
    return [
        Found(
            "text", f"{part.part_no}  {named(part.name_zh, part.name_en)}", (part.part_no, part.name_zh, part.name_en),
            {"text": part.name_zh, "part_id": part.id, "part_no": part.part_no, "quantity": 1,
             "price": Money(part.price_fen).yuan},
            f"{Money(part.price_fen)}  " + _("{n} in stock").format(n=stock),
        )
        for part, stock in bench_sheet.find_parts(depot, text)
    ]


def _kind(values: dict[str, object]) -> LineKind:
    return LineKind(str(values["kind"]))


_COLUMNS = (
    LineColumn("kind", N_("Item"), options=tuple((k.value, text) for k, text in labels_of(LineKind).items()
               if isinstance(k, LineKind)), width=150, at_first=LineKind.PART.value),
    LineColumn("text", N_("What"), stretch=4, lookup=_listed_parts, only_if=("kind", LineKind.PART.value),
               if_empty=lambda values: "" if _kind(values) is LineKind.PART else label(_kind(values)),
               tip=N_("A part by its number or name, as the parts list has it, or in your own words")),
    LineColumn("quantity", N_("Quantity"), tabular=True, width=84, unit=lambda values: _(UNITS[_kind(values)]),
               tip=N_("Minutes of labour, pieces, kilometres, nights or days")),
    LineColumn("price", N_("Unit price ¥"), tabular=True, width=104,
               tip=N_("Of a part or in free words; the tariff prices the rest")),
    LineColumn("old", N_("Old parts"), tabular=True, width=84, tip=N_("How many old parts are handed in")),
)
_SPECIALIST = RateClass.SPECIALIST


class QuoteForm(Form):
    """One quotation. The amounts are those of the tariff of today."""

    def __init__(self, desk: Desk, sheet: QuoteSheet) -> None:
        super().__init__(columns=3)
        self._sheet = sheet
        self.lines = self.add(
            LinesField("lines", N_("Lines"), _COLUMNS, hidden=("part_id", "part_no"), desk=desk), span=3)
        self.region = self.add(ChoiceField(
            "region", N_("Region"), options=[(r, labels_of(RateClass)[r]) for r in REGIONS], required=True,
            hint=N_("For travel, lodging, meals and allowance.")))
        self.labour = self.add(ChoiceField(
            "labour", N_("Labour class"), options=[(c, labels_of(RateClass)[c]) for c in LABOUR_CLASSES],
            required=True))
        self.percent = self.add(NumberField(
            "percent", N_("Surcharge on parts"), unit="%", low=0, high=900, hint=N_("Empty: as the tariff says.")))
        self.note = self.add(TextField("note", N_("Remark on the quotation")), span=3)
        self.draft_before = next(
            (v for v in sheet.versions if v.quotation.state is QuotationState.DRAFT), None)
        self._begin()
        self.judge(self._wrong)

    def _begin(self) -> None:
        before = self.draft_before
        proposal = self._sheet.proposal
        lines = before.lines if before else proposal.lines
        self.lines.set_value([_values(line) for line in lines])
        self.region.set_value(before.quotation.region if before else proposal.region)
        labour = next((line.rate_class for line in lines if line.kind is LineKind.LABOUR), LABOUR_CLASSES[0])
        self.labour.set_value(labour if labour in LABOUR_CLASSES else LABOUR_CLASSES[0])
        self.percent.set_value(before.quotation.percent if before else None)
        self.note.set_value(before.quotation.note if before else "")

    def draft(self) -> Draft:
        """The quotation as typed. Refused: the codes of ``money.parse``, ``quotation.quantity``."""
        region, labour = self.region.value(), self.labour.value()
        lines = []
        for place, values in enumerate(self.lines.value(), 1):
            line = _line(place, values)
            if line.kind is LineKind.LABOUR and isinstance(labour, RateClass):
                line = replace(line, rate_class=labour)
            lines.append(line)
        before = self.draft_before.quotation if self.draft_before else None
        return Draft(
            self._sheet.case.id, tuple(lines), region if isinstance(region, RateClass) else REGIONS[0],
            self.percent.whole(), self.note.value(), before.id if before else None, before.seq if before else 0,
        )

    def amounts(self) -> Amounts | Refused:
        """What it comes to now, or what is wrong."""
        try:
            return quotation_lists.total(self.draft(), self._sheet.tariff, self._sheet.both_fee_fen)
        except Refused as refusal:
            return refusal

    def _wrong(self) -> list[Problem]:
        found = self.amounts()
        if not isinstance(found, Refused):
            return []
        known = found.field if found.field in self.fields else "lines"
        return [Problem(known, found.code, dict(found.facts))]


class QuoteDialog(FormDialog):
    """Writes a draft; it is sent from the page."""

    def __init__(self, page: Page, sheet: QuoteSheet, then: Callable[[quotation.Quoted], object]) -> None:
        form = QuoteForm(page.desk, sheet)
        super().__init__(
            page, N_("Quotation"), form, accept=N_("Save the draft"), draft="quotation.write",
            subject=f"{sheet.case.id}:{_state(form)}", width=880,
        )
        self.quote_form, self._then = form, then
        card = Card(sunken=True)
        self.figures, self.words = text_label("title"), muted(wrap=True)
        card.body.addWidget(self.figures)
        card.body.addWidget(self.words)
        self.body.addWidget(card)
        form.changed.connect(self._total)
        self.submitted.connect(self._submit)
        self.reopens(
            lambda depot: quotation_lists.sheet(depot, sheet.case.id), lambda found: QuoteDialog(page, found, then))
        self._total()
        form.lines.setFocus()       # the work is in the lines; the fields below are filled

    def _total(self) -> None:
        found = self.quote_form.amounts()
        if isinstance(found, Refused):
            self.figures.setText("–")
            self.words.setText(_("The total appears when every line is complete."))
            return
        self.figures.setText(str(found.total))
        parts = [quotation_lists.in_words(found.total.fen)]
        if found.surcharge:
            parts.append(_("surcharge on parts {amount}").format(amount=money.rounded(found.surcharge)))
        if found.credit:
            parts.append(_("old-for-new credit {amount}").format(amount=money.rounded(found.credit)))
        self.words.setText("  ·  ".join(parts))

    def _submit(self) -> None:
        draft = self.quote_form.draft()
        self.run(lambda depot: quotation.save(depot, draft), self._saved)

    def _saved(self, done: quotation.Quoted) -> None:
        self.done_well()
        self._then(done)


def _state(form: QuoteForm) -> int:
    """Which state of a draft on record is edited; 0: a new one."""
    return form.draft_before.quotation.seq if form.draft_before else 0


def _values(line: QuoteLine) -> dict[str, object]:
    priced = line.kind in {LineKind.PART, LineKind.OTHER}
    return {
        "kind": line.kind.value, "text": line.text, "quantity": line.quantity,
        "price": f"{Money(line.price_fen).yuan}" if priced else "", "old": line.old_returned or "",
        "part_id": line.part_id or "", "part_no": line.part_no,
    }


def _line(place: int, values: dict[str, object]) -> QuoteLine:
    kind = _kind(values)
    price = str(values["price"])
    fen = money.parse(price or "0", field="lines").fen if kind in {LineKind.PART, LineKind.OTHER} else 0
    return QuoteLine(
        kind, _whole(place, kind, values["quantity"], 1), fen, text=str(values["text"]),
        part_id=str(values["part_id"]) or None, part_no=str(values["part_no"]),
        old_returned=_whole(place, kind, values["old"], 0),
    )


def _whole(place: int, kind: LineKind, typed: object, empty: int) -> int:
    text = str(typed).strip()
    if not text:
        return empty
    if not text.isdecimal() or len(text) > 9:
        raise Refused("quotation.quantity", field="lines", line=place, kind=kind, value=text, most=99_999)
    return int(text)
