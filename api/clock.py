"""The server's clock, read at the edge and handed inwards: no rule reads it."""

import time
from datetime import date, datetime

from domain.service import CIVIL


def now() -> int:
    """This instant in Unix milliseconds."""
    return time.time_ns() // 1_000_000


def civil_date(at: int) -> date:
    """The civil date of an instant where the services are."""
    return datetime.fromtimestamp(at / 1000, CIVIL).date()
