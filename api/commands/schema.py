"""`alongside migrate` and `alongside openapi`: the shape of the database and of the API."""

import click
import msgspec

from api import lock, migrate, schema
from api.commands.console import example, say
from api.database import Database
from api.settings import load


@click.command("migrate", epilog=example("alongside backup before.backup", "alongside migrate"))
def migrate_command() -> None:
    """Bring the database to this version's schema.

    It makes the tables of an empty database, and changes those of an older version in one transaction. Stop the server
    and make a backup first.
    """
    url = load().url
    with lock.held(url), Database(url) as database:
        before = database.read_now(migrate.version_of)
        schema.refuse_newer(before)
        if before == migrate.head():
            say(f"The schema is up to date: {before}.")
            return
        database.write_now(schema.to_head)
        say(f"The schema is now {migrate.head()}{f', it was {before}' if before else ''}.")


@click.command(epilog=example("alongside openapi > openapi.json"))
def openapi() -> None:
    """Print the OpenAPI document of the API. It needs no database and no settings."""
    from api.app import create_api
    from api.openapi import document

    made = document(create_api())
    click.echo(msgspec.json.format(msgspec.json.encode(made), indent=2))
