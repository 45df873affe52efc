"""Runs one directed test against a broken copy of the product: of pytest for the server, of vitest for the phone."""

import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# Loaded here for the tests, so that each process that is forked has them already.
import httpx  # noqa: F401
import hypothesis  # noqa: F401
import msgspec
import pytest

from tests.campaigns.simulator.planting import Fault, broken
from tests.campaigns.simulator.simulation import HERE, ROOT

# Between the file of a test of vitest and its name.
OF = " > "
# Nobody reads what they say, only whether they fail.
QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain")


class DoesNotRun(Exception):
    """A directed test that is not there, or that could not be run at all."""


def goes_red(fault: Fault, test: str) -> bool:
    """Whether a directed test fails while the fault is planted."""
    return not (_vitest([test], fault) if OF in test else _pytest([test], fault))


def all_pass(tests: Sequence[str]) -> bool:
    """Whether they pass while nothing is broken: only then does it say anything that one fails."""
    phones, server = [test for test in tests if OF in test], [test for test in tests if OF not in test]
    sound = Fault("nothing", "")
    return (not server or _pytest(server, sound)) and (not phones or _vitest(phones, sound))


def _pytest(tests: Sequence[str], fault: Fault) -> bool:
    """In a process that is forked from this one, so that what is planted there is never seen here, and what is loaded
    here need not be loaded again."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                os.chdir(ROOT)
                with broken(fault):
                    code = int(pytest.main([*QUIET, *tests]))
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code in (0, 1):
            return code == 0
        said.seek(0)
        raise DoesNotRun(f"{', '.join(tests)}: pytest ended with {code}\n{said.read().decode()[-2000:]}")


def _vitest(tests: Sequence[str], fault: Fault) -> bool:
    files = sorted({test.split(OF)[0] for test in tests})
    names = "|".join(f"{re.escape(test.split(OF, 1)[1])}$" for test in tests)
    planted = json.dumps([msgspec.structs.asdict(one) for one in fault.phone])
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command: list[str] = [
            *(str(ROOT / ".venv/bin/node"), str(ROOT / "pwa/node_modules/vitest/vitest.mjs"), "run"),
            *("--config", str(HERE / "broken.config.ts"), "--reporter=json", f"--outputFile={report}"),
            *("-t", names, *files),
        ]
        environment = {"PATH": str(ROOT / ".venv/bin"), "PLANTED": planted, "TZ": "Europe/London"}
        ran = subprocess.run(command, cwd=ROOT / "pwa", env=environment, capture_output=True, check=False)
        if not report.exists():
            raise DoesNotRun(f"{names}: vitest made no report\n{ran.stderr.decode()[-2000:]}")
        found: dict[str, Any] = json.loads(report.read_text())
    passed, failed = found["numPassedTests"], found["numFailedTests"]
    if passed + failed != len(tests):
        raise DoesNotRun(f"{names}: {passed + failed} of {len(tests)} ran\n{ran.stderr.decode()[-2000:]}")
    return bool(failed == 0)
