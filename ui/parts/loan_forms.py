"""What is lent, and what became of it, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.loans import COMES_BACK, Accounted, Carriage, Lending, LoanFate, LoanItem, LoanLine
from app.domain.stock import MAIN_STORE, MOST, StockPlace
from app.errors import Refused
from app.i18n import N_, _
from app.services import loans
from app.services.loans import LoanFile
from ui.form import (
    ChoiceField,
    CodeField,
    DateField,
    Form,
    LineColumn,
    LinesField,
    NumberField,
    SegmentField,
    TextField,
)
from ui.naming import named
from ui.parts.words import place_choices, place_name

if TYPE_CHECKING:
    from app.depot import Depot


class LendForm(Form):
    """Lines of part number, pieces and place: a drawer label is scanned into the first cell."""

    def __init__(self, places: tuple[StockPlace, ...]) -> None:
        super().__init__(columns=2)
        self.items = self.add(LinesField("items", N_("Parts"), (
            LineColumn("part_no", N_("Part number"), 3, tabular=True), LineColumn("pieces", N_("Pieces"), 1),
            LineColumn("place", N_("Taken from"), 2, tuple((p.id, place_name(p)) for p in places if p.active)),
        ), hint=N_("Scan the drawer label or type the number, then the pieces.")), span=2)
        self.purpose = self.add(TextField("purpose", N_("Purpose"), required=True), span=2)
        self.trip = self.add(DateField(
            "trip_ends_on", N_("End of the trip"), required=True, hint=N_("The parts are due soon after it.")))
        self.carriage = self.add(SegmentField("carriage", N_("How"), Carriage, chosen=Carriage.CARRIED))
        self.case_number = self.add(CodeField("case_number", N_("Case"), hint=N_("If it is for one.")))

    def lending(self, depot: Depot) -> Lending:
        """The loan as typed. Refused: ``part.unknown``, ``loan.pieces``."""
        carriage = self.carriage.value()
        return Lending(
            tuple(self._item(depot, line) for line in self.items.value()), self.purpose.value(), self.trip.value(),
            carriage if isinstance(carriage, Carriage) else Carriage.CARRIED, self.case_number.value(),
        )

    def _item(self, depot: Depot, line: dict[str, object]) -> LoanItem:
        typed, pieces = str(line.get("part_no", "")).strip(), str(line.get("pieces", "")).strip() or "1"
        try:
            quantity = int(pieces)
        except ValueError:
            raise Refused("loan.quantity", field="items", value=pieces, most=MOST) from None
        return LoanItem(loans.part_of_number(depot, typed), quantity, str(line.get("place") or MAIN_STORE))


class AccountForm(Form):
    """What became of pieces of one line."""

    def __init__(self, file: LoanFile, places: tuple[StockPlace, ...], line: LoanLine | None) -> None:
        super().__init__(columns=2)
        self._file = file
        open_ones = [x for x in file.lines if file.outstanding[x.id]]
        choices: list[tuple[object, str]] = [
            (x.id, _("{part}  {name}, {n} out").format(
                part=x.part_no, name=named(x.name_zh, x.name_en), n=file.outstanding[x.id])) for x in open_ones
        ]
        self.line = self.add(ChoiceField("items", N_("Part"), choices, required=True), span=2)
        self.fate = self.add(ChoiceField("fate", N_("What became of it"), LoanFate, required=True), span=2)
        self.quantity = self.add(NumberField("quantity", N_("Pieces"), required=True, low=1, high=MOST))
        self.case_number = self.add(CodeField("case_number", N_("Case"), hint=N_("On which they were used up.")))
        self.reason = self.add(TextField("reason", N_("Reason"), hint=N_("Of what is defective or lost.")), span=2)
        self.place_of = self.add(ChoiceField(
            "place", N_("Put where"), place_choices(places), hint=N_("What came back waits there for QA.")), span=2)
        chosen = line if line in open_ones else open_ones[0]
        self.line.set_value(chosen.id if chosen else None)
        self.fate.set_value(LoanFate.UNUSED)
        self.place_of.set_value(MAIN_STORE)
        self._propose()
        self.line.changed.connect(self._propose)

    def _propose(self) -> None:
        """All that is out, until something else is typed."""
        left = self._file.outstanding.get(str(self.line.value() or ""), 0)
        self.quantity.set_value(left or None)

    def accounted(self) -> Accounted:
        """What is said."""
        fate = self.fate.value()
        known = fate if isinstance(fate, LoanFate) else LoanFate.UNUSED
        return Accounted(
            str(self.line.value() or ""), known, self.quantity.whole() or 0,
            self.case_number.value() if known is LoanFate.CONSUMED else "", self.reason.value(),
            str(self.place_of.value() or MAIN_STORE) if known in COMES_BACK else MAIN_STORE,
        )
