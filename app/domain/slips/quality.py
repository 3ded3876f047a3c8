"""The monthly reports on paper, in the window and as a workbook: the same exhibits everywhere (F21, F22, F24)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.slips.heads import Signature


class Shape(StrEnum):
    """How an exhibit is drawn."""

    BARS = "BARS"                # lying bars, one per mark, parts one after the other
    COLUMNS = "COLUMNS"          # standing bars, parts one above the other
    LINES = "LINES"              # one line per series over the marks


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, column or place on the axis: a figure per series. ``tail`` is said beside it. ``link``: what opens the
    list behind it, as name and value pairs for ``services.quality.lines``. ``faint``: beside the point (other causes,
    all others). A figure is ``None`` where there was nothing to take a share of."""

    label: str
    values: tuple[int | None, ...]
    tail: str = ""
    link: tuple[tuple[str, str], ...] = ()
    faint: bool = False

    @property
    def total(self) -> int:
        """All its figures together."""
        return sum(value or 0 for value in self.values)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One chart with its figures. ``series``: what the figures of each mark are; ``permille``: they are tenths of a
    percent. ``heading``: what the marks are; ``tail``: what their tails say."""

    key: str
    title: str
    shape: Shape
    heading: str
    series: tuple[str, ...]
    marks: tuple[Mark, ...]
    note: str = ""
    tail: str = ""
    permille: bool = False

    def shown(self, value: int) -> str:
        """A figure as it is read."""
        return f"{value / 10:.1f}%" if self.permille else str(value)

    def scale(self, value: int) -> str:
        """A round figure beside the axis."""
        return f"{value // 10}%" if self.permille else str(value)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw: no mark, or none that says anything."""
        return not any(value for mark in self.marks for value in mark.values)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name; ``key`` names it for the window."""

    key: str
    caption: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot of which more than one unit came. ``numbers``: their cases with serials, where they are known."""

    product: str
    lot: str
    n: int
    ours: int
    numbers: str = ""


@dataclass(frozen=True, slots=True)
class QualityReport:
    """F22. ``standing``: closed by whom and when, or that the figures still move; ``terms``: the policy behind them."""

    month: str
    standing: str
    figures: tuple[Figure, ...]
    exhibits: tuple[Exhibit, ...]
    lots: tuple[LotLine, ...]
    terms: str = ""
    analysis: str = ""
    actions: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class TestedProduct:
    """Inspections of one product. ``first``: first runs; ``first_passed``: of them passed."""

    product: str
    tested: int
    passed: int
    failed: int
    first: int
    first_passed: int


@dataclass(frozen=True, slots=True)
class TestedItem:
    """Readings of one test item of a product."""

    product: str
    code: str
    name: str
    read: int
    passed: int
    failed: int


@dataclass(frozen=True, slots=True)
class TestSummary:
    """F21."""

    month: str
    figures: tuple[Figure, ...]
    products: tuple[TestedProduct, ...]
    items: tuple[TestedItem, ...]
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """Visits of one product or customer."""

    name: str
    received: int
    left: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class ServiceSummary:
    """F24."""

    month: str
    figures: tuple[Figure, ...]
    products: tuple[ServiceLine, ...]
    customers: tuple[ServiceLine, ...]
    exhibits: tuple[Exhibit, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of a closed month that came out otherwise."""

    name: str
    of: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case of a closed month that reads otherwise."""

    number: str
    serial: str
    what: str
    field: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class CorrectionSheet:
    """F22K, what was corrected after a month was closed."""

    month: str
    standing: str
    figures: tuple[ChangedFigure, ...]
    cases: tuple[ChangedCase, ...]
