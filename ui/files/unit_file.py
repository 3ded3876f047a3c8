"""How a unit was built and shipped: a form that anybody at the counter may fill, and the whole file on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.domain.files import ProductFile, UnitPart, UnitState, problems
from app.i18n import N_, _
from app.services import files
from app.services.files import FileWritten
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.files.papers import unit_file_job
from ui.form import Form, LineColumn, LinesField, MultilineField, TextField
from ui.form.versions import state_of
from ui.masterdata.words import taken_back
from ui.page import Frame

_ORIGIN: dict[str, bool | None] = {"": None, "imported": True, "domestic": False}
_COLUMNS = (
    LineColumn("name", N_("Part"), stretch=3),
    LineColumn("model", N_("Model"), stretch=2),
    LineColumn("lot", N_("Lot"), stretch=2, tabular=True),
    LineColumn("serial", N_("Serial number"), stretch=2, tabular=True),
    LineColumn("maker", N_("Maker"), stretch=2),
    LineColumn("imported", N_("Origin"), width=116, options=(
        ("", N_("unknown origin")), ("imported", N_("imported")), ("domestic", N_("domestic")))),
    LineColumn("note", N_("Remark"), stretch=2),
)


class ProductFileForm(Form):
    """The product file of one unit."""

    def __init__(self, file: ProductFile) -> None:
        super().__init__(columns=2)
        state = file.state
        self.original = self.add(MultilineField("original", N_("As it was built"), lines=2))
        self.shipped = self.add(MultilineField("shipped", N_("As it was shipped"), lines=2))
        self.software = self.add(TextField("software", N_("Software version")))
        self.note = self.add(TextField("note", N_("Remark")))
        self.agreement = self.add(MultilineField(
            "agreement", N_("Technical agreement"), lines=2, hint=N_("Service promised, prices of spares agreed.")),
            span=2)
        self.parts = self.add(LinesField("parts", N_("Key parts as shipped"), _COLUMNS), span=2)
        for name in ("original", "shipped", "software", "agreement", "note"):
            self.fields[name].set_value(getattr(state, name))
        origin = {known: word for word, known in _ORIGIN.items()}
        self.parts.set_value([
            {"name": p.name, "model": p.model, "lot": p.lot, "serial": p.serial, "maker": p.maker,
             "imported": origin[p.imported], "note": p.note}
            for p in file.parts
        ])
        self.judge(lambda: problems(self.file().state, self.file().parts))

    def file(self) -> ProductFile:
        """What the form says."""
        return ProductFile(
            UnitState(self.original.value(), self.shipped.value(), self.software.value(), self.agreement.value(),
                      self.note.value()),
            tuple(
                UnitPart(
                    _said(line, "name"), _said(line, "model"), _said(line, "lot"), _said(line, "serial"),
                    _said(line, "maker"), _ORIGIN.get(_said(line, "imported")), _said(line, "note"))
                for line in self.parts.value()
            ),
        )


def _said(line: Mapping[str, object], key: str) -> str:
    return str(line.get(key) or "").strip()


class UnitFileDialog(FormDialog):
    """Edit the product file; print the unit's whole file; look at its lot."""

    def __init__(
        self, parent: QWidget, desk: Desk, frame: Frame, unit_id: str, serial: str, seen: ProductFile,
        same_lot: Callable[[], object],
    ) -> None:
        self.file_form = ProductFileForm(seen)
        super().__init__(
            parent, N_("Unit file"), self.file_form, desk=desk, draft="unit-file",
            subject=f"{unit_id}:{state_of(seen)}", width=980,
            text=N_("What left the factory. Cases, papers, calls and complaints come from the record by themselves."))
        self._frame, self._unit_id, self._serial, self._seen = frame, unit_id, serial, seen
        self.add_button(N_("Same lot"), same_lot)
        self.add_button(N_("Print the file"), lambda: frame.preview(unit_file_job(unit_id, serial)))
        self.submitted.connect(self._save)
        self.reopens(
            lambda depot: files.product_file(depot, unit_id),
            lambda found: UnitFileDialog(parent, desk, frame, unit_id, serial, found, same_lot))

    def _save(self) -> None:
        file, seen = self.file_form.file(), self._seen
        self.run(lambda depot: files.set_product_file(depot, self._unit_id, file, seen), self._saved)

    def _saved(self, done: FileWritten) -> None:
        self.done_well()
        self._frame.toast(
            _("The file of {serial} is saved").format(serial=self._serial), undo=taken_back(done.entry_id))


def open_unit_file(
    owner: QWidget, desk: Desk, frame: Frame, unit_id: str, serial: str, same_lot: Callable[[], object]
) -> None:
    """Fetch the file of a unit and open it."""
    desk.run(
        owner, lambda depot: files.product_file(depot, unit_id),
        lambda seen: UnitFileDialog(owner.window(), desk, frame, unit_id, serial, seen, same_lot).open(),
    )
