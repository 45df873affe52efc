"""`alongside demo`: made-up data to look at, and the accounts to look at it with."""

import time

import click

from api import clock, demo, schema, settings
from api.commands.console import Failure, as_json, example, print_json, print_table, progress, say
from api.database import Database
from api.demo_cast import TEAMS
from api.passwords import Passwords


@click.command(
    "demo", epilog=example("ALONGSIDE_DEV=1 alongside demo", "ALONGSIDE_DEV=1 alongside demo --teams 1 --json")
)
@click.option("--teams", default=3, show_default=True, type=click.IntRange(1, len(TEAMS)), help="How many teams.")
@click.option("--months", default=15, show_default=True, type=click.IntRange(1, 60), help="How long they have worked.")
@click.option("--seed", default=1, show_default=True, type=int, help="Another number makes other data.")
@as_json
def demo_command(teams: int, months: int, seed: int, as_json: bool) -> None:
    """Fill an empty database with made-up data, and print who to sign in as.

    Only with ALONGSIDE_DEV=1. A database that this command has filled before stays as it is; one with other data is
    refused. The passphrase is public: never do this on a server that others can reach.
    """
    chosen = settings.load()
    if not chosen.dev:
        raise Failure("This is for development only: set ALONGSIDE_DEV=1 where no real data is kept.")
    schema.prepare(chosen.url)
    with Database(chosen.url) as database:
        found = database.read_now(demo.state_of)
        if found == "other":
            raise Failure("The database holds data of its own. Choose an empty one for a demonstration.")
        if found == "begun":
            raise Failure("A demonstration was begun here and stopped. Remove the database, then begin again.")
        if found == "empty":
            began = time.monotonic()
            password_hash = Passwords(chosen).hash_now(demo.PASSPHRASE)
            with progress("Making entries") as done:
                today = clock.civil_date(clock.now())
                made = demo.fill(database, teams, months, seed, today, password_hash, done)
            took = time.monotonic() - began
            say(f"{made:,} operations of {teams} teams in {months} months, in {took:.1f} s.")
        accounts = database.read_now(demo.all_accounts)
    if as_json:
        print_json({"accounts": accounts})
        return
    print_table(
        ["Login", "Passphrase", "Name", "Role", "Team"],
        [(one.login, one.password, one.name, one.role, one.team or "whole service") for one in accounts],
    )
