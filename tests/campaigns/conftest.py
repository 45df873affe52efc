"""The tables that the campaigns print at their end: what the tests of the simulator record as `row`, and what the
campaigns of the server leave in a file."""

import os
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.campaigns.server import table


def pytest_configure() -> None:
    """Before other processes start, which are to write into the same file."""
    os.environ.setdefault(table.VARIABLE, str(Path(mkdtemp(prefix="campaigns-")) / "rows"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One table for the simulator, in the order of the tests, and one for the server."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    # Each test is reported three times: what it recorded is taken from the test itself.
    ran = [report for report in reports if getattr(report, "when", None) == "call"]
    properties = [pair for report in ran for pair in report.user_properties]
    rows = [tuple(value) for name, value in properties if name == "row"]
    if rows:
        width = max(len(name) for name, _ in rows)
        terminalreporter.section("phones and server")
        for name, value in rows:
            terminalreporter.write_line(f"{name:<{width}}  {value}")
    left = Path(os.environ[table.VARIABLE])
    if left.exists():
        terminalreporter.section("server on both databases")
        terminalreporter.write_line(table.text(table.read(left)))
