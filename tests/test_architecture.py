"""What may know of what. Each rule is also held against a planted file that breaks it, so that it cannot go blind."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
import domain

ROOT = Path(__file__).parents[1]

# What the rules may use of the standard library: nothing here reads a clock, rolls dice, or opens a file or a socket.
# `io` is for text in memory; opening is caught below.
PURE = {"collections", "csv", "dataclasses", "datetime", "enum", "functools", "hashlib", "io", "itertools", "math"}
PURE |= {"operator", "re", "string", "typing", "unicodedata", "uuid", "zoneinfo"}
# Calls that ask the clock, the dice or the outside, whatever they are imported from.
IMPURE = {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7", "random", "open", "print", "input", "exec", "eval"}
IMPURE |= {"getenv", "__import__", "import_module"}

MOST_LINES = 250
# Looked at twice: a list that is read as one.
LONGER = {"api/store/tables.py"}


def test_the_packages_that_are_tested_are_ours_and_not_ones_of_the_same_name() -> None:
    for package in (api, domain):
        assert package.__file__ is not None
        assert Path(package.__file__).is_relative_to(ROOT)


def test_the_rules_import_the_standard_library_and_msgspec_and_ask_no_clock() -> None:
    assert list(impure_rules(ROOT)) == []


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "import random",
        "import os.path",
        "from pathlib import Path",
        "import secrets, re",
        "from litestar import get",
        "from api import clock",
        "import api.store.entries",
        "from ..api import clock",
        "def late() -> None:\n    import sqlite3",
        "from datetime import date\n\nTODAY = date.today()",
        "from datetime import datetime\n\nNOW = datetime.now()",
        "from uuid import uuid4\n\nID = uuid4()",
        "text = open('secrets').read()",
        "import io\n\nfile = io.open('secrets')",
    ],
)
def test_a_rule_that_reaches_outside_is_found(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "domain/planted.py", line)

    assert [where for where in impure_rules(tmp_path) if "domain/planted.py" in where]


def test_a_rule_that_keeps_to_itself_is_not_complained_of(tmp_path: Path) -> None:
    plant(
        tmp_path, "domain/planted.py", "import re\nimport msgspec\nfrom domain.entry import Entry\nfrom . import kinds"
    )

    assert list(impure_rules(tmp_path)) == []


def test_nobody_but_the_app_imports_a_route_and_the_store_knows_only_the_rules() -> None:
    assert list(misplaced_imports(ROOT)) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("api/store/planted.py", "from api.routes import sync"),
        ("api/store/planted.py", "from api.errors import Failed"),
        ("api/store/planted.py", "from ..routes.sync import HANDLERS"),
        ("api/store/planted.py", "import litestar"),
        ("api/planted.py", "from api.routes import sync"),
        ("api/planted.py", "from .routes import sync"),
        ("api/planted.py", "import api.routes.sync as sync"),
        ("api/commands/planted.py", "def late() -> None:\n    from api.routes.reports import file_name"),
        ("api/routes/planted.py", "from api.routes.sync import HANDLERS"),
        ("domain/planted.py", "from api.routes import sync"),
    ],
)
def test_a_misplaced_import_is_found(tmp_path: Path, file: str, line: str) -> None:
    plant(tmp_path, file, line)

    assert [where for where in misplaced_imports(tmp_path) if file in where]


def test_the_app_a_route_and_the_store_may_import_what_they_stand_on(tmp_path: Path) -> None:
    plant(tmp_path, "api/app.py", "from api.routes import sync")
    plant(tmp_path, "api/routes/planted.py", "from api.store import entries\nfrom api.errors import Failed")
    plant(
        tmp_path,
        "api/store/planted.py",
        "from api.store.tables import entry\nfrom domain.entry import Entry\nimport re",
    )

    assert list(misplaced_imports(tmp_path)) == []


def test_no_file_is_longer_than_one_reads_at_once() -> None:
    assert list(long_files(ROOT)) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "api/planted.py", "\n" * MOST_LINES + "ONE = 1")

    assert list(long_files(tmp_path)) == [f"api/planted.py: {MOST_LINES + 1} lines"]


def test_the_data_of_the_phone_knows_no_screens_and_one_file_each_has_the_database_and_the_network() -> None:
    assert list(misplaced_typescript(ROOT)) == []
    assert len(list((ROOT / "pwa" / "src" / "data").glob("*.ts"))) > 5


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("data/planted.ts", "import { t } from '../screens/log'"),
        ("data/planted.ts", "import type { T } from '../ui/live'"),
        ("data/planted.ts", "import { signal } from '@preact/signals'"),
        ("data/planted.ts", "import 'preact'"),
        ("data/planted.ts", "export { h } from 'preact/hooks'"),
        ("data/planted.ts", "const late = await import('../words/en')"),
        ("data/planted.ts", "import {\n  openDB,\n} from 'idb'"),
        ("data/planted.ts", "const answer = await fetch('/api/session')"),
        ("data/planted.ts", "navigator.sendBeacon('/api/sync/push', body)"),
        ("screens/planted.tsx", "import { openDB } from 'idb'"),
        ("screens/planted.tsx", "const answer = await globalThis.fetch('/api/session')"),
        ("ui/planted.ts", "new XMLHttpRequest()"),
        ("rules/planted.ts", "import { useState } from 'preact/hooks'"),
        ("rules/planted.ts", "import { outbox } from '../data/outbox'"),
    ],
)
def test_misplaced_typescript_is_found(tmp_path: Path, file: str, line: str) -> None:
    plant(tmp_path, f"pwa/src/{file}", line)

    assert [where for where in misplaced_typescript(tmp_path) if file in where]


def test_typescript_in_its_place_is_not_complained_of(tmp_path: Path) -> None:
    plant(tmp_path, "pwa/src/data/db.ts", "import { openDB } from 'idb'")
    plant(tmp_path, "pwa/src/data/wire.ts", "// calls fetch(\nawait fetch('/api/session')")
    plant(tmp_path, "pwa/src/data/planted.ts", "// no fetch() here\nconst fetched = prefetch('x')")
    plant(tmp_path, "pwa/src/service-worker.ts", "await fetch(request)")
    plant(tmp_path, "pwa/src/screens/planted.tsx", "import { outbox } from '../data/outbox'\nimport 'preact'")
    plant(tmp_path, "pwa/src/rules/planted.ts", "import type { Settings } from '../data/phone'")

    assert list(misplaced_typescript(tmp_path)) == []


def impure_rules(root: Path) -> Iterator[str]:
    for file in _python(root, "domain"):
        where = file.relative_to(root)
        for module in sorted(imports(root, file)):
            top = module.partition(".")[0]
            if top not in PURE | {"domain", "msgspec"}:
                yield f"{where}: imports {module}"
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", None))
                if called in IMPURE:
                    yield f"{where}:{node.lineno}: calls {called}"


def misplaced_imports(root: Path) -> Iterator[str]:
    for file in _python(root, "api", "domain"):
        where = file.relative_to(root).as_posix()
        for module in sorted(imports(root, file)):
            of_routes = module == "api.routes" or module.startswith("api.routes.")
            if of_routes and where != "api/app.py":
                yield f"{where}: imports {module}"
            if where.startswith("api/store/"):
                ours = module.startswith(("domain", "api.store"))
                if not ours and module.partition(".")[0] in ("api", "litestar"):
                    yield f"{where}: imports {module}"


def long_files(root: Path) -> Iterator[str]:
    for file in _python(root, "api", "domain"):
        where, lines = file.relative_to(root).as_posix(), len(file.read_text().splitlines())
        if lines > MOST_LINES and where not in LONGER and not where.startswith("api/migrations/versions/"):
            yield f"{where}: {lines} lines"


def misplaced_typescript(root: Path) -> Iterator[str]:
    source = root / "pwa" / "src"
    for file in sorted([*source.rglob("*.ts"), *source.rglob("*.tsx")]):
        where, text = file.relative_to(source).as_posix(), file.read_text()
        folder = where.partition("/")[0]
        for whole, module in _typescript_imports(text):
            to = module.rsplit("../", 1)[-1]
            screens = to.startswith(("screens/", "ui/", "words/")) or re.match(r"(@?preact)\b", module)
            if folder in ("data", "rules") and screens:
                yield f"{where}: imports {module}"
            if folder == "rules" and to.startswith("data/") and not whole.startswith("import type"):
                yield f"{where}: imports more than types of {module}"
            if module == "idb" and where != "data/db.ts":
                yield f"{where}: imports idb"
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)
        if re.search(r"\bfetch\s*(\?\.)?\(", code) and where not in ("data/wire.ts", "service-worker.ts"):
            yield f"{where}: calls fetch"
        if re.search(r"\b(XMLHttpRequest|sendBeacon|EventSource|WebSocket)\b", code):
            yield f"{where}: has a way to the network of its own"


def imports(root: Path, file: Path) -> set[str]:
    """The modules that a file imports, wherever in it; `from package import name` may mean the module of that name."""
    package = file.relative_to(root).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *((node.module,) if node.module else ())))
            named = {f"{base}.{alias.name}" for alias in node.names}
            inside = base in ("api", "api.routes", "domain", "api.store")
            found |= named if inside else {base}
    return found


def _python(root: Path, *packages: str) -> list[Path]:
    return sorted(file for package in packages for file in (root / package).rglob("*.py"))


def _typescript_imports(text: str) -> Iterator[tuple[str, str]]:
    """Each import or re-export: the whole of it, and the module that it names."""
    of_line = r"^\s*((?:import|export)\b(?:[^'\"`;=(]*\bfrom)?\s*['\"]([^'\"]+)['\"])"
    while_running = r"(import\(\s*['\"]([^'\"]+)['\"])"
    for pattern in (of_line, while_running):
        for found in re.finditer(pattern, text, flags=re.MULTILINE):
            yield found[1], found[2]


def plant(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n")
