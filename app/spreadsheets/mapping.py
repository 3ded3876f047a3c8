"""Which column means what: recognised by a known header, else guessed by the words people use; kept as a JSON file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from app.domain.importing.dates import guess_order
from app.domain.importing.fields import RULES, Field, Reading, fold
from app.domain.importing.mapping import Mapping
from app.domain.sheets import Cell, Row, Sheet
from app.errors import Refused, Unavailable
from app.i18n import LANGUAGES, translator
from app.labels import label
from app.spreadsheets import presets
from app.spreadsheets.header_words import WORDS

_AROUND = re.compile(r"[（(\[【].*?[)）\]】]|[*:：#№]|\s*[/／]\s*[a-z ]+$")
_LARGEST = 1_000_000


def mapping_for(sheet: Sheet) -> Mapping:
    """The mapping a person is shown first: a preset where the header is known, else a guess."""
    preset = presets.recognise(sheet.header)
    return preset or guess(sheet)


def guess(sheet: Sheet) -> Mapping:
    """Each column by its header: exact words first, then words within it; the first column for a field gets it."""
    columns: dict[str, Field] = {}
    taken: set[Field] = set()
    for match in (_exact, _within):
        for name in sheet.header:
            if name in columns:
                continue
            found = match(name, taken)
            if found:
                columns[name] = found
                if not RULES[found].joins:
                    taken.add(found)
    in_order = {name: columns[name] for name in sheet.header if name in columns}
    mapping = Mapping(name=sheet.file_name, columns=in_order)
    return replace(mapping, date_order=guess_order(_day_cells(sheet, mapping)))


def save(mapping: Mapping, path: Path) -> None:
    """Write ``mapping`` as JSON. Raises ``sheet.unwritable``."""
    try:
        path.write_text(json.dumps(mapping.as_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise Unavailable("sheet.unwritable", name=path.name, reason=error.strerror or "?") from error


def load(path: Path) -> Mapping:
    """The mapping saved at ``path``. Raises ``sheet.not-found``, ``sheet.unreadable``, ``mapping.not-a-mapping``."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused("mapping.not-a-mapping", field="mapping")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Refused("sheet.not-found", field="mapping", name=str(path)) from error
    except UnicodeDecodeError as error:
        raise Refused("mapping.not-a-mapping", field="mapping") from error
    except OSError as error:
        raise Unavailable("sheet.unreadable", name=path.name, reason=error.strerror or "?") from error
    try:
        values = json.loads(text)
    except ValueError as error:
        raise Refused("mapping.not-a-mapping", field="mapping") from error
    return Mapping.from_dict(values)


def _day_cells(sheet: Sheet, mapping: Mapping) -> Iterator[Cell]:
    days = [i for i, name in enumerate(sheet.header)
            if name in mapping.columns and RULES[mapping.columns[name]].reading is Reading.DAY]
    rows: tuple[Row, ...] = sheet.rows
    return (row.cells[i] for row in rows for i in days if i < len(row.cells))


def _plain(header: str) -> str:
    """``header`` without what people add to it: units and hints in brackets, stars, colons, an English half."""
    return _AROUND.sub("", fold(header)).strip()


@cache
def _words() -> dict[str, Field]:
    known: dict[str, Field] = {}
    for f in Field:
        for language in LANGUAGES:
            known.setdefault(fold(label(f, translator(language))), f)
        for word in WORDS[f]:
            known.setdefault(fold(word), f)
    return known


def _exact(header: str, taken: set[Field]) -> Field | None:
    words = _words()
    found = words.get(fold(header)) or words.get(_plain(header))
    return found if found not in taken else None


def _within(header: str, taken: set[Field]) -> Field | None:
    """The field of the longest known word inside ``header``; words of one or two Latin letters are not looked for."""
    plain = _plain(header)
    inside = [
        word for word, f in _words().items()
        if f not in taken and len(word) >= (3 if word.isascii() else 2) and _contains(plain, word)
    ]
    return _words()[max(inside, key=len)] if inside else None


def _contains(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text
