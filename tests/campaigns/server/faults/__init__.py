"""Faults that are planted on purpose: each module is the `alongside` command with one rule of the server broken.

The product has no switch for them. A name that is no longer there is an error.
"""

import sys
from typing import Any
from unittest.mock import patch

from api.cli import main

PACKAGE = __name__


def run_with(owner: Any, name: str, now: Any) -> None:
    """Runs the command while something else stands in place of an attribute; the server's workers inherit it."""
    with patch.object(owner, name, now):
        sys.exit(main(sys.argv[1:]))
