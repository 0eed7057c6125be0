"""Does a log lie on a drive of another machine, where an append of somebody else's may come between?

Appending is one step for all writers of one machine only; NFS and SMB look for the end first and write then. The
lock beside the log holds back those who take it. Linux tells what is mounted (proc(5), `/proc/pid/mountinfo`); on
other systems nothing is known.
"""

import os
from pathlib import Path

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
