"""Records get an identity and a version, the journal keeps changed columns and whose content they are, files hang on anything;
what was the one office's is its township's."""

import sqlalchemy as sa
from alembic import op

from db.migrations.rebuilding import key_type, rebuilt, widen_keys
from db.migrations.retelling import Identities, Retelling
from db.migrations.townships import give_to_township, know_people, sign_with_people

revision = "0005"
down_revision = "0004"

RECORDS = (
    "campaigns", "dimensions", "categories", "list_kinds", "tasks", "responsibilities", "milestones", "corrections",
    "task_forces", "force_members", "force_units", "disputes", "progress", "settings", "units", "people", "posts",
    "memberships", "unit_changes", "wordings", "papers", "paper_tasks", "queries", "attachments", "cooperations", "funding",
    "further_categories", "occurrences", "quantities",
)  # fmt: skip
_ACTS = (  # how labels began, and the verb that says it
    ("撤回", "withdraw"), ("撤销", "undo"), ("恢复 ", "undo"), ("提交审核", "submit"),
    ("审核通过", "approve"), ("退回", "return"),
    ("解锁", "unlock"), ("导入", "import"), ("录入", "enter"), ("新增", "enter"), ("修改", "change"), ("批量修改", "change"),
    ("删除", "delete"), ("提出疑问", "ask"), ("答复疑问", "ask"), ("关闭疑问", "ask"), ("从回收站恢复", "restore"),
    ("恢复", "restore"), ("制作", "issue"), ("签收", "issue"), ("登记", "issue"), ("建立", "set_up"),
)  # fmt: skip


def upgrade() -> None:
    """Brings the schema forward."""
    widen_keys()
    _databases()
    _operations()
    _journal()
    for table in RECORDS:
        op.add_column(table, sa.Column("uid", sa.String(32), nullable=False, server_default=""))
        if table != "wordings":
            op.add_column(table, sa.Column("version", key_type(), nullable=False, server_default="0"))
    with rebuilt("wordings") as batch:
        batch.alter_column("version", new_column_name="edition", existing_type=sa.Integer(), existing_nullable=False)
    op.add_column("wordings", sa.Column("version", key_type(), nullable=False, server_default="0"))
    with rebuilt("paper_tasks"):  # its ids, too, are given once only
        pass
    give_to_township()
    know_people()
    _attachments()
    _queries()
    _identities()
    for table in RECORDS:
        op.create_index(f"ix_{table}_uid", table, ["uid"], unique=True)


def _databases() -> None:
    op.create_table(
        "databases",
        sa.Column("id", key_type(), nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("copied_from", sa.String(32), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("operation_id", key_type(), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_databases")),
        sa.UniqueConstraint("uid", name=op.f("uq_databases_uid")),
        sqlite_autoincrement=True,
    )


def _operations() -> None:
    """Room for who did it by id, and the verb by how the label begins."""
    op.add_column("operations", sa.Column("author_uid", sa.String(32), nullable=True))
    op.create_index("ix_operations_author_uid", "operations", ["author_uid"])
    op.add_column("operations", sa.Column("act", sa.String(20), nullable=False, server_default=""))
    for start, act in _ACTS:
        op.execute(f"UPDATE operations SET act = '{act}' WHERE act = '' AND label LIKE '{start}%'")
    op.execute("UPDATE operations SET act = 'arrange' WHERE act = ''")


def _journal() -> None:
    op.add_column("journal", sa.Column("owner_kind", sa.String(40), nullable=True))
    op.add_column("journal", sa.Column("owner_id", key_type(), nullable=True))
    owned, gone = sa.text("owner_kind IS NOT NULL"), sa.text("after IS NULL")
    op.create_index(
        "ix_journal_owner_kind_owner_id", "journal", ["owner_kind", "owner_id"], sqlite_where=owned, postgresql_where=owned
    )
    op.create_index("ix_journal_gone", "journal", ["kind", "record_id"], sqlite_where=gone, postgresql_where=gone)


def _attachments() -> None:
    for name, length in (("owner_kind", 40), ("owner_uid", 32), ("proves_kind", 40), ("proves_uid", 32)):
        op.add_column("attachments", sa.Column(name, sa.String(length), nullable=True))


def _queries() -> None:
    for name, length in (("owner_kind", 40), ("owner_uid", 32)):
        op.add_column("queries", sa.Column(name, sa.String(length), nullable=True))


def _identities() -> None:
    """Every row gets its identity, files and questions hang by it, and the journal is told again."""
    connection, metadata = op.get_bind(), sa.MetaData()
    tables = {name: sa.Table(name, metadata, autoload_with=connection, resolve_fks=False) for name in RECORDS}
    identities = Identities(connection, tables)
    sign_with_people()
    for column, kind in (("task_id", "tasks"), ("paper_id", "papers")):
        _hang("attachments", "owner", f"'{kind}'", column, kind)
    for column, kind in (("milestone_id", "milestones"), ("occurrence_id", "occurrences")):
        _hang("attachments", "proves", f"'{kind}'", column, kind)
    for kind in RECORDS:
        op.execute(
            f"UPDATE queries SET owner_kind = kind, owner_uid = (SELECT uid FROM {kind} AS of WHERE of.id = queries.record_id) "
            f"WHERE kind = '{kind}'"
        )
    _hang_what_is_left(identities)
    _drop_old_columns()
    for name in ("attachments", "queries"):
        tables[name] = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
    Retelling(connection, tables, identities).run()


def _hang(table: str, name: str, kind: str, column: str, target: str) -> None:
    op.execute(
        f"UPDATE {table} SET {name}_kind = {kind}, {name}_uid = (SELECT uid FROM {target} AS of WHERE of.id = {table}.{column}) "
        f"WHERE {column} IS NOT NULL"
    )


def _hang_what_is_left(identities: Identities) -> None:
    """Questions about records that are long deleted stay with them, should these come back."""
    connection = op.get_bind()
    left = connection.execute(sa.text("SELECT id, kind, record_id FROM queries WHERE owner_uid IS NULL")).all()
    for query_id, kind, record_id in left:
        named = {"of": query_id, "kind": kind, "uid": identities.of(kind, record_id)}
        connection.execute(sa.text("UPDATE queries SET owner_kind = :kind, owner_uid = :uid WHERE id = :of"), named)


def _drop_old_columns() -> None:
    with rebuilt("attachments") as batch:
        for column, target in (
            ("task_id", "tasks"), ("paper_id", "papers"), ("occurrence_id", "occurrences"), ("milestone_id", "milestones")
        ):  # fmt: skip
            batch.drop_index(f"ix_attachments_{column}")
            batch.drop_constraint(f"fk_attachments_{column}_{target}", type_="foreignkey")
            batch.drop_column(column)
        for name, length in (("owner_kind", 40), ("owner_uid", 32)):
            batch.alter_column(name, existing_type=sa.String(length), nullable=False)
        batch.create_index(batch.f("ix_attachments_owner_uid"), ["owner_uid"])
        batch.create_index(batch.f("ix_attachments_proves_uid"), ["proves_uid"])
    with rebuilt("queries") as batch:
        batch.drop_index("ix_queries_kind_record_id")
        batch.drop_column("kind")
        batch.drop_column("record_id")
        for name, length in (("owner_kind", 40), ("owner_uid", 32)):
            batch.alter_column(name, existing_type=sa.String(length), nullable=False)
        batch.create_index(batch.f("ix_queries_owner_uid"), ["owner_uid"])
