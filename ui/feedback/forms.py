"""The forms of signed papers: which paper a page is, why not, and what a customer ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from app.depot import Depot
from app.domain.feedback import Answers, KeyedAnswers, answer_problems
from app.domain.slips import Aspect, FormId, Grade
from app.i18n import N_
from app.labels import label, labels_of
from app.services import signed_papers
from ui.background import Desk
from ui.form import ChoiceField, Form, MultilineField, NumberField, Option, SegmentField, TextField, TickField


class MatchForm(Form):
    """Which paper, which page of it."""

    def __init__(self, desk: Desk, number: str, page: int) -> None:
        super().__init__()
        self.number = self.add(ChoiceField(
            "number", N_("Paper"), search=find_papers, desk=desk, new=True, required=True,
            hint=N_("Its number, or the serial or case number it is about")))
        self.page = self.add(NumberField("page", N_("Page"), required=True, low=1, high=9999))
        self.page.set_value(page or 1)
        if number:
            self.number.set_value(Option(number, number))

    def chosen(self) -> str:
        """The number of the paper."""
        return str(self.number.value() or self.number.text())


class WhyForm(Form):
    """A reason."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(MultilineField("reason", N_("Reason"), required=True, lines=3))


class AnswersForm(Form):
    """The sheet of a customer, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self._amends = False
        self.grades = {
            aspect: self.add(SegmentField(aspect.value, labels_of(Aspect)[aspect], Grade)) for aspect in Aspect
        }
        self.opinion = self.add(MultilineField("opinion", N_("Your opinion and wishes"), lines=4))
        self.recontact = self.add(SegmentField(
            "recontact", N_("May we contact you again about it?"), [("yes", N_("Yes")), ("no", N_("No"))]))
        self.phone = self.add(TextField("phone", N_("Telephone")))
        self.signed = self.add(TickField("signed", N_("Signed")))
        self.stamped = self.add(TickField("stamped", N_("Stamped")))
        self.why = self.add(TextField("why", N_("What is corrected")))
        self.judge(lambda: answer_problems(self.answers(), amends=self._amends))

    def show_answers(self, history: Sequence[KeyedAnswers]) -> None:
        """Begin with what is on record, or empty."""
        said = history[-1].answers if history else Answers(signed=True)
        self._amends = bool(history)
        self.why.setVisible(self._amends)
        self.fill({
            **{aspect.value: said.grades.get(aspect) for aspect in Aspect}, "opinion": said.opinion,
            "recontact": None if said.recontact is None else ("yes" if said.recontact else "no"),
            "phone": said.phone, "signed": said.signed, "stamped": said.stamped, "why": "",
        })

    def answers(self) -> Answers:
        """What the form says."""
        grades = {
            aspect: cast("Grade", field.value()) for aspect, field in self.grades.items() if field.value() is not None
        }
        again = self.recontact.value()
        return Answers(
            grades, self.opinion.value(), None if again is None else again == "yes", self.phone.value(),
            self.signed.value(), self.stamped.value(), self.why.value(),
        )


def find_papers(depot: Depot, text: str) -> list[Option]:
    """Papers for what was typed."""
    return [
        Option(row.number, row.number, f"{label(FormId(row.form))} {row.serial}".strip())
        for row in signed_papers.candidates(depot, text)
    ]
