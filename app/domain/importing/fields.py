"""What a returns list can tell about a unit: the fields a column can be mapped to, and how each is read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """A field of a returns list; in the order in which the template has its columns."""

    CUSTOMER = "CUSTOMER"
    SITE = "SITE"
    CONTACT = "CONTACT"
    PHONE = "PHONE"
    PRODUCT = "PRODUCT"
    PRODUCT_LINE = "PRODUCT_LINE"
    SERIAL = "SERIAL"
    LOT = "LOT"
    MADE_ON = "MADE_ON"
    SHIPPED_ON = "SHIPPED_ON"
    SYMPTOM = "SYMPTOM"
    TRIED = "TRIED"
    FAULT_ON = "FAULT_ON"
    RECEIVED_ON = "RECEIVED_ON"
    ACCESSORIES = "ACCESSORIES"
    CONDITION = "CONDITION"
    WAY = "WAY"
    BROUGHT_BY = "BROUGHT_BY"
    WAYBILL = "WAYBILL"
    RETURN_NEEDED = "RETURN_NEEDED"
    PROMISED_ON = "PROMISED_ON"
    OUTCOME = "OUTCOME"
    EXTERNAL_ID = "EXTERNAL_ID"
    SOURCE = "SOURCE"
    NOTE = "NOTE"
    RETURNED_ON = "RETURNED_ON"
    FAULT = "FAULT"
    WORK_DONE = "WORK_DONE"
    TECHNICIAN = "TECHNICIAN"
    CAUSE_CLASS = "CAUSE_CLASS"


#: What only a list of past returns tells; in a list of units that come in it is kept under remarks.
HISTORY_ONLY = frozenset({Field.RETURNED_ON, Field.FAULT, Field.WORK_DONE, Field.TECHNICIAN, Field.CAUSE_CLASS})


class Reading(StrEnum):
    """How the cells of a field are read."""

    LINE = "LINE"                # one line of text
    NARRATIVE = "NARRATIVE"      # free text, line breaks kept
    IDENTIFIER = "IDENTIFIER"    # text in which every character counts
    SERIAL = "SERIAL"
    DAY = "DAY"
    CHOICE = "CHOICE"
    YES_NO = "YES_NO"
    ITEMS = "ITEMS"              # a list in one cell


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is read. ``longest``: characters allowed. ``joins``: several columns may feed it."""

    reading: Reading
    longest: int = 200
    required: bool = False
    joins: bool = False


RULES: dict[Field, FieldRule] = {
    Field.CUSTOMER: FieldRule(Reading.LINE, 120, required=True),
    Field.SITE: FieldRule(Reading.LINE),
    Field.CONTACT: FieldRule(Reading.LINE, 80),
    Field.PHONE: FieldRule(Reading.IDENTIFIER, 60),
    Field.PRODUCT: FieldRule(Reading.LINE, 120, required=True),
    Field.PRODUCT_LINE: FieldRule(Reading.LINE, 120),
    Field.SERIAL: FieldRule(Reading.SERIAL, 80),
    Field.LOT: FieldRule(Reading.IDENTIFIER, 80),
    Field.MADE_ON: FieldRule(Reading.DAY),
    Field.SHIPPED_ON: FieldRule(Reading.DAY),
    Field.SYMPTOM: FieldRule(Reading.NARRATIVE, 10_000, joins=True),
    Field.TRIED: FieldRule(Reading.NARRATIVE, 10_000, joins=True),
    Field.FAULT_ON: FieldRule(Reading.DAY),
    Field.RECEIVED_ON: FieldRule(Reading.DAY),
    Field.ACCESSORIES: FieldRule(Reading.ITEMS, 2_000, joins=True),
    Field.CONDITION: FieldRule(Reading.NARRATIVE, 2_000, joins=True),
    Field.WAY: FieldRule(Reading.CHOICE),
    Field.BROUGHT_BY: FieldRule(Reading.CHOICE),
    Field.WAYBILL: FieldRule(Reading.IDENTIFIER, 80),
    Field.RETURN_NEEDED: FieldRule(Reading.YES_NO),
    Field.PROMISED_ON: FieldRule(Reading.DAY),
    Field.OUTCOME: FieldRule(Reading.LINE, 80),
    Field.EXTERNAL_ID: FieldRule(Reading.IDENTIFIER, 80),
    Field.SOURCE: FieldRule(Reading.LINE, 120),
    Field.NOTE: FieldRule(Reading.NARRATIVE, 10_000, joins=True),
    Field.RETURNED_ON: FieldRule(Reading.DAY),
    Field.FAULT: FieldRule(Reading.NARRATIVE, 2_000, joins=True),
    Field.WORK_DONE: FieldRule(Reading.NARRATIVE, 10_000, joins=True),
    Field.TECHNICIAN: FieldRule(Reading.LINE, 80),
    Field.CAUSE_CLASS: FieldRule(Reading.LINE, 80),
}


def fold(text: str) -> str:
    """``text`` as names and words are compared: width, case and spaces do not matter."""
    if text.isascii():
        return " ".join(text.casefold().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _mean(meaning: str, *words: str) -> dict[str, str]:
    return dict.fromkeys(map(fold, words), meaning)


#: The words people write for each choice, folded. A mapping can add its own.
WORDS: dict[Field, dict[str, str]] = {
    Field.WAY: {
        **_mean("CARRIED", "carried", "hand carried", "in person", "随身携带", "携带", "自带", "带回", "送修", "送货"),
        **_mean("MAILED", "mailed", "mail", "courier", "post", "parcel", "express", "邮寄", "快递", "寄回", "物流"),
    },
    Field.BROUGHT_BY: {
        **_mean("COMPANY", "company", "our staff", "field staff", "公司", "本公司", "公司人员", "外场", "外场人员"),
        **_mean("CUSTOMER", "customer", "user", "用户", "客户", "使用单位"),
        **_mean("PARTNER", "partner", "development partner", "dealer", "研制单位", "合作单位", "经销商"),
    },
    Field.RETURN_NEEDED: {
        **_mean("YES", "yes", "y", "true", "1", "是", "需要", "需", "要", "返", "返回", "需返回", "√"),
        **_mean("NO", "no", "n", "false", "0", "否", "不需要", "不需", "不要", "不返", "不返回", "无需", "×"),
    },
}
