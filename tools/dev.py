"""What make calls: one function for each target."""

import argparse
import os
import socket
import sys

from tools import environment, locks, suite, typescript
from tools.environment import BIN, run, step


def setup() -> None:
    environment.prepare("dev")


def serve(port: int) -> None:
    """The server as a newcomer wants it: built, filled, answering, with the accounts to sign in with."""
    _refuse_busy(port)
    environment.prepare("run")
    # Plain http and demonstration data: for this machine only.
    os.environ["ALONGSIDE_DEV"] = "1"
    with step("Demonstration data"):
        run(BIN / "alongside", "demo")
    print(f"\nAlongside is on http://localhost:{port} (Ctrl-C stops it)\n")
    os.execve(BIN / "alongside", ["alongside", "serve", "--port", str(port)], environment.environment())


def bench() -> None:
    environment.prepare("dev")
    run(BIN / "python", "-m", "tests.bench")
    sys.exit(not suite.bench_the_phone())


def sheet() -> None:
    environment.prepare("dev")
    sys.exit(not suite.sheet())


def build() -> None:
    environment.prepare("run")
    with step("Wheel"):
        run(BIN / "python", "-m", "hatchling", "build", "--target", "wheel")


def _refuse_busy(port: int) -> None:
    """Asks before anything long begins, so that the answer is the first thing that is seen."""
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return
    sys.exit(f"Port {port} is taken. Stop what uses it, or choose another: make run PORT={port + 1}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m tools.dev", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("setup")
    commands.add_parser("run").add_argument("--port", type=int, default=8000)
    commands.add_parser("test").add_argument("part", nargs="?", choices=suite.PARTS)
    commands.add_parser("types")
    commands.add_parser("bench")
    commands.add_parser("sheet")
    commands.add_parser("build")
    commands.add_parser("lock").add_argument("--upgrade", action="store_true")
    commands.add_parser("clean")
    chosen = parser.parse_args()
    match chosen.command:
        case "setup":
            setup()
        case "run":
            serve(chosen.port)
        case "test":
            suite.test(chosen.part)
        case "types":
            environment.prepare("dev")
            typescript.write()
        case "bench":
            bench()
        case "sheet":
            sheet()
        case "build":
            build()
        case "lock":
            locks.write(upgrade=chosen.upgrade)
        case "clean":
            environment.clean()


if __name__ == "__main__":
    main()
