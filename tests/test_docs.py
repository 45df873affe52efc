"""The pages say what is there: settings, commands, problem codes, decisions, and every path and test that they name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

from api.cli import alongside
from api.settings import NAMES
from domain.problems import CODES

ROOT = Path(__file__).parents[1]
RUNBOOK = ROOT / "deploy" / "README.md"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", RUNBOOK, *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DEPLOYED = [ROOT / ".env.example", *sorted(file for file in (ROOT / "deploy").iterdir() if file.is_file())]
PHONE = "\n".join(file.read_text() for file in sorted((ROOT / "pwa" / "src" / "words").glob("*.ts")))

# A word in backticks that is meant to be in the repository: below one of its folders, or a file beside them.
TOP = {"api", "deploy", "docs", "domain", "pwa", "requirements", "tests", "tools", ".ci"}
FILES = re.compile(r"(?:Makefile|Caddyfile|\.env\.example|[\w.-]+\.(?:py|tsx?|md|toml|yaml|json|service|timer))")
MADE = {"pwa/dist", "pwa/node_modules"}
# Registries and the places that packages and images are fetched from.
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg|docker|ghcr|quay|debian)\.(?:org|com|io|net)\b"
)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def in_backticks(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", page.read_text())


def linked(page: Path) -> list[str]:
    """Where the links and pictures of a page lead inside the repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    return [target.split("#")[0] for target in targets if "://" not in target and not target.startswith("#")]


def commands(group: click.Group, before: str = "alongside") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def entries_of(table: str) -> dict[str, str]:
    """A table of sentences in the phone's words."""
    body = re.search(rf"export const {table}: Record<string, string> = \{{\n(.*?)\n\}}", PHONE, re.DOTALL)
    assert body, f"{table} is not in the phone's words"
    return dict(re.findall(r"^  '?([\w:]+)'?:\s+(['\"`].+)$", body[1], re.MULTILINE))


def rules() -> set[str]:
    """The names that the rules of entries and persons answer with."""
    functions = {
        found.name: found
        for found in ast.walk(ast.parse((ROOT / "domain" / "rules.py").read_text()))
        if isinstance(found, ast.FunctionDef)
    }
    answers = [
        node.value.value
        for name in ("entry_rules", "person_rule")
        for node in ast.walk(functions[name])
        if isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Constant)
    ]
    return {answer for answer in answers if isinstance(answer, str)}


def names_of_tests() -> set[str]:
    """The names of all tests in Python."""
    files = [file for file in files_below(ROOT / "tests") if file.suffix == ".py"]
    return {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text())}


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_in_the_example_with_its_default(name: str) -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()

    assert [line for line in lines if line.startswith(f"#{name}=")] != []


def test_the_example_has_no_setting_that_is_not_there() -> None:
    assert set(re.findall(r"^#?(ALONGSIDE_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)) == set(NAMES)


@pytest.mark.parametrize("command", list(commands(alongside)))
def test_every_command_is_in_the_runbook(command: str) -> None:
    assert re.search(rf"`{command}`", RUNBOOK.read_text())


def test_the_pages_name_no_command_that_is_not_there() -> None:
    there = set(commands(alongside))
    text = "\n".join(page.read_text() for page in PAGES)
    # At the start of a line of code or of a word in backticks; what follows a group is part of the name.
    groups = "|".join(name for name, one in alongside.commands.items() if isinstance(one, click.Group))
    used = re.findall(rf"(?:^ {{4,}}|`)(alongside (?:(?:{groups}) )?[a-z-]+)", text, re.MULTILINE)

    assert used
    assert set(used) - there == set()


@pytest.mark.parametrize("code", CODES)
def test_every_problem_code_has_a_sentence_on_the_phone(code: str) -> None:
    assert code in entries_of("problems")


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_that_makes_a_conflict_has_a_sentence_on_the_phone(rule: str) -> None:
    assert f"rule:{rule}" in entries_of("reasons")


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_says_why_what_what_follows_and_whether_it_stands(page: Path) -> None:
    assert re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE) == ["Context", "Decision", "Consequences", "Status"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert [page.read_text().split(".")[0] for page in DECISIONS] == [f"# {int(page.name[:4])}" for page in DECISIONS]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    words = [word.rstrip("/") for word in in_backticks(page)]
    paths = [word for word in words if re.fullmatch(r"[\w./*-]+", word) and word.split("/")[0] in TOP and "/" in word]
    missing = [path for path in paths if path not in MADE and not list(ROOT.glob(path))]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_that_a_page_names_without_its_folder_is_there(page: Path) -> None:
    words = {word for word in in_backticks(page) if FILES.fullmatch(word)}
    there = {file.name for folder in TOP if (ROOT / folder).is_dir() for file in files_below(ROOT / folder)}
    there |= {file.name for file in ROOT.iterdir()}

    assert words - there == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_of_a_page_leads_somewhere(page: Path) -> None:
    assert [target for target in linked(page) if not (page.parent / target).exists()] == []


def test_every_test_that_a_page_names_is_there() -> None:
    there = names_of_tests()
    words = {word for page in PAGES for word in in_backticks(page) if re.fullmatch(r"test_\w+", word)}

    assert words
    assert words - there == set()


def test_every_target_of_make_that_a_page_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    there = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    parts = {f"test-{part}" for part in ("check", "rules", "api", "typescript", "campaigns", "journeys", "engines")}
    text = "\n".join(page.read_text() for page in PAGES)
    used = set(re.findall(r"(?:^ {4,}|`)make ([a-z-]+)", text, re.MULTILINE))

    assert used
    assert used - there - parts == set()


@pytest.mark.parametrize("page", sorted({*PAGES, *DEPLOYED}), ids=named)
def test_no_page_names_a_registry_and_every_address_is_an_example(page: Path) -> None:
    text = re.sub(r"\$\{\w+\}", "variable", page.read_text())
    hosts = {urlsplit(address).hostname for address in re.findall(r"\w+://[^\s'\"`<>)}\\]+", text)}
    strange = {host for host in hosts if host and not host.endswith("example.org")}

    assert REGISTRY.findall(text) == []
    assert strange - {"localhost", "127.0.0.1", "database"} == set()


def files_below(folder: Path) -> Iterator[Path]:
    for inner in folder.iterdir():
        if inner.name in ("node_modules", "dist", "__pycache__"):
            continue
        if inner.is_dir():
            yield from files_below(inner)
        else:
            yield inner
