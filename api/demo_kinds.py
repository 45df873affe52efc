"""The other kinds in the demonstration: contacts that are rarer, and the work around them, each at its own rhythm."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, get_args
from uuid import UUID

from api.demo_contact import Answers, a_contact, fives, pick, some
from domain.kinds import Step

_COVERED = [
    *("introduced_myself_as_peer", "showed_round", "what_happens_each_day", "who_is_who", "rights_and_information"),
    *("belongings_phone_charger", "food_and_drinks", "quiet_spaces_activities", "visiting_times", "what_helped_me"),
]
_OUT = ("cafe", "library", "leisure_or_gym", "shops_or_bank", "public_transport", "peer_group")
_GROUPS = ["Monday walk", "Art and talk", "Women's group", "Cook together", "Getting online", "Evening cafe"]
_COURSES = ["Sleep and rest", "Living well", "Telling your story", "Moving on"]
_TOGETHER = {"in_person": 80, "phone": 14, "video": 6}


def rarer_contact(rng: random.Random, hospital: bool, first_meeting: bool, who: UUID, steps: int) -> Answers:
    """A contact of one of the kinds beyond the front four. `steps` is how far the person came with going out."""
    if first_meeting and rng.random() < (0.7 if hospital else 0.2):
        covered = rng.sample(_COVERED, rng.randint(2, 6))
        timing = pick(rng, {"day_of_arrival": 30, "within_24h": 40, "within_72h": 20, "later": 10})
        return a_contact(
            rng,
            {"kind": "ward_welcome", "timing": timing, "who": ["person"], "covered": covered},
            "in_person",
            "ward",
            (15, 45),
        )
    kind = pick(rng, {kind: weight for kind, (weight, _) in _RARER.items()})
    details = {"kind": kind, **_RARER[kind][1](rng)}
    out = kind == "community_access"
    if out:
        # Everybody has one kind of place to get to.
        details |= {"place_kind": _OUT[who.int % len(_OUT)], "step": get_args(Step)[min(steps, 6)]}
    mode = "in_person" if out else pick(rng, _TOGETHER)
    place = "other_public_area_or_building" if out else "patients_home"
    answers = a_contact(rng, details, mode, place if mode == "in_person" else None, (30, 75))
    if details.get("person_present") is False:
        # Work for somebody who is not there has no attendance.
        answers |= {"attendance": "attended", "minutes": fives(rng, 10, 40), "travel_minutes": 0}
    return answers


def around(rng: random.Random, day: date, place: int, people: Sequence[UUID]) -> Iterator[Answers]:
    """What else a worker does on a day. `place` is the worker's among the team: not everybody runs a group."""
    weekday, week = day.weekday(), day.isocalendar().week
    if weekday == 1:
        yield _meeting(rng, people)
    if weekday == 3 and place in (1, 3):
        yield _group(rng, place)
    if weekday == 2 and place == 2 and week % 2:
        yield _course(rng)
    # The first such weekday of a month, and not every month.
    if day.day <= 7 and weekday == place % 5 and rng.random() < 0.85:
        yield _own(rng, "supervision", "peer_supervision", fives(rng, 45, 75))
    if 8 <= day.day <= 14 and weekday == (place + 1) % 5 and rng.random() < 0.75:
        yield _own(rng, "supervision", "line_management", fives(rng, 30, 60))
    if 15 <= day.day <= 21 and weekday == (place + 2) % 5 and rng.random() < 0.6:
        kind = pick(rng, {"psw_cpd_session": 45, "statutory_mandatory": 25, "reading": 15, "community_of_practice": 15})
        yield _own(rng, "cpd", kind, fives(rng, 30, 180))
    if people and rng.random() < 0.2:
        yield _liaison(rng, rng.choice(people))
    if rng.random() < 0.25:
        admin = pick(rng, {"emails_and_calls": 45, "notes": 30, "resource_gathering": 15, "meeting_prep": 10})
        yield {"minutes": fives(rng, 10, 45), "details": {"kind": "admin_travel", "admin_kind": admin}}


def _meeting(rng: random.Random, people: Sequence[UUID]) -> Answers:
    about = rng.sample(people, min(len(people), rng.choice((0, 0, 1, 2, 3))))
    items = [
        {"person_id": str(who), "minutes": 5, "consulted": "community_team", "permission_to_share": "yes"}
        for who in about
    ]
    kind = "mdt" if items else pick(rng, {"team_meeting": 70, "huddle": 20, "service_development": 10})
    details: Answers = {"kind": "team_meeting", "meeting_kind": kind, "person_items": items}
    return {"minutes": fives(rng, 45, 90), "details": details | {"my_part": ["peer_perspective"]}}


def _group(rng: random.Random, place: int) -> Answers:
    details: Answers = {
        **{"kind": "group_session", "group_name": _GROUPS[place % len(_GROUPS)], "held": "in_person"},
        **{"role": "lead", "session_type": "health_promotion", "theme": "friends_and_community"},
    }
    if rng.random() < 0.06:
        details |= {"participants": 0, "cancelled": pick(rng, {"staffing": 50, "venue": 30, "not_enough_people": 20})}
        return {"minutes": 0, "details": details}
    came = rng.randint(4, 12)
    details |= {"participants": came, "new_participants": rng.randint(0, 2), "prep_minutes": rng.choice((15, 20, 30))}
    return {"minutes": fives(rng, 60, 120), "mode": "in_person", "details": details}


def _course(rng: random.Random) -> Answers:
    details: Answers = {"kind": "recovery_college", "course_name": rng.choice(_COURSES), "co_trainer": "clinician"}
    details["activity"] = pick(rng, {"co_deliver_session": 60, "co_produce_course": 25, "planning_meeting": 15})
    if details["activity"] == "co_deliver_session":
        details["learners_attended"] = rng.randint(5, 14)
    return {"minutes": fives(rng, 60, 150), "details": details}


def _own(rng: random.Random, kind: str, which: str, minutes: int) -> Answers:
    return {
        "minutes": minutes,
        "details": {"kind": kind, f"{kind}_kind": which},
        "admin_minutes": rng.choice((0, 0, 5)),
    }


def _liaison(rng: random.Random, who: UUID) -> Answers:
    details = {
        "kind": "liaison",
        "consulted": pick(
            rng, {"care_coordinator": 45, "ward_team": 15, "housing_provider": 15, "family_or_carer": 25}
        ),
        "purpose": pick(rng, {"arrange_support": 45, "pass_on_wishes": 20, "chase_up": 35}),
    }
    return {"minutes": fives(rng, 5, 25), "mode": pick(rng, {"phone": 70, "email": 30}), "person_id": str(who)} | {
        "details": details
    }


def _going_out(rng: random.Random) -> Answers:
    return {"barrier": ["nerves_about_going"]} if rng.random() < 0.3 else {}


def _planning(rng: random.Random) -> Answers:
    return {"plan_stage": pick(rng, {"started": 30, "continued": 45, "reviewed": 18, "finished": 7})}


def _wellness(rng: random.Random) -> Answers:
    return {"plan_type": pick(rng, {"wellness_plan": 75, "crisis_or_safety_wishes": 15, "advance_wishes": 10})} | (
        _planning(rng) | {"parts_worked_on": some(rng, ["what_keeps_me_well", "what_helps", "who_can_help"], 2)}
    )


def _care_planning(rng: random.Random) -> Answers:
    return {
        "setting": pick(
            rng, {"before_meeting_prep": 40, "at_care_plan_meeting": 35, "at_review": 15, "ward_round": 10}
        ),
        "invited_by_person": pick(rng, {"yes": 75, "no_but_agreed": 15, "team_asked": 10}),
        "persons_view_heard": pick(rng, {"fully": 55, "partly": 35, "not_this_time": 10}),
    }


def _advocacy(rng: random.Random) -> Answers:
    kinds = {"helped_raise_question": 45, "spoke_at_request": 25, "rights_information": 20, "challenged_barrier": 10}
    return {"advocacy_kind": pick(rng, kinds), "person_present": rng.random() < 0.8, "with_whom": "ward_team"}


def _carer(rng: random.Random) -> Answers:
    return {
        "recipient": "carer_with_person",
        "relationship": pick(rng, {"parent": 40, "partner": 35, "sibling": 25}),
        "support_kind": some(rng, ["listening", "shared_carer_experience", "information"], 2),
    }


# How often, beside each other, and what is asked.
_RARER: dict[str, tuple[int, Any]] = {
    "community_access": (34, _going_out),
    "recovery_planning": (24, _planning),
    "wellness_planning": (12, _wellness),
    "care_planning_support": (12, _care_planning),
    "advocacy": (10, _advocacy),
    "carer_family_support": (8, _carer),
}
