"""Writes tests/cases/kinds.json, what each field of each kind takes and refuses, from the structs of domain/kinds.

`python -m tests.make_cases` after a change of a struct. pytest and vitest both hold their rules to the file, and a test
says when it is stale.
"""

import json
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct, inspect

from domain.families import family_of
from domain.kinds import Details
from tests.make import an_entry

FILE = Path(__file__).parent / "cases" / "kinds.json"
HEAD = (
    "Written by tests/make_cases.py. `base` is the least that a kind must say, and `owed` what its entry must say "
    "beside it. Each row is one field: values that are taken, and values that are refused with a code at a place in "
    "the field; one that is required is refused with `required` when it is left out. The server reads the types of an "
    "operation before its rules and stops at the first that is wrong; the phone names all that is wrong. With one "
    "thing wrong at a time both say the same code and the same field, and these two are compared."
)
NOT_AN_ANSWER = "no_such_answer"


def table() -> dict[str, Any]:
    kinds = get_args(Details)
    base = {_tag(kind): {"kind": _tag(kind), **_least(kind)} for kind in kinds}
    rows = [
        {"kind": _tag(kind), "field": field.encode_name, "required": field.required, **_values(field.type)}
        for kind in kinds
        for field in _fields(kind)
    ]
    owed = {
        kind: ["minutes", "mode"] if family_of(an_entry(details=details)) == "direct" else []
        for kind, details in base.items()
    }
    return {"about": HEAD, "base": base, "owed": owed, "rows": rows}


def text() -> str:
    made = table()
    lines = {name: [_line(made[name])] for name in ("about", "base", "owed")}
    rows = ",\n".join(f"  {_line(row)}" for row in made["rows"])
    head = ",\n".join(f' "{name}": {line}' for name, (line,) in lines.items())
    return f'{{\n{head},\n "rows": [\n{rows}\n ]\n}}\n'


def _values(kind: inspect.Type) -> dict[str, Any]:
    """What a field of this type takes and refuses: each answer, each limit at it and just beyond it."""
    takes: list[Any] = []
    refuses: list[tuple[Any, str, str]] = []  # the value, the code, and where in the value it is wrong
    match _without_null(kind):
        case inspect.LiteralType(values=answers):
            takes += sorted(answers)
            refuses.append((NOT_AN_ANSWER, "not_an_option", ""))
        case inspect.BoolType():
            takes += [True, False]
            refuses.append(("yes", "not_a_boolean", ""))
        case inspect.DateType():
            takes.append("2026-12-01")
            refuses.append(("2026-02-30", "not_a_date", ""))
        case inspect.UUIDType():
            takes.append("01900000-0000-7000-8000-000000000001")
            refuses.append(("KITE-12", "not_an_id", ""))
        case inspect.IntType(ge=int(least), le=int(most)):
            takes += [least, most]
            refuses += [(least - 1, "too_small", ""), (most + 1, "too_large", ""), (least + 0.5, "not_an_integer", "")]
        case inspect.StrType(min_length=least, max_length=int(most)):
            takes += ["k" * (least or 0), "k" * most, "🌊" * most]
            refuses += [("k" * (most + 1), "too_long", ""), ("turned \u202e around", "bad_text", "")]
            refuses += [("", "too_short", "")] if least else []
        case inspect.VarTupleType(item_type=item, min_length=least, max_length=most):
            inner = _things(item) if isinstance(item, inspect.StructType) else _values(item)
            first = inner["takes"][0]
            takes += [[value] for value in inner["takes"]] + ([[first] * most] if most else [[]])
            refuses += [([one["value"]], one["code"], _at("0", one["at"])) for one in inner["refuses"]]
            refuses += [([first] * (most + 1), "too_long", "")] if most else []
            refuses += [([first] * (least - 1), "too_short", "")] if least else []
        case other:
            raise TypeError(f"no cases are known for {other}")
    return {"takes": takes, "refuses": [{"value": value, "code": code, "at": at} for value, code, at in refuses]}


def _things(struct: inspect.StructType) -> dict[str, Any]:
    """The same of the things of a list: one fact of one thing differs at a time."""
    least = _least(struct.cls)
    takes, refuses = [least], []
    for field in _fields(struct.cls):
        name, values = field.encode_name, _values(field.type)
        takes += [{**least, name: value} for value in values["takes"]]
        refuses += [
            {"value": {**least, name: one["value"]}, "code": one["code"], "at": _at(name, one["at"])}
            for one in values["refuses"]
        ]
        if field.required:
            left = {key: value for key, value in least.items() if key != name}
            refuses.append({"value": left, "code": "required", "at": name})
    return {"takes": takes, "refuses": refuses}


def _least(struct: type[Struct]) -> dict[str, Any]:
    """The required facts alone, each with the first value that it takes."""
    return {field.encode_name: _values(field.type)["takes"][0] for field in _fields(struct) if field.required}


def _fields(struct: type[Struct]) -> tuple[inspect.Field, ...]:
    made = inspect.type_info(struct)
    assert isinstance(made, inspect.StructType)
    return made.fields


def _without_null(kind: inspect.Type) -> inspect.Type:
    match kind:
        case inspect.Metadata(type=inner):
            return _without_null(inner)
        case inspect.UnionType(types=choices):
            (inner,) = (choice for choice in choices if not isinstance(choice, inspect.NoneType))
            return _without_null(inner)
    return kind


def _tag(struct: type[Struct]) -> Any:
    return struct.__struct_config__.tag


def _at(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    FILE.write_text(text())
    print(f"wrote {FILE.name}")
