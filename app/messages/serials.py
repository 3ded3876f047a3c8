"""Sentences about serial numbers and document numbers."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "serial.missing": N_(
        "The serial number is missing. Scan or type it; if the nameplate cannot be read, give the unit a depot tag."),
    "serial.spreadsheet-damage": N_(
        'The serial number "{value}" was destroyed by a spreadsheet. Take it from the nameplate or from the '
        "original file, with the column set to text."),
    "serial.formula": N_(
        'The serial number "{value}" begins like a spreadsheet formula. Type it as it stands on the nameplate.'),
    "serial.control-character": N_(
        'The serial number "{value}" contains a character that cannot be printed. Scan it again or type it from '
        "the nameplate."),
    "serial.length": N_(
        "The serial number \"{value}\" has {length} characters, but this product's have {minimum} to {maximum}. "
        "Check it against the nameplate."),
    "serial.pattern": N_(
        "The serial number \"{value}\" is not written like this product's serials ({hint}). Check the nameplate, or "
        "the product."),
    "serial.rule-pattern": N_(
        'The pattern "{value}" is not a regular expression ({reason}). Correct it or leave it empty.'),
    "serial.rule-length": N_(
        "The lengths {minimum} to {maximum} do not fit. The shortest is at least 1, the longest at most {longest} "
        "and not below the shortest."),
    "numbering.depot-code": N_(
        '"{value}" cannot be a depot code. Use 2 to 8 capital letters and digits, beginning with a letter, such as '
        "SH1."),
}
