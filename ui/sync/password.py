"""The centre's password, entered once and kept in the computer's keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from app.errors import Refused
from app.i18n import N_, _
from app.sync import credentials
from ui.dialogs.dialog import Dialog
from ui.widgets import muted
from ui.words import bind

if TYPE_CHECKING:
    from ui.page import Page


class PasswordDialog(Dialog):
    """One field; what is typed is never shown again."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__(page, N_("Head office password"))
        self._page, self._address = page, address
        self.body.addWidget(muted(
            _("For {place}. It is kept in this computer's keyring and not in the database.").format(
                place=address or "–"), wrap=True))
        self.word = QLineEdit()
        self.word.setEchoMode(QLineEdit.EchoMode.Password)
        bind(self.word.setAccessibleName, N_("Head office password"))
        self.body.addWidget(self.word)
        self.add_button(N_("Cancel"), self.reject)
        self.add_button(N_("Keep"), self._keep, "primary")
        self.word.returnPressed.connect(self._keep)

    def _keep(self) -> None:
        word = self.word.text()
        if not self._address:
            self.show_refusal(Refused("sync.no-centre"))
        elif word:
            self.desk.work(self, lambda: credentials.keep_password(self._address, word), self._kept)

    def _kept(self, done: bool) -> None:  # noqa: FBT001  what the keyring says
        if done:
            self._page.frame.toast(_("The password is kept in this computer's keyring."))
            self.accept()
        else:
            self.show_refusal(Refused("sync.no-password", variable=credentials.VARIABLE))
