"""What the operator sets: `ALONGSIDE_*` variables, also from `.env`, read once into one frozen struct."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from dotenv import dotenv_values


class SettingsRefused(Exception):
    """A setting that cannot be used; the message names the variable and says what to do."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting, with its default. The variable is `ALONGSIDE_` and the name in capitals."""

    database_url: str = ""
    """Where the data is: empty for a SQLite file under the data folder, or postgresql://user:password@host/name."""
    data_dir: str = "./var"
    """Folder of the SQLite file and its lock."""
    origin: str = ""
    """The public address that browsers use, such as https://peers.example.org. It has to be https unless DEV is on."""
    dev: bool = False
    """Development on this computer: http is allowed, and so is `demo`. Never on a server that others can reach."""
    password_memory_kib: int = 19_456
    """Memory of one argon2id hash. Lower only for tests; raise on a server with memory to spare."""
    log_level: str = "info"
    """debug, info, warning or error."""
    trusted_proxies: str = ""
    """Addresses of reverse proxies, separated by commas, whose X-Forwarded-For names the caller for throttling."""

    @property
    def url(self) -> str:
        """The database as a SQLAlchemy URL."""
        if not self.database_url:
            return f"sqlite:///{Path(self.data_dir, 'alongside.sqlite3')}"
        return self.database_url.replace("postgres://", "postgresql://", 1)

    @property
    def secure(self) -> bool:
        """Whether browsers reach the server over https."""
        return self.origin.startswith("https://")

    @property
    def cookie(self) -> str:
        """The name of the session cookie. The prefix makes browsers insist on https, the host and the root path."""
        return "__Host-sid" if self.secure else "sid"


NAMES = tuple(f"ALONGSIDE_{name.upper()}" for name in Settings.__struct_fields__)


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Reads and checks the settings. Raises SettingsRefused with every fault found, one line each."""
    if environment is None:
        stored = {name: value for name, value in dotenv_values(".env").items() if value is not None}
        environment = {**stored, **os.environ}
    given = {name: value for name, value in environment.items() if name.startswith("ALONGSIDE_")}
    faults = [f"{name}: there is no such setting." for name in given if name not in NAMES and name not in _TOOLS]
    fields = {name.removeprefix("ALONGSIDE_").lower(): value for name, value in given.items() if name in NAMES}
    if fields.get("dev", "0") not in ("0", "1"):
        faults.append("ALONGSIDE_DEV: has to be 0 or 1.")
    try:
        settings = msgspec.convert(fields | {"dev": fields.get("dev") == "1"}, Settings, strict=False)
    except msgspec.ValidationError:
        raise SettingsRefused(
            "\n".join([*faults, "ALONGSIDE_PASSWORD_MEMORY_KIB: has to be a whole number."])
        ) from None
    faults += _faults(settings)
    if faults:
        raise SettingsRefused("\n".join(faults))
    return settings


def for_serving(settings: Settings, port: int = 8000) -> Settings:
    """The same, fit to be served: a public https address, or this computer in development. Raises SettingsRefused."""
    if settings.dev and not settings.origin:
        return msgspec.structs.replace(settings, origin=f"http://localhost:{port}")
    if not settings.dev and not settings.secure:
        raise SettingsRefused(
            "ALONGSIDE_ORIGIN: has to be the https address of this service; only ALONGSIDE_DEV=1 allows http."
        )
    return settings


# Read by the build and test commands, not by the server.
_TOOLS = ("ALONGSIDE_CHROMIUM", "ALONGSIDE_FIREFOX", "ALONGSIDE_WEBKIT", "ALONGSIDE_CAMPAIGN_TABLE")


def _faults(settings: Settings) -> list[str]:
    faults = []
    origin = urlsplit(settings.origin)
    if settings.origin and (origin.scheme not in ("http", "https") or not origin.hostname or origin.path):
        faults.append("ALONGSIDE_ORIGIN: has to be an address without a path, such as https://peers.example.org.")
    if settings.database_url and not settings.url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        faults.append("ALONGSIDE_DATABASE_URL: has to start with sqlite:/// or postgresql://.")
    if settings.password_memory_kib < 64:
        faults.append("ALONGSIDE_PASSWORD_MEMORY_KIB: has to be 64 or more.")
    if settings.log_level not in ("debug", "info", "warning", "error"):
        faults.append("ALONGSIDE_LOG_LEVEL: has to be debug, info, warning or error.")
    return faults
