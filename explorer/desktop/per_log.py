"""What does the program remember about one log, such as its checks and what is watched in it?"""

import hashlib

from explorer.desktop.settings import Settings
from explorer.session.document import Document

MOST_CHARS = 100_000  # of one thing about one log


class PerLog:
    """Texts kept for each log by the path of its file; of a log that is no file, nothing is kept."""

    def __init__(self, settings: Settings) -> None:
        self._store = settings.store

    def get(self, document: Document, what: str) -> str:
        """What was kept; empty if nothing was."""
        key = _key(document, what)
        value = self._store.value(key, "", str) if key else ""
        return value if isinstance(value, str) else ""

    def put(self, document: Document, what: str, text: str) -> None:
        """Keep `text`; empty: forget it."""
        key = _key(document, what)
        if key and len(text) <= MOST_CHARS:
            if text:
                self._store.setValue(key, text)
            else:
                self._store.remove(key)


def _key(document: Document, what: str) -> str:
    if document.path is None:
        return ""
    # the path itself may hold characters that a key must not
    return f"logs/{hashlib.sha256(document.path.encode(errors='surrogateescape')).hexdigest()[:24]}/{what}"
