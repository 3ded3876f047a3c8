"""Products: the models that come back, how their serials look, how they are stored, tested and warranted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.masterdata import Product
from app.domain.people import Action
from app.i18n import N_, _, _n
from app.services import knowledge, products, templates
from app.services.products import ProductFile, ProductFilter, ProductLine
from ui.dialogs.dialog import FormDialog, ask
from ui.masterdata.catalogue import Catalogue
from ui.masterdata.words import BY_CENTRE, allow, state, taken_back
from ui.models import Column
from ui.naming import named
from ui.products.card import ProductCard, Whole
from ui.products.forms import MergeForm, ProductForm
from ui.products.notes import edit_notes
from ui.products.sheet import edit_sheet
from ui.tones import Tone
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot


def _state(line: ProductLine) -> tuple[str, Tone]:
    p = line.product
    return state(active=p.active, proposed=p.proposed, merged=p.merged_into is not None)


COLUMNS: tuple[Column[ProductLine], ...] = (
    Column("model", N_("Model"), text=lambda p: p.product.model, bold=True, tabular=True, width=140, order="model"),
    Column("name", N_("Name"), text=lambda p: named(p.product.name_zh, p.product.name_en), grow=True),
    Column("name_zh", N_("Chinese name"), text=lambda p: p.product.name_zh, hidden=True),
    Column("name_en", N_("English name"), text=lambda p: p.product.name_en, hidden=True),
    Column("line", N_("Product line"), text=lambda p: p.product.line, width=90),
    Column("condition", N_("Storage condition"), text=lambda p: p.product.storage_condition, hidden=True),
    Column("sheet", N_("Test sheet"), text=lambda p: _("version {n}").format(n=p.template_version)
           if p.template_version else "–", sort=lambda p: p.template_version, width=100),
    Column("units", N_("Units"), text=lambda p: str(p.units), sort=lambda p: p.units, align="right", width=70),
    Column("open", N_("Open cases"), text=lambda p: str(p.open_cases or "–"), sort=lambda p: p.open_cases,
           align="right", width=100, bold=lambda p: p.open_cases > 0),
    Column("state", N_("State"), text=lambda p: _(_state(p)[0]), tone=lambda p: _state(p)[1], chip=True, width=110),
)


class ProductsPage(Catalogue[ProductLine]):
    """The list of products."""

    columns = COLUMNS
    placeholder = N_("Model, name or pinyin initials")
    empty = ("ph.cube", N_("No product here"),
             N_("Products appear when the first unit is received; or enter one with Ctrl+N."))
    toggles = (("proposed", N_("Proposals only")), ("inactive", N_("Include inactive")))

    def build_tools(self) -> None:
        self.lines = QComboBox()
        self.lines.setMinimumWidth(160)
        bind(self.lines.setAccessibleName, N_("Product line"))
        self.lines.addItem("", "")
        self.lines.currentIndexChanged.connect(lambda _at: super(ProductsPage, self).reload())
        self.filters.insertWidget(1, self.lines)
        for button in (
            self.button("products.switch", self._switch), self.button("products.merge", self._merge),
            self.button("products.adopt", self._adopt), self.button("products.sheet", self._sheet),
            self.button("products.notes", self._notes),
            self.button("products.edit", self._edit_current), self.button("products.add", self._add, kind="primary"),
        ):
            self.header.add(button)
        self.act("products.find", self.line.setFocus)
        self.desk.operator_changed.connect(self._permit)
        self._permit()

    def build_card(self) -> QWidget:
        self.own = True              # whether the product marked may be changed here: not one of head office's
        self.card = ProductCard()
        return self.card

    # -- the list ------------------------------------------------------------------------------------------------

    def key(self, line: ProductLine) -> object:
        return line.id

    def reload(self) -> None:
        self.run(products.lines, self._show_lines, quiet=True, replace="lines")
        super().reload()

    def _show_lines(self, lines: tuple[str, ...]) -> None:
        chosen = self.lines.currentData()
        self.lines.blockSignals(True)
        self.lines.clear()
        self.lines.addItem(_("every product line"), "")
        for line in lines:
            self.lines.addItem(line, line)
        self.lines.setCurrentIndex(max(0, self.lines.findData(chosen)))
        self.lines.blockSignals(False)

    def _filter(self) -> ProductFilter:
        return ProductFilter(
            self.line.text().strip(), str(self.lines.currentData() or ""), self.on("proposed"), self.on("inactive")
        )

    def fetcher(self) -> Callable[[Depot, ProductLine | None, int, bool], Sequence[ProductLine]]:
        wanted = self._filter()
        return lambda depot, after, limit, descending: products.products(
            depot, wanted, after, limit, descending=descending)

    def counter(self) -> Callable[[Depot], int]:
        wanted = self._filter()
        return lambda depot: products.count(depot, wanted)

    def counted(self, number: int) -> str:
        return _n("{n} product", "{n} products", number).format(n=number)

    def show_line(self, line: ProductLine | None) -> None:
        self.card.setVisible(line is not None)
        self.own = True
        self._permit()
        if line is not None:
            self.run(
                lambda depot: Whole(
                    products.file(depot, line.id), templates.versions(depot, line.id),
                    knowledge.notes(depot, line.id)),
                self._show_whole, lambda _error: True, quiet=True, replace="file",
            )

    def _show_whole(self, whole: Whole) -> None:
        self.card.show_whole(whole)
        self.own = whole.file.own
        self._permit()

    # -- what can be done ----------------------------------------------------------------------------------------

    def _permit(self) -> None:
        line, master = self.table.current(), self.desk.permits(Action.EDIT_MASTER)
        live = line is not None and line.product.merged_into is None
        master = master and (self.own or line is None)
        allow(
            self, "products", edit=master and live,
            add=self.desk.permits(Action.EDIT_MASTER) or self.desk.permits(Action.PROPOSE_MASTER),
            merge=master and live, switch=master and live,
            sheet=live and self.desk.permits(Action.EDIT_TEST_TEMPLATES),
            notes=live and self.desk.permits(Action.WRITE_NOTES),
            adopt=master and live and line is not None and line.product.proposed,
        )

    def _notes(self) -> None:
        line = self.table.current()
        if line is not None:
            self.run(lambda depot: knowledge.notes(depot, line.id), lambda found: edit_notes(
                self, line.id, found,
                lambda dialog, done: self._written(dialog, line.id, done.entry_id, _("Notes saved"))))

    def _add(self) -> None:
        form = ProductForm()
        dialog = FormDialog(
            self, N_("New product"), form, accept=N_("Enter product"), draft="products.new", width=860
        )

        def submit() -> None:
            product, parts = form.product(), form.parts()
            dialog.run(
                lambda depot: products.add(depot, product, parts),
                lambda done: self._written(dialog, done.product.id, done.entry_id,
                                           _("{name} entered").format(name=done.product.model)),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _edit_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self.edit(line)

    def edit(self, line: ProductLine) -> None:
        if self.desk.permits(Action.EDIT_MASTER) and line.product.merged_into is None:
            self.run(lambda depot: products.file(depot, line.id), self._may_edit)
        elif self.desk.permits(Action.EDIT_TEST_TEMPLATES):
            self._sheet()

    def _may_edit(self, file: ProductFile) -> None:
        if file.own:
            self._editing(file).open()
        else:
            self.frame.toast(_(BY_CENTRE), Tone.INFO)

    def _editing(self, file: ProductFile) -> FormDialog:
        form = ProductForm(file.product, file.key_parts)
        dialog = FormDialog(
            self, N_("Edit product"), form, draft="products.edit", subject=f"{file.product.id}:{file.seen}", width=860
        )

        def submit() -> None:
            product = form.product()
            if product.rule != file.product.rule:
                dialog.run(
                    lambda depot: products.try_rule(depot, product.id, product.rule),
                    lambda trial: self._try_first(dialog, file, product, form, trial),
                )
            else:
                self._save(dialog, product, form, file.seen)

        dialog.submitted.connect(submit)
        dialog.reopens(lambda depot: products.file(depot, file.product.id), self._editing)
        return dialog

    def _try_first(
        self, dialog: FormDialog, file: ProductFile, product: Product, form: ProductForm, trial: products.RuleTrial
    ) -> None:
        """A new rule that refuses serials on record is asked about before it is set."""
        if not trial.refused:
            self._save(dialog, product, form, file.seen)
            return
        text = _("Of the {n} newest units on record, the new rule would refuse {serials}. Set it all the same?").format(
            n=trial.tried, serials=", ".join(serial for serial, _problem in trial.refused))
        ask(dialog, N_("Serial rule"), text, N_("Set the rule"), lambda: self._save(dialog, product, form, file.seen))

    def _save(self, dialog: FormDialog, product: Product, form: ProductForm, seen: int) -> None:
        parts = form.parts()
        dialog.run(
            lambda depot: products.edit(depot, product, parts, seen),
            lambda done: self._written(dialog, done.product.id, done.entry_id,
                                       _("{name} changed").format(name=done.product.model)),
        )

    def _sheet(self) -> None:
        line = self.table.current()
        if line is None:
            return

        def saved(dialog: FormDialog, done: templates.TemplateWritten) -> None:
            text = _("Test sheet of {name}: version {n} is in force").format(
                name=line.product.model, n=done.template.version)
            self._written(dialog, line.id, done.entry_id, text)

        self.run(lambda depot: templates.active(depot, line.id), lambda now: edit_sheet(self, line.id, now, saved))

    def _adopt(self) -> None:
        line = self.table.current()
        if line is not None:
            self.run(
                lambda depot: products.adopt(depot, line.id),
                lambda done: self._said(line.id, done.entry_id, _("{name} adopted").format(name=done.product.model)),
            )

    def _switch(self) -> None:
        line = self.table.current()
        if line is not None:
            text = _("{name} deactivated") if line.product.active else _("{name} reactivated")
            self.run(
                lambda depot: products.switch(depot, line.id, active=not line.product.active),
                lambda done: self._said(line.id, done.entry_id, text.format(name=done.product.model)),
            )

    def _merge(self) -> None:
        line = self.table.current()
        if line is None:
            return
        form = MergeForm(self.desk, line.product)
        dialog = FormDialog(
            self, N_("Merge into another product"), form, accept=N_("Merge"),
            text=N_("Units and cases go over. The merged product stays on record and points to the other."),
        )
        dialog.submitted.connect(lambda: self._sure(dialog, line.product, form))
        dialog.open()

    def _sure(self, dialog: FormDialog, product: Product, form: MergeForm) -> None:
        into = str(form.into.value())
        text = _('Merge "{name}" into "{into}"?').format(name=product.model, into=form.into.text())
        ask(dialog, N_("Merge products"), text, N_("Merge"), lambda: dialog.run(
            lambda depot: products.merge(depot, product.id, into),
            lambda done: self._written(dialog, done.product.id, done.entry_id,
                                       _("Merged into {name}").format(name=done.product.model)),
        ))

    def _written(self, dialog: FormDialog, product_id: str, entry_id: str, text: str) -> None:
        dialog.done_well()
        self._said(product_id, entry_id, text)

    def _said(self, product_id: str, entry_id: str, text: str) -> None:
        self.open_subject(product_id)
        self.frame.toast(text, undo=taken_back(entry_id))
