"""What must be installed and built before anything runs: Python packages, Node packages, the phone app.

Each step leaves a stamp, a hash of what it was made from, inside the thing it made. A step whose stamp still fits is
skipped; a step that was interrupted has no stamp and is done again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PWA = ROOT / "pwa"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = PWA / "node_modules"


def prepare(wanted: str) -> None:
    """Everything that `wanted` ("run" or "dev") needs; seconds when nothing changed."""
    python_packages(wanted)
    node_packages()
    phone_app()


def python_packages(wanted: str) -> None:
    stamp = VENV / ".installed"
    installed = stamp.read_text() if stamp.exists() and (BIN / "alongside").exists() else ""
    # The larger set is never taken away again: `make run` after `make test` must not undo it.
    if installed.startswith("dev "):
        wanted = "dev"
    lock = REQUIREMENTS / f"{wanted}.txt"
    # The folder is part of it: the programs in a virtual environment do not survive being moved.
    fits = f"{wanted} {sys.version_info[:3]} {ROOT} {_hash([lock, ROOT / 'pyproject.toml'])}"
    if installed == fits:
        return
    stamp.unlink(missing_ok=True)
    if not (BIN / "uv").exists() or f" {sys.version_info[:3]} {ROOT} " not in installed:
        with step("Python environment"):
            _empty_environment()
    with step("Python packages"):
        run(BIN / "uv", "pip", "sync", "--quiet", "--require-hashes", lock)
        run(BIN / "uv", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(fits)


def _empty_environment() -> None:
    """A virtual environment with nothing but uv, which brings the rest."""
    installer: list[str | Path] = ["install", "--quiet", "--require-hashes", "-r", REQUIREMENTS / "uv.txt"]
    if find_spec("pip"):
        # With the pip of this Python: giving the environment a pip of its own would take twice as long.
        run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
        run(sys.executable, "-m", "pip", "--python", BIN / "python", *installer)
    else:
        run(sys.executable, "-m", "venv", "--clear", VENV)
        run(BIN / "python", "-m", "pip", *installer)


def node_packages() -> None:
    stamp = NODE_MODULES / ".installed"
    fits = _hash([PWA / "package.json", PWA / "package-lock.json", PWA / ".npmrc"])
    if not (stamp.exists() and stamp.read_text() == fits):
        with step("Node packages"):
            run(BIN / "npm", "ci", "--silent", cwd=PWA)
        stamp.write_text(fits)
    # TypeScript under tests/ finds its packages by walking up the folders.
    link = ROOT / "tests" / "node_modules"
    if not link.is_symlink():
        link.symlink_to(Path("..", "pwa", "node_modules"))


def phone_app() -> None:
    stamp = NODE_MODULES / ".built"
    fits = _hash(_inputs_of_the_phone_app())
    if (PWA / "dist" / "index.html").exists() and stamp.exists() and stamp.read_text() == fits:
        return
    stamp.unlink(missing_ok=True)
    with step("Phone app"):
        run(BIN / "npm", "run", "--silent", "build", cwd=PWA)
    stamp.write_text(fits)


def strace() -> None:
    """Debian's, where it is missing and may be installed; the tests of durability say so if it is still not there."""
    if not shutil.which("strace") and os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        with step("strace"):
            run("apt-get", "update", "-qq")
            run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "strace")


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Runs a command; when it fails, shows it and ends."""
    words = [str(word) for word in command]
    code = subprocess.run(words, cwd=cwd, env=environment(), check=False).returncode
    if code:
        print(f"\nFailed ({code}): {' '.join(words)}", file=sys.stderr)
        raise SystemExit(code)


def environment(**more: str) -> dict[str, str]:
    """The environment of every command: our own Python and Node come first."""
    return {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": str(VENV),
        # uv: trust what the machine trusts, and never fetch an interpreter.
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PYTHON": str(BIN / "python"),
        **more,
    }


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line for each step, with how long it took."""
    print(f"{name} ...")
    began = time.monotonic()
    yield
    print(f"{name}: {time.monotonic() - began:.1f} s")


def clean() -> None:
    """Removes what was installed, built or cached; never the database."""
    made = [VENV, NODE_MODULES, PWA / "dist", ROOT / "dist", ROOT / ".mypy_cache", ROOT / ".ruff_cache"]
    made += [ROOT / ".pytest_cache", ROOT / ".hypothesis", ROOT / "test-results", ROOT / "build"]
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / "tests" / "node_modules").unlink(missing_ok=True)
    (ROOT / ".coverage").unlink(missing_ok=True)


def _inputs_of_the_phone_app() -> Iterator[Path]:
    # The phone app carries the version of the project.
    yield ROOT / "pyproject.toml"
    for folder, folders, files in os.walk(PWA):
        folders[:] = sorted(set(folders) - {"node_modules", "dist"})
        yield from (Path(folder, file) for file in sorted(files))


def _hash(files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.relative_to(ROOT)}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
