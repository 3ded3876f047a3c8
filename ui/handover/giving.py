"""Giving: choose the direction, scan or pick what goes, sign. Nothing moves before the receiver has signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.handover import ROUTES, Candidate, Direction
from app.domain.people import ANSWERS_FOR, Role
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.signing import Signature
from app.errors import Refused
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.messages import sentence
from app.services import drafts, handover, undoing
from ui.dialogs.sign import SignRequest
from ui.form import Form, TextField
from ui.handover.columns import candidate_columns
from ui.models import Table
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets import Card, Segmented, caption, heading
from ui.widgets.flow import Flow
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.handover.page import HandoverPage

DRAFT = "handover.give"
#: Where a role's units usually go.
_USUAL = {
    Role.CLERK: Direction.DISPATCH, Role.SUPERVISOR: Direction.DISPATCH, Role.TECHNICIAN: Direction.TO_QA,
    Role.INSPECTOR: Direction.PASSED,
}


def signers(custodian: Custodian) -> tuple[Role, ...]:
    """The roles that sign for a department."""
    return tuple(role for role, held in ANSWERS_FOR.items() if held is custodian)


class Giving(QWidget):
    """The giver's desk."""

    def __init__(self, page: HandoverPage) -> None:
        super().__init__()
        self.page = page
        self.chosen: dict[str, Candidate] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.direction = Segmented([(d, labels_of(Direction)[d]) for d in Direction], N_("Direction"))
        self.direction.chosen.connect(lambda _value: self._turned())
        column.addWidget(self.direction, 0, Qt.AlignmentFlag.AlignLeft)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._left())
        self._splitter.addWidget(self._right())
        self._splitter.setSizes([560, 440])
        column.addWidget(self._splitter, 1)
        self._pause = QTimer(self, interval=800, singleShot=True)
        self._pause.timeout.connect(self._keep)

    def _left(self) -> QWidget:
        page = self.page
        card = Card(N_("Can go now"))
        card.add(self.page.button("handover.all", self._add_all, "link"))
        self.ready: Table[Candidate] = Table(
            candidate_columns(lambda: page.today), name="handover.ready", key=lambda c: c.case_id,
            title=N_("Can go now"),
        )
        self.ready.set_empty(
            "ph.tray", N_("Nothing can go this way now"),
            N_("Units appear here when the step before is done: plan issued, factory section complete, verdict given."),
        )
        self.ready.activated.connect(self.add)
        card.body.addWidget(self.ready, 1)
        card.body.addWidget(caption(
            N_("Scan a serial, a case or a traveller; Enter puts the marked unit on the handover."), wrap=True
        ))
        return card

    def _right(self) -> QWidget:
        page = self.page
        card = Card(N_("On this handover"))
        self.count = text_label("strong")
        card.add(self.count)
        self.list: Table[Candidate] = Table(
            candidate_columns(lambda: page.today)[:3], name="handover.giving", key=lambda c: c.case_id,
            title=N_("On this handover"),
        )
        self.list.set_empty("ph.barcode", N_("Scan the first unit"), N_("Its traveller goes with it."))
        card.body.addWidget(self.list, 1)
        self.form = Form()
        self.note = self.form.add(TextField("note", N_("Remark on the slip")))
        self.form.changed.connect(self._pause_start)
        card.body.addWidget(self.form)
        row = Flow()
        row.addWidget(self.page.button("handover.remove", self._remove))
        row.addStretch(1)
        self.both = self.page.button("handover.both", self._both)
        row.addWidget(self.both)
        card.body.addLayout(row)
        self.way = heading()
        self.way.setWordWrap(True)
        card.body.insertWidget(0, self.way)
        return card

    # -- what is shown -----------------------------------------------------------------------------------------

    def current(self) -> Direction:
        """The direction chosen."""
        found = self.direction.value()
        assert isinstance(found, Direction)
        return found

    def begin(self) -> None:
        """Start with what the operator usually gives, and with what was scanned before the light went out."""
        operator = self.page.desk.operator
        usual = next((d for role, d in _USUAL.items() if operator and role in operator.roles), Direction.DISPATCH)
        self.direction.set_value(usual)
        self._turned()

    def turn_to(self, direction: Direction) -> None:
        """Give another way; what was on the list for the way before is kept as its draft."""
        if direction is self.current():
            return
        if self._pause.isActive():
            self._pause.stop()
            self._keep()
        self.direction.set_value(direction)
        self.chosen = {}

    def show_counts(self, counts: dict[Direction, int]) -> None:
        """Say how many units could go each way."""
        self.direction.set_texts([
            f"{label(d)}  {counts[d]}" if counts.get(d) else label(d) for d in Direction
        ])

    def reload(self) -> None:
        """Fetch what can go."""
        direction = self.current()
        self.ready.load(
            self.page.desk,
            lambda depot, after, limit, _order: handover.ready(depot, direction, after, limit),
        )
        if self.chosen:
            ids = tuple(self.chosen)
            self.page.run(lambda depot: handover.look(depot, ids), self._looked, quiet=True, replace="looked")
        self._show()

    def _looked(self, found: Sequence[Candidate]) -> None:
        """What was chosen and can no longer go leaves the list, aloud."""
        # What was handed over or taken off while we looked is no news; what was scanned meanwhile stays.
        gone = [c.serial for c in found if c.case_id in self.chosen and handover.objection(self.current(), c)]
        for candidate in found:
            if candidate.serial in gone:
                self.chosen.pop(candidate.case_id, None)
            elif candidate.case_id in self.chosen:
                self.chosen[candidate.case_id] = candidate
        if gone:
            self.page.frame.toast(
                _("{serials} can no longer go this way and left the list.").format(serials=", ".join(gone)), Tone.WARN
            )
        self._show()

    def _turned(self) -> None:
        self.chosen = {}
        self.note.set_value("")
        self._show()
        self.reload()
        direction = self.current().value
        self.page.run(
            lambda depot: drafts.load_draft(depot, DRAFT, direction), self._restore, quiet=True, replace="draft"
        )

    def _show(self) -> None:
        self.list.set_rows(self.chosen.values())
        n = len(self.chosen)
        self.count.setText(_n("{n} unit", "{n} units", n).format(n=n) if n else "")
        route = ROUTES[self.current()]
        self.way.setText(f"{label(route.from_place)} → {label(route.to_place)}")
        self.page.gate()

    # -- scanning and choosing ---------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A unit, case or traveller for this handover."""
        code, direction = scan.serial or scan.text, self.current()
        self.page.run(
            lambda depot: handover.scanned(depot, direction, code), self._found, self._not_found, quiet=True
        )
        return True

    def _found(self, candidate: Candidate) -> None:
        self.page.frame.chime(good=True)
        self.add(candidate)

    def _not_found(self, error: Exception) -> bool:
        if not isinstance(error, Refused):
            return False
        self.page.frame.chime(good=False)
        self.page.frame.toast(sentence(error), Tone.BAD)
        return True

    def add(self, candidate: Candidate) -> None:
        """Put a unit with its traveller on the handover; what cannot go says why."""
        refusal = handover.objection(self.current(), candidate)
        if refusal is not None:
            self._not_found(refusal)
            return
        self.chosen[candidate.case_id] = candidate
        self._show()
        self.list.select_key(candidate.case_id)
        self._pause_start()

    def _add_all(self) -> None:
        for candidate in self.ready.rows():
            if handover.objection(self.current(), candidate) is None:
                self.chosen[candidate.case_id] = candidate
        self._show()
        self._pause_start()

    def _remove(self) -> None:
        marked = self.list.current()
        if marked is not None:
            self.chosen.pop(marked.case_id, None)
            self._show()
            self._pause_start()

    # -- drafts ------------------------------------------------------------------------------------------------

    def _pause_start(self) -> None:
        self._pause.start()

    def _keep(self) -> None:
        content = json.dumps({"cases": list(self.chosen), "note": self.note.value()}, ensure_ascii=False)
        direction = self.current().value
        self.page.run(lambda depot: drafts.save_draft(depot, DRAFT, direction, content), quiet=True, replace="keep")

    def _restore(self, content: str | None) -> None:
        kept = json.loads(content) if content else {}
        ids = tuple(kept.get("cases", ()))
        self.note.set_value(kept.get("note", ""))
        if ids and not self.chosen:
            self.page.run(lambda depot: handover.look(depot, ids), self._restored, quiet=True, replace="looked")

    def _restored(self, found: Sequence[Candidate]) -> None:
        self.chosen = {candidate.case_id: candidate for candidate in found} | self.chosen
        self._looked(found)

    # -- signing -----------------------------------------------------------------------------------------------

    def sign(self) -> None:
        """The giver signs the offer."""
        if not self.chosen:
            return
        route = ROUTES[self.current()]
        purpose = _n(
            'You give {n} unit with its traveller from "{giver}" to "{receiver}".',
            'You give {n} units with their travellers from "{giver}" to "{receiver}".', len(self.chosen),
        ).format(n=len(self.chosen), giver=label(route.from_place), receiver=label(route.to_place))
        self._ask(purpose, route.from_place, self._offer)

    def _ask(self, purpose: str, place: Place, then: Callable[[Signature], None]) -> None:
        roles = signers(CUSTODIAN[place])
        operator = self.page.desk.operator
        own = operator is not None and bool(operator.roles.intersection(roles))
        other = not own or place is not ROUTES[self.current()].from_place
        self.page.frame.sign(self.page, SignRequest(purpose, roles=roles, other=other), then)

    def _offering(self, giver: Signature) -> handover.Offering:
        return handover.Offering(self.current(), tuple(self.chosen), giver, self.note.value())

    def _offer(self, giver: Signature) -> None:
        offering = self._offering(giver)
        self.page.run(lambda depot: handover.offer(depot, offering), self._offered)

    def _offered(self, made: handover.OfferMade) -> None:
        self._done()
        self.page.frame.toast(
            _n("{number}: {n} unit waits for its receiver", "{number}: {n} units wait for their receiver", made.units)
            .format(number=made.number, n=made.units),
            undo=lambda depot: undoing.undo(depot, made.entry_id),
            action=(_("Slip"), lambda: self.page.show_slip(made.number)),
        )

    def _both(self) -> None:
        if not self.chosen:
            return
        route = ROUTES[self.current()]
        giving = _('As the giver, for "{place}".').format(place=label(CUSTODIAN[route.from_place]))
        self._ask(giving, route.from_place, self._giver_signed)

    def _giver_signed(self, giver: Signature) -> None:
        route = ROUTES[self.current()]
        purpose = _n(
            'As the receiver, for "{place}": {n} unit with its traveller.',
            'As the receiver, for "{place}": {n} units with their travellers.', len(self.chosen),
        ).format(place=label(CUSTODIAN[route.to_place]), n=len(self.chosen))
        self._ask(purpose, route.to_place, lambda receiver: self._hand_over(giver, receiver))

    def _hand_over(self, giver: Signature, receiver: Signature) -> None:
        offering = self._offering(giver)

        def both(depot: Depot) -> handover.Answered:
            return handover.hand_over(depot, offering, receiver)

        self.page.run(both, self._handed)

    def _handed(self, done: handover.Answered) -> None:
        self._done()
        n = len(done.accepted)
        self.page.frame.toast(
            _n("{number}: {n} unit handed over", "{number}: {n} units handed over", n).format(number=done.number, n=n),
            action=(_("Slip"), lambda: self.page.show_slip(done.number)),
        )

    def _done(self) -> None:
        self.chosen = {}
        self.note.set_value("")
        self._pause.stop()
        direction = self.current().value
        self.page.run(lambda depot: drafts.drop_draft(depot, DRAFT, direction), quiet=True, replace="keep")
        self.reload()
