"""What does `index` do: how does a log become a history folder?"""

import argparse
from dataclasses import replace
from pathlib import Path

from explorer.cli.arguments import add_reading, open_options
from explorer.cli.output import FINE, FOUND
from explorer.cli.progress import ProgressLine
from explorer.cli.question import end_with_warnings
from explorer.eventlog.errors import LogError
from explorer.language import counted
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from explorer.session.files.large_folders import (
    ENGINES,
    is_of_log_order_alone,
    usual_engine,
    write_large_folder,
)
from explorer.session.options import DEFAULTS, OpenOptions


def declare(parser: argparse.ArgumentParser) -> None:
    """`index SOURCE… --out DIR`."""
    parser.add_argument(
        "log",
        metavar="SOURCE",
        nargs="+",
        help="an event log, several files of one, a folder of parts, or an address",
    )
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder that is made")
    parser.add_argument("--force", action="store_true", help="a history folder that stands there may go")
    parser.add_argument("--strict", action="store_true", help="exit status 1 if there is any warning")
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        help="who makes it: this machine in memory; this machine out of memory (local); or a cluster (spark), in the "
        "order of the log alone. None: in memory, of a file beyond 1 GiB or with --memory local",
    )
    parser.add_argument(
        "--log-order",
        action="store_true",
        help="only the order of the log, also where events happened in another: sooner made, and smaller",
    )
    add_reading(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make it, and say what is in it."""
    options = open_options(arguments)
    engine = arguments.engine or usual_engine(arguments.log, options.folder_bytes)
    if options.folder_bytes is not None and engine != "local":
        raise LogError(
            "--memory", f"it bounds what is made out of memory (--engine local), not --engine {engine}"
        )
    if engine != "memory":
        return _large(arguments, engine, options)
    document = Document.open(arguments.log, options)
    try:
        made = write_history_folder(
            document, Path(arguments.out), replace=arguments.force, log_order=arguments.log_order
        )
        return _said(made, document, strict=arguments.strict)
    finally:
        document.close()


def _large(arguments: argparse.Namespace, engine: str, options: OpenOptions) -> int:
    """The same of a log of any size, in the order of the log."""
    with ProgressLine() as progress:
        made = write_large_folder(
            arguments.log, options, Path(arguments.out), engine=engine, replace=arguments.force,
            log_order=arguments.log_order, told=progress.told,
        )  # fmt: skip
    looking = replace(DEFAULTS, folder_bytes=_looking(options.folder_bytes))
    document = Document.open(str(made), looking)
    try:
        if is_of_log_order_alone(document) and not arguments.log_order:
            print(
                "Events happened in another order than they were recorded in: the folder has that of the log alone. "
                "--engine local makes every order, but of a program; --engine memory does, of what fits into memory."
            )
        if engine == "spark" and document.event_count > 1 and not document.history.timed:
            print(
                "No event has a time: whether the log begins with what happened last is not looked at by a cluster."
            )
        if engine == "spark" and document.collected.model.ordered:
            print(
                "A program folds one event after the other: one executor has read and folded the whole log."
            )
        return _said(made, document, strict=arguments.strict)
    finally:
        document.close()


def _looking(most_bytes: int | None) -> int | None:
    """How much memory may be taken to look at what was made."""
    return None if most_bytes is None else most_bytes // 4


def _said(made: Path, document: Document, *, strict: bool) -> int:
    size = sum(file.stat().st_size for file in made.rglob("*") if file.is_file())
    events = counted(document.event_count, "1 event", "{count:,} events")
    print(f"{made}: {events}, {size:,} bytes; read model {document.projection_name}")
    end_with_warnings("table", document)
    return FOUND if strict and document.warnings else FINE
