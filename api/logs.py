"""What the server says of itself: a line for each event on stderr, JSON for programs, plain where somebody watches."""

import sys
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog


def configure(level: str) -> None:
    """Begins to log events of this level and above."""
    watched = sys.stderr.isatty()
    # Plain tracebacks: a pretty one prints every local variable, and with them notes, cookies and keys.
    as_text: list[Any] = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    as_json: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(as_text if watched else as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Stderr())),
    )


class _Stderr:
    """What cannot be logged, because the disk under the log is full too, must not become an answer of 500."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()
