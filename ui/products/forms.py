"""The product as typed: data, serial rule with a live try-out, storage, warranty, key parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from app.domain import serials
from app.domain.masterdata import Control, KeyPart, Product, product_problems
from app.domain.serials import LetterCase, SerialRule
from app.domain.warranty_entries import StartEvent, WarrantyTerms, WithoutProof
from app.i18n import N_
from app.messages import sentence
from app.services import products
from ui.form import (
    ChoiceField,
    CodeField,
    DateField,
    Form,
    LineColumn,
    LinesField,
    MultilineField,
    NumberField,
    Option,
    SegmentField,
    TextField,
    TickField,
)
from ui.naming import named
from ui.products.example import examples
from ui.tones import Tone
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

_NEW = Product("", "", "", "")


class ProductForm(Form):
    """Fields in the order of a product sheet."""

    def __init__(self, product: Product = _NEW, key_parts: Sequence[KeyPart] = ()) -> None:
        super().__init__(columns=3)
        self._before = product
        self._add_data()
        self._add_rule()
        self._add_warranty()
        self._show_product(product, key_parts)
        self.changed.connect(self._try)
        self.judge(lambda: product_problems(self.product()))

    def _add_data(self) -> None:
        self.model = self.add(TextField("model", N_("Model"), required=True, hint=N_("As on the nameplate.")))
        self.name_zh = self.add(TextField("name_zh", N_("Chinese name"), required=True))
        self.name_en = self.add(TextField("name_en", N_("English name")))
        self.product_line = self.add(TextField("line", N_("Product line")))
        self.control = self.add(SegmentField("control", N_("Followed"), Control, chosen=Control.SERIAL))
        self.price = self.add(TextField("price_class", N_("Price class")))
        self.condition = self.add(TextField(
            "storage_condition", N_("Storage condition"), hint=N_("Only shelves that provide it take its units.")))
        self.soak = self.add(NumberField("soak_minutes", N_("Soak test"), unit=N_("min"), low=0, high=100_000,
                                         hint=N_("For units without a fault; empty: as policy says.")))
        self.cycles = self.add(NumberField("soak_cycles", N_("Soak test, cycles"), low=0, high=100_000,
                                           hint=N_("How often it is switched off and on.")))
        self.replacement = self.add(NumberField("replacement_fen", N_("Price of a new one"), unit="¥", decimals=2,
                                                low=0, high=100_000_000, hint=N_("For the repair cost limit (BER).")))
        self.soak_plan = self.add(TextField("soak_plan", N_("Soak test, how"),
                                            hint=N_("Load, temperature, what to watch")))
        self.note = self.add(MultilineField("note", N_("Note"), lines=2), span=3)

    def _add_rule(self) -> None:
        self.section(N_("Serial numbers"))
        self.letters = self.add(SegmentField("letters", N_("Letters"), LetterCase, chosen=LetterCase.UPPER))
        self.drop = self.add(TextField("drop", N_("Characters left out"), hint=N_("Such as - or /.")))
        self.pattern = self.add(TextField("pattern", N_("Pattern"), hint=N_("A regular expression; empty: any.")))
        self.hint = self.add(TextField("hint", N_("Example"), hint=N_("Shown when a serial does not fit.")))
        self.least = self.add(NumberField("min_length", N_("Shortest"), low=1, high=serials.LONGEST))
        self.most = self.add(NumberField("max_length", N_("Longest"), low=1, high=serials.LONGEST))
        self.sample = self.add(CodeField("sample", N_("Try a serial number"), hint=N_("Scan one: is it taken?")))
        self.verdict = Notice()
        self.put(self.verdict, 2)

    def _add_warranty(self) -> None:
        self.section(N_("Warranty"))
        self.has_terms = self.add(TickField("has_terms", N_("This product has warranty terms"), ticked=True), span=3)
        months = N_("months")
        self.months = self.add(NumberField("months", N_("Parts"), unit=months, low=0, high=600))
        self.labour = self.add(NumberField("labour_months", N_("Labour"), unit=months, low=0, high=600,
                                           hint=N_("Empty: as for parts.")))
        self.repaired = self.add(NumberField("repair_months", N_("On a paid repair"), unit=months, low=0, high=120,
                                             hint=N_("Empty: as policy says.")))
        self.start = self.add(ChoiceField("start", N_("Begins when"), StartEvent))
        self.without = self.add(ChoiceField("without_proof", N_("Without proof"), WithoutProof))
        self.day_after = self.add(TickField("day_after", N_("Begins the day after")))
        self.fallback = self.add(ChoiceField("fallback", N_("Fallback event"), StartEvent))
        self.grace = self.add(NumberField("fallback_days", N_("Grace after it"), unit=N_("days"), low=0, high=3650))
        self.day = self.add(DateField("try_day", N_("Try a date"), hint=N_("As if all happened on that day.")))
        self.example = Notice()
        self.put(self.example, 3)
        self.key_parts = self.add(
            LinesField(
                "key_parts", N_("Key parts"),
                (
                    LineColumn("name_zh", N_("Chinese name"), 3), LineColumn("name_en", N_("English name"), 3),
                    LineColumn("part_no", N_("Part number"), 3, tabular=True),
                    LineColumn("warranty_months", N_("Months"), 1, tabular=True,
                               tip=N_("Warranty of the replaced part; empty: as the product.")),
                ),
                hint=N_("A replaced key part has a warranty of its own."), hidden=("id",),
            ),
            span=3,
        )

    # -- in and out ----------------------------------------------------------------------------------------------

    def _show_product(self, product: Product, key_parts: Sequence[KeyPart]) -> None:
        rule, terms = product.rule, WarrantyTerms.from_dict(product.warranty)
        self.fill({name: getattr(product, name) for name in (
            "model", "name_zh", "name_en", "line", "price_class", "storage_condition", "note")})
        self.control.set_value(Control(product.control))
        self.soak.set_value(product.soak_minutes or None)
        self.cycles.set_value(product.soak_cycles or None)
        self.soak_plan.set_value(product.soak_plan)
        self.replacement.set_value(Decimal(product.replacement_fen).scaleb(-2) if product.replacement_fen else None)
        self.fill({"drop": rule.drop, "pattern": rule.pattern, "hint": rule.hint, "min_length": rule.min_length,
                   "max_length": rule.max_length})
        self.letters.set_value(rule.letters)
        shown = terms or WarrantyTerms()
        self.has_terms.set_value(terms is not None or not product.id)
        self.fill({"months": shown.months, "labour_months": shown.labour_months, "repair_months": shown.repair_months,
                   "fallback_days": shown.fallback_days, "day_after": shown.day_after})
        self.start.set_value(shown.start)
        self.without.set_value(shown.without_proof)
        self.fallback.set_value(shown.fallback)
        self.day.set_value(self.day.today())
        self._try()
        self.key_parts.set_value([
            {"id": p.id, "name_zh": p.name_zh, "name_en": p.name_en, "part_no": p.part_no,
             "warranty_months": "" if p.warranty_months is None else p.warranty_months}
            for p in key_parts
        ])

    def rule(self) -> SerialRule:
        """The serial rule typed."""
        return SerialRule(
            cast(LetterCase, self.letters.value()) or LetterCase.UPPER, self.drop.value(), self.pattern.value(),
            self.hint.value(), self.least.whole() or 0, self.most.whole() or 0,
        )

    def product(self) -> Product:
        """What stands in the form."""
        control = self.control.value()
        terms = self.terms()
        return replace(
            self._before, model=self.model.value(), name_zh=self.name_zh.value(), name_en=self.name_en.value(),
            line=self.product_line.value(), control=str(getattr(control, "value", Control.SERIAL.value)),
            serial_rule=self.rule().as_dict(), storage_condition=self.condition.value(),
            price_class=self.price.value(), warranty=terms.as_dict() if terms else {},
            soak_minutes=self.soak.whole() or 0, soak_cycles=self.cycles.whole() or 0, soak_plan=self.soak_plan.value(),
            replacement_fen=int((self.replacement.value() or Decimal(0)).scaleb(2)), note=self.note.value(),
        )

    def terms(self) -> WarrantyTerms | None:
        """The warranty terms typed; ``None`` for none."""
        if not self.has_terms.value():
            return None
        return WarrantyTerms(
            self.months.whole() or 0, self.labour.whole(), cast(StartEvent, self.start.value()) or StartEvent.SHIPMENT,
            self.day_after.value(), cast(WithoutProof, self.without.value()) or WithoutProof.FALLBACK,
            cast(StartEvent, self.fallback.value()) or StartEvent.SHIPMENT, self.grace.whole() or 0,
            self.repaired.whole(),
        )

    def parts(self) -> tuple[KeyPart, ...]:
        """The key parts typed."""
        return tuple(
            KeyPart(
                str(line["id"]), self._before.id, str(line["name_zh"]), str(line["name_en"]), str(line["part_no"]),
                int(str(line["warranty_months"])) if str(line["warranty_months"]).isdigit() else None,
            )
            for line in self.key_parts.value()
        )

    def _try(self) -> None:
        """Say what the rule as typed makes of the sample, and the terms of the date."""
        try_out(self.verdict, self.sample.value(), self.rule())
        terms, day = self.terms(), self.day.value()
        if terms is None or day is None:
            self.example.hide()
        else:
            self.example.say("\n".join(examples(terms, day)), Tone.INFO)


def try_out(notice: Notice, sample: str, rule: SerialRule) -> None:
    """Show in ``notice`` what ``rule`` makes of ``sample``: the serial as stored, or why it is refused."""
    if not sample or serials.rule_problems(rule):
        notice.hide()
        return
    found = serials.problems(sample, rule)
    if found:
        notice.say(sentence(found[0]), Tone.BAD)
    else:
        notice.say(serials.normalise(sample, rule), Tone.OK)


def find_products(depot: Depot, text: str) -> list[Option]:
    """The products in use whose model or name holds ``text``."""
    return [Option(p.id, p.model, named(p.name_zh, p.name_en)) for p in products.find(depot, text)]


class MergeForm(Form):
    """Into which product."""

    def __init__(self, desk: Desk, product: Product) -> None:
        super().__init__()
        self._from = product.id
        self.into = self.add(
            ChoiceField("into", N_("Product that stays"), search=self._search, desk=desk, required=True)
        )

    def _search(self, depot: Depot, text: str) -> list[Option]:
        return [option for option in find_products(depot, text) if option.value != self._from]
