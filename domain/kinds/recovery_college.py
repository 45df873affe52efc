"""Work for and in a Recovery College."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first, later
from domain.kinds.group_session import Participants
from domain.shape import Label, Strict

CollegeActivity = Literal[
    "co_deliver_session",
    "co_produce_course",
    "support_a_learner",
    "enrolment_help",
    "evaluation",
    "planning_meeting",
]
SessionNumber = Annotated[int, Meta(ge=1, le=99)]


class RecoveryCollege(Strict, frozen=True, kw_only=True, tag_field="kind", tag="recovery_college"):
    """Work for and in a Recovery College. Support of one learner is a contact, a session that was given is a group."""

    activity: Annotated[
        CollegeActivity, first("co_deliver_session", "co_produce_course", "support_a_learner", again=True)
    ]
    learners_attended: Annotated[Participants | None, later(when={"activity": ("co_deliver_session",)})] = None
    course_name: Annotated[Label | None, later(again=True)] = None
    session_no: SessionNumber | None = None
    sessions_total: Annotated[SessionNumber | None, later(again=True)] = None
    co_trainer: Annotated[Literal["peer", "clinician", "both", "none"] | None, later(again=True)] = None
    co_production_level: Annotated[
        Literal["consulted", "co_designed", "co_produced", "learner_led"] | None, later(again=True)
    ] = None
