"""What does one member of many records say, without making all the others of them?"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

type TextsOf = Callable[[Sequence[bytes]], list[str | None]]

_FAULTS = (msgspec.MsgspecError, AttributeError, UnicodeDecodeError, RecursionError)


def text_member(path: str | None) -> TextsOf | None:
    """A function that gives the texts at a dotted path of JSON objects that have been read before.

    Each is what `getter(path)` finds in the object; None says nothing: it may be no text, or stand elsewhere, and the
    object has to be read in full.

    Args:
        path: One or two names; None for others: there is no such function.
    """
    names = (path or "").split(".")
    if len(names) > 2 or not all(names):
        return None
    kind: Any = str
    for name in reversed(names):
        kind = msgspec.defstruct("Only", [("inner", kind, None)], rename={"inner": name})
    decode, deep = msgspec.json.Decoder(kind).decode, len(names) == 2

    def one(raw: bytes) -> str | None:
        try:
            inner: Any = decode(raw).inner
            text: str | None = inner.inner if deep else inner
        except _FAULTS:
            return None
        return text

    def texts(raws: Sequence[bytes]) -> list[str | None]:
        try:
            found: list[Any] = [decode(raw).inner for raw in raws]
            return [inner.inner for inner in found] if deep else found
        except _FAULTS:
            return [one(raw) for raw in raws]

    return texts
