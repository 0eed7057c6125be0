"""What does `index` do: how does a log become a history folder?"""

import argparse
from pathlib import Path

from explorer.cli.arguments import add_reading, open_options
from explorer.cli.output import FINE, FOUND
from explorer.cli.question import end_with_warnings
from explorer.language import counted
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder


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
    add_reading(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make it, and say what is in it."""
    document = Document.open(arguments.log, open_options(arguments))
    try:
        made = write_history_folder(document, Path(arguments.out), replace=arguments.force)
        size = sum(file.stat().st_size for file in made.rglob("*") if file.is_file())
        events = counted(document.event_count, "1 event", "{count:,} events")
        print(f"{made}: {events}, {size:,} bytes; read model {document.projection_name}")
        end_with_warnings("table", document)
        return FOUND if arguments.strict and document.warnings else FINE
    finally:
        document.close()
