"""What do rules that a person wrote say of a command, in any domain: the `decide` of the read model in use?"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from explorer.domain.rules import Rejection
from explorer.eventlog.log_style import Draft
from explorer.history.traces import MOST_BEFORE, TooMany, Tracing
from explorer.language import grouped, later, tr
from explorer.patterns import lazy_pattern
from explorer.projection.javascript_text import defines
from explorer.projection.program import KeyedProgram
from explorer.projection.program_rules import Decided
from explorer.projection.upcasting import inner_model
from explorer.session.document import Document
from explorer.session.plaintext import visible

_NAMED = lazy_pattern(r"""(?:case\s+|===?\s*|\bin\s+\(?\s*)["'](\w+)["']""")
_decode = msgspec.json.Decoder(dict[str, object], float_hook=Decimal).decode


class OwnCommand(msgspec.Struct, frozen=True):
    """A command of a domain that only its rules know.

    Attributes:
        type: What is asked for, `WithdrawMoney`.
        entity: Of which entity.
        data: Its payload, as JSON was written; numbers keep their digits.
        reason: Why, for people; kept beside the events that follow.
    """

    type: str
    entity: str
    data: dict[str, object]
    reason: str = ""

    @property
    def text(self) -> str:
        """It in a few words: `WithdrawMoney acc-1`."""
        return f"{visible(self.type, 40)} {visible(self.entity, 40)}".strip()

    @property
    def given(self) -> dict[str, object]:
        """What `decide` is handed: what it says stands in `data`, and beside the type too, as some courses have it."""
        return {**self.data, "type": self.type, "entity": self.entity, "data": self.data}


def own_command(kind: str, entity: str, data: str, reason: str) -> OwnCommand | Rejection:
    """The command that is filled in; a rejection if it is not filled in so that one could decide."""
    if not kind.strip():
        return Rejection("name", later("say which command"))
    if not entity.strip():
        return Rejection("name", later("say of which entity"))
    try:
        payload = _decode(data or "{}")
    except (ValueError, msgspec.MsgspecError):
        return Rejection(
            "amount", later("its data is no JSON object, such as {example}"), {"example": '{"amount": 30}'}
        )
    return OwnCommand(kind.strip(), entity.strip(), payload, reason.strip())


def has_own_rules(document: Document) -> bool:
    """Whether the read model in use has a `decide`, and the log can be asked."""
    model = inner_model(document.read_model)
    return isinstance(model, KeyedProgram) and model.decides and document.complete


def command_types(document: Document) -> list[str]:
    """What commands its text seems to know, in their order: names that `decide` compares with."""
    text = inner_model(document.read_model).recipe.text
    begin = text.find("decide")
    return list(dict.fromkeys(_NAMED.findall(text[begin:]))) if begin >= 0 else []


class OwnRules:
    """Asks them, in their own process."""

    def __init__(self, document: Document) -> None:
        self._tracing = Tracing(document.recorded, document.read_model)
        recipe, fields = inner_model(document.read_model).recipe, document.fields
        # without a key of its own, an event is whose the log says: a member of its data, or something beside it
        self._guessed = recipe.language == "javascript" and not defines(recipe.text, "key")
        self._untold = self._guessed and fields.entity is None and document.event_count > 0
        self._inside = fields.entity is None or fields.entity.startswith(f"{fields.data}.")

    def decide(self, asked: OwnCommand) -> Decided | Rejection:
        """What follows from a command as things stand at the end of the log. Slow: ask beside the window.

        Raises:
            LogError: They fail.
        """
        if self._untold:
            return Rejection("name", later("nothing in this log tells whose an event is: define key(event)"))
        try:
            found = self._tracing.decide(asked.entity, asked.given)
        except TooMany as error:
            text = later("{count} events of it stand before, and {most} are folded again at most")
            return Rejection("name", text, {"count": grouped(error.count), "most": grouped(MOST_BEFORE)})
        if found.rejected:
            return Rejection("name", "{why}", {"why": visible(found.rejected, 200)})
        if not found.events:
            return Rejection("name", later("nothing follows from it"))
        if (
            self._guessed
            and self._inside
            and any(asked.entity not in data.values() for _, data, _ in found.events)
        ):
            text = later("its event does not name {entity}: let decide put that into the data")
            return Rejection("name", text, {"entity": visible(asked.entity, 60)})
        return found

    def close(self) -> None:
        """End what runs."""
        self._tracing.close()


def own_drafts(asked: OwnCommand, decided: Decided) -> Sequence[Draft]:
    """The events as they are appended, with the reason beside each."""
    told = {"reason": asked.reason} if asked.reason else {}
    return [
        Draft(kind, data, None, {**told, **metadata}, asked.entity) for kind, data, metadata in decided.events
    ]


def own_hint(document: Document) -> str:
    """What is said while commands go to a person's own rules."""
    name = visible(document.projection_name, 60)
    return tr("Commands go to decide(command, state) of {name}.").format(name=name)
