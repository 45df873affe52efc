"""A service's own answers: which it retires, what it calls them, and the names it offers where a field takes a name.

A list is named by its kind and field, such as `discharge_support.stage`; the lists that every kind has begin with
`entry`. The values of a list are those of the data set, so a service retires and renames them and adds none. Its own
words go where a field takes a name: of a ward, a place, a group or a course.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args

from msgspec import Meta, field, inspect

from domain.entry import Entry
from domain.kinds import Details, kind_of
from domain.shape import Label, Strict

# Neither how it went nor whom it was with: figures and the data set stand on these.
_OF_EVERY_KIND = ("mode", "place", "others_present", "with_colleague", "focus")
_NAMED = (
    "discharge_support.ward_label",
    "community_access.place_label",
    "group_session.group_name",
    "recovery_college.course_name",
)
OwnName = Annotated[str, Meta(min_length=1, max_length=80)]


class AnswerWords(Strict, frozen=True, kw_only=True):
    """What the service calls an answer; without `cy`, it is called so in Welsh too."""

    en: Label
    cy: Label | None = None


class AnswerList(Strict, frozen=True, kw_only=True):
    """What the service made of one list. `retired` are not for new entries; `own` are names that a form offers."""

    retired: tuple[str, ...] = ()
    labels: dict[str, AnswerWords] = field(default_factory=dict)
    own: Annotated[tuple[OwnName, ...], Meta(max_length=50)] = ()


# By the name of the list.
Answers = dict[str, AnswerList]


def newly_retired(entry: Entry, before: Entry | None, answers: Mapping[str, AnswerList]) -> bool:
    """Whether an entry has a retired answer that it did not have before: an old one keeps what it has."""
    for name, chosen in answers.items():
        if chosen.retired and not set(chosen.retired).isdisjoint(_given(entry, name) - _given(before, name)):
            return True
    return False


def _given(entry: Entry | None, name: str) -> set[str]:
    """What an entry answers from one list; nothing where it is of another kind."""
    kind, *path = name.split(".")
    if entry is None or kind not in ("entry", kind_of(entry.details)):
        return set()
    return set(_values(entry if kind == "entry" else entry.details, path))


def _values(value: Any, path: list[str]) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _values(one, path)
    elif path:
        yield from _values(getattr(value, path[0], None), path[1:])
    elif value is not None:
        yield value


def _lists_of(shape: inspect.Type, name: str) -> Iterator[tuple[str, inspect.Type, Any]]:
    """Every field at the end of a path through the shapes, with its type and what stands when nobody answers."""
    for one in getattr(_plain(shape), "fields", ()):
        inner = _plain(one.type)
        if isinstance(inner, inspect.StructType):
            yield from _lists_of(inner, f"{name}.{one.name}")
        else:
            yield f"{name}.{one.name}", inner, one.default


def _plain(shape: inspect.Type) -> inspect.Type:
    """The type below null, lists and what is said beside it."""
    match shape:
        case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner):
            return _plain(inner)
        case inspect.UnionType(types=types):
            return _plain(next(inner for inner in types if not isinstance(inner, inspect.NoneType)))
        case _:
            return shape


_FIELDS = {
    name: (shape, default)
    for details in get_args(Details)
    for name, shape, default in _lists_of(inspect.type_info(details), details.__struct_config__.tag)
} | {
    f"entry.{one.name}": (_plain(one.type), one.default)
    for one in inspect.type_info(Entry).fields  # type: ignore[attr-defined]
    if one.name in _OF_EVERY_KIND
}
# The answers of each list.
LISTS: dict[str, frozenset[str]] = {
    name: frozenset(map(str, shape.values))
    for name, (shape, _) in _FIELDS.items()
    if isinstance(shape, inspect.LiteralType)
}
# What stands when nobody answers: it cannot be retired, or an untouched form could not be sent.
STANDING: dict[str, str] = {name: default for name, (_, default) in _FIELDS.items() if default in LISTS.get(name, ())}
# Where a field takes a name, and how long it may be.
NAMED: dict[str, int] = {
    name: shape.max_length or 0
    for name, (shape, _) in _FIELDS.items()
    if name in _NAMED and isinstance(shape, inspect.StrType)
}
