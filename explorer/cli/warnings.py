"""How does every output say what one should know before trusting it?"""

import sys
from collections.abc import Sequence

from explorer.cli.output import say
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.warnings import LogWarning


def told(*documents: Document, more: Sequence[LogWarning] = ()) -> dict[str, object]:
    """The members of a JSON answer: how much was not read, and each kind of warning; of several logs, whose it is.

    Args:
        documents: The logs.
        more: What is to be known beyond what is said of them.
    """
    named = len(documents) > 1
    return {
        "unread": sum(document.unread_count for document in documents),
        "warnings": [
            ({"log": document.name} if named else {}) | warning.told
            for document in documents
            for warning in document.warnings
        ]
        + [warning.told for warning in more],
    }


def end_with_warnings(written: str, *documents: Document, more: Sequence[LogWarning] = ()) -> None:
    """After a table its last lines; after anything that a program reads, lines on standard error; JSON has `told`."""
    if written == "json":
        return
    for document in documents:
        name = document.name if len(documents) > 1 or written != "table" else ""
        _end(written, name, document.warnings)
    _end(written, "", more)


def _end(written: str, name: str, warnings: Sequence[LogWarning]) -> None:
    for warning in warnings:
        text = f"{name}: {warning.text}" if name else warning.text
        if written == "table":
            print(visible(text, 2_000))
        else:
            sys.stdout.flush()
            say(text)
