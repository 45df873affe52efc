"""Insert or change many rows in one statement, the same on both databases."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes whole rows: new ones are inserted, those whose key is there are replaced."""
    if rows:
        connection.execute(_statement(connection.dialect.name, table, adds=False), rows)


def add_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Inserts a row; one whose key is there stays as it is, also when both are made at the same time."""
    connection.execute(_insert(connection.dialect.name, table).on_conflict_do_nothing(), row)


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds each row's numbers to the row with the same key; every column outside the key is a number."""
    if rows:
        connection.execute(_statement(connection.dialect.name, table, adds=True), rows)


@cache
def _statement(dialect: str, table: Table, adds: bool) -> Any:
    """Built once: putting it together costs more than running it."""
    statement = _insert(dialect, table)
    new = statement.excluded
    others = [column for column in table.c if not column.primary_key]
    changed = {column.name: column + new[column.name] if adds else new[column.name] for column in others}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


def _insert(dialect: str, table: Table) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)
