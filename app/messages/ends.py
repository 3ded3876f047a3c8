"""Sentences of scrap, kept units, determinations and exchanges."""

from app.i18n import N_

SENTENCES = {
    "scrap.not-ruled": N_('Case {number} is at "{stage}": no ruling orders scrapping. Rule on it first.'),
    "scrap.not-approved": N_("The scrapping of {serial} ({number}) is not approved yet: ask, and wait for the answer."),
    "scrap.refused": N_("{name} has refused the scrapping of {number}: {reason}. Ask again or rule otherwise."),
    "scrap.elsewhere": N_('Unit {serial} is at "{place}": bring it to the counter first.'),
    "scrap.signatures-missing": N_("Unit {serial} stands in the lab: R&D and after-sales sign for the way to the scrap zone (D)."),
    "scrap.unknown": N_("This scrapping was taken back. Look again."),
    "scrap.gone": N_('Unit {serial} ({number}) is at "{place}", not in the scrap zone (D) any more.'),
    "scrap.lab-waits": N_("R&D has asked for this unit: hand it over to R&D."),
    "scrap.how-missing": N_("How is it disposed of? Choose one."),
    "scrap.by-whom-missing": N_("Who disposes of it? Type the person or the firm."),
    "scrap.witness-missing": N_("The witness is missing. Type who sees it done."),
    "scrap.witness-same": N_('"{value}" cannot witness the own work. Name another person.'),
    "scrap.undone": N_("scrapping taken back"),
    "keeping.who-missing": N_("Who spoke for the customer? Type the name."),
    "keeping.not-at-counter": N_('Unit {serial} is at "{place}": bring it to the counter first.'),
    "keeping.wrong-stage": N_('Case {number} is at "{stage}": nothing is to be kept here. Look again.'),
    "determination.tests-missing": N_("Which tests were tried? Enter at least one with its result."),
    "determination.test-result": N_('"{value}": a test needs its name and its result.'),
    "determination.conclusion-missing": N_("Was a fault found? Choose one."),
    "determination.findings-missing": N_("What was found? Type it in a few words: the paper shows it."),
    "determination.made-already": N_("Case {number} has its determination: {paper}."),
    "determination.not-in-lab": N_('Unit {serial} is at "{place}": R&D judges what stands in the lab.'),
    "determination.signed": N_("{number} is signed by R&D and is not taken back."),
    "exchange.serial-missing": N_("Which unit does the customer get? Scan or type its serial number."),
    "exchange.charge-negative": N_("{value}: a charge is zero or more. Correct the amount."),
    "exchange.signatures-missing": N_("A unit from the stores is signed for: by the stores and by after-sales."),
    "exchange.substitute-reason": N_(
        "{new} is another product than {old}: type why the customer takes it instead. F12 prints it."),
    "exchange.substitute-forbidden": N_(
        "{new} must not take the place of {old}: give a {old}, or ask head office to allow another product (policy)."),
    "exchange.not-ruled": N_("No ruling on case {number} orders an exchange. Rule on it first."),
    "exchange.made-already": N_("Case {number} has its exchange: {paper}."),
    "exchange.unknown-serial": N_('No unit has the serial number "{value}". Look at the nameplate again.'),
    "exchange.same-unit": N_("{serial} is the old unit itself. Scan the one that the customer gets."),
    "exchange.unknown-product": N_("There is no such product. Choose one of the list."),
    "exchange.not-in-stores": N_('Unit {serial} is at "{place}", not in the stores. Scan another one.'),
    "exchange.left": N_('Unit {serial} of {number} is at "{place}" already: the exchange stands.'),
    "exchange.undone": N_("exchange taken back"),
}
