"""Backup and restore of PostgreSQL, by its own programs: pg_dump and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, make_url, text

from api import backup, migrate, schema
from api.backup import Unsound
from api.database import Busy, Database
from api.store import accounts


def save(url: str, target: Path, overwrite: bool) -> int:
    """Dumps the database into a file that appears whole or not at all; answers its size."""
    if target.exists() and not overwrite:
        raise Unsound(f"{target} exists. Choose another name, or replace it with --force.")
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _call(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        size = part.stat().st_size
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return size


def bring_back(url: str, source: Path, at: int) -> None:
    """Puts a backup into a database without data, all or nothing, and starts a new epoch."""
    with source.open("rb") as start:
        if start.read(5) != b"PGDMP":
            raise Unsound(f"{source} is not a backup of a PostgreSQL database.")
    lines = _call(None, "pg_restore", "--list", str(source)).splitlines()
    named = [line.split() for line in lines if " TABLE public " in line]
    if not backup.known_tables({words[words.index("public") + 1] for words in named}):
        raise Unsound(f"{source} is a backup, but not one of Alongside.")
    with Database(url) as database:
        database.read_now(_refuse_in_use)
    options = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _call(url, "pg_restore", *options, str(source))
    with Database(url) as database:
        if not schema.is_known(database.read_now(migrate.version_of)):
            raise Unsound("The backup was made by a newer version of Alongside. Install that version first.")
        database.write_now(lambda connection: backup.finish(connection, 0, at))


def _refuse_in_use(connection: Connection) -> None:
    others = connection.execute(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
    ).scalar_one()
    if others:
        raise Busy("A server or another program is connected to the database.")
    if not migrate.is_empty(connection) and (not migrate.version_of(connection) or accounts.service_ids(connection)):
        raise Unsound(
            "The database holds data. Make an empty one, name it in ALONGSIDE_DATABASE_URL and restore there."
        )


def _call(url: str | None, program: str, *words: str) -> str:
    """Runs a program of PostgreSQL; its last words are the reason when it fails. The password goes by environment."""
    if shutil.which(program) is None:
        raise Unsound(f"{program} is not installed. Install the client programs of PostgreSQL, version for version.")
    environment = dict(os.environ)
    if url is not None:
        address = make_url(url)
        parts: dict[str, Any] = address.translate_connect_args(username="user", database="dbname")
        parts |= address.query
        environment["PGPASSWORD"] = str(parts.pop("password", environment.get("PGPASSWORD", "")))
        words = (f"--dbname={make_conninfo(**parts)}", *words)
    called = subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)
    if called.returncode:
        said = called.stderr.strip().splitlines()
        raise Unsound(f"{said[-1] if said else f'{program} failed'}.")
    return called.stdout
