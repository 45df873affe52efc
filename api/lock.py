"""One server for one SQLite file: whoever serves, migrates or replaces it holds a lock beside it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from api.database import Busy


@contextmanager
def held(url: str) -> Iterator[None]:
    """Holds the lock while the block runs; Busy where another process has it. PostgreSQL needs none.

    A forked worker inherits the lock, so it lasts as long as any process of the server does.
    """
    file = make_url(url).database
    if make_url(url).get_backend_name() != "sqlite" or not file:
        yield
        return
    Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Kept for ever: two processes that each made the file anew would each hold a lock of their own.
    number = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"A server is running on {file}.") from None
        yield
    finally:
        os.close(number)
