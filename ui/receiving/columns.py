"""The lines of a crate as a list."""

from __future__ import annotations

from app.i18n import N_, _, _n
from app.labels import label
from app.messages import sentence
from ui.models import Column
from ui.receiving.crate import Line
from ui.tones import Tone


def state(line: Line) -> tuple[str, Tone]:
    """How a line stands, in a word with its colour."""
    if line.refusal is not None:
        return _("refused"), Tone.BAD
    if line.blocked:
        return _("in the depot"), Tone.BAD
    if line.problems:
        n = len(line.problems)
        return _n("{n} open point", "{n} open points", n).format(n=n), Tone.WARN
    unit = line.unit
    if unit is not None and unit.reported is not None:
        return _("announced"), Tone.OK
    return _("ready"), Tone.OK


def visit(line: Line) -> str:
    """Which visit this would be."""
    if line.unit is None or not line.unit.can_come_in:
        return ""
    return str(line.unit.next_visit)


def tip(line: Line) -> str:
    """Why a line is not ready."""
    if line.refusal is not None:
        return f"{label(line.refusal)} {line.refusal_text}".strip()
    return "\n".join(sentence(problem) for problem in line.problems)


COLUMNS: tuple[Column[Line], ...] = (
    Column("serial", N_("Serial number"), text=lambda line: line.intake.serial or _("(depot tag)"), bold=True,
           tabular=True, width=150),
    Column("product", N_("Product"), text=lambda line: line.model, grow=True),
    Column("visit", N_("Visit"), text=visit, align="right", tabular=True, width=84,
           tone=lambda line: Tone.WARN if line.unit and line.unit.repeat else None),
    Column("photos", N_("Photos"), text=lambda line: str(len(line.photos) or ""), align="right", width=64, hidden=True),
    Column("state", N_("State"), text=lambda line: state(line)[0], tone=lambda line: state(line)[1], chip=True,
           width=130, tip=tip),
)
