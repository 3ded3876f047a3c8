"""The notes on finding the faults of a product, written as a list; the bench shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.knowledge import Note, note_problems
from app.i18n import N_
from app.services import knowledge
from app.services.knowledge import NotesWritten
from ui.dialogs.dialog import FormDialog
from ui.form import Form, LineColumn, LinesField
from ui.form.versions import state_of


class NotesForm(Form):
    """One line per note."""

    def __init__(self, notes: Sequence[Note] = ()) -> None:
        super().__init__()
        self.notes = self.add(LinesField(
            "notes", N_("Notes"),
            (
                LineColumn("title", N_("Heading"), 3),
                LineColumn("symptom_code", N_("Symptom code"), tabular=True, width=110,
                           tip=N_("Empty: for any symptom.")),
                LineColumn("body", N_("What to look at"), 6),
            ),
            hint=N_("Alt+Up and Alt+Down move a line, Ctrl+Del takes it out."),
        ))
        self.notes.set_value([
            {"title": note.title, "symptom_code": note.symptom_code, "body": note.body} for note in notes])
        self.judge(lambda: [problem for note in self.written() for problem in note_problems(note)])

    def written(self) -> tuple[Note, ...]:
        """The notes typed."""
        return tuple(
            Note(str(line["title"]), str(line["body"]), str(line["symptom_code"])) for line in self.notes.value())


def edit_notes(
    page: QWidget, product_id: str, notes: Sequence[Note], then: Callable[[FormDialog, NotesWritten], None]
) -> None:
    """Open the notes of a product; ``then(dialog, written)`` after they were saved."""
    _notes_dialog(page, product_id, notes, then).open()


def _notes_dialog(
    page: QWidget, product_id: str, notes: Sequence[Note], then: Callable[[FormDialog, NotesWritten], None]
) -> FormDialog:
    form = NotesForm(notes)
    dialog = FormDialog(
        page, N_("Troubleshooting notes"), form, draft="products.notes",
        subject=f"{product_id}:{state_of(tuple(notes))}", width=1000,
        text=N_("The bench shows them beside what earlier repairs suggest."),
    )

    def submit() -> None:
        written = form.written()
        dialog.run(
            lambda depot: knowledge.save_notes(depot, product_id, written, notes), lambda done: then(dialog, done))

    dialog.submitted.connect(submit)
    dialog.reopens(
        lambda depot: knowledge.notes(depot, product_id), lambda found: _notes_dialog(page, product_id, found, then))
    return dialog
