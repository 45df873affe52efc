"""A server from start to stop, as the supervisor of a machine sees it."""

import json
import signal
import socket
import stat
import urllib.request
from pathlib import Path

import pytest
import structlog

from api import logs
from tests.api.commands.running import Command, port_of, serving
from tests.postgres import Server


def test_serve_answers_keeps_others_away_and_ends_with_0(command: Command, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'alongside.db'}"
    with serving(url, tmp_path) as process:
        address = f"http://127.0.0.1:{port_of(process)}"
        with urllib.request.urlopen(f"{address}/api/health/live", timeout=5) as answer:
            assert answer.status == 200
        # On the same port, so that a second server that is let in is refused by the port and does not serve on.
        for words in (
            ["serve", "--port", str(port_of(process))],
            ["migrate"],
            ["restore", str(tmp_path / "new" / "alongside.db")],
        ):
            busy = command(*words, url=url)
            assert (busy.code, "running" in busy.err) == (75, True), words
        assert command("service", "add", "--name", "Riverside", "--admin", "ade", url=url).code == 0
        assert command("verify", url=url).code == 0
        assert command("backup", "beside.backup", url=url).code == 0
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "")
    assert f"127.0.0.1:{port_of(process)}" in err
    assert "Traceback" not in err
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in (tmp_path / "new").iterdir())
    assert command("restore", "beside.backup", url=url).code == 0


def test_several_processes_serve_postgresql_and_stop_together(
    postgresql: Server, migrated_postgresql: str, tmp_path: Path
) -> None:
    with serving(postgresql.url(migrated_postgresql), tmp_path, "--workers", "2") as process:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_said(command: Command, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = command("serve", "--port", str(port), url=f"sqlite:///{tmp_path / 'new.db'}")
    assert (ran.code, f"port {port}" in ran.err) == (75, True)


def test_what_the_server_says_is_a_line_of_json_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        logs.configure("warning")
        structlog.get_logger().info("nothing to see")
        structlog.get_logger().warning("database busy", fault="locked")
    finally:
        structlog.configure(**before)
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    said = json.loads(line)
    assert (said["event"], said["level"], said["fault"]) == ("database busy", "warning", "locked")
