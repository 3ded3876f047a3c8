"""A small page of every part of the kit, for the tests of the kit itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.changes import Changes
from app.errors import Problem
from app.i18n import N_
from ui.form import DateField, Form, MultilineField, NumberField, SerialField, TextField
from ui.models import Column, Table
from ui.page import Page
from ui.pages import PAGES, PageSpec
from ui.scanner import Scan
from ui.tones import Tone

SAMPLE = PageSpec("sample", N_("Receiving"), "ph.tray", "tests.ui.sample_page", "SamplePage")
_OTHERS = tuple(replace(spec, module=SAMPLE.module, name=SAMPLE.name) for spec in PAGES)
PAGES_OF_THE_TEST = (SAMPLE, replace(SAMPLE, id="sample.second"), *_OTHERS)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    key: int
    serial: str
    age: int | None


COLUMNS: tuple[Column[Row], ...] = (
    Column("serial", N_("Serial number"), text=lambda row: row.serial, tabular=True, bold=True, order="serial"),
    Column("age", N_("Age"), text=lambda row: "" if row.age is None else str(row.age), sort=lambda row: row.age,
           align="right", tone=lambda row: Tone.BAD if (row.age or 0) > 5 else None),
    Column("stage", N_("Stage"), text=lambda row: "even" if row.key % 2 == 0 else "odd", chip=True,
           tone=lambda row: Tone.INFO, grow=True),
)


class SamplePage(Page):
    """Keeps what happens to it."""

    watches = Changes.UNITS

    def build(self) -> None:
        self.scans: list[Scan] = []
        self.subjects: list[object] = []
        self.reloads = 0
        self.takes = True
        self.form = Form(columns=2)
        self.serial = self.form.add(SerialField("serial", N_("Serial number"), required=True))
        self.note = self.form.add(TextField("note", N_("Name")))
        self.amount = self.form.add(NumberField("amount", N_("Quantity"), decimals=1, low=0, high=100))
        self.day = self.form.add(DateField("day", N_("Fault date")))
        self.words = self.form.add(MultilineField("words", N_("Symptom")), span=2)
        self.form.judge(self._problems)
        self.watch_form(self.form)
        self.table = Table(COLUMNS, name="sample", key=lambda row: row.key, title=N_("Receiving"), many=True)
        self.body.addWidget(self.form)
        self.body.addWidget(self.table)

    def reload(self) -> None:
        self.reloads += 1

    def scanned(self, scan: Scan) -> bool:
        if self.takes:
            self.scans.append(scan)
        return self.takes

    def open_subject(self, subject: object) -> None:
        self.subjects.append(subject)

    def _problems(self) -> list[Problem]:
        if self.serial.value() == "BAD":
            return [Problem("serial", "form.not-in-list", {"label": "Serial number", "value": "BAD"})]
        if self.note.value() == "elsewhere":
            return [Problem("other", "form.missing", {"label": "Other"})]
        return []
