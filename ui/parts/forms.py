"""A part as typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.domain.masterdata import Part, part_problems
from app.i18n import N_
from ui.form import CodeField, Form, MultilineField, NumberField, TextField

_NEW = Part("", "", "", "")


class PartForm(Form):
    """Fields in the order of a drawer label."""

    def __init__(self, part: Part = _NEW) -> None:
        super().__init__(columns=2)
        self._before = part
        self.part_no = self.add(CodeField("part_no", N_("Part number"), required=True))
        self.unit = self.add(TextField("unit", N_("Counted in"), hint=N_("Such as pcs or m.")))
        self.name_zh = self.add(TextField("name_zh", N_("Chinese name"), required=True))
        self.name_en = self.add(TextField("name_en", N_("English name")))
        self.price = self.add(NumberField("price_fen", N_("List price"), decimals=2, unit="¥", low=0, high=10_000_000))
        self.reorder = self.add(NumberField(
            "reorder_level", N_("Reorder level"), low=0, high=1_000_000, hint=N_("Empty: it is not watched.")))
        self.stock = NumberField("stock", N_("In stock now"), low=0, high=1_000_000)
        if not part.id:
            self.add(self.stock)
        self.note = self.add(MultilineField("note", N_("Note"), lines=2), span=2)
        self.fill({
            "part_no": part.part_no, "unit": part.unit, "name_zh": part.name_zh, "name_en": part.name_en,
            "price_fen": Decimal(part.price_fen).scaleb(-2) if part.price_fen else None,
            "reorder_level": part.reorder_level or None, "note": part.note,
        })
        self.judge(lambda: part_problems(self.part()))

    def part(self) -> Part:
        """What stands in the form."""
        return replace(
            self._before, part_no=self.part_no.value(), unit=self.unit.value(), name_zh=self.name_zh.value(),
            name_en=self.name_en.value(), price_fen=int((self.price.value() or Decimal(0)).scaleb(2)),
            reorder_level=self.reorder.whole() or 0, note=self.note.value(),
        )
