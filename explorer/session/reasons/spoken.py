"""How is the step that one event takes said in one sentence, as a teacher would say it?"""

from collections.abc import Sequence

from explorer.eventlog.event import Event
from explorer.history.changes import Change
from explorer.history.explain import difference, explanation, number
from explorer.language import later, tr
from explorer.projection.exact import Exact, exact, negative
from explorer.session.document import Document
from explorer.session.moments import day_and_month
from explorer.session.plaintext import type_text, visible

_AMOUNTS = ("amount", "value", "quantity", "sum", "total")
_MOST_CHANGES = 3  # a sentence that one can follow by ear
_MONTHS = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"),
    later("July"), later("August"), later("September"), later("October"), later("November"), later("December"),
)  # fmt: skip


def spoken(document: Document, position: int) -> str:
    """`MoneyWithdrawn 30 on 3 January: 50 − 30 = 20`.

    The event's type, its amount if it carries one, its day, and what it did (`effect_text`).
    """
    if position < 1:
        return tr("Nothing has happened yet.")
    event = document.event(position)
    what = type_text(event.type or tr("An event without a type"), 80)
    if (amount := _amount(event, _told(document, event, position)[0])) is not None:
        what += f" {number(amount)}"
    if event.at_ns is not None:
        what = tr("{event} on {day}").format(event=what, day=_day(event.at_ns))
    return f"{what}: {effect_text(document, position)}"


def effect_text(document: Document, position: int) -> str:
    """What the event at `position`, from 1, did to the state: `50 − 30 = 20`.

    Arithmetic for sums, `set to` and `→` for the rest. An entity is named where the event changed more than one.
    """
    sums, changes = _told(document, document.event(position), position)
    told = (sums or changes)[:_MOST_CHANGES]
    several = len({change.entity for change in told}) > 1
    parts = []
    for change in told:
        whose = visible(change.entity, 40) if several else ""
        name = "" if change.field.fold == "sum" else visible(change.field.name, 40)
        owner = " ".join(part for part in (whose, name) if part)
        parts.append(f"{owner} {visible(explanation(change), 120)}".strip())
    return "; ".join(parts) or tr("the state stays as it was")


def _told(document: Document, event: Event, position: int) -> tuple[list[Change], list[Change]]:
    """The changes that an event made of which one speaks: those of sums, and all."""
    changes = [
        change
        for change in document.history.changes_by(position)
        if not change.field.is_version and change.after not in (change.before, event.at)
    ]
    return [change for change in changes if change.field.fold == "sum"], changes


def _amount(event: Event, sums: Sequence[Change]) -> Exact | None:
    """How much the event is about: what it says, or else (it may be of an old schema) by how much it moved a sum."""
    for name in _AMOUNTS:
        if (found := exact(event.data.get(name))) is not None:
            return found
    step = difference(sums[0].before, sums[0].after) if len(sums) == 1 else None
    return None if step is None else negative(step) if step < 0 else step


def _day(at_ns: int) -> str:
    day, month = day_and_month(at_ns)
    return tr("{day} {month}").format(day=day, month=tr(_MONTHS[month - 1]))
