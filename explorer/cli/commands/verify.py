"""What does `verify` print: everything that is wrong or odd about a log?"""

import argparse
from dataclasses import replace

import msgspec

from explorer.cli.arguments import add_format, add_log, open_options
from explorer.cli.output import FAILED, FINE, FOUND, print_json, print_table, say
from explorer.cli.question import opened, with_warnings
from explorer.history.verify import Verdict
from explorer.language import counted

LISTED = 5  # of one kind; --all and JSON list all


def declare(parser: argparse.ArgumentParser) -> None:
    """`verify LOG`."""
    add_log(parser, projected=False)
    parser.add_argument(
        "--head",
        type=_head,
        metavar="HASH",
        help="that verify printed before: finds a log whose end was cut off",
    )
    parser.add_argument("--all", action="store_true", help="list all findings, not the first 5 of each kind")
    add_format(parser, "table", "json")


def run(arguments: argparse.Namespace) -> int:
    """Print it, with line, column and byte; status 1: the log is not sound."""
    # what is kept of an earlier reading is not asked: a doctor looks for himself
    document = opened(arguments.log, replace(open_options(arguments), cache_dir=None))
    try:
        verdict = document.verify(head=arguments.head)
        proof, log = verdict.proof, document.log
        if arguments.format == "json":
            answer = {
                "log": log.name,
                "format": log.format,
                "profile": log.profile.name or None,
                "events": verdict.events,
                **with_warnings(document),
            }
            seals = {"head": proof.head, "checksums": proof.sealed, "chained": proof.chained}
            findings = [msgspec.structs.asdict(finding) for finding in verdict.findings]
            print_json({**answer, **seals, "counts": dict(verdict.counts), "findings": findings})
        else:
            events = counted(verdict.events, "1 event", "{count:,} events")
            said = f"{log.name}: {log.format}, {events}, {document.unread_count:,} not read"
            known = f"; profile {log.profile.name}" if log.profile.name else ""
            print(f"{said}; read model {document.projection_name}{known}")
            _print(
                verdict, None if arguments.all else LISTED, by_lines=log.itself.by_lines, head=arguments.head
            )
        if document.unread_count and not verdict.events:
            say(f"{log.name}: nothing in it could be read as an event")
            return FAILED
        return FINE if verdict.sound else FOUND
    finally:
        document.close()


def _head(text: str) -> str:
    """The head of a hash chain."""
    if len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("a head is 64 hexadecimal digits, as verify prints it")
    return text.lower()


def _print(verdict: Verdict, most: int | None, *, by_lines: bool, head: str | None) -> None:
    proof = verdict.proof
    rows = [
        [
            finding.kind,
            f"{finding.line:,}",
            f"{finding.column:,}" if finding.column else "",
            f"{finding.byte:,}",
            finding.text,
        ]
        for finding in verdict.first(most)
    ]
    if rows:
        print_table(["finding", "line", "column", "byte", "what"], rows, (1, 2, 3))
    for kind, count in verdict.counts.items():
        if most is not None and count > most:
            print(f"{kind}: {count:,} in all, the first {most} are listed; --all lists more.")
    if proof.sealed:
        print(f"{proof.sealed:,} records have a checksum, {proof.chained:,} of them form a chain")
    print(f"head: {proof.head}")
    if proof.found is not None and head is not None:
        now = by_lines and proof.head != head
        print(
            f"The log had this head at line {proof.found:,}, and was only added to."
            if now
            else "It has this head."
        )
    print(
        "Nothing odd was found."
        if verdict.sound
        else ", ".join(f"{count:,} × {kind}" for kind, count in verdict.counts.items())
    )
