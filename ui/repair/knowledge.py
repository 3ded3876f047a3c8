"""What may help with the diagnosis: faults of earlier repairs with such a symptom, and the notes on the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.knowledge import Note, Suggestion
from app.i18n import N_, _, _n
from app.labels import label
from app.services import knowledge
from app.services.knowledge import Learnt
from ui.form import Option
from ui.repair.forms import DiagnosisForm
from ui.widgets import Card, caption
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from ui.repair.worksheet import Worksheet

_PAUSE_MS = 300


class KnowledgeCard(Card):
    """Hidden while nothing is known. It looks again while the symptom is typed."""

    def __init__(self, worksheet: Worksheet) -> None:
        super().__init__(N_("What earlier repairs suggest"))
        self._sheet = worksheet
        self._form: DiagnosisForm | None = None
        self._writable = False
        self.learnt: Learnt | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.hide()

    def follow(self, form: DiagnosisForm) -> None:
        """Look again when the symptom typed in ``form`` changes."""
        self._form = form
        form.symptom.changed.connect(self._pause.start)
        form.symptom_code.changed.connect(self._pause.start)

    def look(self, *, writable: bool) -> None:
        """Look now. ``writable``: the diagnosis is the operator's to write."""
        self._writable = writable
        self._ask()

    def take_over(self, n: int) -> None:
        """Write the ``n``-th suggestion (from 1) into the diagnosis; what was typed about the symptom stays."""
        found = self.learnt.suggestions if self.learnt else ()
        form = self._form
        if form is None or not self._writable or n > len(found):
            return
        one = found[n - 1]
        if form.symptom.is_empty():
            form.symptom.set_value(self._sheet.sheet.case.symptom)
        if one.fault_code:
            form.fault_code.set_value(Option(one.fault_code, one.fault_code))
        form.fault.set_value(one.fault)
        if one.cause_class:
            form.cause.set_value(CauseClass(one.cause_class))
        if one.responsibility:
            form.responsibility.set_value(Responsibility(one.responsibility))
        if one.cause:
            form.detail.set_value(one.cause)
        form.focus_first()

    def _ask(self) -> None:
        form, case_id = self._form, self._sheet.sheet.case.id
        symptom = form.symptom.value() if form else ""
        code = str(form.symptom_code.value() or "") if form else ""
        self._sheet.page.desk.run(      # the card's own question: a sheet that was made anew has another card
            self, lambda depot: knowledge.learnt(depot, case_id, symptom, code), self._show, quiet=True,
            replace="knowledge")

    def _show(self, learnt: Learnt) -> None:
        if learnt.case_id != self._sheet.sheet.case.id:
            return
        self.learnt = learnt
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for n, one in enumerate(learnt.suggestions, start=1):
            self._rows.addWidget(self._suggestion(n, one))
        for note in learnt.notes:
            self._rows.addWidget(_note(note))
        self.setVisible(bool(learnt.suggestions or learnt.notes))

    def _suggestion(self, n: int, one: Suggestion) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head = text_label("strong", wrap=True)
        head.setText("  ".join(filter(None, (one.fault_code, one.fault))))
        texts.addWidget(head)
        for words in (_how_often(one), _remedy(one), _examples(one)):
            if words:
                below = caption(wrap=True)
                below.setText(words)
                texts.addWidget(below)
        row.addLayout(texts, 1)
        button = self._sheet.page.pressed(f"bench.suggest-{n}", "link")
        button.setText(_("Use (Ctrl+{n})").format(n=n))
        button.setVisible(self._writable)
        row.addWidget(button)
        return made


def _how_often(one: Suggestion) -> str:
    words = _n("{n} repair with such a symptom ({share}%)", "{n} repairs with such a symptom ({share}%)", one.count)
    cause = label(CauseClass(one.cause_class)) if one.cause_class else ""
    return "  ·  ".join(filter(None, (words.format(n=one.count, share=round(100 * one.share)), cause)))


def _remedy(one: Suggestion) -> str:
    parts = "、".join(f"{name} ×{count}" for name, count in one.parts[:4])
    work = _("Remedy: {work}").format(work=" ".join(one.work_done.split())) if one.work_done else ""
    fitted = _("Parts: {parts}").format(parts=parts) if parts else ""
    return "  ·  ".join(filter(None, (work, fitted)))


def _examples(one: Suggestion) -> str:
    return "  ·  ".join(
        f"{repair.came_on.isoformat()} {repair.case_number} {repair.serial}"
        + (f" {label(RepairResult(repair.result))}" if repair.result else "")
        for repair in one.examples)


def _note(note: Note) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    head = text_label("strong", wrap=True)
    head.setText("  ".join(filter(None, (_("Note:"), note.symptom_code, note.title))))
    column.addWidget(head)
    body = text_label("body", wrap=True)
    body.setText(note.body)
    column.addWidget(body)
    by = caption()
    by.setText(note.by_name)
    column.addWidget(by)
    return made


__all__ = ["KnowledgeCard"]
