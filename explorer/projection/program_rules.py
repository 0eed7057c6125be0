"""What do rules of a person's own say of a command: which events follow, or why none do?

`decide(command, state)`, as courses write it, returns events (`{"type": …, "data": …}`, one or a list) or raises the
reason why not. Some write `decide(state, command)`: the names of the parameters tell.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from explorer.patterns import lazy_pattern

_PARAMETERS = lazy_pattern(
    r"\bdecide\s*(?:[:=]\s*(?:async\s+)?(?:function\b[^(]*)?)?\(\s*([\w${][^,()]*),\s*([\w${][^,()]*)"
)
_REASONS = ("rejected", "error", "reason", "rejection")


class Decided(msgspec.Struct, frozen=True):
    """What was decided.

    Attributes:
        events: The type, data and metadata of each event that follows; none: nothing has to happen.
        rejected: Why nothing follows; empty if the command is accepted.
    """

    events: Sequence[tuple[str, dict[str, Any], dict[str, Any]]] = ()
    rejected: str = ""


def state_first(text: str) -> bool:
    """Whether `decide` takes the state before the command, by the names of its parameters."""
    found = _PARAMETERS.search(text)
    if found is None:
        return False
    first, second = (each.strip().lower() for each in found.groups())
    return second.startswith(("command", "cmd")) and not first.startswith(("command", "cmd"))


def decision_of(found: object) -> Decided:
    """What is meant by what `decide` returned, as JSON.

    Raises:
        TypeError: It is nothing that can be recorded.
    """
    if found is None:
        return Decided()
    if isinstance(found, Mapping) and "type" not in found:
        for name in _REASONS:
            if found.get(name):
                return Decided(rejected=str(found[name]))
        if isinstance(found.get("events"), list):
            found = found["events"]
    events = found if isinstance(found, list) else [found]
    return Decided([_event(each) for each in events])


def _event(found: object) -> tuple[str, dict[str, Any], dict[str, Any]]:
    if not isinstance(found, Mapping) or not isinstance(found.get("type"), str) or not found["type"]:
        raise TypeError("decide returns events: objects with a type, and data")
    data = found.get(
        "data", {name: value for name, value in found.items() if name not in {"type", "metadata"}}
    )
    metadata = found.get("metadata") or {}
    if not isinstance(data, Mapping) or not isinstance(metadata, Mapping):
        raise TypeError("the data of an event is an object")
    return found["type"], dict(data), dict(metadata)
