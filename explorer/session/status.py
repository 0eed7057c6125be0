"""What do a few words say about where one stands, how sound the log is, what is not shown, and what verifying found?"""

from explorer.history.verify import Verdict
from explorer.language import counted, grouped, tr
from explorer.projection.built_in import nouns
from explorer.projection.upcasting import wording_of
from explorer.sentences import translated
from explorer.session.document import Document
from explorer.session.plaintext import visible

NAMED = 3  # event types that change nothing; the rest is "…"


def status_text(document: Document, position: int, entity_count: int) -> str:
    """Position, time, how many entities there are, and everything that a person should know is odd."""
    noun = what_they_are(document.noun, entity_count)
    kinds = [visible(name, 40) or tr("no type") for name in document.unknown_types]
    names = ", ".join(kinds[:NAMED]) + (", …" if len(kinds) > NAMED else "")
    by_log = tr("out of time order (log order is shown)")
    others = {"log": by_log, "time": tr("out of time order (time order is shown)")}
    out_of_order = others.get(document.order, tr("out of time order in the log"))
    odd = (
        (document.unread_count, tr("not read")),
        (document.notice_count + document.problem_count, tr("with warnings")),
        (sum(document.unknown_types.values()), tr("change nothing here ({names})").format(names=names)),
        (document.out_of_order_count, out_of_order),
    )
    parts = [
        tr("event {position:,} of {all:,}").format(position=position, all=document.event_count),
        document.moment_text(position),
        f"{grouped(entity_count)} {noun}",
        *(f"{grouped(count)} {what}" for count, what in odd if count),
        document.format_text,
        *([] if document.complete else [tr("only the beginning of the log")]),
    ]
    return "   ·   ".join(parts)


def reading_text(done_bytes: int, total_bytes: int, events: int, passed_s: float) -> str:
    """`412 of 1,049 MB, 3,912,000 events, 6 s left`; of a source that does not tell its size only the rows."""
    if not total_bytes:
        return tr("{rows:,} rows fetched").format(rows=events)
    text = tr("{done:,.0f} of {total:,.0f} MB, {events:,} events").format(
        done=done_bytes / 1e6, total=total_bytes / 1e6, events=events
    )
    if passed_s < 1 or not done_bytes:
        return text
    left_s = passed_s * (total_bytes - done_bytes) / done_bytes
    return tr("{text}, {left:,.0f} s left").format(text=text, left=left_s)


def what_they_are(noun: str, count: int) -> str:
    """What so many of them are called, in the person's language as far as it is one of our own words."""
    ours = nouns().get(noun)
    if ours is not None:
        return tr(ours[0 if count == 1 else 1])
    return noun if count == 1 else _plural(noun)


def _plural(noun: str) -> str:
    """What several of them are called: accounts, keys, entities, boxes."""
    lower = noun.lower()
    if lower.endswith("y") and lower[-2:-1] not in {"a", "e", "i", "o", "u", ""}:
        return noun[:-1] + "ies"
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s" if noun[-1:].isalpha() else noun


def nothing_there_text(document: Document, position: int) -> str:
    """Why there is nothing in the state at a position where that is empty, and where one can go on from there."""
    if position == 0:
        return tr("Nothing has happened yet. Go on to the first event.")
    ended = document.history.endings
    if ended is not None and bool((ended.starts <= position).any()):
        return tr("All that was there has been deleted. Go back in time to see it.")
    return tr(
        "No event so far changes anything here. Choose another read model, or say in Fields… what is what."
    )


# --- what the read model does not show: is it so much that a person must be told at once? -----------------

NAMED_LEFT_OUT = 3  # event types; the rest is "…"
LISTED_LEFT_OUT = 12  # … where there is room
MUCH = 0.2  # such a part of the events


def left_out_text(document: Document) -> str:
    """Which events change nothing, and how many entities are not shown; empty if that is little, or somebody's wish.

    A read model of one's own leaves out what it was written to leave out.
    """
    if any(each.kind == "no-log" for each in document.warnings):
        return tr("This may be no log of events: nothing in it says what happened, when, and to what.")
    wording = wording_of(document.read_model)
    unknown, events = document.unknown_types, document.event_count
    count = sum(unknown.values())
    if wording is None or wording.left_out is None or not count:
        return ""
    history = document.recorded
    entities = len(history.entities)  # those of any event
    hidden = entities - len(history.touches.born)
    if not hidden and count < MUCH * events:
        return ""
    commonest = sorted(unknown, key=lambda name: -unknown[name])
    names = ", ".join(visible(name or tr("(no type)"), 40) for name in commonest[:NAMED_LEFT_OUT])
    names += ", …" if len(commonest) > NAMED_LEFT_OUT else ""
    text = tr(wording.left_out[1 if hidden else 0])
    return text.format(count=count, events=events, names=names, hidden=hidden, entities=entities)


def left_out_details(document: Document) -> str:
    """Each type that changes nothing, and how often it is there."""
    unknown = document.unknown_types
    commonest = sorted(unknown, key=lambda name: -unknown[name])
    lines = [
        f"{visible(name or tr('(no type)'), 60)}: {grouped(unknown[name])}"
        for name in commonest[:LISTED_LEFT_OUT]
    ]
    return "\n".join(lines + ["…"] * (len(commonest) > LISTED_LEFT_OUT))


# --- what does a person read when a log has been verified? -------------------------------------------

LISTED_FINDINGS = 500  # of all kinds together, and of one kind …
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
        for finding in verdict.first(OF_A_KIND)[:LISTED_FINDINGS]
    ]
    rest = verdict.counts.total() - len(lines)
    if rest > 0:
        lines.append(tr("… and {rest:,} more; the command `verify` lists them").format(rest=rest))
    return "\n".join(lines)
