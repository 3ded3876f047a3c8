"""How policy values read: amounts as money, choices in words, numbers with their unit; the columns of the page."""

from __future__ import annotations

from app.domain.money import Money
from app.domain.policy import Declared, Kind
from app.domain.policy_values import PolicyUnit
from app.i18n import N_, _, language
from app.labels import label
from app.labels.policy import CHOICES, MEANINGS, ONE
from app.services.policies import PolicyLine, SetEntry
from ui import moments
from ui.models import Column
from ui.tones import Tone

#: How the regulation counts its articles.
_HAN = {"8": "八", "9": "九", "10": "十", "11": "十一", "12": "十二"}


def shown(declared: Declared, value: str) -> str:
    """A value as people read it: amounts as money, choices and switches in words, numbers with their unit."""
    if declared.kind is Kind.MONEY:
        return str(Money(int(value)))
    if declared.kind in {Kind.SWITCH, Kind.CHOICE}:
        return _(CHOICES[value])
    if declared.kind is Kind.TEXT and not value:
        return _("program default")
    if declared.unit is PolicyUnit.NONE:
        return value
    return f"{value} {_(ONE[declared.unit]) if value == '1' and declared.unit in ONE else label(declared.unit)}"


def _now(line: PolicyLine) -> str:
    return shown(line.declared, line.value)


def article_of(line: PolicyLine) -> str:
    """The article of the regulation, for those that come from it."""
    article, _dot, clause = line.declared.article.removeprefix("art. ").partition(".")
    if not (article + clause).isdigit():
        return "–"
    counted = _HAN.get(article, article) if language() == "zh_CN" else article
    return _("art. {article}.{clause}").format(article=counted, clause=clause)


COLUMNS: tuple[Column[PolicyLine], ...] = (
    Column("name", N_("Setting"), text=lambda p: label(p.name), bold=True, width=210,
           tip=lambda p: _(MEANINGS[p.name])),
    Column("now", N_("Current"), text=_now, width=170, tone=lambda p: Tone.ACCENT if p.changed else None,
           bold=lambda p: p.changed),
    Column("since", N_("Since"), text=lambda p: p.since.isoformat() if p.since else "–", tabular=True, hidden=True),
    Column("next", N_("Scheduled"), text=lambda p: "" if p.next_value is None else _("{value} from {day}").format(
        value=shown(p.declared, p.next_value), day=p.next_from), grow=True, tone=lambda _p: Tone.WARN),
    Column("article", N_("Source"), text=article_of, width=96),
)

def span(declared: Declared) -> str:
    """What may be set: the range, or the choices."""
    if declared.kind is Kind.WHOLE:
        unit = "" if declared.unit is PolicyUnit.NONE else f" {label(declared.unit)}"
        return _("{low} to {high}").format(low=declared.least, high=declared.most) + unit
    if declared.kind in {Kind.SWITCH, Kind.CHOICE}:
        return " / ".join(_(CHOICES[choice]) for choice in declared.choices or ("yes", "no"))
    return label(declared.kind)


HISTORY: tuple[Column[SetEntry], ...] = (
    Column("effective", N_("From"), text=lambda e: e.effective.isoformat(), tabular=True, width=100),
    Column("value", N_("Value"), text=lambda e: e.value, grow=True),
    Column("who", N_("Set by"), text=lambda e: e.who or _("head office"), width=100),
    Column("at", N_("On"), text=lambda e: moments.minute(e.set_at), tabular=True, hidden=True),
    Column("note", N_("Why"), text=lambda e: e.note, width=140, tip=lambda e: e.note),
)
