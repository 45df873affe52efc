"""What is missing from a phone is still on it, or may be lost."""

import pytest

from domain.devices import whereabouts


@pytest.mark.parametrize(
    ("missing", "said_pending", "pending", "possibly_lost"),
    [(0, 0, 0, 0), (3, 3, 3, 0), (5, 3, 3, 2), (4, 0, 0, 4), (1, 3, 1, 0), (0, 2, 0, 0)],
)
def test_what_is_missing_is_on_the_phone_as_far_as_it_said_so(
    missing: int, said_pending: int, pending: int, possibly_lost: int
) -> None:
    assert whereabouts(missing, said_pending) == (pending, possibly_lost)
