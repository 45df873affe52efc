"""What cannot be added up over days: read in sets from entries, for domain/measures.py to make figures of."""

from datetime import UTC, date, datetime
from typing import get_args
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, func, select

from api.store import accounts, entries, people, volumes
from api.store.tables import entry, operation, person
from domain.community import journeys
from domain.discharges import Contact, Discharges, discharges
from domain.disclosure import Scope
from domain.entry import Entry
from domain.kinds import Kind, SignpostingOutcome
from domain.measures import Facts, People, VolumeMeasures, measures
from domain.mhsds import LIVE
from domain.periods import EARLIEST, periods
from domain.service import CIVIL
from domain.supervisions import cadence
from domain.volume_rows import Asked
from domain.volumes import NOTHING, Measures


def read(connection: Connection, service_id: UUID, scope: Scope, first: date, last: date, at: int) -> VolumeMeasures:
    """Every measure of a range, as it stands at this instant. Refused when the range has problems."""
    as_of = datetime.fromtimestamp(at / 1000, UTC)
    settings = accounts.get_service(connection, service_id).settings
    facts = _facts(connection, service_id, scope, first, last, as_of.astimezone(CIVIL).date())
    rule = settings.small_numbers if scope.hides_small_numbers else None
    return VolumeMeasures(
        from_=first,
        to=last,
        as_of=as_of,
        complete=volumes.complete(connection, service_id, scope, last),
        teams=volumes.names_of(connection, service_id, scope),
        measures=measures(facts, rule, own=scope.author_id is not None),
    )


def _facts(connection: Connection, service_id: UUID, scope: Scope, first: date, last: date, today: date) -> Facts:
    total, by_outcome = _added_up(connection, service_id, scope, Asked(first, last, "quarter", "outcome"), today)
    merged = people.merged(connection, service_id)

    def of(start: date, end: date, kind: Kind) -> list[Entry]:
        found = entries.of_kind(connection, service_id, scope, kind, start, end)
        return [replace(one, person_id=merged[one.person_id]) if one.person_id in merged else one for one in found]

    return Facts(
        total=total,
        outcomes={outcome: by_outcome.get(outcome, NOTHING).signposted for outcome in get_args(SignpostingOutcome)},
        people=_people(connection, service_id, scope, first, last),
        accompanied=of(first, last, "accompanied_appointment"),
        discharges=_discharges(
            connection, service_id, scope, of(first, max(last, today), "discharge_support"), first, last, today
        ),
        journeys=journeys(of(EARLIEST, last, "community_access"), first),
        entered_same_day=_entered_same_day(connection, service_id, scope, first, last),
        cadence=cadence(
            _worked(connection, service_id, scope, first, last), of(first, last, "supervision"), first, last, today
        ),
    )


def _added_up(
    connection: Connection, service_id: UUID, scope: Scope, asked: Asked, today: date
) -> tuple[Measures, dict[str, Measures]]:
    """What the kept figures come to: in all, and by the keys of the split."""
    cut = periods(asked.first, asked.last, asked.by, today)
    whole, cells = volumes.kept(connection, service_id, scope, asked, cut)
    by_key: dict[str, Measures] = {}
    for _, key, found in cells:
        by_key[key] = by_key.get(key, NOTHING) + found
    return sum((found for _, _, found in whole), NOTHING), by_key


def _people(connection: Connection, service_id: UUID, scope: Scope, first: date, last: date) -> People:
    in_range = func.count().filter(entry.c.happened_on.between(first, last))
    contacts: volumes.Statement = select(func.min(entry.c.happened_on).label("since"), in_range.label("met"))
    contacts = volumes.attended(contacts.select_from(entry).outerjoin(person, volumes.KNOWN), service_id, scope)
    contacts = contacts.where(entry.c.person_id.is_not(None), entry.c.happened_on <= last)
    each = contacts.group_by(_who()).subquery()
    met = func.count().filter(each.c.met > 0)
    twice, new = func.count().filter(each.c.met > 1), func.count().filter(each.c.since >= first)
    return People(*connection.execute(select(met, twice, new)).one())


def _discharges(
    connection: Connection,
    service_id: UUID,
    scope: Scope,
    support: list[Entry],
    first: date,
    last: date,
    today: date,
) -> Discharges:
    who = _who()
    helped = select(who).select_from(entry).outerjoin(person, volumes.KNOWN)
    helped = volumes.scoped(helped, service_id, scope).where(
        entry.c.kind == "discharge_support", entry.c.happened_on >= first
    )
    live = select(who, entry.c.happened_on).distinct().select_from(entry).outerjoin(person, volumes.KNOWN)
    live = volumes.attended(live, service_id, scope).where(
        entry.c.mode.in_(sorted(LIVE)), entry.c.happened_on > first, who.in_(helped)
    )
    contacts: list[Contact] = [(who, day) for who, day in connection.execute(live)]
    return discharges(support, contacts, first, last, today)


def _entered_same_day(connection: Connection, service_id: UUID, scope: Scope, first: date, last: date) -> int:
    """A create that was refused and sent again, or accepted by a lead, was made when it was first made."""
    made_on = (
        select(func.min(operation.c.made_on))
        .where(
            operation.c.service_id == entry.c.service_id,
            operation.c.thing_id == entry.c.id,
            operation.c.action == "create",
        )
        .scalar_subquery()
    )
    statement = volumes.scoped(select(func.count()), service_id, scope)
    statement = statement.where(entry.c.happened_on.between(first, last), entry.c.happened_on == made_on)
    number: int = connection.execute(statement).scalar_one()
    return number


def _worked(connection: Connection, service_id: UUID, scope: Scope, first: date, last: date) -> list[tuple[UUID, date]]:
    """Who logged anything, on which day."""
    statement = volumes.scoped(select(entry.c.author_id, entry.c.happened_on).distinct(), service_id, scope)
    return [(who, day) for who, day in connection.execute(statement.where(entry.c.happened_on.between(first, last)))]


def _who() -> ColumnElement[UUID]:
    """The person of an entry; an alias is the one that it was merged into."""
    return func.coalesce(person.c.merged_into, entry.c.person_id)
