"""Is this mark genuine? A code scanned, typed, or read from a photo; the answer says whether the record has changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit

from app.domain.proof import ProofState
from app.errors import Refused
from app.i18n import N_, _
from app.labels import label
from app.labels.proof import MEANINGS
from app.messages import sentence
from app.services import proof
from app.services.proof import Proof
from ui import moments
from ui.page import Page
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets import Card, heading, muted
from ui.widgets.labels import set_tone
from ui.widgets.notice import Notice
from ui.words import bind

TONES = {
    ProofState.GENUINE: Tone.OK, ProofState.CHANGED: Tone.BAD, ProofState.FORGED: Tone.BAD, ProofState.VOID: Tone.WARN,
    ProofState.UNSIGNED: Tone.INFO, ProofState.UNKNOWN: Tone.WARN,
}


class ProofPage(Page):
    """A field for the code, and the answer."""

    def build(self) -> None:
        row = QHBoxLayout()
        self.code = QLineEdit()
        self.code.setClearButtonEnabled(True)
        bind(self.code.setPlaceholderText, N_("Scan the code of a QA mark or repair slip, or type the mark's number"))
        bind(self.code.setAccessibleName, N_("Code of the mark"))
        self.code.returnPressed.connect(self._check)
        row.addWidget(self.code, 1)
        row.addWidget(self.button("proof.file", self._choose))
        row.addWidget(self.button("proof.check", self._check, kind="primary"))
        self.body.addLayout(row)
        self.notice = Notice()
        self.notice.hide()
        self.body.addWidget(self.notice)
        self.card = Card()
        self.verdict, self.meaning, self.facts = heading(), muted(wrap=True), QLabel()
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.verdict, self.meaning, self.facts):
            self.card.body.addWidget(widget)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.code)
        self._empty()

    def open_subject(self, subject: object) -> None:
        """Check a code that was scanned elsewhere."""
        if isinstance(subject, str) and subject:
            self.code.setText(subject)
            self._check()

    def scanned(self, scan: Scan) -> bool:
        """Every code that is a number of ours is checked here."""
        if scan.number is None:
            return False
        self.open_subject(scan.text)
        return True

    def retranslated(self) -> None:
        if self.code.text():
            self._check()
        else:
            self._empty()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        urls = event.mimeData().urls()
        if urls:
            self._read(Path(urls[0].toLocalFile()))

    def _choose(self) -> None:
        kinds = _("Pictures and PDF (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.pdf)")
        place, _kind = QFileDialog.getOpenFileName(self, _("Photo or scan of the mark"), "", kinds)
        if place:
            self._read(Path(place))

    def _read(self, path: Path) -> None:
        self.desk.run(self, lambda depot: proof.check_image(depot, path), self._show, self._refused)

    def _check(self) -> None:
        text = self.code.text().strip()
        if text:
            self.desk.run(self, lambda depot: proof.check(depot, text), self._show, self._refused, replace="check")

    def _refused(self, error: Exception) -> bool:
        if not isinstance(error, Refused):
            return False
        self._empty()
        self.frame.chime(good=False)
        self.notice.say(sentence(error), Tone.WARN)
        return True

    def _empty(self) -> None:
        self.notice.hide()
        self.verdict.setText(_("No mark was shown yet"))
        set_tone(self.verdict, None)
        self.meaning.setText(_(
            "The code on a QA mark or repair slip bears the inspector's signature. It is checked against the record of "
            "this depot, without any connection."))
        self.facts.setText("")

    def _show(self, found: Proof) -> None:
        self.notice.hide()
        tone = TONES[found.state]
        self.verdict.setText(f"● {label(found.state)}")
        set_tone(self.verdict, tone)
        self.meaning.setText(_(MEANINGS[found.state]).format(now=found.now))
        self.facts.setText(facts_of(found))
        self.frame.chime(good=found.state in {ProofState.GENUINE, ProofState.UNSIGNED})
        if found.unit_id:
            self.frame.show_unit(found.unit_id)


def facts_of(found: Proof) -> str:
    """What the record says of the mark, a line each."""
    lines = [(_("Mark"), found.number)]
    if found.at is not None:
        lines += [
            (_("Serial number"), found.serial), (_("Model"), found.model), (_("Case number"), found.case_number),
            (_("Inspector"), f"{found.inspector} {found.stamp_no}".strip()), (_("On"), moments.minute(found.at)),
        ]
    return "\n".join(f"{name}{_(': ')}{value}" for name, value in lines if value)
