"""What a unit needs that cannot simply go back: rulings, warranty entries, exchange, spares, parts, money, requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()

#: The new tables whose rows never change.
APPEND_ONLY: frozenset[str] = frozenset({
    "tariffs", "payments",
    "spare_grades", "emergency_units", "restocks",
    "warranty_entries",
    "determinations",
    "request_events", "chase_notes",
    "loan_lines", "loan_returns", "part_counts",
    "customer_talks", "warranty_settlements", "repair_estimates",
})
#: Older tables that gain columns here: their triggers name columns on SQLite and are made again.
ALTERED: frozenset[str] = frozenset({
    "part_movements", "repair_parts",
    "products",
})


def upgrade() -> None:
    bind = op.get_bind()
    before = set(sa.inspect(bind).get_table_names())
    _dispositions()
    _approvals_and_ends()
    _warranty()
    _spares()
    _parts()
    _money()
    _requests()
    inspector = sa.inspect(bind)
    columns = {
        table: [c["name"] for c in inspector.get_columns(table) if c["name"] not in {"origin", "seq"}]
        for table in sorted((set(inspector.get_table_names()) - before) | ALTERED)
    }
    (_sqlite if bind.dialect.name == "sqlite" else _postgresql)(columns)


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


# -- rulings and what is told the customer -----------------------------------------------------------------------


def _dispositions() -> None:
    """Rulings confirmed or overridden, talks with customers."""
    op.add_column("products", sa.Column("soak_cycles", INT, nullable=False, server_default=sa.text("0")))
    op.add_column("products", sa.Column("soak_plan", TEXT, nullable=False, server_default=sa.text("''")))
    op.add_column("products", sa.Column("replacement_fen", INT, nullable=False, server_default=sa.text("0")))
    op.create_index("ix_units_everywhere", "units", ["serial", "product_id"])
    _table(
        "dispositions",
        *_words("number", "case_id", "unit_id"),
        *_numbers("rule_no", "at_intake"),
        *_words("ruled", "outcomes", "facts", "policy_version"),
        sa.Column("known_as_of", TEXT, nullable=True),
        *_numbers("overridden"),
        *_words("reason"),
        *_numbers("decided_at"),
        *_words("decided_by", "decided_by_name", "signature_id"),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("ended_why", TEXT, nullable=True),
        _of_case("dispositions"),
        sa.UniqueConstraint("depot_id", "number", name="uq_dispositions_depot_id_number"),
    )
    op.create_index("ix_dispositions_case", "dispositions", ["depot_id", "case_id"])
    op.create_index("ix_dispositions_decided", "dispositions", ["depot_id", "decided_at"])
    _table(
        "customer_talks",
        *_words("case_id", "with_whom"),
        *_numbers("held_at"),
        *_words("channel", "said", "answered", "wish", "written"),
        *_numbers("at"),
        *_words("by", "by_name"),
        _of_case("customer_talks"),
    )
    op.create_index("ix_customer_talks_case", "customer_talks", ["depot_id", "case_id"])
    _table(
        "warranty_settlements",
        *_words("case_id", "state", "reason", "proof"),
        *_numbers("at"),
        *_words("by", "by_name"),
        _of_case("warranty_settlements"),
    )
    op.create_index("ix_warranty_settlements_case", "warranty_settlements", ["depot_id", "case_id"])
    _estimates_and_soaks()


def _estimates_and_soaks() -> None:
    _table(
        "repair_estimates",
        *_words("case_id"),
        *_numbers("parts_fen", "labour_minutes", "labour_hour_fen", "replacement_fen"),
        sa.Column("age_months", INT, nullable=True),
        *_numbers("yearly_percent", "floor_percent", "share_percent", "value_fen", "limit_fen", "cost_fen", "beyond"),
        *_words("note", "policy_version"),
        *_numbers("at"),
        *_words("by", "by_name"),
        _of_case("repair_estimates"),
    )
    op.create_index("ix_repair_estimates_case", "repair_estimates", ["depot_id", "case_id"])
    _table(
        "soak_tests",
        *_words("case_id"),
        *_numbers("planned_minutes", "cycles"),
        *_words("plan"),
        *_numbers("planned_at"),
        *_words("planned_by"),
        sa.Column("started_at", INT, nullable=True),
        sa.Column("started_by", TEXT, nullable=True),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.Column("cycles_done", INT, nullable=True),
        sa.Column("fault_seen", INT, nullable=True),
        *_words("observed"),
        _of_case("soak_tests"),
    )
    op.create_index("ix_soak_tests_case", "soak_tests", ["depot_id", "case_id"])


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, INT, nullable=False) for name in names]


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name=f"fk_{table}_depot_id_case_id"
    )


# -- approvals, scrap, determinations, exchanges -----------------------------------------------------------------


def _approvals_and_ends() -> None:
    """Approvals by two persons, scrap and its destination, technical determinations, exchanges."""
    _ends_of_units()
    _kept_and_exchanged()


def _ends_of_units() -> None:
    _table(
        "approvals",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("subject_number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("facts", TEXT, nullable=False),
        sa.Column("requested_by", TEXT, nullable=False),
        sa.Column("requested_by_name", TEXT, nullable=False),
        sa.Column("requested_at", INT, nullable=False),
        sa.Column("approved", INT, nullable=True),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("decided_by_name", TEXT, nullable=False),
        sa.Column("decided_at", INT, nullable=True),
        sa.Column("decision_reason", TEXT, nullable=False),
        sa.Column("signature_id", TEXT, nullable=True),
    )
    op.create_index("ix_approvals_subject", "approvals", ["depot_id", "subject_id", "kind"])
    op.create_index("ix_approvals_waiting", "approvals", ["depot_id", "decided_at", "requested_at"])
    _table(
        "scraps",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("approval_id", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("for_lab", INT, nullable=False),
        sa.Column("scrapped_at", INT, nullable=False),
        sa.Column("scrapped_by", TEXT, nullable=False),
        sa.Column("destination", TEXT, nullable=True),
        sa.Column("how", TEXT, nullable=True),
        sa.Column("by_whom", TEXT, nullable=False),
        sa.Column("witness", TEXT, nullable=False),
        sa.Column("handover_number", TEXT, nullable=False),
        sa.Column("destined_at", INT, nullable=True),
        sa.Column("destined_by", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id", "approval_id"], ["approvals.depot_id", "approvals.id"],
            name="fk_scraps_depot_id_approval_id",
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"],
            name="fk_scraps_depot_id_case_id",
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_scraps_depot_id_number"),
    )
    op.create_index("ix_scraps_case", "scraps", ["depot_id", "case_id"])
    op.create_index("ix_scraps_waiting", "scraps", ["depot_id", "destined_at", "scrapped_at"])


def _kept_and_exchanged() -> None:
    _table(
        "keepings",
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("insists", INT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("fee_fen", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"],
            name="fk_keepings_depot_id_case_id",
        ),
    )
    op.create_index("ix_keepings_case", "keepings", ["depot_id", "case_id"])
    _table(
        "determinations",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("tests", TEXT, nullable=False),
        sa.Column("conclusion", TEXT, nullable=False),
        sa.Column("findings", TEXT, nullable=False),
        sa.Column("outcomes", TEXT, nullable=False),
        sa.Column("engineer_id", TEXT, nullable=False),
        sa.Column("engineer_name", TEXT, nullable=False),
        sa.Column("signature_id", TEXT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"],
            name="fk_determinations_depot_id_case_id",
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_determinations_depot_id_number"),
    )
    op.create_index("ix_determinations_case", "determinations", ["depot_id", "case_id"])
    _table(
        "exchanges",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("old_unit_id", TEXT, nullable=False),
        sa.Column("new_unit_id", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("substitute_reason", TEXT, nullable=False),
        sa.Column("both", INT, nullable=False),
        sa.Column("warranty_mode", TEXT, nullable=False),
        sa.Column("warranty_old_until", TEXT, nullable=True),
        sa.Column("warranty_until", TEXT, nullable=True),
        sa.Column("charge_fen", INT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("came_from", TEXT, nullable=False),
        sa.Column("handover_number", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.Column("delivered_at", INT, nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"],
            name="fk_exchanges_depot_id_case_id",
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "new_unit_id"], ["units.depot_id", "units.id"],
            name="fk_exchanges_depot_id_new_unit_id",
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "old_unit_id"], ["units.depot_id", "units.id"],
            name="fk_exchanges_depot_id_old_unit_id",
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_exchanges_depot_id_number"),
    )
    op.create_index("ix_exchanges_case", "exchanges", ["depot_id", "case_id"])
    op.create_index("ix_exchanges_new_unit", "exchanges", ["depot_id", "new_unit_id"])
    op.create_index("ix_exchanges_old_unit", "exchanges", ["depot_id", "old_unit_id"])


# -- warranty ----------------------------------------------------------------------------------------------------


def _warranty() -> None:
    """The entries of a unit's warranty."""
    _table(
        "warranty_entries",
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("facts", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("reverses", TEXT, nullable=True),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_warranty_entries_depot_id_unit_id"
        ),
    )
    op.create_index("ix_warranty_entries_unit", "warranty_entries", ["depot_id", "unit_id"])


# -- spares, loaners, emergency builds, restock ------------------------------------------------------------------


def _spares() -> None:
    """Reservations, spares left at sites and the units owed for them, loaners, emergency builds, restocking."""
    _spare_pool()
    _loaners()
    _builds_and_restocking()


def _spare_pool() -> None:
    """Grades, reservations, and the spares that left for a site."""
    _table(
        "spare_grades",
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("grade", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_spare_grades_depot_id_unit_id"
        ),
    )
    op.create_index("ix_spare_grades_unit", "spare_grades", ["depot_id", "unit_id", "at"])
    _table(
        "spare_reservations",
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("until", TEXT, nullable=False),
        sa.Column("reserved_at", INT, nullable=False),
        sa.Column("reserved_by", TEXT, nullable=False),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.Column("ended", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_spare_reservations_depot_id_unit_id"
        ),
    )
    op.create_index("ix_spare_reservations_unit", "spare_reservations", ["depot_id", "unit_id", "ended_at"])
    _table(
        "spare_uses",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("contact_phone", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("carrier", TEXT, nullable=False),
        sa.Column("waybill", TEXT, nullable=False),
        sa.Column("from_place", TEXT, nullable=False),
        sa.Column("out_handover", TEXT, nullable=False),
        sa.Column("sent_at", INT, nullable=False),
        sa.Column("sent_by", TEXT, nullable=False),
        sa.Column("replaced_unit_id", TEXT, nullable=True),
        sa.Column("replaced_serial", TEXT, nullable=False),
        sa.Column("swapped_on", TEXT, nullable=True),
        sa.Column("swapped_at", INT, nullable=True),
        sa.Column("swapped_by", TEXT, nullable=True),
        sa.Column("user_name", TEXT, nullable=False),
        sa.Column("user_signature_id", TEXT, nullable=True),
        sa.Column("owed_since", INT, nullable=True),
        sa.Column("owed_due_on", TEXT, nullable=True),
        sa.Column("owed_days", INT, nullable=True),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("recovered_at", INT, nullable=True),
        sa.Column("recovered_case_id", TEXT, nullable=True),
        sa.Column("written_off_at", INT, nullable=True),
        sa.Column("written_off_by", TEXT, nullable=True),
        sa.Column("written_off_reason", TEXT, nullable=False),
        sa.Column("unused_at", INT, nullable=True),
        sa.Column("unused_handover", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("request_id", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_spare_uses_depot_id_unit_id"
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_spare_uses_depot_id_number"),
    )
    op.create_index("ix_spare_uses_owed", "spare_uses", ["depot_id", "recovered_at", "owed_due_on"])
    op.create_index("ix_spare_uses_replaced", "spare_uses", ["depot_id", "replaced_unit_id"])
    op.create_index("ix_spare_uses_request", "spare_uses", ["depot_id", "request_id"])
    op.create_index("ix_spare_uses_unit", "spare_uses", ["depot_id", "unit_id"])


def _loaners() -> None:
    """Loaners, their agreements, and who waits for one."""
    _table(
        "loaners",
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("condition", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("enrolled_at", INT, nullable=False),
        sa.Column("enrolled_by", TEXT, nullable=False),
        sa.Column("retired_at", INT, nullable=True),
        sa.Column("retired_by", TEXT, nullable=True),
        sa.Column("retired_reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_loaners_depot_id_unit_id"
        ),
    )
    op.create_index("ix_loaners_unit", "loaners", ["depot_id", "unit_id"])
    _table(
        "loaner_agreements",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("loaner_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("contact_phone", TEXT, nullable=False),
        sa.Column("out_on", TEXT, nullable=False),
        sa.Column("due_on", TEXT, nullable=False),
        sa.Column("condition_out", TEXT, nullable=False),
        sa.Column("terms", TEXT, nullable=False),
        sa.Column("customer_name", TEXT, nullable=False),
        sa.Column("customer_signature_id", TEXT, nullable=True),
        sa.Column("out_handover", TEXT, nullable=False),
        sa.Column("lent_at", INT, nullable=False),
        sa.Column("lent_by", TEXT, nullable=False),
        sa.Column("back_at", INT, nullable=True),
        sa.Column("back_by", TEXT, nullable=True),
        sa.Column("condition_in", TEXT, nullable=False),
        sa.Column("back_handover", TEXT, nullable=False),
        sa.Column("written_off_at", INT, nullable=True),
        sa.Column("written_off_by", TEXT, nullable=True),
        sa.Column("written_off_reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "loaner_id"], ["loaners.depot_id", "loaners.id"], name="fk_loaner_agreements_depot_id_loaner_id"
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_loaner_agreements_depot_id_unit_id"
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_loaner_agreements_depot_id_number"),
    )
    op.create_index("ix_loaner_agreements_case", "loaner_agreements", ["depot_id", "case_id"])
    op.create_index("ix_loaner_agreements_due", "loaner_agreements", ["depot_id", "back_at", "due_on"])
    op.create_index("ix_loaner_agreements_unit", "loaner_agreements", ["depot_id", "unit_id"])
    _table(
        "loaner_waits",
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("since", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("ended", TEXT, nullable=True),
        sa.Column("ended_reason", TEXT, nullable=False),
    )
    op.create_index("ix_loaner_waits_product", "loaner_waits", ["depot_id", "product_id", "ended_at", "since"])


def _builds_and_restocking() -> None:
    """Units production builds in a hurry, and spares that go back to stores."""
    _table(
        "emergency_builds",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("need_by", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("requested_at", INT, nullable=False),
        sa.Column("requested_by", TEXT, nullable=False),
        sa.Column("confirmed_at", INT, nullable=True),
        sa.Column("confirmed_by", TEXT, nullable=True),
        sa.Column("confirmed_signature_id", TEXT, nullable=True),
        sa.Column("promised_on", TEXT, nullable=True),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.Column("ended", TEXT, nullable=True),
        sa.Column("ended_reason", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_emergency_builds_quantity"),
        sa.UniqueConstraint("depot_id", "number", name="uq_emergency_builds_depot_id_number"),
    )
    op.create_index("ix_emergency_builds_case", "emergency_builds", ["depot_id", "case_id"])
    op.create_index("ix_emergency_builds_open", "emergency_builds", ["depot_id", "ended_at", "need_by"])
    _table(
        "emergency_units",
        sa.Column("build_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("file_number", TEXT, nullable=False),
        sa.Column("complete", INT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "build_id"], ["emergency_builds.depot_id", "emergency_builds.id"], name="fk_emergency_units_depot_id_build_id"
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_emergency_units_depot_id_unit_id"
        ),
    )
    op.create_index("ix_emergency_units_build", "emergency_units", ["depot_id", "build_id"])
    op.create_index("ix_emergency_units_unit", "emergency_units", ["depot_id", "unit_id"])
    _table(
        "restocks",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("age_months", INT, nullable=False),
        sa.Column("age_limit", INT, nullable=False),
        sa.Column("value_fen", INT, nullable=False),
        sa.Column("value_limit", INT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("quantity_limit", INT, nullable=False),
        sa.Column("uses", INT, nullable=False),
        sa.Column("uses_limit", INT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("approved_name", TEXT, nullable=False),
        sa.Column("approval_signature_id", TEXT, nullable=False),
        sa.Column("handover", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_restocks_depot_id_unit_id"
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_restocks_depot_id_number"),
    )
    op.create_index("ix_restocks_product", "restocks", ["depot_id", "product_id", "at"])


# -- parts -------------------------------------------------------------------------------------------------------


def _parts() -> None:
    """Stock by place, loans to staff."""
    _stock()
    _loans()


#: Pieces may leave a lot only as far as there are any; lines that come from another desk's record are taken as said.
ENOUGH = """(SELECT COALESCE(SUM(m.quantity), 0) FROM part_movements m
    WHERE m.depot_id = NEW.depot_id AND m.part_id = NEW.part_id AND m.place_id = NEW.place_id
      AND m.grade = NEW.grade) + NEW.quantity >= 0"""


def _stock() -> None:
    for column in ("place_id", "grade"):
        default = "NEW" if column == "grade" else ""
        op.add_column("part_movements", sa.Column(column, TEXT, nullable=False, server_default=default))
        op.add_column("repair_parts", sa.Column(column, TEXT, nullable=False, server_default=default))
    for column in ("kind", "other_place_id", "subject_id"):
        op.add_column("part_movements", sa.Column(column, TEXT, nullable=True))
    for column in ("name_en", "old_part", "old_reason"):
        op.add_column("repair_parts", sa.Column(column, TEXT, nullable=False, server_default=""))
    for column in ("price_fen", "credit_fen"):
        op.add_column("repair_parts", sa.Column(column, INT, nullable=False, server_default="0"))
    _table(
        "stock_places", sa.Column("name", TEXT, nullable=False), sa.Column("kind", TEXT, nullable=False),
        sa.Column("holder_id", TEXT), sa.Column("holder_name", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False), sa.Column("active", INT, nullable=False),
    )
    op.create_index("ix_stock_places_depot", "stock_places", ["depot_id", "name"])
    _table(
        "part_levels", sa.Column("part_id", TEXT, nullable=False), sa.Column("place_id", TEXT, nullable=False),
        sa.Column("reorder_level", INT, nullable=False),
        sa.UniqueConstraint("depot_id", "part_id", "place_id", name="uq_part_levels_depot_id_part_id_place_id"),
    )
    _table(
        "part_rechecks",
        *(sa.Column(name, TEXT, nullable=False) for name in ("part_id", "place_id", "result", "certificate")),
        sa.Column("quantity", INT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("tested_by", "tested_by_name", "note")),
        sa.Column("at", INT, nullable=False),
    )
    op.create_index("ix_part_rechecks_part", "part_rechecks", ["depot_id", "part_id"])
    _part_counts()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER part_movements_laws BEFORE INSERT ON part_movements "
            "WHEN NEW.origin < 0 AND NEW.quantity < 0 "
            f"BEGIN SELECT RAISE(ABORT, 'law.stock-short') WHERE NOT {ENOUGH}; END"
        )
    else:
        op.execute(f"""CREATE FUNCTION part_movements_laws() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NOT {ENOUGH} THEN RAISE EXCEPTION 'law.stock-short'; END IF; RETURN NEW; END $$""")
        op.execute(
            "CREATE TRIGGER part_movements_laws BEFORE INSERT ON part_movements FOR EACH ROW "
            "WHEN (NEW.origin < 0 AND NEW.quantity < 0) EXECUTE FUNCTION part_movements_laws()"
        )


def _part_counts() -> None:
    """Stock-takes of parts (F20P)."""
    _table(
        "part_stocktakes",
        *(sa.Column(name, TEXT, nullable=False) for name in (
            "number", "place_id", "place_name", "state", "started_by", "started_by_name", "supervisor", "note")),
        sa.Column("started_at", INT, nullable=False), sa.Column("finished_at", INT),
        sa.Column("finished_by", TEXT), sa.Column("signature_id", TEXT),
        sa.UniqueConstraint("depot_id", "number", name="uq_part_stocktakes_depot_id_number"),
    )
    op.create_index("ix_part_stocktakes_place", "part_stocktakes", ["depot_id", "place_id", "state"])
    _table(
        "part_counts",
        *(sa.Column(name, TEXT, nullable=False) for name in (
            "stocktake_id", "part_id", "grade", "reason", "by", "by_name")),
        *(sa.Column(name, INT, nullable=False) for name in ("pieces", "booked", "at")),
        sa.ForeignKeyConstraint(
            ["depot_id", "stocktake_id"], ["part_stocktakes.depot_id", "part_stocktakes.id"],
            name="fk_part_counts_depot_id_stocktake_id"),
    )
    op.create_index("ix_part_counts_stocktake", "part_counts", ["depot_id", "stocktake_id"])


def _loans() -> None:
    def texts(*names: str) -> list[sa.Column[str]]:
        return [sa.Column(name, TEXT, nullable=False) for name in names]

    _table(
        "loans",
        *texts(
            "number", "borrower_id", "borrower_name", "borrower_signature_id", "approver_name", "purpose", "carriage",
            "case_number", "trip_ends_on", "due_on", "policy_version", "lent_by", "lent_by_name",
        ),
        sa.Column("approver_id", TEXT), sa.Column("approver_signature_id", TEXT),
        *(sa.Column(name, INT, nullable=False) for name in ("value_fen", "lent_at")),
        sa.Column("cleared_at", INT),
        sa.UniqueConstraint("depot_id", "number", name="uq_loans_depot_id_number"),
    )
    op.create_index("ix_loans_due", "loans", ["depot_id", "cleared_at", "due_on"])
    _table(
        "loan_lines",
        *texts("loan_id", "part_id", "part_no", "name_zh", "name_en", "unit", "place_id", "grade"),
        *(sa.Column(name, INT, nullable=False) for name in ("ordinal", "quantity", "price_fen")),
        sa.ForeignKeyConstraint(
            ["depot_id", "loan_id"], ["loans.depot_id", "loans.id"], name="fk_loan_lines_depot_id_loan_id"),
    )
    op.create_index("ix_loan_lines_loan", "loan_lines", ["depot_id", "loan_id"])
    _table(
        "loan_returns",
        *texts("loan_id", "line_id", "fate", "case_number", "reason", "place_id", "by", "by_name"),
        *(sa.Column(name, INT, nullable=False) for name in ("quantity", "at")), sa.Column("reverses_id", TEXT),
        sa.ForeignKeyConstraint(
            ["depot_id", "loan_id"], ["loans.depot_id", "loans.id"], name="fk_loan_returns_depot_id_loan_id"),
        sa.ForeignKeyConstraint(
            ["depot_id", "line_id"], ["loan_lines.depot_id", "loan_lines.id"],
            name="fk_loan_returns_depot_id_line_id"),
    )
    op.create_index("ix_loan_returns_loan", "loan_returns", ["depot_id", "loan_id"])


# -- money -------------------------------------------------------------------------------------------------------


def _money() -> None:
    """Tariffs and quotations."""
    _table(
        "tariffs",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("rate_class", TEXT, nullable=False),
        sa.Column("amount_fen", INT, nullable=False),
        sa.Column("percent", INT, nullable=False),
        sa.Column("effective_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("set_at", INT, nullable=False),
        sa.Column("set_by", TEXT, nullable=False),
    )
    op.create_index("ix_tariffs_kind", "tariffs", ["depot_id", "kind", "rate_class", "effective_from"])
    _quotations()
    _table(
        "payments",
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("quotation_id", TEXT, nullable=False),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("amount_fen", INT, nullable=False),
        sa.Column("receipt_number", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("reverses_id", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_payments_depot_id_case_id"
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "quotation_id"], ["quotations.depot_id", "quotations.id"],
            name="fk_payments_depot_id_quotation_id",
        ),
    )
    op.create_index("ix_payments_case", "payments", ["depot_id", "case_id"])


def _quotations() -> None:
    """The prices notified to customers, with their lines."""
    _table(
        "quotations",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("version", INT, nullable=False),
        sa.Column("supersedes_id", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("region", TEXT, nullable=False),
        sa.Column("percent", INT, nullable=False),
        sa.Column("total_fen", INT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("tariff_version", TEXT, nullable=False),
        sa.Column("tariff", TEXT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("priced_on", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("drafted_at", INT, nullable=False),
        sa.Column("drafted_by", TEXT, nullable=False),
        sa.Column("sent_at", INT, nullable=True),
        sa.Column("sent_by", TEXT, nullable=True),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.Column("consent", TEXT, nullable=True),
        sa.Column("consent_name", TEXT, nullable=False),
        sa.Column("consent_phone", TEXT, nullable=False),
        sa.Column("consent_at", INT, nullable=True),
        sa.Column("signature_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"],
            name="fk_quotations_depot_id_case_id",
        ),
        sa.UniqueConstraint("depot_id", "number", name="uq_quotations_depot_id_number"),
    )
    op.create_index("ix_quotations_case", "quotations", ["depot_id", "case_id"])
    op.create_index("ix_quotations_state", "quotations", ["depot_id", "state"])
    _table(
        "quotation_lines",
        sa.Column("quotation_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("rate_class", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("part_id", TEXT, nullable=True),
        sa.Column("part_no", TEXT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("price_fen", INT, nullable=False),
        sa.Column("old_returned", INT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "quotation_id"], ["quotations.depot_id", "quotations.id"],
            name="fk_quotation_lines_depot_id_quotation_id",
        ),
    )
    op.create_index("ix_quotation_lines_quotation", "quotation_lines", ["depot_id", "quotation_id"])


# -- service requests --------------------------------------------------------------------------------------------


def _requests() -> None:
    """Requests by phone and work on site."""
    _table(
        "service_requests",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("route", TEXT, nullable=True),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("product_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("serial", TEXT, nullable=False),
        sa.Column("symptom", TEXT, nullable=False),
        sa.Column("tried", TEXT, nullable=False),
        sa.Column("fault_on", TEXT, nullable=True),
        sa.Column("urgency", TEXT, nullable=False),
        sa.Column("warranty", TEXT, nullable=False),
        sa.Column("warranty_trace", TEXT, nullable=False),
        sa.Column("taken_at", INT, nullable=False),
        sa.Column("taken_by", TEXT, nullable=False),
        sa.Column("passed_on_at", INT, nullable=True),
        sa.Column("passed_on_to", TEXT, nullable=False),
        sa.Column("answered_at", INT, nullable=True),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("planned_at", INT, nullable=True),
        sa.Column("solution", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("quoted_fen", INT, nullable=True),
        sa.Column("quoted_at", INT, nullable=True),
        sa.Column("consented", INT, nullable=True),
        sa.Column("consent_by", TEXT, nullable=False),
        sa.Column("consent_at", INT, nullable=True),
        sa.Column("closed_at", INT, nullable=True),
        sa.Column("result", TEXT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.UniqueConstraint("depot_id", "number", name="uq_service_requests_depot_id_number"),
        sa.CheckConstraint("quoted_fen IS NULL OR quoted_fen >= 0", name="ck_service_requests_quoted"),
    )
    op.create_index("ix_service_requests_state", "service_requests", ["depot_id", "state", "taken_at"])
    op.create_index("ix_service_requests_customer", "service_requests", ["depot_id", "customer_id"])
    op.create_index("ix_service_requests_unit", "service_requests", ["depot_id", "unit_id"])
    op.create_index("ix_service_requests_case", "service_requests", ["depot_id", "case_id"])
    _table(
        "request_events",
        sa.Column("request_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["depot_id", "request_id"], ["service_requests.depot_id", "service_requests.id"], name="fk_request_events_depot_id_request_id"),
    )
    op.create_index("ix_request_events_request", "request_events", ["depot_id", "request_id", "ordinal"])
    _table(
        "site_visits",
        sa.Column("request_id", TEXT, nullable=False),
        sa.Column("technician_id", TEXT, nullable=False),
        sa.Column("leaves_on", TEXT, nullable=False),
        sa.Column("back_on", TEXT, nullable=True),
        sa.Column("findings", TEXT, nullable=False),
        sa.Column("work", TEXT, nullable=False),
        sa.Column("labour_minutes", INT, nullable=False),
        sa.Column("result", TEXT, nullable=True),
        sa.Column("opinion", TEXT, nullable=False),
        sa.Column("finished_at", INT, nullable=True),
        sa.Column("finished_by", TEXT, nullable=True),
        sa.Column("signature_id", TEXT, nullable=True),
        sa.Column("slip_number", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["depot_id", "request_id"], ["service_requests.depot_id", "service_requests.id"], name="fk_site_visits_depot_id_request_id"),
        sa.CheckConstraint("back_on IS NULL OR back_on >= leaves_on", name="ck_site_visits_trip"),
    )
    op.create_index("ix_site_visits_request", "site_visits", ["depot_id", "request_id"])
    op.create_index("ix_site_visits_technician", "site_visits", ["depot_id", "technician_id", "finished_at"])
    _table(
        "site_parts",
        sa.Column("visit_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("part_id", TEXT, nullable=True),
        sa.Column("part_no", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("removed_serial", TEXT, nullable=False),
        sa.Column("fitted_serial", TEXT, nullable=False),
        sa.Column("loan_number", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["depot_id", "visit_id"], ["site_visits.depot_id", "site_visits.id"], name="fk_site_parts_depot_id_visit_id"),
        sa.CheckConstraint("quantity > 0", name="ck_site_parts_quantity"),
    )
    op.create_index("ix_site_parts_visit", "site_parts", ["depot_id", "visit_id", "ordinal"])
    _table(
        "chase_notes",
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("clock", TEXT, nullable=False),
        sa.Column("called", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("promised_on", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
    )
    op.create_index("ix_chase_notes_subject", "chase_notes", ["depot_id", "subject_id", "at"])


# -- the making of a table, and its laws (as in 0001 and 0002) ---------------------------------------------------


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of the depot's record; one that may change ends its rows by ``deleted_at``."""
    ending = [] if name in APPEND_ONLY else [sa.Column("deleted_at", INT, nullable=True)]
    op.create_table(
        name,
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *parts,
        *ending,
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name=f"pk_{name}"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_stamp", name, ["origin", "seq"])


def _sqlite(columns: dict[str, list[str]]) -> None:
    for table, names in columns.items():
        append_only = table in APPEND_ONLY or _had(f"{table}_append_only")
        for ending in ("stamp_insert", "stamp_update", "no_delete", "append_only"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{ending}")
        stamp = f"""UPDATE node SET seq = seq + 1;
            UPDATE {table} SET origin = (SELECT origin FROM node), seq = (SELECT seq FROM node)
            WHERE rowid = NEW.rowid;"""
        listed = ", ".join(names)
        op.execute(
            f"CREATE TRIGGER {table}_stamp_insert AFTER INSERT ON {table} WHEN NEW.origin < 0 BEGIN {stamp} END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stamp_update AFTER UPDATE OF {listed} ON {table} "
            f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq BEGIN {stamp} END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'law.no-delete'); END"
        )
        if append_only:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {listed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'law.append-only'); END"
            )


def _had(trigger: str) -> bool:
    found = op.get_bind().execute(
        sa.text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = :name"), {"name": trigger}
    )
    return found.scalar() is not None


def _postgresql(columns: dict[str, list[str]]) -> None:
    for table in sorted(set(columns) - ALTERED):
        op.execute(
            f"CREATE TRIGGER {table}_stamp BEFORE INSERT OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION stamp_row()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_row()"
        )
        if table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_row()"
            )
