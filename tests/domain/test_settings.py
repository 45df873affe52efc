"""A service's own settings: what an admin may choose, how they are read again, and what was changed."""

from typing import Any, get_args

import msgspec
import pytest
from msgspec import inspect

from domain.access import TABLE
from domain.answers import LISTS, NAMED, STANDING, newly_retired
from domain.disclosure import SOMEBODY, as_seen
from domain.kinds import KINDS, Details
from domain.problems import CODES, Refused
from domain.rules import entry_rules
from domain.service import FRONT, KIND_LABELS, ServiceSettings, Today
from domain.settings import change_from, changes, completed, left_out, read_settings, settings_problems
from tests.make import APPOINTMENT, DISCHARGE, MARIA, ONE_TO_ONE, PRIYA, SAM, TODAY, an_entry

STAGE = "discharge_support.stage"
TOPIC = "signposting.items.category"
SHAPES: dict[str, Any] = {shape.__struct_config__.tag: shape for shape in get_args(Details)}


def settings(**fields: Any) -> ServiceSettings:
    return msgspec.convert(msgspec.to_builtins(ServiceSettings()) | fields, ServiceSettings)


def kinds(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of a new service, some of them as the test wants them."""
    plain: list[dict[str, Any]] = msgspec.to_builtins(ServiceSettings().kinds)
    return [one | changed.get(one["kind"], {}) for one in plain]


def found(**fields: Any) -> list[tuple[str, str]]:
    return [(one.code, (one.field or "").removeprefix("settings.")) for one in settings_problems(settings(**fields))]


def broken(entry: Any, before: Any = None, **fields: Any) -> list[str]:
    return list(entry_rules(entry, before, Today(date=TODAY, settings=settings(**fields))))


# What may be chosen


def test_what_a_new_service_starts_with_is_good() -> None:
    assert found() == []
    assert [one.kind for one in ServiceSettings().kinds] == list(KINDS)


def test_a_service_may_rename_reorder_retire_and_name_its_own() -> None:
    answers = {
        STAGE: {"retired": ["post_discharge"], "labels": {"discharge_planning": {"en": "Planning", "cy": "Cynllunio"}}},
        "discharge_support.ward_label": {"own": ["Willow Ward", "Oak Ward"]},
        "entry.place": {"retired": ["prison", "nursery"]},
    }
    turned = kinds(one_to_one={"label": "Time together", "label_cy": "Amser gyda'n gilydd"}, liaison={"offered": False})

    assert found(kinds=turned[::-1], answers=answers, week=["sunday"], leads_see="team") == []


@pytest.mark.parametrize("front", FRONT)
def test_every_front_kind_stays_in_the_list(front: str) -> None:
    assert found(kinds=[one for one in kinds() if one["kind"] != front]) == [("required", f"kinds.{front}")]


def test_one_kind_at_least_is_offered() -> None:
    assert found(kinds=[one | {"offered": False} for one in kinds()]) == [("nothing_offered", "kinds")]


def test_a_kind_is_there_once() -> None:
    (first, *_) = kinds()

    assert ("twice", "kinds.one_to_one") in found(kinds=[*kinds(), first])


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("   ", "required"),
        ("A\u0000B", "bad_text"),
        ("A\u202eB", "bad_text"),
        ("A\nB", "bad_text"),
        ("A\tB", "bad_text"),
        ("  signPOSTING ", "twice"),
    ],
)
def test_a_name_says_something_on_one_line_and_no_two_say_the_same(label: str, code: str) -> None:
    named = found(kinds=kinds(discharge_support={"label": label}))

    assert named == [(code, "kinds.discharge_support.label")]


def test_welsh_names_are_held_to_the_same_and_are_no_english_ones() -> None:
    twice = kinds(one_to_one={"label_cy": "Cyfeirio"}, signposting={"label_cy": "cyfeirio"})
    blank = kinds(one_to_one={"label_cy": " "})
    same_as_english = kinds(one_to_one={"label_cy": "Signposting"})

    assert found(kinds=twice) == [("twice", "kinds.signposting.label_cy")]
    assert found(kinds=blank) == [("required", "kinds.one_to_one.label_cy")]
    assert found(kinds=same_as_english) == []


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"discharge_support.mood": {}}, ("unknown_field", "answers.discharge_support.mood")),
        ({"entry.attendance": {"retired": ["attended"]}}, ("unknown_field", "answers.entry.attendance")),
        ({STAGE: {"retired": ["never"]}}, ("not_an_option", f"answers.{STAGE}.retired.never")),
        ({STAGE: {"labels": {"never": {"en": "Never"}}}}, ("not_an_option", f"answers.{STAGE}.labels.never")),
        ({STAGE: {"retired": ["post_discharge"] * 2}}, ("twice", f"answers.{STAGE}.retired.post_discharge")),
        ({STAGE: {"retired": sorted(LISTS[STAGE])}}, ("nothing_offered", f"answers.{STAGE}.retired")),
        ({STAGE: {"own": ["In between"]}}, ("unknown_field", f"answers.{STAGE}.own")),
        (
            {"supervision.direction": {"retired": ["receiving"]}},
            ("answer_stands", "answers.supervision.direction.retired.receiving"),
        ),
        (
            {STAGE: {"labels": {"post_discharge": {"en": "After"}, "discharge_planning": {"en": "after "}}}},
            ("twice", f"answers.{STAGE}.labels.discharge_planning.en"),
        ),
        (
            {"discharge_support.ward_label": {"own": ["Oak", " oak"]}},
            ("twice", "answers.discharge_support.ward_label.own.1"),
        ),
        (
            {"community_access.place_label": {"own": ["x" * 61]}},
            ("too_long", "answers.community_access.place_label.own.0"),
        ),
        (
            {"group_session.group_name": {"own": ["Group 943 476 5919"]}},
            ("looks_like_an_identifier", "answers.group_session.group_name.own.0"),
        ),
        (
            {"group_session.group_name": {"retired": ["one"]}},
            ("not_an_option", "answers.group_session.group_name.retired.one"),
        ),
    ],
)
def test_answers_are_those_of_a_list_that_there_is(answers: Any, problem: tuple[str, str]) -> None:
    assert found(answers=answers) == [problem]


def test_a_day_of_the_week_is_there_once() -> None:
    assert found(week=["monday", "friday", "monday"]) == [("twice", "week.monday")]


@pytest.mark.parametrize("fields", [{"week": []}, {"week": ["someday"]}, {"kinds": [{"kind": "x", "label": "X"}]}])
def test_what_is_no_setting_cannot_be_read(fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        settings(**fields)


def test_every_setting_has_to_be_named_in_a_change() -> None:
    named = msgspec.to_builtins(ServiceSettings())

    assert left_out(msgspec.json.encode({"base": 1, "settings": named})) == []
    del named["answers"]
    (problem,) = left_out(msgspec.json.encode({"base": 1, "settings": named}))
    assert (problem.code, problem.field) == ("required", "settings.answers")


def test_every_problem_of_settings_is_in_the_catalogue() -> None:
    assert {"twice", "nothing_offered", "answer_stands", "settings_changed"} <= set(CODES)
    assert TABLE["service.change"] == {"admin": "service"}


# The lists are those of the entries


def test_lists_are_closed_ones_and_names_are_free_text() -> None:
    assert {"entry.mode", "entry.place", "accompanied_appointment.appointment_kind", TOPIC} <= set(LISTS)
    assert not {"entry.attendance", "entry.subject", "entry.note", "cpd.title"} & set(LISTS)
    assert not set(NAMED) & set(LISTS)
    assert {name.split(".")[0] for name in LISTS} <= {*KINDS, "entry"}
    assert set(NAMED) == {
        "discharge_support.ward_label",
        "community_access.place_label",
        "group_session.group_name",
        "recovery_college.course_name",
    }
    assert STANDING["signposting.items.outcome"] == "not_known_yet"


# Retired answers


def test_a_retired_answer_is_not_for_a_new_entry() -> None:
    retired = {STAGE: {"retired": ["post_discharge"]}}

    assert broken(an_entry(details=DISCHARGE), answers=retired) == ["retired"]
    assert broken(an_entry(details=DISCHARGE | {"stage": "discharge_planning"}), answers=retired) == []
    assert broken(an_entry(details=ONE_TO_ONE), answers=retired) == []


def test_an_old_entry_keeps_a_retired_answer_and_can_be_changed_elsewhere() -> None:
    retired = {STAGE: {"retired": ["post_discharge"]}, "entry.place": {"retired": ["prison"]}}
    old = an_entry(details=DISCHARGE, place="prison")

    assert broken(msgspec.structs.replace(old, minutes=5, version=2), old, answers=retired) == []
    other = an_entry(details=DISCHARGE | {"stage": "discharge_planning"}, place="prison")
    assert broken(other, old, answers=retired) == []
    assert broken(old, other, answers=retired) == ["retired"], "going back to it is a new answer"


def test_a_change_of_kind_answers_anew() -> None:
    retired = {"accompanied_appointment.appointment_kind": {"retired": ["gp"]}}

    assert broken(an_entry(details=APPOINTMENT), an_entry(), answers=retired) == ["retired"]


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("entry.mode", "in_person", {}),
        ("entry.focus", "goals", {"focus": ["confidence", "goals"]}),
        ("one_to_one.approach", "listening", {"details": ONE_TO_ONE | {"approach": ["listening"]}}),
        (
            TOPIC,
            "transport",
            {
                "details": {
                    "kind": "signposting",
                    "items": [{"category": one, "how": "gave_info"} for one in ("housing", "transport")],
                }
            },
        ),
    ],
)
def test_a_retired_answer_is_found_wherever_it_stands(name: str, value: str, changed: dict[str, Any]) -> None:
    answers = settings(answers={name: {"retired": [value]}}).answers

    assert newly_retired(an_entry(**changed), None, answers)
    assert not newly_retired(an_entry(**changed), an_entry(**changed), answers)
    assert not newly_retired(an_entry(mode="phone"), None, answers)


def test_every_answer_of_every_list_that_is_retired_is_found() -> None:
    """The names of the lists lead to the answers: none of them is a path into nowhere."""
    empty = an_entry()
    for name in LISTS:
        kind, *path = name.split(".")
        shape: Any = type(empty) if kind == "entry" else SHAPES[kind]
        for step in path:
            assert step in shape.__struct_fields__, name
            shape = inner(shape, step)


# Kept and read again


def test_settings_of_an_older_version_have_the_defaults_of_what_it_did_not_know() -> None:
    older = {
        "person_codes": "required",
        "notes": "short",
        "kinds": [{"kind": kind, "label": KIND_LABELS[kind], "offered": kind != "signposting"} for kind in FRONT],
        "back_dating_days": 7,
        "small_numbers": "hes",
    }

    read = read_settings(msgspec.json.encode(older).decode())

    assert (read.person_codes, read.notes, read.back_dating_days) == ("required", "short", 7)
    assert (read.answers, read.week, read.leads_see) == ({}, ServiceSettings().week, "names")
    assert [one.kind for one in read.kinds] == list(KINDS)
    assert [one.kind for one in read.kinds if one.offered] == [
        "one_to_one",
        "accompanied_appointment",
        "discharge_support",
    ]
    assert settings_problems(read) == []


def test_what_only_a_newer_version_knows_is_left_out_and_the_rest_is_kept() -> None:
    plain = msgspec.to_builtins(settings(back_dating_days=7, leads_see="team"))
    plain["kinds"] = [{"kind": "singing", "label": "Singing"}, *plain["kinds"]]
    plain["kinds"][1]["label"] = "Time together"
    plain["answers"] = {
        "singing.song": {"retired": ["hymn"]},
        STAGE: {"retired": ["sung", "post_discharge"], "labels": {"sung": {"en": "Sung"}}},
        TOPIC: {"retired": ["veterans"], "colours": {}},
        "supervision.direction": {"retired": ["receiving"]},
    }
    newer = plain | {"weather": "fair", "small_numbers": "none at all"}

    read = read_settings(msgspec.json.encode(newer).decode())

    assert (read.back_dating_days, read.leads_see, read.small_numbers) == (7, "team", "mhsds")
    assert [one.kind for one in read.kinds] == list(KINDS)
    assert read.kinds[0].label == "Time together"
    assert set(read.answers) == {STAGE, "supervision.direction"}
    assert (read.answers[STAGE].retired, read.answers[STAGE].labels) == (("post_discharge",), {})
    assert settings_problems(read) == []


def test_a_kind_that_is_not_named_stands_last_and_is_not_offered() -> None:
    front = settings(kinds=kinds()[:4])

    assert [(one.kind, one.offered) for one in completed(front).kinds][4:] == [(kind, False) for kind in KINDS[4:]]
    assert completed(ServiceSettings()) == ServiceSettings()


# What was changed


def test_a_change_is_named_setting_by_setting() -> None:
    wanted = settings(
        kinds=kinds(liaison={"offered": False, "label": "Calls"}),
        back_dating_days=30,
        answers={STAGE: {"retired": ["post_discharge"], "labels": {"discharge_planning": {"en": "Planning"}}}},
    )

    made = changes(ServiceSettings(), wanted)

    assert {(one.setting, str(one.before), str(one.after)) for one in made} == {
        ("kinds.liaison.offered", "True", "False"),
        ("kinds.liaison.label", "Liaison", "Calls"),
        ("back_dating_days", "60", "30"),
        (f"answers.{STAGE}.retired", "None", "('post_discharge',)"),
        (f"answers.{STAGE}.labels.discharge_planning.en", "None", "Planning"),
    }
    assert len(changes(wanted, ServiceSettings())) == len(made)
    assert changes(wanted, wanted) == ()


def test_an_order_is_a_change_and_a_list_that_says_nothing_is_none() -> None:
    assert [one.setting for one in changes(settings(), settings(kinds=kinds()[::-1]))] == ["kinds"]
    assert changes(settings(), settings(answers={STAGE: {}})) == ()


# What leads see


def test_a_lead_reads_whose_an_entry_is_where_the_service_shows_names() -> None:
    theirs = an_entry(author_id=SAM)

    assert as_seen(theirs, MARIA, settings()) == theirs
    hidden = as_seen(theirs, MARIA, settings(leads_see="team"))
    assert hidden == msgspec.structs.replace(theirs, author_id=SOMEBODY)
    assert as_seen(theirs, SAM, settings(leads_see="team")) == theirs
    assert SOMEBODY not in (SAM, PRIYA, MARIA)


def inner(shape: Any, step: str) -> Any:
    """The shape that a field of a shape holds, below null and lists; None where it holds no shape."""
    inside: Any = next(one.type for one in inspect.type_info(shape).fields if one.name == step)  # type: ignore[attr-defined]
    while not isinstance(inside, inspect.StructType):
        following = getattr(inside, "type", None) or getattr(inside, "item_type", None)
        if following is None:
            return None
        inside = following
    return inside.cls


# What is sent


def sent(base: int = 3, **changed: Any) -> bytes:
    named: dict[str, Any] = msgspec.to_builtins(ServiceSettings()) | changed
    return msgspec.json.encode({"base": base, "settings": {k: v for k, v in named.items() if v is not None}})


def test_a_change_that_names_every_setting_is_taken_with_every_kind() -> None:
    change = change_from(sent(back_dating_days=30, kinds=kinds()[:5]))
    assert change.base == 3
    assert change.settings.back_dating_days == 30
    assert {one.kind for one in change.settings.kinds} == set(KINDS)
    assert [one.kind for one in change.settings.kinds if one.offered] == list(KINDS[:5])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (sent(back_dating_days="many"), "settings.back_dating_days"),
        (sent(week=None), "settings.week"),
        (sent(kinds=kinds(signposting={"label": " "})), "settings.kinds.signposting.label"),
    ],
)
def test_a_change_that_cannot_be_read_or_leaves_something_out_says_which_setting(body: bytes, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_from(body)
    assert field in [problem.field for problem in refusal.value.problems]


def test_an_answer_that_was_not_given_cannot_be_a_retired_one() -> None:
    assert broken(an_entry(mode="phone", place=None), **{"answers": {"entry.place": {"retired": ["ward"]}}}) == []
