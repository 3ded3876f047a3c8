"""People as typed: a new one, an account, new secrets, the own secrets."""

from __future__ import annotations

from typing import cast

from app.domain.people import Role
from app.i18n import N_
from app.services import accounts, people
from app.services.accounts import Account
from app.services.people import NewUser
from ui.form import CodeField, Form, SegmentField, TextField, TickField, TicksField
from ui.masterdata.words import LANGUAGES

_STAMP_HINT = N_("An inspector's stamp; empty for everybody else.")
_BADGE_HINT = N_("Scan the badge; it opens the desk together with the PIN.")


class NewUserForm(Form):
    """Somebody new."""

    def __init__(self, password_length: int, pin_length: int) -> None:
        super().__init__(columns=2)
        self.name = self.add(TextField("name", N_("Full name"), required=True, hint=N_("As it shall stand on papers.")))
        self.login = self.add(TextField("login", N_("User name"), required=True))
        self.password = self.add(TextField("password", N_("Password"), required=True, secret=True,
                                           hint=N_("Opens the desk. Tell it in person.")))
        self.pin = self.add(TextField("pin", N_("PIN for signing"), required=True, secret=True,
                                      hint=N_("Digits only; signs handovers and marks.")))
        self.roles = self.add(TicksField("roles", N_("Roles"), Role, required=True), span=2)
        self.stamp = self.add(TextField("stamp_no", N_("Stamp number"), hint=_STAMP_HINT))
        self.badge = self.add(CodeField("badge", N_("Badge"), hint=_BADGE_HINT))
        self.language = self.add(SegmentField("language", N_("Language"), LANGUAGES, chosen="zh_CN"))
        self.judge(lambda: people.new_user_problems(self.user(), password_length, pin_length))

    def user(self) -> NewUser:
        """What stands in the form."""
        return NewUser(
            self.login.value(), self.name.value(), self.password.edit.text(), self.pin.value(),
            cast(frozenset[Role], self.roles.value()), self.stamp.value(), _bare(self.badge.value()),
            str(self.language.value()),
        )


class AccountForm(Form):
    """What an administrator changes about somebody."""

    def __init__(self, account: Account) -> None:
        super().__init__(columns=2)
        self._account = account
        self.name = self.add(TextField("name", N_("Full name"), required=True))
        self.language = self.add(SegmentField("language", N_("Language"), LANGUAGES, chosen="zh_CN"))
        self.roles = self.add(TicksField("roles", N_("Roles"), Role, required=True), span=2)
        self.stamp = self.add(TextField("stamp_no", N_("Stamp number"), hint=_STAMP_HINT))
        self.badge = self.add(CodeField("badge", N_("Badge"), hint=_BADGE_HINT))
        self.active = self.add(TickField("active", N_("May sign in"), ticked=True))
        self.fill({
            "name": account.name, "language": account.language, "roles": [role.value for role in account.roles],
            "stamp_no": account.stamp_no, "badge": account.badge, "active": account.active,
        })
        self.judge(lambda: accounts.account_problems(self.account()))

    def account(self) -> Account:
        """What stands in the form."""
        return Account(
            self.name.value(), cast(frozenset[Role], self.roles.value()), self.stamp.value(),
            _bare(self.badge.value()), str(self.language.value()), self.active.value(),
        )


class SecretsForm(Form):
    """New secrets; with ``own`` the present one proves who asks."""

    def __init__(self, login: str, password_length: int, pin_length: int, *, own: bool = False) -> None:
        super().__init__()
        self.current = TextField("current", N_("Present password"), required=True, secret=True,
                                 hint=N_("For a new PIN alone the present PIN will do."))
        if own:
            self.add(self.current)
        self.password = self.add(TextField("password", N_("New password"), secret=True,
                                           hint=N_("Empty: it stays as it is.")))
        self.pin = self.add(TextField("pin", N_("New PIN"), secret=True, hint=N_("Empty: it stays as it is.")))
        self.judge(lambda: accounts.secret_problems(
            self.password.edit.text(), self.pin.value(), login, password_length, pin_length))


def _bare(badge: str) -> str:
    """A badge scanned from a command card without what makes it a command."""
    return badge.removeprefix("CMD:").removeprefix("BADGE:")
