"""Which command was asked for, how does the window start without one, and with what exit status does it end?"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from explorer.cli import addresses, streams
from explorer.cli.arguments import open_options
from explorer.cli.output import FAILED, FINE, say
from explorer.cli.parsers import COMMANDS, command, command_parser, window_parser
from explorer.eventlog.errors import LogError

if TYPE_CHECKING:
    from explorer.history.history import Order


def show(arguments: argparse.Namespace) -> int:
    """Open the window; returns when it is closed."""
    if _no_display():
        say("there is no display to open a window on; the commands (see --help) work without one")
        return FAILED
    gc.disable()  # `garbage.go_on` allows it again: until the window is there, next to nothing becomes garbage
    options = cache(lambda: open_options(arguments))
    sources: dict[str, str] = {}
    if arguments.log is not None or arguments.projection or arguments.upcast:
        options()  # what is wrong with it is said before there is a window
        from explorer.session.recipes import sources_of

        sources = sources_of(arguments.projection)
    from explorer.desktop.app import run

    # a position is one of the log's own order, unless another one is said
    order: Order | None = arguments.order or (None if arguments.position is None else "log")
    return run(arguments.log, options, arguments.position, order, sources)


def _no_display() -> bool:
    """True on a system with X or Wayland where neither is there."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    streams.open_closed()
    addresses.hide_passwords(words)
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
            arguments = command_parser(words[0]).parse_args(words[1:])
            addresses.settle(arguments)
            asked = command(words[0])
            if not gc.isenabled():  # all is imported: nobody need look through that again and again
                gc.freeze()
                gc.enable()
            status = addresses.asking(lambda: asked.run(arguments))
            sys.stdout.flush()
            return status
        arguments = window_parser().parse_args(words)
        addresses.settle(arguments)
        return show(arguments)
    except LogError as error:
        say(str(error))
        return FAILED
    except SystemExit:  # argparse has said something, perhaps on standard output
        sys.stdout.flush()
        raise
