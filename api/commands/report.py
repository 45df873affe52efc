"""`alongside report contact-volumes`: the figures of the whole service, for a file or another program."""

from datetime import datetime
from typing import get_args
from uuid import UUID

import click
from sqlalchemy import Connection

from api import clock
from api.commands.accounts import the_service, the_team
from api.commands.console import example, opened, print_json
from api.store import accounts, audit, volumes
from domain.disclosure import scope_of_service
from domain.periods import By
from domain.volume_rows import Asked, Volumes, csv_text
from domain.volumes import Split

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    "contact-volumes",
    epilog=example(
        "alongside report contact-volumes --from 2026-10-01 --to 2026-12-31 > quarter.csv",
        "alongside report contact-volumes --from 2026-10-01 --to 2026-12-31 --by quarter --split team --format json",
    ),
)
@click.option("--from", "first", required=True, type=_DAY, metavar="DAY", help="The first day, such as 2026-10-01.")
@click.option("--to", "last", required=True, type=_DAY, metavar="DAY", help="The last day.")
@click.option("--team", "teams", multiple=True, help="A team by name or id; may be given again. Without it, all.")
@click.option("--by", default="month", show_default=True, type=click.Choice(get_args(By)), help="One row for each.")
@click.option("--split", default="kind", show_default=True, type=click.Choice(get_args(Split)), help="Rows apart by.")
@click.option(
    "--format", "form", default="csv", show_default=True, type=click.Choice(["csv", "json"]), help="What to print."
)
@click.option("--service", "service_id", type=click.UUID, help="The service, where there are several.")
def contact_volumes(
    first: datetime, last: datetime, teams: tuple[str, ...], by: By, split: Split, form: str, service_id: UUID | None
) -> None:
    """Print how much support was given.

    The figures are those of an analyst: small numbers are hidden and the others rounded, by the rule that the service
    has chosen. Taking a report is noted in the audit.
    """
    asked = Asked(first.date(), last.date(), by, split)
    with opened() as database:
        found, answer = database.read_now(lambda connection: _read(connection, service_id, teams, asked))
        database.write_now(lambda connection: _note(connection, found, answer, form))
    if form == "json":
        print_json(answer)
    else:
        # As bytes: lines end as RFC 4180 says, wherever this runs.
        click.echo(csv_text(answer).encode(), nl=False)


def _read(connection: Connection, wanted: UUID | None, names: tuple[str, ...], asked: Asked) -> tuple[UUID, Volumes]:
    service_id = the_service(connection, wanted)
    teams = [the_team(connection, service_id, name) for name in names]
    scope = scope_of_service(teams, accounts.team_names(connection, service_id).keys())
    assert scope is not None, "every team was found in the same snapshot"
    return service_id, volumes.read(connection, service_id, scope, asked, clock.now())


def _note(connection: Connection, service_id: UUID, answer: Volumes, form: str) -> None:
    audit.record(
        connection,
        service_id,
        clock.now(),
        None,
        "report_taken",
        first=answer.from_,
        last=answer.to,
        by=answer.by,
        split=answer.split,
        teams=sorted(answer.teams),
        rows=len(answer.rows),
        format=form,
    )
