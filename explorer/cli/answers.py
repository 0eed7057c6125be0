"""What does each command that asks about state print?"""

import argparse

from explorer.cli.output import print_csv, print_json, print_table, say
from explorer.cli.warnings import end_with_warnings, told
from explorer.history.state import State, top_codes
from explorer.session.document import Document
from explorer.session.exact_json import dumps
from explorer.session.places.points import PointError, as_of, at_position, just_before
from explorer.session.reasons.why import WhyLines


def position_of(document: Document, arguments: argparse.Namespace) -> int:
    """Where `--at`, `--before` and `--position` point; the end without them.

    Raises:
        PointError: To nowhere, or more than one is given.
    """
    given = {
        name: value
        for name in ("at", "before", "position")
        if (value := getattr(arguments, name, None)) is not None
    }
    if len(given) > 1:
        raise PointError("only one of --at, --before and --position can be given")
    find = {"at": as_of, "before": just_before, "position": at_position}
    for name, text in given.items():
        return find[name](document.history, text)
    return document.event_count


def state(document: Document, arguments: argparse.Namespace) -> int:
    """`state`: all accounts at one position."""
    position = position_of(document, arguments)
    snapshot = document.history.state(position)
    wanted = list(dict.fromkeys(arguments.account))
    missing = [account for account in wanted if snapshot.find(account) is None]
    codes = (
        [code for account in wanted if (code := snapshot.find(account)) is not None]
        if wanted
        else _listed(snapshot, arguments)
    )
    rows = {snapshot.entity(code): snapshot.row(code) for code in codes}
    if arguments.format == "json":
        at = document.event(position).at if position else None
        answer = {
            "position": position,
            "events": document.event_count,
            "at": at,
        }
        print_json({**answer, **told(document), "state": rows})
    else:
        columns = [document.noun, *(field.name for field in snapshot.fields)]
        cells = [[entity, *(cell(value) for value in row.values())] for entity, row in rows.items()]
        if arguments.format == "csv":
            print_csv(columns, cells)
        else:
            numeric = [at for at, field in enumerate(snapshot.fields, 1) if field.is_number]
            print(f"State at {position:,} of {document.event_count:,}, {document.moment_text(position)}")
            print_table(columns, cells, numeric)
            together = document.totals_text(position)
            if together and not wanted and arguments.top is None:
                print(f"All together: {together}.")
    end_with_warnings(arguments.format, document)
    for account in missing:
        say(f"{document.name}: there is no {document.noun} “{account}” at position {position:,}")
    return 1 if missing else 0


def _listed(snapshot: State, arguments: argparse.Namespace) -> list[int]:
    """All entities as they came to be, or the first ones by a field."""
    if arguments.sort is None:
        return list(map(int, snapshot.codes[: arguments.top]))
    name = arguments.sort.removeprefix("-")
    field = next((each for each in snapshot.fields if each.name == name), None)
    if field is None:
        known = ", ".join(each.name for each in snapshot.fields)
        raise PointError(f"there is no field “{name}”: the fields are {known}")
    count = len(snapshot.codes) if arguments.top is None else arguments.top
    return list(map(int, top_codes(snapshot, field, count, descending=arguments.sort.startswith("-"))))


def why(document: Document, arguments: argparse.Namespace) -> int:
    """`why`: each event that set a value."""
    position = position_of(document, arguments)
    field = arguments.field
    known = [each.name for each in document.history.fields if not each.hidden]
    if field is not None and field not in known:
        raise PointError(f"there is no field “{field}”: the fields are {', '.join(known)}")
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
        return 0
    existing = document.history.entities.find(arguments.account) is not None
    what = (
        f"no event set its {field or 'fields'} by position {position:,}"
        if existing
        else "there is none in this log"
    )
    say(f"{document.name}: {document.noun} “{arguments.account}”: {what}")
    return 1


def cell(value: object) -> str:
    """A value as text that a program can read back: numbers plain, text as it is, the rest as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value, indent=-1)
