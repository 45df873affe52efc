"""Pointing a person to places or services."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first, later
from domain.shape import Label, Strict

Topic = Literal[
    "housing",
    "money_debt_benefits",
    "food_and_essentials",
    "employment",
    "volunteering",
    "education_recovery_college",
    "hobbies_arts",
    "sport_exercise",
    "nature_outdoors",
    "physical_health",
    "smoking_alcohol_drug_support_service",
    "mental_health_support",
    "crisis_support",
    "peer_group",
    "carers_support",
    "parenting_family",
    "culture_faith_identity",
    "lgbtq_plus",
    "veterans",
    "legal_advice_advocacy",
    "transport",
    "digital_computers_internet",
    "other",
]
SignpostingHow = Literal[
    "gave_info",
    "looked_it_up_together",
    "helped_contact",
    "made_introduction",
    "went_along",
    "formal_referral_by_team",
]
DigitalHelp = Literal[
    "device_access", "data_or_wifi", "email_account", "nhs_app", "video_calls", "online_safety", "online_forms"
]
SignpostingOutcome = Literal[
    "not_known_yet",
    "person_contacted_them",
    "waiting",
    "attended_once",
    "going_regularly",
    "did_not_suit",
    "full_or_closed",
    "changed_mind",
]


class SignpostingItem(Strict, frozen=True, kw_only=True):
    """One place or service that a person was pointed to."""

    category: Annotated[
        Topic,
        first(
            "housing",
            "money_debt_benefits",
            "hobbies_arts",
            "physical_health",
            "digital_computers_internet",
            again=True,
        ),
    ]
    how: Annotated[SignpostingHow, first("gave_info", "helped_contact", "went_along", again=True)]
    service: Label | None = None
    digital_help: Annotated[tuple[DigitalHelp, ...], later(when={"category": ("digital_computers_internet",)})] = ()
    outcome: Annotated[SignpostingOutcome, later("not_known_yet", "person_contacted_them", "attended_once")] = (
        "not_known_yet"
    )
    outcome_on: date | None = None
    check_back_on: date | None = None
    info_was_right: Literal["yes", "out_of_date"] | None = None


class Signposting(Strict, frozen=True, kw_only=True, tag_field="kind", tag="signposting"):
    """Pointing a person to one to five places or services."""

    items: Annotated[tuple[SignpostingItem, ...], Meta(min_length=1, max_length=5), first(again=True)]
