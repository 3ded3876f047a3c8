"""Our own returns list to fill in: saved from the program in Chinese or English, recognised when it comes back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.importing.fields import HISTORY_ONLY, RULES, Field, Reading
from app.domain.importing.lines import EXAMPLE
from app.errors import Unavailable
from app.i18n import N_, Translator, translator
from app.labels import label

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

#: What stands in the example row; the importer refuses the row by its identifier.
_EXAMPLE: dict[Field, str] = {
    Field.CUSTOMER: N_("Huaneng Wind Farm No. 3"),
    Field.SITE: N_("Turbine 17"),
    Field.CONTACT: N_("Zhang Wei"),
    Field.PHONE: "021-5550 0100",
    Field.PRODUCT: "DCU-200",
    Field.PRODUCT_LINE: N_("Controllers"),
    Field.SERIAL: "002611-00042",
    Field.LOT: "2608-A",
    Field.MADE_ON: "2026-03-12",
    Field.SHIPPED_ON: "2026-04-02",
    Field.SYMPTOM: N_("Display stays dark after power-on"),
    Field.TRIED: N_("Fuse replaced, supply measured: 24.1 V"),
    Field.FAULT_ON: "2026-10-28",
    Field.RECEIVED_ON: "2026-11-02",
    Field.ACCESSORIES: N_("Power cable ×2; terminal cover"),
    Field.CONDITION: N_("Scratch on the front"),
    Field.WAY: N_("mailed"),
    Field.BROUGHT_BY: N_("customer"),
    Field.WAYBILL: "SF1234567890123",
    Field.RETURN_NEEDED: N_("yes"),
    Field.PROMISED_ON: "2026-11-20",
    Field.OUTCOME: "",
    Field.EXTERNAL_ID: EXAMPLE,
    Field.SOURCE: "",
    Field.NOTE: "",
}

_NOTES: dict[Field, str] = {
    Field.CUSTOMER: N_("As on record, or its code. One that is not on record is proposed."),
    Field.PRODUCT: N_("As on record. One that is not on record is proposed."),
    Field.SERIAL: N_("As on the nameplate, zeros included. Leave it empty where the nameplate cannot be read."),
    Field.MADE_ON: N_("The day; a year alone is kept under remarks."),
    Field.SYMPTOM: N_('What the customer says; not "unknown" alone.'),
    Field.RECEIVED_ON: N_("Empty: the day of the import."),
    Field.ACCESSORIES: N_("Separated by semicolons, the number behind ×."),
    Field.WAY: N_("carried or mailed"),
    Field.BROUGHT_BY: N_("company, customer or partner"),
    Field.RETURN_NEEDED: N_("yes or no; empty: decided later"),
    Field.OUTCOME: N_("What another system says became of the unit; kept and counted."),
    Field.EXTERNAL_ID: N_("Your own number of the row. A row with the same number is never taken twice."),
    Field.SOURCE: N_("Where the list comes from, if there are several."),
}

_CHOICES: dict[Field, tuple[str, ...]] = {
    Field.WAY: (N_("carried"), N_("mailed")),
    Field.BROUGHT_BY: (N_("company"), N_("customer"), N_("partner")),
    Field.RETURN_NEEDED: (N_("yes"), N_("no")),
}

#: The columns of the list, in order; what only past returns tell has no place in it.
_COLUMNS = tuple(f for f in Field if f not in HISTORY_ONLY)

_WIDTHS = {Reading.NARRATIVE: 32, Reading.DAY: 12, Reading.CHOICE: 11, Reading.YES_NO: 11, Reading.ITEMS: 26}
_ROWS = 5_000


def save_template(path: Path, language: str) -> None:
    """Write the empty list to ``path`` (``.csv`` or ``.xlsx``) in ``language``. Raises ``sheet.unwritable``."""
    t = translator(language)
    data = _csv(t) if path.suffix.lower() == ".csv" else _xlsx(t)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Unavailable("sheet.unwritable", name=path.name, reason=error.strerror or "?") from error


def _csv(t: Translator) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([label(f, t) for f in _COLUMNS])
    writer.writerow([t(_EXAMPLE[f]) for f in _COLUMNS])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _xlsx(t: Translator) -> bytes:
    from xlsxwriter.workbook import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _list_sheet(book, t)
    _notes_sheet(book, t)
    book.close()
    return target.getvalue()


def _list_sheet(book: Workbook, t: Translator) -> None:
    """The list: every column is text, so that no spreadsheet program touches a serial or a date."""
    page = book.add_worksheet(t("Returns list"))
    text = book.add_format({"num_format": "@", "valign": "top"})
    plain = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F4", "text_wrap": True, "valign": "vcenter"})
    needed = book.add_format(
        {"bold": True, "bottom": 2, "bg_color": "#D9E6F2", "text_wrap": True, "valign": "vcenter"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#8A919C", "valign": "top"})
    for index, f in enumerate(_COLUMNS):
        rule = RULES[f]
        page.set_column(index, index, _WIDTHS.get(rule.reading, 18), text)
        page.write_string(0, index, label(f, t), needed if rule.required or f is Field.SERIAL else plain)
        page.write_string(1, index, t(_EXAMPLE[f]), example)
        if f in _CHOICES:
            page.data_validation(1, index, _ROWS, index, {
                "validate": "list", "source": [t(choice) for choice in _CHOICES[f]], "error_type": "warning"})
    page.set_row(0, 32)
    page.freeze_panes(1, 0)


def _notes_sheet(book: Workbook, t: Translator) -> None:
    page = book.add_worksheet(t("How to fill it in"))
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 10)
    page.set_column(2, 2, 34, wrapped)
    page.set_column(3, 3, 70, wrapped)
    for column, title in enumerate((N_("Column"), N_("Required"), N_("Example"), N_("What belongs there"))):
        page.write_string(0, column, t(title), bold)
    for row, f in enumerate(_COLUMNS, start=1):
        rule = RULES[f]
        note = t(_NOTES[f]) if f in _NOTES else t("A date such as 2026-11-03.") if rule.reading is Reading.DAY else ""
        page.write_string(row, 0, label(f, t))
        page.write_string(row, 1, t("yes") if rule.required else "")
        page.write_string(row, 2, t(_EXAMPLE[f]))
        page.write_string(row, 3, note)
    after = len(_COLUMNS) + 2
    page.write_string(after, 0, t("Columns may be left out, moved or renamed; the import page asks what they mean."))
    page.write_string(after + 1, 0, t("Overwrite the grey example row; it is refused if it stays."))
    page.freeze_panes(1, 0)
