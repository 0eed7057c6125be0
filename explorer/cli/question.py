"""How does a command ask one log, what ends it, and what does it say that one should know before trusting it?"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from explorer.cli.arguments import open_options
from explorer.cli.output import FINE, FOUND, say
from explorer.eventlog.errors import LogError
from explorer.history.conditions import ConditionError
from explorer.history.kinds import EntityKinds, most_entities
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.places.points import PointError, as_of, at_position, just_before
from explorer.session.plaintext import visible
from explorer.session.warnings import LogWarning

TIMES = {"at": as_of, "before": just_before}  # what finds the position that each option names


def ask(arguments: argparse.Namespace, answer: Callable[[Document, argparse.Namespace], int]) -> int:
    """Open the log that `arguments` name and have it answered; returns the exit status, with `--strict`.

    Raises:
        LogError: It cannot be read, or what is asked does not fit it.
    """
    options = open_options(arguments)
    document = opened(arguments.log, options)
    try:
        with naming(arguments.log):
            if arguments.order is not None:
                document.set_order(arguments.order)
            _as_the_log_spells(document, arguments)
            doubted = [each for each in document.named_wrongly(document.read_model) if each.likely]
            for finding in doubted:
                where = f"{document.projection_name}, line {finding.line}, column {finding.column}"
                say(f"{where}: {finding.reason}")
            status = answer(document, arguments)
        sys.stdout.flush()  # the answer first: to keep a large index takes seconds
        document.keep(options)
        return FOUND if arguments.strict and status == FINE and (document.warnings or doubted) else status
    finally:
        document.close()


def opened(log: str, options: OpenOptions) -> Document:
    """A log that has what was said of it.

    Raises:
        LogError: It cannot be read, or has no entities of a kind for which a read model was named.
    """
    document = Document.open(log, replace(options, jumps=False))
    try:
        document.check_kinds()
    except LogError:
        document.close()
        raise
    return document


def no_field(name: str, known: Sequence[str]) -> str:
    """What is said of a field that the state does not have."""
    there = f"the fields are {', '.join(known)}" if known else "the state has none"
    return f"there is no field “{name}”: {there}"


@contextmanager
def naming(log: str) -> Iterator[None]:
    """Say of which log a point or a condition cannot be."""
    try:
        yield
    except (PointError, ConditionError) as error:
        raise LogError(Path(log).name, str(error)) from error


def point_named(arguments: argparse.Namespace) -> tuple[str, str] | None:
    """Which of `--at`, `--before` and `--position` is given, and its text.

    Raises:
        PointError: More than one is.
    """
    given = [
        (name, text) for name in (*TIMES, "position") if (text := getattr(arguments, name, None)) is not None
    ]
    if len(given) > 1:
        raise PointError("only one of --at, --before and --position can be given")
    return given[0] if given else None


def position_of(document: Document, arguments: argparse.Namespace) -> int:
    """Where `--at`, `--before` and `--position` point; the end without them.

    Raises:
        PointError: To nowhere, or more than one is given.
    """
    given = point_named(arguments)
    if given is None:
        return document.event_count
    name, text = given
    return TIMES.get(name, at_position)(document.history, text)


def kind_of(document: Document, arguments: argparse.Namespace) -> tuple[EntityKinds, str] | None:
    """Which kind `--kind` means, and the kinds that there are; None without it. Says which ids are those of several.

    Raises:
        PointError: There is no such kind, or the log tells none.
    """
    if arguments.kind is None:
        return None
    kinds = document.entity_kinds
    if kinds is None:
        most = most_entities(document.recorded)
        if document.log.fields.kind is not None and len(document.recorded.entities) > most:
            raise PointError(f"there are more than {most:,} entities, and of so many no kinds are told")
        raise PointError("nothing in this log tells the kinds of its entities")
    meant = kinds.meant(arguments.kind)
    if meant is None:
        raise PointError(f"there is no kind “{arguments.kind}”: the kinds are {', '.join(kinds.names)}")
    if kinds.mixed:
        some = ", ".join(kinds.mixed[:3]) + (", …" if len(kinds.mixed) > 3 else "")
        say(f"{document.name}: events say different kinds of {some}; they count as of none")
    return kinds, meant


def say_absent(documents: Sequence[Document], accounts: Sequence[str], types: Sequence[str] = ()) -> int:
    """Say which accounts and event types none of the logs has; the exit status for that."""
    nobody = [
        account for account in accounts if not any(document.history.knows(account) for document in documents)
    ]
    names = [name for document in documents for name in document.history.events.type_names.values]
    nothing = [name for name in types if name not in names]
    logs = " and ".join(document.name for document in documents)
    said = [f"there is no {documents[0].noun} “{account}”" for account in nobody]
    for name in nothing:
        from difflib import get_close_matches  # only a wrong name needs it

        near = ", ".join(get_close_matches(name, names, 3))
        said.append(f"no event has the type “{name}”" + (f" (there is {near})" if near else ""))
    if said:
        say(f"{logs}: {'; '.join(said)}")
    return FOUND if nobody or nothing else FINE


def _as_the_log_spells(document: Document, arguments: argparse.Namespace) -> None:
    """Name each account as the log does: a UUID may be given with dashes or without, an id without its kind.

    Raises:
        PointError: Only one is asked for, and the name may mean several.
    """
    given = getattr(arguments, "account", None)
    if isinstance(given, str):
        meant = document.history.entities_meant(given) or [given]
        if len(meant) > 1:
            shown = ", ".join(meant[:5]) + (", …" if len(meant) > 5 else "")
            raise PointError(f"“{given}” may be {shown}: name one of them")
        arguments.account = meant[0]
    elif isinstance(given, list):
        arguments.account = [
            entity for each in given for entity in document.history.entities_meant(each) or [each]
        ]


# --- what every output says before it is trusted --------------------------------------------------------


def with_warnings(*documents: Document, more: Sequence[LogWarning] = ()) -> dict[str, object]:
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
    """After a table its last lines, after what a program reads lines on standard error; JSON has `with_warnings`."""
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
