"""Which words may stand on the command line?"""

import argparse

from explorer.cli.shared_arguments import (
    Commands,
    add_accounts,
    add_format,
    add_order,
    add_point,
    add_reading,
    add_strict,
    count,
    head,
    log_command,
    size,
)

COMMANDS = (
    "state",
    "events",
    "why",
    "diff",
    "find",
    "what-if",
    "verify",
    "append",
    "cache",
    "screenshot",
    "generate",
)

_EPILOG = """\
commands (each with its own --help):
  state      the state at a position or a time
  events     the raw events
  why        each event that set a value, with the arithmetic
  diff       what changed between two points, or what differs between two logs
  find       when a condition over the state held
  what-if    the state if some events were skipped, edited or more; nothing is written
  verify     what is wrong or odd about the log
  append     add one event at the log's end: the only command that writes to a log
  screenshot the window as a picture
  generate   a made-up account log
  cache      how large the kept indexes are; --clear deletes them

Without a command the window opens. LOG may be - for standard input. A bare date means the end of that day (UTC).
exit status: 0 fine; 1 the answer is no, or something was found; 2 the request could not be carried out"""


class _Version(argparse.Action):
    """Says which version is installed, which only those who ask should wait for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        parser.exit(message=f"history-explorer {program_version()}\n")


def program_version() -> str:
    """The version that is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("history-explorer")
    except PackageNotFoundError:
        return "0 (not installed)"


def window_parser() -> argparse.ArgumentParser:
    """`history-explorer [LOG]`."""
    parser = argparse.ArgumentParser(
        prog="history-explorer",
        description="Open an event log, drag through time, see the state its events had produced, and ask why.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.add_argument(
        "log",
        metavar="LOG",
        nargs="?",
        help="the event log, or the workspace (.hxw), to open; none: what was open last",
    )
    parser.add_argument(
        "--position", metavar="N", help="where to stand: a position, a time, 50%%, start or end"
    )
    add_order(parser, None)  # as it was shown last
    add_reading(parser)
    return parser


def command_parser() -> argparse.ArgumentParser:
    """`history-explorer COMMAND …`."""
    parser = argparse.ArgumentParser(prog="history-explorer", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)

    _state(commands)
    events = log_command(commands, "events", "the raw events")
    events.add_argument("--from", dest="start", metavar="N", help="the first position listed")
    events.add_argument("--to", dest="stop", metavar="N", help="the first position no longer listed")
    events.add_argument(
        "--type", action="append", default=[], metavar="T", help="only events of this type; may repeat"
    )
    add_accounts(events)
    events.add_argument("--match", metavar="TEXT", help="only events whose text contains TEXT, in any case")
    events.add_argument("--limit", type=count, metavar="K", help="at most K events")
    add_format(events, "table", "json", "raw")
    add_strict(events)

    why = log_command(commands, "why", "each event that set a value, with the arithmetic")
    why.add_argument("account", metavar="ACCOUNT")
    why.add_argument("field", metavar="FIELD", nargs="?", help="balance, owner, …; none: every field")
    add_point(why)
    add_format(why, "table", "json", "csv")
    add_strict(why)

    diff = log_command(commands, "diff", "what changed between two points, or what differs between two logs")
    diff.add_argument("other", metavar="OTHER", nargs="?", help="another log, to compare LOG with")
    point = "a position, a time, start or end"
    diff.add_argument(
        "--from", dest="start", metavar="POINT", help=f"{point}; with OTHER, of LOG (default: end)"
    )
    diff.add_argument(
        "--to", dest="stop", metavar="POINT", help=f"{point}; with OTHER, of OTHER (default: end)"
    )
    add_accounts(diff)
    add_format(diff, "table", "json")
    add_strict(diff)

    find = log_command(commands, "find", "when a condition over the state held, such as balance < 0")
    find.add_argument(
        "condition", metavar="EXPRESSION", help="balance < 0, or status = 'open' and balance > 100"
    )
    find.add_argument("--account", metavar="ID", help="only this one")
    find.add_argument(
        "--first", action="store_true", help="only the first time; exit status 1 if there is none"
    )
    add_format(find, "table", "json", "csv")
    add_strict(find)

    _what_if(commands)

    _verify(commands)

    _append(commands)

    _screenshot(commands)

    cache = commands.add_parser("cache", help="how large the kept indexes are", allow_abbrev=False)
    cache.add_argument("--clear", action="store_true", help="delete them")
    cache.add_argument("--cache", metavar="DIR", help="the folder that was given when they were made")

    generate = commands.add_parser("generate", help="a made-up account log", allow_abbrev=False)
    generate.add_argument("count", type=count, metavar="N", help="how many events")
    generate.add_argument("--accounts", type=count, default=100, metavar="K")
    generate.add_argument("--seed", type=int, default=1, metavar="S")
    return parser


def _state(commands: Commands) -> None:
    state = log_command(commands, "state", "the state at a position or a time")
    add_point(state)
    state.add_argument("--before", metavar="T", help="just before this time; a bare date: before that day")
    add_accounts(state)
    state.add_argument(
        "--sort", metavar="FIELD", help="by this field; write --sort=-FIELD for the greatest first"
    )
    state.add_argument("--top", type=count, metavar="N", help="only the first N")
    add_format(state, "table", "json", "csv")
    add_strict(state)


def _screenshot(commands: Commands) -> None:
    picture = log_command(commands, "screenshot", "the window as a picture")
    picture.add_argument("out", metavar="OUT.png")
    picture.add_argument(
        "--position", metavar="N", help="where to stand: a position, a time, 50%%, start or end"
    )
    picture.add_argument("--size", type=size, default=(1280, 800), metavar="WxH")
    picture.add_argument("--theme", choices=("light", "dark"), default="light")
    picture.add_argument(
        "--force", action="store_true", help="replace a file that this program did not write; never a log"
    )


def _verify(commands: Commands) -> None:
    verify = log_command(commands, "verify", "what is wrong or odd about the log", projected=False)
    verify.add_argument(
        "--head",
        type=head,
        metavar="HASH",
        help="that verify printed before: finds a log whose end was cut off",
    )
    verify.add_argument("--all", action="store_true", help="list all findings, not the first 5 of each kind")
    add_format(verify, "table", "json")


def _append(commands: Commands) -> None:
    append = commands.add_parser(
        "append",
        help="add one event at the log's end",
        description="add one event at the log's end: the only command that writes to a log",
        epilog="To correct an event, append another one: nothing that a log says is ever changed or deleted.",
        allow_abbrev=False,
    )
    append.add_argument("log", metavar="LOG", help="JSON Lines in UTF-8")
    append.add_argument("type", metavar="TYPE", nargs="?", help="the event type, such as MoneyDeposited")
    append.add_argument(
        "--data", metavar="JSON", default="{}", help="the payload, an object; kept digit for digit"
    )
    append.add_argument("--metadata", metavar="JSON", default="{}", help="what stands beside the payload")
    append.add_argument(
        "--entity", metavar="ID", help="for a log that names the entity outside of the payload"
    )
    append.add_argument("--at", metavar="T", help="when it happened; none: now")
    append.add_argument(
        "--expect", type=count, metavar="N", help="only if the log has exactly N events; 0 begins a new log"
    )
    append.add_argument("--create", action="store_true", help="begin a new log if there is none")
    append.add_argument(
        "--chain",
        action="store_true",
        help="begin a hash chain; a log that has one goes on with it by itself",
    )
    append.add_argument(
        "--cut-torn", action="store_true", help="first move a torn end of the log into a file beside it"
    )
    for role, what in (
        ("type", "event type"),
        ("time", "time"),
        ("entity", "entity id"),
        ("data", "payload"),
    ):
        append.add_argument(f"--{role}-field", metavar="PATH", help=f"the field with the {what}")
    add_format(append, "table", "json")


def _what_if(commands: Commands) -> None:
    branch = log_command(commands, "what-if", "the state if some events were skipped, edited or more")
    for name, metavar, what in (
        ("skip", "N", "leave event N out"),
        ("edit", "N=JSON", "event N is this one, or has these members changed"),
        ("insert", "N=JSON", "this event comes before event N; one more than there are: at the end"),
    ):
        branch.add_argument(
            f"--{name}", action="append", default=[], metavar=metavar, help=f"{what}; may repeat"
        )
    add_point(branch)
    branch.add_argument("--before", metavar="T", help="just before this time; a bare date: before that day")
    add_format(branch, "table", "json")
    add_strict(branch)
