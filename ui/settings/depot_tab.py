"""The depot: its name and address on paper, its logo, what its papers say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.people import Action
from app.domain.settings import DEPOT_SETTINGS, DepotSetting, setting_problems
from app.errors import Refused
from app.i18n import N_, _
from app.labels import labels_of
from app.labels.settings import CHOICES, MEANINGS
from app.services import settings
from app.services.settings import DepotCard, DepotSettings, SettingsWritten
from ui.dialogs.versions import compare
from ui.form import ChoiceField, Field, Form, MultilineField, SegmentField, TextField
from ui.form.versions import Opened
from ui.masterdata.words import LANGUAGES, allow, taken_back
from ui.settings.tab import Tab
from ui.tones import Tone
from ui.widgets import muted
from ui.widgets.labels import text_label


class DepotForm(Form):
    """The card and the settings."""

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.logo: bytes | None = None
        self.section(N_("On papers"))
        self.name = self.add(TextField("name", N_("Name of the depot"), required=True))
        self.phone = self.add(TextField("phone", N_("Telephone")))
        self.address = self.add(TextField("address", N_("Address")), span=2)
        self.zone = self.add(TextField("time_zone", N_("Time zone"), required=True,
                                       hint=N_("Days are counted in it, such as Asia/Shanghai.")))
        self.language = self.add(SegmentField("language", N_("Language of the depot"), LANGUAGES, chosen="zh_CN"))
        self.section(N_("How papers are made"))
        for name in DEPOT_SETTINGS:
            field = _field(name)
            self.add(field, span=2 if isinstance(field, MultilineField) else 1)
        self.judge(lambda: settings.card_problems(self.card()) + [
            problem for name, value in self.values().items() for problem in setting_problems(name, value)])

    def show_settings(self, found: DepotSettings) -> None:
        """Show what is on record."""
        card = found.card
        self.logo = card.logo
        self.fill({"name": card.name, "phone": card.phone, "address": card.address, "time_zone": card.time_zone})
        self.language.set_value(card.language)
        for name, value in found.values.items():
            self.fields[name.value].set_value(value)

    def card(self) -> DepotCard:
        """The card as typed."""
        return DepotCard(
            self.name.value(), self.address.value(), self.phone.value(), self.zone.value(),
            str(self.language.value()), self.logo,
        )

    def values(self) -> dict[DepotSetting, str]:
        """The settings as typed."""
        return {name: str(self.fields[name.value].value() or "") for name in DEPOT_SETTINGS}


def _field(name: DepotSetting) -> Field:
    declared, label, hint = DEPOT_SETTINGS[name], labels_of(DepotSetting)[name], MEANINGS.get(name, "")
    if declared.choices:
        options = [(choice, CHOICES[name][choice]) for choice in declared.choices]
        return ChoiceField(name.value, label, options, required=True, hint=hint)
    if name is DepotSetting.CENTRE:
        return TextField(name.value, label, hint=hint)
    return MultilineField(name.value, label, hint=hint, lines=3)


class DepotTab(Tab):
    """What concerns every desk of this depot."""

    watches = Changes.SETTINGS

    def build(self) -> None:
        self.seen: DepotSettings | None = None
        self.form = DepotForm()
        self.forms = [self.form]
        _save, save = self.press("settings.save", self.form.submit, "primary")
        _logo, choose = self.press("settings.logo", self._choose_logo)
        _none, without = self.press("settings.no-logo", lambda: self._show_logo(None))
        self.who = muted()
        self.tools(self.who, save)
        self.form.submitted.connect(self._save)
        self.picture = QLabel()
        self.picture.setFixedHeight(64)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        around = QWidget()
        around.setObjectName("plain")
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(text_label("field", N_("Logo")))
        column.addWidget(self.picture)
        row = QHBoxLayout()
        row.addWidget(choose)
        row.addWidget(without)
        row.addStretch(1)
        column.addLayout(row)
        self.scrolled(around)
        self.desk.operator_changed.connect(self._permit)

    def reload(self) -> None:
        self.run(settings.read, self._show, replace="settings")

    def _show(self, found: DepotSettings) -> None:
        """Show what is on record, unless something is typed here: then the next saving tells who changed what."""
        if self.seen is not None and self._typed():
            return
        self.seen = found
        self.form.show_settings(found)
        self._show_logo(found.card.logo)
        self._opened = Opened.of(self.form)
        self._permit()

    def _typed(self) -> bool:
        seen = self.seen
        return seen is not None and (self.form.content(), self.form.logo) != (self._opened.kept, seen.card.logo)

    def _permit(self) -> None:
        allowed = self.desk.permits(Action.MANAGE_DEPOT)
        self.form.setEnabled(allowed)
        allow(self, "settings", save=allowed, logo=allowed, no_logo=allowed)
        depot = _("Depot {code}").format(code=self.seen.depot_id) if self.seen else ""
        self.who.setText(depot if allowed else f"{depot}  {_('Only an administrator changes this.')}")

    def _choose_logo(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a logo"), "", "PNG, JPEG (*.png *.jpg *.jpeg)")
        if chosen:
            self.take_logo(Path(chosen).read_bytes())

    def take_logo(self, content: bytes) -> None:
        """Show ``content`` as the logo; it is written with the rest."""
        self._show_logo(content)

    def _show_logo(self, content: bytes | None) -> None:
        self.form.logo = content
        pixmap = QPixmap()
        if content and pixmap.loadFromData(content):
            self.picture.setPixmap(pixmap.scaledToHeight(56, Qt.TransformationMode.SmoothTransformation))
            self.picture.setAccessibleName(_("Logo"))
        else:
            self.picture.setText(_("no logo"))
        self.form.judge_again()

    def _save(self) -> None:
        if self.seen is None:
            return
        card, values, seen = self.form.card(), self.form.values(), self.seen
        self.run(
            lambda depot: settings.write(depot, card, values, seen),
            self._saved, self._overtaken,
        )

    def _saved(self, done: SettingsWritten) -> None:
        self.seen = None        # what is typed is on record now
        self.reload()
        self.frame.toast(_("Settings of the depot saved"), undo=taken_back(done.entry_id))

    def _overtaken(self, error: Exception) -> bool:
        """Another desk changed the settings meanwhile: both versions are shown, nothing typed is lost."""
        if not isinstance(error, Refused) or not error.changed_meanwhile:
            return False

        def found(now: DepotSettings) -> None:
            theirs = DepotForm()
            theirs.show_settings(now)
            theirs.setParent(self)
            theirs.hide()

            def chosen(content: Mapping[str, object], text: str) -> None:
                logo, before = self.form.logo, self.seen
                self.seen = now
                self.form.fill(content)
                self._show_logo(now.card.logo if before is not None and logo == before.card.logo else logo)
                self._opened = Opened.of(theirs)
                theirs.deleteLater()
                self.frame.toast(text, Tone.INFO)

            compare(self, error, self._opened, self.form, theirs, chosen, theirs.deleteLater)

        self.run(settings.read, found)
        return True
