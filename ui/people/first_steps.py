"""What the first start asks, one form a question."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QPushButton

from app.errors import Problem
from app.i18n import LANGUAGES, N_, _, language
from ui.form import CodeField, Form, SegmentField, TextField, TickField
from ui.words import bind


class Step(Form):
    """One question. ``fields_of`` names what of the founding it answers."""

    title = ""
    text = ""
    icon = "ph.house"

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.make()

    def make(self) -> None:
        """Add the fields."""


class LanguageStep(Step):
    """Which language the screen speaks."""

    title, icon = N_("Language"), "ph.translate"
    text = N_("Chinese and English are complete; you can switch at any time.")

    def make(self) -> None:
        self.language = self.add(SegmentField("language", N_("Language"), tuple(LANGUAGES.items()), chosen=language()))


class DepotStep(Step):
    """Whose depot this is."""

    title, icon = N_("Your depot"), "ph.buildings"
    text = N_("The code stands in front of every number, such as SH1-R2611-00042. It can never be changed.")

    def make(self) -> None:
        self.code = self.add(CodeField("depot_id", N_("Depot code"), required=True,
                                       hint=N_("2 to 8 capital letters and digits, such as SH1.")))
        self.name = self.add(TextField("name", N_("Name of the depot"), required=True, hint=N_("As on papers.")))
        self.address = self.add(TextField("address", N_("Address")))
        self.phone = self.add(TextField("phone", N_("Telephone"), hint=N_("Customers enquire here.")))


class PersonStep(Step):
    """Who the first administrator is."""

    title, icon = N_("You"), "ph.user-circle"
    text = N_("The first person is the administrator, who enters everybody else.")

    def make(self) -> None:
        self.name = self.add(TextField("admin_name", N_("Your name"), required=True))
        self.login = self.add(TextField("admin_login", N_("User name"), required=True))
        self.password = self.add(TextField("admin_password", N_("Password"), required=True, secret=True,
                                           hint=N_("At least 8 characters.")))
        self.again = self.add(TextField("again", N_("Password once more"), required=True, secret=True))
        self.pin = self.add(TextField("admin_pin", N_("PIN for signing"), required=True, secret=True,
                                      hint=N_("At least 4 digits.")))
        self.counter = self.add(TickField("counter", N_("I also work at the counter"), ticked=True,
                                          hint=N_("Receive, return, look after products and customers.")))

    def own(self) -> list[Problem]:
        """The two passwords must be the same."""
        if self.again.value() and self.again.edit.text() != self.password.edit.text():
            return [Problem("again", "founding.passwords-differ")]
        return []


class PlaceStep(Step):
    """Where the data lives."""

    title, icon = N_("Data folder"), "ph.database"
    text = N_("On this computer for one desk; on a PostgreSQL server when several desks share the depot.")

    def make(self) -> None:
        self.kind = self.add(SegmentField(
            "place", N_("Place"), (("file", N_("this computer")), ("server", N_("a server"))), chosen="file"), span=2)
        self.file = self.add(TextField("file", N_("File")), span=2)
        self.server = self.add(TextField(
            "server", N_("Address of the server"), placeholder="postgresql://name:password@host/database",
            hint=N_("The database must exist and be empty.")), span=2)
        self.choose = QPushButton()
        bind(self.choose.setText, N_("Choose another place…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        self.put(self.choose)
        self.kind.changed.connect(self._show_kind)
        self._show_kind()

    def target(self) -> str:
        """The path or the URL."""
        return self.file.value() if self.kind.value() == "file" else self.server.value()

    def own(self) -> list[Problem]:
        """A place must be named."""
        return [] if self.target() else [Problem(
            "file" if self.kind.value() == "file" else "server", "founding.place-missing")]

    def _show_kind(self) -> None:
        on_file = self.kind.value() == "file"
        self.file.setVisible(on_file)
        self.choose.setVisible(on_file)
        self.server.setVisible(not on_file)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Data folder"), self.file.value(), "(*.db)")
        if chosen:
            self.file.set_value(chosen)


class CentreStep(Step):
    """The head office's server, or later."""

    title, icon = N_("Head office"), "ph.cloud"
    text = N_(
        "At night the depot exchanges with head office. Without it the depot works by itself, and can be connected "
        "later.")

    def make(self) -> None:
        self.joins = self.add(SegmentField(
            "joins", N_("Head office"), (("later", N_("later")), ("now", N_("the address is known"))), chosen="later"),
            span=2)
        self.address = self.add(TextField("centre", N_("Address of head office")), span=2)
        self.joins.changed.connect(lambda: self.address.setVisible(self.joins.value() == "now"))
        self.address.hide()

    def centre(self) -> str:
        """The address, empty for later."""
        return self.address.value() if self.joins.value() == "now" else ""
