"""What does `events` print: the raw log, or the part of it that was asked for?"""

import argparse
import sys

import numpy as np
import numpy.typing as npt

from explorer.cli.arguments import add_accounts, add_format, add_log, add_strict, count
from explorer.cli.output import print_json, print_table
from explorer.cli.question import ask, end_with_warnings, say_absent, with_warnings
from explorer.history.passes import positions_with
from explorer.session.document import Document
from explorer.session.events.entries import summary
from explorer.session.files.export_formats import chunks
from explorer.session.files.exports import EventsExport
from explorer.session.places.points import at_position


def declare(parser: argparse.ArgumentParser) -> None:
    """`events LOG`: which of them, and how many."""
    add_log(parser)
    parser.add_argument("--from", dest="start", metavar="N", help="the first position listed")
    parser.add_argument("--to", dest="stop", metavar="N", help="the first position no longer listed")
    parser.add_argument(
        "--type", action="append", default=[], metavar="T", help="only events of this type; may repeat"
    )
    add_accounts(parser)
    parser.add_argument("--match", metavar="TEXT", help="only events whose text contains TEXT, in any case")
    parser.add_argument("--limit", type=count, metavar="K", help="at most K events")
    add_format(parser, "table", "json", "csv", "raw")
    add_strict(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print them: as a table, as JSON, as CSV, or byte for byte."""
    return ask(arguments, _answer)


def _answer(document: Document, arguments: argparse.Namespace) -> int:
    chosen = _chosen(document, arguments)
    total = len(chosen)
    positions = chosen[: arguments.limit].tolist()
    history = document.history
    match arguments.format:
        case "raw":
            sys.stdout.flush()
            for position in positions:
                sys.stdout.buffer.write(
                    history.events.raw(history.log_position(position)) + document.line_end
                )
        case "csv":
            rows = document.rows_of_positions(chosen[: arguments.limit])
            sys.stdout.flush()
            for piece in chunks(EventsExport(document, rows), "csv"):
                sys.stdout.buffer.write(piece)
        case "json":
            listed = []
            for position in positions:
                event = document.event(position)
                listed.append(
                    {
                        "position": position,
                        "at": event.at,
                        "type": event.type,
                        "account": event.entity,
                        "data": event.data,
                    }
                )
            print_json({"events": listed, "total": total, **with_warnings(document)})
        case _:
            lines = []
            for position in positions:
                event = document.event(position)
                entity = event.entity or ", ".join(history.entities_of(position))
                lines.append([f"{position:,}", event.at or "", event.type, entity, summary(event)])
            print_table(["position", "at", "type", document.noun, "data"], lines, (0,))
            if total > len(positions):
                print(f"{len(positions):,} of {total:,} events listed.")
    end_with_warnings(arguments.format, document)
    return say_absent([document], arguments.account, arguments.type)


def _chosen(document: Document, arguments: argparse.Namespace) -> npt.NDArray[np.int64]:
    """(k,) the positions that pass every filter, ascending."""
    history = document.history
    start = 1 if arguments.start is None else max(at_position(history, arguments.start), 1)
    stop = document.event_count + 1 if arguments.stop is None else _stop(document, arguments.stop)
    chosen = np.arange(start, max(stop, start))
    if arguments.type:
        codes = [
            code for name in arguments.type if (code := history.events.type_names.find(name)) is not None
        ]
        rows = np.asarray([history.log_position(int(position)) - 1 for position in chosen], np.int64)
        chosen = chosen[np.isin(history.events.types[rows], codes)]
    if arguments.account:
        mine = [history.positions_of(account) for account in arguments.account]
        chosen = np.intersect1d(chosen, np.concatenate(mine))
    if arguments.match:
        hits = positions_with(history.events, arguments.match)
        hits = np.asarray([history.position_of(int(position)) for position in hits], np.int64)
        chosen = np.intersect1d(chosen, hits)
    return chosen


def _stop(document: Document, text: str) -> int:
    """A half-open range may end one past the last event."""
    if text.strip().lstrip("#") == str(document.event_count + 1):
        return document.event_count + 1
    return at_position(document.history, text)
