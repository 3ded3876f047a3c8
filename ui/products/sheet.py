"""The test sheet of a product as typed: items with limits, in the order in which QA measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.inspection import ItemKind, TestItem, canonical, template_problems
from app.i18n import N_
from app.labels import labels_of
from app.services import templates
from app.services.templates import TemplateWritten, TestTemplate
from ui.dialogs.dialog import FormDialog
from ui.form import Form, LineColumn, LinesField, TextField


class SheetForm(Form):
    """The items, and why they were changed."""

    def __init__(self, items: Sequence[TestItem] = ()) -> None:
        super().__init__()
        self.items = self.add(LinesField(
            "items", N_("Test items"),
            (
                LineColumn("code", N_("Code"), tabular=True, width=76),
                LineColumn("name_zh", N_("Chinese name"), 4), LineColumn("name_en", N_("English name"), 4),
                LineColumn("kind", N_("Kind"), options=_KINDS, at_first=ItemKind.NUMERIC.value, width=120),
                LineColumn("lower", N_("At least"), tabular=True, width=76),
                LineColumn("upper", N_("At most"), tabular=True, width=76),
                LineColumn("unit", N_("Unit of measure"), width=64),
                LineColumn("good", N_("Choices that pass"), 3, tip=N_("Several with / between them.")),
                LineColumn("bad", N_("Choices that fail"), 3, tip=N_("Several with / between them.")),
                LineColumn("mandatory", N_("Mandatory"), tick=True, at_first=True, width=70),
            ),
            hint=N_("A value at the limit passes. Alt+Up and Alt+Down move a line, Ctrl+Del takes it out."),
        ))
        self.note = self.add(TextField("note", N_("What was changed, and why")))
        self.items.set_value([_as_line(item) for item in items])
        self.judge(lambda: template_problems(self.sheet()))

    def sheet(self) -> tuple[TestItem, ...]:
        """The items typed."""
        return tuple(_as_item(line) for line in self.items.value())


_KINDS: tuple[tuple[str, str], ...] = tuple((str(kind.value), words) for kind, words in labels_of(ItemKind).items())


def _as_line(item: TestItem) -> dict[str, object]:
    return {
        "code": item.code, "name_zh": item.name_zh, "name_en": item.name_en, "kind": item.kind.value,
        "lower": item.lower or "", "upper": item.upper or "", "unit": item.unit, "good": " / ".join(item.good),
        "bad": " / ".join(choice for choice in item.choices if choice not in item.good), "mandatory": item.mandatory,
    }


def _as_item(line: dict[str, Any]) -> TestItem:
    kind = ItemKind(line["kind"])
    numeric, choice = kind is ItemKind.NUMERIC, kind is ItemKind.CHOICE
    good, bad = (_choices(line[name]) if choice else () for name in ("good", "bad"))
    return TestItem(
        line["code"].strip(), line["name_zh"], line["name_en"], kind, line["unit"] if numeric else "",
        _limit(line["lower"]) if numeric else None, _limit(line["upper"]) if numeric else None, good + bad, good,
        bool(line["mandatory"]),
    )


def _limit(text: str) -> str | None:
    """The limit in canonical form; what is no number stays as typed, for the refusal."""
    return (canonical(text) or text) if text else None


def _choices(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[/、，,;；]", text) if part.strip()))


def edit_sheet(
    page: QWidget, product_id: str, now: TestTemplate | None, then: Callable[[FormDialog, TemplateWritten], None]
) -> None:
    """Open the sheet of a product; ``then(dialog, written)`` after it was saved."""
    _sheet_dialog(page, product_id, now, then).open()


def _sheet_dialog(
    page: QWidget, product_id: str, now: TestTemplate | None, then: Callable[[FormDialog, TemplateWritten], None]
) -> FormDialog:
    form = SheetForm(now.items if now else ())
    seen = now.version if now else 0
    dialog = FormDialog(
        page, N_("Test sheet"), form, accept=N_("Put in force"), draft="products.sheet",
        subject=f"{product_id}:{seen}", width=1120,
        text=N_("Saving makes a new version at once. Inspections already made keep the version they used."),
    )

    def submit() -> None:
        items, note = form.sheet(), form.note.value()
        dialog.run(
            lambda depot: templates.save(depot, product_id, items, note, seen), lambda done: then(dialog, done)
        )

    dialog.submitted.connect(submit)
    dialog.reopens(
        lambda depot: templates.active(depot, product_id), lambda found: _sheet_dialog(page, product_id, found, then))
    return dialog
