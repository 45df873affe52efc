"""A conversation between the worker and one person."""

from typing import Literal

from domain.shape import Strict

Approach = Literal[
    "listening",
    "shared_my_experience",
    "found_things_in_common",
    "explored_strengths",
    "practical_help",
    "walk_and_talk",
    "activity_together",
    "planned_next_steps",
]


class OneToOne(Strict, frozen=True, kw_only=True, tag_field="kind", tag="one_to_one"):
    """A conversation between the worker and one person. That own experience was shared, never what."""

    first_meeting: bool | None = None
    approach: tuple[Approach, ...] = ()
    shared_experience: Literal["no", "a_little", "a_lot"] | None = None
    boundaries_discussed: bool | None = None
    person_led: Literal["they_chose_topic", "shared", "i_suggested"] | None = None
    ending_talked_about: bool | None = None
