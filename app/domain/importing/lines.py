"""One row of a list becomes an :class:`ImportLine`: typed values, what cannot be taken, what is worth a warning."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.importing import dates, open_repair, texts
from app.domain.importing.causes import cause_of
from app.domain.importing.fields import HISTORY_ONLY, RULES, WORDS, Field, FieldRule, Reading, fold
from app.domain.importing.mapping import ListKind, Mapping
from app.domain.importing.outcomes import result_of
from app.domain.serials import is_missing, is_spreadsheet_damage
from app.domain.sheets import Cell, CellKind, Row, Sheet
from app.errors import Fact, Problem


@dataclass(frozen=True, slots=True)
class Item:
    """An accessory that came along, and how many of it."""

    name: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One row, read. ``problems`` refuse it; ``warnings`` do not. Empty text: the list does not say."""

    number: int
    customer: str = ""
    site: str = ""
    contact: str = ""
    phone: str = ""
    product: str = ""
    product_line: str = ""
    serial: str = ""             # as the list has it; folded later by the product's rule
    lot: str = ""
    made_on: date | None = None
    shipped_on: date | None = None
    symptom: str = ""
    tried: str = ""
    fault_on: date | None = None
    received_on: date | None = None
    accessories: tuple[Item, ...] = ()
    condition: str = ""
    way: str = ""
    brought_by: str = ""
    waybill: str = ""
    return_needed: bool | None = None
    promised_on: date | None = None
    outcome: str = ""
    external_id: str = ""
    source: str = ""
    note: str = ""
    returned_on: date | None = None
    fault: str = ""
    work_done: str = ""
    technician: str = ""
    cause_class: str = ""
    digest: str = ""             # of all values, however the file was saved
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


#: What stands for the identifier in the example row of our own template.
EXAMPLE = "EXAMPLE"

_ATTRIBUTE = {f: f.value.lower() for f in Field}
_DIGITS_MATTER = frozenset({Field.SERIAL, Field.EXTERNAL_ID})
_ITEM = re.compile(r"(.*?)\s*(?:(?:[×*]|(?<=\s)[xX])\s*(\d{1,4})|[（(]\s*(\d{1,4})\s*[)）])\s*[个只条根台套件]?")
_PIECES = re.compile(r"[;；、，\n]|,(?!\d{3}\b)")
_NOTHING_SAID = frozenset({"不详", "未知", "无", "unknown", "n/a", "na", "-", "--", "?", "？", "none"})


def read_lines(sheet: Sheet, mapping: Mapping, today: date) -> Iterator[ImportLine]:
    """The rows of ``sheet``, read with ``mapping``. ``today``: nothing can have happened after it."""
    reader = LineReader(sheet.header, mapping, today)
    return (reader.read(row) for row in sheet.rows)


class LineReader:
    """Reads rows under one header with one mapping."""

    def __init__(self, header: tuple[str, ...], mapping: Mapping, today: date) -> None:
        self._width = len(header)
        self._today = today
        self._columns = tuple(
            (index, name, mapping.columns[name]) for index, name in enumerate(header) if name in mapping.columns)
        self._defaults = tuple((f, Cell(text)) for f, text in mapping.defaults.items() if text.strip())
        self._order = mapping.date_order
        self._words = {
            f: {**words, **{fold(a): b for a, b in mapping.values.get(f, {}).items()}} for f, words in WORDS.items()}
        self._replaced = {
            f: {fold(a): b for a, b in words.items()} for f, words in mapping.values.items() if f not in WORDS}
        self._standard = mapping.standard
        self._past = mapping.kind is ListKind.HISTORY
        self._readers: dict[Reading, Callable[[_Draft, Field, Cell], object]] = {
            Reading.LINE: self._line,
            Reading.NARRATIVE: self._narrative,
            Reading.IDENTIFIER: self._identifier,
            Reading.SERIAL: self._serial,
            Reading.DAY: self._day,
            Reading.CHOICE: self._choice,
            Reading.YES_NO: self._yes_no,
            Reading.ITEMS: self._items,
        }

    def read(self, row: Row) -> ImportLine:
        """``row`` as a line of returned goods."""
        draft = _Draft()
        cells = row.cells
        count = len(cells)
        for index, name, f in self._columns:
            if index < count and cells[index].text:
                self._take(draft, f, cells[index], name)
        for f, cell in self._defaults:
            if not draft.values.get(f):
                self._take(draft, f, cell, "")
        if count > self._width and any(cell.text for cell in cells[self._width:]):
            draft.problems.append(Problem("row", "import.too-many-cells", {"count": count, "columns": self._width}))
        self._check(draft)
        if self._standard == open_repair.STANDARD:
            named = {column: cells[i].text.strip() if i < count else "" for i, column, _f in self._columns}
            draft.warnings += open_repair.problems(named)
        return _finished(row.number, draft)

    def _take(self, draft: _Draft, f: Field, cell: Cell, column: str) -> None:
        rule = RULES[f]
        draft.column = column or f.value
        if cell.kind is CellKind.ERROR or texts.is_error(cell.text.strip()):
            draft.problems.append(Problem(f, "import.error-cell", {"what": f, "value": cell.text.strip()}))
            return
        if cell.formula:
            draft.warnings.append(Problem(f, "import.formula-result", {"what": f, "value": texts.shown(cell.text)}))
        value = self._readers[rule.reading](draft, f, cell)
        if isinstance(value, str) and len(value) > rule.longest:
            draft.problems.append(Problem(f, "import.too-long", _length(f, value, rule)))
        elif value and column and (f is Field.NOTE or (f in HISTORY_ONLY and not self._past)):
            draft.note(str(value))
        elif value not in (None, ""):
            draft.add(f, value)

    def _line(self, draft: _Draft, f: Field, cell: Cell) -> str:
        text = texts.clean(cell.text, f, draft.warnings)
        replaced = self._replaced.get(f)
        if replaced:
            text = replaced.get(fold(text), text)
        if texts.is_formula(text):
            draft.problems.append(Problem(f, "import.formula", {"what": f, "value": texts.shown(text)}))
        return text

    def _narrative(self, draft: _Draft, f: Field, cell: Cell) -> str:
        text = texts.clean(cell.text, f, draft.warnings, lines=True)
        if texts.is_formula(text):
            draft.warnings.append(Problem(f, "import.formula-text", {"what": f, "value": texts.shown(text)}))
        return text

    def _identifier(self, draft: _Draft, f: Field, cell: Cell) -> str:
        text = texts.clean(cell.text, f, draft.warnings)
        plain = texts.quoted(text)
        if plain is not None:
            text = plain
        elif texts.is_formula(text):
            draft.problems.append(Problem(f, "import.formula", {"what": f, "value": texts.shown(text)}))
        if cell.kind is CellKind.LONG_NUMBER or texts.lost_digits(text):
            where = draft.problems if f in _DIGITS_MATTER else draft.warnings
            where.append(Problem(f, "import.digits-lost", {"what": f, "value": text}))
        return text

    def _serial(self, draft: _Draft, f: Field, cell: Cell) -> str:
        """The serial as the list has it. Codes of ``serials`` and ``import.serial-became-date``."""
        text = cell.text.strip()
        plain = texts.quoted(text)
        if plain is not None:
            return plain
        if cell.kind is CellKind.DATE:
            draft.problems.append(Problem("serial", "import.serial-became-date", {"value": text}))
        elif cell.kind is CellKind.LONG_NUMBER or (cell.kind is CellKind.NUMBER and not text.isdigit()):
            draft.problems.append(Problem("serial", "serial.spreadsheet-damage", {"value": text}))
        elif texts.is_formula(text) and not is_missing(text):
            draft.problems.append(Problem("serial", "serial.formula", {"value": texts.shown(text)}))
        elif is_spreadsheet_damage(text):
            draft.problems.append(Problem("serial", "serial.spreadsheet-damage", {"value": text}))
        return text

    def _day(self, draft: _Draft, f: Field, cell: Cell) -> date | None:
        text = cell.text.strip()
        if fold(text) in _NOTHING_SAID:
            return None
        try:
            day = dates.read_day(cell, self._order)
        except dates.Unreadable as reason:
            code = str(reason)
            if f is Field.MADE_ON and code == "import.date-year-only":
                draft.note(text)
                draft.warnings.append(Problem(f, code, {"what": f, "value": text}))
            else:
                draft.problems.append(Problem(f, code, {"what": f, "value": texts.shown(text)}))
            return None
        if cell.kind is CellKind.NUMBER and day.isoformat().replace("-", "") != text:
            draft.warnings.append(Problem(f, "import.date-from-number", {"what": f, "value": text, "day": day}))
        if day > self._today and f is not Field.PROMISED_ON:
            draft.problems.append(Problem(f, "import.date-future", {"what": f, "value": day}))
        elif day < dates.EARLIEST.get(f, dates.SINCE):
            draft.problems.append(Problem(f, "import.date-too-early", {"what": f, "value": day}))
        return day

    def _choice(self, draft: _Draft, f: Field, cell: Cell) -> str:
        text = texts.clean(cell.text, f, draft.warnings)
        meant = self._words[f].get(fold(text), "")
        if not meant and text:
            if fold(text) not in _NOTHING_SAID:
                draft.warnings.append(Problem(f, "import.unknown-word", {"what": f, "value": texts.shown(text)}))
                draft.note(text)
            return ""
        return meant

    def _yes_no(self, draft: _Draft, f: Field, cell: Cell) -> bool | None:
        meant = self._choice(draft, f, cell)
        return meant == "YES" if meant else None

    def _items(self, draft: _Draft, f: Field, cell: Cell) -> tuple[Item, ...]:
        text = texts.clean(cell.text, f, draft.warnings, lines=True)
        if fold(text) in _NOTHING_SAID or fold(text) == "没有":
            return ()
        items = []
        for piece in _PIECES.split(text):
            name = " ".join(piece.split())
            if name:
                found = _ITEM.fullmatch(name)
                quantity = int(found[2] or found[3]) if found and found[1] else 1
                items.append(Item(found[1] if found and found[1] else name, max(1, quantity)))
        return tuple(items)

    def _check(self, draft: _Draft) -> None:
        """Rules over the whole row: what must be there, and what cannot have come before what."""
        seen = {problem.field for problem in draft.problems}
        for f, code in ((Field.CUSTOMER, "import.customer-missing"), (Field.PRODUCT, "import.product-missing")):
            if not draft.values.get(f) and f not in seen:
                draft.problems.append(Problem(f, code, {}))
        if draft.values.get(Field.EXTERNAL_ID) == EXAMPLE:
            draft.problems.append(Problem("row", "import.example-row", {}))
        symptom = draft.values.get(Field.SYMPTOM, "")
        if not symptom:
            draft.warnings.append(_NO_SYMPTOM)
        elif isinstance(symptom, str) and fold(symptom) in _NOTHING_SAID:
            draft.warnings.append(Problem(Field.SYMPTOM, "import.symptom-unknown-alone", {"value": symptom}))
        if self._past:
            _check_past(draft)
        for earlier, later in _IN_ORDER:
            first, second = draft.values.get(earlier), draft.values.get(later)
            if isinstance(first, date) and isinstance(second, date) and first > second:
                facts = {"earlier": earlier, "first": first, "later": later, "second": second}
                draft.problems.append(Problem(earlier, "import.dates-reversed", facts))


def _check_past(draft: _Draft) -> None:
    """A past return has its day, and an end we understand."""
    seen = {problem.field for problem in draft.problems}
    days = (Field.RECEIVED_ON, Field.RETURNED_ON)
    if not any(draft.values.get(f) for f in days) and not seen & set(days):
        draft.problems.append(Problem(Field.RECEIVED_ON, "import.past-without-day", {}))
    outcome = draft.values.get(Field.OUTCOME, "")
    if isinstance(outcome, str) and outcome and result_of(outcome) is None and fold(outcome) not in _NOTHING_SAID:
        draft.warnings.append(Problem(Field.OUTCOME, "import.outcome-unknown", {"value": texts.shown(outcome)}))
    cause = draft.values.get(Field.CAUSE_CLASS, "")
    if isinstance(cause, str) and cause and cause_of(cause) is None and fold(cause) not in _NOTHING_SAID:
        draft.warnings.append(Problem(Field.CAUSE_CLASS, "import.cause-unknown", {"value": texts.shown(cause)}))


_NO_SYMPTOM = Problem(Field.SYMPTOM, "import.symptom-missing", {})
_IN_ORDER = (
    (Field.FAULT_ON, Field.RECEIVED_ON),
    (Field.MADE_ON, Field.SHIPPED_ON),
    (Field.MADE_ON, Field.FAULT_ON),
    (Field.SHIPPED_ON, Field.RECEIVED_ON),
    (Field.MADE_ON, Field.RECEIVED_ON),
    (Field.RECEIVED_ON, Field.PROMISED_ON),
    (Field.RECEIVED_ON, Field.RETURNED_ON),
)


class _Draft:
    """A line in the making."""

    __slots__ = ("column", "problems", "values", "warnings")

    def __init__(self) -> None:
        self.values: dict[Field, object] = {}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.column = ""         # the one being read

    def note(self, text: str) -> None:
        """Keep ``text`` of the column being read as a remark."""
        self.add(Field.NOTE, f"{self.column}: {text}")

    def add(self, f: Field, value: object) -> None:
        """Set ``f``, or join ``value`` to what another column gave it."""
        before = self.values.get(f)
        if before and isinstance(before, str) and isinstance(value, str):
            self.values[f] = f"{before}\n{value}"
        elif before and isinstance(before, tuple) and isinstance(value, tuple):
            self.values[f] = before + value
        else:
            self.values[f] = value


def _length(f: Field, value: str, rule: FieldRule) -> dict[str, Fact]:
    return {"what": f, "length": len(value), "longest": rule.longest}


def _finished(number: int, draft: _Draft) -> ImportLine:
    plain = {f.value: _plain(value) for f, value in draft.values.items()}
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return ImportLine(
        number,
        **{_ATTRIBUTE[f]: value for f, value in draft.values.items()},  # type: ignore[arg-type]
        digest=hashlib.sha256(canonical.encode()).hexdigest()[:32],
        problems=tuple(draft.problems),
        warnings=tuple(draft.warnings),
    )


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [[item.name, item.quantity] for item in value]
    return value.isoformat() if isinstance(value, date) else value
