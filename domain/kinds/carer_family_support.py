"""Support for a carer, a relative or a friend."""

from typing import Annotated, Literal

from domain.kinds.asking import first, later
from domain.shape import Strict

CarerSupport = Literal[
    "listening",
    "shared_carer_experience",
    "information",
    "signposting",
    "ward_orientation",
    "carer_assessment_info",
]


class CarerFamilySupport(Strict, frozen=True, kw_only=True, tag_field="kind", tag="carer_family_support"):
    """Support for a carer, a relative or a friend. `about_person`: it was for the care of the person they look after.

    With the person there, or with a carer who speaks for them (`subject` proxy), it is a contact. With the carer alone
    about the person's care it is indirect activity. For the carer's own sake it is counted nowhere but here.
    """

    recipient: Annotated[Literal["carer_alone", "carer_with_person"], first(again=True)]
    relationship: Annotated[
        Literal["partner", "parent", "adult_child", "sibling", "friend", "other"] | None, later(again=True)
    ] = None
    young_carer: Annotated[bool | None, later(again=True)] = None
    about_person: Annotated[bool | None, later(when={"recipient": ("carer_alone",)})] = None
    support_kind: tuple[CarerSupport, ...] = ()
