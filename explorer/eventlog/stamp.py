"""What was the file of a log like when it was opened, so that it is known again, and on which machine does it lie?"""

import hashlib
import os
import time
from pathlib import Path

import msgspec

_ENDS_BYTES = 1 << 16


class Stamp(msgspec.Struct, frozen=True):
    """One file at one moment.

    Attributes:
        size_bytes, device, inode: As the system says.
        times: Of the last change of its content, and of anything about it, in ns.
        ends: A hash of its first and last bytes.
        seen_ns: When it was looked at, by the clock of this machine.
        plain: Whether its bytes are those of the log: it is neither packed nor a database.
    """

    size_bytes: int
    device: int
    inode: int
    times: tuple[int, int]
    ends: str
    plain: bool = True
    seen_ns: int = 0

    @classmethod
    def of(cls, file: int) -> "Stamp":
        """The stamp of an open file."""
        seen_ns, status = cls.now_ns(), os.fstat(file)
        times = status.st_mtime_ns, status.st_ctime_ns
        ends = _ends(file, status.st_size)
        return cls(status.st_size, status.st_dev, status.st_ino, times, ends, seen_ns=seen_ns)

    @staticmethod
    def now_ns() -> int:
        """The time by that clock."""
        return time.time_ns()

    def read_as(self, other_bytes: bool) -> "Stamp":
        """The same for a log whose bytes are others than those of its file."""
        return msgspec.structs.replace(self, plain=not other_bytes)

    def same_ends(self, file: int) -> bool:
        """Whether a file that is as long or longer begins as this one was, as far as that is looked at."""
        return _ends(file, self.size_bytes) == self.ends

    def same_file(self, other: "Stamp | os.stat_result") -> bool:
        """Whether it is the same file, whatever is in it now."""
        if isinstance(other, Stamp):
            return (other.device, other.inode) == (self.device, self.inode)
        return (other.st_dev, other.st_ino) == (self.device, self.inode)


def _ends(file: int, size_bytes: int) -> str:
    digest = hashlib.blake2b(digest_size=16)
    digest.update(os.pread(file, min(_ENDS_BYTES, size_bytes), 0))
    begin = max(0, size_bytes - _ENDS_BYTES)
    digest.update(os.pread(file, size_bytes - begin, begin))
    return digest.hexdigest()


# --- on which machine it lies ----------------------------------------------------------------------------
#
# Appending is one step for all writers of one machine only; NFS and SMB look for the end first and write then. The
# lock beside the log holds back those who take it. Linux tells what is mounted (proc(5), `/proc/pid/mountinfo`); on
# other systems nothing is known.

MOUNTS = Path("/proc/self/mountinfo")
KINDS = {"9p", "afs", "ceph", "cifs", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs"}


def network_kind(path: Path) -> str | None:
    """The kind of the network drive on which a file lies, or will lie; None if it is none, or not known."""
    try:
        device = (path if path.exists() else path.absolute().parent).stat().st_dev
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for mount in mounts:
        place, _, what = mount.partition(" - ")
        if place.split()[2:3] == [wanted]:
            kind = what.partition(" ")[0]
            return kind if kind in KINDS else None
    return None
