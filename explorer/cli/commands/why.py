"""What does `why` print: each event that set a value, with the arithmetic?"""

import argparse
from collections.abc import Iterator, Sequence

import numpy as np

from explorer.cli.arguments import add_format, add_log, add_point, add_strict
from explorer.cli.output import FINE, FOUND, cell, print_csv_columns, print_json, print_table, say
from explorer.cli.question import ask, end_with_warnings, no_field, position_of, with_warnings
from explorer.eventlog.extract import getter, scalar_text
from explorer.history.changes import Change, Changes
from explorer.history.explain import explanation
from explorer.history.told_changes import told_changes
from explorer.session.document import Document
from explorer.session.places.points import PointError
from explorer.session.plaintext import type_text, visible

_COLUMNS = ["position", "at", "type", "field", "before", "after", "explanation"]


def declare(parser: argparse.ArgumentParser) -> None:
    """`why LOG ACCOUNT [FIELD]`."""
    add_log(parser)
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("field", metavar="FIELD", nargs="?", help="balance, owner, …; none: every field")
    add_point(parser)
    add_format(parser, "table", "json", "csv")
    add_strict(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print it; status 1: no event set it."""
    return ask(arguments, _answer)


def _answer(document: Document, arguments: argparse.Namespace) -> int:
    position = position_of(document, arguments)
    field = arguments.field
    known = [each.name for each in document.history.fields if not each.hidden]
    if field is not None and field not in known:
        raise PointError(no_field(field, known))
    names = [each.name for each in document.history.fields if not each.hidden and not each.is_version]
    changes = document.history.all_changes(arguments.account, names if field is None else [field])
    count = int(np.searchsorted(changes.positions, position, "right"))
    if arguments.format == "json":
        answer = {"account": arguments.account, "field": field, **with_warnings(document)}
        print_json({**answer, "changes": list(_objects(document, changes[:count], named=field is None))})
    elif arguments.format == "csv":
        print_csv_columns(_COLUMNS, _blocks(document, changes, count))
    else:
        rows = (row for block in _blocks(document, changes, count) for row in zip(*block, strict=True))
        print_table(_COLUMNS, rows, (0, 4, 5))
    end_with_warnings(arguments.format, document)
    if count:
        return FINE
    existing = document.history.knows(arguments.account)
    what = (
        f"no event set its {field or 'fields'} by position {position:,}"
        if existing
        else "there is none in this log"
    )
    say(f"{document.name}: {document.noun} “{arguments.account}”: {what}")
    return FOUND


def _blocks(document: Document, changes: Changes, count: int) -> Iterator[list[list[str]]]:
    """The first of the changes as columns of text, block by block."""
    events = document.history.events
    types = [type_text(name) for name in events.type_names]
    for block in told_changes(changes, count, cell, visible):
        positions = changes.positions[block.begin : block.end]
        places = document.history.in_log(positions)
        times = list(events.time_texts(places))
        together = "".join(times)
        if not (together.isascii() and together.isprintable()):
            times = list(map(visible, times))
        named = [types[code] for code in events.types[places - 1].tolist()]
        numbers = list(map(str, positions.tolist()))
        yield [numbers, times, named, block.fields, block.before, block.after, block.explanations]


def _objects(document: Document, changes: Sequence[Change], *, named: bool) -> Iterator[dict[str, object]]:
    """The changes as JSON; `named`: each tells its field."""
    history, fields = document.history, document.log.fields
    told = {role: getter(path) for role in ("correlation", "causation") if (path := getattr(fields, role))}
    places = history.in_log(np.array([change.position for change in changes], np.int64))
    for change, event in zip(changes, history.events.some(places), strict=True):
        yield {
            "position": change.position,
            "at": event.at,
            "type": event.type,
            **({"field": change.field.name} if named else {}),
            **({"key": change.key} if change.key is not None else {}),
            "before": change.before,
            "after": change.after,
            "explanation": visible(explanation(change)),
            **{role: find and scalar_text(find(event.record)) for role, find in told.items()},
        }
