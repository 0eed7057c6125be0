"""Which values does a person watch, and what are they where one stands?"""

from collections.abc import Sequence

import msgspec

from explorer.history.columns import Column, named_column, value_in
from explorer.history.explain import difference, signed
from explorer.session.plaintext import visible
from explorer.session.stand import Stand
from explorer.session.state.state_view import value_text

MOST_WATCHES = 500


class Watch(msgspec.Struct, frozen=True):
    """One value: a column of one entity."""

    entity: str
    column: str


class Watched(msgspec.Struct, frozen=True):
    """A watched value at one position, as text.

    Attributes:
        watch: Which.
        before, now: What it was before the event, and what it is; alike if the event did not change it.
        step: By how much a number changed.
        there: Whether the entity exists.
    """

    watch: Watch
    before: str
    now: str
    step: str
    there: bool

    @property
    def changed(self) -> bool:
        """Whether the event at this position changed it."""
        return self.before != self.now


def watched_at(stand: Stand, watches: Sequence[Watch]) -> list[Watched]:
    """What each watch shows where a person stands."""
    if not watches:
        return []
    document, now, before = stand.document, stand.state, stand.before
    history = document.history
    found = []
    for watch in watches:
        column = named_column(watch.column, history.fields, document.noun)
        code = now.find(watch.entity)
        if column is None or column.field is None or code is None:
            found.append(Watched(watch, "", "", "", there=False))
            continue
        new = value_in(now, code, column)
        old = value_in(before, code, column) if before.find(watch.entity) is not None else None
        found.append(Watched(watch, value_text(old), value_text(new), _step(column, old, new), there=True))
    return found


def dumps(watches: Sequence[Watch]) -> str:
    """The watches as text to keep."""
    return msgspec.json.encode(list(watches)).decode() if watches else ""


def loads(text: str) -> list[Watch]:
    """The inverse of `written`; none for text that it is not."""
    try:
        return msgspec.json.decode(text, type=list[Watch])[:MOST_WATCHES]
    except (msgspec.MsgspecError, UnicodeError):
        return []


def _step(column: Column, old: object, new: object) -> str:
    if not column.adds or old == new:
        return ""
    if isinstance(old, dict) or isinstance(new, dict):
        sums = [value if isinstance(value, dict) else {} for value in (old, new)]
        steps = {key: difference(sums[0].get(key, 0), sums[1][key]) for key in sums[1]}
        return visible(", ".join(f"{signed(step)} {key}" for key, step in steps.items() if step))
    step = difference(0 if old is None else old, new)
    return "" if not step else visible(signed(step))
