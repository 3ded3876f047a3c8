"""Values of the record in words: what stood in a row here and at the centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.i18n import LANGUAGES, _
from app.labels import label
from app.labels.record_fields import FIELDS
from app.labels.records import field, record
from app.services.conflict_sheets import ConflictSheet, Difference, Unnamed
from ui import moments

#: A longer text is cut: its beginning is enough to choose by.
_LONGEST = 200


def name_of(sheet: ConflictSheet) -> str:
    """What a row is: of which kind, and what it is known by."""
    return " ".join((record(sheet.of), _DOT.join(value(each) for each in sheet.known_by))).strip()


def field_of(difference: Difference) -> str:
    """What people call that on which two versions differ."""
    return field(difference.columns[0])


def shown(values: Sequence[Any]) -> str:
    """What one version says of it."""
    return _DOT.join(value(each) for each in values) or "–"


def value(raw: Any) -> str:
    """One value with its meaning (``app.persistence.naming.typed``) in words."""
    if isinstance(raw, bool):
        text = _("Yes") if raw else _("No")
    elif isinstance(raw, Unnamed):
        text = _("cannot be shown")
    elif isinstance(raw, Enum):
        text = label(raw)
    elif isinstance(raw, datetime):
        text = moments.minute(raw)
    elif isinstance(raw, date):
        text = raw.isoformat()
    elif isinstance(raw, Mapping):
        text = _("; ").join(
            f"{field(name)}{_(': ')}{value(held)}" if name in FIELDS else value(held) for name, held in raw.items())
    elif isinstance(raw, list | tuple):
        text = _("; ").join(value(held) for held in raw)
    else:
        text = "–" if raw is None else LANGUAGES.get(str(raw), str(raw))
    return text if len(text) <= _LONGEST else text[:_LONGEST - 1] + "…"


_DOT = " · "
