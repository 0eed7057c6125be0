"""What of a log's branches, and of a query written for it, is kept from one day to the next?"""

from typing import Annotated

import msgspec

from explorer.history.edits import Edit
from explorer.projection.model import Recipe

MOST_KEPT = 200  # branches; a person is offered fewer


class NamedBranch(msgspec.Struct, frozen=True, omit_defaults=True):
    """One branch: its name, and what is otherwise in it."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        if any(edit.position < 1 for edit in self.edits):
            raise ValueError("an edit stands before the beginning of the log")

    def with_edit(self, edit: Edit) -> "NamedBranch":
        """One edit more; of a skip and an edit for the same event, the new one counts."""
        kept = [
            each
            for each in self.edits
            if each.position != edit.position or "insert" in {each.kind, edit.kind}
        ]
        edits = tuple(sorted([*kept, edit], key=lambda each: each.position))
        return msgspec.structs.replace(self, edits=edits)

    def without(self, index: int) -> "NamedBranch":
        """One edit less."""
        return msgspec.structs.replace(self, edits=self.edits[:index] + self.edits[index + 1 :])


class KeptBranches(msgspec.Struct, frozen=True):
    """The branches of one log.

    Attributes:
        branches: All of them.
        current: Which is in front; -1: none.
        log: Which bytes the log had, for whoever asks whether they are still the same; empty if that is not known.
    """

    branches: tuple[NamedBranch, ...] = ()
    current: int = -1
    log: str = ""


class KeptQuery(msgspec.Struct, frozen=True):
    """What was written for a log in SQL.

    Attributes:
        written: As it was left in the editor.
        used: By which the log is read; None: by no query that was written in the window.
    """

    written: Recipe
    used: Recipe | None = None


def dumps(kept: KeptBranches) -> str:
    """Branches as JSON; "" for none."""
    return _text(kept) if kept.branches else ""


def loads(text: str) -> KeptBranches:
    """The inverse of `written`. What makes no sense is none: the text may come from another program."""
    try:
        found = msgspec.json.decode(text.encode(), type=KeptBranches) if text else KeptBranches()
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return KeptBranches()
    branches = found.branches[:MOST_KEPT]
    return KeptBranches(branches, min(max(found.current, -1), len(branches) - 1), found.log)


def query_written(kept: KeptQuery) -> str:
    """A query as JSON."""
    return _text(kept)


def query_read(text: str) -> KeptQuery | None:
    """The inverse; None for what is no query."""
    try:
        found = msgspec.json.decode(text.encode(), type=KeptQuery) if text else None
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    if found is None or found.written.language != "sql":
        return None
    return found if found.used is None or found.used.language == "sql" else KeptQuery(found.written)


def by_kind_written(recipe: Recipe) -> str:
    """The read models that kinds of entities have of their own, as JSON."""
    return _text(recipe.by_kind)


def by_kind_read(text: str) -> tuple[tuple[str, Recipe], ...]:
    """The inverse; nothing for what is none."""
    try:
        return msgspec.json.decode(text.encode(), type=tuple[tuple[str, Recipe], ...]) if text else ()
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return ()


def _text(kept: object) -> str:
    try:
        return msgspec.json.encode(kept).decode()
    except UnicodeEncodeError:
        return ""
