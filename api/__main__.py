"""`python -m api` is the same as `alongside`."""

import sys

from api.cli import main

if __name__ == "__main__":
    sys.exit(main())
