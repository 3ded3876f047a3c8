"""The columns of the list of parts and of a part's ledger."""

from __future__ import annotations

from app.domain.money import Money
from app.domain.repair import PartUse
from app.i18n import N_, _
from app.labels import label
from app.services import parts
from app.services.parts import PartLine, StockLine
from ui import moments
from ui.masterdata.words import state
from ui.models import Column
from ui.naming import named
from ui.parts.words import where
from ui.tones import Tone


def _state(line: PartLine) -> tuple[str, Tone]:
    if line.low and line.part.active:
        return N_("order again"), Tone.BAD
    return state(active=line.part.active, proposed=line.part.proposed)


COLUMNS: tuple[Column[PartLine], ...] = (
    Column("part_no", N_("Part number"), text=lambda p: p.part.part_no, bold=True, tabular=True, width=150,
           order="part_no"),
    Column("name", N_("Name"), text=lambda p: named(p.part.name_zh, p.part.name_en), grow=True),
    Column("name_zh", N_("Chinese name"), text=lambda p: p.part.name_zh, hidden=True),
    Column("name_en", N_("English name"), text=lambda p: p.part.name_en, hidden=True),
    Column("stock", N_("In stock"), text=lambda p: f"{p.stock} {p.part.unit}".strip(), sort=lambda p: p.stock,
           align="right", width=100, bold=lambda p: p.low, tone=lambda p: Tone.BAD if p.low else None),
    Column("places", N_("Where"), text=where, width=150, tip=where),
    Column("unchecked", N_("To be re-inspected"), text=lambda p: str(p.unchecked or "–"), sort=lambda p: p.unchecked,
           align="right", width=90, hidden=True, tone=lambda p: Tone.WARN if p.unchecked else None),
    Column("level", N_("Reorder level"), text=lambda p: str(p.part.reorder_level or "–"),
           sort=lambda p: p.part.reorder_level, align="right", width=124),
    Column("price", N_("List price"), text=lambda p: str(Money(p.part.price_fen)) if p.part.price_fen else "–",
           sort=lambda p: p.part.price_fen, align="right", money=True, width=110, hidden=True),
    Column("state", N_("State"), text=lambda p: _(_state(p)[0]), tone=lambda p: _state(p)[1], chip=True, width=120),
)

_REASONS = {
    parts.OPENING: N_("opening stock"), parts.RECEIVED: N_("stock received"), parts.UNDONE: N_("taken back"),
    "repair:UNDO": N_("taken back"),
}


def _reason(line: StockLine) -> str:
    """Why the pieces moved, a person's words as written, with the paper it rests on."""
    use = line.reason.removeprefix("repair:")
    own = label(PartUse(use)) if use in set(PartUse) else _(_REASONS.get(line.reason, ""))
    words = own or "  ".join(text for text in (label(line.kind) if line.kind else "", line.reason) if text)
    return f"{words}  {line.document_number}".strip()


LEDGER: tuple[Column[StockLine], ...] = (
    Column("at", N_("When"), text=lambda s: moments.day(s.at).isoformat(), sort=lambda s: s.at, tabular=True,
           width=100),
    Column("quantity", N_("Pieces"), text=lambda s: f"{s.quantity:+d}", sort=lambda s: s.quantity, align="right",
           width=70, tone=lambda s: Tone.OK if s.quantity > 0 else Tone.BAD),
    Column("balance", N_("Balance"), text=lambda s: str(s.balance), sort=lambda s: s.balance, align="right", width=70),
    Column("reason", N_("Reason"), text=_reason, grow=True, tip=lambda s: f"{_reason(s)}  {s.who}"),
    Column("document", N_("Document"), text=lambda s: s.document_number, tabular=True, hidden=True),
    Column("who", N_("Who"), text=lambda s: s.who, hidden=True),
)
