"""Sentences about receiving, reporting and amending an intake."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "receiving.nothing": N_("Nothing was scanned yet. Scan the serial number of the first unit."),
    "receiving.count-mismatch": N_(
        "{announced} units were announced, {found} are here. Count again, or write a remark that explains it."),
    "receiving.product-missing": N_("The product is missing. Choose it, or type the model: it becomes a proposal."),
    "receiving.customer-missing": N_("The customer is missing. Choose it, or type the name: it becomes a proposal."),
    "receiving.unknown-product": N_('The product "{value}" is not on record any more. Choose the product again.'),
    "receiving.unknown-customer": N_('The customer "{value}" is not on record any more. Choose the customer again.'),
    "receiving.symptom-missing": N_("The symptom is missing. Write what the customer says is wrong."),
    "receiving.unknown-needs-story": N_(
        'The symptom says only "{value}". Write under "What was tried" what was done to find out.'),
    "receiving.date-in-future": N_("{value} lies in the future (today is {today}). Correct the date."),
    "receiving.promise-missing": N_("An urgent unit needs the date promised to the customer. Enter it."),
    "receiving.promise-in-past": N_("The promised date {value} has passed (today is {today}). Enter a later one."),
    "receiving.shipped-before-made": N_(
        "The unit was shipped on {value}, before it was made on {made}. Correct one of the two dates."),
    "receiving.waybill-missing": N_("The unit came by mail: the waybill number is missing. Scan or type it."),
    "receiving.accessory-name": N_("An accessory has no name. Write what it is, or take the line away."),
    "receiving.accessory-quantity": N_('"{name}": {value} pieces cannot be. Enter 1 to 999.'),
    "receiving.twice": N_("{serial} is in this crate already. Scanning it again changes nothing."),
    "receiving.already-here": N_(
        "{serial} is in the depot already: {number}, {stage}, {place}. Compare the nameplate; if the number is right, "
        "look the unit up instead of receiving it."),
    "receiving.spare-out": N_(
        "{serial} is a spare on its way to a site ({number}). Record on the page Spares that it was installed, or that it "
        "came back unused."),
    "receiving.loaner-out": N_(
        "{serial} is a loaner that is lent ({number}). Take it back on the page Spares."),
    "receiving.in-the-house": N_(
        '{serial} is on record at "{place}" and cannot come in. Compare the nameplate; if it is another unit with the '
        "same number, give it a depot tag."),
    "receiving.already-reported": N_("{serial} was reported already as {number}. Open that report and add to it."),
    "receiving.not-reported": N_("{number} is not awaited any more. Reload the list of reported units."),
    "receiving.serial-differs": N_(
        "The nameplate says {serial}, but {number} was reported for {expected}. Refuse the reported line as a wrong "
        "serial and receive {serial} on a line of its own."),
    "receiving.breach-story": N_(
        "Write how the unit came to the repair department without a receipt: this goes into the breach log."),
    "receiving.changed-meanwhile": N_(
        "{number} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose."),
    "receiving.product-planned": N_("{number} is on a repair plan ({stage}), which counts by product: take it off the plan first, then correct the product."),
    "receiving.too-late": N_('{number} is at "{stage}": its intake can no longer be changed. Write a remark instead.'),
    "receiving.serial-taken": N_(
        "The serial number {serial} belongs to another unit on record. Undo this receipt and receive that unit."),
    "receiving.serial-has-history": N_(
        "{serial} has been here before, so its serial number is not changed here. Undo this receipt and scan again."),
    "receiving.unknown-case": N_('The return case "{number}" is not on record. Check the number.'),
    "receiving.nothing-changed": N_("Nothing was changed in {number}."),
    "receiving.report-cancelled": N_("{number} is not a report any more. Reload the list."),
}
