"""`alongside member add` and `member end`: who works in which team, and as what."""

import click
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from api import clock
from api.commands.accounts import LOGIN, the_team, the_user
from api.commands.console import Failure, as_json, example, opened, print_json
from api.store import accounts, audit
from domain.access import Role

_login = click.option("--login", required=True, type=LOGIN, help="Who.")
_team = click.option("--team", required=True, help="The team, by name or id.")


@click.command(
    "add", epilog=example('alongside member add --login sam.worker --team "North community team" --role lead')
)
@_login
@_team
@click.option("--role", required=True, type=click.Choice(["worker", "lead"]), help="What they may do there.")
@as_json
def add(login: str, team: str, role: Role, as_json: bool) -> None:
    """Put somebody into a team, or give them another role there.

    A lead is also a worker: there is one role in a team, and a new one takes the place of the old one.
    """

    def put(connection: Connection) -> dict[str, object]:
        user, at = the_user(connection, login), clock.now()
        team_id = the_team(connection, user.service_id, team)
        held = [
            one.role for one in accounts.memberships(connection, user.service_id, user.id) if one.team_id == team_id
        ]
        if held == [role]:
            raise Failure(f"{login} is {role} in {team} already.")
        if held:
            accounts.end_member(connection, user.service_id, user.id, team_id, at)
            audit.record(connection, user.service_id, at, None, "member_ended", "user", user.id, team=team_id)
        accounts.add_member(connection, user.service_id, uuid7(), user.id, team_id, role, at)
        audit.record(connection, user.service_id, at, None, "member_added", "user", user.id, team=team_id, role=role)
        return {"user_id": user.id, "login": login, "team_id": team_id, "role": role, "replaced": held}

    with opened() as database:
        made = database.write_now(put)
    print_json(made) if as_json else click.echo(f"{login} is {role} in {team} from now on.")


@click.command("end", epilog=example('alongside member end --login sam.worker --team "North community team"'))
@_login
@_team
@as_json
def end(login: str, team: str, as_json: bool) -> None:
    """Take somebody out of a team.

    What they logged stays, and they stay signed in. Logs that their phone sends later are kept for the lead to decide.
    """

    def take(connection: Connection) -> dict[str, object]:
        user, at = the_user(connection, login), clock.now()
        team_id = the_team(connection, user.service_id, team)
        if not accounts.end_member(connection, user.service_id, user.id, team_id, at):
            raise Failure(f"{login} is not in {team}.")
        audit.record(connection, user.service_id, at, None, "member_ended", "user", user.id, team=team_id)
        return {"user_id": user.id, "login": login, "team_id": team_id, "ended_at": at}

    with opened() as database:
        made = database.write_now(take)
    print_json(made) if as_json else click.echo(f"{login} is no longer in {team}.")
