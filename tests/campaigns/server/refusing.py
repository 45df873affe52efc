"""A disk that takes no more, for processes that run: the kernel lets no file grow, or the tracer refuses their writes.

Both always work, where a small file system of one's own needs rights that a build machine does not give. The first is
EFBIG and holds for every file of the process, its log too; the second is ENOSPC, for the files that are named.
"""

import os
import resource
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaigns.server import trace
from tests.campaigns.server.phones import PATIENCE


@contextmanager
def no_growth(processes: Collection[int]) -> Iterator[None]:
    """No file is written beyond its first byte."""
    before = {one: resource.prlimit(one, resource.RLIMIT_FSIZE) for one in processes}
    for one, (_, most) in before.items():
        resource.prlimit(one, resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        for one, limits in before.items():
            resource.prlimit(one, resource.RLIMIT_FSIZE, limits)


@contextmanager
def no_space(processes: Collection[int], files: Collection[Path] = ()) -> Iterator[None]:
    """No write to a place in a file succeeds, nor does any file grow: in these files, or in all."""
    words = [trace.program(), "-f", "-o", os.devnull, "-e", "signal=none"]
    words += ["-e", "trace=pwrite64,pwritev,fallocate", "-e", "inject=pwrite64,pwritev,fallocate:error=ENOSPC"]
    words += [word for file in files for word in ("-P", str(file))]
    words += [word for one in processes for word in ("-p", str(one))]
    refusing = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + PATIENCE
        while not all(_is_traced(one) for one in processes):
            assert refusing.poll() is None, f"strace cannot attach: {refusing.communicate()[1]}"
            assert time.monotonic() < until, "strace does not attach"
            time.sleep(0.01)
        yield
    finally:
        refusing.terminate()
        refusing.communicate(timeout=PATIENCE)


def _is_traced(process: int) -> bool:
    """Whether every thread of it is. One that has ended needs no tracer."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        return all("TracerPid:\t0\n" not in (thread / "status").read_text() for thread in threads)
    except (FileNotFoundError, ProcessLookupError):
        return True
