"""What does `why` print: each event that set a value, with the arithmetic?"""

import argparse

from explorer.cli.arguments import add_format, add_log, add_point, add_strict
from explorer.cli.output import FINE, FOUND, cell, print_csv, print_json, print_table, say
from explorer.cli.question import ask, no_field, position_of
from explorer.cli.warnings import end_with_warnings, told
from explorer.session.document import Document
from explorer.session.places.points import PointError
from explorer.session.reasons.why import WhyLines


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
    changes = [
        change
        for name in (names if field is None else [field])
        for change in document.history.changes_of(arguments.account, name, position)
    ]
    changes.sort(key=lambda change: change.position)
    lines = WhyLines(changes, document.event)
    if arguments.format == "json":
        print_json(
            {
                "account": arguments.account,
                "field": field,
                **told(document),
                "changes": [
                    {
                        "position": change.position,
                        "at": document.event(change.position).at,
                        "type": document.event(change.position).type,
                        **({"field": change.field.name} if field is None else {}),
                        **({"key": change.key} if change.key is not None else {}),
                        "before": change.before,
                        "after": change.after,
                        "explanation": line.explanation,
                    }
                    for change, line in zip(changes, lines, strict=True)
                ],
            }
        )
    else:
        columns = ["position", "at", "type", "field", "before", "after", "explanation"]
        cells = [
            [
                str(c.position),
                line.at_text,
                line.type,
                line.field,
                cell(c.before),
                cell(c.after),
                line.explanation,
            ]
            for c, line in zip(changes, lines, strict=True)
        ]
        if arguments.format == "csv":
            print_csv(columns, cells)
        else:
            print_table(columns, cells, (0, 4, 5))
    end_with_warnings(arguments.format, document)
    if changes:
        return FINE
    existing = document.history.entities.find(arguments.account) is not None
    what = (
        f"no event set its {field or 'fields'} by position {position:,}"
        if existing
        else "there is none in this log"
    )
    say(f"{document.name}: {document.noun} “{arguments.account}”: {what}")
    return FOUND
