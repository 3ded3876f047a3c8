"""Pieces that come in, are counted, moved, re-inspected, thrown away: each form knows the lots of its part."""

from __future__ import annotations

from app.domain.stock import MAIN_STORE, MOST, CheckResult, PartGrade
from app.errors import Problem
from app.i18n import N_, _
from app.services.parts import PartFile
from app.services.stock import Rechecking, Transfer
from ui.form import ChoiceField, CodeField, Form, NumberField, SegmentField, TextField
from ui.parts.words import lot_words, place_choices

_LOT = ":"


class _LotForm(Form):
    """A form about pieces of one lot: those that there are, or any place in the state new."""

    def __init__(
        self, file: PartFile, *, grades: tuple[PartGrade, ...] = tuple(PartGrade), empty: bool = False
    ) -> None:
        super().__init__()
        self.file = file
        self._held = {(place, grade): n for (place, grade), n in file.lots if grade in grades}
        keys = list(self._held)
        if empty:
            keys += [(p.id, PartGrade.NEW) for p in file.places if p.active and (p.id, PartGrade.NEW) not in keys]
        choices: list[tuple[object, str]] = [
            (f"{place}{_LOT}{grade}", _("{place}: {n}").format(place=lot_words(file, place, grade), n=self._held.get(
                (place, grade), 0))) for place, grade in sorted(keys)
        ]
        self.lot = self.add(ChoiceField("place", N_("Place"), choices, required=True))
        if choices:
            self.lot.set_value(choices[0][0])

    def chosen_lot(self) -> tuple[str, PartGrade]:
        """Place and grade."""
        place, _colon, grade = str(self.lot.value() or f"{MAIN_STORE}{_LOT}{PartGrade.NEW}").rpartition(_LOT)
        return place, PartGrade(grade)

    def held(self) -> int:
        """How many pieces the lot has."""
        return self._held.get(self.chosen_lot(), 0)


class ReceiveForm(Form):
    """Pieces that came in."""

    def __init__(self, file: PartFile) -> None:
        super().__init__()
        self.quantity = self.add(NumberField("quantity", N_("Pieces"), required=True, low=1, high=MOST))
        self.document = self.add(CodeField("document", N_("Delivery note"), hint=N_("Its number, if there is one.")))
        self.place = self.add(ChoiceField("place", N_("Place"), place_choices(file.places), required=True))
        self.place.set_value(MAIN_STORE)

    def chosen_place(self) -> str:
        """Where they are put."""
        return str(self.place.value() or MAIN_STORE)


class CorrectForm(_LotForm):
    """What was counted, and why it differs."""

    def __init__(self, file: PartFile) -> None:
        super().__init__(file, empty=True)
        self.by = self.add(SegmentField(
            "by", N_("The count"), (("counted", N_("is")), ("difference", N_("differs by"))), chosen="counted"))
        self.number = self.add(NumberField("quantity", N_("Pieces"), required=True, low=-MOST, high=MOST))
        self.reason = self.add(TextField("reason", N_("Reason"), required=True,
                                         hint=N_("Such as counted, broken, found.")))
        self.judge(self._problems_now)

    def difference(self) -> int:
        """How many more (+) or fewer (−) there are than the ledger says."""
        number = self.number.whole() or 0
        return number - self.held() if self.by.value() == "counted" else number

    def _problems_now(self) -> list[Problem]:
        return [Problem("quantity", "part.quantity-missing")] if (
            not self.number.is_empty() and self.difference() == 0) else []


class TransferForm(_LotForm):
    """From one place to another."""

    def __init__(self, file: PartFile) -> None:
        super().__init__(file)
        self.to = self.add(ChoiceField("to", N_("To"), place_choices(file.places), required=True))
        self.quantity = self.add(NumberField("quantity", N_("Pieces"), required=True, low=1, high=MOST))
        self.document = self.add(CodeField("document", N_("Document"), hint=N_("Its number, if there is one.")))

    def transfer(self) -> Transfer:
        """The move as typed."""
        place, grade = self.chosen_lot()
        return Transfer(self.file.part.id, self.quantity.whole() or 0, place, str(self.to.value() or MAIN_STORE), grade,
                        self.document.value())


class RecheckForm(_LotForm):
    """What QA found."""

    def __init__(self, file: PartFile) -> None:
        super().__init__(file, grades=(PartGrade.UNCHECKED,))
        self.quantity = self.add(NumberField("quantity", N_("Pieces"), required=True, low=1, high=MOST))
        self.quantity.set_value(self.held() or None)
        self.result = self.add(SegmentField("result", N_("Finding"), CheckResult, chosen=CheckResult.USABLE))
        self.certificate = self.add(CodeField("certificate", N_("Certificate number"), required=True))
        self.note = self.add(TextField("note", N_("Note")))

    def rechecking(self) -> Rechecking:
        """The re-inspection as typed."""
        result = self.result.value()
        return Rechecking(
            self.file.part.id, self.quantity.whole() or 0,
            result if isinstance(result, CheckResult) else CheckResult.USABLE, self.certificate.value(),
            self.chosen_lot()[0], self.note.value())


class ScrapForm(_LotForm):
    """Pieces that are thrown away."""

    def __init__(self, file: PartFile) -> None:
        super().__init__(file)
        self.quantity = self.add(NumberField("quantity", N_("Pieces"), required=True, low=1, high=MOST))
        self.reason = self.add(TextField("reason", N_("Reason"), required=True))
