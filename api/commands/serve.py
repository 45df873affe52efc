"""`alongside serve`: the server, until it is told to stop."""

import signal
import socket
import sys
from functools import partial
from typing import Any

import click
from sqlalchemy import make_url

from api import lock, schema, settings
from api.commands.console import example, say
from api.database import Busy, Database
from api.engines import careless
from api.settings import Settings

# A worker that still answers after this many seconds is let go.
PATIENCE = 10


@click.command(epilog=example("alongside serve", "alongside serve --host 0.0.0.0 --port 8080 --workers 4"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes (PostgreSQL only)."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the API and the phone app.

    An empty database gets its tables; one of an older version is left alone and named.
    """
    chosen = settings.for_serving(settings.load(), port)
    if workers > 1 and make_url(chosen.url).get_backend_name() == "sqlite":
        raise click.UsageError("SQLite is served by one process: use --workers 1, or PostgreSQL.")
    # Until the server has its own way of stopping, a stop is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with lock.held(chosen.url):
        schema.prepare(chosen.url)
        _warn(chosen.url)
        _refuse_busy(host, port)
        _run(chosen, host, port, workers)


def _run(chosen: Settings, host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "alongside",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        workers_kill_timeout=PATIENCE,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        log_dictconfig={"handlers": dict.fromkeys(("console", "access"), _STDERR)},
    )
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    server.on_startup(lambda: say(f"Alongside starts on {chosen.origin}, listening on {address}. Ctrl-C stops it."))
    server.serve(target_loader=partial(_load, chosen), wrap_loader=False)


_STDERR = {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}


def _load(chosen: Settings) -> Any:
    """The application, made in the process that serves it: connections and threads do not survive a fork."""
    from api import logs
    from api.app import create_app

    logs.configure(chosen.log_level)
    return create_app(chosen)


def _warn(url: str) -> None:
    with Database(url) as database:
        for setting in database.read_now(careless):
            say(f"Warning: PostgreSQL runs with {setting}=off. When its machine stops, stored work may be lost.")


def _refuse_busy(host: str, port: int) -> None:
    """The server shares its port with its own workers, and so would with a stranger."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise click.BadParameter(f"{host} is not an address of this computer.", param_hint="--host") from None
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as fault:
            raise Busy(f"Cannot listen on {host}, port {port}: {fault.strerror}.") from None
