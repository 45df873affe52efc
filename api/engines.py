"""How each kind of database is opened: its connections, and what each of them is told first."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

READERS = 4
# When PostgreSQL's statistics began, which is anew after each crash: connections of one life agree on it.
_LIFE = "SELECT CAST(pg_stat_get_bgwriter_stat_reset_time() AS text)"


def sqlite(url: URL, reading: bool, checkpoints: bool) -> Engine:
    """The one connection that writes, or those that read."""
    size = {"pool_size": READERS} if reading else {"pool_size": 1, "max_overflow": 0}
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True, **size)
    # FULL because we answer "applied" on commit and the phone then lets go; NORMAL may lose a commit with the power.
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "trusted_schema=OFF"]
    if reading:
        pragmas.append("query_only=ON")
    elif not checkpoints:
        pragmas.append("wal_autocheckpoint=0")

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writer fails at once when another has written meanwhile.
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def postgresql(url: URL) -> Engine:
    """Connections that read and write. `info["life"]` of each says between which crashes of the server it is."""
    limits = "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s"
    arguments = {"options": limits, "connect_timeout": 5}
    engine = create_engine(
        url, pool_size=READERS * 3, pool_pre_ping=True, pool_timeout=5, connect_args=arguments, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        # A server or role whose commits do not wait for the disk is overruled; one that waits for more is not.
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
        record.info["life"] = connection.execute(_LIFE).fetchone()[0]
        connection.commit()

    return engine


def careless(connection: Connection) -> list[str]:
    """The settings of PostgreSQL with which committed work may be lost when its machine stops; ours to name only."""
    if connection.dialect.name == "sqlite":
        return []
    statement = text("SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'")
    return list(connection.execute(statement).scalars())
