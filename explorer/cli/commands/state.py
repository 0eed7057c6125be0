"""What does `state` print: all entities at one position?"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from explorer.cli.arguments import add_accounts, add_format, add_kind, add_log, add_point, add_strict, count
from explorer.cli.output import FINE, FOUND, cell, print_csv_columns, print_json, print_table, say
from explorer.cli.question import ask, end_with_warnings, kind_of, no_field, position_of, with_warnings
from explorer.eventlog.text_columns import side_by_side
from explorer.history.state import State, top_codes
from explorer.history.state_texts import StateTexts
from explorer.projection.currencies import amounts
from explorer.projection.model import Field
from explorer.session.document import Document
from explorer.session.exact_json import all_quoted, dumps, quoted
from explorer.session.places.points import PointError
from explorer.session.plaintext import visible
from explorer.session.state.state_view import nested_text

type Codes = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

_LONG_CELL = 40  # characters
_AT_ONCE = 32_768
_NAMED = 5
_DEPTH = 3  # of a value in the answer, its entity and the state


def declare(parser: argparse.ArgumentParser) -> None:
    """`state LOG`: at which point, of whom, in which order."""
    add_log(parser)
    add_point(parser, before=True)
    add_accounts(parser)
    add_kind(parser)
    parser.add_argument(
        "--sort", metavar="FIELD", help="by this field; write --sort=-FIELD for the greatest first"
    )
    parser.add_argument("--top", type=count, metavar="N", help="only the first N")
    add_format(parser, "table", "json", "csv", "tree")
    add_strict(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    return ask(arguments, _answer)


def _answer(document: Document, arguments: argparse.Namespace) -> int:
    position = position_of(document, arguments)
    snapshot = document.history.state(position)
    kind = kind_of(document, arguments)
    wanted = list(dict.fromkeys(arguments.account))
    missing = [account for account in wanted if snapshot.find(account) is None]
    codes = (
        np.array([code for account in wanted if (code := snapshot.find(account)) is not None], np.int64)
        if wanted
        else _listed(snapshot, arguments, None if kind is None else kind[0].flags(kind[1]))
    )
    fields = list(snapshot.fields)
    if kind is not None:
        codes = codes[kind[0].flags(kind[1])[codes]]
        own = {field.name for field in kind[0].fields(document.history, kind[1])}
        fields = [field for field in fields if field.name in own]
    if arguments.format == "json":
        at = document.event(position).at if position else None
        answer = {
            "position": position,
            "events": document.event_count,
            "at": at,
        }
        _print_json({**answer, **with_warnings(document)}, snapshot, codes, fields)
    elif arguments.format == "tree":
        _print_trees(document, snapshot, codes)
    else:
        columns = [document.noun, *(field.name for field in fields)]
        as_csv = arguments.format == "csv"
        blocks = _blocks(snapshot, codes, fields, cell if as_csv else _shown)
        if as_csv:
            print_csv_columns(columns, blocks)
        else:
            numeric = [at for at, field in enumerate(fields, 1) if field.is_number]
            print(f"State at {position:,} of {document.event_count:,}, {document.moment_text(position)}")
            print_table(columns, (row for block in blocks for row in zip(*block, strict=True)), numeric)
            whole = not wanted and arguments.top is None and kind is None
            together = document.totals_text(position) if whole else ""
            if together:
                print(f"All together: {together}.")
            if len(snapshot.ended):
                print(_ended(snapshot, document.noun))
    end_with_warnings("table" if arguments.format == "tree" else arguments.format, document)
    for account in missing:
        say(f"{document.name}: there is no {document.noun} “{account}” at position {position:,}")
    return FOUND if missing else FINE


def _ended(snapshot: State, noun: str) -> str:
    """Whoever looks for somebody that was deleted is told."""
    names = ", ".join(visible(snapshot.entity(code)) for code in snapshot.ended[:_NAMED].tolist())
    more = f" and {len(snapshot.ended) - _NAMED:,} more" if len(snapshot.ended) > _NAMED else ""
    return f"Deleted before, and so no {noun} any more: {names}{more}."


def _print_json(answer: dict[str, object], snapshot: State, codes: Codes, fields: Sequence[Field]) -> None:
    """The same bytes as `print_json` makes of all rows, made of columns, block by block."""
    whole = {**answer, "state": {}}
    if not len(codes):
        print_json(whole)
        return
    sys.stdout.write(dumps(whole).removesuffix("}\n}"))
    texts = StateTexts(snapshot, partial(dumps, depth=_DEPTH))
    for begin in range(0, len(codes), _AT_ONCE):
        own = codes[begin : begin + _AT_ONCE]
        parts: list[str | Sequence[str]] = ["\n    ", *all_quoted(snapshot.entities(own)), ": {"]
        for at, field in enumerate(fields):
            comma = "," if at else ""
            parts += [f"{comma}\n      {quoted(field.name)}: ", texts.column(field, own)]
        rows = side_by_side([*parts, "\n    }," if fields else "},"])
        sys.stdout.write("," if begin else "")
        sys.stdout.write(rows[:-1])
    sys.stdout.write("\n  }\n}\n")


def _print_trees(document: Document, snapshot: State, codes: Codes) -> None:
    """Each entity with all that is nested in it, and what the event at this position did to it."""
    from explorer.session.state.entity_tree import EntityTree  # no other form of an answer needs it

    position = snapshot.position
    before = document.history.state(max(position - 1, 0))
    print(f"State at {position:,} of {document.event_count:,}, {document.moment_text(position)}")
    for code in codes.tolist():
        tree = EntityTree(document.history, document.noun, snapshot.entity(code), before, snapshot)
        print(f"{visible(tree.entity)} ({tree.summary()})")
        for line in tree.lines():
            print(line)


def _shown(value: object) -> str:
    """A value in a table for people: what is nested and long is no JSON, which would only be cut."""
    text = cell(value)
    nested = isinstance(value, (dict, list)) and amounts(value) is None
    return nested_text(value) if nested and len(text) > _LONG_CELL else text


def _blocks(
    snapshot: State, codes: Codes, fields: Sequence[Field], write: Callable[[object], str]
) -> Iterator[list[Sequence[str]]]:
    """The entities and their fields as columns of text, block by block."""
    texts = StateTexts(snapshot, write)
    for begin in range(0, len(codes), _AT_ONCE):
        own = codes[begin : begin + _AT_ONCE]
        yield [snapshot.entities(own), *(texts.column(field, own) for field in fields)]


def _listed(snapshot: State, arguments: argparse.Namespace, own: Flags | None) -> Codes:
    """All entities as they came to be, or the first ones by a field; of a kind, those of which `own` says so."""
    top = arguments.top
    if arguments.sort is None:
        codes = snapshot.codes if own is None else snapshot.codes[own[snapshot.codes]]
        return codes[:top]
    name = arguments.sort.removeprefix("-")
    field = next((each for each in snapshot.fields if each.name == name), None)
    if field is None:
        raise PointError(no_field(name, [each.name for each in snapshot.fields]))
    count = len(snapshot.codes) if top is None or own is not None else top
    found = top_codes(snapshot, field, count, descending=arguments.sort.startswith("-"))
    return found if own is None else found[own[found]][:top]
