"""Signing: one of ours proves who they are; somebody from outside draws, or signs on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.people import Role
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature, problems
from app.errors import Problem, Refused
from app.i18n import N_
from ui.background import Desk
from ui.dialogs.dialog import Dialog
from ui.form.fields import SegmentField, TextField
from ui.form.form import Form
from ui.widgets.labels import muted
from ui.widgets.signature import SignaturePad
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot, Operator


@dataclass(frozen=True, slots=True)
class SignRequest:
    """What is to be signed.

    ``purpose`` says it in a sentence, in the screen's language. ``party`` OWN: one of ours signs (the operator unless
    ``login`` names another; any of ours may step up if ``other`` is set). Else somebody outside signs, whose ``name``
    is known or asked for. ``roles``: who of ours may sign this; nobody named: anybody.
    """

    purpose: str
    party: Party = Party.OWN
    name: str = ""
    login: str = ""
    other: bool = False
    roles: tuple[Role, ...] = ()
    accept: str = N_("Sign")


class SignDialog(Dialog):
    """Gives a :class:`Signature` that was already proved, where it is one of ours."""

    signed = Signal(object)

    def __init__(self, parent: QWidget, request: SignRequest, desk: Desk) -> None:
        super().__init__(parent, N_("Signature"), desk=desk, width=540)
        self._request = request
        self._proving = False
        self.body.addWidget(_said(request.purpose))
        self._own = request.party is Party.OWN
        self.form = self._own_form() if self._own else self._outside_form()
        self.body.addWidget(self.form)
        if self._own:
            self.body.addStretch(1)
        else:
            self.body.addWidget(self._pages)
        self.add_button(N_("Cancel"), self.reject)
        accept = self.add_button(request.accept, self.form.submit, "primary")
        self.form.gate(accept)
        self.form.submitted.connect(self._submitted)
        self.form.focus_first()

    # -- one of ours -------------------------------------------------------------------------------------------

    def _own_form(self) -> Form:
        form = Form()
        operator = self.desk.operator
        login = self._request.login or (operator.login if operator else "")
        self.login = form.add(TextField("login", N_("User name"), required=True))
        self.login.set_value(login)
        self.login.set_read_only(read_only=not self._request.other and bool(login))
        self.secret = form.add(
            TextField("secret", N_("PIN or password"), required=True, secret=True,
                      hint=N_("Typed anew for each signature; it is not kept."))
        )
        return form

    # -- somebody outside --------------------------------------------------------------------------------------

    def _outside_form(self) -> Form:
        form = Form()
        self.name = form.add(TextField("name", N_("Name of who signs"), required=True))
        self.name.set_value(self._request.name)
        self.way = form.add(
            SegmentField(
                "way", N_("Way of signing"), [("drawn", N_("on this screen")), ("paper", N_("on paper"))],
                chosen="drawn",
            )
        )
        self.pad = SignaturePad()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._pad_page())
        self._pages.addWidget(
            muted(N_("Let them sign the printed slip. Scan the signed slip later: its code files it."), wrap=True)
        )
        form.changed.connect(self._show_way)
        self.pad.changed.connect(form.judge_again)
        form.judge(self._outside_problems)
        return form

    def _pad_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pad)
        again = QPushButton()
        again.setProperty("kind", "link")
        again.setAutoDefault(False)
        bind(again.setText, N_("Clear and sign again"))
        bind(again.setAccessibleName, N_("Clear and sign again"))
        again.clicked.connect(self.pad.clear)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _show_way(self) -> None:
        self._pages.setCurrentIndex(1 if self.way.value() == "paper" else 0)

    def _outside_problems(self) -> list[Problem]:
        # A missing name is said by the field itself, which knows its own label.
        return [found for found in problems(self._outside(), "drawn") if found.code != "signing.name-missing"]

    def _outside(self) -> OutsideSignature:
        paper = self.way.value() == "paper"
        return OutsideSignature(
            self._request.party, self.name.value(), () if paper else self.pad.strokes(), on_paper=paper
        )

    # -- done --------------------------------------------------------------------------------------------------

    def _submitted(self) -> None:
        if not self._own:
            self._give(self._outside())
            return
        signature = OwnSignature(self.login.value(), self.secret.value())
        roles = self._request.roles

        def prove(depot: Depot) -> Operator:
            from app.services import people

            operator = people.check_secret(depot, signature.login, signature.secret)
            if roles and not operator.roles.intersection(roles):
                raise Refused("signing.not-this-role", field="login", name=operator.name, roles=roles)
            return operator

        if self._proving:
            return
        self._proving = True
        self.run(prove, lambda _operator: self._give(signature), self._refused)

    def _give(self, signature: Signature) -> None:
        self.accept()
        self.signed.emit(signature)

    def _refused(self, _error: Exception) -> bool:
        self._proving = False
        self.secret.edit.clear()
        self.secret.setFocus()
        return False

    def show_refusal(self, refusal: Refused) -> bool:
        """At its field, else above."""
        return self.form.show_refusal(refusal) or super().show_refusal(refusal)


def _said(purpose: str) -> QWidget:
    words = muted(wrap=True)
    words.setText(purpose)
    return words


def sign(parent: QWidget, request: SignRequest, desk: Desk, then: Callable[[Signature], None]) -> SignDialog:
    """Ask for a signature; ``then`` gets it. Does not wait."""
    dialog = SignDialog(parent, request, desk)
    dialog.signed.connect(then)
    dialog.open()
    return dialog
