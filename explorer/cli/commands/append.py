"""What does `append` do, the one command that writes to a log, and what does it print?"""

import argparse
from pathlib import Path

from explorer.cli.arguments import add_fields, add_format, count
from explorer.cli.output import FINE, FOUND, print_json, say
from explorer.eventlog.encoding import NotWritable
from explorer.eventlog.errors import Conflict, LogError
from explorer.eventlog.event import FieldMap, Record
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.log_style import Draft, LogStyle
from explorer.eventlog.record import read_record
from explorer.eventlog.seal import Seals
from explorer.eventlog.sources.address import is_address
from explorer.eventlog.stamp import network_kind
from explorer.eventlog.tail_repair import cut_torn_tail
from explorer.eventlog.writer import Expected, Writer


def declare(parser: argparse.ArgumentParser) -> None:
    """`append LOG TYPE`."""
    parser.epilog = (
        "To correct an event, append another one: nothing that a log says is ever changed or deleted."
    )
    parser.add_argument("log", metavar="LOG", help="JSON Lines in UTF-8")
    parser.add_argument("type", metavar="TYPE", nargs="?", help="the event type, such as MoneyDeposited")
    parser.add_argument(
        "--data", metavar="JSON", default="{}", help="the payload, an object; kept digit for digit"
    )
    parser.add_argument("--metadata", metavar="JSON", default="{}", help="what stands beside the payload")
    parser.add_argument(
        "--entity", metavar="ID", help="for a log that names the entity outside of the payload"
    )
    parser.add_argument("--at", metavar="T", help="when it happened; none: now")
    parser.add_argument(
        "--expect", type=count, metavar="N", help="only if the log has exactly N events; 0 begins a new log"
    )
    parser.add_argument("--create", action="store_true", help="begin a new log if there is none")
    parser.add_argument(
        "--chain",
        action="store_true",
        help="begin a hash chain; a log that has one goes on with it by itself",
    )
    parser.add_argument(
        "--cut-torn", action="store_true", help="first move a torn end of the log into a file beside it"
    )
    add_fields(parser, appended=True)
    add_format(parser, "table", "json")


def run(arguments: argparse.Namespace) -> int:
    """One event more, or one sentence that says why not. Status 1: the log was not at `--expect`."""
    if is_address(arguments.log):
        raise LogError(arguments.log, "a source is only read: nothing is appended there")
    if arguments.type is None and not arguments.cut_torn:
        raise LogError(Path(arguments.log).name, "say the type of the event that is to be appended")
    answer: dict[str, object] = {"log": Path(arguments.log).name}
    if arguments.cut_torn:
        answer["cut"] = _cut(arguments)
    if arguments.type is not None:
        try:
            answer |= _append(arguments)
        except Conflict as conflict:
            say(str(conflict))
            return FOUND
    if arguments.format == "json":
        print_json(answer)
    return FINE


def _append(arguments: argparse.Namespace) -> dict[str, object]:
    fields = FieldMap(
        type=arguments.type_field,
        time=arguments.time_field,
        entity=arguments.entity_field,
        data=arguments.data_field,
    )
    draft = Draft(
        arguments.type,
        _object(arguments.data, "--data"),
        arguments.at,
        _object(arguments.metadata, "--metadata"),
        arguments.entity,
    )
    seals: Seals | None = "chain" if arguments.chain else None
    create = arguments.create or arguments.expect == 0
    expected: Expected = "any" if arguments.expect is None else arguments.expect
    log = Path(arguments.log)
    if not log.exists():
        if not create:
            raise LogError(log.name, "there is no such file; --create begins a new log")
        try:
            LogStyle(fields).line(draft)  # before there is a new file
        except NotWritable as error:
            raise LogError(log.name, f"{error}; nothing was written") from error
    kind = network_kind(log)
    if kind is not None:
        say(f"{log.name} lies on a network drive ({kind}): an append from another machine may come between")
    with Writer.open(log, create=create, fields=fields, seals=seals) as writer:
        saved = writer.append([draft], expected)
    if arguments.format != "json":
        where = f"event {saved.position:,}" if saved.position is not None else f"byte {saved.offset:,}"
        print(f"{log.name}: saved {draft.type} as {where}")
    answer: dict[str, object] = {"saved": saved.count, "byte": saved.offset, "bytes": saved.length_bytes}
    return answer if saved.position is None else {"position": saved.position, **answer}


def _cut(arguments: argparse.Namespace) -> dict[str, object] | None:
    mended = cut_torn_tail(arguments.log)
    name = Path(arguments.log).name
    if mended is None:
        if arguments.type is None and arguments.format != "json":
            print(f"{name}: its end is whole; nothing was cut")
        return None
    if arguments.format != "json":
        saved = Path(mended.saved_to).name
        print(
            f"{name}: cut {mended.length_bytes:,} bytes from byte {mended.offset:,} on; they are in {saved}"
        )
    return {"byte": mended.offset, "bytes": mended.length_bytes, "saved_to": mended.saved_to}


def _object(text: str, option: str) -> Record:
    """The JSON object that an option holds, digit for digit."""
    try:
        record, twice = read_record(text.encode("utf-8", "surrogateescape"))
    except JsonFault as fault:
        raise LogError(option, f"{fault.reason}, at its character {fault.index + 1:,}") from fault
    if twice is not None:
        raise LogError(option, f"the key “{twice}” appears twice")
    return record
