"""Any details that a phone may send: every kind, every answer given or not, made from the structs themselves."""

import random
from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from domain.kinds import Details, GroupSession, TeamMeeting

PEOPLE = [UUID(int=n) for n in range(0xE1, 0xE6)]
_SOME_DAY = date(2026, 10, 5)


def any_of(struct: type[msgspec.Struct], rng: random.Random) -> Any:
    """A value of a struct; what is optional is left out half of the time."""
    needed = {field.name for field in msgspec.structs.fields(struct) if field.required}
    fields = {field.name: field.type for field in inspect.type_info(struct).fields}  # type: ignore[attr-defined]
    return struct(**{name: _any(of, rng) for name, of in fields.items() if name in needed or rng.random() < 0.5})


def talked_about(details: Details) -> int:
    """The minutes that a meeting needs at least."""
    return sum(item.minutes for item in details.person_items) if isinstance(details, TeamMeeting) else 0


def _any(kind: inspect.Type, rng: random.Random) -> Any:
    match kind:
        case inspect.Metadata(type=inner):
            return _any(inner, rng)
        case inspect.UnionType(types=types):
            return _any(rng.choice(types), rng)
        case inspect.NoneType():
            return None
        case inspect.BoolType():
            return rng.random() < 0.5
        case inspect.LiteralType(values=values):
            return rng.choice(values)
        case inspect.IntType(ge=least, le=most):
            # The ends are where rules break.
            return rng.choice((least, most, rng.randint(least or 0, most or 0)))
        case inspect.StrType():
            return rng.choice(("Willow", "Mill Lane"))
        case inspect.DateType():
            return _SOME_DAY + timedelta(days=rng.randint(-9, 9))
        case inspect.UUIDType():
            return rng.choice(PEOPLE)
        case inspect.VarTupleType(item_type=item, min_length=least, max_length=most):
            return tuple(_any(item, rng) for _ in range(rng.randint(least or 0, min(most or 3, 3))))
        case inspect.StructType(cls=cls):
            return any_of(cls, rng)
    raise AssertionError(kind)


def _details(struct: type[msgspec.Struct], seed: int) -> Details:
    made: Details = any_of(struct, random.Random(seed))
    if isinstance(made, GroupSession) and made.cancelled:
        return msgspec.structs.replace(made, participants=0, new_participants=None)
    if isinstance(made, TeamMeeting):
        # So that all of them fit into a day.
        items = tuple(msgspec.structs.replace(item, minutes=item.minutes % 400) for item in made.person_items)
        return msgspec.structs.replace(made, person_items=items)
    return made


# From a number instead of draw by draw: an entry has dozens of answers, and a thousand of them are drawn.
details: st.SearchStrategy[Details] = st.builds(_details, st.sampled_from(get_args(Details)), st.integers(0, 2**32 - 1))
