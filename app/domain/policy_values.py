"""The names of the policy values and the units they are counted in (spec 1 §9)."""

from __future__ import annotations

from enum import StrEnum


class PolicyUnit(StrEnum):
    """What a policy value is counted in. The four kinds of time stay apart (spec 1 §6)."""

    NONE = "NONE"
    VISITS = "VISITS"
    TIMES = "TIMES"
    UNITS = "UNITS"
    PERCENT = "PERCENT"
    FEN = "FEN"
    CHARACTERS = "CHARACTERS"
    MINUTES = "MINUTES"
    HOURS = "HOURS"
    WORKING_HOURS = "WORKING_HOURS"
    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    MONTHS = "MONTHS"


class PolicyName(StrEnum):
    """Every value that head office can set. The text is what the database and the sync carry: never renamed."""

    # rulings
    NFF_LIMIT = "nff-limit"
    FAILED_RETURN_LIMIT = "failed-return-limit"
    QA_FAILS_ALERT = "qa-fails-alert"
    REPEAT_WINDOW_DAYS = "repeat-window-days"
    BER_SHARE = "ber-share"
    SOAK_HOURS = "soak-hours"
    RND_NEW_MONTHS = "rnd-new-months"
    BOTH_UNITS_FEE = "both-units-fee"
    BER_YEARLY = "ber-yearly"
    BER_FLOOR = "ber-floor"
    BER_LABOUR_HOUR = "ber-labour-hour"
    UNKNOWN_WARRANTY = "unknown-warranty"
    # clocks
    HAND_IN_DAYS = "hand-in-days"
    HAND_IN_DAYS_OTHER = "hand-in-days-other"
    TURNAROUND_DAYS = "turnaround-days"
    DUE_SOON_CALENDAR_DAYS = "due-soon-calendar-days"
    DUE_SOON_WORKING_DAYS = "due-soon-working-days"
    DUE_SOON_WORKING_HOURS = "due-soon-working-hours"
    DUE_SOON_HOURS = "due-soon-hours"
    PASS_ON_HOURS = "pass-on-hours"  # noqa: S105
    ANSWER_HOURS = "answer-hours"
    SOLUTION_PLAN_HOURS = "solution-plan-hours"
    WORKING_HOURS = "working-hours"
    # warranty
    EXCHANGE_WARRANTY = "exchange-warranty"
    EXCHANGE_SUBSTITUTE = "exchange-substitute"
    DOWNTIME_EXTENDS = "downtime-extends"
    KEY_PART_RESTARTS = "key-part-restarts"
    REPAIR_WARRANTY_MONTHS = "repair-warranty-months"
    # spares, loans, money
    OWED_UNIT_DAYS = "owed-unit-days"
    LOAN_BACK_DAYS = "loan-back-days"
    TRANSFER_DAYS = "transfer-days"
    OWN_SIGNATURE_LOAN_LIMIT = "own-signature-loan-limit"
    SIGNED_PAPER_DAYS = "signed-paper-days"
    QUOTATION_VALID_DAYS = "quotation-valid-days"
    PAY_BEFORE_RETURN = "pay-before-return"
    RESTOCK_AGE_MONTHS = "restock-age-months"
    RESTOCK_VALUE = "restock-value"
    RESTOCK_QUANTITY = "restock-quantity"
    RESTOCK_USES_A_YEAR = "restock-uses-a-year"
    # follow-ups, complaints
    FOLLOW_UP_SHARE = "follow-up-share"
    FOLLOW_UP_EVERY_REPAIR = "follow-up-every-repair"
    FOLLOW_UP_AFTER_DAYS = "follow-up-after-days"
    FOLLOW_UP_FIRST_YEAR_MONTHS = "follow-up-first-year-months"
    FOLLOW_UP_LATER_MONTHS = "follow-up-later-months"
    FOLLOW_UP_RETRY_DAYS = "follow-up-retry-days"
    FOLLOW_UP_TRIES = "follow-up-tries"
    COMPLAINT_ASSIGN_HOURS = "complaint-assign-hours"
    COMPLAINT_ANSWER_DAYS = "complaint-answer-days"
    COMPLAINT_TELL_DAYS = "complaint-tell-days"
    # quality alarms
    ALARM_ANSWER_DAYS = "alarm-answer-days"
    # people
    IDLE_LOCK_MINUTES = "idle-lock-minutes"
    PASSWORD_LENGTH = "password-length"  # noqa: S105
    PIN_LENGTH = "pin-length"
    SIGN_TRIES = "sign-tries"
    SIGN_WAIT_MINUTES = "sign-wait-minutes"
    # words: what this company calls its departments (zh, en); empty means the program's own word
    AFTER_SALES_ZH = "word.after-sales.zh"
    AFTER_SALES_EN = "word.after-sales.en"
    PRODUCTION_ZH = "word.production.zh"
    PRODUCTION_EN = "word.production.en"
    REPAIR_ZH = "word.repair.zh"
    REPAIR_EN = "word.repair.en"
    QA_ZH = "word.qa.zh"
    QA_EN = "word.qa.en"
    RND_ZH = "word.rnd.zh"
    RND_EN = "word.rnd.en"
    STORES_ZH = "word.stores.zh"
    STORES_EN = "word.stores.en"
    MANAGEMENT_ZH = "word.management.zh"
    MANAGEMENT_EN = "word.management.en"
