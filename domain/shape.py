"""The two shapes that every value on the wire is made of, and the kinds of text that they accept.

Subclasses repeat `frozen` and `kw_only`: they are not inherited.
"""

from typing import Annotated

from msgspec import Meta, Struct


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that comes from outside: a field that we do not know is refused, so it is never lost silently."""


class Answer(Struct, frozen=True, kw_only=True):
    """A value that only the server makes."""


Minutes = Annotated[int, Meta(ge=0, le=1440, description="Minutes with the person, without travel and notes")]
SideMinutes = Annotated[int, Meta(ge=0, le=600, description="Minutes of travel, or of notes and preparation")]
CivilTime = Annotated[
    # The length too, because $ lets a line break follow; no \d, which takes the digits of every script.
    str,
    Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5, description="HH:MM as on the wall clock"),
]
Version = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53 - 1, description="Unix time in milliseconds")]
Zone = Annotated[
    str,
    # The form of a name, and not whether there is one: a phone may know zones that this server's lists do not have yet.
    Meta(
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$(?!\n)",
        description="What the phone says, such as Europe/London",
    ),
]
UtcOffset = Annotated[int, Meta(ge=-14 * 60, le=14 * 60, description="Minutes east of UTC")]
ShortText = Annotated[str, Meta(min_length=1, max_length=60)]
Label = Annotated[str, Meta(min_length=1, max_length=80)]
# Without control characters, at which a database or a log would stumble. What an operation says is judged with it.
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
Login = Annotated[str, Meta(min_length=1, max_length=80, pattern=_ONE_LINE)]
DeviceName = Annotated[str, Meta(min_length=1, max_length=80, pattern=_ONE_LINE)]
AppVersion = Annotated[str, Meta(max_length=40, pattern=_ONE_LINE)]
NoteText = Annotated[str, Meta(max_length=280)]
