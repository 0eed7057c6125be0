"""Which messages of Qt tell nobody anything, so that silence stays a result?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

# What a platform without a screen says of each window that it is shown; nothing is missing in the picture.
SAYS_NOTHING = frozenset(
    {"This plugin does not support propagateSizeHints()", "This plugin does not support raise()"}
)


def says_something(text: str) -> bool:
    """Should a person see this message?"""
    return text.strip() not in SAYS_NOTHING


def pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Be Qt's message handler: what says something goes to standard error, as it would without one."""
    if says_something(text) and sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


@contextmanager
def quietly() -> Iterator[None]:
    """Leave out what says nothing."""
    before = qInstallMessageHandler(pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
