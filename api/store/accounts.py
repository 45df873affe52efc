"""Services, teams, users, memberships and join codes."""

import secrets
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, bindparam, insert, select, update

from api.store.tables import join_code, member, service, team, user
from domain.access import Membership, Role
from domain.service import Service, ServiceSettings
from domain.settings import read_settings


def get_service(connection: Connection, service_id: UUID) -> Service:
    """The service with its settings."""
    row = connection.execute(select(service).where(service.c.service_id == service_id)).one()
    return Service(id=row.service_id, name=row.name, version=row.version, settings=read_settings(row.settings))


def epoch(connection: Connection, service_id: UUID) -> int:
    """The incarnation of the server's data, raised by a restore."""
    found: int = connection.execute(select(service.c.epoch).where(service.c.service_id == service_id)).scalar_one()
    return found


def service_ids(connection: Connection) -> list[UUID]:
    """Every service, oldest first."""
    return list(connection.execute(select(service.c.service_id).order_by(service.c.created_at)).scalars())


def add_service(connection: Connection, service_id: UUID, name: str, at: int) -> None:
    """A new service with the default settings."""
    settings = msgspec.json.encode(ServiceSettings()).decode()
    row = {
        "service_id": service_id,
        "name": name,
        "version": 1,
        "settings": settings,
        "epoch": 1,
        "key_secret": secrets.token_bytes(32),
        "created_at": at,
    }
    connection.execute(insert(service), row)


def add_team(connection: Connection, service_id: UUID, team_id: UUID, name: str) -> None:
    """A new team, whose changes are numbered from 1."""
    connection.execute(insert(team), {"service_id": service_id, "id": team_id, "name": name, "seq": 0})


def teams(connection: Connection, service_id: UUID) -> list[Row[Any]]:
    """The teams of a service by name: `id`, `name`, `seq`."""
    return list(connection.execute(select(team).where(team.c.service_id == service_id).order_by(team.c.name)))


def lock_teams(connection: Connection, service_id: UUID, team_ids: Collection[UUID]) -> dict[UUID, int]:
    """The last number of each team, held until COMMIT, so that numbers are given out in the order of commits."""
    statement = (
        select(team.c.id, team.c.seq)
        .where(team.c.service_id == service_id, team.c.id.in_(team_ids))
        .order_by(team.c.id)
        .with_for_update()
    )
    return {row.id: row.seq for row in connection.execute(statement)} if team_ids else {}


def set_seq(connection: Connection, service_id: UUID, numbers: dict[UUID, int]) -> None:
    """Writes the last number of each team."""
    if numbers:
        connection.execute(
            update(team)
            .where(team.c.service_id == service_id, team.c.id == bindparam("of"))
            .values(seq=bindparam("number")),
            [{"of": team_id, "number": number} for team_id, number in numbers.items()],
        )


def roles_in(
    connection: Connection, service_id: UUID, user_id: UUID, team_ids: Collection[UUID]
) -> tuple[dict[UUID, Role], frozenset[UUID]]:
    """The user's role in each of these teams now, and those of them that the user has left."""
    statement = select(member.c.team_id, member.c.role, member.c.to_at).where(
        member.c.service_id == service_id, member.c.user_id == user_id, member.c.team_id.in_(team_ids)
    )
    roles: dict[UUID, Role] = {}
    before = set()
    for row in connection.execute(statement):
        if row.to_at is not None:
            before.add(row.team_id)
        elif roles.get(row.team_id) != "lead":
            roles[row.team_id] = row.role
    return roles, frozenset(before - roles.keys())


def add_user(connection: Connection, service_id: UUID, user_id: UUID, login: str, name: str, at: int) -> None:
    """A new user, who cannot sign in until a join code is redeemed."""
    row = {
        "service_id": service_id,
        "id": user_id,
        "login": login,
        "name": name,
        "scope_version": 1,
        "created_at": at,
    }
    connection.execute(insert(user), row)


def add_member(
    connection: Connection, service_id: UUID, member_id: UUID, user_id: UUID, team_id: UUID | None, role: Role, at: int
) -> None:
    """A role from now on. The user's phones learn that their scope changed."""
    row = {
        "service_id": service_id,
        "id": member_id,
        "user_id": user_id,
        "team_id": team_id,
        "role": role,
        "from_at": at,
    }
    connection.execute(insert(member), row)
    _scope_changed(connection, service_id, user_id)


def end_member(connection: Connection, service_id: UUID, user_id: UUID, team_id: UUID, at: int) -> int:
    """Ends every role of a user in a team; the row stays, so that late work is kept for the lead. Answers how many."""
    ended = connection.execute(
        update(member)
        .where(
            member.c.service_id == service_id,
            member.c.user_id == user_id,
            member.c.team_id == team_id,
            member.c.to_at.is_(None),
        )
        .values(to_at=at)
    )
    _scope_changed(connection, service_id, user_id)
    return ended.rowcount


def find_user(connection: Connection, login: str) -> Row[Any] | None:
    """The user with this login, in whichever service."""
    return connection.execute(select(user).where(user.c.login == login)).one_or_none()


def lock_user(connection: Connection, login: str) -> Row[Any] | None:
    """The same, held until COMMIT, so that two changes of one account come one after the other. Pushes go on."""
    return connection.execute(select(user).where(user.c.login == login).with_for_update(key_share=True)).one_or_none()


def close_user(connection: Connection, service_id: UUID, user_id: UUID, at: int) -> None:
    """Keeps a user from signing in. A code that was not redeemed would outlive the closing, so it stops working too."""
    _set_disabled(connection, service_id, user_id, at)
    _end_join_codes(connection, service_id, user_id)


def open_user(connection: Connection, service_id: UUID, user_id: UUID) -> None:
    """Lets a user sign in again, with the passphrase of before."""
    _set_disabled(connection, service_id, user_id, None)


def set_password(connection: Connection, service_id: UUID, user_id: UUID, password_hash: str) -> None:
    """Gives a user a passphrase, hashed."""
    connection.execute(
        update(user).where(user.c.service_id == service_id, user.c.id == user_id).values(password_hash=password_hash)
    )


def memberships(connection: Connection, service_id: UUID, user_id: UUID) -> tuple[Membership, ...]:
    """The roles that a user holds now, by team name."""
    statement = (
        select(member.c.team_id, team.c.name, member.c.role)
        .outerjoin(team, (team.c.service_id == member.c.service_id) & (team.c.id == member.c.team_id))
        .where(member.c.service_id == service_id, member.c.user_id == user_id, member.c.to_at.is_(None))
        .order_by(team.c.name, member.c.role)
    )
    return tuple(Membership(team_id=row[0], team_name=row[1], role=row[2]) for row in connection.execute(statement))


def team_names(connection: Connection, service_id: UUID) -> dict[UUID, str]:
    """The name of each team of a service."""
    return {row.id: row.name for row in teams(connection, service_id)}


def users_of(connection: Connection, service_id: UUID, team_ids: Iterable[UUID]) -> set[UUID]:
    """Who logs in these teams now."""
    statement = select(member.c.user_id).where(
        member.c.service_id == service_id, member.c.team_id.in_(list(team_ids)), member.c.to_at.is_(None)
    )
    return set(connection.execute(statement).scalars())


def add_join_code(connection: Connection, service_id: UUID, code_hash: bytes, user_id: UUID, expires_at: int) -> None:
    """A code that works once; an older one of the same user stops working."""
    _end_join_codes(connection, service_id, user_id)
    row = {"service_id": service_id, "code_hash": code_hash, "user_id": user_id, "expires_at": expires_at}
    connection.execute(insert(join_code), row)


def use_join_code(connection: Connection, code_hash: bytes, login: str, at: int) -> Row[Any] | None:
    """The user whose unused code this is, if the login is theirs; the code is used up by it."""
    found = connection.execute(
        select(user)
        .join(join_code, (join_code.c.service_id == user.c.service_id) & (join_code.c.user_id == user.c.id))
        .where(
            join_code.c.code_hash == code_hash,
            join_code.c.used_at.is_(None),
            join_code.c.expires_at > at,
            user.c.login == login,
            user.c.disabled_at.is_(None),
        )
        .with_for_update(of=join_code)
    ).one_or_none()
    if found is not None:
        connection.execute(
            update(join_code)
            .where(join_code.c.service_id == found.service_id, join_code.c.code_hash == code_hash)
            .values(used_at=at)
        )
    return found


def _end_join_codes(connection: Connection, service_id: UUID, user_id: UUID) -> None:
    connection.execute(
        update(join_code)
        .where(join_code.c.service_id == service_id, join_code.c.user_id == user_id, join_code.c.used_at.is_(None))
        .values(used_at=0)
    )


def _set_disabled(connection: Connection, service_id: UUID, user_id: UUID, at: int | None) -> None:
    connection.execute(update(user).where(user.c.service_id == service_id, user.c.id == user_id).values(disabled_at=at))


def _scope_changed(connection: Connection, service_id: UUID, user_id: UUID) -> None:
    connection.execute(
        update(user)
        .where(user.c.service_id == service_id, user.c.id == user_id)
        .values(scope_version=user.c.scope_version + 1)
    )
