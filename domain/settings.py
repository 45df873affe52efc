"""A service's settings as they are kept, as an admin changes them, and what a change was."""

from collections.abc import Iterable, Iterator
from typing import Any, get_type_hints

import msgspec

from domain.answers import LISTS, NAMED, STANDING, AnswerList
from domain.kinds import KINDS
from domain.people import code_problems
from domain.problems import Problem, Refused, problem_from_message
from domain.rules import text_problems
from domain.service import FRONT, KIND_LABELS, OfferedKind, ServiceSettings
from domain.shape import Answer, Strict, Version

_settings = msgspec.json.Decoder(ServiceSettings)


class SettingsChange(Strict, frozen=True, kw_only=True):
    """The whole settings as they are to be, and the `version` of the service from which they were changed."""

    base: Version
    settings: ServiceSettings


_change = msgspec.json.Decoder(SettingsChange)


class Changed(Answer, frozen=True, kw_only=True):
    """One setting that became another: null where there was none, or is none any more."""

    setting: str
    before: Any
    after: Any


def read_settings(stored: str) -> ServiceSettings:
    """Settings as they were stored by this version, an older or a newer one.

    What an older one did not know has its default, and kinds that it did not know stand last, not offered. What only a
    newer one knows is left out: nobody here could use it.
    """
    try:
        found = _settings.decode(stored)
    except msgspec.ValidationError:
        found = _what_can_be_read(msgspec.json.decode(stored))
    answers = {name: _known(name, one) for name, one in found.answers.items() if name in LISTS or name in NAMED}
    return completed(msgspec.structs.replace(found, answers=answers))


def completed(settings: ServiceSettings) -> ServiceSettings:
    """The settings with every kind: those that are not named stand last, not offered."""
    listed = {one.kind for one in settings.kinds}
    others = tuple(
        OfferedKind(kind=kind, label=KIND_LABELS[kind], offered=False) for kind in KINDS if kind not in listed
    )
    return msgspec.structs.replace(settings, kinds=settings.kinds + others)


def change_from(body: bytes) -> SettingsChange:
    """The change that a body asks for. Raises Refused where it asks for what settings cannot be, and
    DecodeError where it is no JSON."""
    try:
        change = _change.decode(body)
    except msgspec.ValidationError as refusal:
        raise Refused(problem_from_message(str(refusal))) from refusal
    if problems := [*left_out(body), *settings_problems(change.settings)]:
        raise Refused(*problems)
    return msgspec.structs.replace(change, settings=completed(change.settings))


def left_out(body: bytes) -> list[Problem]:
    """The settings that a change does not name. They would go back to their defaults without anybody's wish, such as
    those of a version that the sender does not know."""
    named = msgspec.json.decode(body)["settings"]
    fields = ServiceSettings.__struct_fields__
    return [Problem(code="required", field=f"settings.{name}") for name in fields if name not in named]


def settings_problems(settings: ServiceSettings) -> list[Problem]:
    """What speaks against settings that an admin wants."""
    problems = [
        *_twice([one.kind for one in settings.kinds], "kinds"),
        *(
            Problem(code="required", field=f"kinds.{kind}")
            for kind in FRONT
            if kind not in {one.kind for one in settings.kinds}
        ),
        *_labels({one.kind: one.label for one in settings.kinds}, "kinds", "label"),
        *_labels({one.kind: one.label_cy for one in settings.kinds}, "kinds", "label_cy"),
        *_twice(settings.week, "week"),
    ]
    if not any(one.offered for one in settings.kinds):
        problems.append(Problem(code="nothing_offered", field="kinds"))
    for name, one in settings.answers.items():
        problems += _answer_problems(name, one)
    return [msgspec.structs.replace(problem, field=f"settings.{problem.field}") for problem in problems]


def changes(before: ServiceSettings, after: ServiceSettings) -> tuple[Changed, ...]:
    """What is not as it was, setting by setting; the order of the kinds is a setting too."""
    old, new = dict(_flat(before)), dict(_flat(after))
    return tuple(
        Changed(setting=name, before=old.get(name), after=new.get(name))
        for name in [*old, *(name for name in new if name not in old)]
        if old.get(name) != new.get(name)
    )


def _known(name: str, one: AnswerList) -> AnswerList:
    """What this version knows of a list: its values, and names only where it takes names."""
    return AnswerList(
        retired=tuple(value for value in one.retired if value in LISTS.get(name, ()) and value != STANDING.get(name)),
        labels={value: words for value, words in one.labels.items() if value in LISTS.get(name, ())},
        own=one.own if name in NAMED else (),
    )


def _what_can_be_read(stored: dict[str, Any]) -> ServiceSettings:
    """Every setting that can be read by itself; of kinds and answers, each that can."""
    found: dict[str, Any] = {}
    for name, form in get_type_hints(ServiceSettings, include_extras=True).items():
        if name == "kinds":
            found[name] = [one for one in stored.get(name, []) if _fits(one, OfferedKind)]
        elif name == "answers":
            found[name] = {key: one for key, one in stored.get(name, {}).items() if _fits(one, AnswerList)}
        elif name in stored and _fits(stored[name], form):
            found[name] = stored[name]
    return msgspec.convert(found, ServiceSettings)


def _fits(value: Any, form: Any) -> bool:
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError:
        return False
    return True


def _answer_problems(name: str, one: AnswerList) -> Iterator[Problem]:
    field = f"answers.{name}"
    if name not in LISTS and name not in NAMED:
        yield Problem(code="unknown_field", field=field)
        return
    values = LISTS.get(name, frozenset())
    for part, given in (("retired", one.retired), ("labels", one.labels)):
        for value in given:
            if value not in values:
                yield Problem(code="not_an_option", field=f"{field}.{part}.{value}")
    yield from _twice(one.retired, f"{field}.retired")
    if STANDING.get(name) in one.retired:
        yield Problem(code="answer_stands", field=f"{field}.retired.{STANDING[name]}")
    if values and values <= set(one.retired):
        yield Problem(code="nothing_offered", field=f"{field}.retired")
    yield from _labels({value: words.en for value, words in one.labels.items()}, f"{field}.labels", "en")
    yield from _labels({value: words.cy for value, words in one.labels.items()}, f"{field}.labels", "cy")
    if one.own and name not in NAMED:
        yield Problem(code="unknown_field", field=f"{field}.own")
    yield from _labels({str(place): label for place, label in enumerate(one.own)}, f"{field}.own", "")
    for place, label in enumerate(one.own):
        if len(label) > NAMED.get(name, len(label)):
            yield Problem(code="too_long", field=f"{field}.own.{place}", limit=NAMED[name])
        if any(problem.code == "looks_like_an_identifier" for problem in code_problems(label)):
            yield Problem(code="looks_like_an_identifier", field=f"{field}.own.{place}")


def _labels(labels: dict[str, str | None], where: str, part: str) -> Iterator[Problem]:
    """Names that people choose by: each says something, on one line, and no two say the same."""
    seen = set()
    for key, label in labels.items():
        field = ".".join(filter(None, (where, key, part)))
        plain = " ".join((label or "").split()).casefold()
        if label is None:
            continue
        if not plain:
            yield Problem(code="required", field=field)
        elif text_problems(label, "") or "\n" in label or "\t" in label:
            yield Problem(code="bad_text", field=field)
        elif plain in seen:
            yield Problem(code="twice", field=field)
        seen.add(plain)


def _twice(values: Iterable[str], field: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield Problem(code="twice", field=f"{field}.{value}")
        seen.add(value)


def _flat(settings: ServiceSettings) -> Iterator[tuple[str, Any]]:
    """Every setting by its path; an answer list or a kind that says nothing of its own is not there."""
    for name, value in msgspec.to_builtins(settings).items():
        if name == "kinds":
            yield "kinds", [one["kind"] for one in value]
            for one in value:
                for part in ("label", "label_cy", "offered"):
                    yield f"kinds.{one['kind']}.{part}", one[part]
        elif name == "answers":
            for key, chosen in value.items():
                for part in ("retired", "own"):
                    yield f"answers.{key}.{part}", chosen[part] or None
                for answer, words in chosen["labels"].items():
                    for language, word in words.items():
                        yield f"answers.{key}.labels.{answer}.{language}", word
        else:
            yield name, value
