"""Is this folder a history folder, which is opened as it stands, or one of parts of a log?"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
KIND = "history-explorer.history-folder"

_HEAD_BYTES = 256


def is_history_folder(path: Path) -> bool:
    """Whether a history folder stands there, of whatever make, whole or not: its manifest says so at its beginning."""
    try:
        with (path / MANIFEST).open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return False
    return f'"{KIND}"'.encode() in head


def told_in(text: bytes) -> Mapping[str, Any] | None:
    """What a manifest tells; None if it is no JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
