"""Which layouts of the panels have been given a name?"""

from typing import Annotated

import msgspec

from explorer.session.plaintext import visible

MOST = 50
MOST_NAME_CHARS = 60


class _Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_NAME_CHARS)]
    state: bytes


def clean_name(text: str) -> str:
    """The name as it is kept: on one line, with nothing hidden in it."""
    return visible(" ".join(text.split())[:MOST_NAME_CHARS])[:MOST_NAME_CHARS]


def read(text: str) -> dict[str, bytes]:
    """The layouts by name, in the order in which they were made; what makes no sense is none."""
    try:
        found = msgspec.json.decode(text.encode("utf-8", "replace"), type=list[_Layout])
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {each.name: each.state for each in found[:MOST]}


def written(layouts: dict[str, bytes]) -> str:
    """The same as text."""
    return msgspec.json.encode([_Layout(name, state) for name, state in layouts.items()]).decode()
