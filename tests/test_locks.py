"""The locks name packages, versions and hashes, and never an address: they work with whatever registry a place uses."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON_LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
CLIENT_SETTINGS = [
    file
    for folder in (ROOT, ROOT / "pwa")
    for name in (".npmrc", "pip.conf", "uv.toml")
    if (file := folder / name).exists()
]
ADDRESS = re.compile(r"\w+://|^\s*(?:--)?(?:extra-)?(?:index-url|find-links|trusted-host|registry)\b", re.MULTILINE)


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def requirements(lock: str) -> list[str]:
    """Each requirement with its hashes on one line."""
    return [line for line in lock.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("file", [*PYTHON_LOCKS, *CLIENT_SETTINGS], ids=named)
def test_no_lock_or_client_setting_names_an_address(file: Path) -> None:
    assert not ADDRESS.findall(file.read_text())


def test_the_uv_settings_of_the_project_name_no_address() -> None:
    assert "[[tool.uv" not in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize("file", PYTHON_LOCKS, ids=named)
def test_every_python_requirement_is_pinned_and_has_a_hash(file: Path) -> None:
    found = requirements(file.read_text())
    assert found
    assert [line for line in found if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_the_locks_agree_on_every_version() -> None:
    pins: dict[str, set[str]] = {}
    for file in PYTHON_LOCKS:
        for line in requirements(file.read_text()):
            name, version = line.split()[0].split("==")
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_every_package_of_the_phone_app_has_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "pwa" / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "integrity" not in package] == []
    assert [name for name, package in installed.items() if "resolved" in package] == []
