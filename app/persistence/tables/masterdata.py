"""Master data: owned by head office, or proposed by a depot and used at once (spec 4).

``depot_id`` is the owner here. Operational rows name them by id alone, without a foreign key.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint, text

from app.domain.places import Place
from app.persistence.tables.base import (
    Int,
    Words,
    day,
    moment,
    number,
    one_of,
    operational,
    structure,
    to,
    words,
    yes_no,
)

customers = operational(
    "customers",
    words("code"),
    words("name"),
    words("kind"),
    words("address"),
    words("contact"),
    words("phone"),
    words("email"),
    words("language"),
    words("distance_class"),
    words("note"),
    yes_no("proposed"),
    words("merged_into", null=True),
    yes_no("active"),
    Index("ix_customers_id", "id"),
    Index("ix_customers_name", "depot_id", "name"),
    Index("ix_customers_code", "depot_id", "code"),
    delivered=True,
)

contacts = operational(
    "contacts",
    words("customer_id"),
    words("name"),
    words("role"),
    words("phone"),
    words("email"),
    Index("ix_contacts_customer", "customer_id"),
    delivered=True,
)

products = operational(
    "products",
    words("model"),
    words("name_zh"),
    words("name_en"),
    words("line"),
    words("control"),
    structure("serial_rule"),
    words("storage_condition"),
    words("price_class"),
    structure("warranty"),
    number("soak_minutes"),
    Column("soak_cycles", Int, nullable=False, server_default=text("0")),
    Column("soak_plan", Words(), nullable=False, server_default=text("''")),
    Column("replacement_fen", Int, nullable=False, server_default=text("0")),
    words("note"),
    yes_no("proposed"),
    words("merged_into", null=True),
    yes_no("active"),
    Index("ix_products_id", "id"),
    Index("ix_products_model", "depot_id", "model"),
    delivered=True,
)

key_parts = operational(
    "key_parts",
    words("product_id"),
    words("name_zh"),
    words("name_en"),
    words("part_no"),
    number("warranty_months", null=True),
    Index("ix_key_parts_product", "product_id"),
    delivered=True,
)

test_templates = operational(
    "test_templates",
    words("product_id"),
    number("version"),
    words("note"),
    yes_no("active"),
    Index("ix_test_templates_product", "product_id"),
    delivered=True,
)

test_items = operational(
    "test_items",
    words("template_id"),
    number("ordinal"),
    words("code"),
    words("name_zh"),
    words("name_en"),
    words("kind"),
    words("unit"),
    words("lower", null=True),
    words("upper", null=True),
    structure("choices"),
    yes_no("mandatory"),
    to("template_id", "test_templates"),
    Index("ix_test_items_template", "depot_id", "template_id"),
    delivered=True,
)

parts = operational(
    "parts",
    words("part_no"),
    words("name_zh"),
    words("name_en"),
    words("unit"),
    number("price_fen"),
    number("reorder_level"),
    words("note"),
    yes_no("proposed"),
    yes_no("active"),
    Index("ix_parts_id", "id"),
    Index("ix_parts_part_no", "depot_id", "part_no"),
    delivered=True,
)

#: Stock of parts as a ledger by place and grade: quantity in (+) or out (−); the balance is the sum, never below 0.
#: ``place_id`` empty: the main store. ``kind`` is unknown of the lines that were written before there were kinds.
part_movements = operational(
    "part_movements",
    words("part_id"),
    number("quantity"),
    words("reason"),
    words("repair_order_id", null=True),
    words("document_number", null=True),
    moment("at"),
    words("by"),
    words("place_id"),
    words("grade"),
    words("kind", null=True),
    words("other_place_id", null=True),
    words("subject_id", null=True),
    Index("ix_part_movements_part", "depot_id", "part_id"),
    append_only=True,
)

codes = operational(
    "codes",
    words("kind"),
    words("code"),
    words("name_zh"),
    words("name_en"),
    words("cause_class"),
    words("product_line"),
    yes_no("active"),
    Index("ix_codes_id", "id"),
    Index("ix_codes_kind", "depot_id", "kind", "code"),
    delivered=True,
)

policies = operational(
    "policies",
    words("name"),
    structure("value"),
    day("effective_from"),
    words("note"),
    moment("set_at"),
    words("set_by"),
    UniqueConstraint("depot_id", "name", "effective_from", "set_at"),
    append_only=True,
    delivered=True,
)

calendar_days = operational(
    "calendar_days",
    day("day"),
    words("kind"),
    words("note"),
    Index("ix_calendar_days_day", "depot_id", "day"),
    delivered=True,
)

shelves = operational(
    "shelves",
    one_of("place", Place),
    words("code"),
    number("capacity"),
    words("provides"),
    words("note"),
    yes_no("active"),
    Index("ix_shelves_id", "id"),
    Index("ix_shelves_place", "depot_id", "place", "code"),
)
