"""What becomes of each row, and why. The rehearsal and the import ask the same pure functions.

In two steps, so that the caller can look up in between exactly what is needed: :func:`recognise` says which product,
customer and serial a line means and under which key it is remembered; :func:`judge` decides with what is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain import serials
from app.domain.importing.fields import Field, fold
from app.domain.importing.lines import ImportLine
from app.domain.importing.mapping import ListKind
from app.domain.serials import SerialRule
from app.errors import Problem


class Fate(StrEnum):
    """What becomes of a row."""

    RECEIVED = "RECEIVED"
    TAGGED = "TAGGED"                # received, with a depot tag instead of a serial
    ALREADY_KNOWN = "ALREADY_KNOWN"  # nothing is added
    REFUSED = "REFUSED"


TAKEN = frozenset({Fate.RECEIVED, Fate.TAGGED})


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product of the master data."""

    id: str
    model: str
    rule: SerialRule


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit on record. ``open_case``: number of the return case that is not over; empty when it is not with us."""

    id: str
    product_id: str
    product_model: str
    serial: str
    open_case: str = ""


@dataclass(frozen=True, slots=True)
class MasterData:
    """Products and customers by everything they are called (folded); several under one name are ambiguous."""

    products: Mapping[str, tuple[KnownProduct, ...]] = field(default_factory=dict)
    customers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows that bears on these lines. ``units``: by serial; ``imported``: key → number of the batch.

    ``visits``: of past returns only: (unit, day received) → number of the case on record.
    """

    units: Mapping[str, tuple[KnownUnit, ...]] = field(default_factory=dict)
    imported: Mapping[str, str] = field(default_factory=dict)
    visits: Mapping[tuple[str, date], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line with what it means in this house. Empty ids: not on record, to be proposed. Empty serial: needs a tag."""

    line: ImportLine
    product_id: str
    customer_id: str
    serial: str
    key: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RowFate:
    """What becomes of one row. ``reasons`` explain a fate that is not plain; ``warnings`` go with any fate."""

    number: int
    fate: Fate
    reasons: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    recognised: Recognised
    unit_id: str = ""                # of a unit on record that comes in again

    @property
    def reason(self) -> str:
        """The first code that explains the fate, or the first warning; empty for a plainly received row."""
        return next((problem.code for problem in (*self.reasons, *self.warnings)), "")

    @property
    def is_plain(self) -> bool:
        """Received with nothing to say about it."""
        return self.fate is Fate.RECEIVED and not self.warnings


@dataclass(frozen=True, slots=True)
class Counts:
    """The sums of a rehearsal or an import, in rows. ``received`` includes ``tagged``; ``warnings``: rows with any."""

    rows: int = 0
    received: int = 0
    already_known: int = 0
    refused: int = 0
    tagged: int = 0
    warnings: int = 0


def recognise(lines: Iterable[ImportLine], master: MasterData) -> list[Recognised]:
    """Each line with its product, customer, folded serial and key.

    Codes: those of ``serials.problems``; ``import.product-ambiguous``, ``import.customer-ambiguous`` (several on
    record have this name); warnings ``import.new-product``, ``import.new-customer`` (a proposal will be made).
    """
    repeats: Counter[str] = Counter()
    same = _Same({})
    return [_recognised(line, master, repeats, same) for line in lines]


@dataclass(frozen=True, slots=True)
class _Same:
    """One problem for all rows that have it: names repeat through a whole list."""

    made: dict[tuple[str, str], Problem]

    def about(self, f: Field, code: str, value: str) -> Problem:
        """The problem ``code`` about ``value``."""
        key = (code, value)
        if key not in self.made:
            self.made[key] = Problem(f, code, {"value": value})
        return self.made[key]


def _recognised(line: ImportLine, master: MasterData, repeats: Counter[str], same: _Same) -> Recognised:
    problems, warnings = list(line.problems), list(line.warnings)
    products = master.products.get(fold(line.product), ()) if line.product else ()
    customers = master.customers.get(fold(line.customer), ()) if line.customer else ()
    if len(products) > 1:
        problems.append(same.about(Field.PRODUCT, "import.product-ambiguous", line.product))
    elif line.product and not products:
        warnings.append(same.about(Field.PRODUCT, "import.new-product", line.product))
    if len(customers) > 1:
        problems.append(same.about(Field.CUSTOMER, "import.customer-ambiguous", line.customer))
    elif line.customer and not customers:
        warnings.append(same.about(Field.CUSTOMER, "import.new-customer", line.customer))
    rule = products[0].rule if len(products) == 1 else serials.ANY
    serial = ""
    if not serials.is_missing(line.serial):
        serial = serials.normalise(line.serial, rule)
        if not any(problem.field == "serial" for problem in problems):
            problems += serials.problems(line.serial, rule)
    return Recognised(
        line,
        products[0].id if len(products) == 1 else "",
        customers[0] if len(customers) == 1 else "",
        serial,
        _key(line, serial, repeats),
        tuple(problems),
        tuple(warnings),
    )


def _key(line: ImportLine, serial: str, repeats: Counter[str]) -> str:
    """How the row is remembered, so that the same one in another file is known.

    By its own identifier; else by serial and day; else by everything it says, and the how-manieth of its like it is:
    two equal rows without a serial are two units.
    """
    if line.external_id:
        return f"id:{fold(line.source)}:{line.external_id}"
    day = line.received_on or line.returned_on or line.fault_on
    if serial and day:
        return f"unit:{fold(line.product)}:{serial}:{day.isoformat()}"
    repeats[line.digest] += 1
    return f"row:{line.digest}:{repeats[line.digest]}"


def judge(
    recognised: Sequence[Recognised], known: Known, kind: ListKind = ListKind.RETURNS
) -> list[RowFate]:
    """The fate of every line, in order. A past return may name a unit that stands in the house, or one twice.

    Codes: ``import.already-imported``, ``import.unit-in-house`` (known); ``import.duplicate-serial``,
    ``import.duplicate-row`` (an earlier row of this file has it); ``import.no-serial`` (tagged);
    ``import.unknown-tag`` (refused: no unit of ours bears it); warnings
    ``import.serial-of-other-product``, ``import.same-as-row``; of past returns ``import.visit-on-record`` (known).
    """
    seen = _Seen({}, {}, {})
    return [_judged(one, known, seen, past=kind is ListKind.HISTORY) for one in recognised]


@dataclass(frozen=True, slots=True)
class _Seen:
    """First row of this file with a key, a (product, serial), a content."""

    keys: dict[str, int]
    serials: dict[tuple[str, str], int]
    contents: dict[str, int]


_NO_SERIAL = (Problem("serial", "import.no-serial", {}),)


def _judged(one: Recognised, known: Known, seen: _Seen, *, past: bool) -> RowFate:
    line = one.line
    namesakes = known.units.get(one.serial, ()) if one.serial else ()
    # A depot tag names one unit whatever the list calls its product.
    is_tag = serials.is_depot_tag(one.serial)
    same = next((unit for unit in namesakes if is_tag or unit.product_id == one.product_id), None)
    refusals = one.problems or _earlier(one, seen, past=past)
    if not refusals and is_tag and same is None:
        refusals = (Problem("serial", "import.unknown-tag", {"serial": one.serial}),)
    if refusals:
        return RowFate(line.number, Fate.REFUSED, refusals, one.warnings, one)
    reason = _on_record(one, same, known, past=past)
    if reason:
        return RowFate(line.number, Fate.ALREADY_KNOWN, (reason,), one.warnings, one, same.id if same else "")
    if not one.serial:
        return RowFate(line.number, Fate.TAGGED, _NO_SERIAL, one.warnings + _twin(one, seen), one)
    warnings = one.warnings
    if same is None and namesakes:
        facts = {"serial": one.serial, "product": namesakes[0].product_model}
        warnings = (*warnings, Problem("serial", "import.serial-of-other-product", facts))
    return RowFate(line.number, Fate.RECEIVED, (), warnings, one, same.id if same else "")


def _on_record(one: Recognised, same: KnownUnit | None, known: Known, *, past: bool) -> Problem | None:
    """Why nothing is to be added for a row: it was imported, its unit stands in the house, its visit is on record."""
    if one.key in known.imported:
        return Problem("row", "import.already-imported", {"batch": known.imported[one.key]})
    if same and past:
        day = one.line.received_on or one.line.returned_on
        number = known.visits.get((same.id, day)) if day else None
        facts = {"serial": one.serial, "case": number or ""}
        return Problem("serial", "import.visit-on-record", facts) if number else None
    if same and same.open_case:
        return Problem("serial", "import.unit-in-house", {"serial": one.serial, "case": same.open_case})
    return None


def _earlier(one: Recognised, seen: _Seen, *, past: bool) -> tuple[Problem, ...]:
    """The refusal of a row that an earlier one of this file already told."""
    line = one.line
    if one.serial and not past:
        unit = (fold(line.product), one.serial)
        first = seen.serials.setdefault(unit, line.number)
        if first != line.number:
            return (Problem("serial", "import.duplicate-serial", {"serial": one.serial, "row": first}),)
    first = seen.keys.setdefault(one.key, line.number)
    if first != line.number:
        facts = {"value": line.external_id or one.serial, "row": first}
        return (Problem(Field.EXTERNAL_ID, "import.duplicate-row", facts),)
    return ()


def _twin(one: Recognised, seen: _Seen) -> tuple[Problem, ...]:
    """A warning when an earlier row without serial and identifier says exactly the same."""
    line = one.line
    first = seen.contents.setdefault(line.digest, line.number)
    if first == line.number or line.external_id:
        return ()
    return (Problem("row", "import.same-as-row", {"row": first}),)


def count(fates: Iterable[RowFate]) -> Counts:
    """The sums over ``fates``."""
    tally: Counter[Fate] = Counter()
    warned = 0
    for fate in fates:
        tally[fate.fate] += 1
        warned += bool(fate.warnings)
    return Counts(
        rows=tally.total(),
        received=tally[Fate.RECEIVED] + tally[Fate.TAGGED],
        already_known=tally[Fate.ALREADY_KNOWN],
        refused=tally[Fate.REFUSED],
        tagged=tally[Fate.TAGGED],
        warnings=warned,
    )


def outcomes(fates: Iterable[RowFate]) -> dict[str, int]:
    """How many rows name each outcome (empty: none), whatever becomes of them; most frequent first."""
    return dict(Counter(fate.recognised.line.outcome for fate in fates).most_common())


def codes(fates: Iterable[RowFate]) -> dict[str, int]:
    """How many rows each code is said of, most frequent first."""
    tally: Counter[str] = Counter()
    for fate in fates:
        tally.update({problem.code for problem in (*fate.reasons, *fate.warnings)})
    return dict(tally.most_common())
