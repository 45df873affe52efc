"""`alongside user close`, `open` and `code`: an account that is closed, opened again, or given a new join code."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import click
from sqlalchemy import Connection, Row

from api import clock
from api.commands.accounts import LOGIN, add_code, tell_code, the_user
from api.commands.console import Failure, as_json, example, opened, print_json
from api.store import accounts, audit, sessions

_login = click.option("--login", required=True, type=LOGIN, help="Whose account.")


@click.command("close", epilog=example("alongside user close --login sam.worker"))
@_login
@as_json
def close(login: str, as_json: bool) -> None:
    """Close an account: nobody signs in with it, and it is signed out everywhere.

    Nothing that was logged is touched. What a phone has not sent stays on it, and goes when the account is opened
    again. The memberships stay too; end them with alongside member end.
    """

    def shut(connection: Connection, user: Row[Any], at: int) -> None:
        if user.disabled_at is not None:
            raise Failure(f"The account {login} is closed already.")
        accounts.close_user(connection, user.service_id, user.id, at)
        sessions.sign_out(connection, user.service_id, user.id, at)
        audit.record(connection, user.service_id, at, None, "user_closed", "user", user.id)

    user_id = _change(login, shut)
    _tell(user_id, login, closed=True, as_json=as_json)


@click.command("open", epilog=example("alongside user open --login sam.worker"))
@_login
@as_json
def open_(login: str, as_json: bool) -> None:
    """Open a closed account again. Its passphrase is the one of before."""

    def unshut(connection: Connection, user: Row[Any], at: int) -> None:
        if user.disabled_at is None:
            raise Failure(f"The account {login} is open.")
        accounts.open_user(connection, user.service_id, user.id)
        audit.record(connection, user.service_id, at, None, "user_opened", "user", user.id)

    user_id = _change(login, unshut)
    _tell(user_id, login, closed=False, as_json=as_json)


@click.command("code", epilog=example("alongside user code --login sam.worker"))
@_login
@as_json
def code(login: str, as_json: bool) -> None:
    """Make a new join code, for somebody who has forgotten the passphrase.

    The old passphrase works until the code is redeemed. Then a new one is chosen, and the account is signed out
    everywhere else. Codes that were made before stop working now.
    """

    def make(connection: Connection) -> dict[str, object]:
        user, at = the_user(connection, login), clock.now()
        if user.disabled_at is not None:
            raise Failure(f"The account {login} is closed. Open it first with: alongside user open")
        audit.record(connection, user.service_id, at, None, "join_code_made", "user", user.id)
        return add_code(connection, user.service_id, user.id, login, at)

    with opened() as database:
        made = database.write_now(make)
    tell_code(made, as_json)


def _change(login: str, change: Callable[[Connection, Row[Any], int], None]) -> UUID:
    def unit(connection: Connection) -> UUID:
        user = the_user(connection, login)
        change(connection, user, clock.now())
        user_id: UUID = user.id
        return user_id

    with opened() as database:
        return database.write_now(unit)


def _tell(user_id: UUID, login: str, closed: bool, as_json: bool) -> None:
    if as_json:
        print_json({"user_id": user_id, "login": login, "closed": closed})
    else:
        click.echo(f"The account {login} is {'closed' if closed else 'open again'}.")
