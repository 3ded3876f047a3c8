"""Signing for a crate: the giver once, our clerk once, then it is written as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.depot import Depot
from app.domain.handover import Refusal
from app.domain.people import Role
from app.domain.receiving import Intake
from app.domain.signing import Party, Signature
from app.i18n import _, _n
from app.services import attachments, receiving
from ui.dialogs.sign import SignRequest
from ui.page import Frame, Page


@dataclass(frozen=True, slots=True)
class Filled:
    """A crate as it stood when signing began."""

    intakes: tuple[Intake, ...]
    refused: dict[int, Refusal]
    photos: tuple[tuple[Path, ...], ...]
    announced: int | None
    note: str
    party: Party
    giver: str
    draft: str


@dataclass(frozen=True, slots=True)
class Done:
    """The crate is in the record."""

    received: receiving.Received | receiving.ReceivedLate
    case_numbers: tuple[str, ...]
    traveller_numbers: tuple[str, ...]
    receipt_number: str

    @property
    def changes(self) -> Changes:
        """What the other pages must look at again."""
        return self.received.changes


class Ceremony:
    """Asks for the signatures one after the other; whoever steps back leaves everything as it was."""

    def __init__(self, page: Page, frame: Frame, filled: Filled, then: Callable[[Done], None]) -> None:
        self._page, self._frame, self._filled, self._then = page, frame, filled, then
        self._given: list[Signature] = []

    def begin(self, *, late: bool) -> None:
        """Ask the giver, the clerk, and for a late receipt the technician."""
        n = len(self._filled.intakes) - len(self._filled.refused)
        handed = _n("Hands in {n} unit", "Hands in {n} units", n).format(n=n)
        taken = _n("Receives {n} unit for after-sales", "Receives {n} units for after-sales", n).format(n=n)
        requests = [
            SignRequest(handed, party=self._filled.party, name=self._filled.giver),
            SignRequest(taken, other=True, roles=(Role.CLERK, Role.SUPERVISOR)),
        ]
        if late:
            requests.append(
                SignRequest(_("Confirms that the unit stands at the repair department"), login="", other=True,
                            roles=(Role.TECHNICIAN,))
            )
        self._ask(requests, late=late)

    def _ask(self, requests: list[SignRequest], *, late: bool) -> None:
        if not requests:
            self._write(late=late)
            return
        first, *rest = requests

        def signed(signature: Signature) -> None:
            self._given.append(signature)
            self._ask(rest, late=late)

        self._frame.sign(self._page, first, signed)

    def _write(self, *, late: bool) -> None:
        filled, given = self._filled, tuple(self._given)
        self._page.run(lambda depot: (_late if late else _receive)(depot, filled, given), self._then)


def _receive(depot: Depot, filled: Filled, given: tuple[Signature, ...]) -> Done:
    ready = [[attachments.prepare(path) for path in paths] for paths in filled.photos]
    giver, receiver = given
    done = receiving.receive(
        depot,
        receiving.Receipt(
            filled.intakes, giver, receiver, filled.note, filled.announced, filled.refused, filled.draft
        ),
    )
    for unit, files in zip(done.units, ready, strict=True):
        if files:
            attachments.attach(depot, unit.case_id, tuple(files))
    taken = [unit for unit in done.units if not unit.refused]
    return Done(
        done, tuple(unit.case_number for unit in taken), tuple(unit.traveller_number for unit in taken),
        done.receipt_number,
    )


def _late(depot: Depot, filled: Filled, given: tuple[Signature, ...]) -> Done:
    (intake,), (paths,) = filled.intakes, filled.photos
    ready = tuple(attachments.prepare(path) for path in paths)
    giver, clerk, technician = given
    done = receiving.receive_late(
        depot, receiving.LateReceipt(intake, giver, clerk, technician, filled.note, filled.draft)
    )
    if ready:
        attachments.attach(depot, done.unit.case_id, ready)
    return Done(done, (done.unit.case_number,), (done.unit.traveller_number,), done.receipt_number)
