"""A line to PostgreSQL that can be cut at the worst moment: when COMMIT was sent and its answer has not come."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

# Cut when PostgreSQL has answered, while it is at it, or before it is asked: from the other end all look the same.
When = Literal["answered", "asked", "not asked"]
_COMMIT = b"COMMIT\x00"
_WRITES = re.compile(rb"INSERT INTO|DELETE FROM|UPDATE \S+ SET")
_NAME = ".s.PGSQL.5432"


class Cutter:
    """Stands between a server and PostgreSQL, by a socket in a folder of its own."""

    def __init__(self, folder: Path, of: Path) -> None:
        self.cuts = 0
        self._folder, self._of = folder, of
        self._armed: tuple[When, int] | None = None
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _NAME))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, database: str) -> str:
        """The same database, by this line."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self._folder), safe='')}"

    def cut(self, when: When, number: int = 1) -> None:
        """Once, at the COMMIT with this number of those that have something to commit."""
        self._armed = (when, number)

    def close(self) -> None:
        """Takes no more connections; those that are open end with the server."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def commits(self) -> When | None:
        """Counts a COMMIT; answers how to cut it, if at all."""
        if self._armed is None:
            return None
        when, number = self._armed
        self._armed = (when, number - 1) if number > 1 else None
        self.cuts += number == 1
        return when if number == 1 else None

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(str(self._of / _NAME))
            except OSError:
                near.close()
                continue
            line = _Line(self, near, far)
            threading.Thread(target=line.forth, daemon=True).start()
            threading.Thread(target=line.back, daemon=True).start()


class _Line:
    """One connection, carried both ways."""

    def __init__(self, cutter: Cutter, near: socket.socket, far: socket.socket) -> None:
        self._cutter, self._near, self._far = cutter, near, far
        self._wrote = self._deaf = False

    def forth(self) -> None:
        """What the server asks."""
        while data := _received(self._near):
            self._wrote = self._wrote or _WRITES.search(data) is not None
            when: When | None = None
            if data.endswith(_COMMIT):
                when = self._cutter.commits() if self._wrote else None
                self._wrote = False
            # Waited for, and kept from the server.
            self._deaf = when == "answered"
            if when != "not asked":
                with contextlib.suppress(OSError):
                    self._far.sendall(data)
            if when is not None:
                break
        if not self._deaf:
            self._end()

    def back(self) -> None:
        """What PostgreSQL answers."""
        while data := _received(self._far):
            if self._deaf:
                break
            with contextlib.suppress(OSError):
                self._near.sendall(data)
        self._end()

    def _end(self) -> None:
        for side in (self._near, self._far):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()


@contextlib.contextmanager
def cutter(folder: Path, of: Path) -> Iterator[Cutter]:
    """One that listens, until the block ends."""
    made = Cutter(folder, of)
    try:
        yield made
    finally:
        made.close()


def _received(side: socket.socket) -> bytes:
    try:
        return side.recv(65536)
    except OSError:
        return b""
