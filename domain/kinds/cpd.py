"""The worker's own learning (continuing professional development)."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.kinds.asking import first
from domain.kinds.lists import Competence
from domain.shape import Label, Strict

CpdKind = Literal[
    "peer_support_certificate",
    "care_certificate",
    "statutory_mandatory",
    "psw_cpd_session",
    "away_day",
    "induction",
    "conference",
    "reading",
    "shadowing",
    "community_of_practice",
]


class Cpd(Strict, frozen=True, kw_only=True, tag_field="kind", tag="cpd"):
    """The worker's own learning."""

    cpd_kind: Annotated[
        CpdKind, first("psw_cpd_session", "statutory_mandatory", "peer_support_certificate", "reading", again=True)
    ]
    title: Label | None = None
    competences: Annotated[tuple[Competence, ...], Meta(max_length=3)] = ()
    certificate_standard: Label | None = None
    completed: bool | None = None
    expires_on: date | None = None
