"""How a form asks for a fact: said beside the field, carried by the OpenAPI document, drawn by the phone.

A field without a word about it stands under "More questions", in the order of its struct.
"""

from typing import Any, TypedDict

from msgspec import Meta


class Ask(TypedDict, total=False):
    """What `x-ask` in the OpenAPI document says of a field; all of it is optional.

    `first`: asked in full on a new log. `front`: the answers that are shown before "More answers".
    `again`: log again takes the answer over. `when`: asked only while another field of the kind has one of these.
    """

    first: bool
    front: tuple[Any, ...]
    again: bool
    when: dict[str, tuple[Any, ...]]


def first(*front: Any, again: bool = False) -> Meta:
    """Asked in full on a new log, with these answers (or these numbers) shown first."""
    return _meta({"first": True, "front": front, "again": again})


def later(*front: Any, again: bool = False, when: dict[str, tuple[Any, ...]] | None = None) -> Meta:
    """Asked under "More questions"."""
    return _meta({"front": front, "again": again, "when": when or {}})


def _meta(ask: Ask) -> Meta:
    return Meta(extra_json_schema={"x-ask": {key: value for key, value in ask.items() if value}})
