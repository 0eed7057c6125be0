"""Which words on the command line do several commands share, what may stand for each, and what do they mean?"""

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from explorer.eventlog.errors import LogError
from explorer.projection.built_in import AUTOMATIC, names

if TYPE_CHECKING:
    from explorer.eventlog.event import FieldMap
    from explorer.session.options import OpenOptions, Recipe

_READ = (
    ("type", "event type, such as payload.type"),
    ("time", "time"),
    ("entity", "entity id, such as data.accountId"),
    ("data", "payload; . is the record itself"),
)
DATES: Mapping[str, Literal["day", "month"]] = {"day-first": "day", "month-first": "month"}
_APPENDED = (("type", "event type"), ("time", "time"), ("entity", "entity id"), ("data", "payload"))


def add_log(parser: argparse.ArgumentParser, *, projected: bool = True) -> None:
    """The log that a command is about, and its order if a read model is `projected`."""
    parser.add_argument(
        "log", metavar="LOG", help="an event log, - for standard input, or an address: postgresql://…"
    )
    add_reading(parser)
    if projected:
        add_order(parser)


def add_order(parser: argparse.ArgumentParser) -> None:
    """`--order`; None if it is not given: as is usual for such a log."""
    what = "as recorded, as happened, from the log's end, or by its sequence numbers"
    parser.add_argument("--order", choices=("log", "time", "reversed", "sequence"), help=what)


def add_fields(parser: argparse.ArgumentParser, *, appended: bool = False) -> None:
    """`--type-field` and its like, for a log that is read, or one to which an event is `appended`."""
    for role, what in _APPENDED if appended else _READ:
        parser.add_argument(f"--{role}-field", metavar="PATH", help=f"the field with the {what}")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """How the log is read."""
    parser.add_argument(
        "--also",
        metavar="FILE",
        action="append",
        default=[],
        help="another file of the same log; may repeat. A folder, or an archive of several files, is one log too",
    )
    parser.add_argument(
        "--merge",
        choices=("names", "time", "sequence"),
        help="in which order several files are one log; none: rotated files by age, others by time where they tell it",
    )
    parser.add_argument(
        "--without",
        metavar="FILE",
        action="append",
        default=[],
        help="leave one of several files out; may repeat",
    )
    parser.add_argument(
        "--clock",
        metavar="FILE=SECONDS",
        action="append",
        default=[],
        help="how far the clock of one of several files is ahead, for --merge time; may repeat",
    )
    parser.add_argument(
        "--table", metavar="T", help="the table of a database; none: the one that looks most like events"
    )
    parser.add_argument(
        "--profile",
        metavar="FILE",
        help="how its records become events, in TOML; none: one that fits it, or what is guessed",
    )
    add_fields(parser)
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
        "--delimiter", metavar="C", type=one_character, help="what stands between the cells of a CSV file"
    )
    parser.add_argument(
        "--header-row",
        metavar="N",
        type=count,
        help="which row of a CSV file names the columns; 0: none does",
    )
    parser.add_argument(
        "--records", metavar="PATH", help="where the list of events is in a JSON object, such as hits.hits"
    )
    parser.add_argument(
        "--dates",
        choices=tuple(DATES),
        help="what stands first in dates such as 03/04/2026; none: found from all of them, and said where none tells",
    )
    parser.add_argument(
        "--projection",
        metavar="P",
        action="append",
        default=[],
        help=f"the read model: {', '.join(names())}, or a file: .sql, .py, .js; of one kind of entities: KIND=P;"
        " may repeat",
    )
    parser.add_argument(
        "--upcast", metavar="FILE", help="steps that lift old events to today's schema version: .toml, .py"
    )
    parser.add_argument(
        "--trust",
        action="store_true",
        help="run the programs that --projection and --upcast name, now and later",
    )
    parser.add_argument(
        "--memory",
        type=megabytes,
        metavar="MB",
        help="how much memory the decoded parts of a history folder may take, such as 512 or 1GB; none: 512, in the "
        "window as it is set. Of index: how much it may take to make one out of memory",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--cache", metavar="DIR", help="keep finished indexes and unpacked logs here")
    where.add_argument("--no-cache", action="store_true", help="keep no index")


def add_stand(parser: argparse.ArgumentParser) -> None:
    """Where a window stands."""
    parser.add_argument(
        "--position", metavar="N", help="where to stand: a position, a time, 50%%, start or end"
    )


def add_point(parser: argparse.ArgumentParser, *, before: bool = False) -> None:
    """A point in time; with `before`, also the one just before a time."""
    parser.add_argument("--at", metavar="T", help="as of this time; a bare date: the end of that day")
    parser.add_argument("--position", metavar="N", help="after the first N events")
    if before:
        parser.add_argument(
            "--before", metavar="T", help="just before this time; a bare date: before that day"
        )


def add_accounts(parser: argparse.ArgumentParser) -> None:
    """`--account`."""
    parser.add_argument(
        "--account", action="append", default=[], metavar="ID", help="only this account; may repeat"
    )


def add_kind(parser: argparse.ArgumentParser) -> None:
    """`--kind`."""
    parser.add_argument("--kind", metavar="KIND", help="only entities of this kind, such as Order")


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


def megabytes(text: str) -> int:
    """A size such as `512`, `512MB`, `1GB` or `1.5GB`, in MB."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?) ?([MG])?i?B?", text.strip(), re.ASCII | re.IGNORECASE)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no size such as 512MB or 1GB")
    return int(float(found[1]) * (1024 if (found[2] or "").upper() == "G" else 1))


def one_character(text: str) -> str:
    """A character, or `tab`."""
    found = "\t" if text in {"tab", "\\t"} else text
    if len(found) != 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not one character, nor tab")
    return found


def columns(text: str) -> tuple[str, ...]:
    """Names of columns, with commas between them; one that has a comma itself stands in quotes."""
    from explorer.eventlog.read_as import columns_of

    try:
        names = columns_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” names a column twice, or not at all") from error
    if not names:
        raise argparse.ArgumentTypeError("no column is named")
    return names


def open_options(arguments: argparse.Namespace) -> "OpenOptions":
    """How the log is to be read."""
    from explorer.eventlog.read_as import ReadAs
    from explorer.session.options import AUTO, OpenOptions

    fields = given_fields(arguments)
    dates = DATES.get(arguments.dates or "")
    read_as = ReadAs(
        arguments.encoding, arguments.header, tuple(arguments.columns or ()), arguments.delimiter,
        arguments.header_row, arguments.records, dates,
    )  # fmt: skip
    words, steps = getattr(arguments, "projection", []), getattr(arguments, "upcast", None)
    chosen = (
        AUTO if set(words) <= {AUTOMATIC} and not steps else _permitted(words, steps, trust=arguments.trust)
    )
    profile = None
    if arguments.profile:
        from explorer.eventlog.profiles.profile import load, of_toml

        said = arguments.profile  # a link has the text itself
        profile = of_toml(said, "--profile") if "\n" in said else load(Path(said))
    memory = getattr(arguments, "memory", None)
    return OpenOptions(
        fields, chosen, spool_dir(arguments), cache_dir(arguments), read_as, profile, kept_profiles(),
        None if memory is None else memory << 20,
    )  # fmt: skip


def kept_profiles() -> Path:
    """Where the profiles are that a person has kept for logs of some shape."""
    import platformdirs

    return platformdirs.user_config_path("history-explorer") / "profiles"


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


def _permitted(words: Sequence[str], steps: str | None, *, trust: bool) -> "Recipe":
    """The read model that is named, with these upcasters, if what it runs may be run."""
    from explorer.session.recipes import recipe_of, upcasters
    from explorer.session.trust import Trust, programs_of

    chosen = recipe_of(words)
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
