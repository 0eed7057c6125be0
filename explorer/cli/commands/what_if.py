"""What does `what-if` print: a branch's state, its difference from the log, and what the rules would have rejected?"""

import argparse

from explorer.cli.arguments import add_format, add_log, add_point, add_strict
from explorer.cli.commands.diff import difference_rows, told_diff
from explorer.cli.output import FINE, FOUND, print_json, print_table
from explorer.cli.question import TIMES, ask, end_with_warnings, point_named, with_warnings
from explorer.history.edits import Edit, EditError
from explorer.history.rejections import has_rules, rejected
from explorer.history.what_if import Branch
from explorer.session.changes.branches import branch_warnings, untried_text
from explorer.session.document import Document
from explorer.session.moments import moment_text
from explorer.session.places.points import PointError, at_position
from explorer.session.plaintext import visible

_WORDS = {"skip": "is skipped", "edit": "is edited", "insert": "comes another"}


def declare(parser: argparse.ArgumentParser) -> None:
    """`what-if LOG`: what is otherwise, and at which point to look."""
    add_log(parser)
    for name, metavar, what in (
        ("skip", "N", "leave event N out"),
        ("edit", "N=JSON", "event N is this one, or has these members changed"),
        ("insert", "N=JSON", "this event comes before event N; one more than there are: at the end"),
    ):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar=metavar, help=f"{what}; may repeat"
        )
    add_point(parser, before=True)
    add_format(parser, "table", "json")
    add_strict(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the log with some events skipped, edited or inserted. Nothing is written."""
    return ask(arguments, _answer)


def _answer(document: Document, arguments: argparse.Namespace) -> int:
    if not (arguments.skip or arguments.edit or arguments.insert):
        raise PointError("what is to be otherwise? Say --skip N, --edit N=JSON or --insert N=JSON")
    try:
        edits = list(_edits(document, arguments))
        branch = Branch(document.history, document.read_model, edits)
    except EditError as error:
        raise PointError(str(error)) from error
    there, here = _points(document, branch, arguments)
    refused = rejected(branch)
    doubts = branch_warnings(branch)
    status = FOUND if arguments.strict and doubts else FINE
    found = branch.differences(there, here)
    if arguments.format == "json":
        print_json(
            {
                "position": here,
                "events": len(branch),
                "at": branch.event(here).at if here else None,
                "state": dict(branch.items(here)),
                "diff": told_diff(found),
                "rules": document.projection_name if has_rules(document.read_model) else None,
                "rejected": None
                if refused is None
                else [
                    {
                        "position": _shown(document, each.log_position),
                        "branch_position": each.position,
                        "at": each.event.at,
                        "type": each.event.type,
                        "account": each.account,
                        "rule": each.refused.rule,
                        "reason": each.refused.reason,
                    }
                    for each in refused
                ],
                **with_warnings(document, more=doubts),
            }
        )
        return status
    for edit in branch.edits:
        before = "before event" if edit.kind == "insert" else "event"
        history = document.history
        place = history.inserted_before if edit.kind == "insert" else history.position_of
        print(f"What if: {before} {place(edit.position):,} {_WORDS[edit.kind]}.")
    when = moment_text(branch.moment_ns(here)) if here else "before the first event"
    when = when or "no time yet"
    print(f"At {here:,} of {len(branch):,} events, {when}, beside {there:,} of the log:")
    rows = difference_rows(found)
    if rows:
        print_table(["", document.noun, "field", "in the log", "what if"], rows, (3, 4))
    else:
        print("Nothing is different.")
    if refused is None:
        print(untried_text(document))
    elif refused:
        print("The rules would have rejected:")
        lines = [
            [_cell(_shown(document, each.log_position)), each.event.at or "",
             visible(each.event.type), visible(each.refused.reason)]
            for each in refused
        ]  # fmt: skip
        print_table(["event", "at", "type", "because"], lines, (0,))
    end_with_warnings(arguments.format, document, more=doubts)
    return status


def _edits(document: Document, arguments: argparse.Namespace) -> list[Edit]:
    """The edits by the log's own order, in which positions are counted otherwise if the document is in another one."""
    history = document.history
    found = [Edit("skip", history.log_position(_number(document, text))) for text in arguments.skip]
    for kind, given in (("edit", arguments.edit), ("insert", arguments.insert)):
        for text in given:
            number, sign, json = text.partition("=")
            if not sign:
                raise EditError(f"--{kind} is written N=JSON, and “{visible(text, 40)}” has no =")
            last = kind == "insert" and number.strip() == str(document.event_count + 1)
            position = document.event_count + 1 if last else _number(document, number)
            if kind == "edit":
                found.append(Edit("edit", history.log_position(position), json))
            else:
                found.append(Edit("insert", history.insertion_place(position), json))
    return found


def _number(document: Document, text: str) -> int:
    position = at_position(document.history, text)
    if position == 0:
        raise PointError("there is no event 0: the first one is 1")
    return position


def _points(document: Document, branch: Branch, arguments: argparse.Namespace) -> tuple[int, int]:
    """The same point in the log and in the branch."""
    given = point_named(arguments)
    if given is not None and given[0] in TIMES:
        name, text = given
        return TIMES[name](document.history, text), TIMES[name](branch, text)
    there = document.event_count if given is None else at_position(document.history, given[1])
    return there, branch.position_beside(there)


def _shown(document: Document, log_position: int | None) -> int | None:
    """A place in the log as the document counts it."""
    return None if log_position is None else document.history.position_of(log_position)


def _cell(position: int | None) -> str:
    return "new" if position is None else f"{position:,}"
