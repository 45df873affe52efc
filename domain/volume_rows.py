"""The answer to "how much was done?": volumes by period and split, small numbers hidden, as JSON and as CSV."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, field, structs

from domain.periods import By, period_start, periods
from domain.service import CIVIL
from domain.shape import Answer
from domain.small_numbers import Rule, hide
from domain.volumes import Measures, Split


class Totals(Answer, frozen=True, kw_only=True):
    """The figures of the whole range. null is a small number that is hidden; `hidden` names those.

    They are of every entry in range and scope, whatever the split, and rounded on their own. So the rows may add up to
    less (a split by topic, outcome, stage or step leaves entries out), to more (topics and outcomes overlap, and one
    person may be in many rows), or to something near (rounding).
    """

    entries: int | None
    contacts: int | None
    attended: int | None
    reportable: int | None
    not_attended: int | None
    minutes: int | None
    travel_minutes: int | None
    people: int | None
    group_sessions: int | None
    group_attendances: int | None
    indirect: int | None
    hidden: tuple[str, ...]
    in_person: int | None
    remote: int | None
    message: int | None
    cancelled_by_person: int | None
    did_not_attend: int | None
    arrived_too_late: int | None
    cancelled_by_us: int | None
    dna: int | None
    dna_of: int | None
    group_minutes: int | None
    indirect_minutes: int | None
    other_minutes: int | None
    admin_minutes: int | None
    signposted: int | None


class VolumeRow(Answer, frozen=True, kw_only=True):
    """The figures of one period and one key of the split. `period` is the first day of the whole period.

    `key` is a value of the split, a team's id, or "" where an entry has no such value. `partial`: the range cuts the
    period, or it is not over.
    """

    period: date
    label: str
    partial: bool
    key: str
    entries: int | None
    contacts: int | None
    attended: int | None
    reportable: int | None
    not_attended: int | None
    minutes: int | None
    travel_minutes: int | None
    people: int | None
    group_sessions: int | None
    group_attendances: int | None
    indirect: int | None
    hidden: tuple[str, ...]
    in_person: int | None
    remote: int | None
    message: int | None
    cancelled_by_person: int | None
    did_not_attend: int | None
    arrived_too_late: int | None
    cancelled_by_us: int | None
    dna: int | None
    dna_of: int | None
    group_minutes: int | None
    indirect_minutes: int | None
    other_minutes: int | None
    admin_minutes: int | None
    signposted: int | None


class Complete(Answer, frozen=True, kw_only=True):
    """How far to trust the figures: a phone that was not in touch since the range ended may hold more entries."""

    phones: int
    in_touch_since_end: int
    quietest_since: datetime | None


class Volumes(Answer, frozen=True, kw_only=True):
    """How much was done from one day to another, both inclusive. `teams` are those that were counted, by name."""

    from_: date = field(name="from")
    to: date
    by: By
    split: Split
    as_of: datetime
    complete: Complete
    teams: dict[UUID, str]
    rows: tuple[VolumeRow, ...]
    totals: Totals


class Asked(Struct, frozen=True):
    """What somebody wants to know; the days are inclusive."""

    first: date
    last: date
    by: By
    split: Split


class Sums(Struct, frozen=True):
    """What was found in range and scope, true and unrounded.

    `cells` are sums for a day and a key of the split; a day may stand for its whole period, and a row may have many
    cells. `people` are distinct persons with an attended contact, for the first day of a period and a key: they cannot
    be added up, so they come counted. The totals are of everything, whatever the split.
    """

    cells: Iterable[tuple[date, str, Measures]]
    people: Mapping[tuple[date, str], int]
    total: Measures
    total_people: int
    teams: Mapping[UUID, str] = {}


def volumes(asked: Asked, sums: Sums, rule: Rule | None, complete: Complete, as_of: datetime) -> Volumes:
    """Put the answer together: rows by period and then by key. Without a rule the figures are the true ones.

    A period and key in which nothing was logged has no row. Refused when the range has problems.
    """
    today = as_of.astimezone(CIVIL).date()
    period_of = {period.start: period for period in periods(asked.first, asked.last, asked.by, today)}
    found: defaultdict[tuple[date, str], Measures] = defaultdict(Measures)
    for day, key, measures in sums.cells:
        found[period_start(day, asked.by), key] += measures
    rows = []
    for (start, key), measures in sorted(found.items(), key=lambda row: row[0]):
        if measures:
            figures, hidden = _figures(measures, sums.people.get((start, key), 0), rule)
            label, partial = period_of[start].label, period_of[start].partial
            rows.append(VolumeRow(period=start, label=label, partial=partial, key=key, hidden=hidden, **figures))
    figures, hidden = _figures(sums.total, sums.total_people, rule)
    return Volumes(
        from_=asked.first,
        to=asked.last,
        by=asked.by,
        split=asked.split,
        as_of=as_of,
        complete=complete,
        teams=dict(sums.teams),
        rows=tuple(rows),
        totals=Totals(hidden=hidden, **figures),
    )


def csv_text(answer: Volumes) -> str:
    """The rows as RFC 4180 text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(csv_rows(answer))
    return text.getvalue()


def csv_rows(answer: Volumes) -> Iterator[list[str]]:
    """The header, then one line for each row; a hidden figure is `*`. A line of totals would be added up twice."""
    yield list(_COLUMNS)
    for row in answer.rows:
        yield [_csv_cell(getattr(row, name)) for name in _COLUMNS]


_COLUMNS = tuple(name for name in VolumeRow.__struct_fields__ if name != "hidden")


def _figures(measures: Measures, people: int, rule: Rule | None) -> tuple[dict[str, int | None], tuple[str, ...]]:
    true = structs.asdict(measures) | {"people": people}
    ordered = {name: true[name] for name in Totals.__struct_fields__ if name != "hidden"}
    return hide(ordered, rule) if rule else (dict(ordered), ())


def _csv_cell(value: date | str | bool | int | None) -> str:
    if value is None:
        return "*"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _inert(value)
    return str(value)


def _inert(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front, which makes it plain text."""
    return f"'{text}" if text.strip().startswith(_FORMULA) or text.startswith(_CONTROL) else text


# The full-width signs work as formulas where the spreadsheet's language is Japanese or Chinese.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = ("\t", "\r", "\n", "\0")
