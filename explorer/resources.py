"""Where do icons, sample logs and other files that come with the program live, and is a file one of them?"""

import contextlib
import os
from pathlib import Path

from explorer.language import spoken_language

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file that comes with the program, e.g. `resource("icons", "open.svg")`.

    An installed wheel carries `resources/` inside the package; a checkout has it beside the package.
    """
    inside = _PACKAGE / "_resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def spoken_resource(folder: str, name: str) -> Path:
    """A file of a folder in the language that is spoken now, if it comes in that, or else in English."""
    spoken = resource(folder) / spoken_language() / name
    return spoken if spoken.is_file() else resource(folder, name)


def is_shipped(path: str | os.PathLike[str]) -> bool:
    """Whether a file comes with the program, or would: nothing is ever written there.

    The file need not exist. It is known by what it is, not by its name: other spellings, symbolic and hard links, and
    the folder mounted elsewhere are the same.
    """
    root = resource()
    with contextlib.suppress(OSError, ValueError):
        ours, real = root.stat(), Path(os.path.realpath(path))
        for folder in (real, *real.parents):
            with contextlib.suppress(OSError):  # not there yet, or not to be looked into
                if os.path.samestat(folder.stat(), ours):
                    return True
        there = real.stat()
        if there.st_nlink > 1:
            return any(os.path.samestat(each.stat(), there) for each in root.rglob("*") if each.is_file())
    return False
