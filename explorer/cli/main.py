"""Which command was asked for, and with what exit status does it end?"""

import sys
from collections.abc import Sequence

from explorer.cli import streams
from explorer.cli.output import FAILED, FINE, say
from explorer.cli.parsers import COMMANDS, command, command_parser, window_parser
from explorer.eventlog.errors import LogError


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
            status = command(words[0]).run(command_parser(words[0]).parse_args(words[1:]))
            sys.stdout.flush()
            return status
        from explorer.cli.window import show

        return show(window_parser().parse_args(words))
    except LogError as error:
        say(str(error))
        return FAILED
    except SystemExit:  # argparse has said something, perhaps on standard output
        sys.stdout.flush()
        raise
