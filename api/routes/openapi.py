"""The OpenAPI document of this server."""

from typing import Any

from litestar import Request, get

from api.openapi import document


@get("/openapi.json", operation_id="openapi", opt={"policy": "session"}, include_in_schema=False)
async def openapi(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What can be called, and the shape of everything that goes in and out."""
    kept = request.app.state
    if "document" not in kept:
        # Made once: it takes as long as a hundred pushes.
        kept["document"] = document(request.app)
    made: dict[str, Any] = kept["document"]
    return made


HANDLERS = [openapi]
