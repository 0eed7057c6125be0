"""Which words on the command line do several commands share, and what may stand for each of them?"""

import argparse

type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name


def log_command(
    commands: Commands, name: str, summary: str, *, projected: bool = True
) -> argparse.ArgumentParser:
    """A command about one log."""
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    parser.add_argument("log", metavar="LOG", help="an event log, or - for standard input")
    add_reading(parser)
    if projected:
        add_order(parser)
    return parser


def add_order(parser: argparse.ArgumentParser, usual: str | None = "log") -> None:
    """`--order`; `usual` if it is not given."""
    what = "as recorded, as happened, or from the log's end"
    parser.add_argument("--order", choices=("log", "time", "reversed"), default=usual, help=what)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """How the log is read."""
    for role, what in (
        ("type", "event type, such as payload.type"),
        ("time", "time"),
        ("entity", "entity id, such as data.accountId"),
        ("data", "payload; . is the record itself"),
    ):
        parser.add_argument(f"--{role}-field", metavar="PATH", help=f"the field with the {what}")
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="how the text is written, such as windows-1252; none: found by itself",
    )
    parser.add_argument(
        "--header",
        action=argparse.BooleanOptionalAction,
        help="whether the first row of a CSV file names the columns; neither: found by itself",
    )
    parser.add_argument(
        "--columns",
        metavar="A,B,…",
        type=columns,
        help="the names of the columns of a CSV file, in place of its own or where it has none",
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


def add_point(parser: argparse.ArgumentParser) -> None:
    """A point in time."""
    parser.add_argument("--at", metavar="T", help="as of this time; a bare date: the end of that day")
    parser.add_argument("--position", metavar="N", help="after the first N events")


def add_accounts(parser: argparse.ArgumentParser) -> None:
    """`--account`."""
    parser.add_argument(
        "--account", action="append", default=[], metavar="ID", help="only this account; may repeat"
    )


def add_format(parser: argparse.ArgumentParser, *choices: str) -> None:
    """`--format`; the first of the choices unless another is given."""
    parser.add_argument("--format", choices=choices, default=choices[0])


def add_strict(parser: argparse.ArgumentParser) -> None:
    """`--strict`."""
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit status 1 if there is any warning",
    )


def count(text: str) -> int:
    """A whole number."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text)


def columns(text: str) -> tuple[str, ...]:
    """Names of columns, with commas between them."""
    names = tuple(name.strip() for name in text.split(","))
    if not all(names) or len(set(names)) != len(names):
        raise argparse.ArgumentTypeError(f"“{text}” names a column twice, or not at all")
    return names


def head(text: str) -> str:
    """The head of a hash chain."""
    if len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("a head is 64 hexadecimal digits, as verify prints it")
    return text.lower()


def size(text: str) -> tuple[int, int]:
    """The size of a picture, in pixels."""
    width, _, height = text.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size: write 1280x800")
    size = int(width), int(height)
    if not all(200 <= side <= 8_000 for side in size):
        raise argparse.ArgumentTypeError("a side is from 200 to 8000 pixels")
    return size
