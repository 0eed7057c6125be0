"""Which command was asked for, and with what exit status does it end?"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.cli import streams
from explorer.cli.arguments import COMMANDS, command_parser, window_parser
from explorer.cli.output import say
from explorer.eventlog.errors import LogError

if TYPE_CHECKING:
    from explorer.eventlog.event import FieldMap
    from explorer.session.options import OpenOptions, Recipe

FINE, FOUND, FAILED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    streams.open_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a log may hold characters that the terminal's encoding lacks
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head` has seen enough
        streams.give_up_output()
        return FINE
    except OSError as error:
        if not streams.output_is_lost():
            raise  # it is about something else, and ours
        streams.give_up_output()
        then = "; look at the end of the log before you append again" if words[:1] == ["append"] else ""
        say(f"the answer could not be written: {streams.why(error)}{then}")
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    else:
        return status


def _run(words: Sequence[str]) -> int:
    try:
        if words and words[0] in COMMANDS:
            return _command(command_parser().parse_args(words))
        return _window(words)
    except SystemExit:  # argparse has said something, perhaps on standard output
        sys.stdout.flush()
        raise


def _window(words: Sequence[str]) -> int:
    from explorer.cli.window import show

    try:
        return show(window_parser().parse_args(words))
    except LogError as error:
        say(str(error))
        return FAILED


def _command(arguments: argparse.Namespace) -> int:
    if arguments.command == "generate":
        from explorer.cli.generate import generate

        return generate(arguments)
    if arguments.command == "cache":
        from explorer.cli.cache import cache

        return cache(arguments)
    from explorer.history.conditions import ConditionError
    from explorer.session.places.points import PointError

    try:
        if arguments.command == "screenshot":
            from explorer.cli.window import screenshot

            status = screenshot(arguments)
        elif arguments.command == "verify":
            from explorer.cli.verify import verify_log

            status = verify_log(arguments)
        elif arguments.command == "append":
            from explorer.cli.append import append

            status = append(arguments)
        else:
            status = _ask(arguments)
        sys.stdout.flush()
    except LogError as error:
        say(str(error))
        return FAILED
    except (PointError, ConditionError) as error:
        say(f"{Path(arguments.log).name}: {error}")
        return FAILED
    else:
        return status


def _ask(arguments: argparse.Namespace) -> int:
    from explorer.cli import answers
    from explorer.cli.diff import compare
    from explorer.cli.entity_names import as_the_log_spells
    from explorer.cli.events import events
    from explorer.cli.find import find
    from explorer.cli.what_if import what_if
    from explorer.session.document import Document

    ask = {
        "state": answers.state,
        "why": answers.why,
        "diff": compare,
        "events": events,
        "find": find,
        "what-if": what_if,
    }
    options = open_options(arguments)
    document = Document.open(arguments.log, options)
    try:
        document.set_order(arguments.order)
        as_the_log_spells(document, arguments)
        for finding in document.named_wrongly(document.read_model):
            if finding.likely:
                say(
                    f"{document.projection_name}, line {finding.line}, column {finding.column}: {finding.reason}"
                )
        status = ask[arguments.command](document, arguments)
        sys.stdout.flush()  # the answer first: to keep a large index takes seconds
        document.keep(options)
        return FOUND if arguments.strict and status == FINE and document.warnings else status
    finally:
        document.close()


def open_options(arguments: argparse.Namespace) -> "OpenOptions":
    """How the log is to be read."""
    from explorer.eventlog.read_as import ReadAs
    from explorer.session.options import AUTO, OpenOptions

    fields = given_fields(arguments)
    read_as = ReadAs(arguments.encoding, arguments.header, tuple(arguments.columns or ()))
    word, steps = getattr(arguments, "projection", "auto"), getattr(arguments, "upcast", None)
    chosen = AUTO if word == "auto" and not steps else _permitted(word, steps, trust=arguments.trust)
    return OpenOptions(fields, chosen, spool_dir(arguments), cache_dir(arguments), read_as)


def given_fields(arguments: argparse.Namespace) -> "FieldMap":
    """The fields that were named; an empty payload field is the record itself."""
    from explorer.eventlog.event import WHOLE_RECORD, FieldMap

    data = arguments.data_field
    return FieldMap(
        type=arguments.type_field or None,
        time=arguments.time_field or None,
        entity=arguments.entity_field or None,
        data=WHOLE_RECORD if data == "" else data,
    )


def _permitted(word: str, steps: str | None, *, trust: bool) -> "Recipe":
    """The read model that is named, with these upcasters, if what it runs may be run."""
    from explorer.session.recipes import recipe, upcasters
    from explorer.session.trust import Trust, programs_of

    chosen = recipe(word)
    if steps:
        import msgspec

        chosen = msgspec.structs.replace(chosen, upcasters=upcasters(steps))
    kept = Trust()
    if not kept.covers(chosen):
        if not trust:
            names = " and ".join(each.name for each in programs_of(chosen) if not kept.covers(each))
            raise LogError(names, "it is a program and runs with your rights: look at it, then say --trust")
        kept.give(chosen)
    return chosen


def spool_dir(arguments: argparse.Namespace) -> Path | None:
    """Where private working copies go; None = the system's temporary folder."""
    return Path(arguments.cache) if arguments.cache else None


def cache_dir(arguments: argparse.Namespace) -> Path | None:
    """Where finished indexes are kept; None = nowhere."""
    if getattr(arguments, "no_cache", False):
        return None
    import platformdirs

    return Path(arguments.cache) if arguments.cache else platformdirs.user_cache_path("history-explorer")
