"""Sentences about spreadsheets and imports."""

from __future__ import annotations

from app.i18n import N_

_SHEET = {
    "sheet.not-found": N_("There is no file “{name}”. Check the name and the folder."),
    "sheet.unreadable": N_("The file “{name}” cannot be read ({reason}). If it is open in another program, close it there."),
    "sheet.empty": N_("“{name}” holds no table. Choose the sheet that has the list, or another file."),
    "sheet.too-big": N_("“{name}” is larger than {limit} MB. Divide the list into several files."),
    "sheet.not-a-spreadsheet": N_("“{name}” is not a spreadsheet. Choose a file of the kinds XLSX, XLS, ODS or CSV."),
    "sheet.web-page": N_(
        "“{name}” is a web page that only bears a spreadsheet's name. Open it in a spreadsheet program and save it as XLSX."),
    "sheet.password": N_("“{name}” is protected by a password. Save it without the password and choose it again."),
    "sheet.damaged": N_("“{name}” is damaged or incomplete. Open it in a spreadsheet program, save it anew, or fetch it again."),
    "sheet.no-such-sheet": N_("“{name}” has no sheet “{sheet}”. It has: {sheets}."),
    "sheet.undecodable": N_(
        "Line {row} of “{name}” cannot be read in the expected encoding. Choose the encoding, or save the list as XLSX."),
    "sheet.broken-quotes": N_(
        "The quotation marks in row {row} of “{name}” do not match. Correct that row, or save the list as XLSX."),
}

SENTENCES = _SHEET
