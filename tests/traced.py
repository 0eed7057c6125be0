"""What does a process write, make or delete, as the system sees it (strace)?"""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

STRACE = shutil.which("strace")
NEEDS_STRACE = pytest.mark.skipif(STRACE is None, reason="strace is not installed")
_CHANGING = (
    "open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,"
    "truncate,chmod,fchmodat,utimensat,write,pwrite64,writev,pwritev,ftruncate,fallocate"
)
_TO_NO_FILE = re.compile(
    r" \w*(write|writev|pwrite64|pwritev)\([0-9]+<(?!/(?!dev/))"
)  # a socket, a pipe, a terminal


def traced(trace: Path, *command: str) -> Sequence[str]:
    """The command that runs another one and notes in a file what it changes."""
    return [str(STRACE), "-f", "-y", "-qq", "-e", f"trace={_CHANGING}", "-o", str(trace), *command]


def changed_outside(trace: Path, private: Path, said: str) -> list[str]:
    """The calls that changed anything outside of a folder; the test is skipped where strace may not look."""
    if not trace.exists() or not trace.stat().st_size:
        pytest.skip(f"strace may not look: {said[:200]}")
    return [
        line for line in trace.read_text(errors="replace").splitlines()
        if re.match(r"[0-9]+ +[a-z0-9]+\(", line)
        and " = -1 " not in line
        and (not re.search(r" (open|openat)\(", line) or re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", line))
        and str(private) not in line and '"/dev/' not in line
        and not _TO_NO_FILE.search(line)
        # below a folder of Python's own, by its descriptor
        and not re.search(rf"<[^>]*/{private.name}", line)
    ]  # fmt: skip
