"""Kept units: the customer's consent, R&D's tests and conclusion, and where the unit goes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from app.depot import Depot
from app.domain.determination import (
    Conclusion,
    Determining,
    Keeping,
    KeptRow,
    Told,
    Tried,
    determining_problems,
)
from app.domain.people import Role
from app.domain.places import Place
from app.domain.signing import OwnSignature, Signature
from app.domain.stages import Stage
from app.errors import Problem
from app.i18n import N_, _
from app.labels import label, several
from app.services import determination, undoing
from ui.dialogs.dialog import FormDialog
from ui.disposition.list_pane import ListPane, own_signs
from ui.disposition.papers import end_job
from ui.form import Form, LineColumn, LinesField, MultilineField, SegmentField, TextField
from ui.models import Column
from ui.page import Page
from ui.tones import Tone

Row = tuple[KeptRow, bool]


def _next(one: Row) -> str:
    row, both = one
    if row.stage is Stage.REFERRED:
        return _("record the customer's wish to have both") if both else _("record the consent")
    if row.stage is Stage.IN_REPAIR:
        return _("hand over to repair")
    if row.determination_number:
        return _("scrap it (pane Scrap)")
    return _("R&D concludes") if row.place is Place.LAB else _("hand over to R&D")


COLUMNS: tuple[Column[Row], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r[0].serial, width=150, bold=True, tabular=True),
    Column("next", N_("Next"), text=_next, chip=True, width=200,
           tone=lambda r: Tone.WARN if r[0].stage is Stage.REFERRED else Tone.INFO),
    Column("model", N_("Model"), text=lambda r: r[0].model, width=130),
    Column("customer", N_("Customer"), text=lambda r: r[0].customer, width=180, grow=True),
    Column("place", N_("Place"), text=lambda r: label(r[0].place), width=150, hidden=True),
    Column("conclusion", N_("Conclusion"), width=150,
           text=lambda r: label(Conclusion(r[0].conclusion)) if r[0].conclusion else ""),
    Column("number", N_("Determination"), text=lambda r: r[0].determination_number, width=150, tabular=True),
    Column("case", N_("Case"), text=lambda r: r[0].case_number, width=140, tabular=True, hidden=True),
)


class KeepDialog(FormDialog):
    """What the customer said to the keeping."""

    def __init__(self, page: Page, one: Row) -> None:
        form = Form()
        self.who = form.add(TextField("who", N_("Who spoke for the customer"), required=True))
        self.how = form.add(SegmentField("how", N_("How"), options=Told, chosen=Told.PHONE))
        self.note = form.add(MultilineField("note", N_("What was said"), lines=2))
        self._row, self._both = one
        title = N_("Both units to the customer") if self._both else N_("Keep the unit")
        super().__init__(page, title, form, text=self._row.serial)
        self._page = page
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        how, both = self.how.value(), self._both
        keeping = Keeping(
            self._row.case_id, self.who.value(), how if isinstance(how, Told) else Told.PHONE, self.note.value()
        )
        self.run(
            lambda depot: determination.give_both(depot, keeping) if both else determination.keep(depot, keeping),
            self._done,
        )

    def _done(self, done: determination.KeptUnit) -> None:
        self.done_well()
        self._page.frame.toast(
            _("Recorded. Hand the unit over to R&D.") if done.stage is Stage.TO_RND
            else _("In the return zone (B); the exchanged unit leaves with it."),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )


class DetermineForm(Form):
    """Tests, conclusion, findings."""

    def __init__(self) -> None:
        super().__init__()
        self.tests = self.add(LinesField(
            "tests", N_("Tests tried"),
            (LineColumn("name", N_("Test"), 2), LineColumn("result", N_("What it showed"), 3)),
        ))
        self.conclusion = self.add(SegmentField("conclusion", N_("Conclusion"), options=Conclusion))
        self.findings = self.add(MultilineField("findings", N_("What was found"), required=True))
        self.judge(self._wrong)

    def tried(self) -> tuple[Tried, ...]:
        """The lines."""
        lines = self.tests.value()
        return tuple(Tried(str(line.get("name", "")), str(line.get("result", ""))) for line in lines)

    def concluded(self) -> Conclusion | None:
        """The conclusion chosen."""
        value = self.conclusion.value()
        return value if isinstance(value, Conclusion) else None

    def _wrong(self) -> list[Problem]:
        return determining_problems(self.tried(), self.concluded(), self.findings.value())


class DetermineDialog(FormDialog):
    """R&D's conclusion, signed by an engineer."""

    def __init__(self, page: Page, row: KeptRow) -> None:
        form = DetermineForm()
        super().__init__(page, N_("Technical determination"), form, accept=N_("Sign…"), text=row.serial)
        self.determine_form = form
        self._page, self._row = page, row
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        purpose = _("Technical determination of {serial}").format(serial=self._row.serial)
        self._page.frame.sign(self, own_signs(self._page, purpose, Role.ENGINEER), self._signed)

    def _signed(self, signature: Signature) -> None:
        if isinstance(signature, OwnSignature):
            form = self.determine_form
            entered = Determining(
                self._row.case_id, form.tried(), form.concluded(), form.findings.value(), signature
            )
            self.run(lambda depot: determination.determine(depot, entered), self._done)

    def _done(self, done: determination.Determined) -> None:
        self.done_well()
        self._page.frame.toast(_("{number}: {what}").format(number=done.number, what=several(done.follows)))
        self._page.frame.preview(end_job(done.number, N_("Technical determination {number}"), "F14"))


class DeterminationPane(ListPane[Row]):
    """One list, two steps."""

    columns = COLUMNS
    name = "determinations"
    title = N_("R&D")
    empty = ("ph.flask", N_("No unit is kept"),
             N_("Units in which no fault was found too often are kept; R&D finds out what is behind it."))
    hint = N_("Custody goes over on the page Handover: to R&D, and from R&D to repair.")

    def buttons(self) -> Sequence[QPushButton]:
        """Consent, conclusion."""
        self.keep = self.button("dispositions.keep", lambda: self.with_row(self._keep))
        self.determine = self.button("dispositions.determine", lambda: self.with_row(self._determine), kind="primary")
        return self.keep, self.determine

    def fetch(self, depot: Depot) -> Sequence[Row]:
        """Ruled to be kept, and kept."""
        return determination.listed(depot)

    def key_of(self, row: Row) -> str:
        """The case."""
        return row[0].case_id

    def unit_of(self, row: Row) -> str:
        """The kept unit."""
        return row[0].unit_id

    def codes_of(self, row: Row) -> set[str]:
        """Serial, case or paper."""
        return {row[0].serial, row[0].case_number, row[0].determination_number}

    def allow(self, row: Row | None) -> None:
        """What the row's next step allows."""
        self.keep.setEnabled(row is not None and row[0].stage is Stage.REFERRED)
        self.determine.setEnabled(
            row is not None and row[0].place is Place.LAB and not row[0].determination_number
        )

    def _keep(self, one: Row) -> None:
        KeepDialog(self.page, one).open()

    def _determine(self, one: Row) -> None:
        DetermineDialog(self.page, one[0]).open()
