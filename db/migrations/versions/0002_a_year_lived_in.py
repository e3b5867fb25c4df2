"""Organisation over time, task forces, fuller tasks, the first ledger, queries, drafts and habits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _add_reference(table: str, column: str, target: str) -> None:
    """A new column pointing at another table; said in SQL because rebuilding a table others stand on would empty them."""
    name = f"fk_{table}_{column}_{target}"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {target} (id)")
    op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    """Brings the schema forward."""
    op.create_table(
        "drafts",
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "name", name=op.f("pk_drafts")),
    )
    op.create_table(
        "habits",
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "name", name=op.f("pk_habits")),
    )
    op.create_table(
        "queries",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("queries", schema=None) as batch_op:
        batch_op.create_index("ix_queries_kind_record_id", ["kind", "record_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["units.id"], name=op.f("fk_memberships_group_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_memberships_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("unit_id", "group_id", name=op.f("uq_memberships_unit_id_group_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_group_id"), ["group_id"], unique=False)

    op.create_table(
        "unit_changes",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name_before", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["successor_id"], ["units.id"], name=op.f("fk_unit_changes_successor_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_changes_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_changes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("unit_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_changes_successor_id"), ["successor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_changes_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "list_kinds",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("aliases", sa.String(length=200), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_list_kinds_campaign_id_campaigns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_kinds")),
        sa.UniqueConstraint("campaign_id", "name", name=op.f("uq_list_kinds_campaign_id_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("list_kinds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_kinds_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "disputes",
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("party_a", sa.String(length=60), nullable=True),
        sa.Column("party_a_sex", sa.String(length=40), nullable=True),
        sa.Column("party_a_ethnicity", sa.String(length=20), nullable=True),
        sa.Column("party_a_age", sa.Integer(), nullable=True),
        sa.Column("party_a_occupation", sa.String(length=40), nullable=True),
        sa.Column("party_a_phone", sa.String(length=40), nullable=True),
        sa.Column("party_a_address", sa.String(length=100), nullable=True),
        sa.Column("party_b", sa.String(length=60), nullable=True),
        sa.Column("party_b_sex", sa.String(length=40), nullable=True),
        sa.Column("party_b_ethnicity", sa.String(length=20), nullable=True),
        sa.Column("party_b_age", sa.Integer(), nullable=True),
        sa.Column("party_b_occupation", sa.String(length=40), nullable=True),
        sa.Column("party_b_phone", sa.String(length=40), nullable=True),
        sa.Column("party_b_address", sa.String(length=100), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.Column("recorder", sa.String(length=40), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("steadying", sa.String(length=40), nullable=True),
        sa.Column("overseer", sa.String(length=60), nullable=True),
        sa.Column("overseen_by", sa.String(length=40), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("agreement", sa.String(length=40), nullable=True),
        sa.Column("agreement_number", sa.String(length=60), nullable=True),
        sa.Column("performance", sa.String(length=200), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("revisited_on", sa.Date(), nullable=True),
        sa.Column("revisitor", sa.String(length=40), nullable=True),
        sa.Column("revisit", sa.String(length=200), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("return_reason", sa.String(length=200), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("search", sa.String(length=600), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_disputes_batch_id_import_batches")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_disputes_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"], name=op.f("fk_disputes_lead_id_people")),
        sa.ForeignKeyConstraint(["mediator_id"], ["people.id"], name=op.f("fk_disputes_mediator_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_disputes_unit_id_units")),
        sa.ForeignKeyConstraint(["village_id"], ["units.id"], name=op.f("fk_disputes_village_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disputes_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disputes_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disputes_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disputes_mediator_id"), ["mediator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disputes_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disputes_village_id"), ["village_id"], unique=False)

    op.create_table(
        "task_forces",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("duties", sa.Text(), nullable=True),
        sa.Column("document_number", sa.String(length=60), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_task_forces_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_task_forces_category_id_categories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_forces")),
        sa.UniqueConstraint("campaign_id", "name", name=op.f("uq_task_forces_campaign_id_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("task_forces", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_forces_category_id"), ["category_id"], unique=False)

    op.create_table(
        "force_members",
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["force_id"], ["task_forces.id"], name=op.f("fk_force_members_force_id_task_forces")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_force_members_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_members")),
        sa.UniqueConstraint("force_id", "person_id", "role", name=op.f("uq_force_members_force_id_person_id_role")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("force_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_force_members_person_id"), ["person_id"], unique=False)

    op.create_table(
        "force_units",
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["force_id"], ["task_forces.id"], name=op.f("fk_force_units_force_id_task_forces")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_force_units_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force_units")),
        sa.UniqueConstraint("force_id", "unit_id", name=op.f("uq_force_units_force_id_unit_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("force_units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_force_units_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "cooperations",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_cooperations_task_id_tasks")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cooperations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperations")),
        sa.UniqueConstraint("task_id", "unit_id", name=op.f("uq_cooperations_task_id_unit_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cooperations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cooperations_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "funding",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.Column("actual", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_funding_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("funding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_task_id"), ["task_id"], unique=False)

    op.create_table(
        "further_categories",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_further_categories_category_id_categories")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_further_categories_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_categories")),
        sa.UniqueConstraint("task_id", "category_id", name=op.f("uq_further_categories_task_id_category_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("further_categories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_further_categories_category_id"), ["category_id"], unique=False)

    op.create_table(
        "occurrences",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_occurrences_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
        sa.UniqueConstraint("task_id", "due", name=op.f("uq_occurrences_task_id_due")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("occurrences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occurrences_task_id"), ["task_id"], unique=False)

    op.create_table(
        "paper_tasks",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["pledges.id"], name=op.f("fk_paper_tasks_paper_id_pledges")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_paper_tasks_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_tasks")),
        sa.UniqueConstraint("paper_id", "task_id", name=op.f("uq_paper_tasks_paper_id_task_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("paper_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_tasks_task_id"), ["task_id"], unique=False)

    op.create_table(
        "quantities",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_quantities_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quantities")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quantities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quantities_task_id"), ["task_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_attachments_milestone_id_milestones")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrences.id"], name=op.f("fk_attachments_occurrence_id_occurrences")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_attachments_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_occurrence_id"), ["occurrence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_task_id"), ["task_id"], unique=False)
    for table, column in (
        ("campaigns", sa.Column("number_pattern", sa.String(length=120), nullable=True)),
        ("categories", sa.Column("closed_on", sa.Date(), nullable=True)),
        ("import_files", sa.Column("kind", sa.String(length=40), nullable=False, server_default="tasks")),
        ("milestones", sa.Column("evidence", sa.String(length=200), nullable=True)),
        ("people", sa.Column("phone", sa.String(length=40), nullable=True)),
        ("people", sa.Column("closed_on", sa.Date(), nullable=True)),
        ("pledges", sa.Column("outdated_at", sa.DateTime(), nullable=True)),
        ("pledges", sa.Column("outdated_why", sa.String(length=200), nullable=True)),
        ("posts", sa.Column("position", sa.Integer(), nullable=False, server_default="0")),
        ("tasks", sa.Column("key_project", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("tasks", sa.Column("recurrence", sa.String(length=40), nullable=True)),
        ("tasks", sa.Column("finished_on", sa.Date(), nullable=True)),
        ("units", sa.Column("since", sa.Date(), nullable=True)),
    ):
        op.add_column(table, column)
    _add_reference("tasks", "list_kind_id", "list_kinds")
    _add_reference("tasks", "force_id", "task_forces")
    _add_reference("tasks", "carried_from_id", "tasks")
    op.create_index("ix_tasks_campaign_id", "tasks", ["campaign_id"])
