"""Measures, and prints one table for each question."""

from rich.console import Console
from rich.table import Table

from tests.bench import push

QUESTIONS = {"Operations stored a second, 16 phones": push.rows}


def main() -> None:
    """Prints every table."""
    for title, rows in QUESTIONS.items():
        heading, *body = rows()
        table = Table(*heading, title=title)
        for row in body:
            table.add_row(*row)
        Console(width=110).print(table)


if __name__ == "__main__":
    main()
