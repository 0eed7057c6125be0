"""What does `diff` print: what changed between two points of a log, or what differs between two logs?"""

import argparse
from collections.abc import Sequence

from explorer.cli.arguments import add_accounts, add_format, add_log, add_strict, open_options
from explorer.cli.output import FINE, FOUND, cell, print_json, print_table
from explorer.cli.question import ask, end_with_warnings, opened, say_absent, with_warnings
from explorer.history.difference import EntityDiff, diff, differences, same_until
from explorer.session.document import Document
from explorer.session.places.points import PointError, point

_SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def difference_rows(found: Sequence[EntityDiff]) -> list[list[str]]:
    """A row for each field that differs: a sign, the entity, the field, its value before and after."""
    return [
        [_SIGNS[each.kind], each.entity, one.field.name, cell(one.before), cell(one.after)]
        for each in found
        for one in each.fields
        if each.kind == "changed" or (one.before, one.after) != (None, None)
    ]


def told_diff(found: Sequence[EntityDiff]) -> dict[str, object]:
    """What differs, as JSON: entities that were added, removed and changed."""
    return {
        kind: {
            each.entity: {
                one.field.name: {"before": one.before, "after": one.after}
                if kind == "changed"
                else (one.after if kind == "added" else one.before)
                for one in each.fields
            }
            for each in found
            if each.kind == kind
        }
        for kind in ("added", "removed", "changed")
    }


def declare(parser: argparse.ArgumentParser) -> None:
    """`diff LOG [OTHER]`: between which points."""
    add_log(parser)
    parser.add_argument("other", metavar="OTHER", nargs="?", help="another log, to compare LOG with")
    for name, dest, log in (("from", "start", "LOG"), ("to", "stop", "OTHER")):
        parser.add_argument(
            f"--{name}",
            dest=dest,
            metavar="POINT",
            help=f"a position, a time, start or end; with OTHER, of {log} (default: end)",
        )
    add_accounts(parser)
    add_format(parser, "table", "json")
    add_strict(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    return ask(arguments, _answer)


def _answer(document: Document, arguments: argparse.Namespace) -> int:
    if arguments.other is not None:
        return _compare_logs(document, arguments)
    if arguments.start is None or arguments.stop is None:
        raise PointError("say between which points: --from POINT --to POINT, or name another log")
    start, stop = point(document.history, arguments.start), point(document.history, arguments.stop)
    found = _of_accounts(diff(document.history, start, stop), arguments)
    if arguments.format == "json":
        print_json(
            {"from": _there(document, start), "to": _there(document, stop)}
            | told_diff(found)
            | with_warnings(document)
        )
        return say_absent([document], arguments.account)
    print(f"From {start:,} ({document.moment_text(start)}) to {stop:,} ({document.moment_text(stop)})")
    print_table(["", document.noun, "field", "before", "after"], difference_rows(found), (3, 4))
    end_with_warnings(arguments.format, document)
    return say_absent([document], arguments.account)


def _compare_logs(document: Document, arguments: argparse.Namespace) -> int:
    other = opened(arguments.other, open_options(arguments))
    try:
        if arguments.order is not None:
            other.set_order(arguments.order)
        start = point(document.history, arguments.start or "end")
        stop = point(other.history, arguments.stop or "end")
        same = same_until(document.events, other.events)
        found = _of_accounts(differences(document.history.state(start), other.history.state(stop)), arguments)
        strictly = FOUND if arguments.strict and other.warnings else FINE
        strictly = max(strictly, say_absent([document, other], arguments.account))
        if arguments.format == "json":
            ends = {
                "from": {"log": document.name} | _there(document, start),
                "to": {"log": other.name} | _there(other, stop),
            }
            print_json(ends | {"same": same} | with_warnings(document, other) | told_diff(found))
            return strictly
        for each, position in ((document, start), (other, stop)):
            print(f"{each.name} at {position:,} of {each.event_count:,} ({each.moment_text(position)})")
        longest = max(document.event_count, other.event_count)
        print(
            f"The first {same:,} events are alike." if same < longest else f"All {same:,} events are alike."
        )
        print_table(["", document.noun, "field", "before", "after"], difference_rows(found), (3, 4))
        end_with_warnings(arguments.format, document, other)
        return strictly
    finally:
        other.close()


def _there(document: Document, position: int) -> dict[str, object]:
    return {"position": position, "at": document.event(position).at if position else None}


def _of_accounts(found: list[EntityDiff], arguments: argparse.Namespace) -> list[EntityDiff]:
    wanted = set(arguments.account)
    return [each for each in found if each.entity in wanted] if wanted else found
