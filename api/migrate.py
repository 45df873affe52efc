"""The schema's versions: Alembic without an ini file, run by `migrate` and by `serve` on an empty database."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

SCRIPTS = Path(__file__).parent / "migrations"


def to_head(connection: Connection) -> None:
    """Brings the schema to this version, in the transaction of the connection."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def version_of(connection: Connection) -> str | None:
    """The version of the schema; None for a database without one."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The version that this code needs."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def is_current(connection: Connection) -> bool:
    """Whether the schema is the one that this code needs."""
    return version_of(connection) == head()


def is_empty(connection: Connection) -> bool:
    """Whether the database has no table at all."""
    return not inspect(connection).get_table_names()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config
