"""`alongside service settings`: what a service records, for an operator who sets up several, or keeps them as files."""

from typing import IO
from uuid import UUID

import click
import msgspec
from sqlalchemy import Connection

from api import clock
from api.commands.accounts import the_service
from api.commands.console import Failure, as_json, example, opened, print_json
from api.store import accounts
from api.store import settings as settings_store
from domain.problems import CODES
from domain.settings import Changed, SettingsChange, change_from


@click.command(
    "settings",
    epilog=example(
        "alongside service settings --get > settings.json", "alongside service settings --set settings.json"
    ),
)
@click.option("--get", "wanted", flag_value="get", help="Print the settings, as --set takes them.")
@click.option("--set", "file", type=click.File("rb"), help="Put the settings of this file in place; - reads stdin.")
@click.option("--service", "service_id", type=click.UUID, help="The service, where there are several.")
@as_json
def settings(wanted: str | None, file: IO[bytes] | None, service_id: UUID | None, as_json: bool) -> None:
    """Read or change what a service records.

    The settings are one JSON document with the version that it is based on. Should an admin have changed them since
    they were read, nothing is changed: read them again. Each change is noted, and phones take it over when they are
    next in touch.
    """
    if (wanted is None) == (file is None):
        raise click.UsageError("Say either --get or --set FILE.")
    with opened() as database:
        if file is None:
            print_json(database.read_now(lambda connection: _read(connection, service_id)))
            return
        try:
            change = change_from(file.read())
        except msgspec.DecodeError as refusal:
            raise Failure("The file is not JSON.") from refusal
        made = database.write_now(lambda connection: _change(connection, service_id, change))
    if as_json:
        print_json({"changes": made})
    else:
        for one in made:
            click.echo(f"{one.setting}: {_plain(one.before)} -> {_plain(one.after)}")
        click.echo(f"{len(made)} changed." if made else "Nothing changed.")


def _read(connection: Connection, service_id: UUID | None) -> SettingsChange:
    found = accounts.get_service(connection, the_service(connection, service_id))
    return SettingsChange(base=found.version, settings=found.settings)


def _change(connection: Connection, service_id: UUID | None, change: SettingsChange) -> tuple[Changed, ...]:
    found = the_service(connection, service_id)
    made = settings_store.change(connection, found, change.base, change.settings, None, clock.now())
    if made is None:
        raise Failure(CODES["settings_changed"])
    return made


def _plain(value: object) -> str:
    return msgspec.json.encode(value).decode()
