"""Every action of the window and its shortcut, in one table. Menus, the key help (F1) and the clash test read it.

No shortcut is a bare letter or digit: a scanner types those. A shortcut of one page may return on another page, but
never equal one that works everywhere.
"""

# ruff: noqa: E501  one action is one line of the table

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import N_
from ui.pages import PAGES


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done by menu, button, key or scanned command (``CMD:DO:<id>``)."""

    id: str                  # "<page>.<verb>"; "frame.<verb>" works everywhere
    text: str                # marked by N_
    shortcut: str = ""       # as Qt writes it in English: "Ctrl+Return"
    icon: str = ""
    help: str = ""           # one sentence for the key help, marked by N_

    @property
    def page(self) -> str:
        """The page it belongs to; ``frame`` = everywhere."""
        return self.id.split(".", 1)[0]


EVERYWHERE = ("frame", "go")

ACTIONS: tuple[Action, ...] = (
    Action("frame.help", N_("Help"), "F1", "ph.question", N_("Help on this page and all keys.")),
    Action("frame.scan", N_("Scan or search"), "F2", "ph.barcode",
           N_("Go to the scan box. A scanner works from anywhere.")),
    Action("frame.detail", N_("Show or hide the detail"), "F3", "ph.columns"),
    Action("frame.reload", N_("Reload"), "F5", "ph.arrow-clockwise"),
    Action("frame.lock", N_("Lock"), "F9", "ph.lock", N_("Nobody can act in your name while you are away.")),
    Action("frame.print", N_("Print"), "Ctrl+P", "ph.printer", N_("Preview; once more to print.")),
    Action("frame.undo", N_("Undo the last step"), "Ctrl+Z", "ph.arrow-u-up-left",
           N_("Outside a text field: takes back the last step by a compensating entry.")),
    Action("frame.navigation", N_("Fold the navigation"), "Ctrl+B", "ph.list"),
    Action("frame.keys", N_("All keys"), "Ctrl+K", "ph.keyboard"),
    Action("frame.back", N_("Back to the previous page"), "Alt+Left", "ph.arrow-left"),
    Action("frame.language", N_("Language"), "Ctrl+Alt+L", "ph.translate", N_("Chinese or English, at once.")),
    Action("frame.theme", N_("Light or dark"), "Ctrl+Alt+D", "ph.moon"),
    Action("frame.warranty", N_("Warranty of the unit…"), "Ctrl+G", "ph.shield-check",
           N_("Until when, why, and what may be entered, for the unit in the detail.")),
    Action("frame.unit-file", N_("Unit file…"), "Ctrl+J", "ph.folder-open",
           N_("How it was built and shipped, its key parts; the whole file on paper.")),
    Action("frame.same-lot", N_("Same lot…"), "Ctrl+Shift+J", "ph.stack",
           N_("Everything of the lot of the unit in the detail, with what became of it.")),
    Action("frame.quit", N_("Quit"), "Ctrl+Q", "ph.sign-out"),
    # receiving
    Action("receiving.sign", N_("Sign for the crate…"), "Ctrl+Return", "ph.pen-nib",
           N_("The giver signs once, you sign once, for everything in the crate.")),
    Action("receiving.add", N_("Line by hand"), "Ctrl+N", "ph.plus", N_("For a unit without a readable code.")),
    Action("receiving.paste", N_("Paste serials…"), "Ctrl+Shift+V", "ph.clipboard-text"),
    Action("receiving.copy-down", N_("Copy down"), "Ctrl+D", "ph.arrow-line-down",
           N_("Fills symptom, product and what else is empty in the lines below.")),
    Action("receiving.remove", N_("Take the line out"), "Ctrl+Shift+Del", "ph.x"),
    Action("receiving.refuse", N_("Refuse the unit"), "F8", "ph.prohibit",
           N_("The unit stays with the giver; the slip says why.")),
    Action("receiving.next-open", N_("Next open"), "F7", "ph.arrow-right"),
    Action("receiving.labels", N_("Print the labels"), "F6", "ph.tag"),
    Action("receiving.travellers", N_("Print the travellers"), "Shift+F6", "ph.file-text"),
    Action("receiving.report", N_("Report by phone…"), "Ctrl+Shift+N", "ph.phone"),
    Action("receiving.arrived", N_("It has arrived"), "Ctrl+Shift+Return", "ph.tray"),
    Action("receiving.cancel-report", N_("It will not come…"), "", "ph.x"),
    # register, travellers
    Action("register.find", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    Action("register.clear", N_("Clear the filter"), "Ctrl+Shift+F", "ph.x"),
    Action("register.amend", N_("Amend the intake…"), "F4", "ph.pencil-simple",
           N_("Corrects what was entered at the counter; the journal keeps what it said.")),
    Action("register.print", N_("Print the register"), "F7", "ph.printer"),
    Action("register.undo-receipt", N_("Undo the receipt"), "Ctrl+Shift+Z", "ph.arrow-u-up-left",
           N_("Only while nothing further happened; the number stays visible as void.")),
    Action("travellers.archive", N_("Archive…"), "Ctrl+Return", "ph.archive-box"),
    Action("travellers.take-off", N_("Off the pile"), "Ctrl+Shift+Del", "ph.x"),
    # people
    Action("people.add", N_("Enter a person…"), "Ctrl+N", "ph.user-plus"),
    Action("people.edit", N_("Edit…"), "F4", "ph.pencil-simple", N_("Roles, name, stamp, badge, language.")),
    Action("people.secrets", N_("New password or PIN…"), "Ctrl+R", "ph.lock-key-open",
           N_("For somebody who forgot theirs; a wait after wrong tries ends.")),
    Action("people.switch", N_("Switch off or on"), "Ctrl+Shift+D", "ph.power",
           N_("Nobody is erased: signatures keep their names.")),
    Action("people.own", N_("My password and PIN…"), "Ctrl+Shift+P", "ph.key"),
    # customers, products, parts
    Action("customers.add", N_("New customer…"), "Ctrl+N", "ph.plus"),
    Action("customers.edit", N_("Edit…"), "F4", "ph.pencil-simple"),
    Action("customers.adopt", N_("Adopt the proposal"), "Ctrl+Shift+A", "ph.check"),
    Action("customers.merge", N_("Merge into…"), "Ctrl+M", "ph.git-merge",
           N_("For a customer that was entered twice: units and cases go over.")),
    Action("customers.switch", N_("Switch off or on"), "Ctrl+Shift+D", "ph.power"),
    Action("customers.file", N_("Customer file"), "F7", "ph.folder-open", N_("Contacts, cases, papers, calls and complaints on paper (Ctrl+P).")),
    Action("customers.find", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    Action("products.add", N_("New product…"), "Ctrl+N", "ph.plus"),
    Action("products.edit", N_("Edit…"), "F4", "ph.pencil-simple"),
    Action("products.sheet", N_("Test sheet…"), "Ctrl+T", "ph.list-numbers",
           N_("What QA measures, with limits. A change makes a new version.")),
    Action("products.adopt", N_("Adopt the proposal"), "Ctrl+Shift+A", "ph.check"),
    Action("products.merge", N_("Merge into…"), "Ctrl+M", "ph.git-merge",
           N_("For a product that was entered twice: units and cases go over.")),
    Action("products.switch", N_("Switch off or on"), "Ctrl+Shift+D", "ph.power"),
    Action("products.notes", N_("Notes on finding faults…"), "Ctrl+Shift+K", "ph.note-pencil",
           N_("Shown at the bench, beside what earlier repairs suggest.")),
    Action("products.find", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    Action("parts.add", N_("New part…"), "Ctrl+N", "ph.plus"),
    Action("parts.edit", N_("Edit…"), "F4", "ph.pencil-simple"),
    Action("parts.receive", N_("Book in…"), "Ctrl+R", "ph.arrow-line-down"),
    Action("parts.correct", N_("Correct the stock…"), "Ctrl+Shift+R", "ph.scales",
           N_("After counting, with the reason. The ledger keeps both lines.")),
    Action("parts.switch", N_("Switch off or on"), "Ctrl+Shift+D", "ph.power"),
    Action("parts.find", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    # parts: the panes, stock by place, loans
    Action("parts.stock", N_("Stock"), "Ctrl+1", "ph.nut"),
    Action("parts.order", N_("To order"), "Ctrl+2", "ph.shopping-cart"),
    Action("parts.loans", N_("Loans"), "Ctrl+3", "ph.handshake"),
    Action("parts.places", N_("Stock places"), "Ctrl+4", "ph.map-pin"),
    Action("parts.transfer", N_("Move…"), "F6", "ph.arrows-left-right", N_("From one place to another: both halves at once.")),
    Action("parts.recheck", N_("Re-inspect…"), "F7", "ph.circle-wavy-check", N_("QA looks at pieces that came back and gives a certificate.")),
    Action("parts.scrap", N_("Throw away…"), "F8", "ph.trash"),
    Action("parts.level", N_("Level of a place…"), "Ctrl+L", "ph.gauge", N_("At how many pieces a place is filled up again.")),
    Action("parts.lend", N_("Lend…"), "Ctrl+Shift+N", "ph.plus", N_("The borrower signs; the supervisor too unless the value is low.")),
    Action("parts.back", N_("Account for…"), "Ctrl+Return", "ph.arrow-u-down-left", N_("Came back unused or defective, used up on a case, lost.")),
    Action("parts.slip", N_("Loan slip"), "Ctrl+Shift+L", "ph.printer", N_("The slip of the loan marked (Ctrl+P).")),
    Action("parts.week", N_("Weekly list"), "Ctrl+Shift+P", "ph.list-dashes", N_("What is lent, for the information office.")),
    Action("parts.add-place", N_("New place…"), "Ctrl+Shift+A", "ph.plus"),
    Action("parts.edit-place", N_("Edit the place…"), "Ctrl+Shift+E", "ph.pencil-simple"),
    Action("parts.switch-place", N_("Switch the place off or on"), "", "ph.power"),
    # lists that come in
    Action("importing.open", N_("Choose a list…"), "Ctrl+O", "ph.folder-open", N_("CSV, XLSX, XLS or ODS; it can also be dropped here.")),
    Action("importing.run", N_("Import"), "Ctrl+Return", "ph.download-simple", N_("Writes what the rehearsal shows, as one batch that can be taken back.")),
    Action("importing.close", N_("Close the list"), "Ctrl+W", "ph.x"),
    Action("importing.save-refused", N_("Save refused rows…"), "", "ph.file-x", N_("As a spreadsheet with the reasons, to be corrected and imported again.")),
    Action("importing.keep", N_("Keep the mapping…"), "Ctrl+S", "ph.floppy-disk", N_("For the next list of this kind, at every desk of the depot.")),
    Action("importing.save-mapping", N_("Save the mapping as a file…"), "", "ph.file-arrow-down"),
    Action("importing.load-mapping", N_("Load a mapping from a file…"), "", "ph.file-arrow-up"),
    Action("importing.drop-mapping", N_("Forget the kept mapping"), "", "ph.trash"),
    Action("importing.template-zh", N_("Save the template in Chinese…"), "", "ph.table"),
    Action("importing.template-en", N_("Save the template in English…"), "", "ph.table"),
    Action("importing.undo", N_("Take the import back…"), "Ctrl+Shift+Z", "ph.arrow-u-up-left", N_("The whole batch: units leave as they came, their numbers stay as void.")),
    # settings
    Action("settings.save", N_("Save"), "Ctrl+S", "ph.floppy-disk"),
    Action("settings.logo", N_("Choose a logo…"), "", "ph.image"),
    Action("settings.no-logo", N_("Without a logo"), "", "ph.x"),
    Action("settings.add-day", N_("Day off or make-up day…"), "Ctrl+Shift+N", "ph.calendar-plus"),
    Action("settings.remove-day", N_("Take the entry away"), "Ctrl+Shift+D", "ph.calendar-x"),
    Action("settings.add-code", N_("New code…"), "Ctrl+N", "ph.plus"),
    Action("settings.edit-code", N_("Edit the code…"), "Ctrl+Shift+E", "ph.pencil-simple"),
    Action("settings.save-codes", N_("Save as list…"), "", "ph.file-arrow-down",
           N_("All three tables as one CSV file that can be edited and read in again.")),
    Action("settings.read-codes", N_("Read a list…"), "", "ph.file-arrow-up"),
    Action("settings.tariff", N_("Set a rate…"), "F6", "ph.receipt"),
    Action("settings.back-up", N_("Copy now"), "Ctrl+Shift+B", "ph.copy", N_("A checked copy beside the database, and at the second place.")),
    Action("settings.restore", N_("Put back…"), "", "ph.clock-counter-clockwise", N_("The marked copy takes the place of the database, which is set aside.")),
    Action("settings.restore-other", N_("Put back a file…"), "", "ph.folder-open"),
    Action("settings.verify", N_("Verify"), "Ctrl+Shift+V", "ph.shield-check", N_("Whether everything still reads as it was written.")),
    # the night
    Action("sync.run", N_("Run the night now"), "Ctrl+Return", "ph.moon-stars", N_("Sends, fetches and compares; can be stopped and begun again.")),
    Action("sync.password", N_("Password of the centre…"), "", "ph.key"),
    Action("sync.nights", N_("Nights"), "Ctrl+1", "ph.moon-stars"),
    Action("sync.conflicts", N_("To decide"), "Ctrl+2", "ph.git-merge"),
    Action("sync.alerts", N_("To know"), "Ctrl+3", "ph.bell"),
    Action("sync.mine", N_("Keep ours"), "F6", "ph.arrow-left"),
    Action("sync.theirs", N_("Keep the centre’s"), "F7", "ph.arrow-right"),
    Action("sync.merge", N_("Merge"), "F8", "ph.git-merge", N_("The ticked fields from here, the rest from the centre.")),
    Action("sync.seen", N_("Seen"), "Ctrl+Shift+S", "ph.check"),
    # marks
    Action("proof.check", N_("Check"), "Ctrl+Return", "ph.shield-check"),
    Action("proof.file", N_("Photo or scan…"), "Ctrl+O", "ph.folder-open", N_("A picture or PDF with the code; it can also be dropped here.")),
    # zones
    Action("zones.board", N_("Board"), "Ctrl+1", "ph.squares-four"),
    Action("zones.shelves", N_("Shelves"), "Ctrl+2", "ph.grid-four"),
    Action("zones.ledger", N_("Ledger"), "Ctrl+3", "ph.book-open"),
    Action("zones.count", N_("Stock-take"), "Ctrl+4", "ph.clipboard-text"),
    Action("zones.print", N_("Print"), "", "ph.printer", N_("The ledger of the zone, or the count sheet (Ctrl+P).")),
    Action("zones.shelve", N_("Put on a shelf…"), "F6", "ph.arrow-bend-down-right",
           N_("Puts the units marked on a shelf of their zone.")),
    Action("zones.spares", N_("Spare pool"), "F8", "ph.swap", N_("The spares of zone 3 with age, condition and reservation.")),
    Action("zones.new-shelf", N_("New shelf…"), "Ctrl+N", "ph.plus"),
    Action("zones.edit-shelf", N_("Edit the shelf…"), "F4", "ph.pencil-simple"),
    Action("zones.start-count", N_("Start counting"), "F7", "ph.play", N_("Begins a stock-take of the zone shown.")),
    Action("zones.take-back", N_("Take the scan back"), "Ctrl+Backspace", "ph.arrow-u-up-left",
           N_("The scan on the line marked no longer holds.")),
    Action("zones.finish-count", N_("Sign the count…"), "Ctrl+Return", "ph.pen-nib"),
    Action("zones.abandon-count", N_("Abandon…"), "", "ph.x"),
    # plan
    Action("plan.draft", N_("New plan…"), "Ctrl+N", "ph.plus", N_("Drafts a plan from what waits, the oldest due first.")),
    Action("plan.edit", N_("Change the draft…"), "F4", "ph.pencil-simple"),
    Action("plan.print", N_("Print"), "", "ph.printer", N_("The plan with its units and signatures (Ctrl+P).")),
    Action("plan.swap", N_("Swap the unit…"), "F6", "ph.arrows-left-right",
           N_("Puts another unit of the same product in the place of the one marked.")),
    Action("plan.countersign", N_("Countersign…"), "Ctrl+Return", "ph.pen-nib"),
    Action("plan.change", N_("Change in writing…"), "F7", "ph.note-pencil",
           N_("Production changes the plan and says why; the plan as it was is kept.")),
    Action("plan.issue", N_("Issue…"), "F8", "ph.paper-plane-tilt", N_("Releases exactly the issued quantities to the bench.")),
    Action("plan.cancel", N_("Cancel the plan…"), "", "ph.x"),
    # handover, bench, QA
    Action("handover.give", N_("Give"), "Ctrl+1", "ph.arrow-line-up-right", N_("Offer units with their travellers.")),
    Action("handover.take", N_("Accept"), "Ctrl+2", "ph.arrow-line-down-left", N_("Accept or refuse what is offered.")),
    Action("handover.past", N_("Past handovers"), "Ctrl+3", "ph.clock-counter-clockwise"),
    Action("handover.sign", N_("Sign…"), "Ctrl+Return", "ph.pen-nib",
           N_("As the giver the offer, as the receiver what was accepted and refused.")),
    Action("handover.both", N_("Both sign here…"), "Ctrl+Shift+Return", "ph.handshake",
           N_("Giver and receiver stand at this desk.")),
    Action("handover.remove", N_("Take off the list"), "Ctrl+Backspace", "ph.minus"),
    Action("handover.all", N_("All of the list"), "Ctrl+Shift+A", "ph.list-plus"),
    Action("handover.accept", N_("Accept the line"), "F6", "ph.check"),
    Action("handover.refuse", N_("Refuse the line…"), "F7", "ph.x"),
    Action("handover.rest", N_("Accept the rest"), "F8", "ph.checks"),
    Action("handover.withdraw", N_("Withdraw the offer…"), "Ctrl+Shift+D", "ph.arrow-u-up-left"),
    # quotations
    Action("quotations.list-1", N_("To quote"), "Ctrl+1", "ph.receipt"),
    Action("quotations.list-2", N_("Waiting for the customer"), "Ctrl+2", "ph.pause"),
    Action("quotations.list-3", N_("Answers"), "Ctrl+3", "ph.check-circle"),
    Action("quotations.write", N_("Write the quotation…"), "Ctrl+N", "ph.note-pencil", N_("From what the bench found, with the tariff of today.")),
    Action("quotations.send", N_("Send to the customer"), "Ctrl+Return", "ph.paper-plane-tilt", N_("The quotation binds, and the clock stands still until the answer.")),
    Action("quotations.answer", N_("The customer answered…"), "F7", "ph.phone-call", N_("Signed on the screen, on paper, or by phone.")),
    Action("quotations.requote", N_("Quote anew"), "F6", "ph.arrow-clockwise", N_("The next version, with the tariff of today.")),
    Action("quotations.pay", N_("Payment…"), "F8", "ph.receipt", N_("Paid with its receipt number, or on account.")),
    Action("quotations.free", N_("Ask for a free service…"), "Ctrl+Shift+F", "ph.circle-wavy-check", N_("The general manager approves.")),
    Action("quotations.withdraw", N_("Withdraw…"), "Ctrl+Shift+D", "ph.arrow-u-up-left"),
    Action("bench.take", N_("Take to my bench"), "F6", "ph.hand-grabbing", N_("From a colleague with the reason.")),
    Action("bench.diagnosis", N_("Save the diagnosis"), "Ctrl+S", "ph.activity"),
    Action("bench.action", N_("Write down work…"), "F7", "ph.note-pencil"),
    Action("bench.part", N_("Part…"), "F8", "ph.nut"),
    Action("bench.finish", N_("Factory section complete"), "Ctrl+Return", "ph.check-circle",
           N_("Result, work done and labour; then the unit goes to QA or to after-sales.")),
    Action("bench.on", N_("Hand over…"), "F12", "ph.arrows-left-right", N_("To QA, or to after-sales for a ruling.")),
    Action("bench.ask", N_("Ask the customer…"), "Ctrl+Shift+Q", "ph.pause", N_("The clock stands still until the answer.")),
    Action("bench.answer", N_("The customer answered…"), "Ctrl+Shift+W", "ph.play"),
    Action("bench.amend", N_("Amend the blame…"), "Ctrl+Shift+B", "ph.scales", N_("Cause and responsibility, with the reason.")),
    Action("bench.worth", N_("Worth repairing?…"), "Ctrl+Shift+R", "ph.calculator",
           N_("The BER calculator: cost of the repair against what the unit is still worth.")),
    Action("bench.suggest-1", N_("Take over the first suggestion"), "Ctrl+1", "ph.lightbulb", N_("Fault, cause and responsibility, as they were in earlier repairs.")),
    Action("bench.suggest-2", N_("Take over the second suggestion"), "Ctrl+2", "ph.lightbulb"),
    Action("bench.suggest-3", N_("Take over the third suggestion"), "Ctrl+3", "ph.lightbulb"),
    Action("bench.soak", N_("Soak test…"), "Ctrl+Shift+S", "ph.timer", N_("Plan it, begin it, end it.")),
    Action("qa.pass", N_("Pass and mark…"), "Ctrl+Return", "ph.circle-wavy-check"),
    Action("qa.fail", N_("Fail…"), "F8", "ph.x-circle", N_("Says why; the unit then goes back to repair.")),
    Action("qa.on", N_("Hand over…"), "F12", "ph.arrows-left-right", N_("Passed to after-sales, failed to repair.")),
    Action("qa.again", N_("Replace the mark…"), "Ctrl+Shift+M", "ph.circle-wavy", N_("A new number; the old mark stays visible as void.")),
    Action("qa.alarm", N_("Quality alarm…"), "Ctrl+Shift+A", "ph.warning", N_("When the reading cannot be judged, or the fault may concern the whole lot; R&D answers.")),
    Action("quality.month", N_("The month"), "Ctrl+1", "ph.chart-bar"),
    Action("quality.alarms", N_("Alarms"), "Ctrl+2", "ph.warning"),
    Action("quality.alarm-raise", N_("New alarm…"), "Ctrl+Shift+A", "ph.warning"),
    Action("quality.alarm-answer", N_("Answer…"), "Ctrl+R", "ph.chat-circle-text", N_("What R&D found, the cause, and what is to be done.")),
    Action("quality.alarm-close", N_("Close the alarm…"), "Ctrl+Shift+C", "ph.check-circle", N_("QA says what the measure came to.")),
    # table: every list
    Action("return.list-1", N_("To put away"), "Ctrl+1", "ph.archive-tray"),
    Action("return.list-2", N_("Ready to return"), "Ctrl+2", "ph.package"),
    Action("return.list-3", N_("On the way"), "Ctrl+3", "ph.truck"),
    Action("return.away", N_("Put away for return"), "Ctrl+Return", "ph.archive-tray", N_("Into zone 2: the customer gets it back.")),
    Action("return.spare", N_("Put away as a spare"), "F6", "ph.swap", N_("Into zone 3: nobody waits for it.")),
    Action("return.pack", N_("Pack…"), "F7", "ph.package", N_("Packing slip, repair slip and feedback slip for the ticked units.")),
    Action("return.send", N_("Hand over…"), "F8", "ph.truck", N_("The courier or the customer signs for the shipment.")),
    Action("return.deliver", N_("Delivered…"), "Ctrl+D", "ph.check-circle", N_("Who received it, and what proves it.")),
    # dispositions: the frame, the rulings, the notices
    Action("dispositions.rule", N_("To rule"), "Ctrl+1", "ph.scales"),
    Action("dispositions.approve", N_("To approve"), "Ctrl+2", "ph.shield-check"),
    Action("dispositions.as-is", N_("As is, or to repair"), "Ctrl+3", "ph.arrow-u-up-left"),
    Action("dispositions.scrap", N_("To scrap"), "Ctrl+4", "ph.trash"),
    Action("dispositions.exchange", N_("Exchange"), "Ctrl+5", "ph.swap"),
    Action("dispositions.rnd", N_("Technical determination"), "Ctrl+6", "ph.flask"),
    Action("dispositions.all", N_("All rulings"), "Ctrl+7", "ph.list-dashes"),
    Action("dispositions.confirm", N_("Confirm the ruling…"), "Ctrl+Return", "ph.check-circle",
           N_("What the rules say goes on record, signed by a supervisor.")),
    Action("dispositions.override", N_("Decide otherwise…"), "F8", "ph.scales", N_("With a written reason.")),
    Action("dispositions.settle", N_("Settle the warranty…"), "F7", "ph.shield-check"),
    Action("dispositions.talk", N_("Record a talk…"), "F6", "ph.chat-circle-text",
           N_("What the customer was told, and what they answered.")),
    Action("dispositions.worth", N_("Worth repairing?…"), "Ctrl+Shift+R", "ph.calculator",
           N_("The BER calculator: cost of the repair against what the unit is still worth.")),
    Action("dispositions.to-bench", N_("Back to the bench"), "Ctrl+Shift+K", "ph.wrench",
           N_("The bench work is open again; the unit is handed over to repair.")),
    Action("dispositions.take-back", N_("Take the ruling back"), "Ctrl+Shift+Z", "ph.arrow-u-up-left",
           N_("Only while nothing of it has been carried out.")),
    Action("dispositions.send-back", N_("Put away for return as is…"), "Ctrl+Shift+Return", "ph.archive-tray",
           N_("The unit goes to zone 2 and its notice (F11) gets its number.")),
    # spares: the pool, owed units, loaners, builds, restocking
    Action("spares.pool", N_("Pool"), "Ctrl+1", "ph.stack"),
    Action("spares.owed", N_("Owed units"), "Ctrl+2", "ph.swap"),
    Action("spares.loaners", N_("Loaners"), "Ctrl+3", "ph.hand-grabbing"),
    Action("spares.builds", N_("Emergency builds"), "Ctrl+4", "ph.nut"),
    Action("spares.restock", N_("Restock"), "Ctrl+5", "ph.archive-box"),
    Action("spares.send", N_("Send to a site…"), "Ctrl+Return", "ph.truck", N_("Field person or courier signs; the spare use record (F15) begins.")),
    Action("spares.reserve", N_("Reserve…"), "F6", "ph.bookmark-simple", N_("Keeps the spare for a customer until a day.")),
    Action("spares.release", N_("Release"), "Shift+F6", "ph.x"),
    Action("spares.grade", N_("Condition…"), "F4", "ph.pencil-simple"),
    Action("spares.swap", N_("It was put in…"), "Ctrl+Shift+Return", "ph.swap", N_("The spare stays with the customer; the faulty unit is owed.")),
    Action("spares.unused", N_("Came back unused…"), "F8", "ph.arrow-u-up-left"),
    Action("spares.write-off", N_("The owed unit will not come…"), "Ctrl+Shift+X", "ph.x-circle", N_("With a supervisor’s reason.")),
    Action("spares.lend", N_("Lend…"), "Ctrl+Shift+L", "ph.handshake"),
    Action("spares.take-back", N_("It is back…"), "Ctrl+Shift+B", "ph.arrow-u-down-left"),
    Action("spares.lost", N_("It will not come back…"), "", "ph.x-circle"),
    Action("spares.enrol", N_("New loaner…"), "Ctrl+Shift+N", "ph.plus"),
    Action("spares.retire", N_("No loaner any more…"), "", "ph.x"),
    Action("spares.wait", N_("Somebody waits…"), "Ctrl+Shift+W", "ph.users"),
    Action("spares.drop-wait", N_("Waits no longer"), "", "ph.x"),
    Action("spares.request", N_("Ask production…"), "Ctrl+N", "ph.plus", N_("Only where no spare is free.")),
    Action("spares.confirm", N_("Production confirms…"), "Ctrl+Shift+C", "ph.check"),
    Action("spares.built", N_("A unit is built…"), "Ctrl+Shift+U", "ph.cube", N_("Serial, lot, day of manufacture and product file.")),
    Action("spares.send-built", N_("Send the built unit…"), "Ctrl+Shift+S", "ph.truck"),
    Action("spares.decline", N_("Production declines…"), "", "ph.x-circle"),
    Action("spares.cancel", N_("Not needed any more…"), "", "ph.x"),
    Action("spares.restock-one", N_("Back to the stores…"), "Ctrl+Shift+K", "ph.archive-box", N_("Only when all four conditions hold.")),
    # dispositions: approvals, scrap, exchange, R&D
    Action("dispositions.give-approval", N_("Approve…"), "Ctrl+Shift+A", "ph.thumbs-up", N_("Signed anew by somebody who may approve.")),
    Action("dispositions.refuse", N_("Refuse…"), "Ctrl+Shift+N", "ph.x-circle", N_("With the reason why.")),
    Action("dispositions.ask-scrap", N_("Ask for approval…"), "Ctrl+Shift+F", "ph.question"),
    Action("dispositions.put-scrap", N_("Put into zone 4"), "Ctrl+Shift+W", "ph.trash", N_("The scrap form (F13) gets its number.")),
    Action("dispositions.destiny", N_("Final destination…"), "Ctrl+Shift+D", "ph.recycle", N_("Disposed of before a witness, or handed to R&D.")),
    Action("dispositions.make-exchange", N_("Exchange…"), "Ctrl+Shift+X", "ph.swap", N_("A spare or a new unit takes the place of the old one.")),
    Action("dispositions.exchange-slip", N_("Exchange slip"), "Ctrl+Shift+P", "ph.printer"),
    Action("dispositions.keep", N_("Record the consent…"), "Ctrl+Shift+Y", "ph.handshake"),
    Action("dispositions.determine", N_("Conclude…"), "Ctrl+Shift+T", "ph.flask", N_("Which tests were tried and what they showed (F14).")),
    Action("printing.preview", N_("Preview"), "Ctrl+Return", "ph.eye", N_("The chosen paper as it will be printed.")),
    Action("printing.label", N_("Unit label"), "F6", "ph.tag", N_("The label of the unit the chosen paper is about.")),
    Action("printing.command-card", N_("Scan command card"), "F7", "ph.barcode", N_("Bar codes of places, verdicts, commands and badges.")),
    Action("printing.calibration", N_("Label calibration"), "F8", "ph.ruler", N_("A page to find how far the label printer is off.")),
    # the quality report
    Action("quality.before", N_("Month before"), "Ctrl+PgUp", "ph.caret-left"),
    Action("quality.after", N_("Month after"), "Ctrl+PgDown", "ph.caret-right"),
    Action("quality.close", N_("Close the month…"), "F6", "ph.lock-key", N_("Signed by an inspector; the figures stay for ever.")),
    Action("quality.corrections", N_("Corrections"), "F7", "ph.arrows-left-right", N_("What the record says otherwise since the month was closed.")),
    Action("quality.report", N_("Report (F22)"), "", "ph.printer", N_("The month's quality analysis report (Ctrl+P).")),
    Action("quality.tests", N_("Test summary (F21)"), "F8", "ph.check-square"),
    Action("quality.summary", N_("After-sales summary (F24)"), "Ctrl+Shift+G", "ph.clipboard-text"),
    Action("quality.workbook", N_("Workbook…"), "Ctrl+Shift+E", "ph.download-simple", N_("The figures behind every chart as a spreadsheet.")),
    Action("quality.list", N_("The list below"), "Ctrl+L", "ph.list-dashes"),
    # signed papers
    Action("feedback.inbox", N_("Inbox"), "Ctrl+1", "ph.tray"),
    Action("feedback.key", N_("To key"), "Ctrl+2", "ph.pencil-simple"),
    Action("feedback.unsigned", N_("Unsigned"), "Ctrl+3", "ph.hourglass"),
    Action("feedback.filed", N_("On file"), "Ctrl+4", "ph.archive-box"),
    Action("feedback.open", N_("Take scans in…"), "Ctrl+O", "ph.folder-open", N_("PDF or pictures, any way up, several sheets in one file; they can also be dropped here.")),
    Action("feedback.match", N_("File with a paper…"), "Ctrl+Return", "ph.link", N_("Say which paper the page is; also to keep a second copy.")),
    Action("feedback.reject", N_("Do not file…"), "F8", "ph.prohibit"),
    Action("feedback.waive", N_("Await no longer…"), "F7", "ph.x", N_("The paper will not come back; the reason stays on record.")),
    Action("feedback.go", N_("To the step that waits"), "F6", "ph.arrow-right"),
    Action("feedback.save", N_("Save the answers"), "Ctrl+S", "ph.floppy-disk"),
    Action("feedback.turn", N_("Turn the picture"), "Ctrl+R", "ph.arrow-clockwise"),
    Action("feedback.nearer", N_("Nearer"), "Ctrl+=", "ph.magnifying-glass-plus"),
    Action("feedback.farther", N_("Farther"), "Ctrl+-", "ph.magnifying-glass-minus"),
    Action("feedback.fit", N_("Fit the width"), "Ctrl+0", "ph.arrows-out"),
    # the chase list, service requests, policy
    Action("chase.go", N_("Go there"), "Ctrl+Return", "ph.arrow-right", N_("To the page on which the clock is stopped.")),
    Action("chase.call", N_("Note a call…"), "F6", "ph.phone-call", N_("Whom you reached, what was said, by which day it is promised.")),
    Action("chase.unit", N_("Show the unit"), "F7", "ph.cube"),
    Action("chase.find", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    Action("chase.clear", N_("Clear the filter"), "Ctrl+Shift+F", "ph.x"),
    Action("chase.print", N_("Print"), "", "ph.printer", N_("The list as it is shown (Ctrl+P).")),
    Action("requests.take", N_("New request…"), "Ctrl+N", "ph.phone-incoming", N_("A customer calls: history and warranty are shown first.")),
    Action("requests.next", N_("Next step"), "Ctrl+Return", "ph.arrow-right", N_("What is to be done next on the request marked.")),
    Action("requests.pass-on", N_("Pass on…"), "F6", "ph.share"),
    Action("requests.answer", N_("Answered…"), "F7", "ph.chat-text"),
    Action("requests.plan", N_("Solution plan…"), "F8", "ph.list-numbers", N_("How it is going to be solved; the customer is told.")),
    Action("requests.return", N_("The unit comes back…"), "Ctrl+Shift+R", "ph.tray", N_("Opens the return case before the unit arrives.")),
    Action("requests.trip", N_("Send a technician…"), "Ctrl+T", "ph.suitcase"),
    Action("requests.report", N_("Report on the trip…"), "Ctrl+Shift+T", "ph.note-pencil", N_("Findings, work, parts, result; the customer signs the slip.")),
    Action("requests.slip", N_("Print the service slip"), "Ctrl+Shift+P", "ph.printer"),
    Action("requests.quote", N_("Quote the work…"), "Ctrl+Shift+Q", "ph.receipt"),
    Action("requests.consent", N_("The customer's answer…"), "Ctrl+Shift+W", "ph.check"),
    Action("requests.close", N_("Close…"), "Ctrl+D", "ph.check-circle"),
    Action("requests.reopen", N_("Open again…"), "", "ph.arrow-counter-clockwise"),
    Action("requests.find", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    Action("policy.set", N_("Set…"), "F4", "ph.pencil-simple", N_("A new value and the day from which it holds.")),
    Action("policy.rehearse", N_("Rehearse…"), "F6", "ph.flask", N_("Which open cases would be ruled differently with another value.")),
    Action("policy.take-back", N_("Take the change back…"), "Ctrl+Shift+D", "ph.arrow-u-up-left", N_("Only a change that does not hold yet; a new entry says so.")),
    Action("policy.find", N_("Search"), "Ctrl+F", "ph.magnifying-glass"),
    # follow-ups, complaints, targets
    Action("care.calls", N_("Follow-ups"), "Ctrl+1", "ph.phone-call"),
    Action("care.complaints", N_("Complaints and suggestions"), "Ctrl+2", "ph.chat-circle-text"),
    Action("care.targets", N_("Targets"), "Ctrl+3", "ph.chart-bar"),
    Action("care.take", N_("New complaint…"), "Ctrl+N", "ph.plus", N_("A complaint or a suggestion, by whatever way it came.")),
    Action("care.call", N_("Customer reached…"), "Ctrl+Return", "ph.phone-call", N_("What the customer said, how satisfied, when to call next.")),
    Action("care.missed", N_("Not reached…"), "F6", "ph.phone-x", N_("To be called again on another day.")),
    Action("care.drop", N_("Do not call…"), "Ctrl+Shift+Del", "ph.x"),
    Action("care.plan-call", N_("Plan a call…"), "F7", "ph.calendar-plus"),
    Action("care.draw-up", N_("Bring the list up to date"), "F8", "ph.arrow-clockwise", N_("Adds the calls the policy asks for; nothing is taken off.")),
    Action("care.find-call", N_("Filter the list"), "Ctrl+F", "ph.funnel"),
    Action("care.next", N_("Next step"), "F4", "ph.arrow-right"),
    Action("care.assign", N_("Pass to the department…"), "Ctrl+Shift+P", "ph.share"),
    Action("care.answer", N_("Answered…"), "Ctrl+Shift+W", "ph.chat-text"),
    Action("care.tell", N_("Tell the customer…"), "Ctrl+Shift+T", "ph.phone"),
    Action("care.close", N_("Close…"), "Ctrl+D", "ph.check-circle"),
    Action("care.reopen", N_("Open again…"), "Ctrl+Shift+O", "ph.arrow-counter-clockwise"),
    Action("care.find-complaint", N_("Filter the list"), "Ctrl+Shift+F", "ph.funnel"),
    # the dialogue of a unit's warranty
    Action("warranty.proof", N_("Proof shown…"), "F6", "ph.identification-card"),
    Action("warranty.sale", N_("Sold on…"), "F7", "ph.calendar"),
    Action("warranty.extend", N_("Extend the warranty…"), "F8", "ph.plus", N_("With the approving document; for supervisors.")),
    Action("warranty.void", N_("Declare it void…"), "Shift+F8", "ph.prohibit", N_("With the reason; for supervisors.")),
    Action("warranty.reverse", N_("Reverse the entry…"), "Ctrl+Shift+Z", "ph.arrow-u-up-left", N_("A new entry says that the chosen one was a mistake.")),
    Action("table.copy", N_("Copy"), "Ctrl+C", "ph.copy"),
    Action("table.export", N_("Save as spreadsheet…"), "Ctrl+E", "ph.file-arrow-down"),
)


def everything() -> Iterator[Action]:
    """The table with one action more for each page of the navigation."""
    yield from ACTIONS
    for spec in PAGES:
        yield Action(f"go.{spec.id}", spec.title, spec.shortcut, spec.icon)


def action(action_id: str) -> Action:
    """The line of ``action_id``."""
    return next(line for line in everything() if line.id == action_id)


def clashes() -> list[tuple[str, str]]:
    """Pairs of actions that would answer to the same keys at the same time."""
    lines = [line for line in everything() if line.shortcut]
    return [
        (one.id, other.id)
        for place, one in enumerate(lines)
        for other in lines[place + 1:]
        if one.shortcut == other.shortcut and _meet(one.page, other.page)
    ]


def _meet(one: str, other: str) -> bool:
    anywhere = (*EVERYWHERE, "table")
    return one == other or one in anywhere or other in anywhere
