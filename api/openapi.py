"""The OpenAPI document: paths as the framework knows them, shapes as msgspec reads them."""

from typing import Any

import msgspec
from litestar import Litestar

from api.errors import ProblemAnswer
from domain.entry import Entry
from domain.operation import EntryOperation, PersonOperation, PullRequest, PushRequest, Result

# Bodies that their routes decode themselves, because one element that cannot be read must not refuse the others.
BODIES = {"/api/sync/push": PushRequest, "/api/sync/pull": PullRequest}
# Shapes that no route names, but that the phone builds or keeps.
ALSO = (Entry, EntryOperation, PersonOperation, Result, ProblemAnswer)
_PREFIX = "#/components/schemas/"


def document(api: Litestar) -> dict[str, Any]:
    """The whole document, the same for each call."""
    made: dict[str, Any] = api.openapi_schema.to_schema()
    made["paths"] = {path: made["paths"][path] for path in sorted(made["paths"]) if path.startswith("/api")}
    schemas: dict[str, Any] = {}
    for shape in (*BODIES.values(), *ALSO):
        _, found = msgspec.json.schema_components([shape], ref_template=_PREFIX + "{name}")
        schemas |= found
    made["components"]["schemas"] = dict(sorted({**made["components"]["schemas"], **schemas}.items()))
    for path, shape in BODIES.items():
        reference = {"schema": {"$ref": _PREFIX + shape.__name__}}
        made["paths"][path]["post"]["requestBody"] = {"required": True, "content": {"application/json": reference}}
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
