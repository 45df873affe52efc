"""Going out: how far people came on the way from talking about a place to going there alone."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import get_args
from uuid import UUID

from msgspec import Struct

from domain.entry import Entry
from domain.kinds import CommunityAccess, Step
from domain.kinds.community_access import PlaceKind
from domain.mhsds import attended

_FAR = {step: far for far, step in enumerate(get_args(Step))}
ALONE: Step = "goes_alone"
# A kind of place, because its name is not always given, and never the same twice.
_Journey = tuple[UUID, PlaceKind | None]


class Journeys(Struct, frozen=True):
    """People with a step in the range; of these, who came further, and who goes somewhere alone."""

    people: int
    moved_on: int
    alone: int


def journeys(entries: Sequence[Entry], first: date) -> Journeys:
    """From every community access up to the last day, oldest first. The last step before the range is where a person
    stood; without one, the first step in it is."""
    stood: dict[_Journey, int] = {}
    steps: defaultdict[_Journey, list[int]] = defaultdict(list)
    alone: set[UUID] = set()
    for entry in sorted(entries, key=lambda one: (one.happened_on, one.started_at or "", one.id)):
        details = entry.details
        if not isinstance(details, CommunityAccess) or entry.person_id is None or not attended(entry):
            continue
        journey = (entry.person_id, details.place_kind)
        if entry.happened_on < first:
            stood[journey] = _FAR[details.step]
            continue
        steps[journey].append(_FAR[details.step])
        if details.step == ALONE or details.confident_alone:
            alone.add(entry.person_id)
    moved = {journey[0] for journey, far in steps.items() if far[-1] > stood.get(journey, far[0])}
    return Journeys(people=len({person for person, _ in steps}), moved_on=len(moved), alone=len(alone))
