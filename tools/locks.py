"""Writes requirements/: names, versions and hashes of every package, and no address of any registry."""

from tools import environment
from tools.environment import BIN, REQUIREMENTS, ROOT, run, step

COMPILE = [
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-annotate", "--custom-compile-command", "make lock"),
]


def write(*, upgrade: bool) -> None:
    environment.python_packages("dev")
    choices = [*COMPILE, "--upgrade"] if upgrade else COMPILE
    project, dev = ROOT / "pyproject.toml", REQUIREMENTS / "dev.txt"
    with step("Locks"):
        # The largest first; the others take their versions from it.
        run(BIN / "uv", *choices, project, "--group", "dev", "-o", dev)
        run(BIN / "uv", *choices, project, "--group", "build", "-c", dev, "-o", REQUIREMENTS / "run.txt")
        run(BIN / "uv", *choices, project, "-c", dev, "-o", REQUIREMENTS / "server.txt")
        run(BIN / "uv", *choices, "--group", "installer", "-c", dev, "-o", REQUIREMENTS / "uv.txt")
