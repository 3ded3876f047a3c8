"""The ceremony of the stamp: the inspector types the PIN, and the stamp comes down (art. 10.7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.inspection_runs import MarkMethod
from app.domain.signing import OwnSignature
from app.i18n import N_, _
from app.services import inspection, people
from app.services.inspection import TestSheet
from ui.dialogs.dialog import Dialog
from ui.form import Form, SegmentField, TextField
from ui.inspection.stamp import Stamp

if TYPE_CHECKING:
    from ui.inspection.page import InspectionPage


#: Makes the operation out of signature, way and reason, with what the form holds now.
Operation = Callable[[OwnSignature, MarkMethod, str], Callable[[Depot], inspection.Marked]]


class StampDialog(Dialog):
    """The ceremony: the inspector types the PIN, and the stamp comes down."""

    def __init__(
        self, page: InspectionPage, sheet: TestSheet, title: str, operation: Operation, *, why: bool = False
    ) -> None:
        """``operation`` gives the mark, once proved, for (signature, how, reason); ``why``: the reason is asked for."""
        super().__init__(page, title, width=460)
        self.page = page
        self.operation = operation
        self.marked: Callable[[inspection.Marked], object] = lambda _done: None
        self._sheet = sheet
        operator = page.desk.operator
        self._login = operator.login if operator else ""
        self._name = operator.name if operator else ""
        self.stamp = Stamp()
        self.stamp.show_stamp(sheet.depot_name, sheet.stamp_no, self._name, sheet.today)
        self.body.addWidget(self.stamp, 0, Qt.AlignmentFlag.AlignHCenter)
        self.form = Form()
        self.reason = TextField("reason", N_("Why the mark is replaced"), required=why)
        if why:
            self.form.add(self.reason)
        self.how = self.form.add(SegmentField("how", N_("Mark"), MarkMethod, chosen=MarkMethod.AFFIXED))
        self.secret = self.form.add(
            TextField("secret", N_("PIN or password"), required=True, secret=True,
                      hint=N_("Typed anew for each signature; it is not kept."))
        )
        self.body.addWidget(self.form)
        self._cancel = self.add_button(N_("Cancel"), self.reject)
        self._accept = self.add_button(N_("Stamp"), self.form.submit, "primary")
        self.form.gate(self._accept)
        self.form.submitted.connect(self._submit)
        self.secret.setFocus()

    def _submit(self) -> None:
        how = self.how.value()
        assert isinstance(how, MarkMethod)
        secret = self.secret.value()
        give = self.operation(OwnSignature(self._login, secret), how, self.reason.value())
        login = self._login

        def prove_and_give(depot: Depot) -> inspection.Marked:
            people.check_secret(depot, login, secret)
            return give(depot)

        self.setEnabled(False)
        self.run(prove_and_give, self._given, self._refused)

    def _refused(self, _error: Exception) -> bool:
        self.setEnabled(True)
        self.secret.edit.clear()
        self.secret.setFocus()
        return False

    def _given(self, done: inspection.Marked) -> None:
        self.setEnabled(True)
        self.marked(done)
        self.page.frame.chime(good=True)
        self.stamp.show_stamp(
            self._sheet.depot_name, done.mark.stamp_no, done.mark.inspector_name, self._sheet.today, done.mark.number
        )
        self.form.hide()
        self._cancel.hide()
        self._accept.hide()
        number = done.mark.number
        self.add_button(N_("Print the mark"), lambda: self._then(lambda: self.page.show_mark(number)))
        hand_over = self.add_button(
            N_("Hand over"), lambda: self._then(lambda: self.page.frame.open("handover", done.case_id)), "primary"
        )
        hand_over.setFocus()
        self.adjustSize()
        self.page.frame.toast(_("{number}: passed and marked").format(number=number))

    def _then(self, go: Callable[[], object]) -> None:
        self.accept()
        go()
