"""The versions of the schema lead, on both databases, to exactly the tables that the code is written for."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, Connection, MetaData, String, inspect, text

from api import migrate
from api.database import Database
from api.store.tables import metadata


@pytest.fixture
def empty(empty_database_url: str) -> Any:
    with Database(empty_database_url) as database:
        yield database


def drift(connection: Connection, wanted: MetaData = metadata) -> list[Any]:
    """What autogenerate would still change."""
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), wanted))


def test_an_empty_database_is_brought_to_this_version(empty: Database) -> None:
    assert empty.read_now(migrate.is_empty)
    assert empty.read_now(migrate.version_of) is None
    assert not empty.read_now(migrate.is_current)

    empty.write_now(migrate.to_head)

    assert empty.read_now(migrate.is_current)
    assert empty.read_now(migrate.version_of) == migrate.head()
    assert not empty.read_now(migrate.is_empty)
    tables = empty.read_now(lambda connection: set(inspect(connection).get_table_names()))
    assert tables == {*metadata.tables, "alembic_version"}


def test_the_migrated_schema_is_the_one_the_code_is_written_for(empty: Database) -> None:
    empty.write_now(migrate.to_head)

    assert empty.read_now(drift) == []


def test_a_column_that_no_migration_makes_is_seen(empty: Database) -> None:
    empty.write_now(migrate.to_head)
    wanted = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.tables.values():
        table.to_metadata(wanted)
    wanted.tables["entry"].append_column(Column("planted", String(10)))

    found = empty.read_now(lambda connection: drift(connection, wanted))

    assert [(change[0], change[2], change[3].name) for change in found] == [("add_column", "entry", "planted")]


def test_the_rules_that_the_database_itself_holds_are_those_of_the_code(empty: Database) -> None:
    """Autogenerate does not look at them."""
    empty.write_now(migrate.to_head)

    def checks(connection: Connection) -> set[Any]:
        inspector = inspect(connection)
        return {one["name"] for name in inspector.get_table_names() for one in inspector.get_check_constraints(name)}

    written = {
        constraint.name
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    named = {"entry_state_ck", "operation_outcome_ck", "reflection_state_ck"}
    assert empty.read_now(checks) == {str(name) for name in written} == named


def test_migrating_again_changes_nothing(empty: Database) -> None:
    empty.write_now(migrate.to_head)
    empty.write_now(migrate.to_head)

    assert empty.read_now(migrate.is_current)
    assert empty.read_now(drift) == []


def test_a_migration_that_fails_leaves_nothing_behind(empty: Database) -> None:
    def fails(connection: Connection) -> None:
        migrate.to_head(connection)
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        empty.write_now(fails)

    assert empty.read_now(migrate.is_empty)
    empty.write_now(migrate.to_head)
    assert empty.read_now(migrate.is_current)


def test_an_older_schema_is_not_current(empty: Database) -> None:
    def older(connection: Connection) -> None:
        migrate.to_head(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    empty.write_now(older)

    assert not empty.read_now(migrate.is_current)


def test_the_versions_are_one_line_without_a_branch() -> None:
    scripts = ScriptDirectory(str(migrate.SCRIPTS))

    assert scripts.get_heads() == [migrate.head()]
    assert len(scripts.get_bases()) == 1
    assert all(not script.is_branch_point for script in scripts.walk_revisions())


def test_every_key_and_every_reference_starts_with_the_service() -> None:
    """So that no row can point into another tenant; failed sign-ins alone know of none yet."""
    for table in metadata.tables.values():
        if table.name == "failed_sign_in":
            continue
        assert next(iter(table.primary_key.columns)).name == "service_id", table.name
        for constraint in table.foreign_key_constraints:
            assert constraint.column_keys[0] == "service_id", constraint.name
            assert next(iter(constraint.elements)).column.name == "service_id", constraint.name
