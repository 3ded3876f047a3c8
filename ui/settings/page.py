"""Settings: of this desk, of the depot, the calendar, the tables of codes, the copies."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from app.i18n import N_, _
from ui.page import Page
from ui.settings.backup_tab import BackupTab
from ui.settings.calendar_tab import CalendarTab
from ui.settings.codes_tab import CodesTab
from ui.settings.depot_tab import DepotTab
from ui.settings.desk_tab import DeskTab
from ui.settings.tab import Tab
from ui.settings.tariffs_tab import TariffsTab

TABS: tuple[tuple[str, str, type[Tab]], ...] = (
    ("desk", N_("This computer"), DeskTab),
    ("depot", N_("Depot"), DepotTab),
    ("calendar", N_("Calendar"), CalendarTab),
    ("codes", N_("Codes"), CodesTab),
    ("tariffs", N_("Tariffs"), TariffsTab),
    ("backup", N_("Backups"), BackupTab),
)


class SettingsPage(Page):
    """A few tabs; each looks at the record when it is first seen."""

    def build(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.by_name: dict[str, Tab] = {}
        for name, title, kind in TABS:
            tab = self.by_name[name] = kind(self.desk, self.frame)
            self.tabs.addTab(tab, _(title))
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs.tabBar())

    def open_subject(self, subject: object) -> None:
        """Open the tab of that name: desk, depot, calendar, codes, tariffs, backup."""
        tab: QWidget | None = self.by_name.get(str(subject))
        if tab is not None:
            self.tabs.setCurrentWidget(tab)

    def reload(self) -> None:
        for tab in self.by_name.values():
            tab.look_again()

    def retranslated(self) -> None:
        for place, (_name, title, _kind) in enumerate(TABS):
            self.tabs.setTabText(place, _(title))
        self.reload()
