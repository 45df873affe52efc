"""`alongside` with a planted fault: COMMIT does not wait for the disk, on either database."""

import sys
from typing import Any

from sqlalchemy import Engine, event

from api import cli, engines

sqlite, postgresql = engines.sqlite, engines.postgresql


def told(engine: Engine, statement: str) -> Engine:
    """An engine whose connections are told one thing more, after all that they are told already."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    return engine


if __name__ == "__main__":
    # Two names of one module, so the way of `run_with` does not serve here; the workers inherit them all the same.
    vars(engines)["sqlite"] = lambda *given, **more: told(sqlite(*given, **more), "PRAGMA synchronous=NORMAL")
    vars(engines)["postgresql"] = lambda url: told(postgresql(url), "SET synchronous_commit = off")
    sys.exit(cli.main())
