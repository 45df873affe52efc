"""A phone that reads while others write is given every row once; see README.md beside this folder."""

from pathlib import Path

from tests.campaigns.server import table
from tests.campaigns.server.readers import FAULT, Readers, hunt

WRITERS = 16
SECONDS = 2.0


def test_a_reader_is_given_every_row_once_while_sixteen_write(database_url: str, tmp_path: Path) -> None:
    readers = Readers(database_url, tmp_path, WRITERS, SECONDS).run()
    table.record(readers.row())
    assert not readers.found
    assert readers.rows > 20
    assert readers.pulls > 5, "the reader did not come between the writers"


def test_numbers_without_a_lock_make_a_reader_skip_rows_where_there_are_many_writers(
    database_url: str, tmp_path: Path
) -> None:
    if database_url.startswith("sqlite"):
        # One writer at a time: the order of numbers is that of the commits, whatever the lock.
        assert not Readers(database_url, tmp_path, WRITERS, SECONDS).run(FAULT).found
    else:
        assert table.record(hunt(database_url, tmp_path, WRITERS, SECONDS)).caught
