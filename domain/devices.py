"""What the server knows of a phone: what it has issued, what has arrived of that, and what may be lost.

A phone numbers its operations 1, 2, 3… and says with each push how many it has issued. A number that has not arrived is
still on the phone, or it is lost.
"""

from uuid import UUID

from domain.shape import Answer

# Enough to see a pattern; the count beside them is of all.
MOST_RANGES = 50


class DeviceState(Answer, frozen=True, kw_only=True):
    """A phone of a user. `received` is the number up to which everything has arrived; `missing` are the first ranges of
    numbers that have not (both ends are part of it), and `missing_count` is how many numbers that are in all.

    `pending` is how many of them are still on the phone, and the rest of them are `possibly_lost`.
    """

    id: UUID
    user_id: UUID
    name: str
    app: str
    created_at: int
    last_seen_at: int
    issued: int
    received: int
    missing: tuple[tuple[int, int], ...]
    missing_count: int
    pending: int
    oldest_pending_at: int | None
    possibly_lost: int
    signed_out: bool


def whereabouts(missing: int, said_pending: int) -> tuple[int, int]:
    """Of the numbers that have not arrived: how many are still on the phone, and how many may be lost.

    What the phone said is from before its last push; what has arrived with it is not pending any more.
    """
    pending = min(said_pending, missing)
    return pending, missing - pending
