"""Every command on one page, and what each way of failing looks like: one sentence, and a code for scripts."""

import os
from collections.abc import Sequence

import click
from sqlalchemy.exc import DBAPIError

from api.backup import Unsound
from api.commands import accounts, config, data, demo, devices, members, months, report, schema, serve, settings, users
from api.commands.console import Failure, example, say
from api.database import Busy
from api.schema import WrongSchema
from api.settings import SettingsRefused
from domain.problems import CODES, Refused

DONE, FAILED, WRONG_USAGE, BUSY = 0, 1, 2, 75


@click.group(epilog=example("alongside serve", "alongside serve --help"))
@click.version_option(package_name="alongside", message="%(version)s")
def alongside() -> None:
    """Alongside: peer support workers log what they did, teams and services see how much support was given.

    Settings are ALONGSIDE_ environment variables, also from a file .env; see alongside config check. A command ends
    with 0 when it is done, 1 when it failed, 2 when it was used wrongly, and 75 when something is busy or locked.
    """


@alongside.group(epilog=example('alongside service add --name "Moorland peer support" --admin ade.admin'))
def service() -> None:
    """Services: the organisations."""


@alongside.group(epilog=example('alongside team add --name "North community team"'))
def team() -> None:
    """Teams of a service."""


@alongside.group(epilog=example('alongside user add --login tom.analyst --name "Tom" --role analyst'))
def user() -> None:
    """Accounts."""


@alongside.group(epilog=example('alongside member end --login sam.worker --team "North community team"'))
def member() -> None:
    """Who works in which team."""


@alongside.group(epilog=example("alongside device list"))
def device() -> None:
    """Phones."""


@alongside.group(epilog=example('alongside month close --team "North community team" --month 2026-09'))
def month() -> None:
    """Months of a team, which are closed when their figures were reported."""


@alongside.group("report", epilog=example("alongside report contact-volumes --from 2026-10-01 --to 2026-12-31"))
def report_() -> None:
    """Figures to take away."""


@alongside.group("config", epilog=example("alongside config check"))
def config_() -> None:
    """Settings."""


COMMANDS: dict[click.Group, list[click.Command]] = {
    alongside: [
        *(serve.serve, schema.migrate_command, schema.openapi, demo.demo_command),
        *(data.verify, data.recount, data.backup_command, data.restore_command),
    ],
    service: [accounts.service_add, settings.settings],
    team: [accounts.team_add],
    user: [accounts.user_add, users.close, users.open_, users.code],
    member: [members.add, members.end],
    device: [devices.list_, devices.sign_out],
    month: [months.close, months.reopen],
    report_: [report.contact_volumes],
    config_: [config.check],
}
for group, commands in COMMANDS.items():
    for command in commands:
        group.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; answers the code to end with."""
    # What a command writes holds the work of a service: for the operator's account alone.
    os.umask(0o077)
    try:
        ended = alongside.main(arguments, prog_name="alongside", standalone_mode=False)
    except click.ClickException as refusal:
        refusal.show()
        return refusal.exit_code
    except click.Abort:
        say("Stopped.")
        return FAILED
    except Refused as refusal:
        for problem in refusal.problems:
            say(f"{problem.field or 'What you asked for'}: {CODES[problem.code]}")
        return WRONG_USAGE
    except Busy as busy:
        say(f"{' '.join(str(busy).split())} Try again when it is free.")
        return BUSY
    except (Failure, SettingsRefused, WrongSchema, Unsound) as refusal:
        say(str(refusal))
        return FAILED
    except DBAPIError as fault:
        say(f"The database cannot be used: {' '.join(str(fault.orig).split())}")
        return FAILED
    except OSError as fault:
        say(f"{fault.filename or 'The system'}: {fault.strerror}")
        return FAILED
    return ended if isinstance(ended, int) else DONE
