"""`alongside service add`, `team add` and `user add`: the first of each service, and whoever comes later."""

from datetime import datetime
from typing import Any
from uuid import UUID

import click
from sqlalchemy import Connection, Row
from uuid_utils.compat import uuid7

from api import clock, passwords
from api.commands.console import Failure, as_json, example, opened, print_json
from api.sessions import DAY
from api.store import accounts, audit
from domain.access import Role
from domain.rules import text_problems
from domain.service import CIVIL

# A worker who is away for some days can still join; a code that lies about for longer is a risk.
CODE_LIFE = 7 * DAY


class _Name(click.ParamType[str]):
    """A name that people will read: 1 to 80 characters that can be shown safely."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not 1 <= len(value.strip()) <= 80 or text_problems(value, "") or "\n" in value:
            self.fail("has to be 1 to 80 characters that can be shown.", param, ctx)
        return value.strip()


class _Login(_Name):
    """What somebody types to sign in."""

    name = "login"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value != value.lower() or any(letter.isspace() for letter in value):
            self.fail("has to be small letters, without spaces.", param, ctx)
        return super().convert(value, param, ctx)


NAME, LOGIN = _Name(), _Login()


@click.command("add", epilog=example('alongside service add --name "Moorland peer support" --admin ade.admin'))
@click.option("--name", required=True, type=NAME, help="What the organisation is called.")
@click.option("--admin", "login", required=True, type=LOGIN, help="The login of its first admin.")
@click.option("--admin-name", type=NAME, help="The name of its first admin. Without it, the login.")
@as_json
def service_add(name: str, login: str, admin_name: str | None, as_json: bool) -> None:
    """Make a service with its first admin, and print the code that the admin joins with."""

    def add(connection: Connection) -> dict[str, object]:
        at, service_id = clock.now(), uuid7()
        accounts.add_service(connection, service_id, name, at)
        audit.record(connection, service_id, at, None, "service_added", "service", service_id)
        return {"service_id": service_id} | _add_user(connection, service_id, login, admin_name or login, "admin", None)

    with opened() as database:
        tell_code(database.write_now(add), as_json)


@click.command("add", epilog=example('alongside team add --name "North community team"'))
@click.option("--name", required=True, type=NAME, help="What the team is called.")
@click.option("--service", "service_id", type=click.UUID, help="The service, where there are several.")
@as_json
def team_add(name: str, service_id: UUID | None, as_json: bool) -> None:
    """Make a team."""

    def add(connection: Connection) -> dict[str, object]:
        found, team_id = the_service(connection, service_id), uuid7()
        if name in accounts.team_names(connection, found).values():
            raise Failure(f"There is a team called {name} already.")
        accounts.add_team(connection, found, team_id, name)
        audit.record(connection, found, clock.now(), None, "team_added", "team", team_id)
        return {"service_id": found, "team_id": team_id}

    with opened() as database:
        made = database.write_now(add)
    print_json(made) if as_json else click.echo(f"Team {name}: {made['team_id']}")


@click.command(
    "add",
    epilog=example(
        'alongside user add --login sam.worker --name "Sam" --role worker --team "North community team"',
        'alongside user add --login tom.analyst --name "Tom" --role analyst',
    ),
)
@click.option("--login", required=True, type=LOGIN, help="What they type to sign in.")
@click.option("--name", required=True, type=NAME, help="What colleagues call them.")
@click.option(
    "--role", required=True, type=click.Choice(["worker", "lead", "analyst", "admin"]), help="What they may do."
)
@click.option("--team", help="The team of a worker or lead, by name or id.")
@click.option("--service", "service_id", type=click.UUID, help="The service, where there are several.")
@as_json
def user_add(login: str, name: str, role: Role, team: str | None, service_id: UUID | None, as_json: bool) -> None:
    """Make an account, and print the code that its owner joins with.

    The code works once, for seven days, at the address of the service: its owner chooses the passphrase there.
    """
    if (team is None) != (role in ("analyst", "admin")):
        raise click.UsageError(f"{role} {'needs' if team is None else 'takes no'} --team.")

    def add(connection: Connection) -> dict[str, object]:
        found = the_service(connection, service_id)
        team_id = the_team(connection, found, team) if team is not None else None
        return _add_user(connection, found, login, name, role, team_id)

    with opened() as database:
        tell_code(database.write_now(add), as_json)


def the_service(connection: Connection, wanted: UUID | None) -> UUID:
    """The service that is meant: the only one, or the one named."""
    found = accounts.service_ids(connection)
    if wanted is not None:
        if wanted not in found:
            raise Failure(f"There is no service {wanted}.")
        return wanted
    if not found:
        raise Failure("There is no service yet. Make one with: alongside service add")
    if len(found) > 1:
        raise Failure(f"There are several services. Name one with --service: {', '.join(map(str, found))}")
    return found[0]


def the_team(connection: Connection, service_id: UUID, wanted: str) -> UUID:
    """The team with this name or id."""
    names = accounts.team_names(connection, service_id)
    for team_id, name in names.items():
        if wanted in (name, str(team_id)):
            return team_id
    raise Failure(f"There is no team {wanted}. There are: {', '.join(names.values()) or 'none'}.")


def the_user(connection: Connection, login: str) -> Row[Any]:
    """The user with this login, held until COMMIT."""
    found = accounts.lock_user(connection, login)
    if found is None:
        raise Failure(f"There is no login {login}.")
    return found


def add_code(connection: Connection, service_id: UUID, user_id: UUID, login: str, at: int) -> dict[str, object]:
    """A new join code of a user, as it is printed. It is kept nowhere."""
    code = passwords.new_code()
    accounts.add_join_code(connection, service_id, passwords.code_digest(code), user_id, at + CODE_LIFE)
    return {"user_id": user_id, "login": login, "code": code, "expires_at": at + CODE_LIFE}


def tell_code(made: dict[str, object], as_json: bool) -> None:
    """Prints a join code, for a program or for whoever hands it over."""
    if as_json:
        print_json(made)
        return
    until = datetime.fromtimestamp(int(str(made["expires_at"])) / 1000, CIVIL)
    if "service_id" in made:
        click.echo(f"Service:   {made['service_id']}")
    click.echo(f"Login:     {made['login']}\nJoin code: {made['code']}")
    click.echo(f"The code works once, until {until.day} {until:%B %Y}. Hand it over in person or by a safe message.")


def _add_user(
    connection: Connection, service_id: UUID, login: str, name: str, role: Role, team_id: UUID | None
) -> dict[str, object]:
    if accounts.find_user(connection, login) is not None:
        raise Failure(f"The login {login} is taken.")
    at, user_id = clock.now(), uuid7()
    accounts.add_user(connection, service_id, user_id, login, name, at)
    accounts.add_member(connection, service_id, uuid7(), user_id, team_id, role, at)
    audit.record(connection, service_id, at, None, "user_added", "user", user_id, role=role, team=team_id)
    return add_code(connection, service_id, user_id, login, at)
