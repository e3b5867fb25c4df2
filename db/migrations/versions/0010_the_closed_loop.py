"""What becomes of a task until it is signed off: its handling, extensions, supervision, where it came from, notes, lights."""

import sqlalchemy as sa
from alembic import op

from db.migrations.entry_tables import amount, create_entry_table, create_record_table, day, text
from db.migrations.rebuilding import key_type, rebuilt

revision = "0010"
down_revision = "0009"

_QUANTITIES, _MILESTONES = ("quantities", "livelihood_quantities"), ("milestones", "livelihood_milestones")
_REPORTS = {"progress": "task_id", "livelihood_progress": "project_id"}


def upgrade() -> None:
    """Brings the schema forward; every task of before is one that was not handed out yet."""
    for table in _QUANTITIES:
        op.add_column(table, amount("done"))
    for table in _MILESTONES:
        op.add_column(table, day("reached_on"))
        op.add_column(table, text("given", 200))
    for table, column in _REPORTS.items():
        op.add_column(table, day("reported_on"))
        op.create_index(f"ix_{table}_last", table, ["campaign_id", column, "month", "reported_on", "stage", "percent"])
        op.add_column(table, text("reached"))
        op.add_column(table, text("brought"))
    create_record_table(
        "task_steps", day("on", required=True), text("handling", 40, required=True), text("by", 40), text("reason", 200),
        references={"task_id": "tasks"},
    )  # fmt: skip
    create_record_table(
        "draws", text("title", 200, required=True), day("drawn_on", required=True), text("seed", 64, required=True),
        text("method", 40, required=True), text("pool", required=True), text("drawn", required=True),
        references={"campaign_id": "campaigns"},
    )  # fmt: skip
    create_record_table(
        "follow_ups", text("owner_kind", 40, required=True), text("owner_uid", 32, required=True), day("on", required=True),
        text("words", required=True), references={},
    )  # fmt: skip
    op.create_index("ix_follow_ups_owner_uid", "follow_ups", ["owner_uid"])
    counts = ("soon_days", "behind_points", "silent_days", "receive_days", "report_day")
    create_record_table(
        "light_rules", day("valid_from", required=True), *(sa.Column(name, key_type(), nullable=False) for name in counts),
        references={"township_id": "units"}, once=("township_id", "valid_from"),
    )  # fmt: skip
    op.create_index("ix_light_rules_township_id", "light_rules", ["township_id"])
    op.add_column("papers", text("record_uid", 32))
    op.create_index("ix_papers_record_uid", "papers", ["record_uid"])
    _sources()
    _of_tasks()
    _supervision()


def _sources() -> None:
    create_entry_table(
        "incoming", text("number", 60), text("title", 200, required=True), text("sender", 200, required=True),
        day("received_on", required=True), text("demand"), day("due"), references={"unit_id": "units"},
    )  # fmt: skip
    create_entry_table(
        "decisions", text("meeting", 200, required=True), day("met_on", required=True), text("title", 200, required=True),
        text("content"), text("person", 200), day("due"), references={"unit_id": "units", "force_id": "task_forces"},
        required=("unit_id",),
    )  # fmt: skip


def _of_tasks() -> None:
    days = ("handed_on", "receive_by", "received_on", "applied_on", "signed_off_on")
    own = (
        text("handling", 40),
        text("applied_by", 32),
        text("signed_off_number", 40),
        text("handling_reason", 200),
        text("demand", 200),
    )
    with rebuilt("tasks") as tasks:
        for column in (*own, *map(day, days)):
            tasks.add_column(column)
        for name, table in (("incoming_id", "incoming"), ("decision_id", "decisions")):
            tasks.add_column(sa.Column(name, key_type(), nullable=True))
            key = tasks.f(f"fk_tasks_{name}_{table}")
            tasks.create_foreign_key(key, table, [name], ["id"], deferrable=True, initially="IMMEDIATE")
            tasks.create_index(f"ix_tasks_{name}", [name])
    create_entry_table(
        "extensions", text("number", 40), text("title", 200, required=True), day("asked_on", required=True), day("before"),
        day("wanted", required=True), text("reason", required=True), text("standing"), day("decided_on"),
        references={"unit_id": "units", "task_id": "tasks"}, required=("unit_id", "task_id"),
    )  # fmt: skip


def _supervision() -> None:
    create_entry_table(
        "notices", text("number", 40), text("level", 40, required=True), text("title", 200, required=True),
        day("issued_on", required=True), day("term", required=True), text("grounds"), text("demand"), text("answer"),
        day("answered_on"), day("closed_on"), references={"unit_id": "units", "task_id": "tasks", "follows_id": "notices"},
        required=("unit_id",),
    )  # fmt: skip
    create_entry_table(
        "inspections", text("title", 200, required=True), day("planned_on"), day("visited_on"), text("place", 200),
        text("inspectors", 200), text("result"), references={"unit_id": "units", "draw_id": "draws"}, required=("unit_id",),
    )  # fmt: skip
    create_entry_table(
        "findings", text("number", 40), text("title", 200, required=True), day("found_on", required=True), text("demand"),
        day("term"), day("handed_on"), text("answer"), day("answered_on"), day("closed_on"),
        references={"unit_id": "units", "task_id": "tasks", "inspection_id": "inspections"}, required=("unit_id",),
    )  # fmt: skip
