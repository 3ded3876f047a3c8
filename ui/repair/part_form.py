"""A part put in or taken out at the bench: the list, its serials, and what became of the old one."""

from __future__ import annotations

from collections.abc import Sequence

from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.repair import MOST_PIECES, OldPart, PartEntry, PartUse, part_problems
from app.i18n import N_, _
from app.services import bench_sheet
from ui.background import Desk
from ui.form import ChoiceField, CodeField, Form, NumberField, Option, SegmentField, TextField, TickField
from ui.naming import named


class PartForm(Form):
    """What happened to a part. ``part``: the one whose drawer label was scanned, with the pieces there are."""

    def __init__(self, desk: Desk, case_id: str, part: tuple[Part, int] | None = None) -> None:
        super().__init__(columns=2)
        self._case_id = case_id
        self.kind = self.add(SegmentField("kind", N_("What happened"), PartUse, chosen=PartUse.ADD), span=2)
        self.part = self.add(
            ChoiceField("part", N_("Part"), search=_search, desk=desk, new=True, required=True,
                        hint=N_("Of the list, or type the name of one that is not in it.")), span=2,
        )
        self.quantity = self.add(NumberField(
            "quantity", N_("Pieces"), required=True, low=1, high=MOST_PIECES,
            hint=N_("Taken from your own place if there are enough, else from the main store.")))
        self.quantity.set_value(1)
        self.key_part = self.add(TickField("key_part", N_("Key part"), tip=N_("Its warranty begins anew.")))
        self.removed = self.add(CodeField("removed_serial", N_("Serial taken out")))
        self.fitted = self.add(CodeField("fitted_serial", N_("Serial fitted")))
        self.old = self.add(SegmentField("old_part", N_("Old part"), OldPart, chosen=OldPart.NONE))
        self.used = self.add(TickField(
            "used", N_("A used one"), tip=N_("Re-inspected, with a certificate; out of the stock of used ones.")))
        self.old_reason = self.add(TextField("old_reason", N_("Why it was not handed in")), span=2)
        if part is not None:
            self.part.set_value(_option(*part))
        self.kind.changed.connect(self._follow)
        self.old.changed.connect(self._follow)
        self._follow()
        self.judge(lambda: [] if self.part.is_empty() else part_problems(self.entry()))

    def _follow(self) -> None:
        """What is asked only of a part that is fitted is asked only then."""
        fitted = self.kind.value() is PartUse.ADD
        for field in (self.old, self.used, self.fitted):
            field.setEnabled(fitted)
        self.old_reason.setVisible(fitted and self.old.value() is OldPart.NO)

    def entry(self) -> PartEntry:
        """The part as entered."""
        kind, chosen, old = self.kind.value(), self.part.value(), self.old.value()
        fitted = kind is PartUse.ADD
        return PartEntry(
            self._case_id, kind if isinstance(kind, PartUse) else PartUse.ADD, self.quantity.whole() or 0,
            str(chosen) if chosen else None, "", "" if chosen else self.part.text(), self.removed.value(),
            self.fitted.value() if fitted else "", self.key_part.value(), used=fitted and self.used.value(),
            old_part=old if fitted and isinstance(old, OldPart) else OldPart.NONE,
            old_reason=self.old_reason.value() if fitted and old is OldPart.NO else "",
        )


def _search(depot: Depot, text: str) -> Sequence[Option]:
    return [_option(part, stock) for part, stock in bench_sheet.find_parts(depot, text)]


def _option(part: Part, stock: int) -> Option:
    return Option(part.id, f"{part.part_no}  {named(part.name_zh, part.name_en)}",
                  _("{n} in stock").format(n=stock))
