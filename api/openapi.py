"""The OpenAPI document: paths as the framework knows them, shapes as msgspec reads them."""

from typing import Any, get_args

import msgspec
from litestar import Litestar

from api.errors import ProblemAnswer
from domain.entry import Entry
from domain.families import FAMILY
from domain.kinds import Details
from domain.operation import EntryOperation, PersonOperation, PullRequest, PushRequest, ReflectionOperation, Result
from domain.reflection import Reflection
from domain.settings import SettingsChange

# Bodies that their routes decode themselves: of a push, one element that cannot be read must not refuse the others;
# of settings, what is left out has to be seen.
BODIES = {
    ("/api/sync/push", "post"): PushRequest,
    ("/api/sync/pull", "post"): PullRequest,
    ("/api/service/settings", "put"): SettingsChange,
}
# Shapes that no route names, but that the phone builds or keeps.
ALSO = (Entry, EntryOperation, PersonOperation, Reflection, ReflectionOperation, Result, ProblemAnswer)
_PREFIX = "#/components/schemas/"


def document(api: Litestar) -> dict[str, Any]:
    """The whole document, the same for each call."""
    made: dict[str, Any] = api.openapi_schema.to_schema()
    made["paths"] = {path: made["paths"][path] for path in sorted(made["paths"]) if path.startswith("/api")}
    schemas: dict[str, Any] = {}
    for shape in (*BODIES.values(), *ALSO):
        _, found = msgspec.json.schema_components([shape], ref_template=_PREFIX + "{name}")
        schemas |= found
    # What each kind counts as, so that the phone keeps no list of its own.
    for kind in get_args(Details):
        schemas[kind.__name__]["x-family"] = FAMILY[kind.__struct_config__.tag]
    made["components"]["schemas"] = dict(sorted({**made["components"]["schemas"], **schemas}.items()))
    for (path, method), shape in BODIES.items():
        reference = {"schema": {"$ref": _PREFIX + shape.__name__}}
        made["paths"][path][method]["requestBody"] = {"required": True, "content": {"application/json": reference}}
    problem = {
        "description": "A problem",
        "content": {_PROBLEM: {"schema": {"$ref": _PREFIX + ProblemAnswer.__name__}}},
    }
    for operations in made["paths"].values():
        for operation in operations.values():
            kept = {status: answer for status, answer in operation["responses"].items() if status < "300"}
            operation["responses"] = {**kept, "default": problem}
    return made


_PROBLEM = "application/problem+json"
