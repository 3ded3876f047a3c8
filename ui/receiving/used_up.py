"""The serial used up its return visits: the ruling is offered at the counter, at once (spec 1 §4, "at intake")."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.signing import OwnSignature, Signature
from app.errors import Refused
from app.i18n import N_, _
from app.labels import several
from app.messages import say
from app.services import disposition, undoing
from app.services.disposition import Ruled, Sheet
from ui.dialogs.dialog import Dialog
from ui.disposition.forms import supervisor_signs
from ui.disposition.sheet import customer_text, steps_text
from ui.page import Page
from ui.tones import Tone
from ui.widgets import DefinitionList, Notice


class UsedUpDialog(Dialog):
    """One unit after the other; a supervisor signs here, or it waits on the page Dispositions."""

    def __init__(self, page: Page, sheets: Sequence[Sheet]) -> None:
        super().__init__(page, N_("This serial used up its return visits"), width=620)
        self._page = page
        self._sheet, *self._rest = sheets
        sheet = self._sheet
        if isinstance(sheet.ruling, Refused):
            raise sheet.ruling
        self.ruling = sheet.ruling
        why = Notice()
        why.say(say(self.ruling.own_code, self.ruling.facts), Tone.BAD)
        self.body.addWidget(why)
        told = DefinitionList()
        told.show_pairs([
            (_("Serial number"), sheet.unit.serial), (_("Case"), sheet.case.number), (_("Customer"), sheet.customer),
            (_("Earlier visits"), "\n".join(
                _(" · ").join((v.received.isoformat(), v.depot, v.number, v.symptom))
                for v in sheet.visits if not v.this)),
            (_("Decision"), several(self.ruling.outcomes)), (_("Next steps"), steps_text(self.ruling.outcomes)),
            (_("For the customer"), customer_text(self.ruling)),
        ])
        self.body.addWidget(told)
        self.add_button(N_("Later"), self._later)
        if self.ruling.number:
            self.confirm = self.add_button(N_("A supervisor confirms…"), self._confirm, "primary")
        else:
            self.confirm = self.add_button(N_("Settle the warranty"), self._open_page, "primary")
        self.confirm.setDefault(True)
        self.confirm.setFocus()

    def _confirm(self) -> None:
        purpose = _("Rule on {number}: {outcomes}").format(
            number=self._sheet.case.number, outcomes=several(self.ruling.outcomes))
        self._page.frame.sign(self, supervisor_signs(self._page, purpose), self._signed)

    def _signed(self, signature: Signature) -> None:
        if isinstance(signature, OwnSignature):
            case_id = self._sheet.case.id
            self.run(lambda depot: disposition.confirm(depot, case_id, signature), self._ruled)

    def _ruled(self, done: Ruled) -> None:
        self._page.frame.toast(
            _("{number}: {outcomes}").format(number=done.number, outcomes=several(done.outcomes)),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
        self._next()

    def _later(self) -> None:
        self._page.frame.toast(
            _("{serial} is awaiting its ruling on the page Dispositions.").format(serial=self._sheet.unit.serial),
            Tone.WARN,
        )
        self._next()

    def _open_page(self) -> None:
        self.accept()
        self._page.frame.open("dispositions", self._sheet.case.id)

    def _next(self) -> None:
        self.accept()
        if self._rest:
            UsedUpDialog(self._page, self._rest).open()
