"""Reading one element of a push as far as it goes, so that one that cannot be read does not hold up the others; and
reading again what was stored of it. Both read the words of every schema up to today's."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from domain.entry import SCHEMA
from domain.operation import Envelope, Operation, PersonOperation, ReflectionOperation
from domain.problems import Problem, problem_from_message
from domain.rules import text_problems
from domain.upgrades import upgraded

_envelope = msgspec.json.Decoder(Envelope, strict=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """An element of a push as far as it could be read: `operation` is None where its body was not.

    `body` is the canonical JSON of what was sent, in the words of its own schema; `operation` is in today's.
    """

    id: UUID | None
    sha256: bytes
    body: bytes = b""
    schema: int = SCHEMA
    team_id: UUID | None = None
    operation: Operation | None = None
    problems: tuple[Problem, ...] = ()


def read(raw: bytes | memoryview) -> Reading:
    """Reads one element of a push. The hash covers the canonical JSON of what was sent: keys sorted, no white space."""
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return Reading(None, hashlib.sha256(raw).digest(), problems=(Problem(code="unreadable"),))
    body = msgspec.json.encode(value, order="sorted")
    sha256 = hashlib.sha256(body).digest()
    try:
        envelope = _envelope.decode(body)
    except msgspec.ValidationError as refusal:
        return Reading(_id_of(value), sha256, body, problems=(problem_from_message(str(refusal)),))
    if envelope.schema > SCHEMA:
        return Reading(envelope.id, sha256, body, envelope.schema, envelope.team_id)
    value = upgraded(value, envelope.schema)
    try:
        operation = _operation(value)
    except msgspec.ValidationError as refusal:
        return Reading(envelope.id, sha256, body, problems=(problem_from_message(str(refusal)),))
    problems = text_problems({key: value.get(key) for key in ("set", "reason", "zone")}, "")
    if isinstance(operation, PersonOperation) and operation.action not in ("create", "amend"):
        problems.append(Problem(code="not_for_persons", field="action"))
    # A reason is text that everybody with the log could read.
    if isinstance(operation, ReflectionOperation) and operation.reason is not None:
        problems.append(Problem(code="unknown_field", field="reason"))
    # What would be without effect is refused, like a field that nobody knows: else it would vanish without a word.
    if operation.action in ("void", "unvoid") and value.get("set"):
        problems.append(Problem(code="nothing_to_set", field="set"))
    problems = [msgspec.structs.replace(problem, field=(problem.field or "").lstrip(".")) for problem in problems]
    return Reading(envelope.id, sha256, body, envelope.schema, envelope.team_id, operation, tuple(problems))


def read_stored(body: str) -> Operation:
    """The operation in a stored body, in today's words. Raises a MsgspecError where it is not as it was written."""
    return _operation(upgraded(msgspec.json.decode(body), _envelope.decode(body).schema))


def _operation(value: dict[str, Any]) -> Operation:
    operation: Operation = msgspec.convert(value, Operation)
    return operation


def _id_of(value: object) -> UUID | None:
    """The id of an element that cannot be read otherwise, so that the phone knows which one is meant."""
    try:
        return msgspec.convert(value, _Named).id
    except msgspec.ValidationError:
        return None


class _Named(msgspec.Struct):
    id: UUID
