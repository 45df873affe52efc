"""What an entry counts as: a contact, a group, work about a person who was not there, or none of these."""

from typing import Literal

from domain.entry import Entry
from domain.kinds import Advocacy, CarerFamilySupport, Details, Kind, RecoveryCollege, kind_of

# Group and indirect work are never added to contacts.
Family = Literal["direct", "group", "indirect", "other"]
# What a kind is as a rule; `family_of` knows the exceptions.
FAMILY: dict[Kind, Family] = {
    "one_to_one": "direct",
    "accompanied_appointment": "direct",
    "signposting": "direct",
    "discharge_support": "direct",
    "recovery_planning": "direct",
    "wellness_planning": "direct",
    "care_planning_support": "direct",
    "community_access": "direct",
    "ward_welcome": "direct",
    "advocacy": "direct",
    "carer_family_support": "direct",
    "group_session": "group",
    "recovery_college": "group",
    "team_meeting": "other",
    "liaison": "indirect",
    "supervision": "other",
    "cpd": "other",
    "admin_travel": "other",
}


def family_of(entry: Entry) -> Family:
    """The family of one entry. In three kinds it hangs on who was there.

    NHS Data Dictionary, Indirect Activity: work for one patient who is not present. Contact with a patient's proxy is a
    care contact (`CareContSubj` 02). A carer who is supported for their own sake is neither.
    """
    details: Details = entry.details
    match details:
        case Advocacy(person_present=False):
            return "indirect"
        case RecoveryCollege(activity="support_a_learner"):
            return "direct"
        case RecoveryCollege(activity=activity):
            return "group" if activity == "co_deliver_session" else "other"
        case CarerFamilySupport(recipient="carer_alone", about_person=about) if entry.subject == "person":
            return "indirect" if about else "other"
        case _:
            return FAMILY[kind_of(details)]
