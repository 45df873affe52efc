"""Writes the TypeScript types of everything on the wire from the API's own description of itself.

Everything is readonly: what came over the wire is never changed in place.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tools.environment import BIN, PWA, ROOT, environment

DESCRIPTION = PWA / "openapi.json"
TYPES = PWA / "src" / "data" / "schema.gen.ts"

TYPE_NAMES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def write() -> None:
    for file, text in _generated().items():
        file.write_text(text)
        print(f"wrote {file.relative_to(ROOT)}")


def fresh() -> bool:
    """Whether the files say what the API says now; names the ones that do not."""
    try:
        stale = [file for file, text in _generated().items() if not file.exists() or file.read_text() != text]
    except subprocess.CalledProcessError as failed:
        print(failed)
        return False
    for file in stale:
        print(f"{file.relative_to(ROOT)} is stale: run make types")
    return not stale


def types(description: dict[str, Any]) -> str:
    """One exported type for each schema, in the order of their names."""
    schemas = description.get("components", {}).get("schemas", {})
    lines = ["// Written by make types from openapi.json. Do not edit.", ""]
    for name in sorted(schemas):
        shape = _type(schemas[name])
        plain = shape.startswith("{") and shape.endswith("\n}")
        lines += [f"export {'interface' if plain else 'type'} {_name(name)} {'' if plain else '= '}{shape}", ""]
    return "\n".join(lines)


def _generated() -> dict[Path, str]:
    command = [str(BIN / "alongside"), "openapi"]
    printed = subprocess.run(command, cwd=ROOT, env=environment(), check=True, stdout=subprocess.PIPE).stdout
    description = json.loads(printed)
    return {DESCRIPTION: json.dumps(description, indent=2, ensure_ascii=False) + "\n", TYPES: types(description)}


def _type(schema: dict[str, Any], depth: int = 0) -> str:
    match schema:
        case {"$ref": ref}:
            return _name(ref.rpartition("/")[2])
        case {"const": value}:
            return _literal(value)
        case {"enum": values}:
            return _union([_literal(value) for value in values])
        case {"oneOf": choices} | {"anyOf": choices}:
            return _union([_type(choice, depth) for choice in choices])
        case {"allOf": parts}:
            return " & ".join(_type(part, depth) for part in parts)
        case {"type": list(kinds)}:
            return _union([_type({**schema, "type": kind}, depth) for kind in kinds])
        case {"type": "array", "prefixItems": items}:
            return f"readonly [{', '.join(_type(item, depth) for item in items)}]"
        case {"type": "array"}:
            item = _type(schema.get("items", {}), depth)
            return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
        case {"properties": fields}:
            return _object(fields, set(schema.get("required", ())), depth)
        case {"type": "object"}:
            values = schema.get("additionalProperties", {})
            return f"Readonly<Record<string, {_type(values, depth) if isinstance(values, dict) else 'unknown'}>>"
        case {"type": kind}:
            return TYPE_NAMES[kind]
    return "unknown"


def _object(fields: dict[str, Any], required: set[str], depth: int) -> str:
    inner = "  " * (depth + 1)
    lines = [
        f"{inner}readonly {_key(key)}{'' if key in required else '?'}: {_type(fields[key], depth + 1)}"
        for key in fields
    ]
    return "\n".join(["{", *lines, "  " * depth + "}"])


def _union(choices: list[str]) -> str:
    return " | ".join(dict.fromkeys(choices))


def _literal(value: Any) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" if isinstance(value, str) else json.dumps(value)


def _key(key: str) -> str:
    return key if key.isidentifier() else _literal(key)


def _name(name: str) -> str:
    """A schema's name as an identifier; generic ones come with brackets and dots."""
    return re.sub(r"\W+", "_", name).strip("_")
