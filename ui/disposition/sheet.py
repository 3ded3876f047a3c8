"""The ruling sheet: what the rules say and why, in words for us and for the customer, with every visit that counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.disposition import Channel, Disposition, Ended, VisitLine, Wish
from app.domain.rulings import Outcome, Ruling, outcome_code
from app.errors import Refused
from app.i18n import N_, _, language
from app.labels import label, several
from app.labels.policy import version_words
from app.messages import say, sentence
from app.services.disposition import Sheet
from ui import moments
from ui.models import Column, Table
from ui.naming import product
from ui.repair.soak import soak_words
from ui.repair.worth import estimate_words
from ui.tones import Tone
from ui.warranty.words import change_words, reasons
from ui.widgets import Card, Chip, DefinitionList, EmptyState, Notice, muted
from ui.widgets.flow import Flow
from ui.widgets.labels import caption, text_label
from ui.widgets.tables import empty_layout

#: What a decisive fact is called where it changed.
FACTS: dict[str, str] = {
    "result": N_("result of the bench"), "cause": N_("cause"), "responsibility": N_("responsibility"),
    "warranty": N_("warranty"), "return_needed": N_("whether the unit must go back"),
    "nff": N_("visits without a fault found"), "failed": N_("failed visits"), "visit": N_("number of visits"),
    "wish": N_("what the customer wants, or said to the quotation"),
}
COUNTS = {"NFF": N_("counts: no fault found"), "FAILED": N_("counts: failed")}

VISITS: tuple[Column[VisitLine], ...] = (
    Column("received", N_("Received"), text=lambda v: v.received.isoformat(), width=92, tabular=True),
    Column("depot", N_("Depot"), text=lambda v: v.depot, width=64),
    Column("number", N_("Case"), text=lambda v: v.number, width=140, tabular=True, bold=True),
    Column("symptom", N_("What the customer said"), text=lambda v: v.symptom, width=150, grow=True),
    Column("result", N_("Result"), text=lambda v: label(RepairResult(v.result)) if v.result else "", width=120),
    Column("counts", N_("Counts"), text=lambda v: _(COUNTS[v.counts]) if v.counts else "", width=130, chip=True,
           tone=lambda v: Tone.WARN if v.counts else Tone.MUTE),
)


class RulingSheet(QScrollArea):
    """Shows one case; empty until one is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(6, 0, 10, 0)
        self._column.setSpacing(12)
        self.nobody = EmptyState("ph.scales", N_("No case selected"), N_("Scan a unit or choose a line."))
        self._column.addWidget(self.nobody, 1)
        self.content = QWidget()
        self._fill(QVBoxLayout(self.content))
        self._column.addWidget(self.content)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.content.hide()

    def _fill(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.serial = text_label("title")
        self.named = muted(wrap=True)
        column.addWidget(self.serial)
        column.addWidget(self.named)
        self.notice = Notice()
        column.addWidget(self.notice)
        card = Card(N_("What the rules say"))
        self.rule = text_label("strong", wrap=True)
        self.outcomes = Flow()
        self.outcomes.setSpacing(6)
        self.follows = caption(wrap=True)
        self.alternatives = DefinitionList()
        for widget in (self.rule, self.follows, self.alternatives):
            card.body.addWidget(widget)
        card.body.insertLayout(1, self.outcomes)
        column.addWidget(card)
        words = Card(N_("In words for the customer"), sunken=True)
        self.customer = text_label("body", wrap=True)
        self.customer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trace = text_label("body", wrap=True)      # why the warranty covers it or not, as F11 and F12 say it
        self.trace.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.body.addWidget(self.customer)
        words.body.addWidget(self.trace)
        column.addWidget(words)
        facts = Card(N_("The facts"))
        self.facts = DefinitionList()
        facts.body.addWidget(self.facts)
        column.addWidget(facts)
        visits = Card(N_("Return visits of this serial, at all depots"))
        self.visits: Table[VisitLine] = Table(
            VISITS, name="disposition-visits", key=lambda v: (v.depot, v.number), title=N_("Return visits")
        )
        visits.body.addWidget(self.visits)
        column.addWidget(visits)
        told = Card(N_("Talks and earlier rulings"))
        self.told = DefinitionList()
        told.body.addWidget(self.told)
        column.addWidget(told)
        self._told_card = told

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show ``sheet``; ``None``: no case is chosen."""
        self.nobody.setVisible(sheet is None)
        self.content.setVisible(sheet is not None)
        if sheet is None:
            return
        self.serial.setText(sheet.unit.serial)
        found = sheet.product
        self.named.setText(_(" · ").join(
            part for part in (product(found.model, found.name_zh, found.name_en), sheet.customer, sheet.case.number,
                              label(sheet.unit.place)) if part
        ))
        self._say_standing(sheet)
        if isinstance(sheet.ruling, Refused):
            self._show_none(sheet.ruling)
        else:
            self._show_ruling(sheet.ruling)
        self.facts.show_pairs(fact_pairs(sheet))
        steps = reasons(sheet.warranty)
        self.trace.setVisible(bool(steps))
        between = "；" if language().startswith("zh") else "; "
        self.trace.setText(_("Warranty: {steps}").format(steps=between.join(steps)))
        self.visits.set_rows(sheet.visits)
        self.visits.setFixedHeight(76 + 32 * min(len(sheet.visits), 5))
        pairs = [*talk_pairs(sheet), *(_record_pair(row) for row in sheet.record if row.ended_at is not None)]
        self.told.show_pairs(pairs)
        self._told_card.setVisible(bool(pairs))

    def _say_standing(self, sheet: Sheet) -> None:
        current = sheet.current
        if current is None:
            self.notice.hide()
            return
        decided = several(current.decided)
        if sheet.changed:
            what = ("、" if language().startswith("zh") else ", ").join(_(FACTS[name]) for name in sheet.changed)
            text = _("Ruled in {number} ({outcomes}), but the facts changed since: {what}. Confirm anew.").format(
                number=current.number, outcomes=decided, what=what)
            self.notice.say("  ".join(filter(None, (text, self._change(sheet)))), Tone.WARN)
            return
        text = _("Ruled in {number} by {name}: {outcomes}.").format(
            number=current.number, name=current.decided_by_name, outcomes=decided)
        if current.overridden:
            text += " " + _("Decided otherwise than the rules: {reason}").format(reason=current.reason)
        self.notice.say("  ".join(filter(None, (text, self._change(sheet)))), Tone.WARN if sheet.change else Tone.OK)

    @staticmethod
    def _change(sheet: Sheet) -> str:
        """Who changed the verdict since, and why."""
        change = sheet.change
        return f"{change_words(change)}  {change.by_name} {moments.short(change.at)}" if change else ""

    def _show_none(self, refusal: Refused) -> None:
        empty_layout(self.outcomes)
        self.rule.setText(sentence(refusal))
        self.follows.setText("")
        self.customer.setText("–")
        self.alternatives.show_pairs([])

    def _show_ruling(self, ruling: Ruling) -> None:
        self.rule.setText(say(ruling.own_code, ruling.facts))
        empty_layout(self.outcomes)
        for outcome in ruling.outcomes:
            self.outcomes.addWidget(Chip(label(outcome), OUTCOME_TONE.get(outcome, Tone.INFO)))
        self.outcomes.addStretch(1)
        self.follows.setText(_("What follows: {steps}").format(steps=steps_text(ruling.outcomes)))
        self.customer.setText(customer_text(ruling))
        names = (N_("If in warranty"), N_("If out of warranty"))
        self.alternatives.show_pairs([
            (_(name), _("{why} → {outcomes}").format(why=say(one.own_code, one.facts), outcomes=several(one.outcomes)))
            for name, one in zip(names, ruling.alternatives, strict=False)
        ])
        self.alternatives.setVisible(bool(ruling.alternatives))


OUTCOME_TONE: dict[Outcome, Tone] = {
    Outcome.SCRAP: Tone.BAD, Outcome.RETURN_AS_IS: Tone.WARN, Outcome.SETTLE_WARRANTY: Tone.WARN,
    Outcome.EXCHANGE: Tone.PLUM, Outcome.REPAIR: Tone.OK,
}

#: Who does what for each outcome, in a line.
STEPS: dict[Outcome, str] = {
    Outcome.KEEP: N_("the unit stays here"),
    Outcome.EXCHANGE: N_("the customer gets another unit (pane Exchange, F12)"),
    Outcome.BOTH_TO_CUSTOMER: N_("the customer gets another unit and this one, for the fee (pane Exchange, F12)"),
    Outcome.RETURN_AS_IS: N_("put away for return with its notice (pane Return as is / rework, F11)"),
    Outcome.EXPLAIN: N_("explain it to the customer and record the talk"),
    Outcome.QUOTE: N_("make a quotation (page Quotations, F19)"),
    Outcome.REPAIR: N_("back to the bench by handover"),
    Outcome.SCRAP: N_("scrap form with two approvals (pane To scrap, F13)"),
    Outcome.TO_RND: N_("technical determination by R&D (pane Technical determination, F14)"),
    Outcome.LAB_AFTER_SCRAP: N_("to R&D after scrapping"),
    Outcome.SETTLE_WARRANTY: N_("a supervisor settles the warranty with the proof seen"),
}


def steps_text(outcomes: Sequence[Outcome]) -> str:
    """What follows from ``outcomes``, in order."""
    return " → ".join(_(STEPS[o]) for o in outcomes if o in STEPS)


def customer_text(ruling: Ruling) -> str:
    """The reason and what it means, in words for a customer."""
    parts = [say(ruling.customer_code, ruling.facts), *(say(outcome_code(o), {}) for o in ruling.outcomes)]
    return ("" if language().startswith("zh") else " ").join(parts)


def fact_pairs(sheet: Sheet) -> list[tuple[str, str]]:
    """What the ruling rests on."""
    facts = sheet.current.ruling.facts if sheet.current and isinstance(sheet.ruling, Refused) else (
        {} if isinstance(sheet.ruling, Refused) else sheet.ruling.facts)
    order, case = sheet.order, sheet.case
    settled = sheet.settlement
    warranty = label(sheet.warranty.period)
    if settled is not None:
        warranty = _("{state}, settled by {name}: {reason} ({proof})").format(
            state=label(type(sheet.warranty.period)(settled.state)), name=settled.by_name, reason=settled.reason,
            proof=settled.proof)
    cause = label(CauseClass(order.cause_class)) if order and order.cause_class else ""
    blame = label(Responsibility(order.responsibility)) if order and order.responsibility else ""
    counters = _("no fault found {nff} of {nff_limit}, failed {failed} of {failed_limit}").format(
        nff=facts.get("nff", 0), nff_limit=facts.get("nff_limit", "–"), failed=facts.get("failed", 0),
        failed_limit=facts.get("failed_limit", "–")) if facts else ""
    needed = {True: _("yes, the customer awaits it"), False: _("no"), None: _("not decided")}[case.return_needed]
    return [
        (_("Result"), label(RepairResult(case.result)) if case.result else _("not at the bench on this visit")),
        (_("Fault found"), order.fault if order else ""), (_("Cause"), cause), (_("Responsibility"), blame),
        (_("Warranty"), warranty), (_("Return needed"), needed), (_("Counters"), counters),
        (_("Cost of the repair"), estimate_words(sheet.estimate) if sheet.estimate else ""),
        (_("Soak test"), soak_words(sheet.soak) if sheet.soak else ""),
        (_("Known as of"), str(facts.get("known_as_of") or "")),
        (_("Policy"), "" if isinstance(sheet.ruling, Refused) else version_words(sheet.ruling.policy_version)),
    ]


def talk_pairs(sheet: Sheet) -> list[tuple[str, str]]:
    """The talks with the customer."""
    pairs = []
    for talk in sheet.talks:
        text = _("{said} — {answered}").format(said=talk.said, answered=talk.answered)
        if talk.wish != Wish.NONE:
            text += " " + _("Wish: {wish} ({written})").format(wish=label(Wish(talk.wish)), written=talk.written)
        name = _("{at} {channel}, {who}").format(
            at=moments.minute(talk.held_at), channel=label(Channel(talk.channel)), who=talk.with_whom)
        pairs.append((name, text))
    return pairs


def _record_pair(row: Disposition) -> tuple[str, str]:
    why = label(Ended(row.ended_why)) if row.ended_why else ""
    return row.number, _(" · ").join(part for part in (several(row.decided), row.decided_by_name, why) if part)
