"""Everything that can be wrong with what somebody sends: one catalogue of codes.

    Refused                 raised by a rule or a reading; carries the problems
      └─ Problem            a code of CODES, the field, and at most one limit

The sentences here are for people who read the API. The phone has its own words for each code.
"""

import re

from msgspec import Struct

CODES = {
    # what was sent cannot be read
    "not_json": "The body is not JSON.",
    "not_utf8": "The body is not UTF-8.",
    "too_deep": "The JSON is nested too deeply.",
    "unreadable": "The value does not have the expected form.",
    "not_an_integer": "This has to be a whole number.",
    "not_text": "This has to be text.",
    "not_a_boolean": "This has to be true or false.",
    "not_a_list": "This has to be a list.",
    "not_an_object": "This has to be an object.",
    "not_a_date": "This has to be a date such as 2026-11-20.",
    "not_an_id": "This has to be a UUID.",
    "not_an_option": "This is not one of the answers on offer.",
    "not_null": "This cannot be empty.",
    "unknown_kind": "This is not a kind of activity that the server knows.",
    "unknown_field": "The server does not know this field.",
    "wrong_form": "This does not have the expected form.",
    "required": "This has to be answered.",
    "too_long": "This is too long.",
    "too_short": "This is too short.",
    "too_large": "This number is too large.",
    "too_small": "This number is too small.",
    "bad_text": "This holds characters that cannot be shown safely.",
    "not_for_persons": "A person can be created and amended, nothing else.",
    "nothing_to_set": "A void or an unvoid sets nothing.",
    "minutes_without_meeting": "They did not meet, so there are no contact minutes.",
    "cancelled_with_participants": "The group was cancelled, so nobody came.",
    "items_longer_than_meeting": "The minutes for the people talked about are more than those of the meeting.",
    "looks_like_an_identifier": "A code may not be an e-mail address, a date, a telephone number or an NHS number.",
    "reference_identifies": "A reference may not be an e-mail address, a date, a telephone number or an NHS number.",
    "looks_like_a_name": "A code may not look like a name.",
    # settings that a service cannot have
    "twice": "This is there twice.",
    "nothing_offered": "At least one has to stay on offer.",
    "answer_stands": "This is the answer where nobody answers, so it cannot be retired.",
    # a report or a reading that cannot be made
    "from_after_to": "The first day is after the last day.",
    "too_many_periods": "That is too long a time for this step.",
    "unknown_team": "There is no such team.",
    "month_not_over": "A month can be closed when it is over.",
    # the request as a whole
    "bad_request": "The request could not be read.",
    "not_signed_in": "Please sign in.",
    "account_closed": "This account is closed.",
    "device_signed_out": "This device was signed out by the service. Please sign in again.",
    "wrong_login": "The login or the passphrase is not right.",
    "wrong_code": "This code is not right, was used, or has run out.",
    "weak_password": "Choose a passphrase of at least 12 characters that is not a common one.",
    "too_many_tries": "Too many tries. Wait a little, then try again.",
    "not_allowed": "You do not have access to this.",
    "cross_site": "The request did not come from this site.",
    "not_found": "There is nothing here.",
    "method_not_allowed": "This address does not take that method.",
    "conflict": "This disagrees with what is stored.",
    "settings_changed": "The settings were changed since you read them.",
    "too_big": "The request is too large.",
    "too_many_operations": "Send at most 100 operations at once.",
    "wrong_content_type": "Send application/json, without compression.",
    "busy": "The service is busy. Nothing was stored. Try again shortly.",
    "unexpected": "Something went wrong on the server.",
}


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong: a code of the catalogue, the field it is about, and its limit if there is one."""

    code: str
    field: str | None = None
    limit: int | None = None


class Refused(Exception):
    """What was asked cannot be done; the problems say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{problem.code} {problem.field or ''}".strip() for problem in problems))
        self.problems = problems


def problem_from_message(message: str, prefix: str = "") -> Problem:
    """Turns the message of a failed decode into a problem.

    msgspec says what it expected and ends with where: "Expected `int`, got `str` - at `$.set.minutes`".
    """
    text, _, path = message.partition(" - at `$")
    field = re.sub(r"\[(\w+|\.\.\.)\]", r".\1", path.rstrip("`")).lstrip(".")
    for pattern, code in _READINGS:
        if found := re.search(pattern, text):
            named = found.groupdict()
            field = ".".join(part for part in (field, named.get("field")) if part)
            limit = named.get("limit")
            where = ".".join(part for part in (prefix, field) if part) or None
            return Problem(code=code, field=where, limit=int(limit) if limit else None)
    return Problem(code="unreadable", field=".".join(part for part in (prefix, field) if part) or None)


_READINGS = [
    (r"missing required field `(?P<field>[^`]*)`", "required"),
    (r"contains unknown field `(?P<field>[^`]*)`", "unknown_field"),
    (r"Invalid enum value|Expected one of", "not_an_option"),
    (r"Invalid value", "unknown_kind"),
    (r"of length <= (?P<limit>\d+)", "too_long"),
    (r"of length >= (?P<limit>\d+)", "too_short"),
    (r"<= (?P<limit>-?\d+)|out of range", "too_large"),
    (r">= (?P<limit>-?\d+)", "too_small"),
    (r"Invalid UUID", "not_an_id"),
    (r"Invalid RFC3339|Invalid date", "not_a_date"),
    (r"matching regex", "wrong_form"),
    (r"got `null`", "not_null"),
    (r"Expected `int", "not_an_integer"),
    (r"Expected `date", "not_a_date"),
    (r"Expected `uuid", "not_an_id"),
    (r"Expected `str", "not_text"),
    (r"Expected `bool", "not_a_boolean"),
    (r"Expected `array", "not_a_list"),
    (r"Expected `object", "not_an_object"),
]
