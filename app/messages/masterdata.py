"""Sentences about customers, products, parts and codes."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "masterdata.gone": N_("{name} is no longer on record. Reload the list."),
    "masterdata.changed-meanwhile": N_(
        "{name} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose."),
    "masterdata.by-centre": N_(
        "{name} comes from head office and is changed there; every depot gets the change with its next sync."),
    "masterdata.adopted-at-centre": N_("{name} is a proposal of this depot. Head office adopts it, or joins it to what is there."),
    "customer.name-missing": N_("The name of the customer is missing. Type it as it shall stand on papers."),
    "customer.name-long": N_("The name of the customer is longer than {most} characters. Put the address elsewhere."),
    "customer.name-taken": N_('"{value}" is on record already (code {code_of}). Use that customer.'),
    "customer.code-taken": N_('The code "{value}" belongs to {name}. Choose another, or leave it empty.'),
    "customer.merge-itself": N_("{name} cannot be merged into itself. Choose another customer."),
    "customer.merge-merged": N_("{name} was merged already. Choose the customer it was merged into."),
    "undo.customer-used": N_(
        "{number} cannot be undone: {units} units and {cases} return cases belong to it. Merge it, or deactivate it."),
    "product.model-missing": N_("The model is missing. Type it as it stands on the nameplate."),
    "product.name-missing": N_("The Chinese name of the product is missing. Type it as it shall stand on papers."),
    "product.price": N_("{value} is no price of a new unit. Type 0 to {most}; 0 means that it is not known."),
    "product.condition-form": N_('"{value}" reads as two storage conditions. Use one word without a comma.'),
    "product.model-taken": N_('The model "{value}" is on record already. Use that product.'),
    "product.merge-itself": N_("{name} cannot be merged into itself. Choose another product."),
    "product.merge-merged": N_("{name} was merged already. Choose the product it was merged into."),
    "product.merge-serials": N_(
        "{count} serials are on record under both products ({value}, …), so they are not merged. Correct these first."),
    "product.units-do-not-fit": N_(
        "{count} units here could not stay on their shelf ({value}, …). Move them first, then change the condition."),
    "undo.product-used": N_(
        "{number} cannot be undone: {units} units belong to it. Merge it, or deactivate it."),
    "part.number-missing": N_("The part number is missing. Type it as it stands on the part or its drawer."),
    "part.name-missing": N_("The Chinese name of the part is missing. Type it."),
    "part.price": N_("{value} is no list price of a part. Type 0 to {most}; 0 means that it has none."),
    "part.number-taken": N_('The part number "{value}" is on record already ({name}). Use that part.'),
    "part.quantity-missing": N_("The quantity is 0. Type how many pieces came in or are missing."),
    "part.reason-missing": N_("A stock correction needs its reason. Say in a few words why the count differs."),
    "part.stock-short": N_(
        "{place} has {stock} of {name} ({grade}), so {value} cannot be taken out. Choose another place, or count again."),
    "part.unknown": N_('The part "{value}" is not on record. Choose one of the list.'),
    "undo.part-used": N_("{number} cannot be undone: the part has been used since. Correct its stock instead."),
    "undo.stock-short": N_("{number} cannot be undone: only {stock} are left in stock. Correct the stock instead."),
    "code.name-missing": N_("The Chinese words of code {value} are missing. Type them."),
    "code.taken": N_("The code {value} is on record already ({name}). Choose another."),
    "code.kind": N_('Row {row}: "{value}" is none of the tables of codes. Use SYMPTOM, FAULT or RESOLUTION.'),
    "code.cause": N_('Row {row}: "{value}" is no cause class. Leave it empty or take one from the exported table.'),
    "code.row": N_('Row {row}: "{value}" is not written like a code. Use 1 to 3 capital letters and 2 to 4 digits.'),
    "code.row-name": N_("Row {row}: the Chinese words of {value} are missing. Type them."),
    "code.columns": N_("The first row must name the columns {columns}. Export the table to see the form."),
    "template.changed-meanwhile": N_(
        "The test template was changed by {by} at {at}, since you opened it: it is now version {version}. Nothing you "
        "typed is lost: compare and choose."),
    "template.unchanged": N_("Nothing differs from version {version}. Change an item, or leave it as it is."),
}
