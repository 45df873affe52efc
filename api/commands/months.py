"""`alongside month close` and `month reopen`: for an operator whom a lead has asked."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import click
from sqlalchemy import Connection

from api import clock
from api.commands.accounts import the_service, the_team
from api.commands.console import Failure, as_json, example, opened, print_json
from api.store import months
from domain.months import is_over, name_of, named
from domain.problems import CODES, Refused


class _Month(click.ParamType[date]):
    """A month such as 2026-09."""

    name = "month"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return named(value)
        except Refused:
            self.fail("has to be a month such as 2026-09.", param, ctx)


_team = click.option("--team", required=True, help="The team, by name or id.")
_month = click.option("--month", required=True, type=_Month(), help="Which, such as 2026-09.")
_service = click.option("--service", "service_id", type=click.UUID, help="The service, where there are several.")


@click.command("close", epilog=example('alongside month close --team "North community team" --month 2026-09'))
@_team
@_month
@_service
@as_json
def close(team: str, month: date, service_id: UUID | None, as_json: bool) -> None:
    """Close a month of a team whose figures were reported.

    Logs for it that come later are kept, and wait for the lead to decide. Deleting a log still works.
    """

    def shut(connection: Connection, found: UUID, team_id: UUID) -> None:
        at = clock.now()
        if not is_over(month, clock.civil_date(at)):
            raise Failure(CODES["month_not_over"])
        if not months.close(connection, found, team_id, month, None, at):
            raise Failure(f"{name_of(month)} is closed already.")

    _change(team, service_id, shut)
    _tell(team, month, closed=True, as_json=as_json)


@click.command("reopen", epilog=example('alongside month reopen --team "North community team" --month 2026-09'))
@_team
@_month
@_service
@as_json
def reopen(team: str, month: date, service_id: UUID | None, as_json: bool) -> None:
    """Let a closed month change again."""

    def unshut(connection: Connection, found: UUID, team_id: UUID) -> None:
        if not months.reopen(connection, found, team_id, month, None, clock.now()):
            raise Failure(f"{name_of(month)} is not closed.")

    _change(team, service_id, unshut)
    _tell(team, month, closed=False, as_json=as_json)


def _change(team: str, service_id: UUID | None, change: Callable[[Connection, UUID, UUID], None]) -> None:
    def unit(connection: Connection) -> None:
        found = the_service(connection, service_id)
        change(connection, found, the_team(connection, found, team))

    with opened() as database:
        database.write_now(unit)


def _tell(team: str, month: date, closed: bool, as_json: bool) -> None:
    if as_json:
        print_json({"team": team, "month": name_of(month), "closed": closed})
    else:
        click.echo(f"{name_of(month)} of {team} is {'closed' if closed else 'open again'}.")
