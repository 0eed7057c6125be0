"""Which words may stand on the command line?"""

import argparse
from importlib.metadata import PackageNotFoundError, version

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
  diff       what changed between two points
  find       when a condition over the state held
  what-if    the state if some events were skipped, edited or more; nothing is written
  verify     what is wrong or odd about the log
  append     add one event at the log's end: the only command that writes to a log
  screenshot the window as a picture
  generate   a made-up account log
  cache      how large the kept indexes are; --clear deletes them

Without a command the window opens. LOG may be - for standard input. A bare date means the end of that day (UTC).
exit status: 0 fine; 1 the answer is no, or something was found; 2 the request could not be carried out"""


def program_version() -> str:
    """The version that is installed."""
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
    parser.add_argument("--version", action="version", version=f"history-explorer {program_version()}")
    parser.add_argument(
        "log",
        metavar="LOG",
        nargs="?",
        help="the event log, or the workspace (.hxw), to open; none: what was open last",
    )
    parser.add_argument(
        "--position", metavar="N", help="where to stand: a position, a time, 50%%, start or end"
    )
    _add_order(parser)
    _add_reading(parser)
    return parser


def command_parser() -> argparse.ArgumentParser:
    """`history-explorer COMMAND …`."""
    parser = argparse.ArgumentParser(prog="history-explorer", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)

    _state(commands)
    events = _log_command(commands, "events", "the raw events")
    events.add_argument("--from", dest="start", metavar="N", help="the first position listed")
    events.add_argument("--to", dest="stop", metavar="N", help="the first position no longer listed")
    events.add_argument(
        "--type", action="append", default=[], metavar="T", help="only events of this type; may repeat"
    )
    _add_accounts(events)
    events.add_argument("--match", metavar="TEXT", help="only events whose text contains TEXT, in any case")
    events.add_argument("--limit", type=_count, metavar="K", help="at most K events")
    _add_format(events, "table", "json", "raw")
    _add_strict(events)

    why = _log_command(commands, "why", "each event that set a value, with the arithmetic")
    why.add_argument("account", metavar="ACCOUNT")
    why.add_argument("field", metavar="FIELD", nargs="?", help="balance, owner, …; none: every field")
    _add_point(why)
    _add_format(why, "table", "json", "csv")
    _add_strict(why)

    diff = _log_command(commands, "diff", "what changed between two points")
    diff.add_argument(
        "--from", dest="start", required=True, metavar="POINT", help="a position, a time, start or end"
    )
    diff.add_argument(
        "--to", dest="stop", required=True, metavar="POINT", help="a position, a time, start or end"
    )
    _add_accounts(diff)
    _add_format(diff, "table", "json")
    _add_strict(diff)

    find = _log_command(commands, "find", "when a condition over the state held, such as balance < 0")
    find.add_argument(
        "condition", metavar="EXPRESSION", help="balance < 0, or status = 'open' and balance > 100"
    )
    find.add_argument("--account", metavar="ID", help="only this one")
    find.add_argument(
        "--first", action="store_true", help="only the first time; exit status 1 if there is none"
    )
    _add_format(find, "table", "json", "csv")
    _add_strict(find)

    _what_if(commands)

    verify = _log_command(commands, "verify", "what is wrong or odd about the log", projected=False)
    verify.add_argument(
        "--head",
        type=_head,
        metavar="HASH",
        help="that verify printed before: finds a log whose end was cut off",
    )
    _add_format(verify, "table", "json")

    _append(commands)

    picture = _log_command(commands, "screenshot", "the window as a picture")
    picture.add_argument("out", metavar="OUT.png")
    picture.add_argument(
        "--position", metavar="N", help="where to stand: a position, a time, 50%%, start or end"
    )
    picture.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH")
    picture.add_argument("--theme", choices=("light", "dark"), default="light")

    cache = commands.add_parser("cache", help="how large the kept indexes are", allow_abbrev=False)
    cache.add_argument("--clear", action="store_true", help="delete them")
    cache.add_argument("--cache", metavar="DIR", help="the folder that was given when they were made")

    generate = commands.add_parser("generate", help="a made-up account log", allow_abbrev=False)
    generate.add_argument("count", type=_count, metavar="N", help="how many events")
    generate.add_argument("--accounts", type=_count, default=100, metavar="K")
    generate.add_argument("--seed", type=int, default=1, metavar="S")
    return parser


type _Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name


def _state(commands: _Commands) -> None:
    state = _log_command(commands, "state", "the state at a position or a time")
    _add_point(state)
    state.add_argument("--before", metavar="T", help="just before this time; a bare date: before that day")
    _add_accounts(state)
    state.add_argument(
        "--sort", metavar="FIELD", help="by this field; write --sort=-FIELD for the greatest first"
    )
    state.add_argument("--top", type=_count, metavar="N", help="only the first N")
    _add_format(state, "table", "json", "csv")
    _add_strict(state)


def _append(commands: _Commands) -> None:
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
        "--expect", type=_count, metavar="N", help="only if the log has exactly N events; 0 begins a new log"
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
    _add_format(append, "table", "json")


def _what_if(commands: _Commands) -> None:
    branch = _log_command(commands, "what-if", "the state if some events were skipped, edited or more")
    for name, metavar, what in (
        ("skip", "N", "leave event N out"),
        ("edit", "N=JSON", "event N is this one, or has these members changed"),
        ("insert", "N=JSON", "this event comes before event N; one more than there are: at the end"),
    ):
        branch.add_argument(
            f"--{name}", action="append", default=[], metavar=metavar, help=f"{what}; may repeat"
        )
    _add_point(branch)
    branch.add_argument("--before", metavar="T", help="just before this time; a bare date: before that day")
    _add_format(branch, "table", "json")
    _add_strict(branch)


def _log_command(
    commands: _Commands, name: str, summary: str, *, projected: bool = True
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    parser.add_argument("log", metavar="LOG", help="an event log, or - for standard input")
    _add_reading(parser)
    if projected:
        _add_order(parser)
    return parser


def _add_order(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--order", choices=("log", "time"), default="log", help="as recorded, or as happened")


def _add_reading(parser: argparse.ArgumentParser) -> None:
    for role, what in (
        ("type", "event type"),
        ("time", "time"),
        ("entity", "entity id"),
        ("data", "payload"),
    ):
        parser.add_argument(
            f"--{role}-field", metavar="PATH", help=f"the field with the {what}, such as data.id"
        )
    parser.add_argument(
        "--projection",
        metavar="P",
        default="auto",
        help="the read model: auto, accounts, latest, or a file: .sql, .py",
    )
    parser.add_argument(
        "--upcast", metavar="FILE", help="steps that lift old events to today's schema version: .toml, .py"
    )
    parser.add_argument(
        "--trust",
        action="store_true",
        help="run the programs that --projection and --upcast name, now and later",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--cache", metavar="DIR", help="keep finished indexes and unpacked logs here")
    where.add_argument("--no-cache", action="store_true", help="keep no index")


def _add_point(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", metavar="T", help="as of this time; a bare date: the end of that day")
    parser.add_argument("--position", metavar="N", help="after the first N events")


def _add_accounts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--account", action="append", default=[], metavar="ID", help="only this account; may repeat"
    )


def _add_format(parser: argparse.ArgumentParser, *choices: str) -> None:
    parser.add_argument("--format", choices=choices, default=choices[0])


def _add_strict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strict", action="store_true", help="exit status 1 if a line could not be read")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text)


def _head(text: str) -> str:
    if len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("a head is 64 hexadecimal digits, as verify prints it")
    return text.lower()


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size: write 1280x800")
    size = int(width), int(height)
    if not all(200 <= side <= 8_000 for side in size):
        raise argparse.ArgumentTypeError("a side is from 200 to 8000 pixels")
    return size
