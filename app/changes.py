"""What an operation touched, as flags, so that each view knows whether to look again."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    """Areas of the record. A service's result carries the union of what it wrote."""

    NOTHING = 0
    UNITS = auto()          # units, their places and shelves
    CASES = auto()          # return cases, travellers, accessories
    PLANS = auto()
    HANDOVERS = auto()
    REPAIRS = auto()
    INSPECTIONS = auto()    # runs and QA marks
    STOCKTAKES = auto()
    DOCUMENTS = auto()      # numbers issued, prints made
    MASTERDATA = auto()     # customers, products, parts, codes, shelves, policy
    PEOPLE = auto()
    SETTINGS = auto()
    ATTACHMENTS = auto()
    DRAFTS = auto()
    DISPOSITIONS = auto()   # rulings, approvals, determinations, exchanges
    WARRANTY = auto()
    SPARES = auto()         # pool, owed units, loaners, builds
    PARTS = auto()          # stock of parts, loans to staff
    MONEY = auto()          # tariffs, quotations
    REQUESTS = auto()       # service requests and work on site
    FEEDBACK = auto()       # scans, answers
    CARE = auto()           # follow-ups, complaints
    QUALITY = auto()        # closed months, alarms, knowledge
    SYNC = auto()           # nights, conflicts, alerts
    EVERYTHING = (
        UNITS | CASES | PLANS | HANDOVERS | REPAIRS | INSPECTIONS | STOCKTAKES | DOCUMENTS | MASTERDATA
        | PEOPLE | SETTINGS | ATTACHMENTS | DRAFTS | DISPOSITIONS | WARRANTY | SPARES | PARTS | MONEY | REQUESTS
        | FEEDBACK | CARE | QUALITY | SYNC
    )
