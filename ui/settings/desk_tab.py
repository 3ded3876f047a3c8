"""This desk: a form made from the table of its settings (``app.config``)."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog

from app.config import LANGUAGE, THEME, Asked, Setting, by_group, desk
from app.i18n import N_, _
from ui import icons
from ui.form import ChoiceField, Field, Form, NumberField, SegmentField, TextField, TickField
from ui.settings.tab import Tab
from ui.theme import Scheme
from ui.tones import Tone
from ui.words import bind


class FolderField(TextField):
    """A folder, typed or chosen."""

    def __init__(self, name: str, label: str, *, hint: str = "") -> None:
        super().__init__(name, label, hint=hint)
        action = self.edit.addAction(QIcon(), self.edit.ActionPosition.TrailingPosition)
        bind(action.setText, N_("Choose a folder"))
        icons.put(action.setIcon, "ph.folder-open")
        action.triggered.connect(self._choose)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose a folder"), self.value())
        if folder:
            self.set_value(folder)


class DeskForm(Form):
    """One field for each setting that is asked."""

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.settings: dict[str, Setting[Any]] = {}
        for group, settings in by_group():
            self.section(group)
            for setting in settings:
                self.settings[setting.name] = setting
                field = self.add(_field(setting), span=2 if setting.asked in {Asked.TEXT, Asked.FOLDER} else 1)
                field.set_value(desk()[setting])

    def values(self) -> dict[Setting[Any], Any]:
        """What stands in the form, in the type of each setting."""
        return {setting: _typed(setting, self.fields[name].value()) for name, setting in self.settings.items()}


def _field(setting: Setting[Any]) -> Field:
    """The field that asks for ``setting``."""
    name, label, hint = setting.name, setting.label, setting.meaning
    if setting.restart:
        hint = hint or N_("Takes effect at the next start.")
    made: Field
    match setting.asked:
        case Asked.CHOICE if len(setting.choices) <= 3:
            made = SegmentField(name, label, setting.choices, hint=hint)
        case Asked.CHOICE:
            made = ChoiceField(name, label, setting.choices, hint=hint)
        case Asked.NUMBER:
            made = NumberField(name, label, low=setting.least, high=setting.most, unit=setting.unit, hint=hint)
        case Asked.SWITCH:
            made = TickField(name, label, hint=hint)
        case Asked.FOLDER:
            made = FolderField(name, label, hint=hint)
        case Asked.PRINTER:
            made = ChoiceField(name, label, _printers(), placeholder=N_("the system's printer"))
        case _:
            made = TextField(name, label, hint=hint)
    return made


def _printers() -> list[tuple[object, str]]:
    from PySide6.QtPrintSupport import QPrinterInfo

    return [(name, name) for name in QPrinterInfo.availablePrinterNames()]


def _typed(setting: Setting[Any], value: object) -> Any:
    if isinstance(setting.default, bool):
        return bool(value)
    if isinstance(setting.default, int):
        return setting.default if value is None else int(str(value))
    return "" if value is None else str(value)


class DeskTab(Tab):
    """What concerns this computer only."""

    def build(self) -> None:
        _save, button = self.press("settings.save", self._submit, "primary")
        self.tools(button)
        self.form = DeskForm()
        self.form.submitted.connect(self._save)
        self.form.gate(button)
        self.scrolled(self.form)

    def reload(self) -> None:
        for name, setting in self.form.settings.items():
            self.form.fields[name].set_value(desk()[setting])

    def _submit(self) -> None:
        self.form.submit()

    def _save(self) -> None:
        settings, wanted = desk(), self.form.values()
        changed = {setting for setting, value in wanted.items() if settings[setting] != value}
        settings.change(wanted)
        if LANGUAGE in changed:
            self.frame.speak(wanted[LANGUAGE])
        if THEME in changed:
            self.frame.wear(Scheme(wanted[THEME]))
        if any(setting.restart for setting in changed):
            self.frame.toast(_("Saved. The place of the data changes at the next start."), Tone.INFO)
        else:
            self.frame.toast(_("Settings of this computer saved"))
