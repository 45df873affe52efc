"""A fault that is planted on purpose, against one rule: something has to catch it, or the rule is unproven.

The phones' are texts replaced in a copy of the source (plant.ts), the server's are functions replaced while it runs.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import msgspec

from tests.campaigns.simulator.simulation import Replaced

# Whose attribute, its name, and what stands there meanwhile.
Patch = tuple[Any, str, Any]


class Fault(msgspec.Struct, frozen=True):
    """What is broken, and the rule that forbids it.

    `test` names a directed test that sees it, for what no seed comes across; `unproven` says why nothing does.
    """

    name: str
    rule: str
    test: str = ""
    unproven: str = ""
    phone: tuple[Replaced, ...] = ()
    server: Callable[[], list[Patch]] | None = None


def on_phone(name: str, rule: str, *replaced: tuple[str, str, str], test: str = "", unproven: str = "") -> Fault:
    """A fault of the phone: in which file which text is replaced by which."""
    return Fault(name, rule, test, unproven, phone=tuple(Replaced(*one) for one in replaced))


@contextmanager
def broken(fault: Fault) -> Iterator[None]:
    """The server with this fault in it, if it is one of the server's. A name that is gone is an error."""
    with ExitStack() as stack:
        for owner, name, now in fault.server() if fault.server else []:
            stack.enter_context(patch.object(owner, name, now))
        yield
