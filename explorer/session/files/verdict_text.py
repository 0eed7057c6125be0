"""What does a person read when a log has been verified?"""

from explorer.history.verify import Verdict
from explorer.language import counted, grouped, tr
from explorer.sentences import translated
from explorer.session.plaintext import visible

LISTED = 500  # of all kinds together, and of one kind …
OF_A_KIND = 50


def verdict_text(verdict: Verdict) -> str:
    """What was found, what is proved, and the head to keep elsewhere."""
    proof = verdict.proof
    found = ", ".join(f"{grouped(count)} × {kind}" for kind, count in verdict.counts.items())
    said = [
        counted(
            verdict.events,
            tr("1 event. Nothing odd was found."),
            tr("{count:,} events. Nothing odd was found."),
        )
        if verdict.sound
        else counted(
            verdict.events,
            tr("1 event. Found: {found}."),
            tr("{count:,} events. Found: {found}."),
            found=found,
        )
    ]
    if proof.chained:
        text = tr("{chained:,} records form a chain: each proves the one before it.")
        said.append(text.format(chained=proof.chained))
    elif proof.sealed:
        said.append(tr("{sealed:,} records prove that they are whole.").format(sealed=proof.sealed))
    else:
        said.append(tr("The records carry no checksums, so a change could not be seen."))
    said.append(tr("Head, to be kept elsewhere: {head}").format(head=proof.head))
    return "\n\n".join(said)


def details_text(verdict: Verdict) -> str:
    """The findings, one on each line; empty if there are none."""
    lines = [
        tr("line {line:,}, byte {byte:,}: {kind}: {text}").format(
            line=finding.line,
            byte=finding.byte,
            kind=finding.kind,
            text=visible(translated(finding.text), 300),
        )
        for finding in verdict.first(OF_A_KIND)[:LISTED]
    ]
    rest = verdict.counts.total() - len(lines)
    if rest > 0:
        lines.append(tr("… and {rest:,} more; the command `verify` lists them").format(rest=rest))
    return "\n".join(lines)
