"""What a fault of the database means: of the moment or of the data, and whether it is gone in a moment."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


def passing(fault: DBAPIError) -> bool:
    """Whether the fault is of the moment (lock, disk, connection) and not of the data."""
    state = getattr(fault.orig, "sqlstate", None)
    if state is not None and not fault.connection_invalidated:
        return state in ("40001", "40P01") or state[:2] in ("08", "53", "57", "58") or stays(fault)
    return fault.connection_invalidated or isinstance(fault, OperationalError | InterfaceError)


def stays(fault: DBAPIError) -> bool:
    """Whether PostgreSQL would say the same in a moment: who asked has waited long enough for a lock or a statement,
    the disk is full, the server only reads, or it met what it did not expect, such as a file that may not grow."""
    state = getattr(fault.orig, "sqlstate", None) or ""
    return state in ("55P03", "57014", "53100", "25006") or state.startswith("XX")


def earliest(fault: DBAPIError) -> DBAPIError:
    """What went wrong first: SQLite ends the transaction by itself, and taking back the savepoint then fails too."""
    found, before = fault, fault.__context__
    while before is not None:
        if isinstance(before, DBAPIError):
            found = before
        before = before.__context__
    return found
