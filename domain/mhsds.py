"""The national rules: which entries NHS England counts as contacts, and the codes of its data set (MHSDS).

Code lists: NHS Data Model and Dictionary. Codes that have ended (such as 03 and 06 of the consultation mechanism) are
not here: no new record may carry them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeVar

from domain.entry import MET, Attendance, Entry, Mode, OtherPresent, Place, Subject
from domain.families import Family, family_of
from domain.kinds import GroupSession, TeamMeeting
from domain.kinds.group_session import SessionType

# How the two spoke or met at the same time. E-mail, texts, chats and message boards are recorded, but are no contact in
# the national figures.
LIVE: frozenset[Mode] = frozenset({"in_person", "phone", "text_relay", "video"})
FOLLOW_UP_DAYS = 3


def attended(entry: Entry) -> bool:
    """The person was seen: a direct contact that stands, with attendance status 5 or 6.

    NHS England, mental health monthly statistics: `AttendStatus IN ('5', '6')`.
    """
    return entry.state == "active" and family_of(entry) == "direct" and entry.attendance in MET


def reportable(entry: Entry) -> bool:
    """A contact in the national figures: attended, in person, by phone, by text relay or by video.

    NHS England, mental health monthly statistics (`Der_DirectContact`, since October 2021): attended and
    `ConsMechanismMH IN ('01', '02', '04', '11')`. Who the contact was with, the person or a proxy, makes no difference.
    """
    return attended(entry) and entry.mode in LIVE


def counts_for_72h(entry: Entry, discharged_on: date) -> bool:
    """The contact is a follow-up within 72 hours of leaving hospital: reportable, and 1 to 3 days after the discharge.

    NHS England, mental health monthly statistics (MHS78 and MHS79): `ContDate > discharge date` and `DATEDIFF <= 3`.
    It counts civil days, so a contact on the day of discharge does not count, and one late on the third day does.
    """
    return reportable(entry) and 1 <= days_after(entry.happened_on, discharged_on) <= FOLLOW_UP_DAYS


def days_after(day: date, discharged_on: date) -> int:
    """How many civil days after a discharge a day is."""
    return (day - discharged_on).days


# Care contacts, indirect activity and group sessions.
Table = Literal["MHS201", "MHS204", "MHS301"]
TABLE_OF: Mapping[Family, Table | None] = {"direct": "MHS201", "indirect": "MHS204", "group": "MHS301", "other": None}


def rows_in_return(entry: Entry) -> tuple[Table, ...]:
    """The tables of the national return in which an entry makes a row, one name for each row.

    Contacts that did not go ahead are rows too. Each person who was talked about at a meeting is one indirect activity;
    the rest of the meeting is none. A group that did not take place is nowhere.
    """
    if entry.state == "void":
        return ()
    match entry.details:
        case TeamMeeting(person_items=items):
            indirect: Table = "MHS204"
            return (indirect,) * len(items)
        case GroupSession(cancelled=reason) if reason is not None:
            return ()
        case _:
            table = TABLE_OF[family_of(entry)]
            return (table,) if table else ()


# CONSULTATION MECHANISM (MENTAL HEALTH), `ConsMechanismMH`.
MODE_CODE: Mapping[Mode, str] = {
    "in_person": "01",
    "phone": "02",
    "text_relay": "04",
    "email": "05",
    "text_message": "09",
    "live_chat": "10",
    "video": "11",
    "message_board": "12",
    "group_chat": "13",
    "other": "98",
}

# ATTENDANCE STATUS, `AttendStatus`. 0, "not applicable", is for the future and not valid in a return.
ATTENDANCE_CODE: Mapping[Attendance, str] = {
    "attended": "5",
    "attended_late": "6",
    "arrived_too_late": "7",
    "cancelled_by_person": "2",
    "did_not_attend": "3",
    "cancelled_by_us": "4",
}

# CARE CONTACT SUBJECT, `CareContSubj`.
SUBJECT_CODE: Mapping[Subject, str] = {"person": "01", "proxy": "02"}

# OTHER PERSON IN ATTENDANCE AT CARE CONTACT, `OtherPersonInAttend`.
OTHER_PRESENT_CODE: Mapping[OtherPresent, str] = {
    "family_advocate": "01",
    "independent_advocate": "02",
    "mental_capacity_advocate": "03",
    "mental_health_advocate": "04",
    "non_instructed_advocate": "05",
    "parent_or_relative": "10",
    "friend_or_neighbour": "11",
    "care_worker": "12",
}

# GROUP SESSION TYPE (MENTAL HEALTH), `GroupSessType`.
SESSION_TYPE_CODE: Mapping[SessionType, str] = {
    "health_promotion": "01",
    "telephone_support": "02",
    "therapeutic_group": "03",
}

# ACTIVITY LOCATION TYPE CODE, `ActLocTypeCode`.
PLACE_CODE: Mapping[Place, str] = {
    "patients_home": "A01",
    "carers_home": "A02",
    "patients_workplace": "A03",
    "other_patient_related_location": "A04",
    "primary_care_health_centre": "B01",
    "polyclinic": "B02",
    "gp_practice": "C01",
    "dental_practice": "C02",
    "ophthalmic_premises": "C03",
    "walk_in_centre": "D01",
    "out_of_hours_centre": "D02",
    "emergency_community_dental_service": "D03",
    "outpatient_clinic": "E01",
    "ward": "E02",
    "day_hospital": "E03",
    "emergency_department": "E04",
    "other_departments": "E99",
    "hospice": "F01",
    "care_home_without_nursing": "G01",
    "care_home_with_nursing": "G02",
    "childrens_home": "G03",
    "integrated_care_home": "G04",
    "day_centre": "H01",
    "resource_centre": "J01",
    "sure_start": "K01",
    "child_development_centre": "K02",
    "school": "L01",
    "further_education_college": "L02",
    "university": "L03",
    "nursery": "L04",
    "other_childcare": "L05",
    "training_establishments": "L06",
    "other_educational": "L99",
    "prison": "M01",
    "probation_premises": "M02",
    "police_station": "M03",
    "young_offender_institution": "M04",
    "immigration_removal_centre": "M05",
    "young_offender_institution_15_17": "M06",
    "young_offender_institution_18_21": "M07",
    "street_or_open_space": "N01",
    "other_public_area_or_building": "N02",
    "voluntary_or_charitable_premises": "N03",
    "dispensing_optician": "N04",
    "pharmacy": "N05",
    "other": "X01",
}

Value = TypeVar("Value", bound=str)


def _backwards(codes: Mapping[Value, str]) -> Mapping[str, Value]:
    return {code: value for value, code in codes.items()}


MODE_OF: Mapping[str, Mode] = _backwards(MODE_CODE)
ATTENDANCE_OF: Mapping[str, Attendance] = _backwards(ATTENDANCE_CODE)
SUBJECT_OF: Mapping[str, Subject] = _backwards(SUBJECT_CODE)
OTHER_PRESENT_OF: Mapping[str, OtherPresent] = _backwards(OTHER_PRESENT_CODE)
PLACE_OF: Mapping[str, Place] = _backwards(PLACE_CODE)
SESSION_TYPE_OF: Mapping[str, SessionType] = _backwards(SESSION_TYPE_CODE)
