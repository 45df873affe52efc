"""It counts support and never describes illness: every name and every answer on offer is held against a list of words.

Walked are the structs of `domain` and `api`, the tables as written and as migrated, the OpenAPI document, and the words
of the screens. Of a person supported, also nothing may be asked that says who it is.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
import pytest
from msgspec import Struct
from sqlalchemy import Column, Inspector, MetaData, String, Table, create_engine, inspect

import api
import domain
from api.app import create_api
from api.openapi import document
from api.store.tables import metadata

WORDS = Path(__file__).parents[1] / "pwa" / "src" / "words"

# What illness, treatment, law and scores are called. Each pattern is tried at the start of each word of a name.
CLINICAL = re.compile(
    r"(?:^|[^a-z])(?:diagnos|icd(?![a-z])|snomed|medicat|medicine|dos(?:e|es|age)(?![a-z])|risk|symptom|mha(?![a-z])"
    r"|section(?:ed|s)?(?![a-z])|phq|gad(?![a-z])|honos|psychiatr|prescri|psychos|disorder|illness|treatment|suicid"
    r"|self[^a-z]?harm|detain|detention|complaint|relapse|severity|comorbid|restraint|seclusion|offen[cs]e)",
)
# What tells who somebody is: never asked of a person supported, nor of anybody.
IDENTITY = re.compile(
    r"(?:^|[^a-z])(?:birth|born|dob(?![a-z])|nhs[^a-z]?number|nhs[^a-z]?no(?![a-z])|post[^a-z]?code|surname|forename"
    r"|first[^a-z]?name|last[^a-z]?name|gender|ethnic|religion|nationality|next[^a-z]of[^a-z]kin|home[^a-z]address)"
)
# Users, teams and services have names and an address; a person supported and what was logged have none.
OF_A_PERSON = re.compile(r"(?:^|[^a-z])(?:names?|initials|address|telephone|mobile|age|sex)(?![a-z])")
NAMELESS = {"Person", "PersonChange", "Entry", "EntryChange", "PersonOperation", "EntryOperation", "person", "entry"}
NAMELESS |= {"OneToOne", "AccompaniedAppointment", "Signposting", "SignpostingItem", "DischargeSupport", "entry_topic"}
NAMELESS |= {"operation", "volume", "audit", "entry_outcome"}

# The design itself has these, word for word: an appointment with somebody, and what the help says never to write.
ALLOWED = {
    "psychiatrist_or_prescriber",
    "Psychiatrist or prescriber",
    "diagnoses, symptoms, medication or risk",
}


class Found(NamedTuple):
    """A word, and where it stands."""

    where: str
    word: str


def test_no_struct_asks_or_offers_a_clinical_word() -> None:
    words = list(words_of_structs(our_structs()))

    assert len(words) > 400
    assert list(clinical(words)) == []


def test_no_table_or_column_as_written_has_one() -> None:
    words = list(words_of_tables(metadata))

    assert len(words) > 100
    assert list(clinical(words)) == []


def test_no_table_or_column_as_migrated_has_one(migrated_sqlite: Path) -> None:
    engine = create_engine(f"sqlite:///{migrated_sqlite}")
    words = list(words_of_database(inspect(engine)))
    engine.dispose()

    assert {found.where for found in words} >= {f"table {name}" for name in metadata.tables}
    assert list(clinical(words)) == []


def test_no_path_parameter_field_or_answer_of_the_api_has_one() -> None:
    made = create_api()
    words = list(words_of_document(document(made)))

    assert {"happened_on", "one_to_one", "/api/sync/push", "team_id"} <= {found.word for found in words}
    assert list(clinical(words)) == []


def test_no_word_of_the_screens_is_one() -> None:
    files = sorted(WORDS.rglob("*.ts"))
    words = [found for file in files for found in words_of_typescript(file)]

    assert {"en.ts", "options.ts"} <= {file.name for file in files}
    assert "One-to-one" in {found.word for found in words}
    assert list(clinical(words)) == []


def test_what_is_allowed_is_still_needed() -> None:
    """An exception that nothing uses any more is a hole."""
    words = [*words_of_structs(our_structs())]
    words += [found for file in WORDS.rglob("*.ts") for found in words_of_typescript(file)]

    assert {found.word for found in words} >= ALLOWED


@pytest.mark.parametrize(
    "word",
    [
        "diagnosis",
        "primary_diagnosis",
        "icd",
        "icd_10",
        "icd10_code",
        "snomed_ct",
        "medication",
        "medicine_taken",
        "dose",
        "risk_score",
        "risk_level",
        "symptoms",
        "mha_status",
        "section_3",
        "section",
        "phq9",
        "phq_9",
        "gad7",
        "gad",
        "honos",
        "ReasonForDiagnosis",
        "Any medication?",
        "date_of_birth",
        "dob",
        "nhs_number",
        "nhsNumber",
        "postcode",
        "ethnicity",
    ],
)
def test_a_word_of_the_list_is_found_however_it_is_written(word: str) -> None:
    assert list(clinical([Found("anywhere", word)])) == [Found("anywhere", word)]


@pytest.mark.parametrize(
    "word",
    [
        "mental_health_advocate",
        "mental_health_team",
        "medical_records_office",
        "happened_on",
        "name",
        "login",
        "asterisk",
        "brigade",
        "intersection",
        "overdoses",
    ],
)
def test_a_word_that_only_looks_alike_is_told_apart(word: str) -> None:
    assert list(clinical([Found("anywhere", word)])) == []


@pytest.mark.parametrize("word", ["name", "first_name", "address", "age", "initials"])
def test_a_person_supported_has_no_name_though_a_user_has(word: str) -> None:
    assert list(clinical([Found("person", word), Found("Person", word)])) != []
    assert list(clinical([Found("user", "name"), Found("UserAnswer", "login")])) == []


def test_a_planted_field_is_found_however_deep() -> None:
    class Planted(Struct):
        risk_level: int

    class Deep(Struct, tag="honos_score"):
        choice: Annotated[tuple[Literal["fine", "symptoms_worse"], ...] | None, "why"] = None
        renamed: int = msgspec.field(name="phq9", default=0)

    words = {found.word for found in clinical(words_of_structs([Planted, Deep]))}

    assert words == {"risk_level", "honos_score", "symptoms_worse", "phq9"}


def test_a_planted_struct_of_ours_is_walked() -> None:
    """The walk follows subclasses, so a new struct needs to be entered nowhere."""
    planted = type("Planted", (Struct,), {"__annotations__": {"diagnosis": str}, "__module__": "planted.shapes"})

    assert our_structs(of=("planted",)) == [planted]


def test_a_planted_table_and_column_are_found() -> None:
    planted = MetaData()
    Table("medication", planted, Column("dose", String), Column("person_id", String))
    engine = create_engine("sqlite://")
    planted.create_all(engine)

    found = {found.word for found in clinical(words_of_tables(planted))}
    migrated = {found.word for found in clinical(words_of_database(inspect(engine)))}
    engine.dispose()

    assert found == migrated == {"medication", "dose"}


def test_a_planted_part_of_the_api_is_found() -> None:
    planted = {
        "paths": {"/api/diagnoses": {"get": {"parameters": [{"name": "icd", "in": "query"}]}}},
        "components": {"schemas": {"HonosScore": {"properties": {"symptom": {"enum": ["self_harm", None]}}}}},
    }

    words = {found.word for found in clinical(words_of_document(planted))}

    assert words == {"/api/diagnoses", "icd", "HonosScore", "symptom", "self_harm"}


def test_a_planted_word_of_a_screen_is_found(tmp_path: Path) -> None:
    file = tmp_path / "planted.ts"
    lines = ["// a diagnosis, in a comment", "export const words = {", "  medication: `Any ${x} symptoms?`, // don't"]
    file.write_text("\n".join([*lines, '  much: "A dose",', "  never: 'Never a date of birth',", "}"]))

    assert {found.word for found in clinical(words_of_typescript(file))} == {
        "medication",
        "Any ${x} symptoms?",
        "A dose",
    }


def clinical(words: Iterable[Found]) -> Iterator[Found]:
    """The words that may not be, unless the design has that very word."""
    for found in words:
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", found.word).lower()
        nameless = found.where.rpartition(" ")[2] in NAMELESS and OF_A_PERSON.search(plain)
        # A sentence of the screens may say what not to write down.
        identity = not found.where.startswith("sentence") and IDENTITY.search(plain)
        if found.word not in ALLOWED and (CLINICAL.search(plain) or identity or nameless):
            yield found


def our_structs(of: tuple[str, ...] = ("api", "domain")) -> list[type[Struct]]:
    """Every struct of the two packages, found by importing all of their modules."""
    for package in (api, domain):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith("api.migrations.") and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found: list[type[Struct]] = []
    waiting: list[type[Struct]] = [Struct]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found += [one for one in below if one.__module__.partition(".")[0] in of]
    return found


def words_of_structs(structs: Iterable[type[Struct]]) -> Iterator[Found]:
    """The name, the tag, and of each field the name, the name on the wire, and the answers on offer."""
    for struct in structs:
        where = f"struct {struct.__name__}"
        yield Found(where, struct.__name__)
        if isinstance(struct.__struct_config__.tag, str):
            yield Found(where, struct.__struct_config__.tag)
        for name in (*struct.__struct_fields__, *struct.__struct_encode_fields__):
            yield Found(where, name)
        for hint in get_type_hints(struct, include_extras=True).values():
            yield from (Found(where, option) for option in options(hint))


def options(hint: Any) -> Iterator[str]:
    """The texts that a type offers to choose from, however deep they are."""
    origin = get_origin(hint)
    if origin is Literal:
        yield from (option for option in get_args(hint) if isinstance(option, str))
    elif origin is Annotated:
        yield from options(get_args(hint)[0])
    else:
        for inner in get_args(hint):
            yield from options(inner)


def words_of_tables(tables: MetaData) -> Iterator[Found]:
    for table in tables.tables.values():
        yield Found(f"table {table.name}", table.name)
        yield from (Found(f"table {table.name}", column.name) for column in table.columns)


def words_of_database(inspector: Inspector) -> Iterator[Found]:
    for table in inspector.get_table_names():
        yield Found(f"table {table}", table)
        yield from (Found(f"table {table}", column["name"]) for column in inspector.get_columns(table))


# A word of OpenAPI itself; and keys whose values are prose or types, not names of ours.
_OPENAPI = {"propertyName"}
_PROSE = {"description", "title", "summary", "example", "examples", "pattern", "format", "$ref", "type"}


def words_of_document(value: Any, where: str = "openapi", named: bool = True) -> Iterator[Found]:
    """Every key of an OpenAPI document and every text in it that is a name or an answer on offer."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _OPENAPI:
                yield Found(where, key)
            schema = key[:1].isupper()
            yield from words_of_document(inner, f"openapi {key}" if schema else where, key not in _PROSE)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of_document(inner, where, named)
    elif isinstance(value, str) and named:
        yield Found(where, value)


_STRING = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`", re.DOTALL)


def words_of_typescript(file: Path) -> Iterator[Found]:
    """The texts of a file, and the names outside of them and of the comments."""
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", file.read_text(), flags=re.DOTALL)
    for found in _STRING.finditer(code):
        yield Found(f"sentence {file.name}", next(text for text in found.groups() if text is not None))
    for name in re.findall(r"[A-Za-z_$][\w$]*", _STRING.sub("", code)):
        yield Found(f"name {file.name}", name)
