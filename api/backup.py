"""A backup is one file that proves itself; a restore puts it in place of the database, or changes nothing.

SQLite: a copy in one step, while the server writes, with its SHA-256 behind the last page. SQLite reads such a file as
any other. PostgreSQL: see api/backup_postgresql.py.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, func, make_url, select, update

from api import lock, schema
from api.database import Database
from api.store.tables import join_code, metadata, service, session

_MAGIC = b"SQLite format 3\0"
_SEAL = re.compile(rb"\nalongside backup sha256:([0-9a-f]{64})\n\Z")
_SEAL_LENGTH = len(b"\nalongside backup sha256:") + 64 + 1


class Unsound(Exception):
    """The file cannot be trusted or is not of this program; the message says why."""


def save(url: str, target: Path, overwrite: bool) -> int:
    """Copies the database into a file that appears whole or not at all; answers its size. A server may be running."""
    if target.exists() and not overwrite:
        raise Unsound(f"{target} exists. Choose another name, or replace it with --force.")
    with _beside(target) as copy:
        with closing(sqlite3.connect(f"file:{make_url(url).database}?mode=ro", uri=True, timeout=5)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
        _check(copy)
        with copy.open("ab") as end:
            end.write(b"\nalongside backup sha256:" + _digest(copy).encode() + b"\n")
        _to_disk(copy)
        size = copy.stat().st_size
        copy.replace(target)
        _to_disk(target.parent)
    return size


def bring_back(url: str, source: Path, at: int) -> Path | None:
    """Puts a backup in place of the database and starts a new epoch; answers where the old file is kept.

    The copy is checked, brought to this version's schema and given its epoch before it takes the place.
    """
    file = Path(make_url(url).database or "")
    with lock.held(url), _beside(file) as copy:
        shutil.copyfile(source, copy)
        _unseal(copy, source)
        _check(copy)
        before = _newest_epoch(url) if file.exists() else 0
        with Database(f"sqlite:///{copy}") as database:
            database.write_now(lambda connection: finish(connection, before, at))
        _to_disk(copy)
        kept = _keep_aside(file) if file.exists() else None
        copy.replace(file)
        _to_disk(file.parent)
    return kept


def finish(connection: Connection, before: int, at: int) -> None:
    """Brings restored data to this version's schema and starts an epoch above every one that a phone can know.

    Counting on from the backup would repeat an epoch when it is restored twice, and phones ignore what is not newer.
    So it is the minutes since 1970 at least.
    """
    schema.to_head(connection)
    restored = connection.execute(select(func.max(service.c.epoch))).scalar() or 0
    connection.execute(update(service).values(epoch=max(before + 1, restored + 1, at // 60_000)))
    # A backup knows nothing of what was ended since: a lost phone's session, a code that was used. All begin anew.
    connection.execute(delete(session))
    connection.execute(update(join_code).where(join_code.c.used_at.is_(None)).values(used_at=at))


def known_tables(names: set[str]) -> bool:
    """Whether these are the tables of Alongside, of this version or an older one."""
    return {"alembic_version", "service", "operation", "entry"} <= names <= metadata.tables.keys() | {"alembic_version"}


def _check(file: Path) -> None:
    """Raises Unsound unless every page and every reference is right and the tables are ours."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            ours = known_tables(tables)
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone() if ours else None
    except sqlite3.DatabaseError as fault:
        raise Unsound(f"The file is damaged: {fault}.") from None
    if found != ["ok"] or loose:
        raise Unsound(f"The file is damaged: {found[0] if found != ['ok'] else 'rows refer to rows that are gone'}.")
    if not ours:
        raise Unsound("The file is a database, but not one of Alongside.")
    if version is None or not schema.is_known(version[0]):
        raise Unsound("The file was made by a newer version of Alongside. Install that version first.")


def _unseal(copy: Path, source: Path) -> None:
    """Takes the check sum off the copy and compares it. A plain database file, such as one kept aside, has none."""
    with copy.open("r+b") as whole:
        head = whole.read(100)
        if not head.startswith(_MAGIC):
            raise Unsound(f"{source} is not a backup of Alongside.")
        size = whole.seek(0, os.SEEK_END)
        whole.seek(max(0, size - _SEAL_LENGTH))
        seal = _SEAL.search(whole.read())
        if seal:
            whole.truncate(size - _SEAL_LENGTH)
        elif size != _pages(head):
            raise Unsound(f"{source} is damaged: it does not end where it should.")
        elif (waiting := source.with_name(f"{source.name}-wal")).exists() and waiting.stat().st_size:
            raise Unsound(f"{source} is in use or was not closed: {waiting.name} belongs to it.")
    if seal and seal[1].decode() != _digest(copy):
        raise Unsound(f"{source} is damaged: its check sum is not right.")


def _pages(head: bytes) -> int:
    """How long the file has to be, by its own header."""
    size = int.from_bytes(head[16:18], "big")
    return (65536 if size == 1 else size) * int.from_bytes(head[28:32], "big")


def _newest_epoch(url: str) -> int:
    """The epoch of the database that is replaced, and what waits in its log written into the file; 0 where it cannot
    be read, which may be why it is replaced."""
    try:
        with closing(sqlite3.connect(make_url(url).database or "", timeout=5)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return int(old.execute("SELECT max(epoch) FROM service").fetchone()[0] or 0)
    except sqlite3.DatabaseError:
        return 0


def _keep_aside(file: Path) -> Path:
    """Gives the old file a second name, so that there is a database at every moment; never over one kept before."""
    names = (file.with_name(f"{file.name}.before-restore{turn}") for turn in ("", *(f"-{n}" for n in range(2, 1000))))
    aside = next(name for name in names if not name.exists())
    os.link(file, aside)
    # Left only where the old file could not be read. A log would be applied to the new file.
    for ending in ("-wal", "-shm"):
        log = file.with_name(file.name + ending)
        if log.exists():
            log.replace(aside.with_name(aside.name + ending))
    return aside


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """An empty file in the same folder, gone at the end unless it was renamed."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(number)
    try:
        yield Path(name)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(name + ending).unlink(missing_ok=True)


def _digest(file: Path) -> str:
    with file.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
