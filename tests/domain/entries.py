"""Entries for the tests of what is counted: one with good defaults, and any at all."""

from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID

from hypothesis import strategies as st
from msgspec import structs

from domain.entry import MET, Attendance, Entry, Mode
from domain.kinds import OneToOne, Signposting, SignpostingItem, Topic
from tests.domain.any_details import PEOPLE, details, talked_about

NORTH = UUID("00000000-0000-4000-8000-000000000001")
SOUTH = UUID("00000000-0000-4000-8000-000000000002")
MONDAY = date(2026, 10, 5)

_PLAIN = Entry(
    id=UUID(int=10),
    team_id=NORTH,
    author_id=UUID(int=11),
    version=1,
    state="active",
    schema=1,
    happened_on=MONDAY,
    zone="Europe/London",
    utc_offset_min=60,
    minutes=45,
    mode="in_person",
    details=OneToOne(),
)


def an_entry(**changes: Any) -> Entry:
    """Three quarters of an hour together in person, on a Monday, in the north team."""
    return structs.replace(_PLAIN, **changes)


def signposting_to(*topics: Topic) -> Signposting:
    """Information on each topic."""
    return Signposting(items=tuple(SignpostingItem(category=topic, how="gave_info") for topic in topics))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry that may be stored, of two teams and three days."""
    of_kind = draw(details)
    least = talked_about(of_kind)
    attendance: Attendance = draw(st.sampled_from(list(MET) if least else get_args(Attendance)))
    minutes = draw(st.none() | st.integers(least, max(least, 1440))) if attendance in MET else 0
    return an_entry(
        team_id=draw(st.sampled_from([NORTH, SOUTH])),
        state=draw(st.sampled_from(["active", "active", "void"])),
        happened_on=MONDAY + timedelta(days=draw(st.integers(0, 2))),
        minutes=minutes,
        travel_minutes=draw(st.integers(0, 600)),
        admin_minutes=draw(st.integers(0, 600)),
        person_id=draw(st.sampled_from([None, *PEOPLE])),
        subject=draw(st.sampled_from(["person", "proxy"])),
        mode=draw(st.sampled_from([None, *get_args(Mode)])),
        attendance=attendance,
        details=of_kind,
    )
