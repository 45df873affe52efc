"""What a program asked of the system, in order, as strace saw it: writes and flushes of files, sends and receipts.

The order of the lines can be trusted where one thing waits for another: a traced thread stands still until strace has
written down that a call begins, and again when it has ended.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

_FILES = "openat,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync"
_NAMES = "rename,renameat,renameat2,unlink,unlinkat"
_SOCKETS = "sendto,sendmsg,recvfrom"
# More than one call ever carries, so that no data is cut short.
_LONGEST = 16 * 1024 * 1024

What = Literal["create", "write", "cut", "grow", "flush", "rename", "remove", "send", "receive"]


class Event(NamedTuple):
    """One call that was done: between which lines, to what file or socket, by whom, and with what."""

    what: What
    began: int
    ended: int
    where: str
    process: int
    data: bytes = b""
    number: int = 0
    """Where a write begins, or how long a file is from now."""
    to: str = ""


def tracer(file: Path) -> tuple[str, ...]:
    """The words that go before a command so that what it does is written into a file."""
    calls = f"trace={_FILES},{_NAMES},{_SOCKETS}"
    return (program(), "-f", "-y", "-xx", "-s", str(_LONGEST), "-e", calls, "-e", "signal=none", "-o", str(file))


def program() -> str:
    """strace, which has to be there and allowed: nothing is proved without it."""
    found = shutil.which("strace")
    assert found is not None, "Durability is proved with strace, and there is none. Debian: apt-get install strace"
    tried = subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, (
        "Durability is proved with strace, and this machine forbids it (in a container: --cap-add=SYS_PTRACE): "
        f"{tried.stderr}"
    )
    return found


def events(file: Path, folder: Path) -> list[Event]:
    """What happened to the files under a folder, which is where relative names start, and on every socket."""
    positions: dict[tuple[int, int], int] = {}
    found = [event for call in _calls(file) for event in _understood(call, str(folder), positions)]
    return sorted(found, key=lambda event: event.began)


class _Call(NamedTuple):
    began: int
    ended: int
    process: int
    name: str
    words: str
    returned: str


_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$")
_END = re.compile(r"(.*)\) += (-?\d+.*)$")
_UNFINISHED = " <unfinished ...>"
_FD = re.compile(r"(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


def _calls(file: Path) -> Iterator[_Call]:
    """Every call, put together where another thread came between its beginning and its end."""
    begun: dict[int, tuple[int, str]] = {}
    with file.open() as lines:
        for number, line in enumerate(lines):
            found = _LINE.match(line)
            if found is None:
                assert "ptrace" not in line, f"strace may not trace here: {line}"
                continue  # How a process ended.
            process, words = int(found[1]), found[4]
            began = number
            if found[2]:
                if process not in begun:
                    continue
                began, first = begun.pop(process)
                words = first + words
            if words.endswith(_UNFINISHED):
                begun[process] = (began, words.removesuffix(_UNFINISHED))
            elif end := _END.match(words):
                yield _Call(began, number, process, found[2] or found[3], end[1], end[2])
    # Begun, and the program ended: it may have happened or not.


def _understood(call: _Call, folder: str, positions: dict[tuple[int, int], int]) -> Iterator[Event]:
    result = int(re.match(r"-?\d+", call.returned)[0])  # type: ignore[index]
    if result < 0:
        return
    name, words = call.name, call.words
    span = (call.began, call.ended)
    if name in ("rename", "renameat", "renameat2", "unlink", "unlinkat"):
        paths = [_path(text, folder) for text in _texts(words)]
        if paths[0].startswith(folder):
            what: What = "rename" if len(paths) > 1 else "remove"
            yield Event(what, *span, paths[0], call.process, to=paths[-1])
        return
    if name == "openat":
        opened = _FD.match(call.returned)
        assert opened is not None
        positions[call.process, int(opened[1])] = 0
        path = _plain(opened[2])
        if "O_CREAT" in words and path.startswith(folder):
            yield Event("create", *span, path, call.process)
        if "O_TRUNC" in words and path.startswith(folder):
            yield Event("cut", *span, path, call.process)
        return
    target = _FD.match(words)
    if target is None:
        return  # Closed by another thread meanwhile, or a pipe without a name.
    where = _plain(target[2])
    if where.startswith("socket:") or "->" in where:
        if name == "recvfrom":
            yield Event("receive", *span, where, call.process, _data(words)[:result])
        elif name in ("sendto", "sendmsg", "write", "writev"):
            yield Event("send", *span, where, call.process, _data(words)[:result])
    elif where.startswith(folder):
        where = where.removesuffix(" (deleted)")
        last = int(words.rsplit(", ", 1)[-1], 0) if name in ("pwrite64", "pwritev", "ftruncate", "fallocate") else 0
        if name in ("fsync", "fdatasync"):
            yield Event("flush", *span, where, call.process)
        elif name == "ftruncate":
            yield Event("cut", *span, where, call.process, number=last)
        elif name == "fallocate":
            begins = int(words.rsplit(", ", 2)[-2], 0)
            yield Event("grow", *span, where, call.process, number=begins + last)
        elif name in ("pwrite64", "pwritev"):
            yield Event("write", *span, where, call.process, _data(words)[:result], last)
        elif name in ("write", "writev"):
            at = positions.get((call.process, int(target[1])), 0)
            positions[call.process, int(target[1])] = at + result
            yield Event("write", *span, where, call.process, _data(words)[:result], at)


def _texts(words: str) -> list[str]:
    return [_plain(found[1]) for found in _TEXT.finditer(words)]


def _data(words: str) -> bytes:
    """All the data of a call, which may be in several pieces."""
    pieces = []
    for found in _TEXT.finditer(words):
        assert not found[2], "strace cut a text short"
        pieces.append(bytes.fromhex(found[1].replace("\\x", "")))
    return b"".join(pieces)


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode() if text.startswith("\\x") else text


def _path(name: str, folder: str) -> str:
    return name if name.startswith("/") else f"{folder}/{name}"
