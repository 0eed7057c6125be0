"""What would the first events of a log be, and which state would they come to, if it were read in this way?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.eventlog.deletion import teller
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.log import EventLog, read_otherwise
from explorer.eventlog.profiles.kept import kept_in
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.profiles.shipped import Naming
from explorer.history.settling import spread
from explorer.language import counted, grouped, later, tr
from explorer.projection.choose import choose, with_meanings
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import AUTO, NotApplicable, ReadModel, Recipe
from explorer.projection.number_style import NumberStyle
from explorer.projection.sample import Sample
from explorer.projection.upcasting import inner_model
from explorer.sentences import translated
from explorer.session.changes.profile_draft import DATES, FOUND, GUESSED, ORDERS, ProfileDraft, to_keep
from explorer.session.document import Document
from explorer.session.events.entries import summary
from explorer.session.moments import moment_text
from explorer.session.options import OpenOptions
from explorer.session.plaintext import type_text, visible
from explorer.session.state.state_view import value_text

EVENTS = 10
MOST_ENTITIES = 200  # of ten events, each of which may do something to many

EVENT_HEADS = (
    later("#"), later("Time"), later("Event type"), later("Account or entity"), later("To be said"), later("Payload"),
)  # fmt: skip
STYLES = {
    NumberStyle.PLAIN: "",
    NumberStyle.COMMA: later("numbers with a decimal comma"),
    NumberStyle.MIXED: later("numbers with points and commas"),
    NumberStyle.POINT: later("numbers with a decimal point"),
}


@dataclass(frozen=True)
class ReadingPreview:
    """The first events of a log as they would be read.

    Attributes:
        profile: How its records become events, with all that was said.
        source: Where that comes from, for people.
        about: What is to be known of the profile; may be empty.
        fields: Which member is what.
        candidates: What else each may be, best first.
        paths: What can be unwrapped.
        columns: Of a table of text, what its columns are called.
        to_keep: The profile that reads other logs of this shape so.
        kept: Whether the person has one kept for logs of this shape.
        in_use: Order, numbers and dates as they are by now, for people.
        said: What was found, in a sentence.
        events: For each event its cells, as `EVENT_HEADS` has them.
        state_heads, state: The state after them, entity by entity.
    """

    profile: Profile
    source: str
    about: str
    fields: FieldMap
    candidates: Mapping[str, Sequence[str]]
    paths: Sequence[str]
    columns: Sequence[str]
    to_keep: Profile
    kept: bool
    in_use: Mapping[str, str]
    said: str
    events: Sequence[Sequence[str]]
    state_heads: Sequence[str]
    state: Sequence[Sequence[str]]


def preview(
    log: EventLog, draft: ProfileDraft, meanings: Mapping[str, str], options: OpenOptions, recipe: Recipe
) -> ReadingPreview:
    """Read the beginning of an open log as a draft says. Slow where a member is named that only late records have.

    Raises:
        LogError: It cannot be read so; `str()` is the reason.
    """
    kept = kept_in(options.profiles_dir)
    kept_one = None if kept is None else kept(log.records_as_found(50), log.columns)
    read = read_otherwise(log, draft.field_map(), draft.read_as, _naming(log, draft, options))
    try:
        wanted = draft.fields.get("kind")
        if wanted is not None and read.fields.kind is None:
            raise LogError(log.name, f"no record has a field {wanted}")
        return _shown(read, draft, meanings, recipe, kept_one)
    finally:
        read.close()


def order_offered(document: Document) -> str:
    """In which other order a log would make sense, as far as somebody has looked already; empty if in none."""
    found = vars(document.events)
    if document.order != "log" or not (found.get("newest_first") or found.get("out_of_sequence")):
        return ""
    return tr(dict(ORDERS)["newest first" if found.get("newest_first") else "by sequence"])


def _naming(log: EventLog, draft: ProfileDraft, options: OpenOptions) -> Naming | None:
    """None: a format that says itself what is what is asked, as when it is opened."""
    return None if log.says_itself and not draft.says_a_profile else draft.naming(options)


def _shown(
    read: EventLog, draft: ProfileDraft, meanings: Mapping[str, str], recipe: Recipe, kept: Profile | None
) -> ReadingPreview:
    model, instead = _model_of(read, recipe)
    events, remarks, unread = _first(read)
    if read.profile.order == "newest first":
        events.reverse()
    elif read.profile.order == "by sequence":
        events.sort(key=lambda event: (event.sequence is None, event.sequence or 0))
    tell = teller(read.fields)
    state = fold(model, events, lambda event: tell(event.record) is not None)
    heads = [each.name for each in model.fields if not each.hidden]
    rows = [
        [visible(entity, 80), *(value_text(value) for value in without_hidden(model, found).values())]
        for entity, found in list(state.items())[:MOST_ENTITIES]
    ]
    look = read.opaque_payload
    told = [
        _row(event, model, remarks.get(event.position, []), None if look is None else look(event.record))
        for event in events
    ]
    said = _said(read, events, len(state), unread, model, instead)
    profile = read.profile
    return ReadingPreview(
        profile, _source(draft, read, kept), profile.about, read.fields, read.candidates,
        _paths(read), tuple(read.columns), to_keep(read, meanings, draft.read_as), kept is not None,
        _in_use(read, model), said, told,
        [tr("Account or entity"), *heads], rows,
    )  # fmt: skip


def _model_of(read: EventLog, recipe: Recipe) -> tuple[ReadModel, bool]:
    """The read model that is open, as far as it can be tried on few events; else one of ours, and that it is that.

    Raises:
        LogError: It is of ours, and cannot read the log.
    """
    try:
        if recipe.language in {"", "sql"}:
            return _model(read, with_meanings(recipe, read.profile.meanings)), False
    except (ValueError, LogError) as error:
        if not recipe.language:
            raise LogError(read.name, str(error)) from error
    return _model(read, with_meanings(AUTO, read.profile.meanings)), True  # a program is run for a whole log


def _model(read: EventLog, recipe: Recipe) -> ReadModel:
    look = read.opaque_payload
    opaque = None if look is None else lambda event: look(event.record) is not None
    sample = Sample(
        lambda: spread(read), numbers=read.profile.numbers or None, is_opaque=opaque, stated=read.form.stated
    )
    return choose(recipe, sample, read.fields)


def _first(read: EventLog) -> tuple[list[Event], dict[int, list[str]], str]:
    """The first events, what is to be said of some, and why nothing can be read where nothing can."""
    events: list[Event] = []
    remarks: dict[int, list[str]] = {}
    unread: list[str] = []
    for batch in read.batches():
        events += batch.events[: EVENTS - len(events)]
        for notice in batch.notices:
            remarks.setdefault(notice.position, []).append(translated(notice.text))
        unread += [translated(each.reason) for each in batch.unread]
        if len(events) >= EVENTS:
            break
    return events, remarks, unread[0] if unread else ""


def _row(event: Event, model: ReadModel, remarks: list[str], opaque: str | None) -> list[str]:
    reasons = list(remarks)
    if opaque is not None:
        reasons.append(translated(opaque))
    try:
        if model.effects(event) is None:
            reasons.append(tr("changes nothing"))
    except NotApplicable as finding:
        reasons.append(translated(str(finding)))
    return [
        grouped(event.position),
        moment_text(event.at_ns) or visible(event.at or "", 60),
        type_text(event.type or tr("(no type)")),
        visible(event.entity or "", 80),
        visible("; ".join(dict.fromkeys(reasons)), 300),
        summary(event),
    ]


def _said(
    read: EventLog, events: Sequence[Event], entities: int, unread: str, model: ReadModel, instead: bool
) -> str:
    """What was found: how many events, of whom, and how their numbers and dates are written."""
    if not events:
        reason = unread or tr("there are no records")
        return tr("Nothing can be read as an event: {reason}.").format(reason=reason)
    parts = [
        counted(len(events), tr("The only event"), tr("The first {count:,} events")),
        counted(entities, tr("one account or entity"), tr("{count:,} accounts or entities")),
    ]
    style = STYLES.get(getattr(inner_model(model), "numbers", NumberStyle.PLAIN), "")
    if style:
        parts.append(tr(style))
    dates = {"d": tr("dates with the day first"), "m": tr("dates with the month first")}
    if read.fields.dates:
        parts.append(dates[read.fields.dates[0]])
    if read.profile.order == "newest first":
        parts.append(tr("from the last to the first, without what was before"))
    if read.profile.order == "by sequence":
        parts.append(tr("these of them by their sequence numbers"))
    if read.fields.type is None:
        parts.append(tr("no member says of which type they are"))
    name = visible(tr(getattr(inner_model(model), "title", "") or model.name), 60)
    shown = tr("read model {name}, as yours is for a whole log") if instead else tr("read model {name}")
    parts.append(shown.format(name=name))
    return " · ".join(parts)


def _in_use(read: EventLog, model: ReadModel) -> Mapping[str, str]:
    style = STYLES.get(getattr(inner_model(model), "numbers", NumberStyle.PLAIN), "")
    orders = {order: text for order, text in ORDERS if order is not None}
    days = {text: shown for text, shown in DATES if text is not None}
    dates = days.get((read.fields.dates or "").rstrip("?"), "")
    if (read.fields.dates or "").endswith("?"):
        dates = tr("{what}, which no date of it tells").format(what=tr(dates))
    found = {"order": orders[read.profile.order or "as written"], "numbers": style, "dates": dates}
    return {
        name: tr("(now: {what})").format(what=tr(text) if text else tr("as they stand"))
        for name, text in found.items()
    }


def _source(draft: ProfileDraft, read: EventLog, kept: Profile | None) -> str:
    name = visible(read.profile.name, 100)
    if draft.base == GUESSED:
        return tr("guessed from the log")
    if draft.base == FOUND and kept is not None:
        return tr("saved for logs of this shape: {name}").format(name=name or "…")
    if read.says_itself and not draft.says_a_profile:
        return tr("the format says itself what is what")
    return name or tr("guessed from the log")


def _paths(read: EventLog) -> list[str]:
    """The members of the first records whose values may be wrapped, down to those inside another."""
    found: dict[str, None] = {}
    for record in read.first_records(EVENTS):
        for name, value in record.items():
            found[name] = None
            if isinstance(value, Mapping):
                found |= dict.fromkeys(f"{name}.{inner}" for inner in value)
    return list(found)[:MOST_ENTITIES]
