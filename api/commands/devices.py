"""`alongside device list` and `sign-out`: which phones there are, and what to do with a lost one."""

from datetime import datetime
from uuid import UUID

import click
from sqlalchemy import Connection

from api import clock
from api.commands.accounts import LOGIN, the_service, the_user
from api.commands.console import Failure, as_json, example, opened, print_json, print_table
from api.store import accounts, audit, devices, directory
from domain.devices import DeviceState
from domain.service import CIVIL

_login = click.option("--login", required=True, type=LOGIN, help="Whose phone.")
_device = click.option("--device", "device_id", required=True, type=click.UUID, help="Which, by its id.")


@click.command("list", epilog=example("alongside device list", "alongside device list --login sam.worker"))
@click.option("--login", type=LOGIN, help="Whose phones. Without it, those of the whole service.")
@click.option("--service", "service_id", type=click.UUID, help="The service, where there are several.")
@as_json
def list_(login: str | None, service_id: UUID | None, as_json: bool) -> None:
    """List the phones, when each was in touch, and what has not arrived from it.

    Waiting is what a phone has said that it still holds. What is missing beyond that may be lost.
    """

    def load(connection: Connection) -> tuple[list[DeviceState], dict[UUID, str]]:
        if login is None:
            found = the_service(connection, service_id)
            return devices.of_service(connection, found), directory.logins(connection, found)
        user = accounts.find_user(connection, login)
        if user is None or service_id not in (None, user.service_id):
            raise Failure(f"There is no login {login}.")
        return devices.of_users(connection, user.service_id, {user.id}), {user.id: login}

    with opened() as database:
        states, logins = database.read_now(load)
    if as_json:
        print_json({"devices": states})
        return
    head = ("Login", "Phone", "In touch", "Issued", "Waiting", "Missing", "May be lost", "Signed out", "Device")
    print_table(head, (_line(one, logins[one.user_id]) for one in states))


@click.command("sign-out", epilog=example("alongside device sign-out --login sam.worker --device DEVICE"))
@_login
@_device
@as_json
def sign_out(login: str, device_id: UUID, as_json: bool) -> None:
    """Sign a lost phone out: it reads and sends nothing more until its owner signs in on it again.

    What it holds stays on it, sealed. Should it be found, signing in sends that.
    """

    def end(connection: Connection) -> None:
        user, at = the_user(connection, login), clock.now()
        if not devices.sign_out(connection, user.service_id, user.id, device_id, at):
            raise Failure(f"{login} has no phone {device_id} that is not signed out.")
        audit.record(connection, user.service_id, at, None, "device_signed_out", "device", device_id, user=user.id)

    with opened() as database:
        database.write_now(end)
    if as_json:
        print_json({"login": login, "device_id": device_id, "signed_out": True})
    else:
        click.echo(f"The phone of {login} is signed out.")


def _line(one: DeviceState, login: str) -> tuple[str, ...]:
    seen = datetime.fromtimestamp(one.last_seen_at / 1000, CIVIL)
    counts = (one.issued, one.pending, one.missing_count, one.possibly_lost)
    signed_out = "yes" if one.signed_out else ""
    return login, one.name, f"{seen:%Y-%m-%d %H:%M}", *map(str, counts), signed_out, str(one.id)
