"""What does `find` print: every interval in which a condition over the state holds?"""

import argparse

from explorer.cli.arguments import add_format, add_kind, add_log, add_strict
from explorer.cli.output import FINE, FOUND, print_csv, print_json, print_table, say
from explorer.cli.question import ask, end_with_warnings, kind_of, with_warnings
from explorer.history.find import Intervals, intervals
from explorer.session.document import Document
from explorer.session.find.finding import condition_of
from explorer.session.plaintext import visible


def declare(parser: argparse.ArgumentParser) -> None:
    """`find LOG EXPRESSION`."""
    add_log(parser)
    parser.add_argument(
        "condition", metavar="EXPRESSION", help="balance < 0, or status = 'open' and balance > 100"
    )
    parser.add_argument("--account", metavar="ID", help="only this one")
    add_kind(parser)
    parser.add_argument(
        "--first", action="store_true", help="only the first time; exit status 1 if there is none"
    )
    add_format(parser, "table", "json", "csv")
    add_strict(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print them, earliest first."""
    return ask(arguments, _answer)


def _answer(document: Document, arguments: argparse.Namespace) -> int:
    history = document.history
    condition = condition_of(history, document.noun, arguments.condition)
    missing = arguments.account is not None and not history.knows(arguments.account)
    if missing:
        say(f"{document.name}: there is no {document.noun} “{visible(arguments.account)}”")
    of = intervals(history, condition, arguments.account).by_start(history)
    kind = kind_of(document, arguments)
    if kind is not None:
        own = kind[0].flags(kind[1])[of.owners]
        of = Intervals(of.owners[own], of.starts[own], of.stops[own])
    if arguments.first:
        of = Intervals(of.owners[:1], of.starts[:1], of.stops[:1])
    found = of.told(history)
    if arguments.format == "json":
        answer = [{"account": each.entity, "from": each.start, "to": each.stop} for each in found]
        print_json({"intervals": answer, **with_warnings(document)})
    else:
        rows = [[each.entity, str(each.start), "" if each.stop is None else str(each.stop)] for each in found]
        if arguments.format == "csv":
            print_csv([document.noun, "from", "to"], rows)
        elif rows:
            since = [[visible(row[0]), *row[1:], document.moment_text(int(row[1]))] for row in rows]
            print_table([document.noun, "from", "to", "since"], since, (1, 2))
        elif not missing:
            print("It never held.")
    end_with_warnings(arguments.format, document)
    return FOUND if missing or (arguments.first and not found) else FINE
