"""Finds the browsers that tests drive, or installs Debian's."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools.environment import run, step


class Browser(NamedTuple):
    """What its tests are told it by, what Debian calls it, and where it is once it is there."""

    name: str
    variable: str
    packages: tuple[str, ...]
    look: Callable[[], str | None]


def find(*wanted: Browser) -> dict[str, str] | None:
    """Their paths, by variable; None, after saying what to do, when one is missing and cannot be installed."""
    missing = [browser for browser in wanted if _path(browser) is None]
    packages = [package for browser in missing for package in browser.packages]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        with step(" and ".join(browser.name for browser in missing)):
            run("apt-get", "update", "-qq")
            run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
    found = {browser.variable: path for browser in wanted if (path := _path(browser))}
    if len(found) == len(wanted):
        return found
    for browser in missing:
        print(
            f"These tests need {browser.name}. Install it (Debian: sudo apt-get install {' '.join(browser.packages)})"
        )
        if browser is CHROMIUM:
            print("or name one that you have: ALONGSIDE_CHROMIUM=/path/to/chromium make test")
    return None


def _path(browser: Browser) -> str | None:
    return os.environ.get(browser.variable) or browser.look()


def _webkit() -> str | None:
    """The small browser of WebKitGTK lies beside its library; what drives it and its screen are on the path."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        return None
    browsers = sorted(Path("/usr").glob("lib*/*/webkit2gtk-4.*/MiniBrowser"))
    return str(browsers[-1]) if browsers else None


CHROMIUM = Browser("Chromium", "ALONGSIDE_CHROMIUM", ("chromium", "fonts-liberation"), lambda: shutil.which("chromium"))
FIREFOX = Browser(
    "Firefox", "ALONGSIDE_FIREFOX", ("firefox-esr",), lambda: shutil.which("firefox-esr") or shutil.which("firefox")
)
WEBKIT = Browser("WebKitGTK", "ALONGSIDE_WEBKIT", ("webkit2gtk-driver", "xvfb"), _webkit)
