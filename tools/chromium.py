"""Finds Chromium for the browser journeys, or installs Debian's."""

import os
import shutil

from tools.environment import run, step

PACKAGES = ["chromium", "fonts-liberation"]


def find() -> str | None:
    """The program's path; None, after saying what to do, when there is none and it cannot be installed."""
    if found := os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium"):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        with step("Chromium"):
            run("apt-get", "update", "-qq")
            run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
        return shutil.which("chromium")
    print(
        f"The journeys need Chromium. Install it (Debian: sudo apt-get install {' '.join(PACKAGES)}),\n"
        "or name one that you have: ALONGSIDE_CHROMIUM=/path/to/chromium make test"
    )
    return None
