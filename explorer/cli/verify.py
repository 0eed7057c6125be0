"""What does `verify` print?"""

import argparse

import msgspec

from explorer.cli.main import FAILED, FINE, FOUND, open_options, spool_dir
from explorer.cli.output import print_json, print_table, say
from explorer.eventlog.log import open_log
from explorer.history.verify import verify

LISTED = 1_000  # in a table; JSON lists all


def verify_log(arguments: argparse.Namespace) -> int:
    """`verify`: everything that is wrong or odd, with line, column and byte."""
    options = open_options(arguments)
    with open_log(
        arguments.log, options.fields, read_as=options.read_as, spool_dir=spool_dir(arguments)
    ) as log:
        verdict = verify(log, head=arguments.head)
        proof, by_lines = verdict.proof, log.by_lines
    unread = verdict.counts["unread"] + verdict.counts["incomplete"]
    if arguments.format == "json":
        findings = [msgspec.structs.asdict(finding) for finding in verdict.findings]
        answer = {"log": log.name, "format": log.format, "events": verdict.events, "unread": unread}
        seals = {"head": proof.head, "checksums": proof.sealed, "chained": proof.chained}
        print_json({**answer, **seals, "counts": dict(verdict.counts), "findings": findings})
    else:
        print(f"{log.name}: {log.format}, {verdict.events:,} events, {unread:,} not read")
        rows = [
            [
                finding.kind,
                f"{finding.line:,}",
                f"{finding.column:,}" if finding.column else "",
                f"{finding.byte:,}",
                finding.text,
            ]
            for finding in verdict.findings[:LISTED]
        ]
        if rows:
            print_table(["finding", "line", "column", "byte", "what"], rows, (1, 2, 3))
        total = verdict.counts.total()
        if total > LISTED:
            print(f"… {LISTED:,} of {total:,} listed; --format json lists more.")
        if proof.sealed:
            print(f"{proof.sealed:,} records have a checksum, {proof.chained:,} of them form a chain")
        print(f"head: {proof.head}")
        if proof.found is not None and arguments.head is not None:
            now = by_lines and proof.head != arguments.head
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
    if unread and not verdict.events:
        say(f"{log.name}: nothing in it could be read as an event")
        return FAILED
    return FINE if verdict.sound else FOUND
