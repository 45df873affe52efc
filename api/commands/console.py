"""What every command shares: the database it works on, how it fails, and how it prints."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from sqlalchemy import make_url

from api import migrate
from api.database import Database
from api.settings import Settings, load

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")


class Failure(Exception):
    """The command cannot do what was asked; the message is one sentence for the operator."""


def example(*lines: str) -> str:
    """The end of a help text: commands to copy."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Database]:
    """The database with today's schema, beside a server that may be running. Fails where it is not there yet."""
    url = (settings or load()).url
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise Failure(f"There is no database at {address.database} yet. Make it with: alongside migrate")
    with Database(url, checkpoints=False) as database:
        if not database.read_now(migrate.is_current):
            raise Failure(
                "The database does not have this version's schema. Bring it up to date with: alongside migrate"
            )
        yield database


def print_json(value: Any) -> None:
    """The only thing on stdout when --json is given."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people. It is plain text, so that it can be copied and cut."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def say(text: str) -> None:
    """Progress and news, which are never part of the answer."""
    click.echo(text, err=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """A call that counts what is done, shown where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn(f"{what}: {{task.completed:,.0f}}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done: shown.advance(task, done)
