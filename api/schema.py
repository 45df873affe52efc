"""What a command does about the schema that it meets: fill an empty database, name what is older, refuse the rest."""

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from api import migrate
from api.database import Database


class WrongSchema(Exception):
    """The database cannot be used with this version; the message says what to do."""


def prepare(url: str) -> None:
    """Gives an empty database its tables. Raises WrongSchema where the schema is not this version's."""
    with Database(url) as database:
        version = database.read_now(migrate.version_of)
        if version is None:
            version = database.write_now(_fill_empty)
        if version is None:
            raise WrongSchema("The database holds tables that are not Alongside's. Choose an empty one.")
        refuse_newer(version)
        if version != migrate.head():
            raise WrongSchema(
                f"The database has the older schema {version}. Make a backup, then bring it up to date with: "
                "alongside migrate"
            )


def to_head(connection: Connection) -> None:
    """Brings the schema to this version."""
    _one_at_a_time(connection)
    migrate.to_head(connection)


def is_known(version: str | None) -> bool:
    """Whether a schema is of this version or an older one."""
    return version in {script.revision for script in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()}


def refuse_newer(version: str | None) -> None:
    """Raises WrongSchema for a schema that this version has never heard of."""
    if version is not None and not is_known(version):
        raise WrongSchema(f"The database has the schema {version} of a newer Alongside. Install that version or later.")


def _fill_empty(connection: Connection) -> str | None:
    _one_at_a_time(connection)
    if migrate.is_empty(connection):
        migrate.to_head(connection)
    return migrate.version_of(connection)


def _one_at_a_time(connection: Connection) -> None:
    """Two servers that start together on PostgreSQL take turns; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('alongside schema'))"))
