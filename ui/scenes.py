"""What the pictures show besides the pages: views within pages, and the dialogues people meet most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.depot import Depot, Operator
    from ui.background import Desk
    from ui.main_window import MainWindow

CLERK, SUPERVISOR, MANAGER = "he.jing", "chen.siyuan", "gao.hongbo"


@dataclass(slots=True)
class Camera:
    """What a scene may use."""

    app: QApplication
    desk: Desk
    window: MainWindow
    depot: Depot
    settle: Callable[[], None]


def people_of(depot: Depot) -> dict[str, Operator]:
    """Everybody who can sit down at the desk, by login."""
    from app.depot import Operator
    from app.services import people

    return {user.login: Operator(user.id, user.login, user.name, user.roles) for user in people.users(depot)}


Scene = Callable[[Camera], Iterator["QWidget"]]


def _unit(camera: Camera) -> Iterator[QWidget]:
    """Today with the detail of a unit that has come again."""
    from app.domain.register import Selection
    from app.services import register

    rows = register.page(camera.depot, Selection())
    again = max(rows, key=lambda row: row.visit_no)
    camera.window.open("today")
    camera.window.show_unit(again.unit_id)
    yield camera.window
    camera.window.detail.hide()


def _warranty(camera: Camera) -> Iterator[QWidget]:
    """Why a unit is out: the newest unit whose warranty somebody declared void, else one that has come again."""
    from app.domain.register import Selection
    from app.services import register, warranty_entering
    from ui.warranty.dialog import WarrantyDialog

    units = [row.unit_id for row in register.page(camera.depot, Selection())]
    views = [warranty_entering.view(camera.depot, unit_id) for unit_id in dict.fromkeys(units)]
    chosen = max(views, key=lambda view: (view.warranty.voided_on is not None, len(view.lines)))
    camera.window.open("today")
    camera.window.show_unit(chosen.unit.id)
    camera.settle()
    camera.window.detail.open_warranty()
    yield from camera.window.findChildren(WarrantyDialog)
    camera.window.detail.hide()


def _lock(camera: Camera) -> Iterator[QWidget]:
    """Nobody is at the desk."""
    camera.window.lock()
    yield camera.window
    operator = people_of(camera.depot)[CLERK]
    camera.window.welcome(operator)


def _help(camera: Camera) -> Iterator[QWidget]:
    from ui.dialogs.help import HelpDialog

    camera.window.open("receiving")
    camera.settle()
    camera.window.help()
    yield from camera.window.findChildren(HelpDialog)


def _keys(camera: Camera) -> Iterator[QWidget]:
    from ui.dialogs.help import HelpDialog

    camera.window.help("keys")
    yield from camera.window.findChildren(HelpDialog)


def _sign(camera: Camera) -> Iterator[QWidget]:
    from app.domain.signing import Party
    from ui.dialogs.sign import SignDialog, SignRequest

    camera.window.sign(camera.window, SignRequest(
        purpose=_("Hand over {n} units").format(n=4), party=Party.CUSTOMER, name="刘志远"), lambda _signature: None)
    yield from camera.window.findChildren(SignDialog)


def _preview(camera: Camera) -> Iterator[QWidget]:
    from app.domain.register import Selection, Standing
    from app.domain.slips import FormId
    from app.services import register, slips
    from ui.dialogs.preview import PreviewDialog, PrintJob

    number = register.page(camera.depot, Selection(standing=Standing.ENDED))[0].number
    camera.window.preview(PrintJob(
        title=number, form="F1", make=lambda depot: slips.paper(depot, FormId.TRAVELLER, number), file_name=number))
    yield from camera.window.findChildren(PreviewDialog)


def _first_start(camera: Camera) -> Iterator[QWidget]:
    from ui.people.first_start import FirstStart

    dialog = FirstStart("")
    dialog.show()
    yield dialog
    dialog.deleteLater()


def _acted(page: str, *acts: str) -> Scene:
    """The page after each of ``acts`` was done: the dialogue it opened, else the window."""
    return partial(_act, page=page, acts=acts)


def _act(camera: Camera, page: str, acts: tuple[str, ...]) -> Iterator[QWidget]:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QDialog

    camera.window.detail.hide()
    camera.window.open(page)
    camera.settle()
    for act in acts:
        found = camera.window.findChildren(QAction, act)
        for action in [action for action in found if action.isEnabled()][-1:]:
            action.trigger()
        camera.settle()
    shown = [dialog for dialog in camera.window.findChildren(QDialog) if dialog.isVisible()]
    yield shown[-1] if shown else camera.window


#: name → (who is at the desk, what is shown).
SCENES: dict[str, tuple[str, Scene]] = {
    "warranty": ("chen.siyuan", _warranty),
    "unit": (CLERK, _unit), "lock": (CLERK, _lock), "help": (CLERK, _help), "keys": (CLERK, _keys),
    "sign": (CLERK, _sign), "preview": (CLERK, _preview), "first_start": (CLERK, _first_start),
    "approvals": (MANAGER, _acted("dispositions", "dispositions.approve")),
    "as_is": (SUPERVISOR, _acted("dispositions", "dispositions.as-is")),
    "scrap": (SUPERVISOR, _acted("dispositions", "dispositions.scrap")),
    "exchange": (SUPERVISOR, _acted("dispositions", "dispositions.exchange")),
    "determination": (SUPERVISOR, _acted("dispositions", "dispositions.rnd")),
    "rulings": (SUPERVISOR, _acted("dispositions", "dispositions.all")),
    "confirm": (SUPERVISOR, _acted("dispositions", "dispositions.confirm")),
    "override": (SUPERVISOR, _acted("dispositions", "dispositions.override")),
    "talk": (SUPERVISOR, _acted("dispositions", "dispositions.talk")),
    "make_exchange": (SUPERVISOR, _acted("dispositions", "dispositions.exchange", "dispositions.make-exchange")),
    "ask_scrap": (SUPERVISOR, _acted("dispositions", "dispositions.scrap", "dispositions.ask-scrap")),
    "quoting": (CLERK, _acted("quotations", "quotations.write")),
    "quoted": (CLERK, _acted("quotations", "quotations.list-2")),
    "answer": (CLERK, _acted("quotations", "quotations.list-2", "quotations.answer")),
    "owed": (SUPERVISOR, _acted("spares", "spares.owed")),
    "loaners": (SUPERVISOR, _acted("spares", "spares.loaners")),
    "lend": (SUPERVISOR, _acted("spares", "spares.loaners", "spares.lend")),
    "builds": (SUPERVISOR, _acted("spares", "spares.builds")),
    "restock": (SUPERVISOR, _acted("spares", "spares.restock")),
    "order": (SUPERVISOR, _acted("parts", "parts.order")),
    "loans": (SUPERVISOR, _acted("parts", "parts.loans")),
    "loan": (SUPERVISOR, _acted("parts", "parts.loans", "parts.lend")),
    "call": (CLERK, _acted("requests", "requests.take")),
    "conflicts": ("admin", _acted("sync", "sync.conflicts")), "alerts": ("admin", _acted("sync", "sync.alerts")),
    "rehearsal": ("admin", _acted("policy", "policy.rehearse")),
}
