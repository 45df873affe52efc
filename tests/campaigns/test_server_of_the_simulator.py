"""What the simulator's own server shows at once, where seeds would have to wait for it."""

import json

from tests.campaigns.simulator import desk
from tests.campaigns.simulator.people import NORTH, PASSWORD, SOUTH, named
from tests.campaigns.simulator.server import SimulatedServer


def test_every_change_of_teams_and_roles_raises_the_scope_version() -> None:
    sam = named("sam")
    with SimulatedServer() as server:
        cookie = signed_in(server, "sam")
        versions = [scope_version(server, cookie)]
        assert desk.move(server, sam, SOUTH, 1)
        versions.append(scope_version(server, cookie))
        assert desk.promote(server, sam, SOUTH, 2) == "lead"
        versions.append(scope_version(server, cookie))
        assert not desk.move(server, sam, NORTH, 3)
        versions.append(scope_version(server, cookie))
    assert versions == sorted(set(versions))


def signed_in(server: SimulatedServer, login: str) -> str:
    """The cookie of a session."""
    answer = server.request("POST", "/api/session", body=json.dumps({"login": login, "password": PASSWORD}))
    cookie: str = answer["cookies"][0].split(";")[0]
    return cookie


def scope_version(server: SimulatedServer, cookie: str) -> int:
    """What a pull says now."""
    asked = {"protocol": 1, "device_id": str(named("desk")), "schema": 1, "limit": 1, "cursors": {}}
    answer = server.request("POST", "/api/sync/pull", cookie, json.dumps(asked))
    version: int = json.loads(answer["body"])["scope_version"]
    return version
