"""Which entity does a word on the command line name, if a log spells it otherwise?"""

import argparse
import uuid

from explorer.session.document import Document


def as_the_log_spells(document: Document, arguments: argparse.Namespace) -> None:
    """Name each account as the log does: a UUID may be given with dashes or without."""
    given = getattr(arguments, "account", None)
    if isinstance(given, str):
        arguments.account = _spelled(document, given)
    elif isinstance(given, list):
        arguments.account = [_spelled(document, each) for each in given]


def _spelled(document: Document, name: str) -> str:
    known = document.history.entities
    if known.find(name) is not None or len(name) not in {32, 36}:
        return name
    try:
        meant = uuid.UUID(name)
    except ValueError:
        return name
    spellings = (str(meant), meant.hex, str(meant).upper(), meant.hex.upper())
    return next((each for each in spellings if known.find(each) is not None), name)
