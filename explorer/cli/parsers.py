"""Which commands are there, and which words does each take?"""

import argparse
import importlib
import sys
from typing import NoReturn, Protocol, cast

from explorer.cli.arguments import add_order, add_reading, add_stand
from explorer.cli.output import FAILED, say

# What each is for, in the order of --help; the module is `explorer.cli.commands.NAME`
COMMANDS = {
    "state": "the state at a position or a time",
    "events": "the raw events",
    "why": "each event that set a value, with the arithmetic",
    "diff": "what changed between two points, or what differs between two logs",
    "find": "when a condition over the state held, such as balance < 0",
    "what-if": "the state if some events were skipped, edited or more; nothing is written",
    "verify": "what is wrong or odd about the log",
    "index": "a history folder: the finished history in files, which opens at once, anywhere, without the log",
    "append": "add one event at the log's end: the only command that writes to a log",
    "screenshot": "the window as a picture",
    "generate": "a made-up account log",
    "cache": "how large the kept indexes are; --clear deletes them",
}

_EPILOG = """\
commands (each with its own --help):
{commands}

Without a command the window opens. LOG may be - for standard input. A bare date means the end of that day (UTC).
exit status: 0 fine; 1 the answer is no, or something was found; 2 the request could not be carried out"""


class CommandModule(Protocol):
    """What the module of a command has."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the words that it takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; returns the exit status."""


def command(name: str) -> CommandModule:
    """The module of a command; only the one that is asked for is read."""
    module = importlib.import_module(f"explorer.cli.commands.{name.replace('-', '_')}")
    return cast("CommandModule", module)


def command_parser(name: str) -> argparse.ArgumentParser:
    """`history-explorer NAME …`."""
    parser = _Parser(prog=f"history-explorer {name}", description=COMMANDS[name], allow_abbrev=False)
    command(name).declare(parser)
    return parser


def window_parser() -> argparse.ArgumentParser:
    """`history-explorer [LOG]`."""
    parser = _Parser(
        prog="history-explorer",
        description="Open an event log, drag through time, see the state its events had produced, and ask why.",
        epilog=_EPILOG.format(
            commands="\n".join(f"  {name:<10} {summary}" for name, summary in COMMANDS.items())
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.add_argument(
        "log",
        metavar="LOG",
        nargs="*",
        help="the event log, or several files of one log, a folder, an address, or a workspace (.hxw); none: what was "
        "open last",
    )
    add_stand(parser)
    add_order(parser)  # none: as it was shown last
    add_reading(parser)
    return parser


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the words on the command line."""

    def error(self, message: str) -> NoReturn:
        """Say it, and end with status 2."""
        say(f"{message}; {self.prog} --help tells what there is")
        sys.exit(FAILED)


class _Version(argparse.Action):
    """Says which version is installed, which only those who ask should wait for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            installed = version("history-explorer")
        except PackageNotFoundError:
            installed = "0 (not installed)"
        parser.exit(message=f"history-explorer {installed}\n")
