"""Money: the tariffs of head office, quotations with their lines, and what was paid."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.persistence.tables.base import day, moment, number, operational, structure, to, words

#: What the tariff says of one kind and class from a day on. Amounts in fen, ``percent`` whole per cent.
tariffs = operational(
    "tariffs",
    words("kind"),
    words("rate_class"),
    number("amount_fen"),
    number("percent"),
    day("effective_from"),
    day("valid_until", null=True),
    words("note"),
    moment("set_at"),
    words("set_by"),
    Index("ix_tariffs_kind", "depot_id", "kind", "rate_class", "effective_from"),
    append_only=True,
    delivered=True,
)

#: One price notified to the customer (报价单). ``tariff``: the rates it was priced with, as they were.
quotations = operational(
    "quotations",
    words("number"),
    words("case_id"),
    number("version"),
    words("supersedes_id", null=True),
    words("state"),
    words("region"),
    number("percent"),
    number("total_fen"),
    words("note"),
    words("tariff_version"),
    structure("tariff"),
    words("policy_version"),
    day("priced_on"),
    day("valid_until", null=True),
    moment("drafted_at"),
    words("drafted_by"),
    moment("sent_at", null=True),
    words("sent_by", null=True),
    moment("ended_at", null=True),
    words("ended_by", null=True),
    words("consent", null=True),
    words("consent_name"),
    words("consent_phone"),
    moment("consent_at", null=True),
    words("signature_id", null=True),
    words("reason"),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_quotations_case", "depot_id", "case_id"),
    Index("ix_quotations_state", "depot_id", "state"),
)

#: ``quantity``: minutes of labour, pieces, kilometres or days by ``kind``; ``price_fen`` for one (an hour of labour).
quotation_lines = operational(
    "quotation_lines",
    words("quotation_id"),
    number("ordinal"),
    words("kind"),
    words("rate_class"),
    words("text"),
    words("part_id", null=True),
    words("part_no"),
    number("quantity"),
    number("price_fen"),
    number("old_returned"),
    to("quotation_id", "quotations"),
    Index("ix_quotation_lines_quotation", "depot_id", "quotation_id"),
)

#: What was paid, or put on account, for a case; a mistake is a line of the opposite sign that names it.
payments = operational(
    "payments",
    words("case_id"),
    words("quotation_id"),
    words("how"),
    number("amount_fen"),
    words("receipt_number"),
    words("note"),
    words("reverses_id", null=True),
    moment("at"),
    words("by"),
    to("case_id", "return_cases"),
    to("quotation_id", "quotations"),
    Index("ix_payments_case", "depot_id", "case_id"),
    append_only=True,
)
