"""Forms: fields with a name, rows with one line for the problem, a gate for the button, drafts that save themselves."""

from __future__ import annotations

from ui.form.choice import ChoiceField, Option
from ui.form.dates import DateField
from ui.form.draft import Draft
from ui.form.field import Field
from ui.form.fields import CodeField, MultilineField, NumberField, SegmentField, SerialField, TextField, TickField
from ui.form.files import FilesField
from ui.form.form import Form
from ui.form.lines import LineColumn, LinesField
from ui.form.ticks import TicksField

__all__ = [
    "ChoiceField", "CodeField", "DateField", "Draft", "Field", "FilesField", "Form", "LineColumn", "LinesField",
    "MultilineField", "NumberField", "Option", "SegmentField", "SerialField", "TextField", "TickField", "TicksField",
]
