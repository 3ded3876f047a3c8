"""The forms of the bench: diagnosis, work, part, completion, and the words with the customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility, usual_responsibility
from app.domain.masterdata import CodeKind
from app.domain.repair import (
    MOST_MINUTES,
    Diagnosis,
    Finish,
    RepairOrder,
    action_problems,
    diagnosis_problems,
    finish_problems,
)
from app.errors import Problem
from app.i18n import N_, language
from app.services import bench_sheet
from app.services.bench_sheet import BenchSheet
from ui.background import Desk
from ui.form import (
    ChoiceField,
    Form,
    MultilineField,
    NumberField,
    Option,
    SegmentField,
    TextField,
)


def _code_search(kind: CodeKind) -> Callable[[Depot, str], Sequence[Option]]:
    def search(depot: Depot, text: str) -> Sequence[Option]:
        return [
            Option(code.code, f"{code.code} {code.name_zh if language().startswith('zh') else code.name_en}")
            for code in bench_sheet.find_codes(depot, kind, text)
        ]

    return search


class DiagnosisForm(Form):
    """What the technician found (art. 10.2)."""

    def __init__(self, desk: Desk, sheet: BenchSheet) -> None:
        super().__init__(columns=2)
        self._case_id = sheet.case.id
        self._seq = sheet.order.seq if sheet.order else 0
        self.symptom = self.add(
            MultilineField("confirmed_symptom", N_("Confirmed symptom"), required=True, lines=2), span=2
        )
        self.symptom_code = self.add(
            ChoiceField("symptom_code", N_("Symptom code"), search=_code_search(CodeKind.SYMPTOM), desk=desk)
        )
        self.fault_code = self.add(
            ChoiceField("fault_code", N_("Fault code"), search=_code_search(CodeKind.FAULT), desk=desk)
        )
        self.fault = self.add(TextField("fault", N_("Fault found")), span=2)
        self.cause = self.add(ChoiceField("cause_class", N_("Cause"), options=CauseClass, required=True))
        self.responsibility = self.add(
            ChoiceField("responsibility", N_("Responsibility"), options=Responsibility, required=True,
                        hint=N_("May stay open until QA has passed the unit."))
        )
        self.detail = self.add(TextField("cause", N_("How it came about")), span=2)
        self._fill_from(sheet.order)
        self.cause.changed.connect(self._propose)
        self.judge(lambda: diagnosis_problems(self.diagnosis()))

    def _fill_from(self, order: RepairOrder | None) -> None:
        if order is None:
            return
        self.symptom.set_value(order.confirmed_symptom)
        for field, code in ((self.symptom_code, order.symptom_code), (self.fault_code, order.fault_code)):
            field.set_value(Option(code, code) if code else None)
        self.fault.set_value(order.fault)
        self.cause.set_value(CauseClass(order.cause_class) if order.cause_class else None)
        self.responsibility.set_value(Responsibility(order.responsibility) if order.responsibility else None)
        self.detail.set_value(order.cause)

    def _propose(self) -> None:
        """The responsibility that usually goes with the cause, as long as none was chosen."""
        cause = self.cause.value()
        if isinstance(cause, CauseClass) and self.responsibility.is_empty():
            self.responsibility.set_value(usual_responsibility(cause))

    def diagnosis(self) -> Diagnosis:
        """The diagnosis as typed."""
        cause, responsibility = self.cause.value(), self.responsibility.value()
        return Diagnosis(
            self._case_id, self.symptom.value(), cause if isinstance(cause, CauseClass) else None,
            responsibility if isinstance(responsibility, Responsibility) else None,
            str(self.symptom_code.value() or ""), str(self.fault_code.value() or ""), self.fault.value(),
            self.detail.value(), self._seq,
        )


class ActionForm(Form):
    """Something done at the bench."""

    def __init__(self) -> None:
        super().__init__()
        self.text = self.add(MultilineField("text", N_("What was done"), required=True, lines=3))
        self.minutes = self.add(NumberField("minutes", N_("Labour"), unit=N_("min"), low=0, high=MOST_MINUTES))
        self.judge(self._wrong)

    def _wrong(self) -> list[Problem]:
        return [] if self.text.is_empty() else action_problems(self.text.value(), self.minutes.whole() or 0)


class FinishForm(Form):
    """The end of the bench work."""

    def __init__(self, sheet: BenchSheet) -> None:
        super().__init__(columns=2)
        assert sheet.order is not None
        self._order = sheet.order
        self.result = self.add(ChoiceField("result", N_("Result"), options=_RESULTS, required=True))
        self.resolution = self.add(
            ChoiceField("resolution", N_("What was done about it"), options=Resolution, required=True)
        )
        self.work = self.add(
            MultilineField("work_done", N_("Work done, as the traveller shall say it"), required=True, lines=4), span=2
        )
        self.minutes = self.add(
            NumberField("labour_minutes", N_("Labour in all"), unit=N_("min"), required=True, low=0, high=MOST_MINUTES)
        )
        self.work.set_value(self._order.work_done or "\n".join(action.text for action in sheet.actions))
        self.minutes.set_value(self._order.labour_minutes or sum(action.minutes for action in sheet.actions))
        cause = self._order.cause_class
        self.result.set_value(RepairResult.NFF if cause == CauseClass.NFF else RepairResult.REPAIRED)
        self.judge(self._wrong)

    def finish(self) -> Finish:
        """The completion as typed."""
        result, resolution = self.result.value(), self.resolution.value()
        return Finish(
            self._order.case_id, self.work.value(), resolution if isinstance(resolution, Resolution) else None,
            result if isinstance(result, RepairResult) else None, self.minutes.whole() or 0, self._order.seq,
        )

    def _wrong(self) -> list[Problem]:
        # What is merely missing says the field itself, which knows its own label.
        missing = {"repair.result-missing", "repair.resolution-missing", "repair.work-missing"}
        return [p for p in finish_problems(self.finish(), self._order) if p.code not in missing]


#: What a technician may conclude; a refusal by the customer is recorded where it is given.
_RESULTS = [
    (result, text)
    for result, text in (
        (RepairResult.REPAIRED, N_("repaired")), (RepairResult.NFF, N_("no fault found (NFF)")),
        (RepairResult.IRREPARABLE, N_("irreparable")), (RepairResult.BER, N_("not worth repairing (BER)")),
        (RepairResult.FAULT_REMAINS, N_("fault not removed")),
    )
]


class ReasonForm(Form):
    """One text that must be given."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.text = self.add(TextField(name, label, required=True))


class AnswerForm(Form):
    """What the customer said."""

    def __init__(self) -> None:
        super().__init__()
        self.yes = self.add(
            SegmentField("answer", N_("Answer"), [(True, N_("agrees")), (False, N_("declines"))], chosen=True)
        )
        self.who = self.add(TextField("who", N_("Who answered"), required=True))
        self.note = self.add(TextField("note", N_("Remark")))


class AmendForm(Form):
    """Cause and responsibility, settled later."""

    def __init__(self, order: RepairOrder) -> None:
        super().__init__()
        self.cause = self.add(ChoiceField("cause_class", N_("Cause"), options=CauseClass, required=True))
        self.responsibility = self.add(
            ChoiceField("responsibility", N_("Responsibility"), options=Responsibility, required=True)
        )
        self.reason = self.add(TextField("reason", N_("Reason"), required=True))
        self.cause.set_value(CauseClass(order.cause_class))
        self.responsibility.set_value(Responsibility(order.responsibility))
