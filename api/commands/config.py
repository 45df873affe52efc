"""`alongside config check`: every setting as the server would read it, and what is wrong with it."""

import os

import click
from dotenv import dotenv_values
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from api.commands.console import Failure, as_json, example, print_json, print_table
from api.settings import NAMES, Settings, SettingsRefused, for_serving, load


@click.command(epilog=example("alongside config check", "alongside config check --json"))
@as_json
def check(as_json: bool) -> None:
    """Show every setting, and what is wrong. Passwords are not shown. It ends with 1 where a server would not start."""
    from_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    rows = []
    for name in NAMES:
        source = "environment" if name in os.environ else ".env" if name in from_file else "default"
        value = os.environ.get(name, from_file.get(name, _default(name)))
        rows.append((name, without_password(value) if name == "ALONGSIDE_DATABASE_URL" else value, source))
    faults = _faults()
    if as_json:
        settings = [{"name": name, "value": value, "from": source} for name, value, source in rows]
        print_json({"settings": settings, "faults": faults})
    else:
        print_table(["Setting", "Value", "From"], rows)
    if faults:
        raise Failure("\n".join(faults))


_UNREADABLE = "*** (cannot be read as an address)"


def without_password(url: str) -> str:
    """An address of a database that may be shown. What cannot be read as one is not shown at all."""
    if not url:
        return ""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return _UNREADABLE
    if "@" in f"{parts.host}{parts.database}":
        # A password with an @ that was not written as %40: the rest of it stands where the host should be.
        return _UNREADABLE
    hidden = {name: "hidden" for name in parts.query if "password" in name.lower()}
    return parts.update_query_dict(hidden).render_as_string(hide_password=True)


def _default(name: str) -> str:
    value = getattr(Settings(), name.removeprefix("ALONGSIDE_").lower())
    return str(int(value) if isinstance(value, bool) else value)


def _faults() -> list[str]:
    try:
        for_serving(load())
    except SettingsRefused as refusal:
        return str(refusal).splitlines()
    return []
