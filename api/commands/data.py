"""`alongside verify`, `recount`, `backup` and `restore`: is the data right, and is it safe?"""

from pathlib import Path

import click
from sqlalchemy import Connection, make_url, text

from api import backup, backup_postgresql, clock
from api.commands.console import Failure, as_json, example, opened, print_json, print_table, progress, say
from api.settings import load
from api.store import accounts, audit, volumes
from api.verify import verify as verify_all

# More lines than this tell a person nothing new; --json has them all.
MOST_SHOWN = 20


@click.command(epilog=example("alongside verify", "alongside verify --json > verified.json"))
@as_json
def verify(as_json: bool) -> None:
    """Check that the data agrees with itself.

    Pages and references, the numbers that phones read by, every entry and person against its operations, and every
    figure against a recount. It changes nothing and may run beside the server. It ends with 1 where something differs.
    """
    with opened() as database, progress("Checking") as done:
        checks = database.read_now(lambda connection: verify_all(connection, done))
    wrong = [difference for check in checks for difference in check.differences]
    if as_json:
        print_json({"agrees": not wrong, "checks": checks})
    else:
        rows = [(check.name, f"{check.checked:,}", f"{len(check.differences):,}") for check in checks]
        print_table(["Check", "Looked at", "Differ"], rows)
        for difference in wrong[:MOST_SHOWN]:
            say(difference)
    if wrong:
        raise Failure(
            f"{len(wrong):,} differ. Wrong figures are put right by alongside recount, the rest by a restore."
        )


@click.command(epilog=example("alongside recount"))
def recount() -> None:
    """Make the kept figures again from the entries. Phones wait while it counts; nothing else changes."""

    def count(connection: Connection) -> int:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        made = 0
        for service_id in accounts.service_ids(connection):
            made += volumes.recount(connection, service_id)
            audit.record(connection, service_id, clock.now(), None, "recount")
        return made

    with opened() as database:
        say(f"{database.write_now(count):,} figures counted again.")


@click.command("backup", epilog=example("alongside backup /srv/backup/alongside-monday.backup"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
def backup_command(file: Path, force: bool) -> None:
    """Copy the whole database into FILE, while the server runs.

    FILE is complete, or it is not there. It holds what people logged and all accounts: keep it as safe as the database.
    """
    with opened() as database:
        url, is_sqlite = load().url, database.is_sqlite
    size = (backup if is_sqlite else backup_postgresql).save(url, file, force)
    say(f"{file} holds the whole database, {size / 1_000_000:.1f} MB.")


@click.command("restore", epilog=example("alongside restore /srv/backup/alongside-monday.backup", "alongside verify"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """Put the backup FILE in place of the database. Stop the server first.

    The file is checked before anything changes, and the old SQLite file is kept beside the new one. Phones are told,
    and send again what the backup does not have. PostgreSQL takes a backup only into a database without data.
    """
    url = load().url
    if make_url(url).get_backend_name() == "sqlite":
        kept = backup.bring_back(url, file, clock.now())
        if kept:
            say(f"The old database is kept as {kept}.")
    else:
        backup_postgresql.bring_back(url, file, clock.now())
    say("Restored. Check it with: alongside verify")
