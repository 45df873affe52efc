"""The tools behind make. They use the standard library only: they run before anything is installed."""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(
        "Alongside needs Python 3.11, 3.12 or 3.13; this is {}.{}.\n"
        "Choose another with: make PYTHON=python3.12 ...".format(*sys.version_info[:2])
    )
