"""One case beside the list: its versions, what they come to, what is paid, and why it is charged."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.money import Money
from app.domain.quotation import QuotationState
from app.i18n import N_, _
from app.labels import label
from app.labels.quotation import UNITS, charged_because
from app.services.quotation_lists import QuoteSheet, Version, in_words, line_fen
from ui import moments
from ui.models import Column, Table
from ui.quotation.columns import tone_of
from ui.tones import Tone
from ui.warranty.words import change_words
from ui.widgets import Card, DefinitionList, EmptyState, heading, muted
from ui.widgets.notice import Notice

_VERSIONS: tuple[Column[Version], ...] = (
    Column("version", N_("Version"), text=lambda v: str(v.quotation.version), width=64, tabular=True, hidden=True),
    Column("number", N_("Quotation"), text=lambda v: v.quotation.number, width=132, grow=True, tabular=True),
    Column("total", N_("Total"), text=lambda v: str(v.quotation.total), width=80, tabular=True, bold=True),
    Column("state", N_("State"), text=lambda v: label(v.quotation.state), chip=True, width=104,
           tone=lambda v: tone_of(v.quotation.state)),
)


class Side(QWidget):
    """The card at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(370)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.nothing = EmptyState("ph.receipt", N_("No case selected"), N_("Scan a unit or choose a line."))
        column.addWidget(self.nothing, 1)
        self.card = Card()
        self.changed = Notice()
        self.card.body.addWidget(self.changed)
        self.total, self.words = heading(), muted(wrap=True)
        self.lines = muted(wrap=True)
        self.facts = DefinitionList()
        self.versions: Table[Version] = Table(
            _VERSIONS, name="quotation.versions", key=lambda v: v.quotation.id, title=N_("Versions"))
        self.versions.set_empty("ph.receipt", N_("Not quoted yet"), N_("Ctrl+N writes the quotation."))
        for widget in (self.total, self.words, self.lines, self.facts):
            self.card.body.addWidget(widget)
        self.card.body.addWidget(self.versions, 1)
        column.addWidget(self.card, 1)
        self.show_sheet(None)

    def show_sheet(self, sheet: QuoteSheet | None) -> None:
        """Show a case, or nothing."""
        self.nothing.setVisible(sheet is None)
        self.card.setVisible(sheet is not None)
        if sheet is None:
            return
        newest = sheet.versions[0] if sheet.versions else None
        self._say_changed(sheet)
        self.total.setText(str(newest.quotation.total) if newest else _("Not quoted yet"))
        self.words.setVisible(newest is not None)
        self.lines.setVisible(newest is not None)
        self.words.setText(in_words(newest.quotation.total_fen) if newest else "")
        self.lines.setText("\n".join(_words(newest)) if newest else "")
        self.facts.show_pairs(_facts(sheet, newest))
        self.versions.set_rows(sheet.versions)

    def _say_changed(self, sheet: QuoteSheet) -> None:
        """The quotation rests on a verdict that no longer holds: said before anybody sends it or takes an answer."""
        if sheet.change is None:
            self.changed.hide()
            return
        told = _("{change} after this quotation was written. Quote anew, or withdraw it.")
        self.changed.say(told.format(change=change_words(sheet.change)), Tone.WARN)


def _words(version: Version) -> list[str]:
    return [
        f"{line.text or label(line.kind)}  {line.quantity} {_(UNITS[line.kind])}  {Money(line_fen(line))}"
        for line in version.lines
    ]


def _facts(sheet: QuoteSheet, newest: Version | None) -> list[tuple[str, str]]:
    found = [
        (_("Case"), f"{sheet.case.number}  {label(sheet.case.stage)}"),
        (_("Why chargeable"), charged_because(sheet.order) if sheet.chargeable else _("not by the warranty")),
    ]
    if newest is not None:
        quotation = newest.quotation
        if quotation.valid_until:
            found.append((_("Valid until"), quotation.valid_until.isoformat()))
        if quotation.consent_name and quotation.consent_at and quotation.consent:
            found.append((_("Answered by"), f"{quotation.consent_name}  {moments.minute(quotation.consent_at)}"))
        if quotation.reason:
            found.append((_("Remark"), quotation.reason))
        if quotation.state_on(sheet.today) is QuotationState.EXPIRED:
            found.append((_("Expired"), _("It binds no more: quote anew.")))
    if sheet.free is not None:
        answer = {None: _("asked for"), True: _("approved"), False: _("refused")}[sheet.free.approved]
        found.append((_("Free of charge"), answer))
    if sheet.balance.agreed_fen:
        found.append((_("Open"), str(Money(sheet.balance.open_fen))))
        if sheet.balance.receipts:
            found.append((_("Receipt no."), ", ".join(sheet.balance.receipts)))
    if sheet.actual_fen is not None:
        found.append((_("Work really done"), _actual(sheet.actual_fen, sheet.balance.agreed_fen)))
    return found


def _actual(actual: int, agreed: int) -> str:
    words = str(Money(actual))
    if agreed and actual > agreed:
        more = _("{amount} more than agreed: quote anew to charge it").format(amount=Money(actual - agreed))
        return f"{words}  {more}"
    return words
