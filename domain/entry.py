"""`Entry`, the one logged activity: the same shape on the wire, in the rules and in the table."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from domain.kinds import Details
from domain.kinds.lists import Focus
from domain.shape import CivilTime, Minutes, NoteText, SideMinutes, Strict, UtcOffset, Version, Zone

SCHEMA = 1

State = Literal["active", "void"]
Mode = Literal[
    "in_person",
    "phone",
    "text_relay",
    "email",
    "text_message",
    "live_chat",
    "video",
    "message_board",
    "group_chat",
    "other",
]
Attendance = Literal[
    "attended",
    "attended_late",
    "arrived_too_late",
    "cancelled_by_person",
    "did_not_attend",
    "cancelled_by_us",
]
MET: frozenset[Attendance] = frozenset({"attended", "attended_late"})
Place = Literal[
    "patients_home",
    "carers_home",
    "patients_workplace",
    "other_patient_related_location",
    "primary_care_health_centre",
    "polyclinic",
    "gp_practice",
    "dental_practice",
    "ophthalmic_premises",
    "walk_in_centre",
    "out_of_hours_centre",
    "emergency_community_dental_service",
    "outpatient_clinic",
    "ward",
    "day_hospital",
    "emergency_department",
    "other_departments",
    "hospice",
    "care_home_without_nursing",
    "care_home_with_nursing",
    "childrens_home",
    "integrated_care_home",
    "day_centre",
    "resource_centre",
    "sure_start",
    "child_development_centre",
    "school",
    "further_education_college",
    "university",
    "nursery",
    "other_childcare",
    "training_establishments",
    "other_educational",
    "prison",
    "probation_premises",
    "police_station",
    "young_offender_institution",
    "immigration_removal_centre",
    "young_offender_institution_15_17",
    "young_offender_institution_18_21",
    "street_or_open_space",
    "other_public_area_or_building",
    "voluntary_or_charitable_premises",
    "dispensing_optician",
    "pharmacy",
    "other",
]
Subject = Literal["person", "proxy"]
OtherPresent = Literal[
    "family_advocate",
    "independent_advocate",
    "mental_capacity_advocate",
    "mental_health_advocate",
    "non_instructed_advocate",
    "parent_or_relative",
    "friend_or_neighbour",
    "care_worker",
]
Colleague = Literal[
    "none",
    "peer",
    "nurse",
    "occupational_therapist",
    "social_worker",
    "psychology",
    "doctor",
    "support_worker",
    "voluntary_sector",
    "other",
]
FewFocus = Annotated[tuple[Focus, ...], Meta(max_length=3)]


class Entry(Strict, frozen=True, kw_only=True, tag_field="thing", tag="entry"):
    """One logged activity as the server holds it. Absent answers are null: not asked.

    `happened_on` and `started_at` are civil time, as the worker says; `zone` and `utc_offset_min` say where.
    `minutes` is contact time. `version` counts the operations applied.
    """

    id: UUID
    team_id: UUID
    author_id: UUID
    version: Version
    state: State
    schema: int
    happened_on: date
    started_at: CivilTime | None = None
    zone: Zone
    utc_offset_min: UtcOffset
    minutes: Minutes | None = None
    travel_minutes: SideMinutes = 0
    admin_minutes: SideMinutes = 0
    mode: Mode | None = None
    attendance: Attendance = "attended"
    place: Place | None = None
    person_id: UUID | None = None
    subject: Subject = "person"
    others_present: tuple[OtherPresent, ...] = ()
    with_colleague: Colleague | None = None
    focus: FewFocus = ()
    note: NoteText | None = None
    details: Details


class EntryChange(Strict, frozen=True, kw_only=True, omit_defaults=True):
    """What an operation sets: absent is unchanged, null is cleared. A create sets everything that it knows.

    `details` merges key by key while the kind stays the same, and replaces the old details when the kind changes.
    """

    happened_on: date | UnsetType = UNSET
    started_at: CivilTime | UnsetType | None = UNSET
    minutes: Minutes | UnsetType | None = UNSET
    travel_minutes: SideMinutes | UnsetType | None = UNSET
    admin_minutes: SideMinutes | UnsetType | None = UNSET
    mode: Mode | UnsetType | None = UNSET
    attendance: Attendance | UnsetType | None = UNSET
    place: Place | UnsetType | None = UNSET
    person_id: UUID | UnsetType | None = UNSET
    subject: Subject | UnsetType | None = UNSET
    others_present: tuple[OtherPresent, ...] | UnsetType | None = UNSET
    with_colleague: Colleague | UnsetType | None = UNSET
    focus: FewFocus | UnsetType | None = UNSET
    note: NoteText | UnsetType | None = UNSET
    details: dict[str, Any] | UnsetType = UNSET
