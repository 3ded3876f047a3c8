"""People: who works here, in which roles, with which stamp and badge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.people import Action, Role
from app.domain.policy_values import PolicyName
from app.i18n import N_, _, _n
from app.labels import several
from app.services import accounts, people, policies
from app.services.people import UserView
from ui.dialogs.dialog import FormDialog
from ui.masterdata.words import LANGUAGES, allow, taken_back
from ui.models import Column, Table
from ui.page import Page
from ui.people.forms import AccountForm, NewUserForm, SecretsForm
from ui.scanner import Scan, ScanKind
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot


@dataclass(frozen=True, slots=True)
class People:
    """What the page shows: everybody, and how long secrets must be."""

    users: tuple[UserView, ...]
    password_length: int
    pin_length: int


def everybody(depot: Depot) -> People:
    """One look for the page."""
    lengths = {line.name: line.value for line in policies.values(depot)}
    return People(
        people.users(depot), int(lengths[PolicyName.PASSWORD_LENGTH]), int(lengths[PolicyName.PIN_LENGTH])
    )


def _state(user: UserView) -> tuple[str, Tone]:
    if not user.active:
        return N_("inactive"), Tone.MUTE
    if user.blocked_until is not None and user.blocked_until > datetime.now(UTC):
        return N_("waits after wrong tries"), Tone.WARN
    return N_("may sign in"), Tone.OK


COLUMNS: tuple[Column[UserView], ...] = (
    Column("name", N_("Full name"), text=lambda u: u.name, bold=True, width=150),
    Column("login", N_("User name"), text=lambda u: u.login, tabular=True, width=120),
    Column("roles", N_("Roles"), text=lambda u: several(role for role in Role if role in u.roles), grow=True),
    Column("stamp", N_("Stamp number"), text=lambda u: u.stamp_no, tabular=True, width=110),
    Column("badge", N_("Badge"), text=lambda u: u.badge, tabular=True, width=150),
    Column("language", N_("Language"), text=lambda u: _(dict(LANGUAGES).get(u.language, "")), width=90),
    Column("state", N_("State"), text=lambda u: _(_state(u)[0]), tone=lambda u: _state(u)[1], chip=True, width=170),
)


class PeoplePage(Page):
    """Everybody, active first."""

    watches = Changes.PEOPLE

    def build(self) -> None:
        self.lengths = (8, 4)
        self.table: Table[UserView] = Table(COLUMNS, name="people", key=lambda u: u.id, title=N_("People"))
        self.table.set_empty("ph.identification-badge", N_("Nobody here yet"))
        self.table.activated.connect(self._edit)
        self.table.selected.connect(lambda _user: self._permit())
        for button in (
            self.button("people.own", self._own), self.button("people.switch", self._switch),
            self.button("people.secrets", self._secrets), self.button("people.edit", self._edit_current),
            self.button("people.add", self._add, kind="primary"),
        ):
            self.header.add(button)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table.view)
        self.desk.operator_changed.connect(self._permit)
        self._permit()

    def reload(self) -> None:
        self.run(everybody, self._filled, replace="rows")

    def _filled(self, found: People) -> None:
        self.lengths = (found.password_length, found.pin_length)
        active = sum(user.active for user in found.users)
        self.header.subtitle(_n("{n} person may sign in", "{n} people may sign in", active).format(n=active))
        self.table.set_rows(found.users)
        if self.table.current() is None and found.users:
            self.table.select_key(found.users[0].id)
        self._permit()

    def open_subject(self, subject: object) -> None:
        self.table.select_key(subject)

    def scanned(self, scan: Scan) -> bool:
        """A badge on this page, by an administrator: whose is it?"""
        if scan.kind is not ScanKind.COMMAND or scan.verb != "BADGE" or not self.desk.permits(Action.MANAGE_USERS):
            return False
        self.run(lambda depot: people.badge_holder(depot, scan.value), lambda user: self.open_subject(user.id))
        return True

    def _permit(self) -> None:
        administrator, user = self.desk.permits(Action.MANAGE_USERS), self.table.current()
        one = administrator and user is not None
        allow(self, "people", add=administrator, edit=one, secrets=one, switch=one, own=self.desk.operator is not None)

    # -- what can be done ----------------------------------------------------------------------------------------

    def _add(self) -> None:
        form = NewUserForm(*self.lengths)
        dialog = FormDialog(self, N_("New user"), form, accept=N_("Enter person"), width=640)

        def submit() -> None:
            user = form.user()
            dialog.run(
                lambda depot: people.add_user(depot, user),
                lambda done: self._written(dialog, done.entry_id, _("{name} entered").format(name=user.name)),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _edit_current(self) -> None:
        user = self.table.current()
        if user is not None:
            self._edit(user)

    def _edit(self, user: UserView) -> None:
        if self.desk.permits(Action.MANAGE_USERS):
            self._editing(user).open()

    def _editing(self, user: UserView) -> FormDialog:
        seen = accounts.account_of(user)
        form = AccountForm(seen)
        dialog = FormDialog(self, N_("Edit a person"), form, width=640)

        def submit() -> None:
            account = form.account()
            dialog.run(
                lambda depot: accounts.edit(depot, user.id, account, seen),
                lambda done: self._written(dialog, done.entry_id, _("{name} changed").format(name=account.name)),
            )

        dialog.submitted.connect(submit)
        dialog.reopens(
            lambda depot: next(one for one in people.users(depot) if one.id == user.id), self._editing)
        return dialog

    def _switch(self) -> None:
        user = self.table.current()
        if user is None:
            return
        seen = accounts.account_of(user)
        wanted = accounts.Account(
            seen.name, seen.roles, seen.stamp_no, seen.badge, seen.language, active=not seen.active
        )
        text = _("{name} deactivated") if user.active else _("{name} reactivated")
        self.run(
            lambda depot: accounts.edit(depot, user.id, wanted, seen),
            lambda done: self.frame.toast(text.format(name=user.name), undo=taken_back(done.entry_id)),
        )

    def _secrets(self) -> None:
        user = self.table.current()
        if user is None:
            return
        form = SecretsForm(user.login, *self.lengths)
        dialog = FormDialog(
            self, N_("New password or PIN"), form,
            text=N_("Tell the new secrets in person; their owner changes them at the first chance."),
        )
        self._renew(
            dialog, form, user.name,
            lambda depot, _current, password, pin: accounts.reset_secrets(depot, user.id, password, pin),
        )

    def _own(self) -> None:
        operator = self.desk.operator
        if operator is None:
            return
        form = SecretsForm(operator.login, *self.lengths, own=True)
        dialog = FormDialog(self, N_("My password and PIN"), form)
        self._renew(dialog, form, operator.name, accounts.change_own_secrets)

    def _renew(
        self, dialog: FormDialog, form: SecretsForm, name: str, write: Callable[[Depot, str, str, str], object]
    ) -> None:
        def submit() -> None:
            typed = (form.current.edit.text(), form.password.edit.text(), form.pin.value())
            dialog.run(lambda depot: write(depot, *typed), lambda _done: renewed())

        def renewed() -> None:
            dialog.done_well()
            self.frame.toast(_("New secrets of {name} are in force").format(name=name))

        dialog.submitted.connect(submit)
        dialog.open()

    def _written(self, dialog: FormDialog, entry_id: str, text: str) -> None:
        dialog.done_well()
        self.frame.toast(text, undo=taken_back(entry_id))
