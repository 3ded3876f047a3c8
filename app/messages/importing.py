"""Sentences about spreadsheets and imports. Those of a row stand behind its number and need not name it."""

from __future__ import annotations

from app.i18n import N_

_SHEET = {
    "sheet.not-found": N_('There is no file "{name}". Check the name and the folder.'),
    "sheet.unreadable": N_(
        'The file "{name}" cannot be read ({reason}). If another program has it open, close it there.'),
    "sheet.empty": N_('"{name}" holds no table. Choose the sheet that has the list, or another file.'),
    "sheet.too-big": N_('"{name}" is larger than {limit} MB. Divide the list into several files.'),
    "sheet.not-a-spreadsheet": N_('"{name}" is not a spreadsheet. Choose a file of the kinds XLSX, XLS, ODS or CSV.'),
    "sheet.web-page": N_(
        "\"{name}\" is a web page that only bears a spreadsheet's name. "
        "Open it in a spreadsheet program, save it as XLSX."),
    "sheet.password": N_('"{name}" is protected by a password. Save it without the password and choose it again.'),
    "sheet.damaged": N_('"{name}" is damaged or incomplete. Open it in a spreadsheet program and save it anew.'),
    "sheet.no-such-sheet": N_('"{name}" has no sheet "{sheet}". It has: {sheets}.'),
    "sheet.undecodable": N_(
        'Line {row} of "{name}" cannot be read in the expected encoding. '
        "Choose the encoding, or save the list as XLSX."),
    "sheet.broken-quotes": N_(
        'The quotation marks in row {row} of "{name}" do not match. Correct that row, or save the list as XLSX.'),
    "sheet.unwritable": N_('"{name}" cannot be written ({reason}). If another program has it open, close it there.'),
}

_MAPPING = {
    "mapping.not-a-mapping": N_(
        "This file is not a saved column mapping. Choose one that was saved on the import page."),
    "mapping.column-missing": N_(
        'The list has no column "{column}" (for: {what}). Choose the right mapping, or map anew.'),
    "mapping.field-twice": N_('Two columns are mapped to "{what}". Only one can be; leave the other out.'),
    "mapping.field-required": N_('No column gives "{what}". Map a column to it, or give one value for all rows.'),
}

_VALUES = {
    "import.control-character": N_("{what}: {count} unprintable characters ({character}) were removed."),
    "import.private-character": N_("{what}: the character {character} has no agreed meaning; no font can show it."),
    "import.literal-breaks": N_("{what}: the characters \\r\\n or \\n became line breaks, {count} times."),
    "import.error-cell": N_("{what}: the cell shows the error {value}. Correct the cell."),
    "import.formula": N_('{what}: "{value}" is a formula. Type the value itself.'),
    "import.formula-result": N_('{what}: "{value}" is the result of a formula, taken as it was last calculated.'),
    "import.formula-text": N_('{what}: the text begins like a formula: "{value}". It is kept as text.'),
    "import.digits-lost": N_(
        '{what}: a spreadsheet shortened "{value}"; its last digits are lost. '
        "Set the column to text and enter it again."),
    "import.serial-became-date": N_(
        "A spreadsheet made the serial number into the date {value}. Set the column to text and enter it again."),
    "import.too-long": N_("{what}: {length} characters are too many, at most {longest} are allowed. Shorten it."),
    "import.too-many-cells": N_(
        "The row has {count} cells, the header {columns}. "
        "A delimiter inside a text has moved the columns: quote that text."),
    "import.unknown-word": N_('{what}: "{value}" is not understood. It is kept under remarks.'),
    "import.date-impossible": N_('{what}: there is no day "{value}". Correct the date.'),
    "import.date-ambiguous": N_(
        '{what}: "{value}" can be read in two ways. Say whether the day or the month comes first.'),
    "import.date-unreadable": N_('{what}: "{value}" is not a date. Write it as 2026-11-03.'),
    "import.date-year-only": N_(
        '{what}: "{value}" is only a year. It is kept under remarks where the day is not needed.'),
    "import.date-from-number": N_("{what}: the number {value} was taken as the date {day}."),
    "import.date-future": N_("{what}: {value} has not come yet. Correct the date."),
    "import.date-too-early": N_("{what}: {value} is too long ago to be true. Correct the date."),
    "import.dates-reversed": N_("{earlier} {first} lies after {later} {second}. Correct one of them."),
    "import.customer-missing": N_("The customer is missing. Fill it in, or give one customer for all rows."),
    "import.product-missing": N_("The product model is missing. Fill it in, or give one product for all rows."),
    "import.symptom-missing": N_("The symptom is missing. It can be added to the return case later."),
    "import.symptom-unknown-alone": N_(
        '"{value}" alone does not tell the symptom. Ask what was tried to find out, and add it to the return case.'),
    "import.past-without-day": N_(
        "A past return needs the day it was received or returned. Map a column of dates, or fill the cell in."),
    "import.outcome-unknown": N_(
        'The outcome "{value}" is none we know. It is kept as it is; the case has no result of its own.'),
    "import.cause-unknown": N_(
        'The cause class "{value}" is none we know. The case counts as undetermined; give the class in our words.'),
    "import.example-row": N_("This is the template's example row. Overwrite or delete it."),
}

_FATES = {
    "import.no-serial": N_("The row has no serial number: the unit gets a depot tag."),
    "import.unknown-tag": N_(
        "No unit of this depot bears the tag {serial}. Correct it, or leave it empty for a new tag."),
    "import.unit-in-house": N_("The unit {serial} is already with us or announced, under {case}."),
    "import.already-imported": N_("The row was imported before, with batch {batch}."),
    "import.visit-on-record": N_("The return of {serial} on that day is on record already, under {case}."),
    "import.duplicate-serial": N_(
        "The serial number {serial} already stands in row {row} of this file. Remove one of them."),
    "import.duplicate-row": N_('"{value}" already stands in row {row} of this file. Remove one of them.'),
    "import.same-as-row": N_("The row says exactly what row {row} says. Both are taken as units of their own."),
    "import.serial-of-other-product": N_("The serial number {serial} is also on record for the product {product}."),
    "import.product-ambiguous": N_(
        'Several products are called "{value}". Write the model exactly as it is on record.'),
    "import.customer-ambiguous": N_("Several customers are called \"{value}\". Write the customer's code instead."),
    "import.new-product": N_('The product "{value}" is not on record. It will be proposed and can be used at once.'),
    "import.new-customer": N_(
        'The customer "{value}" is not on record. It will be proposed and can be used at once.'),
}

_STANDARD = {
    "import.standard-id": N_(
        'The identifier "{value}" is not written as the standard demands (letters-digits). It is kept.'),
    "import.standard-status": N_("The repair status \"{value}\" is not one of the standard's. It is kept."),
    "import.standard-barrier": N_("The repair barrier \"{value}\" is not one of the standard's. It is kept."),
    "import.standard-older-barrier": N_(
        'The repair barrier "{value}" is an older wording of "{current}". It is kept.'),
    "import.standard-barrier-without-end": N_(
        'A repair barrier ("{value}") belongs to End of life, not to "{status}". It is kept.'),
}

_BATCH = {
    "import.changed-since": N_(
        "Since the rehearsal, {count} rows would meet another fate, the first in row {row}. Rehearse the list again."),
    "import.unknown-batch": N_("There is no such import. Reload the list of imports."),
    "import.moved-on": N_(
        "Import {number} cannot be taken back: {count} of its units have moved on ({units}). "
        "Take those steps back first."),
    "import.past-in-use": N_(
        "Import {number} cannot be taken back: {count} of its units have come in since ({units}). "
        "Take those receipts back first."),
    "mapping.name-missing": N_("The mapping has no name. Give it one, such as where the list comes from."),
}

SENTENCES = {**_BATCH, **_SHEET, **_MAPPING, **_VALUES, **_FATES, **_STANDARD}
