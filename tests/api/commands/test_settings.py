"""`alongside service settings`: what a service records as a file, which never goes over an admin's change."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.api.commands.running import Command, Ran
from tests.api.conftest import Place


@pytest.fixture
def run(command: Command, place: Place, database_url: str) -> Any:
    def ran(*words: str) -> Ran:
        return command("service", "settings", "--service", str(place.service_id), *words, url=database_url)

    return ran


def written(folder: Path, document: Any) -> str:
    file = folder / "settings.json"
    file.write_bytes(msgspec.json.encode(document))
    return str(file)


async def test_settings_are_read_as_a_file_changed_and_put_back(place: Place, run: Any, tmp_path: Path) -> None:
    document = run("--get").json()
    document["settings"]["back_dating_days"] = 7

    ran = run("--set", written(tmp_path, document))

    assert (ran.code, ran.out) == (0, "back_dating_days: 60 -> 7\n1 changed.\n")
    assert (await place.sam.client.get("/api/service")).json()["settings"]["back_dating_days"] == 7
    (noted,) = (await place.ade.client.get("/api/service/history")).json()["changes"]
    assert (noted["user_id"], noted["name"], noted["version"]) == (None, None, 2)
    again = run("--get", "--json").json()
    assert again == {"base": 2, "settings": document["settings"]}
    assert run("--set", written(tmp_path, again), "--json").json() == {"changes": []}


async def test_a_file_that_an_admin_was_faster_than_changes_nothing(place: Place, run: Any, tmp_path: Path) -> None:
    document = run("--get").json()
    changed = document["settings"] | {"person_codes": "off"}
    saved = await place.ade.client.put("/api/service/settings", json={"base": 1, "settings": changed})
    assert saved.status_code == 200

    document["settings"]["back_dating_days"] = 7
    ran = run("--set", written(tmp_path, document))

    assert (ran.code, ran.out, ran.err) == (1, "", "The settings were changed since you read them.\n")
    assert run("--get").json() == {"base": 2, "settings": changed}


def test_what_settings_cannot_be_is_said_with_the_field(run: Any, tmp_path: Path) -> None:
    document = run("--get").json()
    document["settings"]["week"] = ["monday", "monday"]

    ran = run("--set", written(tmp_path, document))

    assert (ran.code, ran.out, ran.err) == (2, "", "settings.week.monday: This is there twice.\n")
    (tmp_path / "none.json").write_text("{")
    assert run("--set", str(tmp_path / "none.json")).err == "The file is not JSON.\n"
    assert run().code == 2
    assert run("--get", "--set", written(tmp_path, document)).code == 2
