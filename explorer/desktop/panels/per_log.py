"""What does the program remember about one log, such as its checks and what is watched in it?"""

import hashlib
import os

from explorer.desktop.settings import Settings
from explorer.session.document import Document
from explorer.session.files.scratch import origin

MOST_CHARS = 100_000  # of one thing about one log


class PerLog:
    """Texts kept for each log by the path of its file (of a copy: of the original); of what is no file, nothing."""

    def __init__(self, settings: Settings) -> None:
        self._store = settings.store

    def get(self, document: Document, what: str) -> str:
        """What was kept; empty if nothing was."""
        return "" if document.path is None else self.of_path(document.path, what)

    def of_path(self, path: str, what: str) -> str:
        """What was kept about the log in a file; empty if nothing was."""
        value = self._store.value(_key(path, what), "", str)
        return value if isinstance(value, str) else ""

    def put(self, document: Document, what: str, text: str) -> bool:
        """Keep `text`; empty: forget it. False if it is too long, or the log is no file: nothing has changed."""
        if document.path is None or len(text) > MOST_CHARS:
            return False
        key = _key(document.path, what)
        if text:
            self._store.setValue(key, text)
        else:
            self._store.remove(key)
        return True


def _key(path: str, what: str) -> str:
    # the path itself may hold characters that a key must not
    whole = os.path.abspath(origin(path))  # noqa: PTH100 - nothing is resolved: a link is another log
    return f"logs/{hashlib.sha256(whole.encode(errors='surrogateescape')).hexdigest()[:24]}/{what}"
