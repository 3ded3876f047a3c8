"""The pages of the window, in the order of the navigation: one line each.

A page's module is imported when it is first opened, never before the first paint.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from app.i18n import N_


@dataclass(frozen=True, slots=True)
class PageSpec:
    """What the frame must know of a page before it is opened."""

    id: str
    title: str               # marked by N_
    icon: str
    module: str
    name: str                # the class in the module
    shortcut: str = ""
    roles: tuple[str, ...] = ()   # who sees it; nobody named: everybody
    group: int = 0           # a line is drawn between groups
    counted: str = ""        # the name of its number among the live counts (services.counts)
    short: str = ""          # marked by N_; said in the navigation where the title has no room

    def exists(self) -> bool:
        """Whether its module is part of this program."""
        try:
            return find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False


PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", N_("Today"), "ph.house", "ui.today.page", "TodayPage", "Alt+1"),
    PageSpec("receiving", N_("Receiving"), "ph.tray", "ui.receiving.page", "ReceivingPage", "Alt+2",
             counted="receiving"),
    PageSpec("zones", N_("Zones"), "ph.squares-four", "ui.storage.page", "ZonesPage", "Alt+3", counted="zones"),
    PageSpec("plan", N_("Repair plan"), "ph.clipboard-text", "ui.planning.page", "PlanPage", "Alt+4", counted="plan"),
    PageSpec("handover", N_("Handover"), "ph.arrows-left-right", "ui.handover.page", "HandoverPage", "Alt+5",
             counted="handover"),
    PageSpec("bench", N_("Bench"), "ph.wrench", "ui.repair.page", "BenchPage", "Alt+6", counted="bench"),
    PageSpec("qa", N_("Inspection"), "ph.check-circle", "ui.inspection.page", "InspectionPage", "Alt+7", counted="qa"),
    PageSpec("return", N_("Return"), "ph.truck", "ui.returning.page", "ReturnPage", "Alt+8", counted="return"),
    PageSpec("travellers", N_("Travellers"), "ph.file-text", "ui.travellers.page", "TravellersPage", "Alt+9",
             counted="travellers"),
    PageSpec("transfers", N_("Transfers"), "ph.path", "ui.transfers.page", "TransfersPage", "Alt+Shift+0",
             counted="transfers"),
    PageSpec("dispositions", N_("Dispositions"), "ph.scales", "ui.disposition.page", "DispositionsPage",
             "Alt+Shift+1", counted="dispositions"),
    PageSpec("quotations", N_("Quotations"), "ph.receipt", "ui.quotation.page", "QuotationsPage", "Alt+Shift+2",
             counted="quotations"),
    PageSpec("spares", N_("Spares and owed units"), "ph.swap", "ui.spares.page", "SparesPage", "Alt+Shift+3",
             counted="spares", short=N_("Spares")),
    PageSpec("requests", N_("Service requests"), "ph.phone-call", "ui.requests.page", "RequestsPage", "Alt+Shift+4",
             counted="requests", short=N_("Requests")),
    PageSpec("chase", N_("Overdue list"), "ph.alarm", "ui.chase.page", "ChasePage", "Alt+Shift+5",
             counted="chase"),
    PageSpec("feedback", N_("Signed papers"), "ph.envelope-open", "ui.feedback.page", "FeedbackPage", "Alt+Shift+6",
             counted="feedback"),
    PageSpec("care", N_("Follow-ups and complaints"), "ph.chat-circle-text", "ui.care.page", "CarePage",
             "Alt+Shift+7", counted="care", short=N_("Follow-ups")),
    PageSpec("quality", N_("Quality"), "ph.chart-bar", "ui.quality.page", "QualityPage", "Alt+Shift+8", group=1),
    PageSpec("register", N_("Register"), "ph.list-dashes", "ui.register.page", "RegisterPage", "Alt+0", group=1),
    PageSpec("network", N_("All depots"), "ph.buildings", "ui.network.page", "NetworkPage", "Alt+Shift+9", group=1,
             counted="network"),
    PageSpec("lookup", N_("Unit records"), "ph.magnifying-glass", "ui.lookup.page", "LookupPage", group=1),
    PageSpec("customers", N_("Customers"), "ph.users", "ui.customers.page", "CustomersPage", group=1),
    PageSpec("products", N_("Products"), "ph.cube", "ui.products.page", "ProductsPage", group=1),
    PageSpec("parts", N_("Parts"), "ph.nut", "ui.parts.page", "PartsPage", group=1, counted="parts"),
    PageSpec("proof", N_("Check a mark"), "ph.shield-check", "ui.proof.page", "ProofPage", group=1),
    PageSpec("printing", N_("Print centre"), "ph.printer", "ui.printing.page", "PrintCentrePage", group=2),
    PageSpec("importing", N_("Import"), "ph.download-simple", "ui.importing.page", "ImportingPage", group=2),
    PageSpec("policy", N_("Policy"), "ph.sliders", "ui.policy.page", "PolicyPage", group=2),
    PageSpec("sync", N_("Nightly sync"), "ph.moon-stars", "ui.sync.page", "SyncPage", group=2, counted="sync"),
    PageSpec("people", N_("People"), "ph.identification-badge", "ui.people.page", "PeoplePage", group=2),
    PageSpec("settings", N_("Settings"), "ph.gear", "ui.settings.page", "SettingsPage", group=2),
)

#: The detail of a unit at the right of the window: a widget with ``show_unit(unit_id, depot_id)``.
DETAIL = ("ui.lookup.detail", "UnitDetail")


def page_spec(page_id: str) -> PageSpec:
    """The line of ``page_id``."""
    return next(spec for spec in PAGES if spec.id == page_id)
