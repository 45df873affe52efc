"""Runs the tests in parts: all of them, whatever fails, then a table of how each part went and how long it took."""

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools import browsers, environment, typescript
from tools.environment import BIN, NODE_MODULES, PWA, ROOT


class Part(NamedTuple):
    what: str
    # Seconds on a small machine (two cores). Over it is shown, not failed: a slow machine is no fault of the code.
    budget: int
    passes: Callable[[], bool]


def test(only: str | None) -> None:
    environment.python_packages("dev")
    if only not in ("rules", "api"):
        environment.node_packages()
    rows = [_timed(name, part) for name, part in PARTS.items() if only in (None, name)]
    print(f"\n{'part':<12}{'time':>8}{'budget':>9}  result")
    for name, seconds, passed in rows:
        late = ", over budget" if seconds > PARTS[name].budget else ""
        print(f"{name:<12}{seconds:>6.1f} s{PARTS[name].budget:>7} s  {'passed' if passed else 'FAILED'}{late}")
    for command, last in FAILED:
        print(f"\n== {command} failed; its last lines again:\n{''.join(last)}")
    sys.exit(not all(passed for _, _, passed in rows))


def _timed(name: str, part: Part) -> tuple[str, float, bool]:
    print(f"\n== {name}: {part.what} (budget {part.budget} s)")
    began = time.monotonic()
    try:
        passed = part.passes()
    except SystemExit:
        # A step inside it failed, and said why; the other parts still run.
        passed = False
    seconds = time.monotonic() - began
    print(f"== {name}: {'passed' if passed else 'FAILED'} in {seconds:.1f} s")
    return name, seconds, passed


def _check() -> bool:
    # A list, so that all are run: one that fails must not hide what the next would have said.
    return all(
        [
            _ok("ruff", "check", "--quiet"),
            _ok("ruff", "format", "--check", "--quiet"),
            _ok("mypy"),
            _ok("npm", "run", "--silent", "lint", cwd=PWA),
            _ok("npm", "run", "--silent", "check", cwd=PWA),
            typescript.fresh(),
        ]
    )


def _rules() -> bool:
    others = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "tests").glob("test_*.py"))
    return _ok("pytest", "-q", "-n", "2", "--cov=domain", "--cov-report=term-missing", "tests/domain", *others)


def _api() -> bool:
    return _ok("pytest", "-q", "-n", "2", "tests/api")


def _typescript() -> bool:
    return _ok("npm", "test", "--silent", cwd=PWA)


def _campaigns() -> bool:
    environment.strace()
    return _ok("pytest", "-q", "-n", "2", "--dist", "loadfile", "tests/campaigns")


def _journeys() -> bool:
    environment.phone_app()
    return _playwright("journeys", browsers.CHROMIUM)


def sheet() -> bool:
    """A picture of every screen in every state, laid out on one page."""
    return _playwright("journeys/sheet.config.ts", browsers.CHROMIUM)


def bench_the_phone() -> bool:
    """What a worker waits for on a slow phone. It fails where something does not work, never by its time."""
    return _playwright("bench", browsers.CHROMIUM)


def _engines() -> bool:
    environment.phone_app()
    return _playwright("engines", browsers.CHROMIUM, browsers.FIREFOX, browsers.WEBKIT)


def _playwright(folder: str, *wanted: browsers.Browser) -> bool:
    found = browsers.find(*wanted)
    playwright = str(NODE_MODULES / ".bin" / "playwright")
    return found is not None and _ok(playwright, "test", "-c", f"tests/{folder}", cwd=ROOT, **found)


def _ok(program: str, *words: str, cwd: Path = ROOT, **more: str) -> bool:
    command = [str(BIN / program), *words]
    environ = environment.environment(**more)
    if sys.stdout.isatty():
        return subprocess.run(command, cwd=cwd, env=environ, check=False).returncode == 0
    last = deque[str](maxlen=LAST_LINES)
    with subprocess.Popen(
        command, cwd=cwd, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            last.append(line)
    if running.returncode != 0:
        FAILED.append((" ".join([program, *words]), last))
    return running.returncode == 0


# In a log nobody scrolls back through a quarter of an hour: what failed is told once more at the end.
FAILED: list[tuple[str, deque[str]]] = []
LAST_LINES = 100

PARTS = {
    "check": Part("lint and types, Python and TypeScript", 30, _check),
    "rules": Part("the rules, every branch of domain/, and what holds for the repository", 10, _rules),
    "api": Part("the API on SQLite and on a real PostgreSQL", 90, _api),
    "typescript": Part("the phone's data and rules", 20, _typescript),
    "campaigns": Part("phones and server under faults, and every planted fault with what catches it", 240, _campaigns),
    "journeys": Part("real browser journeys", 120, _journeys),
    "engines": Part("other engines, and browsers that are killed while they save and send", 90, _engines),
}
