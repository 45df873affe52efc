"""Lists of answers that several kinds share. The values are for the wire; their words are in pwa/src/words."""

from typing import Literal

Focus = Literal[
    "hope_and_meaning",
    "sharing_experience",
    "confidence",
    "goals",
    "daily_routine",
    "relationships",
    "parenting",
    "home_and_tenancy",
    "money_and_benefits",
    "work_volunteering_learning",
    "hobbies_interests",
    "moving_more",
    "physical_health_access",
    "getting_online",
    "culture_faith_identity",
    "rights_and_choices",
    "navigating_services",
    "friends_and_community",
    "ending_and_moving_on",
    "other",
]
# Who was spoken with about a person's support. The data set's own list (`IndActPersCons`) was not to be found.
Consulted = Literal[
    "care_coordinator",
    "ward_team",
    "community_team",
    "crisis_team",
    "gp_practice",
    "social_care",
    "housing_provider",
    "benefits_advice",
    "employment_service",
    "education",
    "voluntary_group",
    "family_or_carer",
    "advocate",
    "other",
]
PlanStage = Literal["started", "continued", "reviewed", "finished"]
# The nine domains of the competence framework for mental health peer support workers (HEE, October 2020).
Competence = Literal[
    "values_of_peer_support",
    "knowledge",
    "relational_skills",
    "supporting_people",
    "teams_and_rights",
    "self_care_and_support",
    "psychological_approaches",
    "judgement_and_reflection",
    "organisational",
]
