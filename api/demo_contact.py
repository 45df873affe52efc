"""What one contact of the demonstration looks like: plausible answers for each kind, as a phone would send them."""

import random
from datetime import date, timedelta
from typing import Any

Answers = dict[str, Any]
_MODES = {"in_person": 58, "phone": 22, "text_message": 12, "video": 6, "email": 2}
_ATTENDANCE = {
    **{"attended": 86, "attended_late": 3, "did_not_attend": 4, "cancelled_by_person": 4},
    **{"arrived_too_late": 1, "cancelled_by_us": 2},
}
_PLACES = {
    **{"patients_home": 40, "other_public_area_or_building": 22, "street_or_open_space": 16},
    **{"voluntary_or_charitable_premises": 12, "resource_centre": 6, "primary_care_health_centre": 4},
}
_APPOINTMENTS = {
    "gp": ("gp_practice", 26),
    "mental_health_team": ("outpatient_clinic", 14),
    "housing": ("other_public_area_or_building", 13),
    "benefits_or_jobcentre": ("other_public_area_or_building", 14),
    "hospital_or_clinic": ("outpatient_clinic", 10),
    "therapy_or_group_first_visit": ("resource_centre", 9),
    "dentist_optician": ("dental_practice", 6),
    "work_or_college": ("further_education_college", 5),
    "social_care": ("other_public_area_or_building", 3),
}
# A made-up place for each topic.
_TOPICS = {
    "peer_group": ("Tuesday walking group", 14),
    "money_debt_benefits": ("Money advice drop-in", 13),
    "housing": ("Tenants' help desk", 11),
    "hobbies_arts": ("Clay and Colour studio", 9),
    "education_recovery_college": ("Recovery college open day", 9),
    "sport_exercise": ("Leisure centre starter pass", 8),
    "volunteering": ("Volunteer centre", 7),
    "digital_computers_internet": ("Library computer hour", 7),
    "food_and_essentials": ("Community pantry", 6),
    "nature_outdoors": ("Allotment mornings", 6),
    "crisis_support": ("Evening sanctuary cafe", 4),
    "employment": ("Work club", 6),
}
_OUTCOMES = {"attended_once": 30, "going_regularly": 25, "person_contacted_them": 20, "waiting": 12, "did_not_suit": 13}
_FOCUS = [
    *("confidence", "goals", "daily_routine", "relationships", "hope_and_meaning", "hobbies_interests"),
    *("moving_more", "friends_and_community", "home_and_tenancy", "money_and_benefits", "getting_online"),
]
_APPROACH = [
    *("listening", "shared_my_experience", "found_things_in_common", "explored_strengths", "practical_help"),
    *("walk_and_talk", "activity_together", "planned_next_steps"),
]
_PLANNING = [
    *("home_ready", "keys_food_power", "money", "travel_home", "first_week_plan", "people_to_call"),
    *("appointments_known", "community_links", "things_to_look_forward_to"),
]


def one_to_one(rng: random.Random, first_meeting: bool) -> Answers:
    """A conversation, somewhere or on the phone."""
    mode = pick(rng, _MODES)
    details: Answers = {"kind": "one_to_one", "approach": some(rng, _APPROACH, 3)}
    if first_meeting:
        details |= {"first_meeting": True, "boundaries_discussed": True}
    if rng.random() < 0.4:
        details["shared_experience"] = pick(rng, {"a_little": 55, "no": 30, "a_lot": 15})
    if rng.random() < 0.4:
        details["person_led"] = pick(rng, {"they_chose_topic": 60, "shared": 30, "i_suggested": 10})
    longest = {"in_person": (30, 90), "video": (20, 50), "phone": (10, 40)}.get(mode, (5, 15))
    place = pick(rng, _PLACES) if mode == "in_person" else None
    return a_contact(rng, details, mode, place, longest) | {"focus": some(rng, _FOCUS, 2)}


def accompanied_appointment(rng: random.Random) -> Answers:
    """Going along."""
    kind = pick(rng, {kind: weight for kind, (_, weight) in _APPOINTMENTS.items()})
    details: Answers = {
        "kind": "accompanied_appointment",
        "appointment_kind": kind,
        "requested_by": pick(rng, {"person": 70, "team": 22, "carer": 8}),
        "prep_done": pick(rng, {"on_the_way": 50, "separate_session": 25, "none": 25}),
        "my_role": pick(rng, {"quiet_support": 55, "prompted_when_asked": 30, "note_taker": 10, "travel_only": 5}),
    }
    if rng.random() < 0.7:
        details["said_what_they_wanted"] = pick(rng, {"yes": 60, "some": 30, "unsure": 10})
    answers = a_contact(rng, details, "in_person", _APPOINTMENTS[kind][0], (40, 120))
    if answers["minutes"]:
        outcomes = {"happened": 90, "rearranged": 6, "left_early": 4}
        details |= {"outcome": pick(rng, outcomes), "debrief_after": rng.random() < 0.6}
    return answers


def signposting(rng: random.Random) -> Answers:
    """Pointing to one to three places; what came of it is known later."""
    topics = {topic: weight for topic, (_, weight) in _TOPICS.items()}
    chosen = {pick(rng, topics): None for _ in range(rng.choice((1, 1, 1, 2, 3)))}
    hows = {
        "gave_info": 35,
        "looked_it_up_together": 30,
        "helped_contact": 20,
        "made_introduction": 10,
        "went_along": 5,
    }
    items = [
        {"category": topic, "how": pick(rng, hows), "service": _TOPICS[topic][0], "outcome": "not_known_yet"}
        for topic in chosen
    ]
    mode = pick(rng, {"in_person": 50, "phone": 30, "text_message": 20})
    place = pick(rng, _PLACES) if mode == "in_person" else None
    return a_contact(rng, {"kind": "signposting", "items": items}, mode, place, (10, 40), always=True)


def what_came_of_it(rng: random.Random, items: list[Answers], day: date) -> list[Answers]:
    """The same places, some weeks later."""
    return [item | {"outcome": pick(rng, _OUTCOMES), "outcome_on": day.isoformat()} for item in items]


def discharge_support(rng: random.Random, day: date, leaving: date) -> Answers:
    """Helping somebody leave hospital, by how far the day of leaving is away."""
    ahead = (leaving - day).days
    details: Answers = {"kind": "discharge_support"}
    if ahead >= 0:
        planning = ahead <= 8
        details |= {"stage": "discharge_planning" if planning else "pre_discharge_inreach", "ward_label": "Ward 3"}
        if planning:
            details |= {
                "planned_discharge_on": leaving.isoformat(),
                "planning_topics": some(rng, _PLANNING, 3),
                "plan_owned_by_person": rng.random() < 0.8,
                "invited_to_discharge_meeting": pick(rng, {"yes": 60, "no": 25, "not_applicable": 15}),
            }
        return a_contact(rng, details, "in_person", "ward", (20, 60))
    details |= {"stage": "post_discharge", "discharged_on": leaving.isoformat()}
    how = pick(rng, {"home_visit": 45, "phone_or_video_check": 30, "met_in_community": 25})
    details["post_kind"] = how
    if how == "phone_or_video_check":
        return a_contact(rng, details, "phone", None, (10, 30))
    place = "patients_home" if how == "home_visit" else "other_public_area_or_building"
    return a_contact(rng, details, "in_person", place, (30, 75))


def corrected(rng: random.Random, answers: Answers) -> Answers:
    """What a worker puts right a little later: the length, or the way there."""
    if answers["minutes"] and rng.random() < 0.7:
        return {"minutes": max(5, answers["minutes"] + rng.choice((-10, -5, 5, 10, 15)))}
    return {"travel_minutes": rng.choice((10, 15, 25, 35))}


def a_contact(
    rng: random.Random,
    details: Answers,
    mode: str,
    place: str | None,
    minutes: tuple[int, int],
    always: bool = False,
) -> Answers:
    """The answers that every kind has. Who did not come has no minutes; who was cancelled on, no travel."""
    attendance = "attended" if always or mode in ("text_message", "email") else pick(rng, _ATTENDANCE)
    met = attendance in ("attended", "attended_late")
    answers: Answers = {
        "mode": mode,
        "attendance": attendance,
        "minutes": fives(rng, *minutes) if met else 0,
        "travel_minutes": 0,
        "admin_minutes": rng.choice((0, 0, 5, 5, 10, 15)),
        "details": details,
    }
    if mode == "in_person":
        answers["place"] = place
        if not attendance.startswith("cancelled"):
            answers["travel_minutes"] = fives(rng, 5, 45)
        if met and rng.random() < 0.1:
            answers["others_present"] = ["parent_or_relative"]
        if met and rng.random() < 0.08:
            answers["with_colleague"] = rng.choice(("peer", "nurse", "social_worker", "support_worker"))
    return answers


def pick(rng: random.Random, weights: dict[str, int]) -> str:
    """One of the answers, by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def some(rng: random.Random, options: list[str], most: int) -> list[str]:
    """A few of the options, or none."""
    return rng.sample(options, rng.randint(0, most))


def fives(rng: random.Random, least: int, most: int) -> int:
    """Workers round to five minutes, and the middle is more likely than the ends."""
    return round(rng.triangular(least, most) / 5) * 5


def soon_after(rng: random.Random, day: date, least: int, most: int) -> date:
    """Some days later."""
    return day + timedelta(days=rng.randint(least, most))
