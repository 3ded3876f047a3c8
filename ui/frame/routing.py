"""Where a scan goes: to the page first, then to the command, the document, the unit."""

from __future__ import annotations

from time import monotonic_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.domain.files import wanted_lot
from app.domain.numbering import DocumentType, Number
from app.i18n import _
from ui.scanner import Scan, ScanKind, Twice, read_scan
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from app.services.search import Found
    from ui.main_window import MainWindow

#: The page that shows a document of each type; types not named here stand for their unit.
PAGE_OF: dict[DocumentType, str] = {
    DocumentType.REPAIR_PLAN: "plan",
    DocumentType.HANDOVER: "handover",
    DocumentType.STOCK_TAKE: "zones",
    DocumentType.IMPORT_BATCH: "importing",
    DocumentType.PACKING_SLIP: "return",
    DocumentType.FEEDBACK_SLIP: "feedback",
    DocumentType.SPARE_USE: "spares",
    DocumentType.EMERGENCY_BUILD: "spares",
    DocumentType.RESTOCK: "spares",
    DocumentType.DISPOSITION: "dispositions",
    DocumentType.SERVICE_REQUEST: "requests",
    DocumentType.RETURN_NOTICE: "return",
    DocumentType.QUOTATION: "quotations",
    DocumentType.QUALITY_ALARM: "quality",
}


class Router(QObject):
    """Takes every scan of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._twice = Twice()

    def take(self, text: str, *, typed: bool = False) -> None:
        """Something was scanned, or typed into the scan box.

        The same code again within two seconds does nothing; on another page, or by another person, it is another scan.
        """
        scan = read_scan(text, typed=typed)
        page = self._window.page()
        operator = self._window.desk.operator
        here = f"{id(page)} {operator.login if operator else ''} {scan.text}"
        if not scan.text or (not typed and self._twice.again(here, monotonic_ns() // 1_000_000)):
            return
        if self._window.locked():
            if scan.kind is ScanKind.COMMAND and scan.verb == "BADGE":
                self._window.lock_screen.badge(scan.value)
            return
        if page is not None and page.scanned(scan):
            return
        if scan.kind is ScanKind.COMMAND:
            self._command(scan)
        elif scan.proof:
            self._window.open("proof", scan.text)
        elif scan.number is not None and scan.number.type is DocumentType.SERVICE_REQUEST:
            self._request(scan.number)
        elif lot := wanted_lot(scan.text):
            self._everything_of(lot)
        elif scan.number is not None and scan.number.type in PAGE_OF:
            self._document(scan.number)
        else:
            self._find(scan)

    def _request(self, number: Number) -> None:
        """Complaints share their numbers with service requests: each is shown where it is dealt with."""

        def page_of(depot: Depot) -> str:
            from app.services import complaints

            return "care" if complaints.is_known(depot, str(number)) else PAGE_OF[number.type]

        def shown(page: str) -> None:
            self._window.open(page, str(number))
            self._window.chime(good=True)

        self._window.desk.run(self._window, page_of, shown, replace="scan")

    def _document(self, number: Number) -> None:
        """The page that shows it; with the slip of another depot a unit comes in."""

        def shown(own: str) -> None:
            came = number.type is DocumentType.HANDOVER and number.depot != own
            self._window.open("receiving" if came else PAGE_OF[number.type], str(number))
            self._window.chime(good=True)

        if number.type is DocumentType.HANDOVER:
            self._window.desk.run(self._window, lambda depot: depot.depot_id, shown, replace="scan")
        else:
            shown("")

    # -- commands ----------------------------------------------------------------------------------------------

    def _command(self, scan: Scan) -> None:
        done = False
        if scan.verb == "DO":
            done = self._trigger(scan.value)
        elif scan.verb == "GO":
            done = self._window.knows(scan.value)
            if done:
                self._window.open(scan.value)
        elif scan.verb == "BADGE":
            self._window.lock()
            self._window.lock_screen.badge(scan.value)
            done = True
        self._window.chime(good=done)
        if not done:
            self._window.toast(_("The command {command} does nothing here.").format(command=scan.command), Tone.WARN)

    def _trigger(self, action_id: str) -> bool:
        page = self._window.page()
        for holder in (page, self._window):
            if holder is None:
                continue
            for action in holder.findChildren(QAction, action_id):
                if action.isEnabled():
                    action.trigger()
                    return True
        return False

    def _everything_of(self, lot: str) -> None:
        """``lot:XYZ``: every unit of the lot, and every unit with a key part of it."""
        from ui.files.lot import LotDialog

        LotDialog(self._window, self._window.desk, self._window, lot).open()
        self._window.chime(good=True)

    # -- units -------------------------------------------------------------------------------------------------

    def _find(self, scan: Scan) -> None:
        wanted = scan.serial or scan.text

        def find(depot: Depot) -> tuple[Found, bool]:
            from app.services import network, search

            found = search.search(depot, wanted, 2)
            return found, not found.hits and network.is_head_office(depot)

        self._window.desk.run(self._window, find, lambda found: self._found(scan, *found), replace="scan")

    def _found(self, scan: Scan, found: Found, office: bool) -> None:  # noqa: FBT001  the answer of the search
        exact = [hit for hit in found.hits if hit.reach in {"EXACT", "NUMBER"}]
        if len(exact) == 1 or (len(found.hits) == 1 and scan.typed):
            self._window.show_unit((exact or list(found.hits))[0].unit_id)
            self._window.chime(good=True)
        elif found.hits and (scan.typed or exact):
            self._window.open("lookup", scan.serial or scan.text)
        elif office and self._window.knows("network"):
            self._where_is(str(scan.number) if scan.number else scan.serial or scan.text)
        elif scan.number is not None:
            self._unknown_number(scan.number)
        else:
            self._window.chime(good=True)
            self._window.open("receiving", scan)

    def _unknown_number(self, number: Number) -> None:
        self._window.chime(good=False)
        self._window.toast(
            _("{number} is not in this depot's books. Check the code, or sync first.").format(number=number),
            Tone.WARN, action=(_("Ask the other depots"), lambda: self._where_is(str(number))),
        )

    def _where_is(self, asked: str) -> None:
        """Head office receives nothing: a code is asked after at all depots."""
        self._window.open("network", asked)
