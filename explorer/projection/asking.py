"""What does a read model compute of values that differ from event to event, and which answers must it be told?

An event of stand-ins tells of many events at once (see `StandIn`). What an expression makes of a stand-in is a
`Computed`, whose value in each event is found later, over columns. Where the read model has to know, because a
condition holds in some events and not in others, it *decides*: it is asked anew for the events of each answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

from explorer.eventlog.event import StandIn, Varies, Varying

type Operation = Literal[
    "plus", "minus", "times", "quotient", "remainder", "negative", "number", "absolute", "rounded", "tried",
    "hourly", "instant", "order", "among", "truth", "nothing",
]  # fmt: skip
type Key = tuple[Any, ...]  # the same for stand-ins that have the same value in every event


class Computed(StandIn, frozen=True):
    """Stands for what a pure function makes of values of which some differ from event to event.

    Attributes:
        function: Takes the arguments' values in one event; whatever it raises, that event is read by itself.
        arguments: Stand-ins and values.
        key: See `key_of`.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    key: Key


class Deferred(StandIn, frozen=True):
    """Stands for an operand that is asked for by itself, so that what it depends on divides no other operand.

    Attributes:
        ask: Gives the operand, perhaps a stand-in; None where there is none.
    """

    ask: Callable[[], Any]


class Undecided(Exception):  # noqa: N818 - no failure: it is asked again for each answer
    """An answer is needed that differs from event to event.

    Attributes:
        question: Has the values True, False and None (NULL).
    """

    def __init__(self, question: Computed) -> None:
        super().__init__("the answer differs from event to event")
        self.question = question


class Asking:
    """One time that something is asked of an event of stand-ins.

    Attributes:
        answers: What is known of the events that it is asked for, by the questions' keys.
        made: Everything that was computed, by key: an event in which one of them fails is read by itself.
    """

    def __init__(self, answers: Mapping[Key, bool | None]) -> None:
        self.answers = answers
        self.made: dict[Key, Computed | Varying] = {}


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asked(answers: Mapping[Key, bool | None]) -> Iterator[Asking]:
    """Within, stand-ins can be computed with, and questions have these answers or raise `Undecided`."""
    asking = Asking(answers)
    token = _asking.set(asking)
    try:
        yield asking
    finally:
        _asking.reset(token)


def of_many() -> bool:
    """Whether it is many events at once of which something is asked."""
    return _asking.get() is not None


def key_of(value: object) -> Key:
    """What two stand-ins, or values, have in common if they are the same in every event.

    Raises:
        Varies: Nothing can be computed of such a value.
    """
    if isinstance(value, Computed):
        return value.key
    if isinstance(value, Varying):
        return "at", value.blank, value.kind, value.sign
    if isinstance(value, (StandIn, dict, list)):
        raise Varies("what is in it differs from event to event")
    return type(value).__name__, str(value)


def computed(function: Callable[..., Any], *arguments: object) -> Computed:
    """What `function` makes of `arguments` in each event.

    Raises:
        Varies: Nobody can compute that.
    """
    asking = _asking.get()
    if asking is None:
        raise Varies("what is asked of this value differs from event to event")
    found = Computed(function, arguments, (function, *map(key_of, arguments)))
    asking.made.setdefault(found.key, found)
    return found


def applied(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - as the function says
    """`function(*arguments)`, which is computed for each event if it looks into a stand-in."""
    try:
        return function(*arguments)
    except Varies:
        return computed(function, *arguments)


def as_number(value: Varying, sign: int = 1) -> Varying:
    """The same value as a number; an event in which it states none is read by itself."""
    found = value.taken_as("number", sign)
    asking = _asking.get()
    if asking is not None:
        asking.made.setdefault(key_of(found), found)
    return found


def decided(function: Callable[..., bool | None], *arguments: object) -> bool | None:
    """What `function` says of these arguments in all events that are asked for.

    Raises:
        Undecided: That differs.
        Varies: Nobody can tell.
    """
    question = computed(function, *arguments)
    asking = _asking.get()
    assert asking is not None
    if question.key in asking.answers:
        return asking.answers[question.key]
    raise Undecided(question)


def operation[F](name: Operation) -> Callable[[F], F]:
    """Say of a function what it does, for who can do that to whole columns at once."""

    def named(function: F) -> F:
        function.operation = name  # type: ignore[attr-defined]
        return function

    return named


@operation("nothing")
def is_nothing(value: object) -> bool:
    """Whether a value is NULL."""
    return value is None


def nothing(value: object) -> bool:
    """Whether a value, or what a stand-in stands for, is NULL.

    Raises:
        Undecided: In some events.
    """
    if isinstance(value, Computed):
        return bool(decided(is_nothing, value))
    return value is None
