"""The migrations, made on SQLite, make the same tables on PostgreSQL, with keys that do not run out."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from db.models import Base
from db.opening import open_engine
from db.schema import HEAD, bring_up_to_date, version_of


@pytest.fixture
def engine(databases, server, tmp_path):
    opened = open_engine(server.migrated(tmp_path))
    yield opened
    opened.dispose()
    server.clear()


def found(engine, statement):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_migrations_make_what_the_models_say(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_again_does_nothing(engine):
    bring_up_to_date(engine, lambda: pytest.fail("a server is copied by whoever keeps it"))
    assert version_of(engine) == HEAD


def test_keys_and_what_points_at_them_have_64_bits(engine):
    narrow = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'integer'"
    )
    assert found(engine, narrow) == []
    assert found(engine, "SELECT sequencename FROM pg_sequences WHERE data_type <> 'bigint'::regtype") == []


def test_every_table_that_is_numbered_draws_from_a_sequence(engine):
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            if "id" in table.c:
                drawn = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
                assert drawn, table.name


def test_references_need_to_hold_at_the_end_only(engine):
    assert found(engine, "SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable") == []


def test_indexes_over_some_rows_only_are_made_as_declared(engine):
    partial = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '% WHERE %' ORDER BY 1"
    assert found(engine, partial) == [("ix_journal_gone",), ("ix_journal_owner_kind_owner_id",)]
