"""Older operations in today's words: one pure step from each schema to the next.

An operation keeps the schema that it was made with, on the phone and in the log, for as long as the product lives. When
`SCHEMA` rises, a step is added here, the golden operations of the old schema stay, and those of the new one join them.
A step is given whatever was sent, also what is broken: it changes what it knows and leaves the rest to the reading.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.entry import SCHEMA

Step = Callable[[dict[str, Any]], dict[str, Any]]

# STEPS[1] makes an operation of schema 2 out of one of schema 1, as a new value.
STEPS: dict[int, Step] = {}


def upgraded(value: dict[str, Any], schema: int, to: int = SCHEMA, steps: Mapping[int, Step] = STEPS) -> dict[str, Any]:
    """An operation of an older schema as today's app would have sent it; its own `schema` stays in it."""
    for older in range(schema, to):
        if older not in steps:
            raise LookupError(f"no step leads from schema {older} to {older + 1}")
        value = steps[older](value)
    return value
