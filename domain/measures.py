"""Measures: what the service asks for that cannot be added up over days, each with its definition in plain words.

The figures come counted or as entries; what becomes of them is decided here and nowhere else. Small numbers are hidden
as in the volumes; a percentage is made from true numbers, and hidden where its numerator is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, field

from domain.community import Journeys
from domain.definitions import DEFINITIONS
from domain.discharges import Discharges
from domain.entry import Entry
from domain.kinds import AccompaniedAppointment
from domain.kinds.signposting import SignpostingOutcome
from domain.kinds.supervision import SupervisionKind
from domain.mhsds import attended
from domain.shape import Answer
from domain.small_numbers import Rule, shown
from domain.supervisions import Cadence
from domain.volume_rows import Complete
from domain.volumes import Measures

# Fewer workers than this, and who had supervision could be told from the figure.
FEWEST_WORKERS = 5
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class Measure(Answer, frozen=True, kw_only=True):
    """One figure: `count`, where it is a part of something `of` how many, and then the `percent`.

    `median` is given where days are measured; `count` says of how many. null is what there is not, or a small number:
    `hidden` names those.
    """

    name: str
    count: int | None
    of: int | None
    percent: int | None
    median: float | None
    hidden: tuple[str, ...]
    definition: str


class VolumeMeasures(Answer, frozen=True, kw_only=True):
    """The measures of one range, both days inclusive. `teams` are those that were counted, by name."""

    from_: date = field(name="from")
    to: date
    as_of: datetime
    complete: Complete
    teams: dict[UUID, str]
    measures: tuple[Measure, ...]


class People(Struct, frozen=True):
    """Distinct persons with an attended contact in the range: one at least, two, and their first ever."""

    met: int
    met_twice: int
    new: int


class Facts(Struct, frozen=True):
    """What was found in range and scope, true and unrounded."""

    total: Measures
    outcomes: Mapping[SignpostingOutcome, int]
    people: People
    accompanied: Sequence[Entry]
    discharges: Discharges
    journeys: Journeys
    entered_same_day: int
    cadence: Mapping[SupervisionKind, Cadence]


class Counted(Struct, frozen=True):
    """A figure before small numbers are hidden. `workers`: it is about so many workers, and hidden if they are few."""

    name: str
    count: int
    of: int | None = None
    median: float | None = None
    workers: int | None = None


def measures(facts: Facts, rule: Rule | None, own: bool) -> tuple[Measure, ...]:
    """Every measure in order. Without a rule the figures are true; `own` are a worker's, about nobody else."""
    return tuple(_told(counted, rule, own) for counted in _counted(facts))


def made_on(made_at: int, utc_offset_min: int) -> date:
    """The civil day of an instant that a phone names. Its clock may be anything, so the day stays in the calendar."""
    days = (made_at // 60_000 + utc_offset_min) // (24 * 60)
    return date.fromordinal(min(_EPOCH_DAY + days, date.max.toordinal()))


def _counted(facts: Facts) -> Iterator[Counted]:
    total, people, left = facts.total, facts.people, facts.discharges
    yield Counted("dna", total.dna, total.dna_of)
    yield Counted("people", people.met)
    yield Counted("people_met_twice", people.met_twice, people.met)
    yield Counted("new_people", people.new, people.met)
    yield Counted("met_before_leaving", left.met_before)
    yield Counted("met_before_and_after_leaving", left.met_after, left.met_before)
    yield Counted("followed_up_within_72h", left.followed_up, left.due)
    yield Counted("days_to_first_contact", len(left.days_to_first), median=left.median_days)
    yield from _accompanied([entry for entry in facts.accompanied if attended(entry)])
    yield Counted("community_people", facts.journeys.people)
    yield Counted("community_moved_on", facts.journeys.moved_on, facts.journeys.people)
    yield Counted("community_goes_alone", facts.journeys.alone, facts.journeys.people)
    for outcome, number in facts.outcomes.items():
        yield Counted(f"signposting_{outcome}", number, total.signposted)
    yield Counted("entered_same_day", facts.entered_same_day, total.entries)
    for kind, cadence in facts.cadence.items():
        yield Counted(f"months_with_{kind}", cadence.months_with, cadence.months_worked, workers=cadence.workers)


def _accompanied(entries: Sequence[Entry]) -> Iterator[Counted]:
    """An answer that was not given counts neither for nor against."""
    details = [entry.details for entry in entries if isinstance(entry.details, AccompaniedAppointment)]
    prepared = [one.prep_done for one in details if one.prep_done is not None]
    said = [one.said_what_they_wanted for one in details if one.said_what_they_wanted is not None]
    yield Counted("accompanied", len(details))
    yield Counted("accompanied_prepared", sum(answer != "none" for answer in prepared), len(prepared))
    yield Counted("accompanied_said_what_they_wanted", sum(answer == "yes" for answer in said), len(said))


def _told(counted: Counted, rule: Rule | None, own: bool) -> Measure:
    percent = (200 * counted.count + counted.of) // (2 * counted.of) if counted.of else None
    true = {"count": counted.count, "of": counted.of, "percent": percent, "median": counted.median}
    few = counted.workers is not None and counted.workers < FEWEST_WORKERS and not own
    seen = dict(true)
    if rule is not None:
        seen["count"] = shown(counted.count, rule)
        seen["of"] = None if counted.of is None else shown(counted.of, rule)
    if few:
        seen["count"] = seen["of"] = None
    if seen["count"] is None:
        seen["percent"] = seen["median"] = None
    hidden = tuple(name for name, value in true.items() if value is not None and seen[name] is None)
    return Measure(name=counted.name, hidden=hidden, definition=DEFINITIONS[counted.name], **seen)  # type: ignore[arg-type]
