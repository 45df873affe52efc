"""Going out: who made a step, who came further, who goes alone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.community import Journeys, journeys
from domain.entry import Entry
from domain.kinds import CommunityAccess, Step
from tests.domain.entries import an_entry

FIRST = date(2026, 10, 1)
ANA, BEN = UUID(int=1), UUID(int=2)


def step(day: int, made: Step, person: UUID | None = ANA, place: Any = "cafe", alone: bool | None = None) -> Entry:
    details = CommunityAccess(step=made, place_kind=place, confident_alone=alone)
    return an_entry(person_id=person, happened_on=FIRST + timedelta(days=day), details=details)


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ([step(1, "talked_about_it")], Journeys(1, 0, 0)),
        ([step(1, "talked_about_it"), step(8, "met_there")], Journeys(1, 1, 0)),
        ([step(8, "met_there"), step(1, "talked_about_it")], Journeys(1, 1, 0)),
        ([step(1, "met_there"), step(8, "talked_about_it")], Journeys(1, 0, 0)),
        ([step(1, "met_there"), step(8, "met_there")], Journeys(1, 0, 0)),
        ([step(-9, "talked_about_it"), step(1, "met_there")], Journeys(1, 1, 0)),
        ([step(-9, "talked_about_it"), step(-1, "met_there"), step(1, "met_there")], Journeys(1, 0, 0)),
        ([step(-9, "talked_about_it"), step(-1, "met_there")], Journeys(0, 0, 0)),
        ([step(1, "talked_about_it"), step(8, "met_there", place="library")], Journeys(1, 0, 0)),
        ([step(1, "talked_about_it"), step(8, "met_there", person=BEN)], Journeys(2, 0, 0)),
        ([step(1, "goes_alone")], Journeys(1, 0, 1)),
        ([step(1, "went_together_stayed", alone=True)], Journeys(1, 0, 1)),
        ([step(1, "went_together_stayed", alone=False)], Journeys(1, 0, 0)),
        ([step(-1, "goes_alone")], Journeys(0, 0, 0)),
        ([step(1, "goes_alone", person=None)], Journeys(0, 0, 0)),
    ],
)
def test_steps_are_told_from_where_the_person_stood(made: list[Entry], found: Journeys) -> None:
    assert journeys(made, FIRST) == found


def test_a_step_that_did_not_happen_is_none() -> None:
    missed = an_entry(
        person_id=ANA, happened_on=FIRST, details=CommunityAccess(step="goes_alone"), attendance="did_not_attend"
    )

    assert journeys([missed], FIRST) == Journeys(0, 0, 0)
