"""Going somewhere together, until the person is confident to go alone."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first, later
from domain.shape import Strict

PlaceKind = Literal[
    "leisure_or_gym",
    "library",
    "cafe",
    "arts_or_craft",
    "sport",
    "walking_or_nature",
    "faith_or_culture",
    "peer_group",
    "volunteering",
    "college_or_course",
    "work",
    "shops_or_bank",
    "public_transport",
    "health_or_wellbeing_class",
    "other",
]
# From talking about it to going alone.
Step = Literal[
    "talked_about_it",
    "looked_it_up_or_visited_outside",
    "went_together_stayed",
    "went_together_i_stepped_back",
    "met_there",
    "went_alone_with_check_in",
    "goes_alone",
]
Barrier = Literal[
    "cost", "transport", "nerves_about_going", "timing", "access_needs", "felt_unwelcome", "childcare", "other"
]


class CommunityAccess(Strict, frozen=True, kw_only=True, tag_field="kind", tag="community_access"):
    """Going somewhere together, until the person is confident to go alone. `confidence` is theirs, 0 to 10."""

    step: Annotated[
        Step, first("talked_about_it", "went_together_stayed", "went_together_i_stepped_back", "goes_alone", again=True)
    ]
    place_kind: Annotated[
        PlaceKind | None,
        later("leisure_or_gym", "cafe", "library", "shops_or_bank", "public_transport", again=True),
    ] = None
    place_label: Annotated[Annotated[str, Meta(min_length=1, max_length=60)] | None, later(again=True)] = None
    confidence: Annotated[int, Meta(ge=0, le=10)] | None = None
    confident_alone: bool | None = None
    barrier: tuple[Barrier, ...] = ()
