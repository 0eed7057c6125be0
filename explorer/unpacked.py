"""Where does the program stand if it was handed out as a wheel that nobody has installed (`spark-submit --py-files`)?

Python imports modules from an archive, but files beside them (profiles, words, kernels) are opened by their paths. So
such a wheel is unpacked once for each user of a machine, into a private folder, and everything is read from there.
"""

import hashlib
import os
import stat
import tempfile
import zipfile
from pathlib import Path

_OURS = "explorer/"


def unpacked(package: str) -> str:
    """Where the package of an archive stands as files; `package` is its place in the archive: `…/x.whl/explorer`."""
    wheel = Path(package).parent
    user = os.getuid() if hasattr(os, "getuid") else ""
    name = f"history-explorer-{user}-{hashlib.blake2b(wheel.read_bytes(), digest_size=8).hexdigest()}"
    place = Path(tempfile.gettempdir(), name)
    if not _is_private(place):
        made = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(made, [each for each in archive.namelist() if each.startswith(_OURS)])
        try:
            made.rename(place)  # of several processes that begin together one is first
        except OSError:
            place = place if _is_private(place) else made
    return str(place / Path(package).name)


def _is_private(place: Path) -> bool:
    try:
        status = place.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return stat.S_ISDIR(status.st_mode) and mine and not status.st_mode & 0o077
