"""The product in full, beside the list: data, serial rule to try, warranty, test sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.domain.inspection import ItemKind, TestItem
from app.domain.knowledge import Note
from app.domain.masterdata import Control, KeyPart, Product
from app.domain.money import Money
from app.domain.warranty_entries import WarrantyTerms
from app.i18n import N_, _, _n, language
from app.labels import label
from app.services.products import ProductFile
from app.services.templates import TestTemplate
from ui.form import CodeField
from ui.masterdata.words import BY_CENTRE
from ui.products.forms import try_out
from ui.widgets import Card, DefinitionList, caption, heading, muted
from ui.widgets.notice import Notice
from ui.words import bind


@dataclass(frozen=True, slots=True)
class Whole:
    """What the card shows of one product."""

    file: ProductFile
    sheets: tuple[TestTemplate, ...]
    notes: tuple[Note, ...] = ()

    @property
    def sheet(self) -> TestTemplate | None:
        """The test sheet in force."""
        return next((sheet for sheet in self.sheets if sheet.active), None)


class ProductCard(QWidget):
    """Five tabs over one product."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.whole: Whole | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        outer.addWidget(card)
        outer.addStretch(1)
        self.title, self.below = heading(), muted(wrap=True)
        card.body.addWidget(self.title)
        card.body.addWidget(self.below)
        self.by_centre = muted(BY_CENTRE, wrap=True)
        self.by_centre.hide()
        card.body.addWidget(self.by_centre)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)       # in a narrow card their words end in dots; none is out of sight
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        card.body.addWidget(self.tabs)
        self.data, self.rule, self.warranty, self.items = (DefinitionList() for _tab in range(4))
        self.notes = DefinitionList()
        self.key_parts, self.versions = DefinitionList(), caption(wrap=True)
        self.sample = CodeField("sample", N_("Try a serial number"), hint=N_("Scan one: is it taken?"))
        self.sample.changed.connect(self._try)
        self.verdict = Notice()
        self._tab(N_("Data"), self.data)
        self._tab(N_("Serial rule"), self.rule, self.sample, self.verdict)
        self._tab(N_("Warranty"), self.warranty, heading(N_("Key parts")), self.key_parts)
        self._tab(N_("Test sheet"), self.items, self.versions)
        self._tab(N_("Troubleshooting"), self.notes)

    def _tab(self, title: str, *widgets: QWidget) -> None:
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        place = self.tabs.addTab(page, _(title))
        bind(_Tab(self.tabs, place).say, title)

    def show_whole(self, whole: Whole) -> None:
        """Show a product."""
        self.whole = whole
        product = whole.file.product
        self.title.setText(product.model)
        self.by_centre.setVisible(not whole.file.own)
        self.below.setText("  ·  ".join(filter(None, (product.name_zh, product.name_en))))
        self.data.show_pairs(_data(whole.file))
        self.rule.show_pairs(_rule(product))
        self.warranty.show_pairs(_warranty(product))
        self.key_parts.show_pairs([_key_part(part) for part in whole.file.key_parts] or [(_("none"), "–")])
        self._show_sheet(whole)
        self.notes.show_pairs([
            ("  ".join(filter(None, (note.title, note.symptom_code))), f"{note.body}\n{note.by_name}")
            for note in whole.notes
        ] or [(_("No notes yet"), _("What technicians write here is shown at the bench."))])
        self._try()

    def _show_sheet(self, whole: Whole) -> None:
        sheet = whole.sheet
        if sheet is None:
            self.items.show_pairs([(_("No test sheet yet"), _("QA can pass its units only when there is one."))])
            self.versions.setText("")
            return
        self.items.show_pairs([_item(item) for item in sheet.items])
        lines = [_("Version {n} is in force.").format(n=sheet.version)]
        lines += [f"{other.version}: {other.note}" for other in whole.sheets if other.note]
        self.versions.setText("\n".join(lines))

    def _try(self) -> None:
        if self.whole is not None:
            try_out(self.verdict, self.sample.value(), self.whole.file.product.rule)


class _Tab(QWidget):
    """The words of one tab, for the switch of language."""

    def __init__(self, tabs: QTabWidget, place: int) -> None:
        super().__init__(tabs)
        self.hide()
        self._tabs, self._place = tabs, place

    def say(self, text: str) -> None:
        self._tabs.setTabText(self._place, text)
        self._tabs.setTabToolTip(self._place, text)


def _data(file: ProductFile) -> list[tuple[str, str]]:
    product = file.product
    soak = _n("{n} minute", "{n} minutes", product.soak_minutes).format(n=product.soak_minutes)
    return [
        (_("Product line"), product.line), (_("Followed"), label(Control(product.control))),
        (_("Storage condition"), product.storage_condition or _("none")), (_("Price class"), product.price_class),
        (_("Price of a new one"), str(Money(product.replacement_fen)) if product.replacement_fen else ""),
        (_("Soak test"), soak if product.soak_minutes else _("as policy says")), (_("Units"), str(file.units)),
        (_("Note"), product.note),
    ]


def _rule(product: Product) -> list[tuple[str, str]]:
    rule = product.rule
    return [
        (_("Letters"), label(rule.letters)), (_("Characters left out"), rule.drop), (_("Pattern"), rule.pattern),
        (_("Example"), rule.hint),
        (_("Length"), _("{least} to {most} characters").format(least=rule.min_length, most=rule.max_length)),
    ]


def _warranty(product: Product) -> list[tuple[str, str]]:
    terms = WarrantyTerms.from_dict(product.warranty)
    if terms is None:
        return [(_("Warranty"), _("no terms on record"))]
    labour = terms.months if terms.labour_months is None else terms.labour_months
    return [
        (_("Parts"), _months(terms.months)), (_("Labour"), _months(labour)), (_("Begins when"), label(terms.start)),
        (_("Begins the day after"), _("yes") if terms.day_after else _("no")),
        (_("Without proof"), label(terms.without_proof)),
        (_("Fallback event"), label(terms.fallback)),
        (_("Grace after it"), _n("{n} day", "{n} days", terms.fallback_days).format(n=terms.fallback_days)),
        (_("On a paid repair"), _("as policy says") if terms.repair_months is None else _months(terms.repair_months)),
    ]


def _months(number: int) -> str:
    return _n("{n} month", "{n} months", number).format(n=number)


def _key_part(part: KeyPart) -> tuple[str, str]:
    months = _("as the product") if part.warranty_months is None else _months(part.warranty_months)
    name = part.name_zh if language().startswith("zh") else (part.name_en or part.name_zh)
    return name, "  ".join(filter(None, (part.part_no, months)))


def _item(item: TestItem) -> tuple[str, str]:
    if item.kind is ItemKind.NUMERIC:
        limits = {
            (True, True): "{lower} … {upper} {unit}", (True, False): "≥ {lower} {unit}",
            (False, True): "≤ {upper} {unit}", (False, False): "{unit}",
        }[item.lower is not None, item.upper is not None]
        wants = limits.format(lower=item.lower, upper=item.upper, unit=item.unit).strip()
    else:
        wants = " / ".join(item.good) if item.kind is ItemKind.CHOICE else "✓"
    name = f"{item.code}  {item.name(language())}"
    return name, wants if item.mandatory else f"{wants}  ({_('optional')})"
