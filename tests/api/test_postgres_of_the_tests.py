"""The database that tests share, one after another: it is emptied, and given on only if nothing else was changed."""

from collections.abc import Iterator

import psycopg
import pytest
from uuid_utils.compat import uuid7

from api.database import Database
from api.store import accounts
from tests.postgres import Server

CHANGES = [
    "ALTER TABLE entry ADD COLUMN colour text",
    "ALTER TABLE entry ALTER COLUMN happened_on DROP NOT NULL",
    "ALTER TABLE session RENAME TO session_elsewhere",
    "DROP INDEX {index}",
    "CREATE TABLE recipe (name text)",
    "CREATE SCHEMA elsewhere",
    "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "UPDATE alembic_version SET version_num = '9999'",
    "DELETE FROM alembic_version",
    "ALTER DATABASE washing SET lock_timeout = '1s'",
]


@pytest.fixture
def washing(postgresql: Server, migrated_postgresql: str) -> Iterator["psycopg.Connection[tuple[int]]"]:
    """A copy, and a connection to it that a test has left open."""
    postgresql.run(f"CREATE DATABASE washing TEMPLATE {migrated_postgresql}")
    connection = psycopg.connect(host=str(postgresql.folder), user="postgres", dbname="washing", autocommit=True)
    yield connection
    connection.close()
    postgresql.run("DROP DATABASE washing WITH (FORCE)")


@pytest.mark.parametrize("change", CHANGES)
def test_a_database_that_is_not_as_it_was_is_not_given_on(
    postgresql: Server, migrated_postgresql: str, washing: "psycopg.Connection[tuple[str]]", change: str
) -> None:
    indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE INDEX%'"
    (index,) = washing.execute(indexes).fetchone() or ("",)
    washing.execute(change.format(index=index).encode())

    assert not postgresql.wash("washing", like=migrated_postgresql)


def test_one_that_only_has_rows_is_emptied_whoever_still_holds_them(
    postgresql: Server, migrated_postgresql: str, washing: "psycopg.Connection[tuple[int]]"
) -> None:
    with Database(postgresql.url("washing")) as database:
        database.write_now(lambda connection: accounts.add_service(connection, uuid7(), "Riverside", 0))
    washing.autocommit = False
    washing.execute("LOCK TABLE service IN ACCESS SHARE MODE")

    assert postgresql.wash("washing", like=migrated_postgresql)

    with psycopg.connect(host=str(postgresql.folder), user="postgres", dbname="washing") as again:
        assert again.execute("SELECT count(*) FROM service").fetchone() == (0,)
