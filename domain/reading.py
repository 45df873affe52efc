"""Reading one element of a push as far as it goes, so that one that cannot be read does not hold up the others."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import msgspec

from domain.entry import SCHEMA
from domain.operation import Envelope, Operation, PersonOperation
from domain.problems import Problem, problem_from_message
from domain.rules import text_problems

_operation = msgspec.json.Decoder(Operation, strict=True)
_envelope = msgspec.json.Decoder(Envelope, strict=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """An element of a push as far as it could be read: `operation` is None where its body was not."""

    id: UUID | None
    sha256: bytes
    schema: int = SCHEMA
    team_id: UUID | None = None
    operation: Operation | None = None
    problems: tuple[Problem, ...] = ()


def read(raw: bytes | memoryview) -> Reading:
    """Reads one element of a push. The hash covers the canonical JSON: keys sorted, no white space."""
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return Reading(None, hashlib.sha256(raw).digest(), problems=(Problem(code="unreadable"),))
    sha256 = hashlib.sha256(msgspec.json.encode(value, order="sorted")).digest()
    try:
        envelope = _envelope.decode(raw)
    except msgspec.ValidationError as refusal:
        return Reading(_id_of(value), sha256, problems=(problem_from_message(str(refusal)),))
    if envelope.schema > SCHEMA:
        return Reading(envelope.id, sha256, envelope.schema, envelope.team_id)
    try:
        operation = _operation.decode(raw)
    except msgspec.ValidationError as refusal:
        return Reading(envelope.id, sha256, problems=(problem_from_message(str(refusal)),))
    problems = text_problems({key: value.get(key) for key in ("set", "reason", "zone")}, "")
    if isinstance(operation, PersonOperation) and operation.action not in ("create", "amend"):
        problems.append(Problem(code="not_for_persons", field="action"))
    problems = [msgspec.structs.replace(problem, field=(problem.field or "").lstrip(".")) for problem in problems]
    return Reading(envelope.id, sha256, envelope.schema, envelope.team_id, operation, tuple(problems))


def _id_of(value: object) -> UUID | None:
    """The id of an element that cannot be read otherwise, so that the phone knows which one is meant."""
    try:
        return msgspec.convert(value, _Named).id
    except msgspec.ValidationError:
        return None


class _Named(msgspec.Struct):
    id: UUID
