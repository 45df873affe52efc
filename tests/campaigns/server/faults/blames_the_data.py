"""`alongside` with a planted fault: a lock, a disk or a lost connection counts as a fault of the data."""

from unittest.mock import patch

from api import app, database
from tests.campaigns.server.faults import run_with

if __name__ == "__main__":
    # Who answers 503 has to know the right name before it is taken away.
    assert app.ROUTES
    with patch.object(database, "Busy", RuntimeError):
        run_with(database, "passing", lambda fault: False)
