"""What each measure means, in plain words, with the source of every national rule."""

from domain.kinds.signposting import SignpostingOutcome

_OUTCOMES: dict[SignpostingOutcome, str] = {
    "not_known_yet": "it is not known yet what came of it",
    "person_contacted_them": "the person got in touch with them",
    "waiting": "the person waits for a place",
    "attended_once": "the person went once",
    "going_regularly": "the person keeps going",
    "did_not_suit": "it did not suit the person",
    "full_or_closed": "it was full or closed",
    "changed_mind": "the person changed their mind",
}
_MONTHS = (
    "Of the whole calendar months in the range that are over, for each worker who logged anything in them: those in "
    "which {}. It is meant to be every month. Shown for five workers or more, and never by worker. A local measure."
)

DEFINITIONS: dict[str, str] = {
    "dna": (
        "Of the contacts in person, by phone, text relay or video that went ahead or where the person did not come: "
        "those where the person did not come or came too late to be seen. (3 + 7) of (5 + 6 + 3 + 7) by the codes of "
        "ATTENDANCE STATUS in the NHS Data Dictionary. Contacts cancelled beforehand are left out. A local measure: "
        "there is no national one for mental health contacts."
    ),
    "people": (
        "Different people with at least one attended contact, that is with ATTENDANCE STATUS 5 or 6, as NHS England "
        "counts attended contacts in its mental health monthly statistics. Contacts without a person code count for "
        "nobody."
    ),
    "people_met_twice": (
        "Of the people met: those with two attended contacts or more. NHS England asks for two contacts in its measure "
        "of access to community mental health services; it counts those of all staff, and not these alone."
    ),
    "new_people": "Of the people met: those whose first attended contact, of all counted here, was in the range.",
    "met_before_leaving": (
        "Different people with attended discharge support in the range before they left hospital: on the ward, or "
        "planning to leave."
    ),
    "met_before_and_after_leaving": (
        "Of the people met before leaving hospital: those who also had attended discharge support after leaving, in "
        "the same range."
    ),
    "followed_up_within_72h": (
        "Of the discharges in the range that were logged with their date, and whose three days are over: those with an "
        "attended contact in person, by phone, text relay or video on one of the three days after the discharge. A "
        "contact on the day of discharge does not count. Counted in days, as NHS England does in its mental health "
        "monthly statistics (MHS78 and MHS79). Only contacts that are logged here are known, so others of the trust "
        "may have followed up more."
    ),
    "days_to_first_contact": (
        "The middle number of days from a discharge in the range to the first attended contact in person, by phone, "
        "text relay or video on a later day; half took longer. The count says how many discharges had one so far."
    ),
    "accompanied": "Appointments to which somebody was accompanied, and that the person came to.",
    "accompanied_prepared": (
        "Of the accompanied appointments for which it was said: those that were prepared, on the way or beforehand."
    ),
    "accompanied_said_what_they_wanted": (
        "Of the accompanied appointments for which it was said: those where the person said what they wanted to say."
    ),
    "community_people": "Different people who made a step towards going somewhere in the community.",
    "community_moved_on": (
        "Of these people: those who came a step further with the same kind of place than they stood before the range, "
        "or than their first step in it."
    ),
    "community_goes_alone": "Of these people: those who now go somewhere alone, or are confident to.",
    **{
        f"signposting_{outcome}": f"Of the places and services that people were pointed to in the range: {told}."
        for outcome, told in _OUTCOMES.items()
    },
    "entered_same_day": (
        "Of all entries of the range: those logged on the day they are about, by the clock of the phone."
    ),
    "months_with_peer_supervision": _MONTHS.format("the worker had peer supervision"),
    "months_with_line_management": _MONTHS.format("the worker had line management supervision"),
}
