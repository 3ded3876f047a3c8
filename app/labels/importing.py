"""Words for importing lists. The labels of the fields are the headers of the template."""

from __future__ import annotations

from enum import Enum

from app.domain.importing.dates import DateOrder
from app.domain.importing.fates import Fate
from app.domain.importing.fields import Field
from app.domain.importing.mapping import ListKind
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Field: {
        Field.CUSTOMER: N_("Customer"),
        Field.SITE: N_("Site"),
        Field.CONTACT: N_("Contact person"),
        Field.PHONE: N_("Telephone"),
        Field.PRODUCT: N_("Product model"),
        Field.PRODUCT_LINE: N_("Product line"),
        Field.SERIAL: N_("Serial number"),
        Field.LOT: N_("Lot"),
        Field.MADE_ON: N_("Date of manufacture"),
        Field.SHIPPED_ON: N_("Date of shipment"),
        Field.SYMPTOM: N_("Symptom"),
        Field.TRIED: N_("What was tried"),
        Field.FAULT_ON: N_("Date of the fault"),
        Field.RECEIVED_ON: N_("Date received"),
        Field.ACCESSORIES: N_("Accessories"),
        Field.CONDITION: N_("Condition on arrival"),
        Field.WAY: N_("Way of return"),
        Field.BROUGHT_BY: N_("Brought by"),
        Field.WAYBILL: N_("Waybill"),
        Field.RETURN_NEEDED: N_("Return needed"),
        Field.PROMISED_ON: N_("Promised date"),
        Field.OUTCOME: N_("Outcome"),
        Field.EXTERNAL_ID: N_("Number in the list"),
        Field.SOURCE: N_("Source"),
        Field.NOTE: N_("Remarks"),
        Field.RETURNED_ON: N_("Date returned"),
        Field.FAULT: N_("Fault found"),
        Field.WORK_DONE: N_("Work done"),
        Field.TECHNICIAN: N_("Technician"),
        Field.CAUSE_CLASS: N_("Class of the cause"),
    },
    ListKind: {
        ListKind.RETURNS: N_("units that come in now"),
        ListKind.HISTORY: N_("past returns (history)"),
    },
    Fate: {
        Fate.RECEIVED: N_("taken in"),
        Fate.TAGGED: N_("taken in, tagged"),
        Fate.ALREADY_KNOWN: N_("already known"),
        Fate.REFUSED: N_("refused"),
    },
    DateOrder: {
        DateOrder.ASK: N_("refuse what is ambiguous"),
        DateOrder.DAY_FIRST: N_("day/month/year"),
        DateOrder.MONTH_FIRST: N_("month/day/year"),
    },
}
